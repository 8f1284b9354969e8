"""wechatpy's client for WeChat Work with a base address of choice, shared tokens, no retries and our errors.

wechatpy's API objects (`client.appchat`, `client.menu` …) work through it; the rest goes through `ask`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from wechatpy.enterprise import WeChatClient

from bot.platform import AnswerLost, DeliveryFailed, Remedy, Unreachable
from bot.wecom.errors import TOKEN_RAN_OUT
from bot.wecom.settings import TenantSettings
from bot.wecom.tokens import Fetched, TokenCache
from bot.wecom.transport import Transport, check, read_answer

Answer = dict[str, Any]
_Result = TypeVar("_Result")

_LIFETIME = 7200.0


class WeComClient(WeChatClient):  # type: ignore[misc]  # wechatpy is untyped
    """Every call raises DeliveryFailed, AnswerLost or Unreachable."""

    def __init__(self, settings: TenantSettings, tokens: TokenCache, transport: Transport) -> None:
        super().__init__(settings.corp_id, settings.secret, auto_retry=False)
        self._base = f"{settings.api_base.rstrip('/')}/cgi-bin/"
        self._tokens, self._transport = tokens, transport

    def ask(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> Answer:
        """One call with a token; errcode 0 or an error."""
        parts: dict[str, Any] = {"files": files} if files else {}
        if body is not None:
            parts["data"] = json.dumps(body, ensure_ascii=False).encode(errors="replace")
            parts["headers"] = {"Content-Type": "application/json; charset=utf-8"}

        def exchange(token: str) -> Answer:
            query = {**(params or {}), "access_token": token}
            answer = read_answer(self._transport.request(method, self.url(path), params=query, **parts))
            check(answer)
            return answer

        return self.with_token(exchange)

    def with_token(self, call: Callable[[str], _Result]) -> _Result:
        """`call` again with a new token, once, when the platform refuses the token (40014, 42001)."""
        token = self.access_token
        try:
            return call(token)
        except DeliveryFailed as refusal:
            if refusal.code not in TOKEN_RAN_OUT:
                raise
        try:
            return call(self._tokens.renew(token, self._fetched))
        except DeliveryFailed as refusal:
            if refusal.code not in TOKEN_RAN_OUT:
                raise
            # A brand-new token refused as well: refreshing does not help now, waiting may.
            raise DeliveryFailed(refusal.code, refusal.meaning, Remedy.RETRY) from None

    def url(self, path: str) -> str:
        return self._base + path

    # ------------------------------------------------------------ what wechatpy calls

    @property
    def access_token(self) -> str:
        return self._tokens.get(self._fetched)

    def fetch_access_token(self) -> str:
        return self._tokens.renew(self.access_token, self._fetched)

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> Answer:
        params, body = kwargs.get("params"), kwargs.get("data")
        return self.ask(method, url_or_endpoint, params=params, body=body, files=kwargs.get("files"))

    def _fetched(self) -> Fetched:
        query = {"corpid": self.corp_id, "corpsecret": self.secret}
        try:
            answer = read_answer(self._transport.request("get", self.url("gettoken"), params=query))
        except AnswerLost as lost:
            # What was to be sent has not been sent yet, so repeating it is safe.
            raise Unreachable(f"gettoken: {lost}") from None
        check(answer)
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            raise Unreachable("gettoken: no token in the answer")
        return Fetched(token, lifetime if isinstance(lifetime, int) and lifetime > 0 else _LIFETIME)
