"""One tenant of WeChat Work as a `bot.platform.ChatPlatform`; two tenants are two values of this class."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from redis import Redis

from bot.platform import (
    AnswerLost,
    Channel,
    DeliveryFailed,
    Downloaded,
    GroupInfo,
    Receipt,
    RemoteFile,
    SendFile,
    Speech,
    UpdateCard,
)
from bot.wecom.cards import Json, card_json
from bot.wecom.client import Answer, WeComClient
from bot.wecom.errors import MEDIA_GONE, NOT_A_MEMBER, failure
from bot.wecom.limits import cut_bytes, one_line
from bot.wecom.media import Media, MediaIds
from bot.wecom.settings import TenantSettings
from bot.wecom.shared import impatient
from bot.wecom.speech import text_form, to_group, to_person, to_response_url
from bot.wecom.tokens import TokenCache, cache_name
from bot.wecom.transport import Transport, check, read_answer

__all__ = ["TenantSettings", "WeComTenant"]

_GROUP_ID = re.compile("[0-9A-Za-z]{1,32}")
_STATE = re.compile("[0-9A-Za-z]{0,128}")
_DUPLICATES_SECONDS = 1800
# How editions without the newer path answer it.
_NO_SUCH_CALL = frozenset({48001, 48002, 40058, 404})
# How editions without cards, markdown or files refuse them.
_NOT_THIS_KIND = frozenset({48001, 48002, 40008})
_Sent = TypeVar("_Sent")
_MENU_COLUMNS = ("常用", "办事", "更多")


class WeComTenant:
    """Implements `bot.platform.ChatPlatform`. Without Redis tokens and media ids stay in this process."""

    def __init__(
        self, settings: TenantSettings, redis: Redis | None = None, *, transport: Transport | None = None
    ) -> None:
        self._settings = settings
        self._transport = transport or Transport(proxy=settings.proxy, ca_bundle=settings.ca_bundle)
        redis = impatient(redis) if redis else None
        self._redis = redis
        # With the secret, only its hash leaves this line: a changed one must not live on an old token.
        identity = (settings.api_base, settings.corp_id, str(settings.agent_id), settings.secret)
        self._client = WeComClient(settings, TokenCache(cache_name(*identity), redis), self._transport)
        pool = cache_name(settings.api_base, settings.corp_id)  # media ids are shared by all apps of a corp
        self._media = Media(self._client, self._transport, MediaIds(redis), pool, settings.bot_aes_key)

    def close(self) -> None:
        self._transport.close()
        if self._redis:
            self._redis.close()

    # ------------------------------------------------------------ saying

    def send_to_person(self, userid: str, speech: Speech) -> Receipt:
        """In its text form where an edition takes nothing else."""
        try:
            return self._to_person(userid, speech)
        except DeliveryFailed as refusal:
            plain = text_form(speech)
            if refusal.code not in _NOT_THIS_KIND or plain == speech:
                raise
            return self._to_person(userid, plain)

    def _to_person(self, userid: str, speech: Speech) -> Receipt:
        def send(media_id: str) -> Receipt:
            body = {
                "touser": userid,
                "agentid": self._settings.agent_id,
                **to_person(speech, media_id),
                "safe": 0,
                "enable_duplicate_check": 1,
                "duplicate_check_interval": _DUPLICATES_SECONDS,
            }
            return _receipt(self._client.ask("post", "message/send", body=body))

        return self._with_file(speech, send)

    def send_to_group(self, appchat_id: str, speech: Speech) -> None:
        def send(media_id: str) -> None:
            body = {"chatid": appchat_id, **to_group(speech, media_id), "safe": 0}
            self._client.ask("post", "appchat/send", body=body)

        self._with_file(speech, send)

    def _with_file(self, speech: Speech, send: Callable[[str], _Sent]) -> _Sent:
        """Uploads what is a file; once more when the remembered upload has gone."""
        if not isinstance(speech, SendFile):
            return send("")
        try:
            return send(self._media.media_id(speech))
        except DeliveryFailed as refusal:
            if refusal.code != MEDIA_GONE:
                raise
        return send(self._media.media_id(speech, fresh=True))

    def answer_later(self, response_url: str, speech: Speech) -> None:
        check(read_answer(self._transport.request("post", response_url, json=to_response_url(speech))))

    # ------------------------------------------------------------ changing what was said

    def update_card(self, response_code: str, userids: Sequence[str], update: UpdateCard) -> Receipt:
        change: Json = {"button": {"replace_name": one_line(update.text, 10)}}
        if update.card:
            change = {"template_card": card_json(update.card, Channel.APP)}
        body = {
            "userids": list(userids),
            "agentid": self._settings.agent_id,
            "response_code": response_code,
            **change,
        }
        return _receipt(self._client.ask("post", "message/update_template_card", body=body))

    def recall(self, message_id: str) -> None:
        self._client.ask("post", "message/recall", body={"msgid": message_id})

    # ------------------------------------------------------------ groups

    def create_group(self, *, chat_id: str, name: str, owner: str, members: Sequence[str]) -> str:
        if not _GROUP_ID.fullmatch(chat_id):
            raise ValueError("a group's id has 1 to 32 letters and digits")
        title = one_line(name, 50)
        answer = self._client.appchat.create(chat_id, title, owner, list(members))
        return str(answer.get("chatid") or chat_id)

    def update_group(
        self,
        chat_id: str,
        *,
        name: str | None = None,
        owner: str | None = None,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
    ) -> None:
        title = one_line(name, 50) if name else None
        self._client.appchat.update(chat_id, title, owner, list(add) or None, list(remove) or None)

    def group(self, chat_id: str) -> GroupInfo:
        info = self._client.ask("get", "appchat/get", {"chatid": chat_id}).get("chat_info")
        if not isinstance(info, dict):
            raise AnswerLost("appchat/get: no group in the answer")
        members = tuple(member.lower() for member in _words(info.get("userlist")))
        owner = str(info.get("owner") or "").lower()
        return GroupInfo(str(info.get("chatid") or chat_id), str(info.get("name") or ""), owner, members)

    # ------------------------------------------------------------ files

    def download(self, file: RemoteFile, *, most: int) -> Downloaded:
        return self._media.download(file, most=most)

    # ------------------------------------------------------------ who is it

    def login_url(self, redirect: str, state: str) -> str:
        if not _STATE.fullmatch(state):
            raise ValueError("a state has at most 128 letters and digits")
        settings = self._settings
        return (
            f"{settings.oauth_base.rstrip('/')}/connect/oauth2/authorize?appid={quote(settings.corp_id)}"
            f"&redirect_uri={quote(redirect, safe='')}&response_type=code&scope=snsapi_base&state={state}"
            f"&agentid={settings.agent_id}#wechat_redirect"
        )

    def person_of_login(self, code: str) -> str:
        try:
            answer = self._client.ask("get", "auth/getuserinfo", {"code": code})
        except DeliveryFailed as refusal:
            if refusal.code not in _NO_SUCH_CALL:
                raise
            answer = self._client.ask("get", "user/getuserinfo", {"code": code})
        userid = answer.get("userid") or answer.get("UserId")
        if not isinstance(userid, str):
            raise failure(NOT_A_MEMBER)  # an outsider has an openid only
        return userid.lower()

    # ------------------------------------------------------------ the app itself

    def set_menu(self, entries: Sequence[tuple[str, str]]) -> None:
        self._client.menu.create(self._settings.agent_id, {"button": menu_buttons(entries)})

    def callback_ips(self) -> tuple[str, ...]:
        return tuple(_words(self._client.ask("get", "getcallbackip").get("ip_list")))

    def check_token(self) -> None:
        self._client.with_token(lambda token: token)


def menu_buttons(entries: Sequence[tuple[str, str]]) -> list[Json]:
    """Up to 3 side by side; up to 7 as two and a drawer of five; up to 15 as three drawers."""
    if not 1 <= len(entries) <= 15:
        raise ValueError("a menu has 1 to 15 entries")
    if len(entries) <= 3:
        return [_entry(*entry, most=16) for entry in entries]
    if len(entries) <= 7:
        return [*(_entry(*entry, most=16) for entry in entries[:2]), _drawer(_MENU_COLUMNS[2], entries[2:])]
    columns = (entries[start : start + 5] for start in range(0, len(entries), 5))
    return [_drawer(name, column) for name, column in zip(_MENU_COLUMNS, columns, strict=False)]


def _drawer(name: str, entries: Sequence[tuple[str, str]]) -> Json:
    return {"name": name, "sub_button": [_entry(*entry, most=40) for entry in entries]}


def _entry(text: str, key: str, *, most: int) -> Json:
    name = cut_bytes(text, most, tail="")
    if key.startswith(("http://", "https://")):
        return {"type": "view", "name": name, "url": key}
    return {"type": "click", "name": name, "key": key}


def _receipt(answer: Answer) -> Receipt:
    missed = (*_words(answer.get("invaliduser")), *_words(answer.get("unlicenseduser")))
    return Receipt(
        message_id=str(answer.get("msgid") or ""),
        response_code=str(answer.get("response_code") or ""),
        missed=tuple(dict.fromkeys(userid.lower() for userid in missed)),
    )


def _words(value: Any) -> list[str]:
    """A list, or names joined by "|" as the platform writes them in some answers."""
    if isinstance(value, str):
        return [word for word in value.split("|") if word]
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
