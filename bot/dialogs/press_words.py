"""督办 in words: the opinion, the feedback, the reason of its end – with the order, or asked for in a single chat."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end
from bot.dialogs.officer_words import LIVES, not_meant, work_of
from bot.holding import must_be_seen
from bot.moves import pressing
from bot.moves.work import case_work
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotAllowed
from domain.issues import Issue
from domain.people import Action, Role
from domain.pressing import Press
from domain.project import Project
from storage.dialogs import OpenDialog, Recent

Finish = Callable[[Context, Issue, Project, str], Answer]


def ask(context: Context, kind: str, issue: Issue, project: Project) -> None:
    context.tx.dialogs.save(
        OpenDialog(context.must_sender.id, project.id, kind, "words", {"issue": issue.no}, context.now)
    )


def pressable(context: Context, no: int) -> tuple[Issue, Project]:
    """Its row held, for somebody who may press towards its project."""
    issue, project = work_of(context).locked(no)
    must_be_seen(context, issue, project)
    context.must_be_allowed(Action.PRESS)
    _not_in_a_group(context)
    return issue, project


def closable(context: Context, no: int) -> tuple[Issue, Project, Press]:
    """By a supervisor; what a supervisor did not issue also by the officer, never by who is pressed."""
    issue, project = pressable(context, no)
    press, person = pressing.open_press(case_work(context), no), context.must_sender
    issuer = context.tx.people.get(press.by_id) if press.by_id else None
    from_above = issuer is not None and Role.SUPERVISOR in issuer.roles
    if Role.SUPERVISOR not in person.roles and (from_above or press.person_id == person.id):
        raise NotAllowed("close_press", "、".join(one.name for one in work_of(context).supervisors(issue)))
    return issue, project, press


def answerable(context: Context, no: int, press_id: int | None = None) -> tuple[Issue, Project, Press]:
    issue, project = work_of(context).locked(no)
    must_be_seen(context, issue, project)
    _not_in_a_group(context)
    work = case_work(context)
    press = pressing.open_press(work, no, press_id)
    pressing.must_answer(work, press, context.must_sender)
    return issue, project, press


def _not_in_a_group(context: Context) -> None:
    """Internal talk stays out of the enterprise's group."""
    if context.message.in_group:
        raise InvalidAnswer("督办不在群里进行，请在与代办助手的单聊里发送。")


def press(context: Context, issue: Issue, project: Project, opinion: str) -> Answer:
    said, told = pressing.issue_press(case_work(context), issue, project, context.must_sender, opinion)
    return words(said, recent=_about(issue)).and_tell(*told)


def answer(context: Context, issue: Issue, project: Project, text: str) -> Answer:
    work = case_work(context)
    known = pressing.open_press(work, issue.no)
    said, told = pressing.answer(work, project, known, context.must_sender, text)
    return words(said, recent=_about(issue)).and_tell(*told)


def close(context: Context, issue: Issue, project: Project, text: str) -> Answer:
    work = case_work(context)
    known = pressing.open_press(work, issue.no)
    said, told = pressing.close(work, project, known, context.must_sender, text)
    return words(said, recent=_about(issue)).and_tell(*told)


def _about(issue: Issue) -> Recent:
    return Recent(issue.project_id, issue.item_id, issue.no)


def _taking(
    finish: Finish, still: Callable[[Context, int], object]
) -> Callable[[Context, OpenDialog, Act], Answer | None]:
    def take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
        if context.message.in_group or not_meant(act):
            return None
        if "receipt" in act.evidence:
            raise InvalidAnswer("请直接写明内容，或发送“取消”放弃。")
        if act.intent is Intent.CANCEL:
            end(context, dialog)
            return words("好的，已放弃。")
        no = int(dialog.answers["issue"])
        still(context, no)
        issue, project = work_of(context).locked(no)
        answer = finish(context, issue, project, context.message.text.strip())
        end(context, dialog)
        return answer

    return take


DIALOGS = (
    Dialog("press", LIVES, _taking(press, pressable)),
    Dialog("press_answer", LIVES, _taking(answer, answerable)),
    Dialog("press_close", LIVES, _taking(close, closable)),
)
