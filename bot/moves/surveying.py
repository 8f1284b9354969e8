"""Asking the projects served in a period how it was (R164), and keeping what they say as F26."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.case_view import views_of
from bot.moves.work import CaseWork
from bot.texts import surveys as texts
from domain.errors import InvalidAnswer
from domain.items import ENDED, ItemState, ItemView
from domain.people import Role
from domain.periods import Period
from domain.project import Project
from domain.surveys import Invitation, Survey, SurveyResult, count, was_served
from storage.outbox import NewMessage

FORM = "F26"
MOST_ITEMS = 9


def open_survey(work: CaseWork, period: Period) -> tuple[Survey, list[NewMessage]]:
    """Contacts are asked in private, once for a period. Raises InvalidAnswer when there is nobody to ask, or it was
    asked already."""
    assert work.actor is not None
    cases = [one for one in work.tx.cases.accepted_until(period.last) if was_served(one, period)]
    projects = work.tx.projects.many({case.project_id for case in cases})
    asked = {id_: work.signatories(one, Role.ENTERPRISE_CONTACT) for id_, one in sorted(projects.items())}
    asked = {id_: people for id_, people in asked.items() if people}
    if not asked:
        raise InvalidAnswer(texts.nobody(period))
    until = work.calendar.add_working_days(work.today, work.site.returns.survey_days)
    survey = work.tx.surveys.open(period, until, list(asked), work.actor.id, work.now)
    if survey is None:
        raise InvalidAnswer(texts.asked_already(period))
    work.audit(0, "survey.open", f"survey:{survey.id}", {"projects": len(asked)})
    told = [
        work.tell(person, texts.invitation(projects[id_], survey), f"survey:{survey.id}")
        for id_, people in asked.items()
        for person in people
        if person.active
    ]
    return survey, told


def invitation(work: CaseWork, project: Project) -> Invitation:
    found = work.tx.surveys.open_for(project.id, work.today)
    if found is None:
        raise InvalidAnswer(texts.NOTHING)
    return found


def items_of(work: CaseWork, project: Project) -> list[ItemView]:
    """To choose the hardest from: what was or is being handled, the newest first."""
    cases = [case.id for case in work.tx.cases.of_project(project.id)]
    views = [
        view
        for items in work.tx.cases.items(cases).values()
        for view in views_of(items, work.site, work.calendar, work.today)
        if view.item.state is not ItemState.PLANNED
    ]
    views.sort(
        key=lambda view: (view.item.state in ENDED, -(view.item.known_since or work.today).toordinal())
    )
    return views[:MOST_ITEMS]


def answer(work: CaseWork, project: Project, open_one: Invitation, answers: Mapping[str, Any]) -> str:
    """Number of the form."""
    views = items_of(work, project)
    cases = work.tx.cases.of_project(project.id)
    enterprise = work.tx.projects.enterprise(project.enterprise_id)
    values = {
        **answers,
        "enterprise": enterprise.name,
        "stage": views[0].entry.stage if views else "",
        "used_service": "是",
    }
    form = work.fill(FORM, project, cases[-1] if cases else None, values)
    work.tx.surveys.answered(open_one, form.id)
    work.audit(project.id, "survey.answer", f"survey:{open_one.survey.id}")
    return form.no


def result(work: CaseWork, survey: Survey) -> SurveyResult:
    invitations = work.tx.surveys.invitations(survey.id)
    forms = [work.tx.forms.get(one.form_id) for one in invitations if one.form_id]
    return count(len(invitations), [form.values for form in forms if form])
