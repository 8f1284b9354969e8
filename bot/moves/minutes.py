"""会议纪要 (F24): read line by line as an officer types them, kept as a paper; every resolution becomes a task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.moves import joint_meetings, tasks
from bot.moves.climbing import LONGEST, Climb
from bot.texts import meetings as texts
from bot.texts import rungs as rung_texts
from bot.texts.phrases import moment
from bot.understanding import days
from domain.errors import InvalidAnswer
from domain.issues import IssueLevel, checked_answer
from domain.meetings import Meeting, MeetingState
from domain.people import OFFICERS, Person
from domain.rungs import Rung
from domain.tasks import Task, TaskSource
from storage.outbox import NewMessage

_LABELS = {
    "意见": "opinions", "各部门意见": "opinions", "未决": "open_points", "未决事项": "open_points", "参会": "present",
    "签发": "signed_by", "答复": "answer",
}  # fmt: skip
_LABEL = re.compile(rf"^({'|'.join(sorted(_LABELS, key=len, reverse=True))})\s*[:：]\s*(.*)$", re.S)
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[-·•])\s*")
_BEFORE = re.compile(rf"(?:于|在)?({days.DAY})\s*(?:之?前|以前|内)?")
_EDGES = " ，,。；;：:"
MOST = 12


@dataclass(frozen=True)
class Resolution:
    owner: Person
    department: str | None
    due: date
    content: str = field(repr=False)


@dataclass(frozen=True)
class Minutes:
    """`texts`: by the keys of F24, and "answer": what the enterprise is to be answered."""

    resolutions: tuple[Resolution, ...]
    texts: dict[str, str] = field(repr=False)


def read(climb: Climb, written: str) -> Minutes:
    """Raises InvalidAnswer naming the line that cannot be kept."""
    said: dict[str, list[str]] = {}
    resolutions = []
    people = _people(climb)
    for line in filter(None, (_NUMBERED.sub("", one).strip() for one in written.splitlines())):
        labelled = _LABEL.match(line)
        if labelled:
            said.setdefault(_LABELS[labelled[1]], []).append(labelled[2].strip())
        else:
            resolutions.append(_resolution(climb, line, people))
    if not said and not resolutions:
        raise InvalidAnswer(texts.ask_minutes(climb.issue))
    if len(resolutions) > MOST:
        raise InvalidAnswer(f"一份纪要最多{MOST}条议定事项，请合并后重新发送。")
    joined = {key: "\n".join(filter(None, lines)) for key, lines in said.items()}
    if joined.get("answer"):
        checked_answer(joined["answer"])
    return Minutes(tuple(resolutions), joined)


def _people(climb: Climb) -> list[Person]:
    found = {one.id: one for role in sorted(OFFICERS) for one in climb.tx.people.with_role(role)}
    return [one for one in found.values() if one.active]


def _resolution(climb: Climb, line: str, people: Sequence[Person]) -> Resolution:
    """住建局黄志坚 9月25日前 出具书面意见"""
    named = [one for one in people if one.name in line]
    if len(named) > 1:
        raise InvalidAnswer(texts.line_problem(line, "写了不止一个人，请每人一行"))
    department, word = _department(climb, line)
    owner = named[0] if named else climb.work.on_duty(department, climb.issue) if department else None
    if owner is None:
        raise InvalidAnswer(texts.line_problem(line, "没有写明登记在册的责任人"))
    hit = _BEFORE.search(line)
    due = days.day_in(hit[0], climb.work.today) if hit else None
    if hit is None or due is None:
        raise InvalidAnswer(texts.line_problem(line, "没有写明期限"))
    if due < climb.work.today:
        raise InvalidAnswer(texts.line_problem(line, "的期限已经过去"))
    content = line.replace(hit[0], " ").replace(owner.name, " ").replace(word, " ").strip(_EDGES)
    if len(content) < 2:
        raise InvalidAnswer(texts.line_problem(line, "没有写明要做什么"))
    if len(content) > LONGEST:
        raise InvalidAnswer(texts.line_problem(line, f"超过{LONGEST}字"))
    own = owner.departments()
    key = department if department in own else next(iter(sorted(own)), department)
    return Resolution(owner, key, due, " ".join(content.split()))


def _department(climb: Climb, line: str) -> tuple[str | None, str]:
    """The first one named, and the word it was named by."""
    found = [
        (line.index(name), -len(name), one.key, name)
        for one in climb.site.departments.values()
        for name in (one.name, one.short, *one.aliases)
        if len(name) > 1 and name in line
    ]
    return (min(found)[2], min(found)[3]) if found else (None, "\0")


# ---------------------------------------------------------------- kept


def record(climb: Climb, meeting: Meeting, minutes: Minutes) -> tuple[str, list[Task], list[NewMessage]]:
    """The paper to officer and participants, a task for every resolution, the day of the answer to the enterprise."""
    _must_be_over(climb, meeting)
    climb.must_climb()
    invited = joint_meetings.invited(climb, meeting)
    form = climb.case.fill("F24", climb.project, climb.open_case, _values(climb, meeting, minutes, invited))
    meeting = climb.tx.meetings.save(meeting.hold(form.id))
    given = [_given(climb, meeting, one) for one in minutes.resolutions]
    last = max((one.due for one in given), default=climb.work.today)
    climb.to(IssueLevel.JOINT_MEETING, Rung.TASKS, climb.working_days_on(1, last), "meeting.hold")
    by, count = climb.due, len(given)
    told = [climb.case.send_form(one, form) for one in {p.id: p for p in (climb.by, *invited)}.values()]
    told += [tasks.tell_owner(climb.case, one, f"问题{climb.issue.no}") for one in given]
    climb.log(f"联席会议：{climb.issue.description}", f"议定{count}项，纪要{form.no}", f"{by}前统一答复")
    if minutes.texts.get("answer"):
        told += climb.work.reply(climb.issue, climb.project, climb.by, minutes.texts["answer"])
    posted = rung_texts.held(climb.issue, climb.officer.name, meeting, count, by, climb.zone)
    return form.no, given, [*told, climb.tell_group(posted)]


def _must_be_over(climb: Climb, meeting: Meeting) -> None:
    no = climb.issue.no
    if meeting.state is not MeetingState.FIXED or meeting.at is None:
        raise InvalidAnswer(
            f"问题{no}的联席会议还没有定时间，请先发送“定 {no} 1”，已经开过的发送“会议 {no}”查看。"
        )
    if meeting.at > climb.work.now:
        raise InvalidAnswer(
            f"问题{no}的联席会议定于{moment(meeting.at, climb.zone)}，会后再登记纪要；改时间请发送“定 {no} 新的时间”。"
        )


def _given(climb: Climb, meeting: Meeting, one: Resolution) -> Task:
    task = Task(
        0, one.content, one.owner.id, one.department, one.due, TaskSource.MEETING, meeting.id, climb.issue.no,
        climb.project.id, climb.by.id, climb.work.now,
    )  # fmt: skip
    return tasks.give(climb.case, task)


def _values(climb: Climb, meeting: Meeting, minutes: Minutes, invited: Sequence[Person]) -> dict[str, object]:
    said = minutes.texts
    at = meeting.at.astimezone(climb.zone) if meeting.at else climb.work.now
    present = "、".join(climb.called(one) for one in (*invited, climb.by))
    return {
        "kind": "联席会议",
        "at": at.date().isoformat(),
        "place": meeting.place,
        "convener": climb.site.hall.name,
        "present": said.get("present") or present,
        "topic": f"问题{climb.issue.no}：{climb.issue.description}",
        "opinions": said.get("opinions", "无不同意见记录"),
        "decisions": [
            {
                "content": one.content,
                "unit": one.department or "",
                "person": one.owner.name,
                "due": one.due.isoformat(),
            }
            for one in minutes.resolutions
        ],
        "open_points": said.get("open_points", ""),
        "recorded_by": climb.by.name,
        "signed_by": said.get("signed_by", ""),
        "told_officer_on": climb.work.today.isoformat(),
    }
