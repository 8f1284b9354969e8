"""Words that belong to a button: cards have no text field, so the app asks and the person's next text within
30 minutes is it (contract §9). Only in single chats: in a group people talk to each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end
from bot.holding import must_hold
from bot.issue_work import IssueWork
from bot.texts import issues as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotFound
from domain.issues import Issue
from domain.people import Action
from domain.project import Project
from storage.dialogs import OpenDialog

LIVES = timedelta(minutes=30)
Finish = Callable[[Context, IssueWork, Issue, Project, str], Answer]


def ask(context: Context, kind: str, issue: Issue, project: Project) -> None:
    context.tx.dialogs.save(
        OpenDialog(context.must_sender.id, project.id, kind, "words", {"issue": issue.no}, context.now)
    )


def work_of(context: Context) -> IssueWork:
    return IssueWork(
        context.tx, context.site, context.calendar, context.now, context.must_sender.userid, context.inbox_id
    )


def _taking(finish: Finish, action: Action) -> Callable[[Context, OpenDialog, Act], Answer | None]:
    def take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
        if context.message.in_group or not_meant(act):
            return None
        if "receipt" in act.evidence:
            raise InvalidAnswer("请直接写明内容，或发送“取消”放弃。")
        if act.intent is Intent.CANCEL:
            end(context, dialog)
            return words("好的，已放弃。")
        work = work_of(context)
        issue, project = work.locked(int(dialog.answers["issue"]))
        must_hold(context, issue, project, action)  # it may have been passed on since it was asked
        answer = finish(context, work, issue, project, context.message.text.strip())
        end(context, dialog)
        return answer

    return take


def not_meant(act: Act) -> bool:
    """Another order, or a question to the bot, is not the answer that was asked for."""
    order = any(rule.startswith("command:") for rule in act.evidence)
    question = act.intent is Intent.PROGRESS and act.issue_no is not None
    return order or question or act.intent in {Intent.TODO, Intent.HELP, Intent.GREET, Intent.THANKS}


def forget(context: Context, project: Project) -> None:
    """The words came with the order: they are not waited for any more."""
    sender = context.must_sender
    waiting = context.tx.dialogs.open_for(sender.id, project.id, context.now - LIVES)
    if waiting and waiting.kind in QUESTIONS:
        end(context, waiting)


def reply(context: Context, work: IssueWork, issue: Issue, project: Project, text: str) -> Answer:
    told = work.reply(issue, project, context.must_sender, text)
    officer = context.tx.people.get(project.officer_id)
    if context.standing_towards(project).may(Action.RELEASE_ANSWER):
        return words(texts.own_answer(issue)).and_tell(*told)
    return words(texts.answer_received(issue, officer.name)).and_tell(*told)


def transfer(context: Context, work: IssueWork, issue: Issue, project: Project, text: str) -> Answer:
    name, _, reason = text.strip().partition(" ")
    department = context.site.department_called(name.strip("，,：:"))
    if department is None:
        raise NotFound("department", name)
    if issue.department == department.key and issue.representative_id == context.must_sender.id:
        raise InvalidAnswer(f"问题{issue.no}已经在{department.name}，请写要转到的其他部门。")
    told = work.transfer(issue, project, department.key, reason.strip())
    return words(f"问题{issue.no}已转{department.name}，原因已一并转告。").and_tell(*told)


def not_ours(context: Context, work: IssueWork, issue: Issue, project: Project, text: str) -> Answer:
    told = work.not_ours(issue, project, text)
    officer = context.tx.people.get(project.officer_id)
    return words(f"问题{issue.no}及原因已交服务专员{officer.name}重新分派。").and_tell(*told)


def return_draft(context: Context, work: IssueWork, issue: Issue, project: Project, text: str) -> Answer:
    told = work.return_draft(issue, project, text, context.must_sender)
    return words(f"问题{issue.no}的答复已退回，原因已转告答复人。").and_tell(*told)


DIALOGS = (
    Dialog("reply", LIVES, _taking(reply, Action.HANDLE_ISSUE)),
    Dialog("transfer", LIVES, _taking(transfer, Action.HANDLE_ISSUE)),
    Dialog("not_ours", LIVES, _taking(not_ours, Action.HANDLE_ISSUE)),
    Dialog("return", LIVES, _taking(return_draft, Action.RELEASE_ANSWER)),
)
QUESTIONS: dict[str, Callable[[Issue], str]] = {
    "reply": texts.ask_answer,
    "transfer": texts.ask_transfer,
    "not_ours": texts.ask_reason_not_ours,
    "return": texts.ask_reason_return,
}
