"""How an item works in general: limits, order, result – from the catalogue, with source and caveat; whom to ask."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Answer, Context, Handler, words
from bot.moves import knowing, which_item
from bot.texts import aspects
from bot.texts import catalogue_changes as change_texts
from bot.texts import guide as texts
from bot.texts import knowledge as knowledge_texts
from bot.texts.phrases import lines
from bot.understanding.acts import Act, Intent
from domain.catalogue import CatalogueItem
from domain.knowledge import Hit
from domain.people import Action, Role
from domain.plan import Wanted, conditions_of
from storage.dialogs import Recent

SHORT = 12  # so short a question leaves something out: it is asked back


def show(context: Context, act: Act) -> Answer:
    """A note with its source where there is one; figures of an item from the catalogue."""
    context.must_be_allowed(Action.ASK)
    item = which_item.the_one(context, act)
    entry = context.site.catalogue.items.get(item or "")
    hit = knowing.look_up(context, act, item)
    aspect = str(act.slots.get("aspect", ""))
    if entry and aspect in aspects.NAMES and not _answers(hit, act):
        return _about(context, act, entry, aspect)
    if entry and not _answers(hit, act):
        text = texts.entry(entry, context.site, context.must_project.type)
        other = knowledge_texts.conflict(hit, context.today) if hit else ""
        return words(lines(text, other), recent=Recent(context.must_project.id, entry.id))
    if hit:
        return knowing.told(context, hit, item)
    if len(knowing.question_of(context, act)) <= SHORT:
        unclear = which_item.must_be_named(context)
        if unclear.choices:
            raise unclear
    return knowing.hand_over(context, act)


def _about(context: Context, act: Act, entry: CatalogueItem, aspect: str) -> Answer:
    """What the catalogue does not say is not said: the officer hears of the question."""
    project = context.must_project
    text = aspects.about(entry, aspect, context.site, project.type)
    if text:
        return words(text, recent=Recent(project.id, entry.id))
    return replace(knowing.hand_over(context, act), recent=Recent(project.id, entry.id))


def _answers(hit: Hit | None, act: Act) -> bool:
    """A note stands before the catalogue's figures only where it is what was asked for."""
    if hit is None or "time_limit" in hit.note.aspects:
        return False
    return hit.said or act.slots.get("aspect") in hit.note.aspects


def contact(context: Context, act: Act) -> Answer:
    """Phones are not posted into groups: the name and the department, the number by the service officer."""
    context.must_be_allowed(Action.ASK)
    named = which_item.the_one(context, act) if not act.slots.get("department") else act.item
    entry = context.site.catalogue.items.get(named or "")
    key = str(act.slots.get("department") or (entry.lead if entry else ""))
    officer = context.tx.people.get(context.must_project.officer_id)
    if key not in context.site.departments:
        return words(texts.officer(officer.name, context.site))
    people = context.tx.people.of_department(key, Role.REPRESENTATIVE)
    return words(texts.contact(key, [p.name for p in people], officer.name, context.site))


def kinds(context: Context, arguments: dict[str, str]) -> Answer:
    """“哪些能马上办” (R111): asked of the catalogue, not of a project."""
    if not context.message.in_group:
        context.must_sender  # noqa: B018 – whoever is not registered is told so first
    said = arguments["kind"]
    kind = next(name for name, words_ in _KINDS.items() if said in words_)
    return words(texts.of_kind(kind, context.site))


def changes(context: Context, arguments: dict[str, str]) -> Answer:  # noqa: ARG001
    """R075: open to everybody who is registered, or writes in a bound group."""
    if not context.message.in_group:
        context.must_sender  # noqa: B018
    found = context.tx.sites.changes(change_texts.MOST)
    return words(change_texts.log(found, context.calendar.zone, context.site.caveat))


def policy(context: Context, act: Act) -> Answer:
    """A note, else clauses that fit the project, each with its source; what is not known is said (R017, R071)."""
    context.must_be_allowed(Action.ASK)
    hit = knowing.look_up(context, act, act.item)
    if hit:
        return knowing.told(context, hit, act.item)
    rules, project = context.site.plan, context.must_project
    facts = conditions_of(rules, Wanted(project.type, project.facts))
    found = [one for one in rules.policies if not one.when or facts.holds(one.when)]
    if not found:
        return knowing.hand_over(context, act)
    return words(texts.policies(found, context.site), recent=Recent(project.id))


# How people call what may be asked of all items at once.
_KINDS = {
    "马上办": ("马上办", "即办", "当天办", "当场办", "马上办好"),
    "网办": ("网办", "网上办", "在线办", "线上办", "网上办理"),
    "就近办": ("就近办",),
    "一次办": ("一次办", "一次办好", "只跑一次", "最多跑一次"),
    "免提交": ("免提交", "免交材料"),
}

POLICY = Handler(frozenset({Intent.POLICY}), policy)
HANDLER = Handler(frozenset({Intent.GUIDE}), show)
CONTACT = Handler(frozenset({Intent.CONTACT}), contact)
