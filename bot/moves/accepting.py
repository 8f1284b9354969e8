"""Accepted, refused or withdrawn: the decision about an application, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.moves import applying, carding, entrusting, grouping, planning
from bot.moves.work import CaseWork
from bot.texts import applications as texts
from bot.texts.phrases import short_day
from domain.case import SCOPE_NAMES, SERVICE_LEVEL_NAMES, Case, CaseStatus, ServiceLevel
from domain.eligibility import Eligibility, assess, by_decision
from domain.errors import IllegalMove, InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from domain.ledger import LogStatus
from domain.people import Person
from domain.plan import PlannedItem
from domain.project import Project
from storage.outbox import NewMessage

_DONE = {
    CaseStatus.REFUSED: "决定不予受理",
    CaseStatus.WITHDRAWN: "撤回",
}


def must_be_undecided(work: CaseWork, case: Case) -> None:
    """A second decision hears who decided when."""
    if case.status is CaseStatus.APPLIED:
        return
    if case.status is CaseStatus.WITHDRAWN or case.decided_by is None:
        raise IllegalMove("case", case.status, CaseStatus.ACTIVE)
    who = work.tx.people.get(case.decided_by).name
    raise InvalidAnswer(texts.already(case, who, _decided_on(work, case), _DONE.get(case.status, "受理")))


def _decided_on(work: CaseWork, case: Case) -> str:
    if case.accepted_on:
        return short_day(case.accepted_on)
    notice = work.tx.forms.newest(case.id, "F15")
    return (
        short_day(notice.made_at.astimezone(work.calendar.zone).date()) if notice and notice.made_at else ""
    )


def application_of(work: CaseWork, case: Case) -> FilledForm | None:
    """None for a case that came out of an office's table."""
    return work.tx.forms.newest(case.id, "F1")


def judged(work: CaseWork, case: Case) -> Eligibility | None:
    form = application_of(work, case)
    return assess(work.site.intake.eligibility, form.values) if form else None


def recipients(work: CaseWork, case: Case, project: Project) -> list[Person]:
    """Contact and signatory; where nobody is registered, whoever took the application in."""
    people = {person.id: person for person, _ in work.tx.people.of_project(project.id) if person.active}
    if not people and case.applied_by:
        people = {case.applied_by: work.tx.people.get(case.applied_by)}
    return list(people.values())


# ---------------------------------------------------------------- accept


def accept(
    work: CaseWork,
    case: Case,
    project: Project,
    officer: Person,
    *,
    decided: str = "",
    but: str | None = None,
) -> tuple[Case, list[NewMessage], int]:
    """`officer`: who is in charge from now on (R062). `decided`: the note of 经研究. The number of items comes back
    for the answer. The caller holds the row."""
    must_be_undecided(work, case)
    found = judged(work, case)
    if found and not found.open and not decided:
        raise InvalidAnswer(texts.not_eligible(case, found))
    project = _in_charge(work, project, officer)
    why = by_decision(work.actor_name) if decided else found
    accepted = case.accept(work.actor.id if work.actor else officer.id, work.today)
    saved = work.save(accepted, "case.accept", {"class": why.kind if why else None})
    planned = planning.proposed(work, project, saved, _wanted_items(work, case))
    planning.adopt(work, saved, planned)
    told = _decided(work, case, project, officer, planned, decided)
    told += _tell_accepted(work, saved, project, officer, planned)
    told += carding.settle(
        work, f"case:{case.id}", f"申请{case.no}", project.name, f"{work.actor_name}已受理", but=but
    )
    if saved.status is CaseStatus.SIGNING:
        told += entrusting.ask(work, saved, project, [one.item_id for one in planned])
    else:
        told += entrusting.begin(work, saved, project)
    return saved, told, len(planned)


def _in_charge(work: CaseWork, project: Project, officer: Person) -> Project:
    if officer.id in (project.officer_id, project.deputy_id):
        return project
    return grouping.put_in_charge(work, project, officer.id, project.deputy_id)


def _wanted_items(work: CaseWork, case: Case) -> tuple[str, ...]:
    form = application_of(work, case)
    return applying.items_of(work.site, str(form.values.get("scope_items", ""))) if form else ()


def _decided(
    work: CaseWork, case: Case, project: Project, officer: Person, planned: Sequence[PlannedItem], note: str
) -> list[NewMessage]:
    """The box of the application that the office fills in, and the acceptance slip F14."""
    names = "、".join(work.site.catalogue.items[one.item_id].spoken for one in planned)
    form = application_of(work, case)
    if form:
        _write(
            work, form, involved_items=names, decision="受理", entrusted=texts.scope(case), officer_name=officer.name,
            officer_phone=officer.phone, accepted_by=work.actor_name, accepted_on=work.today.isoformat(),
        )  # fmt: skip
    done = [one.done for one in planned if one.done]
    values = {
        "enterprise": work.tx.projects.enterprise(project.enterprise_id).name,
        "project_name": project.name,
        "service": "帮办" if case.level is ServiceLevel.ASSIST else "代办",
        "items": names,
        "papers": [{"name": work.site.forms["F1"].title, "count": "1"}] if form else [],
        "accepted_by": work.actor_name,
        "accepted_on": work.today.isoformat(),
        "expected_on": max(done).isoformat() if done else "",
        "contact": officer.phone or work.site.hall.phone,
    }
    slip = work.fill("F14", project, case, values)
    answer = f"已受理，{SERVICE_LEVEL_NAMES[case.level]}、{SCOPE_NAMES[case.scope]}"
    work.log(
        project, case, "申请受理" + (f"（经研究：{note}）" if note else ""), answer, subject=f"case:{case.id}",
        next_step="签署委托协议" if case.level is not ServiceLevel.ASSIST else "开始帮办",
    )  # fmt: skip
    return [work.send_form(person, slip) for person in recipients(work, case, project)]


def _tell_accepted(
    work: CaseWork, case: Case, project: Project, officer: Person, planned: Sequence[PlannedItem]
) -> list[NewMessage]:
    subject, signing = f"case:{case.id}", case.status is CaseStatus.SIGNING
    text = texts.accepted(case, project, officer.name, signing=signing)
    told = [work.tell(person, text, subject) for person in recipients(work, case, project)]
    if case.level is ServiceLevel.FULL and work.site.intake.full_notice:
        told += [_full_notice(work, case, project, person) for person in recipients(work, case, project)]
    if work.actor is None or officer.id != work.actor.id:
        note = texts.accepted_for_officer(case, len(planned), "双方" if signing else "")
        told.append(work.tell(officer, f"{project.name}由您负责。{note}", subject))
    return told + in_group(work, project, texts.accepted_in_group(case, officer.name), subject)


def _full_notice(work: CaseWork, case: Case, project: Project, person: Person) -> NewMessage:
    return work.tell(
        person, texts.full_notice(case, project, work.site.intake.full_notice), f"notice:{case.id}"
    )


def in_group(work: CaseWork, project: Project, text: str, subject: str) -> list[NewMessage]:
    """Where there is a group; without one nothing is asked of anybody."""
    group = work.tx.groups.of_project(project.id)
    return [work.tell_group(project, text, subject)] if group and group.appchat and not group.gone else []


def _write(work: CaseWork, form: FilledForm, **values: str) -> None:
    held = work.tx.forms.get(form.id, lock=True) or form
    work.tx.forms.save(replace(held, values={**held.values, **values}))


# ---------------------------------------------------------------- refuse, withdraw


def refuse(
    work: CaseWork, case: Case, project: Project, number: int, text: str, *, but: str | None = None
) -> tuple[Case, list[NewMessage]]:
    """`number`: of the reasons of F15. The group hears that there is an answer, never which (R057)."""
    must_be_undecided(work, case)
    reasons = work.site.intake.refusals
    if not 1 <= number <= len(reasons) or len(text) < 2:
        raise InvalidAnswer(
            f"请写明原因编号和说明，例如：不予受理 {case.no} 1 属市级审批权限。\n{texts.reasons(work.site)}"
        )
    reason = reasons[number - 1]
    saved = work.save(case.refuse(work.actor.id if work.actor else 0), "case.refuse", {"reason": number})
    officer = work.tx.people.get(project.officer_id)
    notice = work.fill("F15", project, case, _notice(work, case, project, number, text))
    form = application_of(work, case)
    if form:
        _write(work, form, decision="不予受理", refusal_reason=f"{reason.reason}：{text}")
    said = texts.refused(case, project, reason.reason, text.rstrip("。"), reason.can_do, officer.name)
    subject = f"case:{case.id}"
    told = [
        row
        for person in recipients(work, case, project)
        for row in (work.tell(person, said, subject), work.send_form(person, notice))
    ]
    told += in_group(work, project, texts.refused_in_group(case, officer.name), subject)
    line = f"{work.actor_name}不予受理"
    told += carding.settle(work, subject, f"申请{case.no}", project.name, line, but=but)
    work.log(project, case, "申请不予受理", reason.reason, subject=subject, status=LogStatus.DONE)
    return saved, told


def _notice(work: CaseWork, case: Case, project: Project, number: int, text: str) -> dict[str, object]:
    reason, officer = work.site.intake.refusals[number - 1], work.tx.people.get(project.officer_id)
    applied = case.applied_at.astimezone(work.calendar.zone).date().isoformat() if case.applied_at else ""
    return {
        "applicant": work.tx.projects.enterprise(project.enterprise_id).name,
        "applied_on": applied,
        "request": f"{project.name}：{SERVICE_LEVEL_NAMES[case.level]}，{texts.scope(case)}",
        "basis": work.site.intake.basis,
        "reason": reason.reason,
        "reason_text": f"{text.rstrip('。')}。{f'您可以：{reason.can_do}。' if reason.can_do else ''}",
        "contact_name": officer.name,
        "contact_phone": officer.phone or work.site.hall.phone,
        "issued_on": work.today.isoformat(),
    }


def withdraw(work: CaseWork, case: Case, project: Project) -> tuple[Case, list[NewMessage]]:
    """By the enterprise, before the entrustment: nothing was handled yet."""
    saved = work.save(case.withdraw(), "case.withdraw")
    told: list[NewMessage] = []
    for form in work.tx.forms.of_case(case.id):
        if form.state is FormState.ISSUED:
            work.tx.forms.save(form.voided())
            title = work.site.forms[form.form].title
            told += carding.settle(work, f"sign:{form.id}", title, project.name, "申请已撤回")
    subject, who = f"case:{case.id}", work.actor_name
    told += carding.settle(work, subject, f"申请{case.no}", project.name, "项目单位已撤回")
    told.append(work.tell_officer(project, texts.withdrawn(case, project, who), subject))
    told += [
        work.tell(person, texts.withdrawn(case, project, who), subject)
        for person in recipients(work, case, project)
        if work.actor is None or person.id not in (work.actor.id, project.officer_id)
    ]
    work.log(project, case, "项目单位撤回申请", subject=subject, status=LogStatus.DONE)
    return saved, told
