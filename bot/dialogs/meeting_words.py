"""Words of a joint meeting and of papers that go out: the times to propose, numbers of those who vote, the minutes, the
request – asked for in single chats only."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end, number
from bot.dialogs.officer_words import LIVES, not_meant, taking, work_of
from bot.issue_routing import IssueRouting
from bot.moves import joint_meetings, minutes, submitting
from bot.moves.climbing import Climb
from bot.moves.work import case_work
from bot.texts import meetings as texts
from bot.texts import submissions as submission_texts
from bot.texts import tasks as task_texts
from bot.understanding.acts import Act, Intent
from domain.appointments import moment_of
from domain.errors import InvalidAnswer, NotFound
from domain.issues import Issue
from domain.meetings import Meeting
from domain.people import Action
from domain.project import Project
from domain.submissions import Submission
from storage.dialogs import OpenDialog, Recent

SLOTS, MINUTES, REQUEST, LETTER = "meeting_slots", "minutes", "government_request", "referral"
VOTE = joint_meetings.VOTE
_DAYS = timedelta(days=5)
_NONE_SUITS = re.compile(r"^(?:0|都不行|都不可以|都没空)[。.]?$")
_NUMBERS = re.compile(r"^\s*\d(?:[\s,，、和]+\d)*\s*[。.]?$")


def climb_of(context: Context, work: IssueRouting, issue: Issue, project: Project) -> Climb:
    return Climb(work, case_work(context), issue, project, context.must_sender)


def about(issue: Issue) -> Recent:
    return Recent(issue.project_id, issue.item_id, issue.no)


def meeting_of(climb: Climb) -> Meeting:
    """The one under way. Raises InvalidAnswer when there is none."""
    found = climb.tx.meetings.live(climb.issue.no)
    if found is None:
        no = climb.issue.no
        raise InvalidAnswer(f"问题{no}没有正在筹备的联席会议，提请请发送“联席会议 {no}”。")
    return found


# ---------------------------------------------------------------- times


def ask_times(context: Context, climb: Climb) -> None:
    answers = {"issue": climb.issue.no}
    context.tx.dialogs.save(OpenDialog(climb.by.id, climb.project.id, SLOTS, "times", answers, context.now))


def propose(climb: Climb, meeting: Meeting, said: str) -> Answer:
    """`said`: other times and departments than those proposed; "" takes them as they are."""
    wish = joint_meetings.read(climb, said)
    people = joint_meetings.concerned(climb, wish.departments)
    slots = wish.slots or meeting.slots
    meeting, told = joint_meetings.ask(climb, meeting, slots, people)
    names = [climb.called(one) for one in joint_meetings.invited(climb, meeting)]
    return words(texts.asked(climb.issue, names, climb.due), recent=about(climb.issue)).and_tell(*told)


def _times(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if context.message.in_group or not_meant(act):
        return None
    work = work_of(context)
    issue, project = work.locked(int(dialog.answers["issue"]))
    if act.intent is Intent.CANCEL:
        end(context, dialog)
        return words(texts.later(issue))
    said = context.message.text.strip()
    if number(context) != 1 and moment_of(said, context.today, context.calendar.zone) is None:
        return None
    _must_be_officer(context, project)
    climb = climb_of(context, work, issue, project)
    answer = propose(climb, meeting_of(climb), "" if number(context) == 1 else said)
    end(context, dialog)
    return answer


def _must_be_officer(context: Context, project: Project) -> None:
    """It may have got another officer since it was asked."""
    if not context.standing_towards(project).may(Action.RELEASE_ANSWER):
        raise NotFound("project")


# ---------------------------------------------------------------- votes


def numbers(said: str) -> tuple[int, ...] | None:
    """None for what is no choice."""
    if _NONE_SUITS.match(said.strip()):
        return ()
    return tuple(int(one) for one in re.findall(r"\d", said)) if _NUMBERS.match(said) else None


def vote(context: Context, no: int, chosen: tuple[int, ...], but: str | None = None) -> tuple[Climb, Answer]:
    """Whoever was not asked is told of no meeting."""
    issue = context.tx.issues.get(no, lock=True)
    meeting = context.tx.meetings.live(no) if issue else None
    if issue is None or meeting is None:
        raise NotFound("joint_meeting")
    project = context.tx.projects.get(issue.project_id)
    climb = climb_of(context, work_of(context), issue, project)
    told = joint_meetings.vote(climb, meeting, context.must_sender, chosen, but)
    said = texts.voted(issue, meeting, chosen, climb.officer.name, climb.zone)
    return climb, words(said).and_tell(*told)


def _votes(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    chosen = numbers(context.message.text)
    if context.message.in_group or not_meant(act) or chosen is None:
        return None
    _, answer = vote(context, int(dialog.answers["issue"]), chosen)
    end(context, dialog)
    return answer


# ---------------------------------------------------------------- minutes, request, letter


def record(context: Context, work: IssueRouting, issue: Issue, project: Project, text: str) -> Answer:  # noqa: ARG001
    """As typed: every line counts."""
    return keep_minutes(climb_of(context, work, issue, project), context.message.text)


def keep_minutes(climb: Climb, written: str) -> Answer:
    meeting = meeting_of(climb)
    read = minutes.read(climb, written)
    no, given, told = minutes.record(climb, meeting, read)
    lines = [task_texts.line(one, climb.called(climb.tx.people.get(one.owner_id))) for one in given]
    drafted = bool(read.texts.get("answer"))
    said = texts.recorded(climb.issue, no, lines, climb.due, drafted=drafted)
    return words(said, recent=about(climb.issue)).and_tell(*told)


def request(context: Context, work: IssueRouting, issue: Issue, project: Project, text: str) -> Answer:
    climb = climb_of(context, work, issue, project)
    made, form, told = submitting.to_government(climb, text)
    return _made(climb, made, form.no).and_tell(*told)


def letter(context: Context, work: IssueRouting, issue: Issue, project: Project, text: str) -> Answer:
    to, _, proposal = text.strip().partition(" ")
    climb = climb_of(context, work, issue, project)
    made, form, told = submitting.refer(climb, to.strip("，,：:"), proposal.strip())
    return _made(climb, made, form.no).and_tell(*told)


def _made(climb: Climb, made: Submission, number_of_form: str) -> Answer:
    said = submission_texts.made(climb.issue, made, number_of_form, climb.due)
    return words(said, recent=about(climb.issue))


QUESTIONS = {
    MINUTES: texts.ask_minutes,
    REQUEST: submission_texts.ask_request,
    LETTER: submission_texts.ask_letter,
}
DIALOGS = (
    Dialog(SLOTS, LIVES, _times),
    Dialog(VOTE, _DAYS, _votes),
    Dialog(MINUTES, timedelta(hours=12), taking(record, Action.RELEASE_ANSWER)),
    Dialog(REQUEST, LIVES, taking(request, Action.RELEASE_ANSWER)),
    Dialog(LETTER, LIVES, taking(letter, Action.RELEASE_ANSWER)),
)
