"""Tables of the board to take home: 统计表 F4, 难点问题台账 F11, and the list as it is shown; every taking is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, request

from bot.documents import board_figures, ledger_sheet, statistics_sheet
from bot.documents.service_figures import Reach
from bot.documents.table_sheets import SheetText, book
from bot.pages.board_lines import Line, lines
from bot.pages.board_scope import Asked, Scope, asked, board_of, scope_of
from bot.pages.desk import Desk
from bot.pages.files import must_look, named
from bot.pages.visit import Visit
from bot.pages.words import LAMP_NAMES
from bot.texts import board as texts
from bot.texts import pages, refusals
from bot.texts.phrases import moment
from bot.wiring import Parts
from domain.errors import DomainError, InvalidAnswer, NotAllowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LINES = 1000
Made = tuple[str, bytes]


class ExportDesk:
    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts, self._desk = parts, desk

    def table(self, what: str) -> Response:
        session = self._desk.opened()
        if isinstance(session, Response):
            return session
        if what not in _TABLES:
            return self._desk.stopped(pages.NO_SUCH_PAGE, 404)
        try:
            with self._parts.store.reading() as tx:
                visit = must_look(self._parts, tx, session)
                scope = scope_of(visit)
                name, data = _TABLES[what](visit, scope, asked(visit, scope, request.args))
                userid = visit.person.userid
        except NotAllowed as refusal:
            return self._desk.stopped(refusals.explain(refusal), 403)
        except DomainError as refusal:
            return self._desk.stopped(refusals.explain(refusal), 409)
        with self._parts.store.transaction() as tx:
            tx.audit.add(0, self._parts.clock.now(), userid, "board.export", f"table:{what}")
        return Response(data, content_type=XLSX, headers=named(name, inline=False))


def _reach(visit: Visit, scope: Scope, what: Asked) -> Reach:
    """Of the projects that were chosen. Raises InvalidAnswer for too many to wait for, NotAllowed for a department's
    head: these tables are of whole projects."""
    context, site = visit.context, visit.context.site
    if scope.departments is not None:
        raise NotAllowed("see_all", context.whom_to_ask)
    ids = set(visit.tx.projects.of_officer(scope.own_id)) if scope.own_id else visit.tx.projects.ids()
    projects = visit.tx.projects.many(ids).values()
    chosen = frozenset(one.id for one in projects if what.wanted.has(board_figures.place_of(one, site)))
    most = site.pages.export_projects
    if len(chosen) > most:
        raise InvalidAnswer(texts.TOO_MANY.format(count=len(chosen), most=most))
    return Reach(visit.tx, site, context.calendar, what.wanted.period, context.now, chosen)


def _statistics(visit: Visit, scope: Scope, what: Asked) -> Made:
    reach = _reach(visit, scope, what)
    return f"首席服务统计表（{reach.period.name}）.xlsx", statistics_sheet.draw(reach)


def _hard(visit: Visit, scope: Scope, what: Asked) -> Made:
    reach = _reach(visit, scope, what)
    return f"难点问题台账（{reach.period.name}）.xlsx", book(ledger_sheet.sheet(reach, "F11"))


def _late(visit: Visit, scope: Scope, what: Asked) -> Made:
    context = visit.context
    _, board = board_of(visit, scope, what)
    found, count = lines(visit, scope, what, board, MOST_LINES)
    when = moment(context.now, context.calendar.zone)
    columns = (
        ("灯", 9), ("项目编号", 16), ("项目", 30), ("事项或问题", 36), ("责任部门", 14), ("经办人", 10),
        ("时限", 14), ("办理情况", 40),
    )  # fmt: skip
    foot = [f"共{count}条，本表列出前{len(found)}条。"] if count > len(found) else []
    sheet = SheetText(
        "超期和临期", "超期和临期清单", f"{context.site.hall.name}　{when}", columns,
        [_row(one) for one in found], f"合计：{len(found)}条", foot,
    )  # fmt: skip
    return f"超期和临期清单（{context.today:%Y%m%d}）.xlsx", book(sheet)


def _row(line: Line) -> list[str]:
    return [
        LAMP_NAMES[line.lamp], line.project.code, line.project.name, line.title, line.department, line.holder,
        line.over, line.done,
    ]  # fmt: skip


_TABLES: Mapping[str, Callable[[Visit, Scope, Asked], Made]] = {
    "statistics": _statistics,
    "hard": _hard,
    "late": _late,
}
