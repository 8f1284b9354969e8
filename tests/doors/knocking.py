"""Requests to the doors, sealed here with the tenant's own keys."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bot.wecom.crypto import CallbackCrypto
from tests.talk import Talk

BOUND_CHAT = "wrkYX001aibot"


@dataclass(frozen=True)
class Knocked:
    status: int
    body: bytes


class Doors:
    def __init__(self, talk: Talk) -> None:
        tenant = talk.parts.settings.tenant
        self.base = talk.parts.settings.public_url
        self.bot_id = tenant.bot_id
        self.tokens = {"bot": tenant.bot_token, "app": tenant.callback_token}
        self.crypto = {
            "bot": CallbackCrypto(tenant.bot_token, tenant.bot_aes_key, ""),
            "app": CallbackCrypto(tenant.callback_token, tenant.callback_aes_key, tenant.corp_id),
        }
        self._keys = {"bot": tenant.bot_aes_key, "app": tenant.callback_aes_key}

    def say(self, **fields: Any) -> Knocked:
        """A bot message in the bound group, with these fields changed; None takes a field out."""
        message = {
            "msgid": "m-1",
            "aibotid": self.bot_id,
            "chatid": BOUND_CHAT,
            "chattype": "group",
            "from": {"userid": "chen.jing"},
            "msgtype": "text",
            "text": {"content": "@代办助手 进度"},
        } | fields
        kept = {name: value for name, value in message.items() if value is not None}
        return self.knock("bot", self.sealed("bot", json.dumps(kept, ensure_ascii=False)))

    def sealed(self, door: str, plain: str, receive_id: str | None = None) -> str:
        crypto = self.crypto[door]
        if receive_id is not None:
            crypto = CallbackCrypto(self.tokens[door], self._keys[door], receive_id)
        return crypto.encrypt_message(plain, "n1", 1).encrypt

    def knock(
        self, door: str, encrypt: str, *, signature: str | None = None, body: bytes | None = None
    ) -> Knocked:
        signed = signature or self.signature(door, encrypt)
        if body is None:
            xml = f"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
            body = json.dumps({"encrypt": encrypt}).encode() if door == "bot" else xml.encode()
        query = urlencode({"msg_signature": signed, "timestamp": "1", "nonce": "n1"})
        return self._ask(Request(f"{self.base}/callbacks/wecom/{door}?{query}", data=body))

    def verify(self, door: str, echo: str, signature: str | None = None) -> Knocked:
        signed = signature or self.signature(door, echo)
        query = urlencode({"msg_signature": signed, "timestamp": "1", "nonce": "n1", "echostr": echo})
        return self._ask(Request(f"{self.base}/callbacks/wecom/{door}?{query}"))

    def signature(self, door: str, encrypt: str) -> str:
        return hashlib.sha1("".join(sorted([self.tokens[door], "1", "n1", encrypt])).encode()).hexdigest()

    def read(self, knocked: Knocked) -> dict[str, Any]:
        """The bot's decrypted answer."""
        envelope = json.loads(knocked.body)
        plain = self.crypto["bot"].decrypt_message(
            envelope["encrypt"], envelope["msgsignature"], str(envelope["timestamp"]), envelope["nonce"]
        )
        return dict(json.loads(plain))

    @staticmethod
    def _ask(request: Request) -> Knocked:
        try:
            with urlopen(request, timeout=10) as answer:
                return Knocked(answer.status, answer.read())
        except HTTPError as refused:
            return Knocked(refused.code, refused.read())
