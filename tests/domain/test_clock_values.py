"""Spreading, the clock's configuration, and the value of a week."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from domain.clock_rules import ClockRules, read_clock
from domain.configuration import Flaw, Section
from domain.people import Role
from domain.spreading import spread

START = datetime(2026, 9, 20, 8, 20, tzinfo=UTC)


def test_the_first_go_at_once_and_none_of_the_others_in_a_crowded_minute() -> None:
    moments = [spread(START, place, 60) for place in range(3000)]
    assert moments[:60] == [START] * 60
    assert moments == sorted(moments)
    per_minute = {at: moments.count(at) for at in set(moments)}
    assert max(per_minute.values()) == 60
    assert not {at.minute for at in per_minute} & {59, 0, 1, 29, 30, 31}


def test_a_site_without_the_file_has_every_figure() -> None:
    flaws: list[Flaw] = []
    assert read_clock(Section({}, "clock.yaml", (), flaws)) == ClockRules()
    assert flaws == []


def test_what_the_site_writes_is_read() -> None:
    flaws: list[Flaw] = []
    written = {"remind_at": ["15:10", "09:10"], "digest_at": "08:35", "morning_list_for": ["representative"]}
    rules = read_clock(Section(written, "clock.yaml", (), flaws))
    assert rules.remind_at == (time(9, 10), time(15, 10))
    assert rules.digest_at == time(8, 35)
    assert rules.morning_list_for == (Role.REPRESENTATIVE,)
    assert flaws == []


@pytest.mark.parametrize(
    "written",
    [
        {"remind_at": ["nine"]},
        {"most_a_day": 0},
        {"morning_list_for": ["boss"]},
        {"digest_at": "25:00"},
        {"mosta": 1},
    ],
)
def test_a_slip_of_the_pen_is_named(written: dict[str, object]) -> None:
    flaws: list[Flaw] = []
    read_clock(Section(written, "clock.yaml", (), flaws))
    assert [flaw.file for flaw in flaws] == ["clock.yaml"]
