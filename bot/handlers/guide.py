"""How an item works in general: limits, order, result – from the catalogue, with source and caveat; whom to ask."""

from __future__ import annotations

from bot.context import Answer, Context, Handler, words
from bot.texts import catalogue_changes as change_texts
from bot.texts import guide as texts
from bot.understanding.acts import Act, Intent
from domain.people import Action, Role
from domain.plan import Wanted, conditions_of
from storage.dialogs import Recent


def show(context: Context, act: Act) -> Answer:
    context.must_be_allowed(Action.ASK)
    entry = context.site.catalogue.items.get(act.item or "")
    if entry is None:
        return words(f"请说明是哪个事项，例如：施工许可要几天。其他政策问题请咨询{context.whom_to_ask}。")
    recent = Recent(context.must_project.id, entry.id)
    return words(texts.entry(entry, context.site, context.must_project.type), recent=recent)


def contact(context: Context, act: Act) -> Answer:
    """Phones are not posted into groups: the name and the department, the number by the service officer."""
    context.must_be_allowed(Action.ASK)
    entry = context.site.catalogue.items.get(act.item or "")
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


def policy(context: Context, act: Act) -> Answer:  # noqa: ARG001
    """Clauses that fit the project, and short entries, each with its source; what is not known is said (R017, R071)."""
    context.must_be_allowed(Action.ASK)
    said = context.message.text
    known = [one for one in context.site.plan.knowledge if any(word in said for word in one.words)]
    rules, project = context.site.plan, context.must_project
    facts = conditions_of(rules, Wanted(project.type, project.facts))
    found = [] if known else [one for one in rules.policies if not one.when or facts.holds(one.when)]
    return words(texts.policies(found, known, context.site, context.whom_to_ask), recent=Recent(project.id))


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
