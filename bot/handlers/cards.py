"""Clicks on cards: the same moves as by text; the clicker's card changes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.cards import issue_cards
from bot.context import Answer, CardAction, Context, Job
from bot.dialogs import feedback_form, officer_words
from bot.dialogs.officer_words import work_of
from bot.holding import must_hold, must_not_be_taken
from bot.issue_routing import IssueRouting
from bot.moves import carding
from bot.moves.naming import number_of
from bot.platform import CardClick, Say, UpdateCard
from bot.texts.phrases import moment
from domain.errors import IllegalMove, InvalidAnswer, NotFound
from domain.issue_parts import Part
from domain.issues import Issue, IssueStatus
from domain.people import Action
from domain.project import Project
from storage.dialogs import OpenDialog, Recent


def _issue(
    context: Context, click: CardClick, arguments: Sequence[str], action: Action
) -> tuple[IssueRouting, Issue, Project]:
    carding.note_click(context, click)
    work = work_of(context)
    issue, project = work.locked(number_of(arguments, 0))
    must_hold(context, issue, project, action)
    return work, issue, project


def accept(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, issue, project = _issue(context, click, arguments, Action.HANDLE_ISSUE)
    part = work.part_of(issue, context.must_sender)
    if part and not work.is_offered(issue, context.must_sender):
        return _accept_part(context, click, (work, issue, project), part)
    must_not_be_taken(context, issue)
    told = work.accept(issue, project, context.must_sender, but=click.task_id)
    line = f"{context.must_sender.name}已接办"
    card = issue_cards.to_handle(
        issue, project, context.site, context.calendar.zone, click.task_id, note=f"{line}（{_now(context)}）"
    )
    card = replace(card, title=f"问题{issue.no}：{line}", buttons=card.buttons[1:])
    return Answer(UpdateCard(card, line), tuple(told), recent=Recent(project.id, issue.item_id, issue.no))


def _accept_part(
    context: Context, click: CardClick, about: tuple[IssueRouting, Issue, Project], part: Part
) -> Answer:
    work, issue, project = about
    work.take_part(issue, part, context.must_sender)
    line = f"{context.must_sender.name}已接办"
    lead = context.site.departments[issue.department].short if issue.department else ""
    zone = context.calendar.zone
    card = issue_cards.to_help(issue, project, context.site, zone, click.task_id, lead=lead)
    card = replace(card, title=f"问题{issue.no}：{line}协办", buttons=card.buttons[1:])
    return Answer(UpdateCard(card, line), recent=Recent(project.id, issue.item_id, issue.no))


def assign(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    """One tap of the officer on a guess."""
    work, issue, project = _issue(context, click, arguments, Action.RELEASE_ANSWER)
    department = context.site.departments.get(arguments[1] if len(arguments) > 1 else "")
    if department is None:
        raise NotFound("department")
    told, person = work.assign_from_desk(
        issue, project, department.key, context.must_sender, but=click.task_id
    )
    due = moment(issue.respond_by, context.calendar.zone) if issue.respond_by else ""
    line = f"已分派{department.short}{person.name}，请其在{due}前接办"
    shown = _settled(issue, project, click, line)
    return Answer(shown, tuple(told), recent=Recent(project.id, issue.item_id, issue.no))


def _asking(kind: str) -> Callable[[Context, CardClick, Sequence[str]], Answer]:
    """A button that needs words: the app asks, the next text is it."""

    def ask(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
        action = Action.RELEASE_ANSWER if kind == "return" else Action.HANDLE_ISSUE
        work, issue, project = _issue(context, click, arguments, action)
        officer_words.ask(context, kind, issue, project)
        question = officer_words.QUESTIONS[kind](issue)
        row = work.notices.ask_words(context.must_sender, question, f"ask:{issue.no}")
        return Answer(None, (row,), recent=Recent(project.id, issue.item_id, issue.no))

    return ask


def release(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, issue, project = _issue(context, click, arguments, Action.RELEASE_ANSWER)
    sent = context.tx.cards.by_task(click.task_id)
    if sent and sent.done and issue.status is IssueStatus.ANSWERED:
        # What this card shows may not be what would be released now.
        raise InvalidAnswer(
            f"这张卡片已失效：问题{issue.no}的答复有新内容，请看最新的卡片，或发送“发布 {issue.no}”。"
        )
    told, at = work.release(issue, project, but=click.task_id)
    when = moment(at, context.calendar.zone)
    card = issue_cards.released(issue, project, click.task_id, when)
    return Answer(UpdateCard(card, "已发布"), tuple(told), recent=Recent(project.id, issue.item_id, issue.no))


def send_now(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, issue, project = _issue(context, click, arguments, Action.RELEASE_ANSWER)
    if issue.status is not IssueStatus.RELEASED:
        raise IllegalMove("issue", issue.status, IssueStatus.RELEASED)
    work.hurry(issue)
    return Answer(_settled(issue, project, click, "已发到工作群"), jobs=(Job("deliver"),))


def undo(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, issue, project = _issue(context, click, arguments, Action.RELEASE_ANSWER)
    told, corrected = work.take_back(issue, project)
    line = "已撤销，已发更正" if corrected else "已撤销"
    officer = context.must_sender
    author = context.tx.people.get(issue.answered_by) if issue.answered_by else officer
    again = work.notices.to_release(issue, project, author)
    return Answer(_settled(issue, project, click, line), (*told, *again))


def done(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:  # noqa: ARG001
    """The greyed button of a final state."""
    return Answer()


# ---------------------------------------------------------------- the feedback form's card (bot)


def _form(context: Context, arguments: Sequence[str]) -> OpenDialog:
    """The open form the card is about, when the clicker is the one who fills it. Nobody else's name is told for a
    card that was never shown here."""
    person_id, project_id = number_of(arguments, 0), number_of(arguments, 1)
    project = context.tx.projects.many({project_id}).get(project_id)
    elsewhere = context.message.in_group and (context.group is None or context.group.project_id != project_id)
    if project is None or elsewhere:
        raise NotFound("form")
    since = context.now - feedback_form.DIALOG.lives
    dialog = context.tx.dialogs.open_for(person_id, project_id, since)
    if dialog is None or dialog.kind != feedback_form.KIND:
        raise NotFound("form")
    if context.must_sender.id != person_id:
        if not context.message.in_group:
            raise NotFound("form")
        owner = context.tx.people.get(person_id)
        raise InvalidAnswer(f"这份意见反馈表由{owner.name}填写，请由本人确认。")
    context.project = project
    context.forget_project()
    return dialog


def _on_form(
    act: Callable[[Context, OpenDialog], tuple[str, Answer]],
) -> Callable[[Context, CardClick, Sequence[str]], Answer]:
    def click_on(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
        line, answer = act(context, _form(context, arguments))
        text = answer.say.text if isinstance(answer.say, Say) else line
        final = carding.settled("意见反馈表", context.must_project.name, click.task_id, line)
        later = _said_later(context, text)
        return replace(answer, say=final, tell=(*answer.tell, *later.tell))

    return click_on


def _submit(context: Context, dialog: OpenDialog) -> tuple[str, Answer]:
    issue, answer = feedback_form.confirm_by_card(context, dialog)
    return f"已提交：问题{issue.no}", answer


def _merge(context: Context, dialog: OpenDialog) -> tuple[str, Answer]:
    issue, answer = feedback_form.merge(context, dialog)
    return f"已并入问题{issue.no}", answer


def _change(context: Context, dialog: OpenDialog) -> tuple[str, Answer]:
    return "修改中", feedback_form.ask_change(context, dialog)


def _cancel(context: Context, dialog: OpenDialog) -> tuple[str, Answer]:
    return "已取消", feedback_form.cancel(context, dialog)


def _said_later(context: Context, text: str) -> Answer:
    """A click can only be answered by a card: words go by the response URL of the click."""
    url = context.message.response_url
    if not url:
        return Answer()
    return Answer(None, (work_of(context).notices.later_answer(url, text, "click"),))


def _settled(issue: Issue, project: Project, click: CardClick, line: str) -> UpdateCard:
    return carding.settled(f"问题{issue.no}", project.name, click.task_id, line)


def _now(context: Context) -> str:
    return moment(context.now, context.calendar.zone)


CARDS = (
    CardAction("issue.accept", accept),
    CardAction("issue.reply", _asking("reply")),
    CardAction("issue.transfer", _asking("transfer")),
    CardAction("issue.assign", assign),
    CardAction("issue.not_ours", _asking("not_ours")),
    CardAction("issue.return", _asking("return")),
    CardAction("issue.release", release),
    CardAction("issue.now", send_now),
    CardAction("issue.undo", undo),
    CardAction("form.submit", _on_form(_submit)),
    CardAction("form.merge", _on_form(_merge)),
    CardAction("form.change", _on_form(_change)),
    CardAction("form.cancel", _on_form(_cancel)),
    CardAction("done", done),
)
