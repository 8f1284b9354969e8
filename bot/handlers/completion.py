"""办结, 移交, 邮寄, 签收, 签字确认: from the last result to the signed slip."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.context import Answer, Context, Handler, words
from bot.moves import completing, delivering, signing
from bot.moves.after_signing import AFTER
from bot.moves.naming import as_typed, project_called, project_meant
from bot.moves.work import case_work
from bot.texts import completion as texts
from bot.texts import forms as form_texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer
from domain.filled_forms import FormState
from domain.people import Action, Role
from domain.project import Project
from storage.dialogs import Recent

Arguments = dict[str, str]


def complete(context: Context, arguments: Arguments) -> Answer:
    """What is not finished is named, and the officer says how it goes on."""
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    why = re.sub(r"^未完成[\s:：,，]*", "", as_typed(context, arguments["rest"])).strip()
    work = case_work(context)
    case = work.case_of(project)
    told = completing.complete(work, project, case, why)
    form = work.tx.forms.newest(case.id, "F6")
    if form and form.missing and form.state is FormState.ISSUED:
        names = [p.name for role in form.missing for p in work.signatories(project, role)]
        return _words(project, texts.slip_issued(form, names)).and_tell(*told)
    left = delivering.to_deliver(work, case)
    return _words(project, texts.handover(project, left)).and_tell(*told)


def sign_off(context: Context, arguments: Arguments) -> Answer:
    return _sign_off(context, project_meant(context, arguments["code"]))


def sign_off_said(context: Context, act: Act) -> Answer:  # noqa: ARG001
    context.must_be_allowed(Action.ASK)
    return _sign_off(context, context.must_project)


def _sign_off(context: Context, project: Project) -> Answer:
    """The signatory's own confirmation; anybody else is told who must sign."""
    context.must_be_allowed(Action.ASK)
    work = case_work(context)
    form = completing.slip_to_sign(work, project)
    role = signing.must_sign(work, form, project, context.must_sender)
    signature = signing.by_hand(work, role, context.must_sender)
    signed, told = signing.sign(work, form, project, signature, AFTER)
    waiting = [person.name for one in signed.missing for person in work.signatories(project, one)]
    title = context.site.forms[form.form].title
    return _words(project, form_texts.signed_answer(title, form.no, waiting, alone=False)).and_tell(*told)


def send_back(context: Context, arguments: Arguments) -> Answer:
    """By the signatory, with a reason."""
    project = project_called(context, arguments["code"], Action.ASK_CASE)
    work = case_work(context)
    signatories = work.signatories(project, Role.ENTERPRISE_SIGNATORY)
    if context.must_sender not in signatories:
        names = "、".join(person.name for person in signatories)
        raise InvalidAnswer(f"退回办结由项目单位代表人{names}提出，请由本人操作。")
    why = as_typed(context, arguments["rest"])
    if len(why) < 4:
        raise InvalidAnswer(f"请写明退回的原因，例如：退回办结 {project.code} 少一份工规证原件。")
    told = completing.send_back(work, project, work.case_of(project), why)
    officer = context.tx.people.get(project.officer_id)
    return _words(project, texts.sent_back_answer(officer.name)).and_tell(*told)


def _words(project: Project, text: str) -> Answer:
    return words(text, recent=Recent(project.id))


HANDLERS: Sequence[Handler] = (Handler(frozenset({Intent.SIGN_OFF}), sign_off_said),)
COMMANDS = {"complete": complete, "sign_off": sign_off, "return_slip": send_back}
