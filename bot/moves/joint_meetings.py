"""联席会议 (R131, R135): called, times asked for, chosen, fixed, called off. Checks first, changes then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.cards import meeting_cards
from bot.moves import carding
from bot.moves.climbing import Climb
from bot.texts import meetings as texts
from bot.texts import routing as routing_texts
from bot.texts import rungs as rung_texts
from bot.texts.phrases import moment
from bot.understanding.dictionary import normalise
from domain.appointments import moment_of
from domain.errors import InvalidAnswer, NotFound
from domain.issue_turns import TurnKind, returned_by
from domain.issues import IssueLevel
from domain.meetings import Ballot, Meeting, MeetingState, propose
from domain.people import Person
from domain.rungs import Rung
from storage.dialogs import OpenDialog
from storage.outbox import NewMessage

VOTE, MOST_SLOTS = "meeting_vote", 5
REMINDED = "meeting_reminders"
_LONGEST_DIALOG, _FARTHEST = timedelta(days=7), timedelta(days=60)
_APART = re.compile(r"[、,;\n]|和|或者?")


def subject(meeting: Meeting) -> str:
    return f"joint:{meeting.id}"


# ---------------------------------------------------------------- what the officer wrote


@dataclass(frozen=True)
class Wish:
    """Departments that are to come besides those concerned, and times."""

    departments: tuple[str, ...] = ()
    slots: tuple[datetime, ...] = ()


def read(climb: Climb, said: str) -> Wish:
    """住建局 城管局 9月18日上午10点、9月21日下午3点. Raises InvalidAnswer for what cannot be a time."""
    left, found = normalise(said), []
    names = {
        normalise(name): one.key
        for one in climb.site.departments.values()
        for name in (one.name, one.short, *one.aliases)
    }
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1 and name in left:
            left = left.replace(name, "、")
            found.append(names[name])
    pieces = [piece.strip(" :。请") for piece in _APART.split(left)]
    slots = {_slot(climb, piece) for piece in pieces if piece}
    if len(slots) > MOST_SLOTS:
        raise InvalidAnswer(f"一次最多提{MOST_SLOTS}个时间，请删减后重新发送。")
    return Wish(tuple(dict.fromkeys(found)), tuple(sorted(slots)))


def _slot(climb: Climb, piece: str) -> datetime:
    at = moment_of(piece, climb.work.today, climb.zone)
    if at is None:
        raise InvalidAnswer(
            f"没有看懂“{piece[:20]}”，时间请写日期和钟点，例如：9月18日上午10点；部门请写登记的名称。"
        )
    must_suit(climb, at)
    return at


def must_suit(climb: Climb, at: datetime) -> None:
    """A day without a year that is over is taken for next year's: nobody means that."""
    if at > climb.work.now + _FARTHEST:
        raise InvalidAnswer(
            f"{at.year}年{moment(at, climb.zone)}太远或已过去，请核对日期，写一个近两个月内的时间。"
        )
    if at <= climb.work.now or not climb.work.calendar.is_open(at):
        raise InvalidAnswer(f"{moment(at, climb.zone)}已过去或不在办公时间，请换一个时间。")


# ---------------------------------------------------------------- who is to come


def concerned(climb: Climb, also: Sequence[str] = ()) -> list[Person]:
    """The lead, whoever helps, whoever said it is not theirs – else the rules' best guesses – and those named."""
    issue, work = climb.issue, climb.work
    keys = [issue.department, issue.offered_department]
    keys += [part.department for part in climb.tx.parts.of(issue.no)]
    keys += sorted(returned_by(climb.tx.turns.of(issue.no)))
    if not any(keys) and not also:
        keys += [guess.department for guess in work.guesses(issue, climb.project)[:2]]
    found = {person.id: person for key in keys if key and (person := _of(climb, key))}
    for key in also:
        person = work.must_be_on_duty(key, issue)
        found.setdefault(person.id, person)
    return list(found.values())


def _of(climb: Climb, department: str) -> Person | None:
    issue = climb.issue
    if department == issue.department and issue.representative_id:
        return climb.tx.people.get(issue.representative_id)
    return climb.work.on_duty(department, issue)


# ---------------------------------------------------------------- called


def call(climb: Climb) -> tuple[Meeting, list[NewMessage]]:
    """Supervisors and the enterprise hear of it; times are proposed to the officer only."""
    climb.must_climb()
    rules, issue = climb.site.rungs.meeting, climb.issue
    if climb.tx.meetings.live(issue.no):
        raise InvalidAnswer(f"问题{issue.no}已提请联席会议，发送“会议 {issue.no}”可查看。")
    climb.drop_papers()
    slots = propose(climb.work.calendar, climb.work.today, rules)
    meeting = Meeting(0, issue.no, climb.project.id, climb.by.id, climb.work.now, slots)
    meeting = climb.tx.meetings.add(meeting)
    climb.work.turn(issue, TurnKind.JOINT_MEETING, by=climb.by)
    told = climb.work.notices.settle_cards(issue, climb.project, "已提请联席会议")
    climb.to(IssueLevel.JOINT_MEETING, Rung.SLOTS, climb.working_days_on(1), "issue.joint_meeting")
    text = routing_texts.to_meeting(issue, climb.project, climb.by.name)
    people = {one.id: one for one in (*climb.work.supervisors(issue), climb.officer) if one.id != climb.by.id}
    told += [climb.tell(one, text) for one in people.values()]
    told.append(climb.tell_group(rung_texts.called(issue, climb.officer.name, climb.due)))
    return meeting, told


def ask(
    climb: Climb, meeting: Meeting, slots: Sequence[datetime], people: Sequence[Person]
) -> tuple[Meeting, list[NewMessage]]:
    """Everybody gets the agenda with numbered times, and a card to choose on."""
    meeting.must_go_to(MeetingState.VOTING)
    if not people:
        no = climb.issue.no
        raise InvalidAnswer(f"请写明请哪些部门参加，例如：联席会议 {no} 住建局 城管局 9月18日上午10点。")
    for slot in slots:
        must_suit(climb, slot)
    settled = carding.settle(climb.case, subject(meeting), "联席会议", climb.project.name, "时间另选")
    meeting = climb.tx.meetings.save(meeting.ask(tuple(slots)))
    by = min(climb.working_days_on(climb.site.rungs.meeting.vote_days), *slots)
    climb.to(IssueLevel.JOINT_MEETING, Rung.VOTES, by, "meeting.ask")
    told = list(settled)
    for person in people:
        climb.tx.meetings.keep(Ballot(meeting.id, person.id))
        told += _to_voter(climb, meeting, person)
    return meeting, told


def _to_voter(climb: Climb, meeting: Meeting, person: Person) -> list[NewMessage]:
    """Numbers alone are understood too, unless the person is in the middle of something else."""
    text = texts.ask_vote(climb.issue, climb.project, meeting, climb.officer.name, climb.zone)
    card = meeting_cards.to_vote(climb.issue, climb.project, meeting, climb.zone)
    dialogs = climb.tx.dialogs
    if dialogs.open_for(person.id, climb.project.id, climb.work.now - _LONGEST_DIALOG) is None:
        answers = {"issue": climb.issue.no}
        dialogs.save(OpenDialog(person.id, climb.project.id, VOTE, "numbers", answers, climb.work.now))
    return [climb.tell(person, text), carding.send(climb.case, person, card, subject(meeting))]


# ---------------------------------------------------------------- voted


def vote(
    climb: Climb, meeting: Meeting, person: Person, chosen: Sequence[int], but: str | None = None
) -> list[NewMessage]:
    """The officer is told once all have chosen, and of every change after that."""
    ballots = climb.tx.meetings.ballots(meeting.id)
    if person.id not in {one.person_id for one in ballots}:
        raise NotFound("joint_meeting")
    if meeting.state is not MeetingState.VOTING:
        raise InvalidAnswer(f"问题{climb.issue.no}联席会议的时间已不再征求，以会议通知为准。")
    if any(not 1 <= one <= len(meeting.slots) for one in chosen):
        raise InvalidAnswer(
            f"请写1到{len(meeting.slots)}之间的序号，例如：投票 {climb.issue.no} 1，都不行写0。"
        )
    mine = Ballot(meeting.id, person.id, tuple(sorted(set(chosen))))
    climb.tx.meetings.keep(mine)
    climb.case.audit(climb.project.id, "meeting.vote", subject(meeting), {"slots": list(mine.slots or ())})
    told = carding.settle(
        climb.case,
        subject(meeting),
        "联席会议",
        climb.project.name,
        "已选",
        but=but,
        only=frozenset({person.id}),
    )
    after = [mine if one.person_id == person.id else one for one in ballots]
    if all(one.slots is not None for one in after):
        told += _to_officer(climb, meeting)
    return told


def _to_officer(climb: Climb, meeting: Meeting) -> list[NewMessage]:
    subject_of_fixing = f"{subject(meeting)}:fix"
    told = carding.settle(climb.case, subject_of_fixing, "联席会议", climb.project.name, "有新的投票")
    card = meeting_cards.to_fix(climb.issue, climb.project, meeting, climb.zone)
    sent = carding.send(climb.case, climb.officer, card, subject_of_fixing)
    return [*told, climb.tell(climb.officer, votes(climb, meeting)), sent]


def votes(climb: Climb, meeting: Meeting) -> str:
    ballots = climb.tx.meetings.ballots(meeting.id)
    return texts.votes(climb.issue, meeting, ballots, names_of(climb, ballots), climb.zone)


def names_of(climb: Climb, ballots: Sequence[Ballot]) -> dict[int, str]:
    return {one.id: one.name for one in climb.tx.people.many({b.person_id for b in ballots})}


def invited(climb: Climb, meeting: Meeting) -> list[Person]:
    """In the order they were asked."""
    ballots = climb.tx.meetings.ballots(meeting.id)
    people = {one.id: one for one in climb.tx.people.many({b.person_id for b in ballots})}
    return [people[ballot.person_id] for ballot in ballots]


# ---------------------------------------------------------------- fixed, called off


def fix(
    climb: Climb, meeting: Meeting, at: datetime, place: str, but: str | None = None
) -> tuple[Meeting, list[NewMessage]]:
    """The invitation goes to everybody once, the day to the enterprise."""
    meeting.must_go_to(MeetingState.FIXED)
    must_suit(climb, at)
    climb.must_climb()
    usual = climb.site.rungs.meeting.place or climb.site.hall.name
    meeting = climb.tx.meetings.save(meeting.fix(at, place or meeting.place or usual))
    by = climb.working_days_on(climb.site.rungs.meeting.minutes_days, at.astimezone(climb.zone).date())
    climb.to(IssueLevel.JOINT_MEETING, Rung.MINUTES, by, "meeting.fix")
    _no_reminder_today(climb, meeting, at)
    told = _settle_all(climb, meeting, f"定于{moment(at, climb.zone)}", but)
    people = invited(climb, meeting)
    listed = "、".join(climb.called(one) for one in people)
    text = texts.invitation(climb.issue, climb.project, meeting, climb.tried(), listed, climb.zone)
    everybody = {
        one.id: one for one in (*people, *climb.work.supervisors(climb.issue)) if one.id != climb.by.id
    }
    for person in everybody.values():
        once = f"{subject(meeting)}:{at.isoformat()}:{meeting.version}:{person.userid}"
        told.append(climb.tell(person, text, once=once))
    posted = rung_texts.fixed(climb.issue, climb.officer.name, meeting, climb.due, climb.zone)
    return meeting, [*told, climb.tell_group(posted)]


def _no_reminder_today(climb: Climb, meeting: Meeting, at: datetime) -> None:
    """Whoever is invited for the next working day need not be reminded of it the same day."""
    if at <= climb.working_days_on(1):
        climb.tx.runs.claim(REMINDED, f"meeting:{meeting.id}", at.astimezone(UTC).isoformat(), climb.work.now)


def cancel(climb: Climb, meeting: Meeting, reason: str) -> list[NewMessage]:
    """Back to the officer's desk, unless somebody answers it already."""
    meeting.must_go_to(MeetingState.CANCELLED)
    asked = invited(climb, meeting)
    climb.tx.meetings.save(meeting.cancel())
    climb.case.audit(climb.project.id, "meeting.cancel", subject(meeting), {"was": meeting.state})
    told = _settle_all(climb, meeting, "已取消", None)
    told += [climb.tell(one, texts.cancelled(climb.issue, reason)) for one in asked if one.id != climb.by.id]
    if climb.issue.rung:
        told += climb.work.to_desk(climb.issue, climb.project, "联席会议已取消，请分派或答复", "已取消会议")
        told.append(climb.tell_group(rung_texts.cancelled(climb.issue, climb.officer.name, climb.due)))
    return told


def _settle_all(climb: Climb, meeting: Meeting, line: str, but: str | None) -> list[NewMessage]:
    about = climb.project.name
    own = carding.settle(climb.case, subject(meeting), "联席会议", about, line, but=but)
    return [*own, *carding.settle(climb.case, f"{subject(meeting)}:fix", "联席会议", about, line, but=but)]
