"""Which pages there are. One table; everything else follows from it."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response

from bot.pages import (
    applications,
    board,
    cases,
    decisions,
    feedback,
    issues,
    items,
    look,
    materials,
    meetings,
    papers,
    ratings,
    search,
    todo,
)
from bot.pages.desk import Desk, PageKind
from bot.pages.exports import ExportDesk
from bot.pages.files import FileDesk
from bot.pages.limits import Gate
from bot.pages.login import ARRIVED, Entrance
from bot.pages.sessions import Seals
from bot.texts import pages as texts
from bot.wiring import Parts

PAGES: tuple[PageKind, ...] = (
    todo.PAGE,
    issues.PAGE,
    cases.PAGE,
    items.PAGE,
    materials.PAGE,
    papers.PAGE,
    ratings.PAGE,
    feedback.PAGE,
    applications.PAGE,
    board.PAGE,
    search.PAGE,
    decisions.PAGE,
    meetings.PAGE,
)


def blueprint(parts: Parts) -> Blueprint:
    doors = Blueprint("pages", __name__, url_prefix="/m", template_folder="templates")
    settings = parts.settings
    seals, gate = Seals(settings.secret_key, secure=settings.public_url.startswith("https://")), Gate()
    entrance = Entrance(parts, seals, gate)
    desk = Desk(parts, entrance, seals, gate)
    for page in PAGES:
        _open(doors, desk, page)
    _ways_in(doors, entrance)
    _files(doors, FileDesk(parts, desk))
    doors.add_url_rule("/board/table/<what>", "board_table", ExportDesk(parts, desk).table)
    doors.add_url_rule("/static/<name>", "asset", look.serve_asset)
    doors.add_url_rule("/<path:path>", "none", lambda path: _none(desk, path))
    doors.after_request(partial(look.finished, settings))
    return doors


def _open(doors: Blueprint, desk: Desk, page: PageKind) -> None:
    name = page.show.__module__.rpartition(".")[2]
    doors.add_url_rule(page.path, name, partial(desk.get, page), methods=["GET"])
    if page.acts or page.asks:
        doors.add_url_rule(page.path, f"{name}_act", partial(desk.post, page), methods=["POST"])


def _ways_in(doors: Blueprint, entrance: Entrance) -> None:
    doors.add_url_rule("/login", "login", entrance.login)
    doors.add_url_rule(ARRIVED.removeprefix("/m"), "arrived", entrance.arrived)
    doors.add_url_rule("/in/<token>", "link", entrance.ask_code, methods=["GET"])
    doors.add_url_rule("/in/<token>", "link_code", entrance.by_link, methods=["POST"])
    doors.add_url_rule("/leave", "leave", entrance.leave, methods=["POST"])


def _files(doors: Blueprint, files: FileDesk) -> None:
    version = "/material/<int:material_id>/<int:number>"
    doors.add_url_rule(f"{version}/file", "material_file", files.material)
    doors.add_url_rule(f"{version}/sheet/<int:sheet>", "material_sheet", files.sheet)
    doors.add_url_rule("/issue/<int:no>/file/<int:file_id>", "issue_file", files.of_issue)
    doors.add_url_rule("/paper/<int:form_id>/file", "paper_file", files.paper)


def _none(desk: Desk, path: str) -> Response:  # noqa: ARG001
    """Whether there is such a page is nobody's business before they came in."""
    opened = desk.opened()
    return opened if isinstance(opened, Response) else desk.stopped(texts.NO_SUCH_PAGE, 404)


def to_board() -> Response:
    """The address of contract §3; the page lies where its cookie goes."""
    return Response(status=302, headers={"Location": "/m/board"})
