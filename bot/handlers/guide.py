"""How an item works in general: limits, order, result – from the catalogue, with source and caveat; whom to ask."""

from __future__ import annotations

from bot.context import Answer, Context, Handler, words
from bot.texts import guide as texts
from bot.understanding.acts import Act, Intent
from domain.people import Action, Role
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


HANDLER = Handler(frozenset({Intent.GUIDE}), show)
CONTACT = Handler(frozenset({Intent.CONTACT}), contact)
