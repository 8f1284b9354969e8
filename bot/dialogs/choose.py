"""One question back, answered by a number: which of these did you mean?"""

from __future__ import annotations

from datetime import timedelta

from bot.context import Answer, Context
from bot.dialogs.dialog import Dialog, end, number
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, Unclear
from storage.dialogs import OpenDialog

KIND = "choose"


def ask(context: Context, act: Act, unclear: Unclear) -> bool:
    """Remember the question, so that "1" is understood. Not while another dialog is open: there a number means
    something else, so the question is to be answered by name (False)."""
    if context.sender is None or not unclear.choices:
        return False
    project_id = context.project.id if context.project else 0
    since = context.now - timedelta(days=7)
    waiting = context.tx.dialogs.open_for(context.sender.id, project_id, since)
    if waiting and waiting.kind != KIND:
        return False
    answers = {
        "slot": unclear.slot,
        "values": [value for value, _ in unclear.choices],
        "intent": act.intent.value,
        "slots": dict(act.slots),
        "rest": act.rest,
        "focus": act.focus,
    }
    context.tx.dialogs.save(OpenDialog(context.sender.id, project_id, KIND, "which", answers, context.now))
    return True


def chosen(context: Context, dialog: OpenDialog) -> Act | None:
    """The act with the gap filled, when the message is one of the numbers."""
    picked = number(context)
    if picked is None:
        return None
    values = dialog.answers["values"]
    if not 1 <= picked <= len(values):
        raise InvalidAnswer(f"请回复 1 到 {len(values)} 之间的数字，或直接写名称。")
    end(context, dialog)
    slots = {**dialog.answers["slots"], dialog.answers["slot"]: values[picked - 1]}
    return Act(
        Intent(dialog.answers["intent"]), slots, 1.0, dialog.answers["rest"], focus=dialog.answers["focus"],
        evidence=("chosen by number",),
    )  # fmt: skip


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:  # noqa: ARG001
    """Anything but a number is a new message; the question is forgotten. Numbers are taken by the router."""
    end(context, dialog)
    return None


DIALOG = Dialog(KIND, timedelta(minutes=30), _take)
