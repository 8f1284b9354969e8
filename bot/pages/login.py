"""Coming in: through the platform's OAuth in its client, or outside by a link and the code said beside it."""

from __future__ import annotations

import hmac
import logging
import re

from flask import Response, request

from bot.handlers.web_login import hashed
from bot.pages import look
from bot.pages.limits import ENTERING, Gate
from bot.pages.sessions import Seals
from bot.platform import AnswerLost, DeliveryFailed, Unreachable
from bot.texts import pages as texts
from bot.wiring import Parts
from storage.store import Transaction

log = logging.getLogger(__name__)
HOME, ARRIVED = "/m/", "/m/arrived"
MOST_TRIES = 5
_OURS = re.compile(r"/m/[\w\-./?=&%]{0,300}", re.ASCII)
_CLIENTS = ("wxwork", "micromessenger")


class Entrance:
    def __init__(self, parts: Parts, seals: Seals, gate: Gate) -> None:
        self._parts, self._seals, self._gate = parts, seals, gate

    def enter(self, to: str) -> Response:
        """In the client at once; elsewhere it is said how, and the platform's own login is one tap away."""
        agent = request.headers.get("User-Agent", "").lower()
        if any(name in agent for name in _CLIENTS) and request.method == "GET":
            return self._to_platform(to)
        lone = self._seals.session(request, self._parts.clock.real_now())
        text = texts.ONLY_ONE_PAGE if lone else texts.OUTSIDE
        return self._page("enter.html", 401, text=text, to=_local(to))

    def login(self) -> Response:
        return self._to_platform(request.args.get("to", HOME))

    def _to_platform(self, to: str) -> Response:
        response = Response(status=302)
        wanted = self._seals.want(response, _local(to))
        url = f"{self._parts.settings.public_url}{ARRIVED}"
        response.headers["Location"] = self._parts.platform.login_url(url, wanted.state)
        return response

    def arrived(self) -> Response:
        """Back from the platform with a code. Without the state this browser was given, it is somebody else's login."""
        wanted = self._seals.wanted(request)
        if wanted is None or not self._lets_in_here():
            return self._page("enter.html", 403, text=texts.LOGIN_FAILED, to=HOME)
        try:
            userid = self._parts.platform.person_of_login(request.args.get("code", "")[:512])
        except (DeliveryFailed, AnswerLost, Unreachable) as error:
            log.warning("login refused: %s", type(error).__name__)
            return self._page("enter.html", 403, text=texts.LOGIN_FAILED, to=wanted.to)
        with self._parts.store.reading() as tx:
            person = tx.people.by_userid(userid)
        if person is None or not person.active:
            return self._page("stopped.html", 403, text=texts.NOT_REGISTERED)
        return self._in(person.id, wanted.to)

    # ------------------------------------------------------------ by link

    def ask_code(self, token: str) -> Response:  # noqa: ARG002 – the same page for every link, good or bad
        return self._page("code.html", 200, text="", problem="")

    def by_link(self, token: str) -> Response:
        if not self._lets_in_here():
            return self._page("code.html", 429, text="", problem=texts.TOO_OFTEN)
        code = "".join(filter(str.isdecimal, request.form.get("code", "")))[:12]
        with self._parts.store.transaction() as tx:
            found = self._used(tx, token, code)
        if found is None:
            return self._page("code.html", 403, text="", problem=texts.WRONG_CODE)
        person_id, page = found
        return self._in(person_id, page or HOME, page)

    def _used(self, tx: Transaction, token: str, code: str) -> tuple[int, str] | None:
        now = self._parts.clock.now()
        link = tx.page_links.get(hashed(token), lock=True)
        if link is None or link.used_at or link.until <= now or link.tries >= MOST_TRIES:
            return None
        if not hmac.compare_digest(link.code, hashed(f"{token}:{code}")):
            tx.page_links.missed(link.id)
            return None
        person = next(iter(tx.people.many([link.person_id])), None)
        if person is None or not person.active or not tx.page_links.use(link.id, now):
            return None
        return person.id, link.page

    def leave(self) -> Response:
        response = self._page("enter.html", 200, text="已退出登录。", to=HOME)
        self._seals.leave(response)
        return response

    # ------------------------------------------------------------ inside

    def _in(self, person_id: int, to: str, only: str | None = None) -> Response:
        response = Response(status=303, headers={"Location": _local(to)})
        self._seals.begin(response, person_id, self._parts.clock.real_now(), only)
        return response

    def _lets_in_here(self) -> bool:
        return self._gate.lets_in(ENTERING, request.remote_addr or "")

    def _page(self, template: str, status: int, **values: str) -> Response:
        helpers = look.helpers({"zone": self._parts.settings.zone})
        return look.page(template, status, title="代办助手", **{**helpers, **values})


def _local(to: str) -> str:
    """Only ever to a page of ours."""
    return to if _OURS.fullmatch(to) and "//" not in to else HOME
