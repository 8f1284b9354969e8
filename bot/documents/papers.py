"""From what is wanted to the bytes of a file, in the worker just before it is sent."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.documents import blank_form, checklist
from bot.platform import Paper, SendFile
from domain.filled_forms import FilledForm
from domain.project import PROJECT_TYPE_NAMES, Project
from domain.site import Site
from storage.store import Transaction


def draw(paper: Paper, tx: Transaction, site: Site) -> SendFile:
    project = tx.projects.get(paper.project_id) if paper.project_id else None
    if paper.kind == "form":
        form = site.forms[paper.key]
        known = _known(tx, project) if project else {}
        return SendFile(f"{form.title}.docx", blank_form.draw(form, site, known))
    if paper.kind == "filled":
        filled = tx.forms.get(int(paper.key))
        if filled is None:
            raise LookupError("form")
        return filled_form(filled, site)
    if paper.kind == "application":
        return _draft(paper.key, tx, site)
    entry = site.catalogue.items[paper.key]
    return SendFile(
        f"{entry.spoken}材料清单.docx", checklist.draw(entry, site, project.name if project else "")
    )


def _draft(key: str, tx: Transaction, site: Site) -> SendFile:
    """An application that is still being filled in: `key` is person and project of its dialog."""
    person_id, project_id = (int(one) for one in key.split(":"))
    dialog = tx.dialogs.open_for(person_id, project_id, datetime(2000, 1, 1, tzinfo=UTC))
    if dialog is None or "values" not in dialog.answers:
        raise LookupError("draft")
    values, later = dialog.answers["values"], dict.fromkeys(dialog.answers["later"], "待补")
    draft = FilledForm(0, "草稿", "F1", project_id, None, {**later, **values, "no": "草稿"})
    return filled_form(draft, site)


def filled_form(filled: FilledForm, site: Site) -> SendFile:
    """With its content and signatures, as a file named by title and number."""
    form = site.forms[filled.form]
    known = {key: str(value) for key, value in filled.values.items()}
    return SendFile(f"{form.title}（{filled.no}）.docx", blank_form.draw(form, site, known))


def _known(tx: Transaction, project: Project) -> dict[str, str]:
    """By the keys of forms.yaml: what the office has already been told is not asked for twice."""
    enterprise = tx.projects.enterprise(project.enterprise_id)
    amounts = ("investment", "land_area", "floor_area")
    facts = {key: str(project.facts.get(key) or "").removesuffix(".0") for key in amounts}
    return {
        **facts,
        "project_name": project.name,
        # The state's code of the project; our own number is no substitute and stays off the paper.
        "project_code": project.national_code,
        "project_type": PROJECT_TYPE_NAMES[project.type],
        "enterprise": enterprise.name,
        "credit_code": enterprise.credit_code,
        "enterprise_address": enterprise.address,
        "officer_name": tx.people.get(project.officer_id).name,
    }
