"""容缺 (R103): asked for with a written promise and a day, granted by whoever may, chased, and lapsed after its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.moves import which
from bot.moves.which import Running
from bot.moves.work import CaseWork
from bot.texts import deferrals as texts
from domain.errors import IllegalMove, InvalidAnswer
from domain.items import ItemState
from domain.materials import Material, MaterialState, OneTimeNotice
from domain.people import Person, Role
from storage.outbox import NewMessage


def can_defer(running: Running, material: Material) -> bool | None:
    """What the catalogue says; None while the department has not said."""
    spec = next((one for one in running.entry.materials if one.name == material.name), None)
    return spec.can_defer if spec else None


def ask(
    work: CaseWork, running: Running, material: Material, until: date | None, promise: str
) -> list[NewMessage]:
    """Kept with the material, which stays missing until it is granted."""
    name, item = material.name, running.entry.spoken
    if can_defer(running, material) is False:
        raise InvalidAnswer(texts.never(item, name))
    if until is None or len(promise.strip()) < 4:
        raise InvalidAnswer(texts.how_to_ask(item, name))
    if until <= work.today or not work.calendar.is_working_day(until):
        raise InvalidAnswer(texts.bad_day(until))
    material.defer(until, promise)  # raises unless it is missing or returned
    others = [
        m.name
        for m in which.materials_of(work, running)
        if m.blocks and m.id != material.id and not running.entry.is_free(m.name)
    ]
    if others:
        raise InvalidAnswer(texts.others_missing(item, others))
    work.tx.materials.save(replace(material, deferred_until=until, commitment=promise), material.state)
    work.audit(running.project.id, "deferral.ask", f"material:{material.id}", {"until": until.isoformat()})
    work.log(
        running.project, running.case, f"{item}申请容缺：{name}", promise,
        subject=f"material:{material.id}", item_id=running.entry.id,
    )  # fmt: skip
    text = texts.to_grant(running.project, item, name, until, promise)
    return [work.tell(one, text, f"material:{material.id}") for one in _granters(work, running, material)]


def _granters(work: CaseWork, running: Running, material: Material) -> list[Person]:
    """The officer where the catalogue allows it; while that is not known only the department can say."""
    if can_defer(running, material):
        return [work.tx.people.get(running.project.officer_id)]
    representative = which.lead_representative(work, running.entry)
    return [representative] if representative else [work.tx.people.get(running.project.officer_id)]


def granter_name(work: CaseWork, running: Running, material: Material) -> str:
    return "、".join(one.name for one in _granters(work, running, material))


def must_be_asked(work: CaseWork, running: Running, material: Material, person: Person) -> date:
    if can_defer(running, material) is None and not _of_the_lead(running, person):
        raise InvalidAnswer(texts.only_department(work.site.departments[running.entry.lead].short))
    asked = material.state in {MaterialState.MISSING, MaterialState.RETURNED} and material.commitment
    if not asked or material.deferred_until is None:
        if material.state is MaterialState.DEFERRED:
            raise IllegalMove("material", material.state, MaterialState.DEFERRED)
        raise InvalidAnswer(texts.not_asked(running.entry.spoken, material.name))
    return material.deferred_until


def _of_the_lead(running: Running, person: Person) -> bool:
    return running.entry.lead in person.departments(Role.REPRESENTATIVE)


def grant(work: CaseWork, running: Running, material: Material, person: Person) -> list[NewMessage]:
    until = must_be_asked(work, running, material, person)
    if until <= work.today:
        raise InvalidAnswer(texts.bad_day(until))
    work.tx.materials.save(material.defer(until, material.commitment), material.state)
    return _answered(
        work,
        running,
        material,
        texts.granted(running.project, running.entry.spoken, material.name, until),
        "grant",
    )


def deny(
    work: CaseWork, running: Running, material: Material, person: Person, reason: str
) -> list[NewMessage]:
    must_be_asked(work, running, material, person)
    if not reason.strip():
        raise InvalidAnswer(texts.why_not(running.entry.spoken, material.name))
    work.tx.materials.save(replace(material, deferred_until=None, commitment=""), material.state)
    return _answered(
        work,
        running,
        material,
        texts.denied(running.project, running.entry.spoken, material.name, reason),
        "deny",
    )


def _answered(
    work: CaseWork, running: Running, material: Material, text: str, action: str
) -> list[NewMessage]:
    work.audit(running.project.id, f"deferral.{action}", f"material:{material.id}")
    work.log(
        running.project, running.case, f"{running.entry.spoken}容缺{'同意' if action == 'grant' else '不同意'}：{material.name}",
        subject=f"material:{material.id}", item_id=running.entry.id,
    )  # fmt: skip
    people = {p.id: p for p in work.signatories(running.project, Role.ENTERPRISE_CONTACT)}
    officer = work.tx.people.get(running.project.officer_id)
    if work.actor is None or work.actor.id != officer.id:
        people[officer.id] = officer
    return [work.tell(p, text, f"material:{material.id}") for p in people.values()]


def commit(work: CaseWork, running: Running, promise: str) -> list[NewMessage]:
    """告知承诺 (R104): kept with the item; that it is to be checked stands in the log."""
    committed = replace(running.item, commitment=promise)
    work.tx.cases.save_item(committed, running.item)
    work.audit(running.project.id, "item.commit", running.subject)
    work.log(
        running.project, running.case, f"{running.entry.spoken}告知承诺", promise,
        subject=running.subject, item_id=running.entry.id, next_step="办结后核查承诺履行情况",
    )  # fmt: skip
    representative = which.lead_representative(work, running.entry)
    people = [work.tx.people.get(running.project.officer_id), *([representative] if representative else [])]
    text = texts.to_check(running.project, running.entry.spoken, promise)
    return [work.tell(p, text, running.subject) for p in people]


# ---------------------------------------------------------------- the clock's side


def chase(work: CaseWork, material: Material) -> list[NewMessage]:
    """One working day before and on the day, once each; after it the deferral lapses."""
    if material.deferred_until is None:
        return []
    running = which.by_id(work, material.case_item_id)
    until, item = material.deferred_until, running.entry.spoken
    contacts = work.signatories(running.project, Role.ENTERPRISE_CONTACT)
    if work.today > until:
        return _lapse(work, running, material, contacts)
    due = work.today in {until, work.calendar.add_working_days(until, -1)}
    period = work.today.isoformat()
    if not due or not work.tx.runs.claim("deferral", f"material:{material.id}", period, work.now):
        return []
    text = texts.chase(running.project, item, material.name, until)
    return [work.tell(p, text, f"material:{material.id}") for p in contacts]


def _lapse(work: CaseWork, running: Running, material: Material, contacts: list[Person]) -> list[NewMessage]:
    work.tx.materials.save(material.lapse(work.today), material.state)
    work.audit(running.project.id, "deferral.lapse", f"material:{material.id}")
    work.log(
        running.project, running.case, f"{running.entry.spoken}容缺到期未补：{material.name}",
        subject=f"material:{material.id}", item_id=running.entry.id,
    )  # fmt: skip
    representative = which.lead_representative(work, running.entry)
    officer = work.tx.people.get(running.project.officer_id)
    people = {p.id: p for p in (*contacts, officer, *([representative] if representative else []))}
    until = material.deferred_until or work.today
    text = texts.lapsed(running.project, running.entry.spoken, material.name, until)
    return [work.tell(p, text, f"material:{material.id}") for p in people.values()]


def remind_of_notice(work: CaseWork, notice: OneTimeNotice) -> list[NewMessage]:
    """While the correction is still waited for (R089)."""
    running = which.by_id(work, notice.case_item_id)
    if running.item.state is not ItemState.CORRECTION or notice.due is None:
        return []
    if work.today not in {notice.due, work.calendar.add_working_days(notice.due, -1)}:
        return []
    if not work.tx.runs.claim("notice", f"notice:{notice.id}", work.today.isoformat(), work.now):
        return []
    text = texts.notice_due(running.project, running.entry.spoken, notice.due)
    contacts = work.signatories(running.project, Role.ENTERPRISE_CONTACT)
    return [work.tell(p, text, running.subject) for p in contacts]
