"""The reason why more time is refused: asked for behind a button, as all words of officers are."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end
from bot.dialogs.officer_words import LIVES, not_meant, work_of
from bot.holding import must_grant
from bot.issue_extensions import IssueExtensions
from bot.texts import clocks as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer
from domain.issues import Issue
from domain.project import Project
from storage.dialogs import OpenDialog

KIND = "refuse_extension"
EXAMPLE = "请写明不同意延期的原因，将转告申请人，例如：不同意延期 {no} 材料已齐，请按期答复。"


def ask(context: Context, issue: Issue, project: Project) -> str:
    context.tx.dialogs.save(
        OpenDialog(context.must_sender.id, project.id, KIND, "words", {"issue": issue.no}, context.now)
    )
    return texts.ask_refusal(issue)


def refuse(context: Context, issue: Issue, project: Project, reason: str) -> Answer:
    if len(reason) > 200:
        raise InvalidAnswer(f"不同意的原因请控制在200字以内（现在{len(reason)}字）。")
    told = IssueExtensions(work_of(context)).refuse(issue, project, context.must_sender, reason)
    due = work_of(context).notices.when(issue.answer_by)
    return words(f"已告知申请人：问题{issue.no}不予延期，答复时限仍为{due}前。").and_tell(*told)


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if context.message.in_group or not_meant(act):
        return None
    if "receipt" in act.evidence:
        raise InvalidAnswer("请直接写明原因，或发送“取消”放弃。")
    if act.intent is Intent.CANCEL:
        end(context, dialog)
        return words("好的，已放弃。")
    issue, project = work_of(context).locked(int(dialog.answers["issue"]))
    must_grant(context, issue, project)
    answer = refuse(context, issue, project, context.message.text.strip())
    end(context, dialog)
    return answer


DIALOG = Dialog(KIND, LIVES, _take)
