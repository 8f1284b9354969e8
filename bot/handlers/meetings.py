"""Joint meetings: called by the officer, voted on by those asked, fixed, written down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.context import Answer, CardAction, Context, Handler, words
from bot.dialogs import meeting_words as talk
from bot.dialogs import officer_words
from bot.dialogs.officer_words import work_of
from bot.holding import must_hold
from bot.moves import carding, joint_meetings
from bot.moves.climbing import Climb
from bot.moves.naming import as_typed, number_of
from bot.platform import CardClick, Say
from bot.texts import meetings as texts
from bot.texts import tasks as task_texts
from bot.texts.phrases import moment
from bot.understanding.acts import Act, Intent
from domain.appointments import moment_of
from domain.errors import InvalidAnswer, NotFound
from domain.meetings import Meeting, MeetingState
from domain.people import Action

_NUMBER = re.compile(r"^[\s\S]*?\d{1,6}\s*号?\s*")
LONGEST_PLACE = 40


def climb(context: Context, no: int) -> Climb:
    """The officer's, in a single chat: what is talked of here is not for the work group (R130)."""
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    work = work_of(context)
    issue, project = work.locked(no)
    must_hold(context, issue, project, Action.RELEASE_ANSWER)
    if context.message.in_group:
        raise InvalidAnswer(texts.ONLY_ALONE)
    return talk.climb_of(context, work, issue, project)


# ---------------------------------------------------------------- called, times


def call(context: Context, arguments: dict[str, str]) -> Answer:
    """联席会议 3: times are proposed; with times or departments they are asked for at once."""
    one = climb(context, int(arguments["no"]))
    return _call(context, one, as_typed(context, arguments.get("rest", "")))


def by_words(context: Context, act: Act) -> Answer:
    if act.issue_no is None:
        context.must_sender  # noqa: B018
        raise InvalidAnswer("请写明问题号，例如：联席会议 12。")
    return _call(context, climb(context, act.issue_no), "")


def _call(context: Context, one: Climb, said: str) -> Answer:
    live = one.tx.meetings.live(one.issue.no)
    if said:
        joint_meetings.concerned(
            one, joint_meetings.read(one, said).departments
        )  # before anything is changed
        meeting, told = (live, []) if live else joint_meetings.call(one)
        officer_words.forget(context, one.project)
        return talk.propose(one, meeting, said).and_tell(*told)
    meeting, told = joint_meetings.call(one)
    talk.ask_times(context, one)
    names = [one.called(person) for person in joint_meetings.concerned(one)]
    text = texts.called(one.issue, meeting, names, one.due, one.zone)
    return words(text, recent=talk.about(one.issue)).and_tell(*told)


def tap_call(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    carding.note_click(context, click)
    answer = _call(context, climb(context, number_of(arguments, 0)), "")
    return _by_message(context, answer)


def _by_message(context: Context, answer: Answer) -> Answer:
    """A click can only be answered by a card: words follow as a message."""
    text = answer.say.text if isinstance(answer.say, Say) else ""
    row = work_of(context).notices.say_to(context.must_sender, text, "click", urgent=True)
    return replace(answer, say=None, tell=(row, *answer.tell))


# ---------------------------------------------------------------- voted


def vote(context: Context, arguments: dict[str, str]) -> Answer:
    context.must_sender  # noqa: B018
    if context.message.in_group:
        raise InvalidAnswer(texts.ONLY_ALONE)
    chosen = talk.numbers(arguments.get("rest", ""))
    no = int(arguments["no"])
    if chosen is None:
        raise InvalidAnswer(f"请写序号，例如：投票 {no} 1 2；都不行写：投票 {no} 0。")
    return talk.vote(context, no, chosen)[1]


def tap_vote(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    carding.note_click(context, click)
    meeting = _asked(context, number_of(arguments, 0))
    picked = tuple(int(one) for one in click.selected.get("slots", ()) if one.isdecimal())
    one, answer = talk.vote(context, meeting.issue_no, picked, click.task_id)
    said = answer.say.text if isinstance(answer.say, Say) else ""
    final = carding.settled("联席会议", one.project.name, click.task_id, "已选")
    row = one.tell(context.must_sender, said)
    return replace(answer, say=final, tell=(row, *answer.tell))


def _asked(context: Context, meeting_id: int) -> Meeting:
    meeting = context.tx.meetings.get(meeting_id)
    asked = {one.person_id for one in context.tx.meetings.ballots(meeting_id)} if meeting else set()
    if meeting is None or context.must_sender.id not in asked:
        raise NotFound("joint_meeting")
    return meeting


# ---------------------------------------------------------------- fixed, called off


def fix(context: Context, arguments: dict[str, str]) -> Answer:
    """定 3 1 二楼会议室; 定 3 9月18日上午10点; 定 1 (二楼会议室) while only one meeting is being voted on."""
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    rest, first = as_typed(context, arguments.get("rest") or ""), int(arguments["no"])
    of_issue = rest and (rest[0].isdigit() or context.tx.meetings.live(first))
    no, said = (first, rest) if of_issue else (_only_voting(context), f"{first} {rest}".strip())
    one = climb(context, no)
    meeting = talk.meeting_of(one)
    slot = re.match(r"^(\d)(?=\s|$)\s*(.*)$", said, re.S)
    if slot and 1 <= int(slot[1]) <= len(meeting.slots):
        return _fixed(one, meeting, int(slot[1]), slot[2])
    at = moment_of(said, context.today, one.zone)
    if at is None or slot:
        raise InvalidAnswer(f"请写序号或时间，例如：定 {no} 1，定 {no} 9月18日上午10点。")
    meeting = replace(meeting, slots=(at,))
    return _fixed(one, meeting, 1, "")


def _only_voting(context: Context) -> int:
    """The problem whose times are being chosen, when there is one only."""
    sender = context.must_sender
    own = [p.id for p in context.tx.projects.of_person(sender.id) if sender.id in (p.officer_id, p.deputy_id)]
    found = {one.issue_no for one in context.tx.meetings.in_state(MeetingState.VOTING, own)}
    if context.recent.issue_no in found:
        return int(context.recent.issue_no or 0)
    if len(found) != 1:
        raise InvalidAnswer("请写明问题号和序号，例如：定 12 1。")
    return found.pop()


def _fixed(one: Climb, meeting: Meeting, number: int, place: str, but: str | None = None) -> Answer:
    if len(place) > LONGEST_PLACE:
        raise InvalidAnswer(f"会议地点请控制在{LONGEST_PLACE}字以内。")
    meeting, told = joint_meetings.fix(one, meeting, meeting.slots[number - 1], place.strip(), but)
    names = [one.called(person) for person in joint_meetings.invited(one, meeting)]
    said = texts.fixed(one.issue, meeting, names, one.due, one.zone)
    return words(said, recent=talk.about(one.issue)).and_tell(*told)


def tap_fix(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    carding.note_click(context, click)
    meeting = context.tx.meetings.get(number_of(arguments, 0))
    if meeting is None:
        raise NotFound("joint_meeting")
    one = climb(context, meeting.issue_no)
    number = number_of(arguments, 1)
    if not 1 <= number <= len(meeting.slots) or meeting.state is not MeetingState.VOTING:
        raise InvalidAnswer(f"这张卡片已失效，请发送“会议 {one.issue.no}”查看。")
    answer = _by_message(context, _fixed(one, meeting, number, "", click.task_id))
    line = f"定于{moment(meeting.slots[number - 1], one.zone)}"
    return replace(answer, say=carding.settled("联席会议", one.project.name, click.task_id, line))


def cancel(context: Context, arguments: dict[str, str]) -> Answer:
    one = climb(context, int(arguments["no"]))
    reason = as_typed(context, arguments.get("rest", ""))
    meeting = talk.meeting_of(one)
    if not 2 <= len(reason) <= 200:
        raise InvalidAnswer(f"请写明取消原因（200字以内），例如：取消会议 {one.issue.no} 住建局已书面答复。")
    told = joint_meetings.cancel(one, meeting, reason)
    return words(texts.cancelled_told(one.issue), recent=talk.about(one.issue)).and_tell(*told)


# ---------------------------------------------------------------- looked at, written down


def show(context: Context, arguments: dict[str, str]) -> Answer:
    one = climb(context, int(arguments["no"]))
    found = one.tx.meetings.of_issue(one.issue.no)
    if not found:
        talk.meeting_of(one)
    meeting = found[-1]
    if meeting.state is MeetingState.VOTING:
        return words(joint_meetings.votes(one, meeting), recent=talk.about(one.issue))
    tasks = [
        task_texts.line(task, one.called(one.tx.people.get(task.owner_id)))
        for task in one.tx.tasks.of_issue(one.issue.no)
    ]
    slots = texts.listed(meeting.slots, one.zone) if meeting.state is MeetingState.PLANNED else []
    return words(texts.state(one.issue, meeting, [*slots, *tasks], one.zone), recent=talk.about(one.issue))


def minutes(context: Context, arguments: dict[str, str]) -> Answer:
    """Complete in one message, or asked for."""
    one = climb(context, int(arguments["no"]))
    talk.meeting_of(one)
    if arguments.get("rest"):
        officer_words.forget(context, one.project)
        return talk.keep_minutes(one, _NUMBER.sub("", context.message.text, count=1))
    officer_words.ask(context, talk.MINUTES, one.issue, one.project)
    return words(texts.ask_minutes(one.issue), recent=talk.about(one.issue))


HANDLER = Handler(frozenset({Intent.CALL_MEETING}), by_words)
COMMANDS = {
    "joint_meeting": call,
    "meeting_vote": vote,
    "fix_meeting": fix,
    "cancel_meeting": cancel,
    "show_meeting": show,
    "minutes": minutes,
}
CARDS = (
    CardAction("issue.joint", tap_call),
    CardAction("joint.vote", tap_vote),
    CardAction("joint.fix", tap_fix),
)
