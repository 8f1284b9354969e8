"""From a request to a page: who is it, may they, what do they see, what did they do. One way for all pages."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, request

from bot.faults import kind, place
from bot.pages import look
from bot.pages.limits import LOOKING, WRITING, Gate, Limit
from bot.pages.login import Entrance
from bot.pages.sessions import Seals, Session
from bot.pages.visit import Deed, Typed, Upload, do, looking, said_before
from bot.texts import pages as texts
from bot.texts import refusals
from bot.wiring import Parts
from domain.errors import DomainError, NotAllowed, NotFound, Unclear
from domain.people import ALLOWED, Action
from storage.errors import Stale, StorageError

log = logging.getLogger(__name__)
MOST_BYTES = 21 * 1024 * 1024
MOST_FIELDS = 200


@dataclass(frozen=True)
class Shown:
    """What a page shows. `values` go to the template."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)


Show = Callable[..., Shown]
Act = Callable[..., Any]


@dataclass(frozen=True)
class PageKind:
    """`path` below /m; `acts`: what its buttons do, by the form's `do`. `asks`: a form of it only looks, and its words
    stand in no address."""

    path: str
    show: Show
    acts: Mapping[str, Act] = field(default_factory=dict)
    asks: bool = False


@dataclass(frozen=True)
class Problem:
    text: str = field(repr=False)
    status: int
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    did: str = ""
    choices: Sequence[tuple[str, str]] = field(default=(), repr=False)


class Desk:
    def __init__(self, parts: Parts, entrance: Entrance, seals: Seals, gate: Gate) -> None:
        self._parts, self._entrance = parts, entrance
        self.seals, self.gate = seals, gate

    # ------------------------------------------------------------ who

    def session(self) -> Session | None:
        return self.seals.session(request, self._parts.clock.real_now())

    def opened(self, limit: Limit = LOOKING) -> Session | Response:
        """The session of whoever asks, or what they are shown instead."""
        session = self.session()
        if session is None or not session.opens(request.path):
            return self._entrance.enter(request.full_path.rstrip("?"))
        if not self.gate.lets_in(limit, str(session.person_id)):
            return self.stopped(texts.TOO_OFTEN, 429)
        return session

    def stopped(self, text: str, status: int) -> Response:
        return look.page("stopped.html", status, title="无法打开", text=text, **self._helpers())

    # ------------------------------------------------------------ look

    def get(self, kind_: PageKind, **where: Any) -> Response:
        session = self.opened()
        return session if isinstance(session, Response) else self._guarded(session, kind_, where)

    def _guarded(
        self, session: Session, kind_: PageKind, where: Mapping[str, Any],
        problem: Problem | None = None, asked: Typed | None = None,
    ) -> Response:  # fmt: skip
        try:
            return self._shown(session, kind_, where, problem, asked)
        except (NotFound, NotAllowed) as refusal:
            return self.stopped(refusals.explain(refusal), 404 if isinstance(refusal, NotFound) else 403)
        except DomainError as refusal:
            return self.stopped(refusals.explain(refusal), 409)
        except StorageError as error:
            log.warning("page not shown: %s", type(error).__name__)
            return self.stopped(texts.NOT_REACHABLE, 503)
        except Exception as error:  # noqa: BLE001 – its text may carry what people wrote
            log.error("page failed: %s at %s", kind(error), place(error))
            return self.stopped(texts.NOT_SHOWN, 500)

    def _shown(
        self, session: Session, kind_: PageKind, where: Mapping[str, Any],
        problem: Problem | None, asked: Typed | None,
    ) -> Response:  # fmt: skip
        with self._parts.store.reading() as tx:
            visit = looking(self._parts, tx, session)
            if visit is None:
                return self.stopped(texts.NOT_REGISTERED, 403)
            shown = kind_.show(replace(visit, typed=asked), **where)
            done = said_before(tx, session, request.args["ok"]) if "ok" in request.args else None
            told = {
                "said": done.text if done else "",
                "problem": problem.text if problem else "",
                "choices": problem.choices if problem else (),
                "did": problem.did if problem else request.args.get("do", ""),
                "wanted": request.args.get("state", ""),
                "typed": _first(problem.typed) if problem else {},
                "token": self.seals.token(session, secrets.token_urlsafe(12)),
                "person": visit.person,
                "board": bool(visit.person.roles & ALLOWED[Action.SEE_BOARD]),
                "lone": bool(session.only),
            }
            status = problem.status if problem else 200
            return look.page(
                shown.template, status, title=shown.title, **{**self._helpers(), **told, **shown.values}
            )

    def _helpers(self) -> dict[str, Any]:
        return look.helpers({"zone": self._parts.settings.zone})

    # ------------------------------------------------------------ do

    def post(self, kind_: PageKind, **where: Any) -> Response:
        request.max_content_length = MOST_BYTES
        request.max_form_memory_size = MOST_BYTES
        session = self.opened(WRITING)
        if isinstance(session, Response):
            return session
        if kind_.asks:
            return self._guarded(session, kind_, where, asked=_typed())
        if (request.content_length or 0) > MOST_BYTES:
            return self._guarded(session, kind_, where, Problem(texts.TOO_LARGE, 413))
        typed = _typed()
        nonce = self.seals.nonce_of(session, typed.raw("token"))
        act = kind_.acts.get(typed.raw("do"))
        problem = Problem("", 409, typed.values, typed.raw("do"))
        if nonce is None or act is None:
            return self._guarded(session, kind_, where, _as(problem, texts.FORM_TOO_OLD, 403))
        return self._done(session, kind_, where, (act, nonce, typed, problem))

    def _done(
        self, session: Session, kind_: PageKind, where: Mapping[str, Any],
        asked: tuple[Act, str, Typed, Problem],
    ) -> Response:  # fmt: skip
        act, nonce, typed, problem = asked
        deed: Deed = lambda visit: act(visit, **where)  # noqa: E731
        try:
            done = do(self._parts, session, f"{kind_.path}:{problem.did}"[:100], nonce, typed, deed)
        except DomainError as refusal:
            return self._guarded(session, kind_, where, _refused(problem, refusal))
        except Stale:
            return self._guarded(session, kind_, where, _as(problem, texts.MEANWHILE, 409))
        except StorageError as error:
            log.warning("page not kept: %s", kind(error))
            return self._guarded(session, kind_, where, _as(problem, texts.NOT_KEPT, 503))
        except Exception as error:  # noqa: BLE001 – nothing was changed, and what was typed must not be lost
            log.error("page failed: %s at %s", kind(error), place(error))
            return self._guarded(session, kind_, where, _as(problem, texts.DEFECT, 500))
        if done is None:
            return self.stopped(texts.NOT_REGISTERED, 403)
        return _away(_with(done.to or request.path, f"ok={nonce}"))


def _with(to: str, more: str) -> str:
    return f"{to}{'&' if '?' in to else '?'}{more}"


def _away(to: str) -> Response:
    response = Response(status=303)
    response.headers["Location"] = to
    return response


def _as(problem: Problem, text: str, status: int) -> Problem:
    return replace(problem, text=text, status=status)


def _refused(problem: Problem, refusal: DomainError) -> Problem:
    """A question with choices is asked as buttons."""
    if isinstance(refusal, Unclear):
        return replace(problem, text=refusal.question, choices=refusal.choices)
    return replace(problem, text=refusals.explain(refusal))


def _typed() -> Typed:
    values = {name: tuple(found) for name, found in list(request.form.lists())[:MOST_FIELDS]}
    sent = [one for one in request.files.getlist("file") if one.filename]
    return Typed(values, tuple(Upload(one.filename or "", one.read()) for one in sent[:9]))


def _first(values: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {name: "、".join(found) for name, found in values.items() if name != "token"}
