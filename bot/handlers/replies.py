"""The officers' side of an issue by plain text: take it, answer it, pass it on, release, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.context import Answer, Context, Handler, Job, words
from bot.dialogs import officer_words
from bot.dialogs.officer_words import work_of
from bot.holding import must_hold, must_not_be_taken
from bot.moves import items
from bot.moves.work import case_work
from bot.texts import issues as texts
from bot.texts import items as item_texts
from bot.texts import routing as routing_texts
from bot.texts.phrases import moment
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer
from domain.issues import Issue, IssueStatus
from domain.people import Action
from storage.dialogs import Recent
from storage.outbox import NewMessage


def accept(context: Context, act: Act) -> Answer:
    work = work_of(context)
    issue, project = work.locked(act.issue_no)
    must_hold(context, issue, project, Action.HANDLE_ISSUE)
    part = work.part_of(issue, context.must_sender)
    if part and not work.is_offered(issue, context.must_sender):
        taken = work.take_part(issue, part, context.must_sender)
        by = moment(taken.answer_by, context.calendar.zone) if taken.answer_by else ""
        return words(routing_texts.part_taken(issue, by), recent=_about(issue))
    must_not_be_taken(context, issue)
    told = work.accept(issue, project, context.must_sender)
    when, due = (moment(i, context.calendar.zone) if i else "" for i in (context.now, issue.answer_by))
    return words(texts.accepted(issue, context.must_sender.name, when, due), recent=_about(issue)).and_tell(
        *told
    )


def reply(context: Context, act: Act) -> Answer:
    return _with_words(context, act, "reply", officer_words.reply)


def transfer(context: Context, act: Act) -> Answer:
    return _with_words(context, act, "transfer", officer_words.transfer)


def not_ours(context: Context, act: Act) -> Answer:
    return _with_words(context, act, "not_ours", officer_words.not_ours)


def _with_words(context: Context, act: Act, kind: str, finish: officer_words.Finish) -> Answer:
    """The complete command acts at once; without its words they are asked for (single chats only)."""
    work = work_of(context)
    issue, project = work.locked(act.issue_no)
    must_hold(context, issue, project, Action.HANDLE_ISSUE)
    if act.rest:
        officer_words.forget(context, project)
        return finish(context, work, issue, project, act.rest)
    if context.message.in_group:
        raise InvalidAnswer(f"请把内容写在同一条里，例如：回复 {issue.no} 已安排周三踏勘。")
    officer_words.ask(context, kind, issue, project)
    return words(officer_words.QUESTIONS[kind](issue))


def close(context: Context, act: Act) -> Answer:
    """Only the enterprise closes an issue; what the officer can do is said."""
    work = work_of(context)
    issue, project = work.locked(act.issue_no)
    must_hold(context, issue, project, Action.HANDLE_ISSUE)
    raise InvalidAnswer(
        f"问题{issue.no}由项目单位确认解决后结束。请先“回复 {issue.no} 答复内容”，由服务专员发布给项目单位。"
    )


# ---------------------------------------------------------------- exact command words


def release(context: Context, arguments: dict[str, str]) -> Answer:
    """Said twice it is still one release, and the five minutes stay."""
    work = work_of(context)
    issue, project = work.locked(_number(arguments))
    must_hold(context, issue, project, Action.RELEASE_ANSWER)
    waiting = issue.status is IssueStatus.RELEASED and not issue.told(context.now)
    told, at = ([], issue.released_at) if waiting else work.release(issue, project)
    when = moment(at or context.now, context.calendar.zone)
    return words(
        f"问题{issue.no}的答复将于{when}{_where(issue)}。发送“立即发送 {issue.no}”马上发，“撤销 {issue.no}”收回。",
        recent=_about(issue),
    ).and_tell(*told)


def hurry(context: Context, arguments: dict[str, str]) -> Answer:
    """Without the five minutes; of a draft: release it so."""
    work = work_of(context)
    issue, project = work.locked(_number(arguments))
    must_hold(context, issue, project, Action.RELEASE_ANSWER)
    told: list[NewMessage] = []
    if issue.status is not IssueStatus.RELEASED:
        told, _ = work.release(issue, project, wait=timedelta())
    elif not work.hurry(issue):
        raise InvalidAnswer(f"问题{issue.no}的答复此前已{_where(issue)}。")
    said = words(f"问题{issue.no}的答复现在{_where(issue)}。", recent=_about(issue))
    return replace(said.and_tell(*told), jobs=(Job("deliver"),))


def return_draft(context: Context, arguments: dict[str, str]) -> Answer:
    work = work_of(context)
    issue, project = work.locked(_number(arguments))
    must_hold(context, issue, project, Action.RELEASE_ANSWER)
    reason = (arguments.get("rest") or "").strip()
    if reason:
        return officer_words.return_draft(context, work, issue, project, reason)
    officer_words.ask(context, "return", issue, project)
    return words(texts.ask_reason_return(issue))


def undo(context: Context, arguments: dict[str, str]) -> Answer:
    """With a number, or when a problem was talked of last, its release; else the last item update of this person."""
    no = _number(arguments) if arguments.get("no") else context.recent.issue_no
    if no is None:
        return _undo_item(context)
    work = work_of(context)
    issue, project = work.locked(no)
    must_hold(context, issue, project, Action.RELEASE_ANSWER)
    told, corrected = work.take_back(issue, project)
    line = "答复已在群里发出，现另发更正。" if corrected else "答复没有发出。"
    how = f"修改请发送“回复 {issue.no} 新的内容”，再次发布请发送“发布 {issue.no}”。"
    return words(f"问题{issue.no}的发布已撤销，{line}{how}", recent=_about(issue)).and_tell(*told)


def _where(issue: Issue) -> str:
    return "发给反馈人本人" if issue.private else "发到工作群"


def _about(issue: Issue) -> Recent:
    return Recent(issue.project_id, issue.item_id, issue.no)


def _undo_item(context: Context) -> Answer:
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    running, state, told, rows = items.take_back(case_work(context))
    text = item_texts.undone(running.project, running.entry, state, running.item.state, told=told)
    return words(text, recent=running.recent).and_tell(*rows)


def _number(arguments: dict[str, str]) -> int:
    no = arguments.get("no")
    if not no:
        raise InvalidAnswer("请写明问题号，例如：发布 12，退回 12 原因，撤销 12。")
    return int(no)


HANDLERS: Sequence[Handler] = (
    Handler(frozenset({Intent.ACCEPT_ISSUE}), accept),
    Handler(frozenset({Intent.REPLY_ISSUE}), reply),
    Handler(frozenset({Intent.TRANSFER_ISSUE}), transfer),
    Handler(frozenset({Intent.ESCALATE_ISSUE}), not_ours),
    Handler(frozenset({Intent.CLOSE_ISSUE}), close),
)
