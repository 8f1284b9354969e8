"""Proposing 中止 or 终止: what is missing is asked for, one thing per turn; what the enterprise wishes is confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end, go_on, number
from bot.moves import suspending
from bot.moves.work import case_work
from bot.texts import suspension as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer
from domain.people import Action
from domain.suspension import DISCREET, KIND_NAMES, Reason, SuspensionKind
from storage.dialogs import OpenDialog, Recent

KIND = "suspension"
LONGEST, SHORTEST = 300, 4
LONGEST_QUESTION = 6  # “进度” in between; a whole sentence is the answer that was asked for
_CODE = re.compile(r"^[Ss](?P<digit>[1-59])(?P<letter>[a-cA-C])?(?![0-9])[\s:：,，。]*")


def propose(context: Context, kind: SuspensionKind, text: str) -> Answer:
    """By the service officer, from what was typed behind the command."""
    context.must_be_allowed(Action.MANAGE_CASE)
    suspending.case_for(case_work(context), context.must_project, kind)
    dialog = _dialog(context, "reason", kind)
    found = _CODE.match(text)
    reason = _reason(found) if found else None
    explanation = text[found.end() :].strip() if found else text
    if reason is None:
        go_on(context, dialog, "reason", explanation=explanation)
        return words(texts.ask_reason(KIND_NAMES[kind]))
    return _with_reason(context, dialog, kind, reason, explanation)


def wish(context: Context, kind: SuspensionKind, text: str) -> Answer:
    """By the enterprise: confirmed before it is passed on (labels: confirm)."""
    context.must_be_allowed(Action.ASK_CASE)
    suspending.case_for(case_work(context), context.must_project, kind)
    dialog = _dialog(context, "wish", kind)
    if len(text) < SHORTEST:
        go_on(context, dialog, "wish")
        return words(texts.ask_wish(KIND_NAMES[kind]))
    return _ask_to_confirm(context, dialog, kind, text)


def _dialog(context: Context, step: str, kind: SuspensionKind) -> OpenDialog:
    answers = {"kind": kind.value, "explanation": ""}
    return OpenDialog(context.must_sender.id, context.must_project.id, KIND, step, answers, context.now)


def _reason(found: re.Match[str]) -> Reason | None:
    code = f"S{found['digit']}{(found['letter'] or '').lower()}"
    return Reason(code) if code in set(Reason) else None


def _with_reason(
    context: Context, dialog: OpenDialog, kind: SuspensionKind, reason: Reason, explanation: str
) -> Answer:
    _must_be_usable(context, reason)
    if len(explanation) < SHORTEST:
        go_on(context, dialog, "explanation", reason=reason.value)
        return words(texts.ask_explanation(KIND_NAMES[kind], reason))
    return _finish(context, dialog, kind, reason, explanation)


def _must_be_usable(context: Context, reason: Reason) -> None:
    if reason in DISCREET and context.message.in_group:
        raise InvalidAnswer(texts.not_in_the_group())
    work, project = case_work(context), context.must_project
    found = suspending.evidence(work, work.case_of(project)) if reason is Reason.NOT_HANDED_IN else []
    if reason is Reason.NOT_HANDED_IN and len(found) < context.site.completion.reminders_needed:
        raise InvalidAnswer(texts.no_evidence(project.code))


def _finish(
    context: Context, dialog: OpenDialog, kind: SuspensionKind, reason: Reason, explanation: str
) -> Answer:
    if len(explanation) > LONGEST:
        raise InvalidAnswer(f"说明请控制在{LONGEST}字以内（现在{len(explanation)}字）。")
    if reason is Reason.FEE_UNPAID and not re.search(r"费|金|税|款", explanation):
        raise InvalidAnswer(texts.ask_explanation(KIND_NAMES[kind], reason))
    work, project = case_work(context), context.must_project
    case = suspending.case_for(work, project, kind)
    one, told = suspending.propose(work, project, case, kind, reason, explanation)
    end(context, dialog)
    names = [person.name for person in suspending.enterprise(work, project)]
    return words(texts.proposed(project, one, names), recent=Recent(project.id)).and_tell(*told)


def _ask_to_confirm(context: Context, dialog: OpenDialog, kind: SuspensionKind, text: str) -> Answer:
    if len(text) > LONGEST:
        raise InvalidAnswer(f"原因请控制在{LONGEST}字以内（现在{len(text)}字）。")
    go_on(context, dialog, "confirm", explanation=text)
    return words(
        texts.confirm_wish(context.must_project, kind, KIND_NAMES[kind], text),
        recent=Recent(context.must_project.id),
    )


# ---------------------------------------------------------------- the next message


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if act.intent is Intent.CANCEL:
        end(context, dialog)
        return words("好的，已放弃，什么都没有改变。")
    asks = act.intent is Intent.PROGRESS and len(context.message.text) <= LONGEST_QUESTION
    if asks or act.intent in {Intent.HELP, Intent.TODO, Intent.GREET}:
        return None
    return _STEPS[dialog.step](context, dialog, act)


def _at_reason(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:  # noqa: ARG001
    picked = number(context)
    found = _CODE.match(context.message.text.strip())
    reason = _reason(found) if found else None
    if picked is not None and 1 <= picked <= len(texts.OFFERED):
        reason = texts.OFFERED[picked - 1]
    if reason is None:
        raise InvalidAnswer(f"请回复 1 到 {len(texts.OFFERED)} 之间的数字。发送“取消”可放弃。")
    return _with_reason(context, dialog, _kind(dialog), reason, dialog.answers["explanation"])


def _at_explanation(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:  # noqa: ARG001
    text = context.message.text.strip()
    reason = Reason(dialog.answers["reason"])
    if len(text) < SHORTEST:
        raise InvalidAnswer(texts.ask_explanation(KIND_NAMES[_kind(dialog)], reason))
    return _finish(context, dialog, _kind(dialog), reason, text)


def _at_wish(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:  # noqa: ARG001
    text = context.message.text.strip()
    if len(text) < SHORTEST:
        raise InvalidAnswer(texts.ask_wish(KIND_NAMES[_kind(dialog)]))
    return _ask_to_confirm(context, dialog, _kind(dialog), text)


def _at_confirm(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    picked, kind = number(context), _kind(dialog)
    if picked == 2 or (picked is None and act.intent is Intent.DENY):
        end(context, dialog)
        return words("好的，没有提交，服务照常继续。")
    if picked != 1 and not (picked is None and act.intent is Intent.CONFIRM):
        if picked is not None:
            raise InvalidAnswer("请回复 1 提交，2 取消。")
        return None
    context.must_be_allowed(Action.ASK_CASE)
    work, project = case_work(context), context.must_project
    case = suspending.case_for(work, project, kind)
    _, told = suspending.wish(work, project, case, kind, dialog.answers["explanation"])
    end(context, dialog)
    officer = context.tx.people.get(project.officer_id)
    said = texts.wished(KIND_NAMES[kind], officer.name, project.code)
    return words(said, recent=Recent(project.id)).and_tell(*told)


def _kind(dialog: OpenDialog) -> SuspensionKind:
    return SuspensionKind(dialog.answers["kind"])


_STEPS: Mapping[str, Callable[[Context, OpenDialog, Act], Answer | None]] = {
    "reason": _at_reason,
    "explanation": _at_explanation,
    "wish": _at_wish,
    "confirm": _at_confirm,
}
DIALOG = Dialog(KIND, timedelta(days=1), _take)
