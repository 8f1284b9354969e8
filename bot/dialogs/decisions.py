"""Short questions around an application: the reason of a refusal, and whether to withdraw."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end, number
from bot.dialogs.officer_words import work_of
from bot.moves import accepting
from bot.moves.work import case_work
from bot.texts import applications as texts
from bot.texts import issues as issue_texts
from bot.understanding.acts import Act, Intent
from domain.case import Case
from domain.errors import InvalidAnswer
from domain.issues import Issue
from domain.people import Action
from domain.project import Project
from storage.dialogs import OpenDialog

REFUSE, WITHDRAW, TAKE_BACK = "refuse_application", "withdraw_application", "take_back_issue"
_ASIDE = frozenset({Intent.TODO, Intent.HELP, Intent.GREET, Intent.THANKS})


def ask_reason(context: Context, case: Case, project: Project) -> str:
    _open(context, REFUSE, case, project)
    return texts.ask_reason(case.no, context.site)


def ask_withdraw(context: Context, case: Case, project: Project) -> str:
    _open(context, WITHDRAW, case, project)
    return texts.ask_withdraw(case, project)


def ask_take_back(context: Context, issue: Issue, project: Project) -> str:
    answers = {"issue": issue.no}
    context.tx.dialogs.save(
        OpenDialog(context.must_sender.id, project.id, TAKE_BACK, "words", answers, context.now)
    )
    return issue_texts.ask_take_back(issue)


def _open(context: Context, kind: str, case: Case, project: Project) -> None:
    answers = {"case": case.id}
    context.tx.dialogs.save(
        OpenDialog(context.must_sender.id, project.id, kind, "words", answers, context.now)
    )


def reason_of(text: str) -> tuple[int, str]:
    """“2 说明” or “②说明”; (0, …) without a number."""
    found = re.match(r"^\s*([\d①-⑨])[\s.、:：,，．]*(.*)$", text, re.S)
    return (int(unicodedata.normalize("NFKC", found[1])), found[2].strip()) if found else (0, text.strip())


def refuse(context: Context, case: Case, project: Project, text: str) -> Answer:
    context.must_be_allowed(Action.MANAGE_CASE)
    saved, told = accepting.refuse(case_work(context), case, project, *reason_of(text))
    return words(f"{saved.no}已不予受理，告知书已发给项目单位。").and_tell(*told)


def _take_reason(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if context.message.in_group or act.intent in _ASIDE:
        return None
    if act.intent is Intent.CANCEL:
        end(context, dialog)
        return words("好的，已放弃。")
    case, project = case_work(context).locked(int(dialog.answers["case"]))
    answer = refuse(context, case, project, context.message.text)
    end(context, dialog)
    return answer


def _take_withdraw(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    picked = number(context)
    if picked == 2 or act.intent in {Intent.DENY, Intent.CANCEL}:
        end(context, dialog)
        return words("好的，没有撤回，申请继续办理。")
    if picked != 1 and act.intent is not Intent.CONFIRM:
        if picked is not None:
            raise InvalidAnswer("请回复 1 撤回，2 不撤回。")
        return None
    context.must_be_allowed(Action.ASK_CASE)
    work = case_work(context)
    case, project = work.locked(int(dialog.answers["case"]))
    saved, told = accepting.withdraw(work, case, project)
    end(context, dialog)
    return words(f"{saved.no}已撤回。需要时可重新发送“申请代办”。").and_tell(*told)


def _take_back(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    picked = number(context)
    if picked == 2 or act.intent in {Intent.DENY, Intent.CANCEL}:
        end(context, dialog)
        return words("好的，没有撤回，问题继续办理。")
    if picked != 1 and act.intent is not Intent.CONFIRM:
        if picked is not None:
            raise InvalidAnswer("请回复 1 撤回，2 不撤回。")
        return None
    context.must_be_allowed(Action.JUDGE_ANSWER)
    work = work_of(context)
    issue, project = work.locked(int(dialog.answers["issue"]))
    told = work.withdraw(issue, project, context.must_sender)
    end(context, dialog)
    return words(f"问题{issue.no}已撤回，已告诉办理人。需要时可重新发送“反馈问题 情况”。").and_tell(*told)


DIALOGS = (
    Dialog(TAKE_BACK, timedelta(minutes=30), _take_back),
    Dialog(REFUSE, timedelta(minutes=30), _take_reason),
    Dialog(WITHDRAW, timedelta(minutes=30), _take_withdraw),
)
