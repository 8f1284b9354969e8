"""督办看板: where does it hang? Figures, lamps, where cases wait, what is late – and 催办, 督办 by the moves of the talk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request
from markupsafe import Markup

from bot.context import Answer, words
from bot.handlers import pressing
from bot.moves import urging, which
from bot.pages import charts
from bot.pages.board_lines import lines
from bot.pages.board_scope import PERIODS, Asked, Scope, asked, board_of, scope_of
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts import board as texts
from bot.texts.phrases import short_day
from domain.board import Board, BoardFacts, Lamps, Step
from domain.errors import InvalidAnswer
from domain.people import Action
from domain.project import PROJECT_TYPE_NAMES, ProjectType

MOST_STEPS = 10


def show(visit: Visit) -> Shown:
    scope = scope_of(visit)
    what = asked(visit, scope, request.args)
    facts, board = board_of(visit, scope, what)
    found, count = lines(visit, scope, what, board, visit.context.site.pages.late_lines)
    values = {
        "board": board,
        "head": _head(scope, what),
        "figures": _figures(board, what, whole=scope.departments is None),
        "departments": _rows(visit, what, board.by_department, "department"),
        "stages": _rows(visit, what, board.by_stage, "stage"),
        "steps": _steps(board.steps),
        "steps_more": max(0, len(board.steps) - MOST_STEPS),
        "weeks": board.weeks,
        "trend": _trend(board) if scope.departments is None else "",
        "lines": found,
        "more": count - len(found),
        "filters": _filters(visit, facts, scope),
        "what": what,
        "chosen": _chosen(visit, what),
        "periods": PERIODS,
        "percent": texts.percent,
        "nothing_late": texts.NOTHING_LATE,
    }
    return Shown("board.html", "督办看板", values)


def _head(scope: Scope, what: Asked) -> str:
    whose = "本人负责的项目" if scope.own_id else "本部门的事项" if scope.departments else "全部项目"
    return f"{whose}　{what.wanted.period.name}"


def _figures(board: Board, what: Asked, *, whole: bool) -> list[tuple[str, str, str]]:
    """(name, value, what it is counted from); of a department's head only what is the department's own."""
    late = [
        ("超期事项", str(board.red), f"另有临期{board.yellow}项"),
        ("未办结问题", str(board.problems_open), f"其中超时限{board.problems_overdue}个"),
    ]
    if not whole:
        return [("在办事项", str(sum(one.total for one in board.by_department)), ""), *late]
    name = what.wanted.period.name
    return [
        ("在办项目", str(board.cases_open), f"{name}新增{board.cases_new}个"),
        ("办结项目", str(board.cases_closed), name),
        *late,
        ("按时办结率", texts.percent(board.on_time), f"{name}办结的有时限事项{board.timed}项"),
        ("满意度", texts.percent(board.satisfaction), f"{name}评价{board.grades}次"),
    ]


def _rows(visit: Visit, what: Asked, found: tuple[Lamps, ...], name: str) -> list[dict[str, Any]]:
    """Each leads to its own list."""
    most = max((one.total for one in found), default=0)
    keys = {one.short: key for key, one in visit.context.site.departments.items()}
    return [
        {
            "name": one.name,
            "lamps": one,
            "to": "?" + what.query(**{name: keys[one.name] if name == "department" else one.name}) + "#late",
            "bar": charts.bar(
                (("red", one.red), ("yellow", one.yellow), ("green", one.green), ("none", one.none)), most
            ),
        }
        for one in found
    ]


def _steps(found: tuple[Step, ...]) -> list[tuple[Step, Markup]]:
    most = max((one.days for one in found[:MOST_STEPS]), default=0.0)
    return [(one, charts.bar((("days", one.days),), most)) for one in found[:MOST_STEPS]]


def _trend(board: Board) -> Markup:
    told = "；".join(
        f"{short_day(one.monday)}当周新增{one.new}、办结{one.closed}" for one in board.weeks[-4:]
    )
    return charts.columns(
        [(one.new, one.closed) for one in board.weeks],
        f"近{len(board.weeks)}周新增和办结的项目，最近四周：{told}",
    )


def _filters(visit: Visit, facts: BoardFacts, scope: Scope) -> dict[str, list[tuple[str, str]]]:
    """What there is to choose from: (value, name)."""
    places = [one for one in facts.corners if scope.own_id in (0, one.officer_id, one.deputy_id)]
    officers = visit.tx.people.many({one.officer_id for one in places})
    districts = sorted({one.district for one in places})
    kinds = [ProjectType(one) for one in sorted({one.kind for one in places})]
    return {
        "district": [(one, one) for one in districts],
        "kind": [(one.value, PROJECT_TYPE_NAMES[one]) for one in kinds],
        "officer": [(str(one.id), one.name) for one in officers] if not scope.own_id else [],
    }


def _chosen(visit: Visit, what: Asked) -> list[tuple[str, str]]:
    """Of the list: (name, the address without it)."""
    departments = visit.context.site.departments
    found = []
    if what.department in departments:
        found.append(
            (departments[what.department].short, "?" + replace(what, department="").query() + "#late")
        )
    if what.stage:
        found.append((what.stage, "?" + replace(what, stage="").query() + "#late"))
    return found


# ---------------------------------------------------------------- what the buttons do


def urge(visit: Visit) -> tuple[Answer, str]:
    back = _back(visit)
    if visit.form.number("no"):
        return pressing.urge(visit.context, {"no": str(visit.form.number("no"))}), back
    running = which.by_id(visit.work, visit.form.number("item"))
    visit.about(running.project)
    visit.context.must_be_allowed(Action.URGE)
    said, told = urging.of_project(
        visit.work, running.project, running.entry.id, f"催办 {running.entry.spoken}"
    )
    return words(said, recent=running.recent).and_tell(*told), back


def press(visit: Visit) -> tuple[Answer, str]:
    back, opinion = _back(visit), visit.form.words("text")
    if not opinion:
        raise InvalidAnswer("请填写督办意见，例如：请于9月18日前说明退件依据。")
    return pressing.press(visit.context, {"no": str(visit.form.number("no")), "rest": opinion}), back


def _back(visit: Visit) -> str:
    """The same look at it as before; for nobody who may not look."""
    return "/m/board?" + asked(visit, scope_of(visit), request.args).query()


PAGE = PageKind("/board", show, {"urge": urge, "press": press})
