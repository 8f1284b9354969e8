"""Counting is arithmetic: what is counted, what is left out, and that every figure knows its rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.siteconfig import calendar_of, read_site_document
from domain.case import Case, CaseStatus, ContactChannel, Scope, ServiceLevel, ServiceType
from domain.hard_issues import is_late, next_step
from domain.issues import Category, Issue, IssueLevel, IssueStatus
from domain.items import CaseItem, ItemEvent, ItemState, ItemView
from domain.ledger import LogEntry
from domain.periods import Period, said
from domain.project import Project, ProjectType
from domain.rungs import Rung
from domain.service_statistics import Counted, Grade, ServedCase, ServiceStatistics, count
from domain.site import Site

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
CALENDAR = calendar_of(SITE)
PERIOD = Period(date(2026, 9, 1), date(2026, 9, 30))
PROJECT = Project(1, "YX-2026-001", "甲厂房", ProjectType.SOCIAL_INDUSTRIAL, 1, 1)
NOON = datetime(2026, 9, 10, 4, tzinfo=UTC)
_S = ItemState


def _view(number: int, *events: tuple[ItemState, int], item: str = "dg_guihua") -> ItemView:
    """Days of September; a day below 1 lies in August."""
    happened = tuple(ItemEvent(state, date(2026, 8, 31) + timedelta(days=day)) for state, day in events)
    return ItemView(
        CaseItem(number, 1, item, happened),
        SITE.catalogue.items[item],
        CALENDAR,
        SITE.deadlines.lamp,
        date(2026, 9, 30),
    )


def _case(number: int = 1, status: CaseStatus = CaseStatus.ACTIVE, *, accepted: date | None = date(2026, 8, 3),
          closed: date | None = None, items: tuple[ItemView, ...] = ()) -> ServedCase:  # fmt: skip
    case = Case(
        number,
        f"YX-SQ-2026-{number:04d}",
        1,
        ServiceLevel.ACT_FOR,
        Scope.WHOLE,
        status,
        accepted,
        closed_on=closed,
    )
    return ServedCase(case, PROJECT, "甲公司", "李娜", items)


def _count(*cases: ServedCase, **more: object) -> ServiceStatistics:
    return count(
        PERIOD,
        Counted(cases, more.get("issues", ()), more.get("entries", ()), more.get("grades", ())),
        CALENDAR,
    )  # type: ignore[arg-type]


def _issue(number: int, status: IssueStatus, level: IssueLevel = IssueLevel.REPRESENTATIVE) -> Issue:
    return Issue(number, 1, 1, Category.MATERIAL, "", 9, NOON, status=status, level=level)


def test_cases_are_counted_by_when_they_began_and_ended() -> None:
    found = _count(
        _case(1),
        _case(2, accepted=date(2026, 9, 1)),
        _case(3, CaseStatus.CLOSED, closed=date(2026, 9, 30)),
        _case(4, CaseStatus.CLOSED, closed=date(2026, 8, 31)),
        _case(5, accepted=date(2026, 10, 1)),
        _case(6, CaseStatus.SUSPENDED),
        _case(7, CaseStatus.REFUSED, accepted=None),
        _case(8, CaseStatus.TERMINATED, closed=date(2026, 9, 9)),
        _case(9, CaseStatus.CLOSED, closed=date(2026, 10, 2)),
    )
    assert found.cases_open.rows == ("case:1", "case:2", "case:6", "case:9")
    assert found.cases_new.rows == ("case:2",)
    assert found.cases_closed.rows == ("case:3",)
    assert found.cases_suspended.rows == ("case:6",)


def test_an_item_is_on_time_by_its_own_limit_and_its_pauses_do_not_count() -> None:
    quick = _view(1, (_S.ACCEPTED, 1), (_S.COMPLETED, 3))
    late = _view(2, (_S.ACCEPTED, -40), (_S.COMPLETED, 28))
    paused = _view(3, (_S.ACCEPTED, 1), (_S.SPECIAL, 2), (_S.SPECIAL_DONE, 28), (_S.COMPLETED, 29))
    unlimited = _view(4, (_S.ACCEPTED, 1), (_S.COMPLETED, 2), item="tudi_churang")
    before = _view(5, (_S.ACCEPTED, -9), (_S.COMPLETED, -3))
    found = _count(_case(items=(quick, late, paused, unlimited, before)))
    assert found.items_completed.value == 4
    assert found.items_on_time.rows == ("item:1", "item:3")
    assert found.on_time_rate.value == 2 / 3
    assert found.items_total.value == 5


def test_the_average_counts_working_days() -> None:
    week = _view(1, (_S.ACCEPTED, 4), (_S.COMPLETED, 8))  # Friday to Tuesday: Monday and Tuesday
    found = _count(_case(items=(week, _view(2, (_S.ACCEPTED, 8), (_S.COMPLETED, 8)))))
    assert (found.average_days.value, found.average_days.rows) == (1.0, ("item:1", "item:2"))


def test_done_in_one_go_means_never_sent_back() -> None:
    straight = _view(1, (_S.ACCEPTED, 1), (_S.COMPLETED, 3))
    corrected = _view(2, (_S.SUBMITTED, 1), (_S.CORRECTION, 2), (_S.ACCEPTED, 3), (_S.COMPLETED, 4))
    returned = _view(3, (_S.SUBMITTED, 1), (_S.NOT_ACCEPTED, 2))
    found = _count(_case(items=(straight, corrected, returned)))
    assert found.first_time_rate.value == 1 / 2
    assert found.returned_rate.value == 1 / 3


def test_contacts_are_counted_by_kind_and_visits_by_channel() -> None:
    def entry(number: int, kind: ServiceType, channel: ContactChannel, at: datetime = NOON) -> LogEntry:
        return LogEntry(number, 1, 1, at, "", "", channel, kind)

    found = _count(
        entries=[
            entry(1, ServiceType.CONSULT, ContactChannel.PHONE),
            entry(2, ServiceType.COORDINATE, ContactChannel.VISIT),
            entry(
                3, ServiceType.COORDINATE, ContactChannel.VISIT, datetime(2026, 9, 30, 17, tzinfo=UTC)
            ),  # October there
        ]
    )
    assert found.services[ServiceType.CONSULT].rows == ("log:1",)
    assert found.services[ServiceType.COORDINATE].rows == ("log:2",)
    assert found.visits.rows == ("log:2",)


def test_problems_are_counted_by_level_and_a_withdrawn_one_is_none() -> None:
    found = _count(
        issues=[
            _issue(1, IssueStatus.CLOSED),
            _issue(2, IssueStatus.ACCEPTED),
            _issue(3, IssueStatus.WITHDRAWN),
            _issue(4, IssueStatus.TRIAGE, IssueLevel.GOVERNMENT),
        ]
    )
    total, solved = found.issues[IssueLevel.REPRESENTATIVE]
    assert (total.rows, solved.rows) == (("issue:1", "issue:2"), ("issue:1",))
    assert found.issues[IssueLevel.GOVERNMENT][0].value == 1


@given(st.lists(st.integers(min_value=1, max_value=5), max_size=20))
def test_satisfaction_lies_between_none_and_all_and_says_when_there_is_none(grades: list[int]) -> None:
    given_ = [Grade(n, 1, grade, date(2026, 9, 5)) for n, grade in enumerate(grades)]
    found = _count(grades=given_).satisfaction
    assert len(found.rows) == len(grades)
    if grades:
        assert found.value == sum(grade >= 3 for grade in grades) / len(grades)
    else:
        assert found.value is None


@given(st.sampled_from(sorted(IssueStatus)), st.booleans(), st.booleans())
def test_whatever_is_open_has_a_next_step_somebody_and_a_day(
    status: IssueStatus, held: bool, limited: bool
) -> None:
    issue = _issue(1, status)
    issue.representative_id = 7 if held else None
    issue.answer_by = NOON if limited else None
    if status is IssueStatus.COORDINATED:
        issue.rung = Rung.VOTES
    step = next_step(issue, 3, NOON + timedelta(days=5))
    assert (step is not None) == issue.is_open
    if step is not None:
        assert step.what
        assert step.person_id in {3, 7, 9}
        assert is_late(issue, step, NOON + timedelta(days=9))
        assert not is_late(issue, step, NOON)


@given(st.dates(min_value=date(2001, 1, 1), max_value=date(2099, 12, 31)))
def test_this_month_holds_today_and_the_last_one_ends_the_day_before(today: date) -> None:
    this, last = said("本月", today), said("上月", today)
    assert this.has(today)
    assert last.last + timedelta(days=1) == this.first
    assert said("本季度", today).has(today)
    assert said("上季度", today).last + timedelta(days=1) == said("本季度", today).first
    assert said(f"{today.year}年", today).name == f"{today.year}年"
