"""Words that belong to a button: cards have no text field, so the app asks and the person's next text within
30 minutes is it (contract §9). Only in single chats: in a group people talk to each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end, number
from bot.holding import must_hold
from bot.issue_routing import IssueRouting
from bot.texts import issues as texts
from bot.texts import routing as routing_texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotFound
from domain.issue_turns import Turn
from domain.issues import Issue, IssueStatus
from domain.people import Action
from domain.project import Project
from domain.site import Department
from storage.dialogs import OpenDialog

LIVES = timedelta(minutes=30)
Finish = Callable[[Context, IssueRouting, Issue, Project, str], Answer]


def ask(context: Context, kind: str, issue: Issue, project: Project) -> None:
    context.tx.dialogs.save(
        OpenDialog(context.must_sender.id, project.id, kind, "words", {"issue": issue.no}, context.now)
    )


def work_of(context: Context) -> IssueRouting:
    return IssueRouting(
        context.tx, context.site, context.calendar, context.now, context.must_sender.userid, context.inbox_id
    )


def taking(finish: Finish, action: Action) -> Callable[[Context, OpenDialog, Act], Answer | None]:
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


def reply(context: Context, work: IssueRouting, issue: Issue, project: Project, text: str) -> Answer:
    part, officer = work.part_of(issue, context.must_sender), work.notices.desk_of(issue, project)
    if part and not work.is_offered(issue, context.must_sender):
        told = work.reply_part(issue, project, part, context.must_sender, text)
        return words(routing_texts.part_answered(issue, officer.name)).and_tell(*told)
    told = work.reply(issue, project, context.must_sender, text)
    if context.standing_towards(project).may(Action.RELEASE_ANSWER):
        return words(texts.own_answer(issue)).and_tell(*told)
    return words(texts.answer_received(issue, officer.name)).and_tell(*told)


def transfer(context: Context, work: IssueRouting, issue: Issue, project: Project, text: str) -> Answer:
    name, _, reason = text.strip().partition(" ")
    department = context.site.department_called(name.strip("，,：:"))
    if department is None:
        raise NotFound("department", name)
    by = context.must_sender
    if work.part_of(issue, by) and not work.is_offered(issue, by):
        raise InvalidAnswer(f"您是协办部门，不属本部门的请发送“不属本部门 {issue.no} 原因”，由服务专员处理。")
    if issue.department == department.key and issue.representative_id == by.id:
        raise InvalidAnswer(f"问题{issue.no}已经在{department.name}，请写要转到的其他部门。")
    before = work.given_back(issue, department.key)
    if before and reason and work.sorts(issue, project, by):
        return _ask_again(context, issue, department, before, reason.strip())
    return _passed_on(context, work, issue, project, (department, reason.strip()))


def _passed_on(
    context: Context, work: IssueRouting, issue: Issue, project: Project, to: tuple[Department, str]
) -> Answer:
    department, reason = to
    told = work.transfer(issue, project, department.key, reason, context.must_sender)
    if issue.status is IssueStatus.TRIAGE:
        officer = work.notices.desk_of(issue, project)
        return words(routing_texts.not_twice(issue, officer.name)).and_tell(*told)
    stays = context.tx.people.get(issue.representative_id or 0).name if issue.offered_department else ""
    return words(routing_texts.passed_on(issue, department.name, stays)).and_tell(*told)


def _ask_again(context: Context, issue: Issue, department: Department, before: Turn, reason: str) -> Answer:
    """A department that gave it back gets it again only when the officer says so twice."""
    who = context.tx.people.get(before.person_id).name if before.person_id else ""
    answers = {"issue": issue.no, "department": department.key, "reason": reason}
    person_id = context.must_sender.id
    context.tx.dialogs.save(
        OpenDialog(person_id, issue.project_id, "assign_again", "confirm", answers, context.now)
    )
    return words(routing_texts.ask_again(issue, department.short, before, who, context.calendar.zone))


def _confirmed(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if number(context) != 1 and act.intent is not Intent.CONFIRM:
        end(context, dialog)
        return words("好的，没有改派。") if act.intent in (Intent.CANCEL, Intent.DENY) else None
    work = work_of(context)
    issue, project = work.locked(int(dialog.answers["issue"]))
    must_hold(context, issue, project, Action.RELEASE_ANSWER)
    department = context.site.departments[dialog.answers["department"]]
    answer = _passed_on(context, work, issue, project, (department, dialog.answers["reason"]))
    end(context, dialog)
    return answer


def not_ours(context: Context, work: IssueRouting, issue: Issue, project: Project, text: str) -> Answer:
    by, officer = context.must_sender, work.notices.desk_of(issue, project)
    part = work.part_of(issue, by)
    if part and not work.is_offered(issue, by):
        told = work.part_not_ours(issue, project, part, by, text)
        return words(f"问题{issue.no}的协办及原因已交服务专员{officer.name}。").and_tell(*told)
    told = work.not_ours(issue, project, text, by)
    return words(f"问题{issue.no}及原因已交服务专员{officer.name}重新分派。").and_tell(*told)


def return_draft(context: Context, work: IssueRouting, issue: Issue, project: Project, text: str) -> Answer:
    told = work.return_draft(issue, project, text, context.must_sender)
    return words(f"问题{issue.no}的答复已退回，原因已转告答复人。").and_tell(*told)


DIALOGS = (
    Dialog("reply", LIVES, taking(reply, Action.HANDLE_ISSUE)),
    Dialog("transfer", LIVES, taking(transfer, Action.HANDLE_ISSUE)),
    Dialog("not_ours", LIVES, taking(not_ours, Action.HANDLE_ISSUE)),
    Dialog("assign_again", LIVES, _confirmed),
    Dialog("return", LIVES, taking(return_draft, Action.RELEASE_ANSWER)),
)
QUESTIONS: dict[str, Callable[[Issue], str]] = {
    "reply": texts.ask_answer,
    "transfer": texts.ask_transfer,
    "not_ours": texts.ask_reason_not_ours,
    "return": texts.ask_reason_return,
}
