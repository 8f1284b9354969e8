"""Where results are to be posted: asked in single chats only, kept in the mail form and nowhere else."""

from __future__ import annotations

from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end, go_on, number
from bot.moves import delivering
from bot.moves.work import case_work
from bot.texts import deliveries as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer
from domain.people import Action
from storage.dialogs import OpenDialog, Recent

KIND = "mail_address"
SHORTEST, LONGEST = 6, 120


def start(context: Context) -> Answer:
    context.must_be_allowed(Action.ASK_CASE)
    if context.message.in_group:
        return words(texts.not_in_the_group())
    project = context.must_project
    delivering.case_for(case_work(context), project)
    address = _registered(context)
    dialog = OpenDialog(context.must_sender.id, project.id, KIND, "choose", {}, context.now)
    go_on(context, dialog, "choose" if address else "address")
    return words(texts.ask_address(address, context.must_sender.name), recent=Recent(project.id))


def _registered(context: Context) -> str:
    return context.tx.projects.enterprise(context.must_project.enterprise_id).address


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if context.message.in_group:
        return None
    picked = number(context)
    if act.intent is Intent.CANCEL or (dialog.step == "choose" and picked == 3):
        end(context, dialog)
        return words("好的，没有登记邮寄。")
    if dialog.step == "address":
        return _given(context, dialog)
    if picked == 1:
        return _noted(context, dialog, _registered(context))
    if picked == 2:
        go_on(context, dialog, "address")
        return words(texts.ask_address("", context.must_sender.name))
    if picked is not None:
        raise InvalidAnswer("请回复 1、2 或 3。")
    return None


def _given(context: Context, dialog: OpenDialog) -> Answer:
    text = context.message.text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise InvalidAnswer(f"请写明完整的收件地址，{SHORTEST}到{LONGEST}字。发送“取消”可放弃。")
    return _noted(context, dialog, text)


def _noted(context: Context, dialog: OpenDialog, address: str) -> Answer:
    context.must_be_allowed(Action.ASK_CASE)
    work, project = case_work(context), context.must_project
    case = delivering.case_for(work, project)
    form, told = delivering.wish(work, project, case, address)
    end(context, dialog)
    officer = context.tx.people.get(project.officer_id)
    left = delivering.to_deliver(work, case)
    return words(texts.wish_noted(form.no, officer.name, left), recent=Recent(project.id)).and_tell(*told)


DIALOG = Dialog(KIND, timedelta(minutes=30), _take)
