"""What a problem on a higher rung of the ladder waits for (R131–R133): the step, in words, and its limits by the site's rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from domain.configuration import Section


class Rung(StrEnum):
    """The next step of a coordinated problem; its day is the issue's `desk_by`, its owner the service officer."""

    NONE = ""
    SLOTS = "slots"  # joint meeting: times are to be proposed
    VOTES = "votes"  # … to be chosen
    MINUTES = "minutes"  # … held and written down
    TASKS = "tasks"  # its resolutions are carried out
    GOVERNMENT_SEND = "government_send"
    GOVERNMENT_ANSWER = "government_answer"
    LETTER_SEND = "letter_send"
    LETTER_ANSWER = "letter_answer"


MEETING_RUNGS = frozenset({Rung.SLOTS, Rung.VOTES, Rung.MINUTES})
WHAT: dict[Rung, str] = {
    Rung.SLOTS: "约定联席会议时间",
    Rung.VOTES: "确定联席会议时间",
    Rung.MINUTES: "召开联席会议并登记纪要",
    Rung.TASKS: "落实联席会议议定事项并答复",
    Rung.GOVERNMENT_SEND: "报送提请政府协调的呈报",
    Rung.GOVERNMENT_ANSWER: "取得政府答复或登记跟进情况",
    Rung.LETTER_SEND: "发出问题反馈函",
    Rung.LETTER_ANSWER: "取得收文单位反馈或登记跟进情况",
}


@dataclass(frozen=True)
class MeetingRules:
    """Working days throughout. `ahead`: from the call to the first proposed time; `times`: of day, in office hours."""

    ahead: int = 2
    slots: int = 3
    times: tuple[time, ...] = (time(9, 30), time(15))
    vote_days: int = 1
    minutes_days: int = 1
    place: str = ""  # none: the service hall


@dataclass(frozen=True)
class PaperRules:
    """A paper that goes out: working days until it is sent, between two follow-ups, and until a reply is asked for."""

    send_days: int = 1
    follow_every: int = 5
    reply_days: int = 10


@dataclass(frozen=True)
class RungRules:
    """`government`: what the next level above the hall is called; `task_late_every`: working days between two words
    to the officer about a task that is late."""

    meeting: MeetingRules = field(default_factory=MeetingRules)
    government: str = "区政府"
    submission: PaperRules = field(default_factory=PaperRules)
    letter: PaperRules = field(default_factory=PaperRules)
    task_late_every: int = 5


def read_rungs(document: Section) -> RungRules:
    """Every part has a default: a site kept by an older version has no such file."""
    usual = RungRules()
    government = _part(document, "government")
    name = government.text("name", like="云溪县人民政府", default=usual.government)
    submission = _paper(government)
    tasks = _part(document, "tasks")
    every = tasks.integer("late_every", least=1, default=usual.task_late_every)
    tasks.end()
    rules = RungRules(
        _meeting(_part(document, "meeting")), name, submission, _paper(_part(document, "letter")), every
    )
    document.end()
    return rules


def _part(document: Section, key: str) -> Section:
    return document.section(key) if document.has(key) else document.empty(key)


def _meeting(section: Section) -> MeetingRules:
    usual = MeetingRules()
    rules = MeetingRules(
        section.integer("ahead", least=1, default=usual.ahead),
        section.integer("slots", least=1, default=usual.slots),
        _times(section) or usual.times,
        section.integer("vote_days", least=1, default=usual.vote_days),
        section.integer("minutes_days", least=1, default=usual.minutes_days),
        section.text("place", default=usual.place),
    )
    section.end()
    return rules


def _times(section: Section) -> tuple[time, ...]:
    try:
        return tuple(sorted(time.fromisoformat(one) for one in section.texts("times")))
    except ValueError:
        section.flaw("times", '应为时刻列表，例如 ["09:30", "15:00"]')
        return ()


def _paper(section: Section) -> PaperRules:
    usual = PaperRules()
    rules = PaperRules(
        section.integer("send_days", least=1, default=usual.send_days),
        section.integer("follow_every", least=1, default=usual.follow_every),
        section.integer("reply_days", least=1, default=usual.reply_days),
    )
    section.end()
    return rules
