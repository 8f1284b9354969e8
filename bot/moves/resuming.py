"""Resumption (R127): the cause is gone, both sides say so, and both sign the 续办委托书."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import case_cards
from bot.moves import carding, signing
from bot.moves.suspending import enterprise, subject_of
from bot.moves.suspension_paper import resume_values
from bot.moves.work import CaseWork
from bot.texts import suspension as texts
from bot.texts.phrases import day
from domain.case import Case, CaseStatus
from domain.errors import IllegalMove, InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from domain.ledger import LogStatus
from domain.people import Person, Role
from domain.project import Project
from domain.suspension import Suspension, SuspensionKind, SuspensionState
from storage.outbox import NewMessage

SIGNERS = (Role.ENTERPRISE_SIGNATORY, Role.SERVICE_OFFICER)


def suspended(work: CaseWork, project: Project) -> tuple[Case, Suspension]:
    """The case and what holds it, the row of the case held."""
    case = work.case_of(project, *CaseStatus)
    held = [
        one
        for one in work.tx.suspensions.live(case.id)
        if one.kind is SuspensionKind.SUSPEND
        and one.state in {SuspensionState.IN_FORCE, SuspensionState.RESUMING}
    ]
    if case.status is CaseStatus.TERMINATED:
        raise IllegalMove("case", case.status, CaseStatus.ACTIVE)
    if not held:
        raise InvalidAnswer(texts.not_suspended(project))
    return case, held[0]


def ask(
    work: CaseWork, project: Project, case: Case, one: Suspension, cause: str, *, officer: bool
) -> list[NewMessage]:
    """By one side; the other is asked to confirm."""
    assert work.actor is not None
    if one.state is SuspensionState.RESUMING:
        raise InvalidAnswer(_still_waiting(work, project, case, one))
    by = {"officer": work.actor.id} if officer else {"enterprise": work.actor.id}
    saved = work.tx.suspensions.save(one.ask_resume(cause, **by))
    work.audit(project.id, "case.ask_resume", f"case:{case.id}", {"suspension": one.id})
    work.log(project, case, "提出恢复服务", cause, subject=subject_of(one), next_step="等对方确认")
    side = "服务专员" if officer else "项目单位"
    note = texts.resume_asked(project, side, work.actor.name, cause)
    card = case_cards.to_resume(saved, project, f"{side}{work.actor.name}")
    rows = []
    for person in others(work, project, officer=officer):
        rows += [work.tell(person, note, subject_of(one)), carding.send(work, person, card, subject_of(one))]
    return rows


def confirm(
    work: CaseWork, project: Project, case: Case, one: Suspension, *, officer: bool, but: str | None = None
) -> tuple[FilledForm, list[NewMessage]]:
    """By the other side; then both sign."""
    assert work.actor is not None
    if one.state is not SuspensionState.RESUMING:
        raise InvalidAnswer(texts.next_step(project, one))
    mine = one.resume_officer if officer else one.resume_enterprise
    if one.both_confirmed or mine is not None:
        raise InvalidAnswer(_still_waiting(work, project, case, one))
    by = {"officer": work.actor.id} if officer else {"enterprise": work.actor.id}
    saved = work.tx.suspensions.save(one.confirm_resume(**by))
    work.audit(project.id, "case.confirm_resume", f"case:{case.id}", {"suspension": one.id})
    form = work.fill("F17", project, case, resume_values(work, case, saved), signers=SIGNERS)
    told = carding.settle(
        work, subject_of(one), "恢复服务", project.name, f"{work.actor.name}已确认", but=but
    )
    return form, [*told, *signing.ask_to_sign(work, form, project)]


def refuse(
    work: CaseWork, project: Project, case: Case, one: Suspension, why: str, *, officer: bool
) -> list[NewMessage]:
    if one.state is not SuspensionState.RESUMING:
        raise InvalidAnswer(texts.next_step(project, one))
    work.tx.suspensions.save(one.refuse_resume())
    form = work.tx.forms.newest(case.id, "F17", lock=True)
    if form and form.state is FormState.ISSUED:
        work.tx.forms.save(form.voided())
    work.audit(project.id, "case.refuse_resume", f"case:{case.id}", {"suspension": one.id})
    work.log(project, case, "不同意恢复服务", why, subject=subject_of(one))
    text = texts.resume_refused(project, work.actor_name, why)
    rows = [work.tell(person, text, subject_of(one)) for person in others(work, project, officer=officer)]
    return [*carding.settle(work, subject_of(one), "恢复服务", project.name, "不同意恢复"), *rows]


def resumed(work: CaseWork, form: FilledForm, project: Project) -> list[NewMessage]:
    """What the last signature under F17 sets off."""
    case, one = suspended(work, project)
    work.tx.forms.save(replace(form, values={**form.values, "signed_on": work.today.isoformat()}))
    work.tx.suspensions.save(one.resume(work.today))
    saved = work.save(case.resume(), "case.resume", {"suspension": one.id})
    work.log(project, saved, f"恢复服务（{form.no}）", subject=subject_of(one), status=LogStatus.DONE)
    text = texts.resumed(project, day(work.today))
    told = work.tell_enterprise(project, text, subject_of(one))
    told.append(work.tell_officer(project, text, subject_of(one)))
    return told if one.discreet else [*told, work.tell_group(project, text, subject_of(one))]


def others(work: CaseWork, project: Project, *, officer: bool) -> list[Person]:
    """The other side than that of whoever speaks."""
    return enterprise(work, project) if officer else [work.tx.people.get(project.officer_id)]


def _still_waiting(work: CaseWork, project: Project, case: Case, one: Suspension) -> str:
    if one.both_confirmed:
        form = work.tx.forms.newest(case.id, "F17")
        return texts.already_confirmed(form.no if form else "")
    asked_by_officer = one.resume_officer is not None
    names = "、".join(person.name for person in others(work, project, officer=asked_by_officer))
    return f"已提出恢复，等{names}确认。{texts.next_step(project, one)}"
