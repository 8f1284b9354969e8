"""A case study (R170): drafted from figures, the officer's lessons added without names, approved by somebody else."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.case_view import views_of
from bot.moves.rating import supervisors
from bot.moves.work import CaseWork
from bot.texts import case_studies as texts
from domain.case import SCOPE_NAMES, SERVICE_LEVEL_NAMES, Case, CaseStatus, ContactChannel
from domain.case_studies import CaseStudy, StudyFacts, span_of, tells
from domain.deadlines import Lamp
from domain.errors import InvalidAnswer, NotFound
from domain.issues import IssueStatus
from domain.items import ItemState
from domain.people import OFFICERS
from domain.project import PROJECT_TYPE_NAMES, Project
from storage.outbox import NewMessage

SHORTEST, LONGEST = 10, 600


def draft(work: CaseWork, project: Project) -> CaseStudy:
    """Of the newest closed case. Raises InvalidAnswer where there is none, or it has one already."""
    assert work.actor is not None
    closed = [one for one in work.tx.cases.of_project(project.id) if one.status is CaseStatus.CLOSED]
    if not closed:
        raise InvalidAnswer(texts.not_closed(project))
    known = work.tx.case_studies.of_case(closed[-1].id)
    if known:
        raise InvalidAnswer(texts.there_already(known))
    body = texts.body(_facts(work, project, closed[-1]))
    study = CaseStudy(0, closed[-1].id, body, work.actor.id, work.now)
    number = work.tx.case_studies.add(study)
    work.audit(project.id, "study.draft", f"study:{number}")
    return CaseStudy(number, study.case_id, body, work.actor.id, work.now)


def _facts(work: CaseWork, project: Project, case: Case) -> StudyFacts:
    tx = work.tx
    items = tx.cases.items([case.id]).get(case.id, [])
    done = [
        view
        for view in views_of(items, work.site, work.calendar, work.today)
        if view.item.state is ItemState.COMPLETED
    ]
    materials = tx.materials.of_items([one.id for one in items])
    deferred = [m for found in materials.values() for m in found if m.deferred_until is not None]
    issues = [
        one
        for one in tx.issues.of_project(project.id, open_only=False)
        if one.status is not IssueStatus.WITHDRAWN
    ]
    begun = datetime(2000, 1, 1, tzinfo=UTC)
    rated = tx.ratings.of_case(case.id)
    return StudyFacts(
        PROJECT_TYPE_NAMES[project.type],
        span_of(project.facts.get("investment")),
        SCOPE_NAMES[case.scope],
        SERVICE_LEVEL_NAMES[case.level],
        work.calendar.working_days_between(case.accepted_on, case.closed_on)
        if case.accepted_on and case.closed_on
        else 0,
        len(done),
        sum(view.lamp is not Lamp.RED for view in done),
        len(deferred),
        sum(one.channel is ContactChannel.VISIT for one in tx.ledger.of_project(project.id)),
        len(tx.forms.made_between("F24", begun, work.now, frozenset({project.id}))),
        len(issues),
        sum(one.status is IssueStatus.CLOSED for one in issues),
        rated.name if rated and not rated.poor else "",
    )


def found(work: CaseWork, study_id: int) -> tuple[CaseStudy, Project]:
    study = work.tx.case_studies.get(study_id)
    if study is None:
        raise NotFound("study")
    _, project = work.locked(study.case_id)
    return work.tx.case_studies.get(study_id) or study, project


def add_lessons(work: CaseWork, study: CaseStudy, project: Project, lessons: str) -> list[NewMessage]:
    """Raises InvalidAnswer with what would tell who it was. Told to whoever may approve."""
    assert work.actor is not None
    if not SHORTEST <= len(lessons) <= LONGEST:
        raise InvalidAnswer(texts.how_long(study.id, SHORTEST, LONGEST))
    word = tells(lessons, _names(work, project))
    if word:
        raise InvalidAnswer(texts.tells(word))
    work.tx.case_studies.save(study.rewrite(lessons, work.actor.id))
    work.audit(project.id, "study.lessons", f"study:{study.id}")
    text = texts.to_approve(study, work.actor_name)
    return [work.tell(one, text, f"study:{study.id}") for one in supervisors(work)]


def approve(work: CaseWork, study: CaseStudy, project: Project) -> list[NewMessage]:
    assert work.actor is not None
    if work.actor.id == study.drafted_by:
        raise InvalidAnswer(texts.by_another())
    if not study.lessons:
        raise InvalidAnswer(texts.no_lessons(study.id))
    approved = study.approve(work.actor.id, work.now)
    work.tx.case_studies.save(approved)
    work.audit(project.id, "study.approve", f"study:{study.id}")
    drafter = work.tx.people.get(study.drafted_by)
    return [work.tell(drafter, texts.approved(study.id, work.actor_name), f"study:{study.id}")]


def _names(work: CaseWork, project: Project) -> list[str]:
    """Everything by which somebody who knows the county could tell which project it was."""
    site = work.site
    enterprise = work.tx.projects.enterprise(project.enterprise_id)
    people = [person for person, _ in work.tx.people.of_project(project.id)]
    people += [person for role in OFFICERS for person in work.tx.people.with_role(role)]
    place = site.name.partition("(")[0].partition("（")[0]
    names = [enterprise.name, enterprise.address, project.name, project.short_name, place, site.hall.name]
    names += [str(project.facts[key]) for key in ("address", "scale") if key in project.facts]
    # The county is told by its bare name as well.
    return [*names, place.rstrip("省市区县"), *(person.name for person in people)]
