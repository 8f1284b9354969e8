"""When returns are asked for and reminded of; what a return may become."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.siteconfig import calendar_of
from domain.errors import IllegalMove
from domain.periods import Period
from domain.returns import DepartmentReturn, Filled, ReturnRules, ReturnState, is_late, reminder, wanted_now
from tests.bot.workbooks import SITE

CALENDAR = calendar_of(SITE)
RULES = SITE.returns


@pytest.mark.parametrize(
    ("today", "interaction", "progress"),
    [
        ("2026-01-05", "2026-01-08", "2026-01-15"),
        ("2026-04-01", "2026-04-08", "2026-04-15"),
        ("2026-07-01", "2026-07-07", "2026-07-14"),
        ("2026-10-08", "2026-10-13", "2026-10-20"),
    ],
)
def test_the_days_of_2026_are_those_of_the_source(today: str, interaction: str, progress: str) -> None:
    found = {kind.key: due for kind, _, due in wanted_now(RULES, CALENDAR, date.fromisoformat(today))}
    assert found["interaction"] == date.fromisoformat(interaction)
    assert found["progress"] == date.fromisoformat(progress)


def test_nothing_is_asked_before_the_period_is_over_or_long_after() -> None:
    for day in ("2026-09-15", "2026-10-07"):
        assert not [k for k, _, _ in wanted_now(RULES, CALENDAR, date.fromisoformat(day))]
    year = {kind.key: period for kind, period, _ in wanted_now(RULES, CALENDAR, date(2026, 1, 5))}
    assert year["targets"] == Period(date(2026, 1, 1), date(2026, 12, 31))  # planned when it begins
    assert year["interaction"] == Period(date(2025, 10, 1), date(2025, 12, 31))  # told of when it is over


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        ("2026-10-08", ""), ("2026-10-12", "before"), ("2026-10-13", "today"), ("2026-10-14", "over:1"),
        ("2026-10-15", "over:1"), ("2026-10-16", "over:3"), ("2026-12-01", "over:3"),
    ],
)  # fmt: skip
def test_each_reminder_has_its_day(today: str, stage: str) -> None:
    assert reminder(RULES, CALENDAR, date(2026, 10, 13), date.fromisoformat(today)) == stage


def test_a_return_moves_as_the_table_says() -> None:
    at = datetime(2026, 10, 13, 15, tzinfo=UTC)
    waiting = DepartmentReturn(1, 1, "zjj")
    with pytest.raises(IllegalMove):
        waiting.send_back("空表")
    table = Filled(({"时间": "2026-09-10"},), {})
    returned = waiting.hand_in(table, 1, at, None)
    with pytest.raises(IllegalMove):
        returned.report_nil(1, at)  # would wipe out what was said
    back = returned.send_back("缺一栏")
    assert back.rows == table.rows
    assert back.outstanding
    assert back.report_nil(1, at).state is ReturnState.NIL


def test_late_is_by_the_offices_day() -> None:
    one = DepartmentReturn(
        1, 1, "zjj", ReturnState.NIL, returned_at=datetime(2026, 10, 13, 15, 59, tzinfo=UTC)
    )
    assert not is_late(one, date(2026, 10, 13), CALENDAR)  # 23:59 in the office
    assert is_late(one, date(2026, 10, 12), CALENDAR)


def test_a_site_from_before_asks_for_nothing() -> None:
    assert not list(wanted_now(ReturnRules(), CALENDAR, date(2026, 10, 8)))


def test_the_longest_name_wins() -> None:
    assert [RULES.called(said).key for said in ("互动计划", "互动 三季度", "名单")] == [
        "events",
        "interaction",
        "roster",
    ]  # type: ignore[union-attr]
    assert RULES.called("问候") is None
