"""延期: asked for by the holder, decided by the officer or the supervisor, by words or by card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import issue_cards
from bot.context import Answer, CardAction, Context, Handler, words
from bot.dialogs import extension_words
from bot.dialogs.officer_words import work_of
from bot.holding import must_grant, must_hold
from bot.issue_extensions import IssueExtensions
from bot.platform import CardClick, UpdateCard
from bot.texts import clocks as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer
from domain.issues import Issue
from domain.people import Action
from domain.project import Project
from storage.dialogs import Recent


def ask(context: Context, act: Act) -> Answer:
    work = work_of(context)
    issue, project = work.locked(act.issue_no)
    must_hold(context, issue, project, Action.HANDLE_ISSUE)
    said, told = IssueExtensions(work).ask(issue, project, context.must_sender, act.rest)
    return words(said, recent=_about(issue)).and_tell(*told)


def grant(context: Context, arguments: dict[str, str]) -> Answer:
    issue, project, moves = _locked(context, _number(arguments))
    told = moves.grant(issue, project, context.must_sender, moves.waiting(issue))
    return words(texts.granted(issue, _due(context, issue)), recent=_about(issue)).and_tell(*told)


def refuse(context: Context, arguments: dict[str, str]) -> Answer:
    issue, project, moves = _locked(context, _number(arguments))
    moves.waiting(issue)
    reason = arguments.get("rest", "").strip()
    if reason:
        return extension_words.refuse(context, issue, project, reason)
    if context.message.in_group:
        raise InvalidAnswer(extension_words.EXAMPLE.format(no=issue.no))
    return words(extension_words.ask(context, issue, project), recent=_about(issue))


def grant_by_card(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    issue, project, moves = _clicked(context, click, arguments)
    asked = moves.waiting(issue, _part(arguments, 1))
    told = moves.grant(issue, project, context.must_sender, asked, but=click.task_id)
    line = "已同意延期"
    card = issue_cards.settled(f"问题{issue.no}", project.name, click.task_id, line)
    context.tx.cards.finish(click.task_id)
    said = work_of(context).notices.say_to(
        context.must_sender, texts.granted(issue, _due(context, issue)), f"issue:{issue.no}", urgent=True
    )
    return Answer(UpdateCard(card, line), (said, *told), recent=_about(issue))


def refuse_by_card(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    issue, project, moves = _clicked(context, click, arguments)
    moves.waiting(issue, _part(arguments, 1))
    question = extension_words.ask(context, issue, project)
    row = work_of(context).notices.ask_words(context.must_sender, question, f"ask:{issue.no}")
    return Answer(None, (row,), recent=_about(issue))


def _clicked(
    context: Context, click: CardClick, arguments: Sequence[str]
) -> tuple[Issue, Project, IssueExtensions]:
    if click.response_code and context.tx.cards.by_task(click.task_id):
        context.tx.cards.note_code(click.task_id, click.response_code, context.now)
    return _locked(context, _part(arguments, 0))


def _locked(context: Context, no: int) -> tuple[Issue, Project, IssueExtensions]:
    work = work_of(context)
    issue, project = work.locked(no)
    must_grant(context, issue, project)
    return issue, project, IssueExtensions(work)


def _part(arguments: Sequence[str], place: int) -> int:
    given = arguments[place] if place < len(arguments) else ""
    return int(given) if given.isdecimal() and len(given) <= 9 else 0


def _number(arguments: dict[str, str]) -> int:
    if not arguments.get("no"):
        raise InvalidAnswer("请写明问题号，例如：同意延期 12，不同意延期 12 原因。")
    return int(arguments["no"])


def _due(context: Context, issue: Issue) -> str:
    return work_of(context).notices.when(issue.answer_by)


def _about(issue: Issue) -> Recent:
    return Recent(issue.project_id, issue.item_id, issue.no)


HANDLER = Handler(frozenset({Intent.EXTEND_ISSUE}), ask)
CARDS = (CardAction("extend.grant", grant_by_card), CardAction("extend.refuse", refuse_by_card))
