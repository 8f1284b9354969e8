"""One approval item: its clock, its materials, and the update by whoever handles it."""

from __future__ import annotations

from datetime import timedelta

from bot.context import Answer, words
from bot.dialogs import item_words
from bot.handlers import items as handler
from bot.handlers import replies
from bot.moves import reviewing, which
from bot.moves.which import Running
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.pages.words import MATERIALS
from bot.texts import items as texts
from bot.texts.phrases import STATES, used_and_left
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotFound
from domain.items import ENDED, NEXT, ItemState
from domain.materials import Material
from domain.people import ALLOWED, Action
from storage.dialogs import Recent


def seen(visit: Visit, case_item_id: int) -> Running:
    """For everybody of the project, and for departments that join it."""
    running = which.by_id(visit.work, case_item_id, lock=False)
    standing = visit.context.standing_towards(running.project)
    joins = which.may(visit.work, visit.person, running, Action.UPDATE_ITEM)
    if not standing.may(Action.ASK) and not joins:
        raise NotFound("item")
    visit.about(running.project)
    return running


def show(visit: Visit, item_id: int) -> Shown:
    running = seen(visit, item_id)
    view = running.view(visit.work)
    context = visit.context
    may_update = which.may(visit.work, visit.person, running, Action.UPDATE_ITEM)
    may_submit = context.standing.may(Action.MANAGE_CASE)
    submitted = {ItemState.SUBMITTED} if may_submit else set()
    possible = NEXT[running.item.state] - ({ItemState.SUBMITTED} - submitted)
    values = {
        "running": running,
        "view": view,
        "state": STATES[running.item.state],
        "states": STATES,
        "clock": used_and_left(view.clock) if view.clock else "",
        "department": context.site.departments[running.entry.lead].name,
        "joint": [context.site.departments[one].short for one in running.entry.with_departments],
        "events": list(reversed(running.item.events)),
        "materials": _materials(visit, running),
        "notices": visit.tx.materials.notices([running.item.id]).get(running.item.id, []),
        "moves": [(one.value, STATES[one]) for one in ItemState if one in possible] if may_update else [],
        "may_undo": may_update and _recorded_lately(visit, running),
        "may_hand_in": bool(context.standing.roles & ALLOWED[Action.HAND_IN]),
        "may_review": which.may(visit.work, visit.person, running, Action.REVIEW_MATERIAL),
        "waiting": len(reviewing.waiting(visit.work, running)),
        "today": context.today.isoformat(),
        "undo_minutes": context.site.progress.undo_minutes,
    }
    return Shown("item.html", running.entry.spoken, values)


def _materials(visit: Visit, running: Running) -> list[tuple[Material, str, bool]]:
    """In the list's order; what the catalogue lists, where nothing is laid out yet."""
    held = visit.tx.materials.of_items([running.item.id]).get(running.item.id, [])
    listed = held or [Material(0, 0, one.name, one.required, one.form) for one in running.entry.materials]
    over = running.item.state in ENDED and not held  # nobody brings anything any more
    return [(one, "" if over else MATERIALS[one.state], running.entry.is_free(one.name)) for one in listed]


def _recorded_lately(visit: Visit, running: Running) -> bool:
    since = visit.context.now - timedelta(minutes=visit.context.site.progress.undo_minutes)
    last = visit.tx.news.last_of(visit.person.id, since)
    return last is not None and last.case_item_id == running.item.id


# ---------------------------------------------------------------- what the buttons do


def update(visit: Visit, item_id: int) -> Answer:
    context, form, work = visit.context, visit.form, visit.work
    given = form.raw("state")
    if given not in set(ItemState):
        raise InvalidAnswer("请选择办到了哪一步。")
    state = ItemState(given)
    running = item_words.must_act(context, work, item_id, Action.UPDATE_ITEM)
    day, due = form.day("day") or context.today, form.day("due")
    slots = {"due": due.isoformat()} if due else {}
    act = Act(Intent.UPDATE_ITEM, slots, 1.0, form.words("text"))
    moved, told = handler.record(context, work, running, state, day, act)
    text = texts.recorded(moved.view(work), moved.project, day, context.site.progress.undo_minutes)
    return words(text, recent=moved.recent).and_tell(*told)


def undo(visit: Visit, item_id: int) -> Answer:
    """The last thing this person recorded, as by “撤销”."""
    running = item_words.must_act(visit.context, visit.work, item_id, Action.UPDATE_ITEM)
    visit.context.recent = Recent(running.project.id, running.entry.id)
    return replies.undo(visit.context, {})


def lay_out(visit: Visit, item_id: int) -> Answer:
    """The checklist comes into the case: from now on files can be handed in for it."""
    running = item_words.must_act(visit.context, visit.work, item_id, Action.HAND_IN)
    listed = which.materials_of(visit.work, running)
    return words(
        f"{running.entry.spoken}的材料清单已列出，共{len(listed)}份，可逐份提交。", recent=running.recent
    )


def accept_all(visit: Visit, item_id: int) -> Answer:
    running = item_words.must_act(visit.context, visit.work, item_id, Action.REVIEW_MATERIAL)
    accepted, told = reviewing.accept_all(visit.work, running)
    names = "、".join(one.name for one in accepted)
    return words(f"已通过{len(accepted)}份：{names}。", recent=running.recent).and_tell(*told)


PAGE = PageKind(
    "/item/<int:item_id>",
    show,
    {"update": update, "undo": undo, "lay_out": lay_out, "accept_all": accept_all},
)
