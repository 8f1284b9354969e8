"""Officers and representatives about materials: passed, returned, deferred, told once what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.cards import material_cards
from bot.context import Answer, CardAction, Context, Handler, words
from bot.dialogs import item_words
from bot.moves import carding, deferring, demands, items, notifying, reviewing, which
from bot.moves.naming import number_of
from bot.moves.which import Running
from bot.moves.work import CaseWork, case_work
from bot.platform import CardClick, UpdateCard
from bot.texts import deferrals
from bot.texts import demands as demand_texts
from bot.texts import items as item_texts
from bot.texts import materials as texts
from bot.understanding.acts import Act, Intent
from domain.errors import IllegalMove, InvalidAnswer, NotFound
from domain.items import NEXT, ItemState
from domain.materials import Material
from domain.people import Action
from storage.defects import OFF_LIST, OPEN

ALL = frozenset({"全部", "所有", "都通过"})
_DUE = re.compile(
    r"[,，;；。\s]*(?:请)?(?:于)?(?:在)?\S{0,12}?[日号天]\s*(?:之?前|内)(?:补齐|提交|补交)?[。\s]*$"
)
_VERDICT = re.compile(r"^\s*#?(?P<no>\d{1,6})?\s*(?P<verdict>属实|有依据)?[\s:：,，]*(?P<rest>.*)$", re.S)


def review(context: Context, act: Act) -> Answer:
    return _REVIEWS.get(act.focus, _unclear)(context, act)


def _unclear(context: Context, act: Act) -> Answer:  # noqa: ARG001
    raise InvalidAnswer(texts.HOW_TO_REVIEW)


def _material(context: Context, act: Act) -> tuple[CaseWork, Running, Material, str]:
    work = case_work(context)
    running = which.item(context, work, act, Action.REVIEW_MATERIAL)
    if not act.rest and "material" not in act.slots:
        raise InvalidAnswer(texts.HOW_TO_REVIEW)
    found, rest = which.chosen_material(work, running, act)
    return work, running, found, rest


def _approve(context: Context, act: Act) -> Answer:
    if act.rest in ALL:
        work = case_work(context)
        running = which.item(context, work, act, Action.REVIEW_MATERIAL)
        accepted, told = reviewing.accept_all(work, running)
        return _said(running, texts.passed([one.name for one in accepted])).and_tell(*told)
    work, running, found, _ = _material(context, act)
    told = reviewing.accept(work, running, found)
    return _said(running, texts.passed([found.name])).and_tell(*told)


def _give_back(context: Context, act: Act) -> Answer:
    work, running, found, rest = _material(context, act)
    told = reviewing.give_back(work, running, found, rest)
    return _said(running, texts.given_back(found.name)).and_tell(*told)


def _grant(context: Context, act: Act) -> Answer:
    work, running, found, _ = _material(context, act)
    told = deferring.grant(work, running, found, context.must_sender)
    return _said(running, deferrals.answered(found.name, yes=True)).and_tell(*told)


def _deny(context: Context, act: Act) -> Answer:
    work, running, found, rest = _material(context, act)
    told = deferring.deny(work, running, found, context.must_sender, rest)
    return _said(running, deferrals.answered(found.name, yes=False)).and_tell(*told)


def _defect(context: Context, act: Act) -> Answer:
    """“清单外 3 属实 说明”: by the project's service officer."""
    match = _VERDICT.match(act.rest)
    if not match or not match["no"] or not match["verdict"] or not match["rest"].strip():
        raise InvalidAnswer(demand_texts.HOW_TO_ANSWER)
    work = case_work(context)
    found = work.tx.defects.get(int(match["no"]))
    running = which.by_id(work, found.case_item_id) if found else None
    elsewhere = context.message.in_group and running and context.project != running.project
    if not found or not running or elsewhere or not context.standing_towards(running.project).roles:
        raise InvalidAnswer(demand_texts.no_such(match["no"]))
    context.project = running.project
    context.forget_project()
    context.must_be_allowed(Action.MANAGE_CASE)
    if found.state != OPEN:
        raise InvalidAnswer(demand_texts.answered_before(found.id))
    told = demands.answer(work, running, found, match["verdict"], match["rest"].strip())
    return _said(running, demand_texts.answered(found.id, match["verdict"])).and_tell(*told)


_REVIEWS: dict[str, Callable[[Context, Act], Answer]] = {
    "approve": _approve,
    "give_back": _give_back,
    "grant": _grant,
    "deny": _deny,
    "defect": _defect,
}


# ---------------------------------------------------------------- asked for


def request(context: Context, act: Act) -> Answer:
    if act.focus == "off_list":
        return _off_list(context, act)
    if act.focus == "notice":
        return _notice(context, act)
    raise InvalidAnswer(texts.HOW_TO_TELL_ONCE)


def _off_list(context: Context, act: Act) -> Answer:
    """Said by the enterprise: kept, and told to officer and supervisors only (R086)."""
    if not act.rest or not (act.item or act.readings or context.recent.item_id):
        raise InvalidAnswer(demand_texts.ask_item())
    work = case_work(context)
    running = which.item(context, work, act, Action.REPORT_DEMAND)
    told = demands.note(work, running, OFF_LIST, act.rest)
    no = demands.newest(work, running).id
    officer = context.tx.people.get(running.project.officer_id)
    return _said(running, demand_texts.reported(no, officer.name)).and_tell(*told)


def _notice(context: Context, act: Act) -> Answer:
    """一次性告知 (R083): everything that is missing, once, with a date."""
    work = case_work(context)
    running = which.item(context, work, act, Action.REVIEW_MATERIAL)
    wanted = _opinions(act.rest)
    if not wanted:
        raise InvalidAnswer(texts.HOW_TO_TELL_ONCE)
    due = date.fromisoformat(act.slots["due"]) if "due" in act.slots else None
    if due is not None and due <= context.today:
        raise InvalidAnswer(texts.NOTICE_DAY)
    if ItemState.CORRECTION not in NEXT[running.item.state]:
        raise IllegalMove("item", running.item.state, ItemState.CORRECTION)
    again = bool(items.notices_of_run(work, running))
    listed = which.materials_of(work, running)
    opinions = tuple(_opinion(one, listed) for one in wanted)
    outside = notifying.outside(opinions, listed)
    told = notifying.tell_once(work, running, opinions, listed, due)
    text = texts.told_once(running.entry.spoken, len(wanted), outside, again=again)
    return _said(running, text).and_tell(*told)


def _opinions(rest: str) -> list[str]:
    """The numbered points, without the date at the end."""
    without = _DUE.sub("", rest)
    points = re.split(r"(?:^|[\s;；,，。])\s*\d{1,2}\s*[.、．)）]\s*(?!\d)|\n+|[;；]", without)
    return [one.strip(" ,，。;；") for one in points if one.strip(" ,，。;；")]


def _opinion(point: str, listed: Sequence[Material]) -> tuple[str, str]:
    """Which material, and what about it; one that is written on without a gap is known by its first characters."""
    head, *behind = re.split(r"[\s:：,，]", point, maxsplit=1)
    found, near = which.fitting(head, listed), which.begun_with(point, listed)
    if len(found) != 1 and len(near) == 1:
        return near[0].name, point
    return (found[0].name if len(found) == 1 else head), "".join(behind).strip() or "请补交"


REVIEW = Handler(frozenset({Intent.REVIEW_MATERIAL}), review)
REQUEST = Handler(frozenset({Intent.REQUEST_MATERIAL}), request)
HANDLERS = (REVIEW, REQUEST)


# ---------------------------------------------------------------- cards


def click_ok(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, running, found = _clicked(context, click, arguments)
    told = reviewing.accept(work, running, found, but=click.task_id)
    line = f"{context.must_sender.name}已通过"
    return Answer(
        carding.settled(found.name, running.project.name, click.task_id, line),
        tuple(told),
        recent=running.recent,
    )


def click_back(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, running, found = _clicked(context, click, arguments)
    item_words.ask(context, running.project.id, "mat_back", found.id, number_of(arguments, 1))
    question = texts.ask_reason(found.name)
    row = work.notices.ask_words(context.must_sender, question, f"ask:material:{found.id}")
    return Answer(None, (row,), recent=running.recent)


def _clicked(
    context: Context, click: CardClick, arguments: Sequence[str]
) -> tuple[CaseWork, Running, Material]:
    carding.note_click(context, click)
    work = case_work(context)
    found = work.tx.materials.get(number_of(arguments, 0), lock=True)
    if found is None:
        raise NotFound("item")
    running = item_words.must_act(context, work, found.case_item_id, Action.REVIEW_MATERIAL)
    reviewing.must_be_seen(work, found, number_of(arguments, 1))
    return work, running, found


def click_go(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    """已收件, 已受理: at once; the card stays for what comes next."""
    carding.note_click(context, click)
    work = case_work(context)
    running = item_words.must_act(context, work, number_of(arguments, 0), Action.UPDATE_ITEM)
    state = {"received": ItemState.RECEIVED, "accepted": ItemState.ACCEPTED}.get("".join(arguments[1:2]))
    if state is None:
        raise NotFound("item")
    moved, told = items.record(work, running, state, context.today, "")
    minutes = context.site.progress.undo_minutes
    text = item_texts.recorded(moved.view(work), moved.project, context.today, minutes)
    said = work.tell(context.must_sender, text, moved.subject, urgent=True)
    return Answer(_still_open(context, moved, click), (*told, said), recent=moved.recent)


def _still_open(context: Context, running: Running, click: CardClick) -> UpdateCard:
    card = material_cards.to_follow(
        running.item.id, running.entry, running.project, context.must_sender.name, "见附件", click.task_id
    )
    title = item_texts.state_title(running.entry.spoken, running.item.state)
    left = card.buttons[1:] if running.item.state is ItemState.RECEIVED else card.buttons[2:]
    return UpdateCard(replace(card, title=title, fields=(), buttons=left), title)


def click_ask(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    carding.note_click(context, click)
    work = case_work(context)
    running = item_words.must_act(context, work, number_of(arguments, 0), Action.UPDATE_ITEM)
    kind = f"item_{''.join(arguments[1:2])}"
    if kind not in item_words.KINDS:
        raise NotFound("item")
    item_words.ask(context, running.project.id, kind, running.item.id)
    question = item_texts.ask_words(running.entry.spoken, kind)
    row = work.notices.ask_words(context.must_sender, question, f"ask:{running.subject}")
    return Answer(None, (row,), recent=running.recent)


def _said(running: Running, text: str) -> Answer:
    return words(text, recent=running.recent)


CARDS = (
    CardAction("mat.ok", click_ok),
    CardAction("mat.back", click_back),
    CardAction("item.go", click_go),
    CardAction("item.ask", click_ask),
)
