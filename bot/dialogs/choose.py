"""One question back, answered by a number or a tap: which of these did you mean?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.cards import choice_cards
from bot.context import Answer, Context
from bot.dialogs.dialog import Dialog, end, number
from bot.platform import Channel, PassiveAnswer, Say, SayAndCard
from bot.texts import refusals
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, Unclear
from storage.dialogs import OpenDialog

KIND = "choose"
LIVES = timedelta(minutes=30)
LONGEST_ID = 9
CHOSEN = "chosen by number"
ASK_ANEW = "这个选择已经答过或已过期，请把要问的再发一次。"


def ask(context: Context, act: Act, unclear: Unclear) -> bool:
    """Remember the question, so that "1" is understood. Not while another dialog is open: there a number means
    something else, so the question is to be answered by name (False)."""
    if context.sender is None or not unclear.choices:
        return False
    project_id = context.project.id if context.project else 0
    waiting = context.tx.dialogs.open_for(context.sender.id, project_id, context.now - timedelta(days=7))
    if waiting and waiting.kind != KIND:
        return False
    answers = {
        "slot": unclear.slot,
        "values": [value for value, _ in unclear.choices],
        "intent": act.intent.value,
        "slots": dict(act.slots),
        "rest": act.rest,
        "focus": act.focus,
        "asked_in": context.inbox_id,
    }
    context.tx.dialogs.save(OpenDialog(context.sender.id, project_id, KIND, "which", answers, context.now))
    return True


def asked(context: Context, act: Act, unclear: Unclear) -> PassiveAnswer:
    """The question with numbers, and beside it a card of the first few where cards are shown (contract §9)."""
    if not ask(context, act, unclear):
        return Say(refusals.by_name(unclear), markdown=True)
    say = Say(refusals.explain(unclear), markdown=True)
    if context.message.channel is not Channel.BOT or not context.group_cards:
        return say
    owner = f"{context.must_sender.id}:{context.project.id if context.project else 0}:{context.inbox_id}"
    return SayAndCard(say, choice_cards.which(unclear, owner))


def chosen(context: Context, dialog: OpenDialog) -> Act | None:
    """The act with the gap filled, when the message is one of the numbers."""
    place = number(context)
    if place is None:
        return None
    values = dialog.answers["values"]
    if not 1 <= place <= len(values):
        raise InvalidAnswer(f"请回复 1 到 {len(values)} 之间的数字，或直接写名称。")
    return _filled(context, dialog, place)


def tapped(context: Context, arguments: Sequence[str]) -> Act:
    """By the one who was asked, while the question stands."""
    person, project, asked_in, place = (*map(number_of, arguments), 0, 0, 0, 0)[:4]
    dialog = context.tx.dialogs.open_for(person, project, context.now - LIVES)
    mine = context.sender is not None and context.sender.id == person
    stands = dialog is not None and dialog.kind == KIND and dialog.answers.get("asked_in") == asked_in
    if dialog is None or not mine or not stands or not 1 <= place <= len(dialog.answers["values"]):
        raise InvalidAnswer(ASK_ANEW)
    if project and context.project is None:
        context.project = context.tx.projects.get(project)
        context.forget_project()
    return _filled(context, dialog, place)


def number_of(argument: str) -> int:
    return int(argument) if argument.isdecimal() and len(argument) <= LONGEST_ID else 0


def _filled(context: Context, dialog: OpenDialog, place: int) -> Act:
    end(context, dialog)
    slots = {**dialog.answers["slots"], dialog.answers["slot"]: dialog.answers["values"][place - 1]}
    return Act(
        Intent(dialog.answers["intent"]), slots, 1.0, dialog.answers["rest"], focus=dialog.answers["focus"],
        evidence=(CHOSEN,),
    )  # fmt: skip


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:  # noqa: ARG001
    """Anything but a number is a new message; the question is forgotten. Numbers are taken by the router."""
    end(context, dialog)
    return None


DIALOG = Dialog(KIND, LIVES, _take)
