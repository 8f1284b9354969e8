"""Whose cases somebody sees on the board, and what of them they asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.documents import board_figures
from bot.pages.visit import Visit
from domain.board import Board, BoardFacts, Late, Wanted
from domain.errors import InvalidAnswer, NotAllowed
from domain.people import ALLOWED, Action, Role
from domain.periods import Period, said
from domain.project import ProjectType

HEADS = (Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER)
PERIODS = ("本月", "上月", "本季度", "上季度", "今年", "去年")


@dataclass(frozen=True)
class Scope:
    """`own_id`: of an officer, as officer or deputy; `departments`: of a head. Neither: the whole site."""

    own_id: int = 0
    departments: frozenset[str] | None = None

    @property
    def acts(self) -> bool:
        """A supervisor everywhere, an officer in the own projects; the moves check it again."""
        return self.departments is None


@dataclass(frozen=True)
class Asked:
    """What stands in the address: no words of people."""

    period_said: str
    wanted: Wanted
    department: str = ""
    stage: str = ""

    def query(self, **other: str) -> str:
        kept = {
            "period": self.period_said, "district": self.wanted.district, "kind": self.wanted.kind,
            "officer": str(self.wanted.officer_id or ""), "department": self.department, "stage": self.stage,
        }  # fmt: skip
        return urlencode({name: value for name, value in {**kept, **other}.items() if value})


def scope_of(visit: Visit) -> Scope:
    """Raises NotAllowed."""
    person = visit.person
    if not person.roles & ALLOWED[Action.SEE_BOARD]:
        raise NotAllowed(Action.SEE_BOARD, visit.context.whom_to_ask)
    if Role.SUPERVISOR in person.roles:
        return Scope()
    if Role.SERVICE_OFFICER in person.roles:
        return Scope(person.id)
    return Scope(departments=person.departments(*HEADS))


def asked(visit: Visit, scope: Scope, given: Mapping[str, str]) -> Asked:
    """Raises InvalidAnswer for a period that is none."""
    period_said = given.get("period", "") or PERIODS[0]
    officer = given.get("officer", "")
    if given.get("kind", "") not in ("", *ProjectType):
        raise InvalidAnswer("没有这个项目类型，请在看板上方重新选择。")
    wanted = Wanted(
        period_of(visit, period_said), given.get("district", "")[:40], given.get("kind", ""),
        int(officer) if officer.isdecimal() and len(officer) < 10 else 0, scope.own_id, scope.departments,
    )  # fmt: skip
    return Asked(period_said, wanted, given.get("department", "")[:32], given.get("stage", "")[:32])


def period_of(visit: Visit, words: str) -> Period:
    return said(words[:20], visit.context.today)


def board_of(visit: Visit, scope: Scope, what: Asked) -> tuple[BoardFacts, Board]:
    context, site = visit.context, visit.context.site
    facts = board_figures.facts_of(visit.tx, site, context.calendar, context.now, scope.own_id)
    return facts, board_figures.board_of(facts, what.wanted, site)


def late_of(visit: Visit, what: Asked, board: Board) -> list[Late]:
    """Of the department and stage that were chosen."""
    items = visit.context.site.catalogue.items
    return [
        one
        for one in board.late
        if one.step in items
        and what.department in ("", items[one.step].lead)
        and what.stage in ("", items[one.step].stage)
    ]
