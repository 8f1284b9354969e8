"""From the last result to the signed completion slip (R142–R149): handed over, received, signed, closed."""

from __future__ import annotations

from dataclasses import replace

from bot.moves import delivering, rating, signing, suspending
from bot.moves.completion_paper import slip_values, transfer_values
from bot.moves.work import CaseWork
from bot.texts import completion as texts
from bot.texts.phrases import day
from domain.case import Case, CaseStatus
from domain.deliveries import Delivery, DeliveryMode, DeliveryState
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from domain.items import ENDED
from domain.ledger import LogStatus, Milestone
from domain.people import Role
from domain.project import Project
from storage.outbox import NewMessage

SIGNERS = (Role.ENTERPRISE_SIGNATORY, Role.SERVICE_OFFICER)


def unfinished(work: CaseWork, case: Case) -> list[str]:
    items = work.tx.cases.items([case.id]).get(case.id, [])
    return [work.site.catalogue.items[one.item_id].spoken for one in items if one.state not in ENDED]


def complete(work: CaseWork, project: Project, case: Case, why: str) -> list[NewMessage]:
    """`why`: what is not finished and how it goes on, where something is not."""
    names = unfinished(work, case)
    if names and len(why) < 4:
        raise InvalidAnswer(texts.unfinished(project, names))
    waiting = suspending.pending(work, case)
    if waiting:
        raise InvalidAnswer(texts.proposal_pending(waiting.name, project.code))
    saved = work.save(case.hand_over(), "case.hand_over", {"unfinished": len(names)})
    note = texts.unfinished_note(names, why) if names else ""
    values = slip_values(work, project, saved, note)
    work.fill("F6", project, saved, values, signers=SIGNERS, state=FormState.DRAFT)
    work.log(
        project, saved, "事项办理结束，进入移交", note,
        subject=f"case:{case.id}", milestone=Milestone.COMPLETED,
    )  # fmt: skip
    told = work.tell_enterprise(project, texts.handover_to_enterprise(project, note), f"case:{case.id}")
    return [*told, *slip_if_ready(work, project, saved)]


def slip_if_ready(work: CaseWork, project: Project, case: Case) -> list[NewMessage]:
    """Once everything is handed over and every mail has arrived, the slip goes out for signature. What was handed
    over face to face is received by that signature (R145)."""
    form = work.tx.forms.newest(case.id, "F6", lock=True)
    if case.status is not CaseStatus.HANDOVER or form is None or form.state is not FormState.DRAFT:
        return []
    if delivering.to_deliver(work, case) or under_way(work, case):
        return []
    values = {**slip_values(work, project, case, form.values.get("unfinished", "")), "no": form.no}
    issued = replace(form, values=values, state=FormState.ISSUED)
    work.tx.forms.save(issued)
    work.audit(project.id, "form.issue", f"form:{form.id}", {"form": "F6"})
    return signing.ask_to_sign(work, issued, project)


def slip_to_sign(work: CaseWork, project: Project) -> FilledForm:
    """Raises with what is missing, in words (R143–R146); the rows are held."""
    case = work.case_of(project)
    if case.status is not CaseStatus.HANDOVER:
        officer = work.tx.people.get(project.officer_id)
        raise InvalidAnswer(texts.still_handled(project, officer.name))
    form = work.tx.forms.newest(case.id, "F6", lock=True)
    if form is None or form.state is FormState.DRAFT:
        raise InvalidAnswer(texts.not_yet(project, delivering.to_deliver(work, case), under_way(work, case)))
    return form


def under_way(work: CaseWork, case: Case) -> list[Delivery]:
    return [one for one in delivering.outbound(work, case) if one.under_way]


def send_back(work: CaseWork, project: Project, case: Case, why: str) -> list[NewMessage]:
    saved = work.save(case.back_to_work(), "case.send_back")
    form = work.tx.forms.newest(case.id, "F6", lock=True)
    if form:
        work.tx.forms.save(form.voided())
        work.audit(project.id, "form.void", f"form:{form.id}", {"form": "F6"})
    work.log(project, saved, "项目单位退回办结", why, subject=f"case:{case.id}")
    return [work.tell_officer(project, texts.sent_back(project, work.actor_name, why), f"case:{case.id}")]


def closed(work: CaseWork, form: FilledForm, project: Project) -> list[NewMessage]:
    """What the last signature under F6 sets off."""
    case, _ = work.locked(form.case_id or 0)
    work.tx.forms.save(replace(form, values={**form.values, "signed_on": work.today.isoformat()}))
    _received_by_signature(work, form, project, case)
    saved = work.save(case.close(work.today), "case.close", {"form": form.id})
    papers = work.fill("F28", project, saved, transfer_values(work, saved))
    subject = f"case:{case.id}"
    work.log(project, saved, f"办结单（{form.no}）双方签署，服务办结", subject=subject, status=LogStatus.DONE)
    work.log(
        project, saved, f"与相关部门办理交接（{papers.no}），资料整理归档", subject=f"form:{papers.id}",
        status=LogStatus.DONE,
    )  # fmt: skip
    officer = work.tx.people.get(project.officer_id)
    told = [
        work.tell_group(project, texts.closed(project, form.no, day(work.today)), subject),
        work.tell(officer, texts.list_to_officer(project, papers.no), subject),
        work.send_form(officer, papers),
    ]
    return [*told, *rating.invite(work, project, saved)]


def _received_by_signature(work: CaseWork, form: FilledForm, project: Project, case: Case) -> None:
    """当面递交的，由委托人在办结单上签字确认 (R145)."""
    signed = next(one for one in form.signatures if one.role is Role.ENTERPRISE_SIGNATORY)
    face = [
        one
        for one in delivering.outbound(work, case)
        if one.mode is DeliveryMode.FACE and one.state is DeliveryState.SENT
    ]
    delivering.receive(work, project, case, face, signed.name, work.today)
