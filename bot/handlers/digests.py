"""“晨报”, “督办周报”, “督办月报”: the supervisor's digest whenever it is asked for; “处理” on the officer's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Answer, CardAction, Context, words
from bot.dialogs.officer_words import work_of
from bot.holding import must_hold
from bot.moves import carding
from bot.moves.digests import Digests
from bot.moves.naming import number_of
from bot.platform import CardClick
from domain.errors import NotAllowed
from domain.issues import WITH_DEPARTMENT, IssueStatus
from domain.people import Action, Role
from domain.periods import Period
from storage.dialogs import Recent


def daily(context: Context, arguments: dict[str, str]) -> Answer:  # noqa: ARG001
    found = _digests(context)
    return words(found.said(found.of_day()))


def period(context: Context, arguments: dict[str, str]) -> Answer:
    """Of this week or month up to today, with its table and picture."""
    found, today = _digests(context), context.today
    weekly = "周" in arguments["what"]
    first = today - timedelta(days=today.weekday()) if weekly else today.replace(day=1)
    span = Period(first, today)
    text = found.of_period("周报" if weekly else "月报", span)
    return words(text).and_tell(*found.papers(context.must_sender.userid, span))


def _digests(context: Context) -> Digests:
    if Role.SUPERVISOR not in context.must_sender.roles or context.message.in_group:
        raise NotAllowed("see_all", context.whom_to_ask)
    return Digests(context.tx, context.site, context.calendar, context.now)


def show_issue(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    """“处理”: the problem's own card once more, with what it says and its buttons."""
    carding.note_click(context, click)
    work = work_of(context)
    issue, project = work.locked(number_of(arguments, 0))
    must_hold(context, issue, project, Action.HANDLE_ISSUE)
    recent, person = Recent(project.id, issue.item_id, issue.no), context.must_sender
    if issue.status is IssueStatus.ANSWERED:
        by = context.tx.people.get(issue.answered_by) if issue.answered_by else person
        return Answer(None, tuple(work.notices.to_release(issue, project, by)), recent=recent)
    if issue.status is IssueStatus.TRIAGE:
        return Answer(None, (work.notices.to_desk(issue, project),), recent=recent)
    if issue.status in WITH_DEPARTMENT:
        return Answer(None, tuple(work.notices.to_representative(issue, project, person)), recent=recent)
    said = work.notices.say_to(person, f"问题{issue.no}已处理，不用再办。", "click", urgent=True)
    return Answer(None, (said,), recent=recent)


CARDS = (CardAction("show_issue", show_issue),)
