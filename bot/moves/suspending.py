"""中止 and 终止 in two steps (R119–R126): told at once, coordinated, then in writing; asked by either side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.cards import case_cards
from bot.moves import carding, signing
from bot.moves.suspension_paper import notice_values
from bot.moves.work import CaseWork
from bot.texts import suspension as texts
from bot.texts.phrases import clipped, day, moment
from domain.case import Case, CaseStatus, ServiceType
from domain.errors import InvalidAnswer, NotFound
from domain.filled_forms import FilledForm, FormState
from domain.ledger import LogStatus, Milestone
from domain.people import Person, Role
from domain.project import Project
from domain.suspension import (
    NOT_YET_IN_FORCE,
    REASON_NAMES,
    Reason,
    Suspension,
    SuspensionKind,
    SuspensionState,
)
from storage.outbox import NewMessage

_HANDLED = (CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.HANDOVER)
_REMINDING = re.compile(r"催|补正|补交|补齐")
MOST_EVIDENCE = 5


def subject_of(one: Suspension) -> str:
    return f"suspension:{one.id}"


def case_for(work: CaseWork, project: Project, kind: SuspensionKind) -> Case:
    """The case this can be proposed for, its row held. Raises when it cannot be done, or is proposed already."""
    case = work.case_of(project, *_HANDLED)
    case.terminate(work.today) if kind is SuspensionKind.TERMINATE else case.suspend()
    waiting = pending(work, case)
    if waiting:
        raise InvalidAnswer(texts.pending(project, waiting))
    return case


def pending(work: CaseWork, case: Case) -> Suspension | None:
    return next((one for one in work.tx.suspensions.live(case.id) if one.state in NOT_YET_IN_FORCE), None)


def pending_of(work: CaseWork, project: Project, name: str) -> tuple[Case, Suspension]:
    """`name`: 中止 or 终止, as it was typed; the row of the case is held."""
    try:
        case = work.case_of(project, *_HANDLED)
    except NotFound:
        raise InvalidAnswer(texts.nothing_pending(name, project.code)) from None
    one = pending(work, case)
    if one is None or one.name != name:
        raise InvalidAnswer(
            texts.nothing_pending(name, project.code) if one is None else texts.pending(project, one)
        )
    return case, one


def evidence(work: CaseWork, case: Case) -> list[str]:
    """What the enterprise was told and reminded of, oldest first: notices of a correction and the ledger's rows. One
    of today says nothing yet of what was not done since."""
    items = {one.id: one for one in work.tx.cases.items([case.id]).get(case.id, [])}
    catalogue = work.site.catalogue.items
    notices = [
        (one.told_at, f"一次性告知（{catalogue[items[n].item_id].spoken}）")
        for n, found in work.tx.materials.notices(items).items()
        for one in found
    ]
    rows = [
        (row.at, clipped(row.summary, 40))
        for row in work.tx.ledger.of_case(case.id)
        if row.milestone is Milestone.CORRECTION or _REMINDING.search(row.summary)
    ]
    dated = sorted((at.astimezone(work.calendar.zone).date(), what) for at, what in [*notices, *rows])
    wait, calendar = work.site.completion.reminder_wait, work.calendar
    ripe = [one for one in dated if calendar.working_days_between(one[0], work.today) >= wait]
    return [f"{day(on)}{what}" for on, what in ripe[-MOST_EVIDENCE:]]


def remind(work: CaseWork, project: Project, text: str) -> tuple[list[Person], list[NewMessage]]:
    """催告: what S3 rests on later."""
    case = work.case_of(project, *_HANDLED)
    subject = f"reminder:{case.id}"
    work.audit(project.id, "case.remind", f"case:{case.id}")
    work.log(
        project,
        case,
        f"催告：{text}",
        subject=subject,
        service_type=ServiceType.GUIDE,
        next_step="等项目单位办理",
    )
    told = work.tell_enterprise(project, texts.reminder(project, text, work.actor_name), subject)
    return enterprise(work, project), told


def propose(
    work: CaseWork, project: Project, case: Case, kind: SuspensionKind, reason: Reason, explanation: str
) -> tuple[Suspension, list[NewMessage]]:
    """By the officer; the enterprise is told at once (R119)."""
    found = evidence(work, case) if reason is Reason.NOT_HANDED_IN else []
    if reason is Reason.NOT_HANDED_IN and len(found) < work.site.completion.reminders_needed:
        raise InvalidAnswer(texts.no_evidence(project.code))
    one = _added(work, project, case, kind, reason, explanation, found)
    when = moment(work.now, work.calendar.zone)
    note = texts.proposed_to_enterprise(project, one, work.actor_name, when)
    told = work.tell_enterprise(project, note, subject_of(one))
    return one, [*told, *_supervised(work, project, one)]


def wish(
    work: CaseWork, project: Project, case: Case, kind: SuspensionKind, explanation: str
) -> tuple[Suspension, list[NewMessage]]:
    """By the enterprise itself (R125): the officer decides with one tap."""
    one = _added(work, project, case, kind, Reason.OWN_WISH, explanation, [])
    officer = work.tx.people.get(project.officer_id)
    return one, [carding.send(work, officer, case_cards.wish(one, project, work.actor_name), subject_of(one))]


def _added(  # noqa: PLR0913, PLR0917 – a row has as many columns as it has
    work: CaseWork, project: Project, case: Case, kind: SuspensionKind, reason: Reason, explanation: str,
    found: Sequence[str],
) -> Suspension:  # fmt: skip
    assert work.actor is not None
    one = Suspension(0, case.id, kind, reason, explanation, work.actor.id, work.now, "；".join(found))
    one = replace(one, id=work.tx.suspensions.add(one))
    work.audit(
        project.id, f"case.propose_{kind}", f"case:{case.id}", {"reason": reason, "suspension": one.id}
    )
    work.log(
        project, case, f"拟{one.name}服务：{REASON_NAMES[reason]}", explanation,
        subject=subject_of(one), next_step="与项目单位协调", service_type=ServiceType.COORDINATE,
    )  # fmt: skip
    return one


def coordinate(work: CaseWork, project: Project, case: Case, one: Suspension, what: str) -> Suspension:
    """The attempt is on record (R120); several are kept one after the other."""
    dated = f"{day(work.today)}{work.actor_name}：{what}"
    saved = work.tx.suspensions.save(one.coordinate(dated))
    work.audit(project.id, "case.coordinate", f"case:{case.id}", {"suspension": one.id})
    work.log(
        project, case, f"协调（拟{one.name}）", what,
        subject=subject_of(one), service_type=ServiceType.COORDINATE,
    )  # fmt: skip
    return saved


def in_writing(
    work: CaseWork, project: Project, case: Case, one: Suspension
) -> tuple[Suspension, FilledForm, list[NewMessage]]:
    """F16: from today on."""
    if one.state is SuspensionState.PROPOSED:
        raise InvalidAnswer(texts.not_coordinated(project, one))
    assert work.actor is not None
    stopping = one.kind is SuspensionKind.TERMINATE
    stopped = case.terminate(work.today) if stopping else case.suspend()
    issued = one.issue(work.today)
    if stopping:
        _overtake(work, project, case)
    work.save(stopped, f"case.{one.kind}", {"suspension": one.id})
    saved = work.tx.suspensions.save(issued)
    form = _signed_notice(work, project, stopped, saved)
    work.log(
        project, stopped, f"书面{one.name}服务（{form.no}）", REASON_NAMES[one.reason],
        subject=subject_of(one), status=LogStatus.DONE,
    )  # fmt: skip
    return saved, form, _tell_in_force(work, project, saved, form)


def _signed_notice(work: CaseWork, project: Project, case: Case, one: Suspension) -> FilledForm:
    """A notice needs the service's signature only: it takes effect without the other side's."""
    assert work.actor is not None
    values = notice_values(work, project, case, one)
    form = work.fill("F16", project, case, values, signers=(Role.SERVICE_OFFICER,))
    signature = signing.by_hand(work, Role.SERVICE_OFFICER, work.actor)
    return signing.sign(work, form, project, signature, {})[0]


def _tell_in_force(work: CaseWork, project: Project, one: Suspension, form: FilledForm) -> list[NewMessage]:
    condition = work.site.completion.resume_condition(one.reason)
    note = texts.notice_to_enterprise(project, one, form.no, condition)
    told = work.tell_enterprise(project, note, subject_of(one))
    told += [work.send_form(person, form) for person in enterprise(work, project)]
    told += carding.settle(work, subject_of(one), f"申请{one.name}", project.name, f"已{one.name}")
    if one.discreet:
        return [*told, *_supervised(work, project, one)]
    return [*told, work.tell_group(project, texts.to_group(project, one), subject_of(one))]


def _overtake(work: CaseWork, project: Project, case: Case) -> None:
    """What a termination leaves without a purpose: a suspension in force, papers that are not complete."""
    for other in work.tx.suspensions.live(case.id):
        if other.state not in NOT_YET_IN_FORCE:
            work.tx.suspensions.save(other.overtaken(work.today))
    for form in work.tx.forms.of_case(case.id):
        if form.state in {FormState.DRAFT, FormState.ISSUED}:
            work.tx.forms.save(form.voided())
            work.audit(project.id, "form.void", f"form:{form.id}", {"form": form.form})


def drop(work: CaseWork, project: Project, case: Case, one: Suspension) -> list[NewMessage]:
    work.tx.suspensions.save(one.drop())
    work.audit(project.id, f"case.drop_{one.kind}", f"case:{case.id}", {"suspension": one.id})
    work.log(project, case, f"撤回拟{one.name}", subject=subject_of(one), status=LogStatus.DONE)
    text = texts.dropped(project, one, work.actor_name)
    told = carding.settle(work, subject_of(one), f"申请{one.name}", project.name, "已撤回")
    told += work.tell_enterprise(project, text, subject_of(one))
    return [*told, work.tell_officer(project, text, subject_of(one))]


def enterprise(work: CaseWork, project: Project) -> list[Person]:
    """Contact and signatory, each once."""
    return list({person.id: person for person, _ in work.tx.people.of_project(project.id)}.values())


def _supervised(work: CaseWork, project: Project, one: Suspension) -> list[NewMessage]:
    if not one.discreet:
        return []
    text = texts.to_supervisor(project, one, work.tx.people.get(project.officer_id).name)
    return [work.tell(person, text, subject_of(one)) for person in work.tx.people.with_role(Role.SUPERVISOR)]
