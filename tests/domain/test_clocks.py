"""The plan of an issue over the whole calendar: always in office hours, always in order, never without a next step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.siteconfig import calendar_of, read_site_document
from domain.calendar import OfficeSpan
from domain.catalogue import Limit, LimitUnit
from domain.deadlines import Lamp, issue_clock
from domain.errors import DomainError, InvalidAnswer
from domain.escalation import Rules, keep_going, plan_for
from domain.extensions import read_wish
from domain.issues import OPEN, Category, Issue, IssueLevel, IssueStatus
from domain.service_limits import IssueKind
from domain.site import Site

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
CALENDAR = calendar_of(SITE)
RULES = Rules(SITE.deadlines, CALENDAR, CALENDAR)
instants = st.integers(0, 400 * 24 * 60).map(
    lambda n: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(minutes=n)
)


MOVES: tuple[Callable[[Issue, datetime], object], ...] = (
    lambda issue, _: issue.accept(),
    lambda issue, _: issue.reply("按清单收件", 7),
    lambda issue, _: issue.return_draft(),
    lambda issue, _: issue.to_triage("不属本部门"),
    lambda issue, _: issue.assign("zjj", 8, "转办"),
    lambda issue, _: issue.relieve(9),
    lambda issue, now: issue.release(now),
)


def _issue(category: Category = Category.MATERIAL, words: str = "窗口要求盖章") -> Issue:
    issue = Issue(3, 1, 1, category, words, raised_by=1, raised_at=datetime(2026, 9, 15, 1, 30, tzinfo=UTC))
    issue.kind = SITE.deadlines.kind_of(category, issue.level, words)
    issue.urgent = SITE.deadlines.ladder.urgent.fits(category, words)
    return issue


def _assigned(now: datetime, words: str = "窗口要求盖章") -> Issue:
    issue = _issue(words=words)
    issue.assign("zjj", 7, "事项=施工许可")
    planned = plan_for(issue, RULES, now)
    issue.clock_from, issue.respond_by, issue.answer_by, issue.steps = (
        now,
        planned.respond_by,
        planned.answer_by,
        planned.steps,
    )
    keep_going(issue, RULES, now)
    return issue


@pytest.mark.parametrize(
    ("category", "words", "kind"),
    [
        (Category.POLICY, "补贴怎么申领", IssueKind.CONSULT),
        (Category.OTHER, "建议把两次踏勘并成一次", IssueKind.SUGGESTION),
        (Category.ATTITUDE, "窗口态度差", IssueKind.COMPLAINT),
        (Category.CROSS_DEPARTMENT, "两个部门互相推", IssueKind.MULTI_DEPARTMENT),
        (Category.MATERIAL, "窗口要求盖章", IssueKind.PROBLEM),
    ],
)
def test_the_kind_follows_the_category(category: Category, words: str, kind: IssueKind) -> None:
    assert SITE.deadlines.kind_of(category, IssueLevel.REPRESENTATIVE, words) is kind
    assert SITE.deadlines.kind_of(category, IssueLevel.JOINT_MEETING, words) is IssueKind.MULTI_DEPARTMENT


@given(instants)
def test_every_step_lies_in_office_hours_and_after_now(now: datetime) -> None:
    issue = _assigned(now)
    assert issue.answer_by is not None
    for step in issue.steps:
        assert step.at > now
        assert CALENDAR.is_open(step.at)
    levels = [step for step in issue.steps if step.about == "answer" and step.level]
    assert [s.at for s in levels] == sorted(s.at for s in levels)
    assert all(step.at > issue.answer_by for step in levels)


@given(
    instants,
    st.lists(st.integers(0, 6), max_size=12),
    st.lists(st.integers(1, 20_000), min_size=12, max_size=12),
)
def test_whatever_becomes_of_it_an_open_issue_has_a_next_step_in_the_future(
    now: datetime, moves: list[int], waits: list[int]
) -> None:
    issue = _assigned(now)
    for move, wait in zip(moves, waits, strict=False):
        now += timedelta(minutes=wait)
        issue.done_until(now)
        with suppress(DomainError):
            MOVES[move](issue, now)
        keep_going(issue, RULES, now)
        if issue.status in OPEN - {IssueStatus.RELEASED}:
            assert issue.next_step_at is not None
            assert issue.next_step_at > now
            assert not any(step.moot(issue.status) for step in issue.steps)
        else:
            assert issue.steps == ()


@given(instants)
def test_what_is_urgent_starts_within_the_hour_whenever_it_is(now: datetime) -> None:
    issue = _assigned(now, "工地停水了")
    assert issue.urgent
    first = min(step.at for step in issue.steps)
    assert first - now == timedelta(minutes=30)
    assert all(CALENDAR.is_open(step.at) for step in issue.steps if not step.any_time)


def test_a_department_with_hours_of_its_own_is_told_in_them() -> None:
    own = CALENDAR.with_hours((OfficeSpan(time(9), time(12)), OfficeSpan(time(13), time(16))))
    rules = Rules(SITE.deadlines, own, CALENDAR)
    issue = _issue()
    issue.assign("zjj", 7, "")
    planned = plan_for(issue, rules, datetime(2026, 9, 15, 1, 30, tzinfo=UTC))
    assert planned.answer_by == datetime(2026, 9, 21, 8, 0, tzinfo=UTC)
    assert all(own.is_open(step.at) for step in planned.steps)


def test_a_limit_may_begin_on_the_second_day() -> None:
    second = Limit(3, LimitUnit.WORKING, start_offset=2)
    assert CALENDAR.due_day(date(2026, 9, 15), second).day == date(2026, 9, 20)
    assert CALENDAR.due_day(date(2026, 9, 15), Limit(3, LimitUnit.WORKING)).day == date(2026, 9, 18)


def test_a_guessed_year_never_lights_red() -> None:
    issue = _assigned(datetime(2026, 12, 30, 1, 30, tzinfo=UTC))
    clock = issue_clock(issue, datetime(2027, 1, 20, 1, tzinfo=UTC), CALENDAR, SITE.deadlines.lamp)
    assert clock is not None
    assert (clock.lamp, clock.provisional, clock.late) == (Lamp.YELLOW, True, True)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("3个工作日 专家意见未到", (3, "专家意见未到")),
        ("三个工作日，因为专家意见未到", (3, "专家意见未到")),
        ("延长5天 专家意见未到。", (5, "专家意见未到")),
        ("十日：专家意见未到", (10, "专家意见未到")),
    ],
)
def test_a_wish_is_read_as_people_type_it(text: str, wish: tuple[int, str]) -> None:
    assert read_wish(12, text) == wish


@given(st.text(max_size=40))
def test_any_other_text_is_refused_with_an_example(text: str) -> None:
    refused = None
    try:
        days, reason = read_wish(12, text)
    except InvalidAnswer as error:
        refused = error.sentence
    assert refused is not None or (days > 0 and reason)
    assert refused is None or "延期" in refused
