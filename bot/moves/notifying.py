"""一次性告知 (R083): all that is missing at once, by name and with a date; the item waits for its correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.moves import demands, items
from bot.moves.which import Running
from bot.moves.work import CaseWork
from bot.texts import demands as demand_texts
from bot.texts import materials as texts
from domain.items import ItemEvent, ItemState
from domain.ledger import Milestone
from domain.materials import NEXT, Material, MaterialState
from domain.people import Role
from storage.defects import OFF_LIST
from storage.outbox import NewMessage

Opinions = tuple[tuple[str, str], ...]


def outside(opinions: Opinions, listed: Sequence[Material]) -> list[str]:
    known = {one.name for one in listed}
    return [name for name, _ in opinions if name not in known]


def tell_once(
    work: CaseWork, running: Running, opinions: Opinions, listed: Sequence[Material], due: date | None
) -> list[NewMessage]:
    """Named materials of the list go back; other names are kept as outside the list, and as a defect (R086)."""
    note = "；".join(f"{name}：{opinion}" for name, opinion in opinions)
    event = ItemEvent(ItemState.CORRECTION, work.today, work.actor_name, note)
    moved = replace(running, item=running.item.record(event, work.today))
    work.tx.cases.save_item(moved.item, running.item)
    work.audit(running.project.id, "item.notice", running.subject, {"count": len(opinions)})
    for name, opinion in opinions:
        _ask_again(work, running, name, opinion, listed)
    work.log(
        running.project, running.case, f"一次性告知：{running.entry.spoken}", note,
        subject=running.subject, item_id=running.entry.id, milestone=Milestone.CORRECTION,
    )  # fmt: skip
    by = work.actor.id if work.actor else 0
    work.tx.news.add(running.project.id, running.item.id, ItemState.CORRECTION, work.today, by, work.now)
    told = items.give_notice(work, running, opinions, due)
    others = outside(opinions, listed)
    if others:
        told += demands.note(work, running, OFF_LIST, "、".join(others), demand_texts.IN_NOTICE_HEAD)
    return [*told, *_tell(work, running, opinions, due)]


def _ask_again(work: CaseWork, running: Running, name: str, opinion: str, listed: Sequence[Material]) -> None:
    found = next((one for one in listed if one.name == name), None)
    returned, reason = MaterialState.RETURNED, opinion[:255]
    if found is None:
        outside = Material(0, running.item.id, name[:128], True, "", returned, reason, listed=False)
        work.tx.materials.add([outside])
    elif returned in NEXT[found.state]:
        work.tx.materials.save(found.give_back(reason), found.state)
    else:  # not handed in yet, or back already: it is still to be brought
        work.tx.materials.save(replace(found, reason=reason), found.state)


def _tell(work: CaseWork, running: Running, opinions: Opinions, due: date | None) -> list[NewMessage]:
    """The list stands in the group, and goes to the contact at once."""
    department = work.site.departments[running.entry.lead].short
    officer = work.tx.people.get(running.project.officer_id)
    text = texts.notice(running.entry.spoken, department, opinions, due, officer.name)
    contacts = work.signatories(running.project, Role.ENTERPRISE_CONTACT)
    rows = [work.tell(p, f"{running.project.name}\n{text}", running.subject, urgent=True) for p in contacts]
    return [*rows, work.tell_group(running.project, text, running.subject, mention=contacts)]
