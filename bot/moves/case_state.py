"""What is said of a case that waits, stands still or has ended: to whoever asks for its progress."""

from __future__ import annotations

from bot.moves.work import CaseWork
from bot.texts import case_state as texts
from domain.case import Case, CaseStatus
from domain.errors import NotFound
from domain.people import Role
from domain.project import Project
from domain.suspension import NOT_YET_IN_FORCE, SuspensionKind, SuspensionState


def newest(work: CaseWork, project: Project, *, alone: bool) -> str:
    """Of a project without anything under way. `alone`: nobody else reads along. Raises NotFound without any case."""
    cases = work.tx.cases.of_project(project.id)
    if not cases:
        raise NotFound("case")
    case = cases[-1]
    officer = work.tx.people.get(project.officer_id).name
    if case.status is CaseStatus.APPLIED:
        return _applied(work, case, officer)
    if case.status is CaseStatus.SIGNING:
        return _signing(work, case, project, officer)
    if case.status is CaseStatus.REFUSED:
        return texts.refused(case, _why(work, case) if alone else "", officer)
    return texts.ended(case, project)


def beside(work: CaseWork, case: Case, project: Project, *, alone: bool) -> str:
    """Beside the progress of an open case."""
    if case.status is CaseStatus.HANDOVER:
        return texts.HANDOVER
    if case.status is not CaseStatus.SUSPENDED:
        return ""
    found = [
        one
        for one in work.tx.suspensions.live(case.id)
        if one.kind is SuspensionKind.SUSPEND and one.state not in NOT_YET_IN_FORCE
    ]
    if not found or (found[-1].discreet and not alone):
        return ""
    resuming = found[-1].state is SuspensionState.RESUMING
    return texts.suspended(found[-1].effective_on, project.code, resuming=resuming)


def _applied(work: CaseWork, case: Case, officer: str) -> str:
    day = case.applied_at.astimezone(work.calendar.zone).date() if case.applied_at else None
    until = work.calendar.add_working_days(day, work.site.intake.decide_days) if day else None
    return texts.applied(case, day, officer, until)


def _signing(work: CaseWork, case: Case, project: Project, officer: str) -> str:
    form = work.tx.forms.newest(case.id, "F13")
    waiting: list[str] = []
    for role in form.missing if form else ():
        people = work.signatories(project, role)
        waiting += [officer] if role is Role.SERVICE_OFFICER else [one.name for one in people] or [""]
    return texts.signing(case, form.no if form else "", waiting, officer)


def _why(work: CaseWork, case: Case) -> str:
    notice = work.tx.forms.newest(case.id, "F15")
    return f"{notice.values['reason']}。{notice.values['reason_text']}" if notice else ""
