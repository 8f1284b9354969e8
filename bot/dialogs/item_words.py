"""Words that belong to a button about an item or a material: asked for by the app, the next text is them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end
from bot.moves import items, reviewing, which
from bot.moves.work import CaseWork, case_work
from bot.texts import items as item_texts
from bot.texts import materials as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.items import ItemState
from domain.people import Action
from storage.dialogs import OpenDialog

LIVES = timedelta(minutes=30)
Finish = Callable[[Context, CaseWork, OpenDialog, Act], Answer]


def ask(context: Context, project_id: int, kind: str, target: int, number: int = 0) -> None:
    """Not while another dialog of this project is open: there the next text means something else."""
    sender = context.must_sender
    waiting = context.tx.dialogs.open_for(sender.id, project_id, context.now - LIVES)
    if waiting and waiting.kind not in {*KINDS, "choose"}:
        raise InvalidAnswer(texts.ANOTHER_TALK)
    answers = {"target": target, "number": number}
    context.tx.dialogs.save(OpenDialog(sender.id, project_id, kind, "words", answers, context.now))


def _taking(finish: Finish) -> Callable[[Context, OpenDialog, Act], Answer | None]:
    def take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
        order = any(rule.startswith("command:") for rule in act.evidence)
        if context.message.in_group or order or act.intent in _OTHER:
            return None
        if "receipt" in act.evidence:
            raise InvalidAnswer("请直接写明内容，或发送“取消”放弃。")
        if act.intent is Intent.CANCEL:
            end(context, dialog)
            return words("好的，已放弃。")
        answer = finish(context, case_work(context), dialog, act)
        end(context, dialog)
        return answer

    return take


_OTHER = frozenset({Intent.TODO, Intent.HELP, Intent.GREET, Intent.THANKS})


def _give_back(context: Context, work: CaseWork, dialog: OpenDialog, act: Act) -> Answer:  # noqa: ARG001
    material = work.tx.materials.get(int(dialog.answers["target"]), lock=True)
    if material is None:
        raise NotFound("item")
    running = must_act(context, work, material.case_item_id, Action.REVIEW_MATERIAL)
    reviewing.must_be_seen(work, material, int(dialog.answers["number"]))
    told = reviewing.give_back(work, running, material, context.message.text.strip())
    return words(texts.given_back(material.name), recent=running.recent).and_tell(*told)


def _state(state: ItemState) -> Finish:
    def finish(context: Context, work: CaseWork, dialog: OpenDialog, act: Act) -> Answer:  # noqa: ARG001
        running = must_act(context, work, int(dialog.answers["target"]), Action.UPDATE_ITEM)
        text = context.message.text.strip()
        moved, told = items.record(work, running, state, context.today, text)
        minutes = context.site.progress.undo_minutes
        said = item_texts.recorded(moved.view(work), moved.project, context.today, minutes)
        return words(said, recent=moved.recent).and_tell(*told)

    return finish


def must_act(context: Context, work: CaseWork, case_item_id: int, action: Action) -> which.Running:
    """By its id, as a card or an open question carries it."""
    running = which.by_id(work, case_item_id)
    sender = context.must_sender
    if not which.may(work, sender, running, action):
        if not context.standing_towards(running.project).may(Action.ASK):
            raise NotFound("item")
        context.project = running.project
        context.forget_project()
        raise NotAllowed(action, context.whom_to_ask)
    context.project = running.project
    context.forget_project()
    return running


DIALOGS = (
    Dialog("mat_back", LIVES, _taking(_give_back)),
    Dialog("item_correction", LIVES, _taking(_state(ItemState.CORRECTION))),
    Dialog("item_completed", LIVES, _taking(_state(ItemState.COMPLETED))),
)
KINDS = frozenset(dialog.kind for dialog in DIALOGS)
