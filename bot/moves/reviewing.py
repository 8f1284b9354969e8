"""The formal check of a material before it is handed over (R087, R088): passed or returned with a reason."""

from __future__ import annotations

from bot.moves import handing_in
from bot.moves.which import Running
from bot.moves.work import CaseWork
from bot.texts import materials as texts
from domain.errors import InvalidAnswer
from domain.materials import Material, MaterialState, MaterialVersion
from domain.people import ENTERPRISE, Role
from storage.outbox import NewMessage

LONGEST = 200


def newest(work: CaseWork, material: Material) -> MaterialVersion | None:
    found = work.tx.materials.versions([material.id]).get(material.id, [])
    return found[-1] if found else None


def must_be_seen(work: CaseWork, material: Material, number: int) -> None:
    """A card shows one version: with a newer one there it decides nothing."""
    version = newest(work, material)
    if version is None or version.version != number:
        raise InvalidAnswer(texts.newer_version(material.name))


def accept(
    work: CaseWork, running: Running, material: Material, *, but: str | None = None
) -> list[NewMessage]:
    version = newest(work, material)
    accepted = material.accept()
    if version and not version.truthful:
        names = [p.name for p in work.signatories(running.project, Role.ENTERPRISE_CONTACT)]
        raise InvalidAnswer(texts.not_stated(material.name, "、".join(names)))
    work.tx.materials.save(accepted, material.state)
    _decide(work, running, material, version, "accepted", "")
    return handing_in.settle_cards(work, running, material, f"{work.actor_name}已通过", but=but)


def give_back(
    work: CaseWork, running: Running, material: Material, reason: str, *, but: str | None = None
) -> list[NewMessage]:
    if not reason.strip():
        raise InvalidAnswer(texts.reason_missing(running.entry.spoken, material.name))
    if len(reason) > LONGEST:
        raise InvalidAnswer(f"退回原因请控制在{LONGEST}字以内（现在{len(reason)}字）。")
    version = newest(work, material)
    returned = material.give_back(reason)
    work.tx.materials.save(returned, material.state)
    _decide(work, running, material, version, "returned", reason)
    told = handing_in.settle_cards(work, running, material, f"{work.actor_name}已退回", but=but)
    people = {p.id: p for p in work.signatories(running.project, Role.ENTERPRISE_CONTACT)}
    if version:
        sender = work.tx.people.get(version.uploaded_by)
        if work.tx.people.project_roles(sender.id, running.project.id) & ENTERPRISE:
            people[sender.id] = sender
    text = texts.returned(running.project.name, running.entry.spoken, material.name, reason, work.actor_name)
    return [*told, *(work.tell(p, text, f"material:{material.id}") for p in people.values())]


def waiting(work: CaseWork, running: Running) -> list[Material]:
    held = work.tx.materials.of_items([running.item.id]).get(running.item.id, [])
    return [one for one in held if one.state is MaterialState.RECEIVED]


def accept_all(work: CaseWork, running: Running) -> tuple[list[Material], list[NewMessage]]:
    found = waiting(work, running)
    if not found:
        raise InvalidAnswer(texts.nothing_waits(running.entry.spoken))
    for one in found:
        version = newest(work, one)
        if version and not version.truthful:
            names = [p.name for p in work.signatories(running.project, Role.ENTERPRISE_CONTACT)]
            raise InvalidAnswer(texts.not_stated(one.name, "、".join(names)))
    return found, [row for one in found for row in accept(work, running, one)]


def _decide(
    work: CaseWork, running: Running, material: Material, version: MaterialVersion | None, decision: str,
    reason: str,
) -> None:  # fmt: skip
    if version:
        by = work.actor.id if work.actor else 0
        work.tx.materials.decide(version.id, decision, reason, by, work.now)
    work.audit(running.project.id, f"material.{decision}", f"material:{material.id}")
    verb = "通过" if decision == "accepted" else "退回"
    work.log(
        running.project, running.case, f"{running.entry.spoken}材料{verb}：{material.name}", reason,
        subject=f"material:{material.id}", item_id=running.entry.id,
    )  # fmt: skip
