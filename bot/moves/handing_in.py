"""A file becomes a version of a material once it was fetched and found good; with it goes the statement that it is true."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import material_cards
from bot.moves import carding, file_checks, which
from bot.moves.kept import KeptFile
from bot.moves.which import Running
from bot.moves.work import CaseWork
from bot.texts import materials as texts
from domain.errors import InvalidAnswer
from domain.items import ENDED
from domain.materials import Material
from domain.people import ENTERPRISE, Person
from storage.files import Attachment
from storage.outbox import NewMessage

_STATED = "truthful"


def must_take(running: Running) -> None:
    if running.item.state in ENDED and running.item.result_no:
        raise InvalidAnswer(texts.ended(running.entry.spoken))


def receive(work: CaseWork, attachment: Attachment, file: KeptFile) -> list[NewMessage]:
    """Refused: the sender is told why, nothing else is changed."""
    found = work.tx.materials.get(attachment.target, lock=True)
    if found is None:
        return []
    running = which.by_id(work, found.case_item_id)
    sender = work.tx.people.get(attachment.person_id)
    wrong = file_checks.problem(file.name, file.data, work.site.progress)
    if wrong:
        work.tx.files.settle(attachment.id, "refused", file.id)
        work.audit(running.project.id, "material.refuse_file", f"material:{found.id}", {"file": file.id})
        return [
            work.tell(
                sender,
                texts.file_refused(running.entry.spoken, found.name, wrong),
                running.subject,
                urgent=True,
            )
        ]
    work.tx.files.settle(attachment.id, "kept", file.id)
    received = replace(found.receive(), deferred_until=None, commitment="")
    work.tx.materials.save(received, found.state)
    number = work.tx.materials.add_version(
        found.id, file.id, sender.id, work.now, truthful=is_stated(work, running)
    )
    _write_down(work, running, received, sender, number)
    return _ask_officer(work, running, received, sender, number)


def _write_down(work: CaseWork, running: Running, material: Material, sender: Person, number: int) -> None:
    details = {"version": number, "by": sender.id}
    work.audit(running.project.id, "material.receive", f"material:{material.id}", details)
    work.log(
        running.project, running.case, f"收到{running.entry.spoken}材料：{material.name}（第{number}版）",
        subject=f"material:{material.id}", item_id=running.entry.id,
    )  # fmt: skip


def _ask_officer(
    work: CaseWork, running: Running, material: Material, sender: Person, number: int
) -> list[NewMessage]:
    """A card to pass or return it; only the newest version's card lives."""
    officer = work.tx.people.get(running.project.officer_id)
    told = settle_cards(work, running, material, f"已有第{number}版") if number > 1 else []
    card = material_cards.to_review(material, running.entry, running.project, sender.name, number)
    return [*told, carding.send(work, officer, card, _subject(material))]


def settle_cards(
    work: CaseWork, running: Running, material: Material, line: str, *, but: str | None = None
) -> list[NewMessage]:
    return carding.settle(work, _subject(material), material.name, running.project.name, line, but=but)


def _subject(material: Material) -> str:
    return f"material:{material.id}"


# ---------------------------------------------------------------- what R015 wants stated with every file


def is_stated(work: CaseWork, running: Running) -> bool:
    """Stated once for a case by the enterprise; every version handed in then carries it."""
    return work.tx.runs.done(_STATED, f"case:{running.case.id}", "once")


def state_truth(work: CaseWork, person: Person, project_id: int, case_id: int) -> bool:
    """False when it was stated before. Only the enterprise can."""
    if not work.tx.people.project_roles(person.id, project_id) & ENTERPRISE:
        raise InvalidAnswer(texts.ONLY_ENTERPRISE_STATES)
    if not work.tx.runs.claim(_STATED, f"case:{case_id}", "once", work.now):
        return False
    items = [one.id for one in work.tx.cases.items([case_id]).get(case_id, [])]
    held = work.tx.materials.of_items(items)
    work.tx.materials.state_truth([m.id for found in held.values() for m in found])
    work.audit(project_id, "case.truthful", f"case:{case_id}", {"by": person.id})
    return True
