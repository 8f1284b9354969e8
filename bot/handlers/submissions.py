"""Papers that leave the house for a problem: to the government, and referral letters."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.dialogs import meeting_words as talk
from bot.dialogs import officer_words
from bot.dialogs.officer_words import work_of
from bot.holding import must_hold
from bot.moves import submitting
from bot.moves.climbing import Climb
from bot.moves.naming import as_typed
from bot.texts import meetings as meeting_texts
from bot.texts import submissions as texts
from bot.texts.phrases import day
from domain.errors import InvalidAnswer
from domain.people import Action
from domain.submissions import SubmissionKind


def climb(context: Context, arguments: dict[str, str]) -> Climb:
    """The officer's, in a single chat (R130)."""
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    work = work_of(context)
    issue, project = work.locked(int(arguments["no"]))
    must_hold(context, issue, project, Action.RELEASE_ANSWER)
    if context.message.in_group:
        raise InvalidAnswer(meeting_texts.ONLY_ALONE)
    return talk.climb_of(context, work, issue, project)


def to_government(context: Context, arguments: dict[str, str]) -> Answer:
    return _with_words(context, arguments, talk.REQUEST, talk.request)


def refer(context: Context, arguments: dict[str, str]) -> Answer:
    return _with_words(context, arguments, talk.LETTER, talk.letter)


def _with_words(
    context: Context, arguments: dict[str, str], kind: str, finish: officer_words.Finish
) -> Answer:
    one = climb(context, arguments)
    said = as_typed(context, arguments.get("rest") or "")
    if said:
        officer_words.forget(context, one.project)
        return finish(context, one.work, one.issue, one.project, said)
    one.must_climb()
    officer_words.ask(context, kind, one.issue, one.project)
    return words(talk.QUESTIONS[kind](one.issue), recent=talk.about(one.issue))


def sent(context: Context, arguments: dict[str, str]) -> Answer:
    one = climb(context, arguments)
    found, told = submitting.sent(one, submitting.live(one), arguments.get("rest") or "")
    on = day(found.sent_on or context.today)
    return words(texts.sent(one.issue, found, on, one.due), recent=talk.about(one.issue)).and_tell(*told)


def follow(context: Context, arguments: dict[str, str]) -> Answer:
    one = climb(context, arguments)
    said = as_typed(context, arguments.get("rest") or "")
    told = submitting.follow(one, submitting.live(one), said)
    return words(texts.followed(one.issue, one.due), recent=talk.about(one.issue)).and_tell(*told)


def government_answer(context: Context, arguments: dict[str, str]) -> Answer:
    return _answered(context, arguments, SubmissionKind.GOVERNMENT)


def letter_answer(context: Context, arguments: dict[str, str]) -> Answer:
    return _answered(context, arguments, SubmissionKind.LETTER)


def _answered(context: Context, arguments: dict[str, str], kind: SubmissionKind) -> Answer:
    one = climb(context, arguments)
    said = as_typed(context, arguments.get("rest") or "")
    found, told = submitting.answered(one, submitting.live(one, kind), said)
    return words(texts.answered(one.issue, found), recent=talk.about(one.issue)).and_tell(*told)


COMMANDS = {
    "to_government": to_government,
    "refer": refer,
    "paper_sent": sent,
    "chase": follow,
    "government_answer": government_answer,
    "letter_answer": letter_answer,
}
