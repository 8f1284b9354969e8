"""“写案例 YX-2026-001”, “改案例 3 …”, “同意案例 3”, “导出案例 3” (R170)."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.moves import rating, studying
from bot.moves.naming import as_typed, project_called
from bot.moves.work import case_work
from bot.platform import Paper
from bot.records import to_record
from bot.texts import case_studies as texts
from domain.case_studies import CaseStudy, StudyState
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.people import Action
from domain.project import Project
from storage.outbox import NewMessage

Arguments = dict[str, str]


def draft(context: Context, arguments: Arguments) -> Answer:
    _in_private(context)
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    return words(texts.drafted(studying.draft(case_work(context), project)))


def show(context: Context, arguments: Arguments) -> Answer:
    study, _ = _known(context, arguments)
    return words(texts.shown(study))


def lessons(context: Context, arguments: Arguments) -> Answer:
    study, project = _known(context, arguments)
    context.must_be_allowed(Action.MANAGE_CASE)
    work = case_work(context)
    told = studying.add_lessons(work, study, project, as_typed(context, arguments["rest"]))
    names = "、".join(person.name for person in rating.supervisors(work))
    return words(texts.lessons_taken(study.id, names)).and_tell(*told)


def approve(context: Context, arguments: Arguments) -> Answer:
    study, project = _known(context, arguments)
    if not context.standing.may(Action.SEE_ALL):
        raise NotAllowed("approve_study", context.whom_to_ask)
    told = studying.approve(case_work(context), study, project)
    return words(texts.approved_answer(study.id)).and_tell(*told)


def export(context: Context, arguments: Arguments) -> Answer:
    study, _ = _known(context, arguments)
    if study.state is not StudyState.APPROVED:
        raise InvalidAnswer(texts.not_approved(study.id))
    paper = to_record(Paper("case_study", str(study.id)))
    person = context.must_sender
    row = NewMessage("person", person.userid, paper, "paper:study", context.now, inbox_id=context.inbox_id)
    return words(texts.sent(study.id)).and_tell(row)


def _known(context: Context, arguments: Arguments) -> tuple[CaseStudy, Project]:
    """To the project's officers and the supervisors; for everybody else it is not there."""
    _in_private(context)
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    study, project = studying.found(case_work(context), int(arguments["no"]))
    standing = context.standing_towards(project)
    if not (standing.may(Action.MANAGE_CASE) or standing.may(Action.SEE_ALL)):
        raise NotFound("study")
    context.project = project
    context.forget_project()
    return study, project


def _in_private(context: Context) -> None:
    if context.message.in_group:
        raise InvalidAnswer(texts.IN_PRIVATE)


COMMANDS = {
    "study_draft": draft,
    "study_show": show,
    "study_lessons": lessons,
    "study_approve": approve,
    "study_export": export,
}
