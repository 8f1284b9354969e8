"""联席会议: whoever is asked says which times suit; the officer sees who can come, fixes one, or calls it off."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.context import Answer
from bot.dialogs import meeting_words
from bot.handlers import meetings
from bot.holding import must_hold
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts.meetings import STATES
from bot.texts.phrases import moment
from domain.errors import InvalidAnswer, NotFound
from domain.issues import Issue
from domain.meetings import Meeting, MeetingState, tally
from domain.people import Action
from domain.project import Project
from storage.store import Transaction

NONE_SUITS = "0"


@dataclass(frozen=True)
class Slot:
    """`mine`: chosen by whoever looks; `who`: names of those who can come, for the officer."""

    number: int
    when: str
    mine: bool
    who: tuple[str, ...] = field(repr=False)


def _found(visit: Visit, no: int) -> tuple[Issue, Project, Meeting, bool]:
    """The newest meeting, and whether it is the looker's to fix. For nobody who was not asked."""
    issue, meeting = visit.tx.issues.get(no), _newest(visit.tx, no)
    if issue is None or meeting is None:
        raise NotFound("joint_meeting")
    project = visit.tx.projects.get(issue.project_id)
    leads = visit.allowed(lambda: must_hold(visit.context, issue, project, Action.RELEASE_ANSWER))
    asked = {one.person_id for one in visit.tx.meetings.ballots(meeting.id)}
    if not leads and visit.person.id not in asked:
        raise NotFound("joint_meeting")
    return issue, project, meeting, leads


def _newest(tx: Transaction, no: int) -> Meeting | None:
    found = tx.meetings.of_issue(no)
    return found[-1] if found else None


def show(visit: Visit, no: int) -> Shown:
    issue, project, meeting, leads = _found(visit, no)
    ballots = visit.tx.meetings.ballots(meeting.id)
    people = {one.id: one.name for one in visit.tx.people.many({one.person_id for one in ballots})}
    mine = next((one for one in ballots if one.person_id == visit.person.id), None)
    voting, zone = meeting.state is MeetingState.VOTING, visit.context.calendar.zone
    values = {
        "issue": issue,
        "project": project,
        "meeting": meeting,
        "state": STATES[meeting.state],
        "officer": visit.tx.people.get(project.officer_id).name,
        "slots": [
            Slot(
                number, moment(slot, zone), bool(mine and mine.slots and number in mine.slots),
                tuple(people[one] for one in who),
            )
            for number, slot, who in tally(meeting.slots, ballots)
        ],
        "none_suits": mine is not None and mine.slots == (),
        "voted": mine is not None and mine.slots is not None,
        "waiting": [people[one.person_id] for one in ballots if one.slots is None],
        "may_vote": voting and mine is not None,
        "may_fix": voting and leads,
        "may_cancel": leads and MeetingState.CANCELLED in meeting.goes_to,
        "leads": leads,
        "longest": meetings.LONGEST_PLACE,
    }  # fmt: skip
    return Shown("meeting.html", f"问题{no}联席会议", values)


# ---------------------------------------------------------------- what the buttons do


def vote(visit: Visit, no: int) -> Answer:
    """An empty form is no answer: a thumb slips."""
    given = visit.form.raw("slots")
    chosen = meeting_words.numbers(given) if given else None
    if chosen is None:
        raise InvalidAnswer("请勾选您能参加的时间；都不行请勾选“都不行”。")
    if NONE_SUITS in given and len(given) > 1:
        raise InvalidAnswer("“都不行”不能和时间同时勾选，请重新选择。")
    return meeting_words.vote(visit.context, no, chosen)[1]


def fix(visit: Visit, no: int) -> Answer:
    number = visit.form.number("slot")
    if not number:
        raise InvalidAnswer("请选择会议时间。")
    said = f"{number} {visit.form.words('place')}".strip()
    visit.says(said)
    return meetings.fix(visit.context, {"no": str(no), "rest": said})


def cancel(visit: Visit, no: int) -> Answer:
    reason = visit.form.words("text")
    visit.says(reason)
    return meetings.cancel(visit.context, {"no": str(no), "rest": reason})


PAGE = PageKind("/meeting/<int:no>", show, {"vote": vote, "fix": fix, "cancel": cancel})
