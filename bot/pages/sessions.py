"""Who looks at a page: a signed cookie that names the person and, for a link from outside, the one page it opens."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

LIVES = timedelta(hours=12)
OUTSIDE_LIVES = timedelta(minutes=30)
COOKIE, LOGIN_COOKIE, PATH = "daiban_page", "daiban_login", "/m"


@dataclass(frozen=True)
class Session:
    """`only`: the one page this session may open, "" for all of them. `key` ties forms to it."""

    person_id: int
    key: str
    until: datetime
    only: str = ""

    def opens(self, path: str) -> bool:
        return not self.only or path == self.only or path.startswith(f"{self.only}/")


@dataclass(frozen=True)
class Wanted:
    """A login under way: where it leads, and the state that must come back."""

    state: str
    to: str


class Seals:
    """Signs and reads cookies and form tokens with the house's key."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._secret, self._secure = secret, secure
        self._sessions = URLSafeSerializer(secret, salt="page-session")
        self._logins = URLSafeSerializer(secret, salt="page-login")

    def begin(self, response: Response, person_id: int, now: datetime, only: str | None = None) -> Session:
        """`only`: of a link from outside, the page it opens; None for a login in the client."""
        until = now + (LIVES if only is None else OUTSIDE_LIVES)
        session = Session(person_id, secrets.token_urlsafe(16), until, only or "")
        value = [session.person_id, session.key, int(until.timestamp()), session.only]
        self._put(response, COOKIE, str(self._sessions.dumps(value)), until - now)
        response.delete_cookie(LOGIN_COOKIE, path=PATH)
        return session

    def session(self, request: Request, now: datetime) -> Session | None:
        try:
            person_id, key, until, only = self._sessions.loads(request.cookies.get(COOKIE, ""))
        except (BadSignature, ValueError, TypeError):
            return None
        ends = datetime.fromtimestamp(until, now.tzinfo)
        return Session(person_id, key, ends, only) if ends > now else None

    def leave(self, response: Response) -> None:
        response.delete_cookie(COOKIE, path=PATH)

    def want(self, response: Response, to: str) -> Wanted:
        """The state has letters and digits only, as the platform asks."""
        wanted = Wanted(secrets.token_hex(16), to)
        value = str(self._logins.dumps([wanted.state, wanted.to]))
        self._put(response, LOGIN_COOKIE, value, timedelta(minutes=10))
        return wanted

    def wanted(self, request: Request) -> Wanted | None:
        try:
            state, to = self._logins.loads(request.cookies.get(LOGIN_COOKIE, ""))
        except (BadSignature, ValueError, TypeError):
            return None
        return Wanted(state, to) if hmac.compare_digest(state, request.args.get("state", "")) else None

    # ------------------------------------------------------------ forms

    def token(self, session: Session, nonce: str) -> str:
        """What a form carries: one use (`nonce`), and only from a page this session was shown."""
        return f"{nonce}.{self._mac(session, nonce)}"

    def nonce_of(self, session: Session, token: str) -> str | None:
        nonce, _, mac = token.partition(".")
        return nonce if nonce and hmac.compare_digest(mac, self._mac(session, nonce)) else None

    def _mac(self, session: Session, nonce: str) -> str:
        words = f"page-form:{session.person_id}:{session.key}:{nonce}".encode()
        return hmac.new(self._secret.encode(), words, sha256).hexdigest()[:40]

    def _put(self, response: Response, name: str, value: str, lives: timedelta) -> None:
        response.set_cookie(
            name, value, max_age=int(lives.total_seconds()), path=PATH, secure=self._secure, httponly=True,
            samesite="Lax",
        )  # fmt: skip
