"""The higher rungs: times proposed, votes counted, tasks reminded of, papers that go one way, the steps of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.siteconfig import calendar_of, read_site_document
from domain.configuration import Flaw, Section
from domain.errors import IllegalMove
from domain.escalation import Rules, keep_going
from domain.hard_issues import is_late, next_step
from domain.issues import Category, Issue, IssueLevel, IssueStatus, StepKind
from domain.meetings import Ballot, Meeting, MeetingState, propose, tally
from domain.people import Role
from domain.rungs import WHAT, MeetingRules, Rung, RungRules, read_rungs
from domain.site import Site
from domain.submissions import Submission, SubmissionKind, SubmissionState
from domain.tasks import Task, TaskNotice, TaskSource, TaskState, notice_of

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
CALENDAR = calendar_of(SITE)
NOW = datetime(2026, 9, 15, 9, 30, tzinfo=CALENDAR.zone)
RULES = Rules(SITE.deadlines, CALENDAR, CALENDAR)


def issue(status: IssueStatus = IssueStatus.ACCEPTED) -> Issue:
    return Issue(
        3, 1, None, Category.MATERIAL, "盖章", 5, NOW, status=status, department="zjj", representative_id=7
    )


def test_times_lie_in_office_hours_some_working_days_on() -> None:
    found = propose(CALENDAR, date(2026, 9, 30), MeetingRules())  # over the national holiday
    assert [f"{one:%m-%d %H:%M}" for one in found] == ["10-09 09:30", "10-09 15:00", "10-10 09:30"]
    at_noon = propose(CALENDAR, date(2026, 9, 15), MeetingRules(times=(time(12, 30), time(16)), slots=1))
    assert [f"{one:%m-%d %H:%M}" for one in at_noon] == ["09-17 16:00"]


def test_votes_are_counted_by_time() -> None:
    slots = (NOW, NOW + timedelta(days=1))
    ballots = [Ballot(1, 7, (1, 2)), Ballot(1, 8, (2,)), Ballot(1, 9), Ballot(1, 10, ())]
    assert [(n, who) for n, _, who in tally(slots, ballots)] == [(1, [7]), (2, [7, 8])]


def test_a_meeting_goes_one_way() -> None:
    meeting = Meeting(1, 3, 1, 2, NOW, (NOW,))
    fixed = meeting.ask((NOW,)).fix(NOW, "二楼")
    assert fixed.fix(NOW, "三楼").hold(9).state is MeetingState.HELD
    for wrong in (lambda: meeting.hold(9), lambda: fixed.ask((NOW,)), lambda: fixed.hold(9).cancel()):
        with pytest.raises(IllegalMove):
            wrong()


TASK = Task(2, "更正", 7, "fgw", date(2026, 9, 24), TaskSource.MEETING, 1, 3, 1, 2, NOW)


@pytest.mark.parametrize(
    ("due", "today", "notice"),
    [
        (date(2026, 9, 24), date(2026, 9, 22), None),
        (date(2026, 9, 24), date(2026, 9, 23), TaskNotice.BEFORE),
        (date(2026, 9, 24), date(2026, 9, 24), TaskNotice.TODAY),
        (date(2026, 9, 24), date(2026, 9, 28), TaskNotice.LATE),  # 25–27 are the mid-autumn holiday
        (date(2026, 9, 24), date(2026, 9, 29), None),
        (date(2026, 9, 19), date(2026, 9, 18), TaskNotice.TODAY),  # a Saturday: the Friday before is its day
        (date(2026, 9, 16), date(2026, 9, 15), None),  # told today when it was given
    ],
)
def test_what_is_said_of_a_task(due: date, today: date, notice: TaskNotice | None) -> None:
    assert notice_of(replace(TASK, due=due), today, CALENDAR, 5) is notice


def test_a_late_task_is_told_again_every_so_often_until_it_ends() -> None:
    days = [CALENDAR.add_working_days(TASK.due, n) for n in range(1, 13)]
    told = [n for n, day in enumerate(days, 1) if notice_of(TASK, day, CALENDAR, 5) is TaskNotice.LATE]
    assert told == [1, 6, 11]
    done = TASK.finish(7, NOW, "已更正")
    assert (done.state, notice_of(done, days[0], CALENDAR, 5)) == (TaskState.DONE, None)
    with pytest.raises(IllegalMove):
        done.cancel(2, NOW, "重复")


def test_a_paper_is_sent_before_it_is_answered() -> None:
    made = Submission(1, SubmissionKind.LETTER, 3, 1, 4, "市供电局", 2, NOW)
    with pytest.raises(IllegalMove):
        made.answered(4, NOW.date(), "好")
    sent = made.send(5, NOW.date(), "OA")
    assert sent.answered(6, NOW.date(), "好").state is SubmissionState.ANSWERED
    with pytest.raises(IllegalMove):
        sent.drop().answered(6, NOW.date(), "好")


# ---------------------------------------------------------------- R139 on every rung


@pytest.mark.parametrize("rung", [one for one in Rung if one])
def test_every_rung_has_an_owner_a_step_and_a_date(rung: Rung) -> None:
    one, by = issue(), CALENDAR.closing(date(2026, 9, 18))
    one.coordinate(IssueLevel.JOINT_MEETING, rung, by)
    keep_going(one, RULES, NOW)
    assert [(step.kind, step.to) for step in one.steps[:2]] == [
        (StepKind.REMIND, Role.SERVICE_OFFICER),
        (StepKind.ESCALATE, Role.SERVICE_OFFICER),
    ]
    assert all(step.at > NOW and CALENDAR.is_open(step.at) for step in one.steps)
    step = next_step(one, 2, NOW)
    assert step is not None
    assert (step.what, step.person_id, step.at) == (WHAT[rung], 2, by)
    assert is_late(one, step, by + timedelta(minutes=1))


def test_told_to_the_end_it_is_told_again() -> None:
    one = issue()
    one.coordinate(IssueLevel.GOVERNMENT, Rung.GOVERNMENT_ANSWER, CALENDAR.closing(date(2026, 9, 16)))
    keep_going(one, RULES, NOW)
    later = datetime(2026, 10, 14, 9, tzinfo=CALENDAR.zone)
    while one.done_until(later):
        keep_going(one, RULES, later)
    keep_going(one, RULES, later)
    assert one.next_step_at is not None
    assert one.next_step_at > later


@pytest.mark.parametrize("status", list(IssueStatus))
def test_what_may_climb_and_what_becomes_of_it(status: IssueStatus) -> None:
    one, by = issue(status), NOW.astimezone(UTC)
    if status in (IssueStatus.NEW, IssueStatus.RELEASED, IssueStatus.CLOSED, IssueStatus.WITHDRAWN):
        with pytest.raises(IllegalMove):
            one.coordinate(IssueLevel.GOVERNMENT, Rung.GOVERNMENT_SEND, by)
        assert (one.status, one.rung) == (status, Rung.NONE)
        return
    one.coordinate(IssueLevel.GOVERNMENT, Rung.GOVERNMENT_SEND, by)
    assert one.representative_id is None  # outside the house nobody of a department is responsible
    one.reply("由城管局办理", 2)
    assert (one.rung, one.level) == (Rung.NONE, IssueLevel.GOVERNMENT)


def read(document: object) -> tuple[RungRules, Sequence[Flaw]]:
    flaws: list[Flaw] = []
    return read_rungs(Section(document, "rungs.yaml", (), flaws)), flaws


def test_a_site_without_the_file_has_the_defaults_and_slips_are_named() -> None:
    assert read({}) == (RungRules(), [])
    _, flaws = read({"meeting": {"times": ["九点半"]}, "government": {"follow_every": 0}, "letters": {}})
    assert [".".join(map(str, flaw.path)) for flaw in flaws] == [
        "government.follow_every",
        "meeting.times",
        "letters",
    ]
