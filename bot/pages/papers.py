"""One paper of the service: what it says, who has signed, and the own signature."""

from __future__ import annotations

from bot.context import Answer, words
from bot.documents import form_values
from bot.handlers import signing as handler
from bot.moves import signing
from bot.moves.reading import may_read
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts import forms as texts
from domain.errors import NotFound
from domain.filled_forms import FilledForm, FormState
from domain.forms import FieldType
from domain.people import Role
from domain.project import Project

_HIDDEN = frozenset({FieldType.SIGNATURE, FieldType.TABLE, FieldType.FILE})


def found(visit: Visit, form_id: int) -> tuple[FilledForm, Project]:
    """Whether a paper exists is nobody else's business."""
    form = visit.tx.forms.get(form_id)
    project = visit.tx.projects.get(form.project_id) if form else None
    if form is None or project is None or not may_read(visit.context, project, form.form):
        raise NotFound("paper")
    visit.about(project)
    return form, project


def show(visit: Visit, form_id: int) -> Shown:
    form, project = found(visit, form_id)
    site = visit.context.site
    spec = site.forms[form.form]
    plain = form_values.shown(spec, site, form.values, form.signatures)["plain"]
    lines = [
        (one.label, getattr(plain, one.key))
        for one in spec.fields
        if one.type not in _HIDDEN and one.key != "no"
    ]
    tables = [
        (
            one.label,
            [column.label for column in one.columns],
            _rows(form, one.key, [c.key for c in one.columns]),
        )
        for one in spec.fields
        if one.type is FieldType.TABLE and form.values.get(one.key)
    ]
    values = {
        "form": form,
        "project": project,
        "caption": spec.title,
        "lines": [(label, value) for label, value in lines if value],
        "tables": tables,
        "gist": texts.what_is_signed(form),
        "void": form.state is FormState.VOID,
        "waiting": [_titled(visit, project, role) for role in form.missing],
        "may_sign": visit.allowed(lambda: signing.must_sign(visit.work, form, project, visit.person)),
        "person_name": visit.person.name,
    }
    return Shown("paper.html", spec.title, values)


def _rows(form: FilledForm, key: str, columns: list[str]) -> list[list[str]]:
    rows = form.values.get(key) or ()
    return [[str(row.get(column, "") or "") for column in columns] for row in rows if isinstance(row, dict)]


def _titled(visit: Visit, project: Project, role: Role) -> str:
    names = "、".join(one.name for one in visit.work.signatories(project, role))
    return f"{visit.context.site.titles.of(role)}{names}"


# ---------------------------------------------------------------- what the buttons do


def sign(visit: Visit, form_id: int) -> Answer:
    """The very form that was read, not a newer version under its number."""
    form, project = found(visit, form_id)
    signing.must_sign(visit.work, form, project, visit.person)
    return handler.sign(visit.context, {"code": form.no})


def doubt(visit: Visit, form_id: int) -> Answer:
    form, project = found(visit, form_id)
    signing.must_sign(visit.work, form, project, visit.person)
    officer = visit.tx.people.get(project.officer_id)
    title = visit.context.site.forms[form.form].title
    note = texts.doubt_to_officer(project.name, title, form.no, visit.person.name)
    row = visit.work.tell(officer, note, f"form:{form.id}")
    return words(texts.doubt_noted(officer.name)).and_tell(row)


PAGE = PageKind("/paper/<int:form_id>", show, {"sign": sign, "doubt": doubt})
