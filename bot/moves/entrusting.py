"""The entrustment F13: asked for, signed by both sides, changed by a new version (R013, R048, R058)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.moves import grouping, planning, signing
from bot.moves.work import CaseWork
from bot.texts import applications, entrustment
from domain.case import Case, CaseStatus, Scope, ServiceLevel
from domain.errors import IllegalMove, InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from domain.forms import FieldType
from domain.people import Role
from domain.plan import Wanted, propose
from domain.project import Project
from storage.outbox import NewMessage

SIGNERS = (Role.ENTERPRISE_SIGNATORY, Role.SERVICE_OFFICER)
_WANTED = "wanted"  # of a version that changes the scope: what holds once both have signed
_OF_A_PERSON = frozenset({"no_subdelegation"})  # only where one person is named


@dataclass(frozen=True)
class NewScope:
    scope: Scope
    stages: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def ask(work: CaseWork, case: Case, project: Project, items: Sequence[str]) -> list[NewMessage]:
    """Fills the agreement and asks both sides; without a signatory the officer hears how to get one."""
    form = work.fill("F13", project, case, _values(work, case, project, items), signers=SIGNERS)
    told = signing.ask_to_sign(work, form, project)
    if not work.signatories(project, Role.ENTERPRISE_SIGNATORY):
        told.append(work.tell_officer(project, applications.no_signatory(project), f"form:{form.id}"))
    return told


def _values(work: CaseWork, case: Case, project: Project, items: Sequence[str]) -> dict[str, Any]:
    people = work.tx.people.of_project(project.id)
    contact = next((p for p, role in people if role is Role.ENTERPRISE_CONTACT), None)
    application = work.tx.forms.newest(case.id, "F1")
    known: Mapping[str, Any] = application.values if application else {}
    officer = work.tx.people.get(project.officer_id)
    names = "、".join(work.site.catalogue.items[one].spoken for one in items)
    ticks = {
        one.key: True
        for one in work.site.forms["F13"].fields
        if one.type is FieldType.TICK and one.key not in _OF_A_PERSON
    }
    return {
        **ticks,
        "owner": work.tx.projects.enterprise(project.enterprise_id).name,
        "agent": work.site.intake.agent or work.site.hall.name,
        "basis": work.site.intake.basis,
        "project_name": project.name,
        "entrusted": f"{applications.scope(case)}：{names}" if names else applications.scope(case),
        "owner_contact": contact.name if contact else str(known.get("contact_name", "")),
        "owner_phone": (contact.phone if contact else "") or str(known.get("contact_phone", "")),
        "officer_name": officer.name,
        "officer_phone": officer.phone or work.site.hall.phone,
    }


def begin(work: CaseWork, case: Case, project: Project) -> list[NewMessage]:
    """Under way: everybody is told, and the work group is wanted."""
    officer = work.tx.people.get(project.officer_id)
    text = entrustment.begun(case, project, officer.name)
    subject = f"case:{case.id}"
    told = [
        *work.tell_enterprise(project, text, subject),
        work.tell_officer(project, entrustment.begun_for_officer(case, project), subject),
    ]
    work.log(project, case, "开始办理", subject=subject, next_step="按计划申报")
    grouping.want(work, project, case)
    return told


def signed(work: CaseWork, form: FilledForm, project: Project) -> list[NewMessage]:
    """After the last signature: the case may be handled; a changed scope holds from now on."""
    work.tx.forms.save(replace(form, values={**form.values, "signed_on": work.today.isoformat()}))
    if form.case_id is None:
        return []
    case, project = work.locked(form.case_id)
    if case.status is CaseStatus.SIGNING:
        return begin(work, work.save(case.entrusted(), "case.entrust"), project)
    wanted = form.values.get(_WANTED)
    return _take_effect(work, case, project, wanted) if wanted and case.is_open else []


def _take_effect(work: CaseWork, case: Case, project: Project, wanted: Mapping[str, Any]) -> list[NewMessage]:
    new = NewScope(Scope(wanted["scope"]), tuple(wanted["stages"]), tuple(wanted["items"]))
    saved = work.save(replace(case, scope=new.scope, stages=new.stages), "case.rescope", {"scope": new.scope})
    planning.adopt(work, saved, planning.proposed(work, project, saved, new.items))
    shown = _shown(work, saved, new)
    text, subject = entrustment.changed(project, shown), f"case:{case.id}"
    work.log(project, saved, f"变更委托：{shown}", subject=subject)
    grouping.want(work, project, saved)
    return [*work.tell_enterprise(project, text, subject), work.tell_officer(project, text, subject)]


def change(
    work: CaseWork, case: Case, project: Project, new: NewScope
) -> tuple[FilledForm, list[NewMessage], str]:
    """A new version under the same number; the old scope holds until both have signed it."""
    old = work.tx.forms.newest(case.id, "F13", lock=True)
    if case.level is ServiceLevel.ASSIST or (old is None and case.status is not CaseStatus.ACTIVE):
        raise InvalidAnswer(f"{case.no}是帮办服务，没有委托协议，增减事项不需要变更委托。")
    if case.status not in {CaseStatus.ACTIVE, CaseStatus.SIGNING}:
        raise IllegalMove("case", case.status, CaseStatus.ACTIVE)
    now = replace(case, scope=new.scope, stages=new.stages)
    wanted = Wanted(project.type, project.facts, new.scope, new.stages, new.items)
    items = [one.item_id for one in propose(work.site.catalogue, wanted)]
    values = _values(work, now, project, items)
    values[_WANTED] = {"scope": new.scope, "stages": list(new.stages), "items": list(new.items)}
    if old is None:
        form = work.fill("F13", project, case, values, signers=SIGNERS)
        return form, signing.ask_to_sign(work, form, project), _shown(work, now, new)
    told: list[NewMessage] = []
    if old.state is FormState.ISSUED:
        told = grouping.settle_signing(work, old, project)
    form = work.next_version(old, project, case, values)
    return form, told + signing.ask_to_sign(work, form, project), _shown(work, now, new)


def _shown(work: CaseWork, case: Case, new: NewScope) -> str:
    names = "、".join(work.site.catalogue.items[one].spoken for one in new.items)
    return applications.scope(case, names)
