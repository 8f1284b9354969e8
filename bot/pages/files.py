"""Files: shown or taken home under their own name, streamed piece by piece, every taking written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import Response, request

from bot.documents import papers
from bot.moves import file_checks, which
from bot.pages import issues, materials, previews
from bot.pages import papers as filled
from bot.pages.desk import Desk
from bot.pages.sessions import Session
from bot.pages.visit import Visit, looking
from bot.platform import Paper
from bot.texts import pages as texts
from bot.texts import refusals
from bot.wiring import Parts
from domain.errors import DomainError, NotFound
from domain.people import Action
from domain.project import Project
from storage.files import KnownFile
from storage.store import Transaction

PIECE = 512 * 1024
_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Span:
    start: int
    end: int  # not included


class FileDesk:
    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts, self._desk = parts, desk

    def material(self, material_id: int, number: int) -> Response:
        """`?show=1`: in the page, else to take home."""
        opened = self._opened(material_id, number)
        if isinstance(opened, Response):
            return opened
        return self._taken(*opened)

    def _taken(self, file: KnownFile, project: Project, userid: str) -> Response:
        span = _span(file.size)
        if span is None:
            return Response(status=416, headers={"Content-Range": f"bytes */{file.size}"})
        if request.headers.get("If-None-Match") == f'"{file.sha256}"':
            return Response(status=304)
        if span.start == 0:
            self._write_down(project, userid, f"file:{file.id}")
        return self._sent(file, span)

    def of_issue(self, no: int, file_id: int) -> Response:
        session = self._desk.opened()
        if isinstance(session, Response):
            return session
        try:
            with self._parts.store.reading() as tx:
                visit = must_look(self._parts, tx, session)
                file = next((one for one in issues.files(visit, no) if one.id == file_id), None)
                opened = (visit.context.must_project, visit.person.userid)
        except DomainError:
            file = None
        return self._desk.stopped(texts.NO_SUCH_PAGE, 404) if file is None else self._taken(file, *opened)

    def sheet(self, material_id: int, number: int, sheet: int) -> Response:
        opened = self._opened(material_id, number)
        if isinstance(opened, Response):
            return opened
        file, project, userid = opened
        room = self._parts.settings.var / "previews"
        try:
            drawn = previews.sheet(self._whole(file), file.sha256, sheet, room)
        except previews.NoSheet:
            return Response(status=404)
        if sheet == 1:
            self._write_down(project, userid, f"file:{file.id}")
        response = Response(drawn, content_type="image/jpeg")
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response

    def paper(self, form_id: int) -> Response:
        """A filled-in form as its document."""
        session = self._desk.opened()
        if isinstance(session, Response):
            return session
        try:
            with self._parts.store.reading() as tx:
                visit = must_look(self._parts, tx, session)
                form, project = filled.found(visit, form_id)
                facts = self._parts.sites.get(tx)
                desk = papers.Desk(tx, facts.site, facts.calendar, self._parts.clock.now())
                made = papers.draw(Paper("filled", str(form.id), project.id), desk)
                userid = visit.person.userid
        except DomainError as refusal:
            return self._desk.stopped(refusals.explain(refusal), 404)
        self._write_down(project, userid, f"form:{form_id}")
        return Response(made.data, content_type=DOCX, headers=named(made.name, inline=False))

    # ------------------------------------------------------------ inside

    def _opened(self, material_id: int, number: int) -> tuple[KnownFile, Project, str] | Response:
        session = self._desk.opened()
        if isinstance(session, Response):
            return session
        try:
            with self._parts.store.reading() as tx:
                return _found(must_look(self._parts, tx, session), material_id, number)
        except DomainError:
            return self._desk.stopped(texts.NO_SUCH_PAGE, 404)

    def _sent(self, file: KnownFile, span: Span) -> Response:
        ending = file_checks.ending_of(file.name)
        inline = bool(request.args.get("show")) and ending in previews.PICTURES
        response = Response(
            self._pieces(file.id, span),
            status=206 if "Range" in request.headers else 200,
            content_type=previews.MIME.get(ending, "application/octet-stream"),
            headers=named(file.name, inline=inline),
        )
        response.headers["Content-Length"] = str(span.end - span.start)
        response.headers["Accept-Ranges"] = "bytes"
        response.headers["ETag"] = f'"{file.sha256}"'
        response.headers["Cache-Control"] = "private, no-cache"
        # Whatever is in it may not run, load or be a page of ours.
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        if response.status_code == 206:
            response.headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{file.size}"
        return response

    def _pieces(self, file_id: int, span: Span) -> Iterator[bytes]:
        """A transaction for each piece: a slow phone holds none."""
        at = span.start
        while at < span.end:
            with self._parts.store.reading() as tx:
                piece = tx.files.piece(file_id, at, min(PIECE, span.end - at))
            if not piece:
                return
            yield piece
            at += len(piece)

    def _whole(self, file: KnownFile) -> bytes:
        with self._parts.store.reading() as tx:
            found = tx.files.get(file.id)
        return found[1] if found else b""

    def _write_down(self, project: Project, userid: str, subject: str) -> None:
        now: datetime = self._parts.clock.now()
        with self._parts.store.transaction() as tx:
            tx.audit.add(project.id, now, userid, "file.open", subject)


def must_look(parts: Parts, tx: Transaction, session: Session) -> Visit:
    visit = looking(parts, tx, session)
    if visit is None:
        raise NotFound("item")
    return visit


def _found(visit: Visit, material_id: int, number: int) -> tuple[KnownFile, Project, str]:
    """Whoever hands it in, reviews it, or sees all."""
    running, material = materials.found(visit, material_id)
    may = [
        which.may(visit.work, visit.person, running, one) for one in (Action.HAND_IN, Action.REVIEW_MATERIAL)
    ]
    if not any(may) and not visit.context.standing.may(Action.SEE_ALL):
        raise NotFound("item")
    versions = visit.tx.materials.versions([material.id]).get(material.id, [])
    version = next((one for one in versions if one.version == number), None)
    file = visit.tx.files.described(version.file_id) if version else None
    if file is None:
        raise NotFound("item")
    return file, running.project, visit.person.userid


def _span(size: int) -> Span | None:
    """What of it is wanted; None for what is not there."""
    wanted = request.headers.get("Range")
    if wanted is None:
        return Span(0, size)
    match = _RANGE.match(wanted.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return Span(max(0, size - int(match[2])), size)
    start, end = int(match[1]), min(size, int(match[2]) + 1 if match[2] else size)
    return Span(start, end) if start < end else None


def named(name: str, *, inline: bool) -> dict[str, str]:
    """Its Chinese name, for every browser (RFC 6266)."""
    how = "inline" if inline else "attachment"
    plain = "file." + file_checks.ending_of(name)
    return {"Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
