"""Joint approval (R105): who is asked for an opinion, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.moves.work import CaseWork
from bot.texts import planning as texts
from domain.case import Case, ServiceType
from domain.catalogue import CatalogueItem
from domain.ledger import LogStatus, Milestone
from domain.people import Person, Post, Role
from domain.project import Project
from storage.outbox import NewMessage


def ask(
    work: CaseWork, project: Project, entries: Sequence[CatalogueItem]
) -> tuple[list[str], list[NewMessage]]:
    """Names of those asked, and what they are told: each representative once for each of their items."""
    names = "、".join(one.spoken for one in entries)
    asked: list[str] = []
    told: list[NewMessage] = []
    for entry in entries:
        person = representative_of(work, entry)
        if person:
            asked.append(person.name)
            text = texts.joint_request(project, names, entry.spoken)
            told.append(work.tell(person, text, f"project:{project.id}"))
    return list(dict.fromkeys(asked)), told


def note(
    work: CaseWork, project: Project, case: Case, entry: CatalogueItem, verdict: str, reason: str
) -> list[NewMessage]:
    subject = f"joint:{case.id}:{entry.id}"
    who = work.actor_name
    work.log(
        project, case, f"{entry.spoken}联合审批意见", f"{who}：{verdict}。{reason}", subject=subject,
        item_id=entry.id, milestone=Milestone.REVIEW, status=LogStatus.ANSWERED,
        service_type=ServiceType.COORDINATE,
    )  # fmt: skip
    work.audit(
        project.id, "joint.opinion", f"case:{case.id}", {"item": entry.id, "agrees": verdict == "同意"}
    )
    text = texts.opinion_to_officer(project.name, who, entry.spoken, verdict, reason)
    return [work.tell_officer(project, text, subject)]


def representative_of(work: CaseWork, entry: CatalogueItem) -> Person | None:
    """The A post of the leading department, else whoever is there; nobody on leave while another is not."""
    people = work.tx.people.of_department(entry.lead, Role.REPRESENTATIVE)
    present = [
        p for p in people if any(d.department == entry.lead and not d.on_leave(work.today) for d in p.duties)
    ]
    first = [p for p in present for d in p.duties if d.department == entry.lead and d.post is Post.A]
    return next(iter(first or present or people), None)
