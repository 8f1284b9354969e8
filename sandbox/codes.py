"""What may be used once or for a while: access tokens, login codes, response codes, response urls."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sandbox.limits import LOGIN_CODE_LIFE, RESPONSE_URL_LIFE, TOKEN_LIFE, Refused


@dataclass
class OneShot:
    """`what` is the message, person or talk it was made for."""

    what: str
    at: float
    used: bool = False
    group: bool = False
    quotes: str = ""


class Codes:
    def __init__(self) -> None:
        self._token = ("", 0.0)
        self._old_tokens: set[str] = set()
        self._logins: dict[str, OneShot] = {}
        self._responses: dict[str, OneShot] = {}
        self._bot_urls: dict[str, OneShot] = {}

    def token(self, now: float) -> tuple[str, int]:
        """The token of the only secret and the seconds it has left; the same one while it is valid."""
        token, until = self._token
        if now >= until:
            self._old_tokens.add(token)
            token, until = secrets.token_urlsafe(64), now + TOKEN_LIFE
            self._token = (token, until)
        return token, int(until - now)

    def check_token(self, token: str | None, now: float) -> None:
        if not token:
            raise Refused("token_missing")
        current, until = self._token
        if token == current:
            if now >= until:
                raise Refused("token_expired")
            return
        raise Refused("token_expired" if token in self._old_tokens else "token")

    def login(self, userid: str, now: float) -> str:
        code = secrets.token_urlsafe(32)
        self._logins[code] = OneShot(userid, now)
        return code

    def person_of_login(self, code: str, now: float) -> str:
        login = self._logins.get(code)
        if login is None or login.used:
            raise Refused("login_code")
        login.used = True
        if now - login.at >= LOGIN_CODE_LIFE:
            raise Refused("login_code_expired")
        return login.what

    def response(self, message_id: str, now: float) -> str:
        code = secrets.token_urlsafe(32)
        self._responses[code] = OneShot(message_id, now)
        return code

    def message_of_response(self, code: str, now: float, life: int) -> str:
        """Looks only; `spend_response` uses it up, after the rest of the call was found right."""
        kept = self._responses.get(code)
        if kept is None:
            raise Refused("response_code")
        if kept.used:
            raise Refused("response_code_used")
        if now - kept.at >= life:
            raise Refused("response_code_expired")
        return kept.what

    def spend_response(self, code: str) -> None:
        self._responses[code].used = True

    def bot_url(self, thread: str, now: float, *, group: bool, quotes: str) -> str:
        code = secrets.token_urlsafe(32)
        self._bot_urls[code] = OneShot(thread, now, group=group, quotes=quotes)
        return code

    def talk_of_bot_url(self, code: str, now: float) -> OneShot:
        kept = self._bot_urls.get(code)
        if kept is None:
            raise Refused("bot_code")
        if kept.used:
            raise Refused("bot_code_used")
        if now - kept.at >= RESPONSE_URL_LIFE:
            raise Refused("bot_code_expired")
        return kept
