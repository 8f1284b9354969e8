"""“我的档案” and “调阅 编号”: whoever was part of a case finds its record again, also after its end (R150)."""

from __future__ import annotations

from bot.case_view import views_of
from bot.context import Answer, Context, words
from bot.moves.reading import may_read
from bot.moves.work import case_work
from bot.texts import records as texts
from domain.case import Case
from domain.errors import NotFound, Unclear
from domain.filled_forms import FilledForm
from domain.people import Action
from domain.project import Project


def show(context: Context, arguments: dict[str, str]) -> Answer:
    project = _project(context, arguments.get("code") or "")
    cases = context.tx.cases.of_project(project.id)
    if not cases:
        raise NotFound("case")
    said = [_record(context, project, case) for case in cases[-3:]]
    forms = [form for case in cases for form in _forms(context, case)]
    how = texts.how_to_fetch(forms[-1].no) if forms else ""
    return words("\n\n".join(part for part in (*said, how) if part))


def fetch(context: Context, arguments: dict[str, str]) -> Answer:
    found = context.tx.forms.by_no(arguments["code"])
    project = context.tx.projects.get(found.project_id) if found else None
    here = not context.message.in_group or (project is not None and project == context.project)
    if found is None or project is None or not here or not may_read(context, project, found.form):
        raise NotFound("paper", arguments["code"].upper())
    work = case_work(context)
    work.audit(project.id, "form.read", f"form:{found.id}")
    said = texts.sent(context.site.forms[found.form].title, found.no)
    return words(said).and_tell(work.send_form(context.must_sender, found))


def _project(context: Context, code: str) -> Project:
    """The named one, the group's, or the only one; never one this person has no part in."""
    sender = context.must_sender
    if code:
        found = context.tx.projects.by_code(code)
        elsewhere = context.message.in_group and found != context.project
        if found is None or elsewhere or not may_read(context, found, ""):
            raise NotFound("project", code.upper())
        return found
    if context.project is not None:
        if not may_read(context, context.project, ""):
            context.must_be_allowed(Action.ASK_CASE)
        return context.project
    own = [one for one in context.tx.projects.of_person(sender.id) if may_read(context, one, "")]
    if not own:
        raise NotFound("project")
    if len(own) > 1:
        raise Unclear(
            "您要查哪个项目的档案？请写明项目编号：", [(p.code, f"我的档案 {p.code}") for p in own[:9]]
        )
    return own[0]


def _forms(context: Context, case: Case) -> list[FilledForm]:
    project = context.tx.projects.get(case.project_id)
    return [form for form in context.tx.forms.of_case(case.id) if may_read(context, project, form.form)]


def _record(context: Context, project: Project, case: Case) -> str:
    items = context.tx.cases.items([case.id]).get(case.id, [])
    views = views_of(items, context.site, context.calendar, context.today)
    return texts.of_case(project, case, views, _forms(context, case), context.site)
