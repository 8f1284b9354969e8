"""Corners, sums and what is looked at: figures by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.board import (
    BoardFacts,
    Late,
    Place,
    StepNames,
    Wanted,
    add_case,
    add_grade,
    from_record,
    look,
    to_record,
    trend_weeks,
)
from domain.case import Case, CaseStatus, Scope, ServiceLevel
from domain.deadlines import Lamp
from domain.periods import Period

NOW, TODAY = datetime(2026, 9, 15, 1, 30, tzinfo=UTC), date(2026, 9, 15)
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
NORTH, SOUTH = Place("北区", "social_industrial", 1, 2), Place("南区", "gov_building", 2)
STEPS = {"a": StepNames("施工许可", "施工许可", "zjj"), "b": StepNames("环评", "立项", "sthj")}
NAMES = {"zjj": "住建局", "sthj": "生态环境局"}


def case(
    number: int, accepted: date | None, closed: date | None = None, status: CaseStatus = CaseStatus.ACTIVE
) -> Case:
    return Case(
        number, f"N{number}", 1, ServiceLevel.ACT_FOR, Scope.WHOLE, status, accepted, closed_on=closed
    )


def facts() -> BoardFacts:
    found = BoardFacts(NOW, TODAY)
    add_case(found, NORTH, case(1, date(2026, 8, 3)), [], lambda a, b: 0)
    add_case(found, NORTH, case(2, date(2026, 8, 3), date(2026, 9, 2), CaseStatus.CLOSED), [], lambda a, b: 0)
    add_case(found, SOUTH, case(3, date(2026, 9, 14)), [], lambda a, b: 0)
    add_case(
        found, SOUTH, case(4, date(2026, 7, 1), date(2026, 8, 31), CaseStatus.TERMINATED), [], lambda a, b: 0
    )
    add_case(found, SOUTH, case(5, date(2026, 9, 1), None, CaseStatus.WITHDRAWN), [], lambda a, b: 0)
    add_case(found, SOUTH, case(6, None, None, CaseStatus.APPLIED), [], lambda a, b: 0)
    found.corner(NORTH).steps["a"] = [2, 1, 0, 0, 30, 1]
    found.corner(SOUTH).steps["a"] = [0, 0, 1, 0, 3, 0]
    found.corner(SOUTH).steps["b"] = [1, 0, 0, 0, 40, 0]
    found.corner(SOUTH).steps["gone"] = [9, 0, 0, 0, 90, 0]
    found.corner(SOUTH).problems = {"zjj": [2, 1], "": [1, 0]}
    found.corner(NORTH).late = [Late(7, "a", Lamp.YELLOW, 1), Late(9, "a", Lamp.RED, -5)]
    found.corner(SOUTH).late = [Late(8, "b", Lamp.RED, -2), Late(10, "gone", Lamp.RED, -9)]
    add_grade(found, NORTH, 5, date(2026, 9, 3))
    add_grade(found, NORTH, 2, date(2026, 9, 4))
    add_grade(found, NORTH, 1, date(2026, 8, 4))
    return found


def test_cases_are_open_until_the_day_they_ended_and_what_was_never_served_counts_nowhere() -> None:
    board = look(facts(), Wanted(SEPTEMBER), STEPS, NAMES)
    assert (board.cases_open, board.cases_new, board.cases_closed) == (2, 1, 1)
    assert (board.satisfaction, board.grades, board.on_time) == (0.5, 2, None)
    august = look(facts(), Wanted(Period(date(2026, 8, 1), date(2026, 8, 31))), STEPS, NAMES)
    assert (august.cases_open, august.cases_new, august.cases_closed) == (2, 2, 0)


def test_lamps_steps_and_the_late_stand_in_the_order_of_need() -> None:
    board = look(facts(), Wanted(SEPTEMBER), STEPS, NAMES)
    assert [(one.name, one.red, one.total) for one in board.by_department] == [
        ("住建局", 2, 4),
        ("生态环境局", 1, 1),
    ]
    assert [one.name for one in board.by_stage] == ["施工许可", "立项"]
    assert [(one.id, one.count, one.days, one.enterprise) for one in board.steps] == [
        ("b", 1, 40, 0),
        ("a", 4, 8.25, 1),
    ]
    assert [one.case_item_id for one in board.late] == [9, 8, 7]
    assert (board.red, board.yellow, board.problems_open, board.problems_overdue) == (3, 1, 3, 1)


def test_every_filter_is_a_sum_over_corners() -> None:
    north = look(facts(), Wanted(SEPTEMBER, district="北区"), STEPS, NAMES)
    assert (north.cases_open, north.red, north.problems_open) == (1, 2, 0)
    assert look(facts(), Wanted(SEPTEMBER, kind="gov_building"), STEPS, NAMES).red == 1
    assert look(facts(), Wanted(SEPTEMBER, officer_id=2), STEPS, NAMES).red == 1
    assert look(facts(), Wanted(SEPTEMBER, own=2), STEPS, NAMES).red == 3  # as officer and as deputy
    head = look(facts(), Wanted(SEPTEMBER, departments=frozenset({"zjj"})), STEPS, NAMES)
    assert [one.id for one in head.steps] == ["a"]
    assert (head.problems_open, [one.case_item_id for one in head.late]) == (2, [9, 7])
    assert look(facts(), Wanted(SEPTEMBER, district="东区"), STEPS, NAMES).by_department == ()


def test_weeks_are_whole_and_it_is_read_back_as_it_was_kept() -> None:
    board = look(facts(), Wanted(SEPTEMBER), STEPS, NAMES)
    assert [one.monday for one in board.weeks] == trend_weeks(TODAY)
    assert (board.weeks[-1].monday, board.weeks[-1].new) == (date(2026, 9, 14), 1)
    assert sum(one.new for one in board.weeks) == 4
    assert look(from_record(to_record(facts())), Wanted(SEPTEMBER), STEPS, NAMES) == board
