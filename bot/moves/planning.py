"""The plan of a case: proposed from the project's facts, changed by the service officer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.moves.work import CaseWork
from domain.case import Case
from domain.items import CaseItem
from domain.materials import Material
from domain.plan import PlannedItem, Wanted, propose
from domain.project import Project


def proposed(
    work: CaseWork, project: Project, case: Case, items: Sequence[str] = ()
) -> tuple[PlannedItem, ...]:
    """`items`: what was asked for, of a scope of single items."""
    wanted = Wanted(project.type, project.facts, case.scope, case.stages, tuple(items))
    return propose(work.site.catalogue, wanted)


def adopt(work: CaseWork, case: Case, planned: Sequence[PlannedItem]) -> None:
    """Into the case, behind what it has already, each with its checklist; what is there already stays as it is."""
    known = {item.item_id for item in items_of(work, case)}
    for position, one in enumerate(planned, len(known) + 1):
        if one.item_id not in known:
            _add(work, case, one, position)


def items_of(work: CaseWork, case: Case) -> list[CaseItem]:
    return work.tx.cases.items([case.id]).get(case.id, [])


def _add(work: CaseWork, case: Case, planned: PlannedItem, position: int) -> None:
    case_item = work.tx.cases.add_item(
        case.id, planned.item_id, position, planned=(planned.submit, planned.done)
    )
    entry = work.site.catalogue.items[planned.item_id]
    work.tx.materials.add(
        [Material(0, case_item, spec.name, spec.required, spec.form) for spec in entry.materials]
    )
    work.audit(case.project_id, "item.plan", f"item:{case_item}", {"item": planned.item_id})
