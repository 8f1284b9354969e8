"""The content of 办结单 (F6) and of the list the departments get (F28), by the keys of forms.yaml."""

from __future__ import annotations

from typing import Any

from bot.moves import delivering
from bot.moves.suspension_paper import heads
from bot.moves.work import CaseWork
from domain.case import SCOPE_NAMES, Case, Scope
from domain.deliveries import MODE_NAMES, Delivery, DeliveryMode, DeliveryState
from domain.items import ItemState
from domain.materials import MaterialState
from domain.project import Project

_IN_HAND = frozenset({MaterialState.RECEIVED, MaterialState.ACCEPTED})


def slip_values(work: CaseWork, project: Project, case: Case, unfinished: str) -> dict[str, Any]:
    officer = work.tx.people.get(project.officer_id)
    gone = [one for one in delivering.outbound(work, case) if one.state is not DeliveryState.RETURNED]
    return {
        **heads(work, project, case),
        "project_code": project.national_code,
        "entrusted": _entrusted(case),
        "officer_name": officer.name,
        "officer_phone": officer.phone,
        "accepted_on": case.accepted_on.isoformat() if case.accepted_on else "",
        "completed_on": work.today.isoformat(),
        "results": _results(work, case),
        "handed_over": delivering.on_paper([thing for one in gone for thing in one.things]),
        "unfinished": unfinished,
        **_way(gone),
    }


def _entrusted(case: Case) -> str:
    stages = f"（{'、'.join(case.stages)}）" if case.scope is Scope.STAGE and case.stages else ""
    return f"{SCOPE_NAMES[case.scope]}{stages}"


def _results(work: CaseWork, case: Case) -> list[dict[str, Any]]:
    catalogue = work.site.catalogue.items
    return [
        {
            "item": catalogue[one.item_id].spoken,
            "document": catalogue[one.item_id].result_document,
            "number": one.result_no,
            "issued_on": one.ended_on.isoformat() if one.ended_on else "",
        }
        for one in work.tx.cases.items([case.id]).get(case.id, [])
        if one.state is ItemState.COMPLETED
    ]


def _way(gone: list[Delivery]) -> dict[str, Any]:
    """Each way that was taken; what a post has besides is of the last one."""
    ways = {one.mode for one in gone} or {DeliveryMode.FACE}
    named = [name for mode, name in MODE_NAMES.items() if mode in ways]
    posts = [one for one in gone if one.mode is DeliveryMode.POST]
    if not posts:
        return {"delivery": named}
    last = posts[-1]
    return {
        "delivery": named,
        "courier": "、".join(dict.fromkeys(one.courier for one in posts)),
        "courier_no": "、".join(one.tracking_no for one in posts),
        "received_by": last.received_by,
        "received_on": last.received_on.isoformat() if last.received_on else "",
    }


def transfer_values(work: CaseWork, case: Case) -> dict[str, Any]:
    """What the office holds of the case, for the departments and the archive (R149)."""
    items = work.tx.cases.items([case.id]).get(case.id, [])
    found = work.tx.materials.of_items([one.id for one in items])
    spoken = {one.id: work.site.catalogue.items[one.item_id].spoken for one in items}
    papers = [
        {"name": one.name, "form": "电子件", "count": 1, "remark": spoken[item]}
        for item, listed in found.items()
        for one in listed
        if one.state in _IN_HAND
    ]
    return {"papers": papers, "handed_on": work.today.isoformat()}
