"""From what is wanted to the bytes of a file, in the worker just before it is sent."""

from __future__ import annotations

from datetime import date

from bot.documents import blank_form, checklist, guide_paper, timeline_picture
from bot.platform import Paper, SendFile
from domain.filled_forms import FilledForm
from domain.items import ENDED, CaseItem, ItemState
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
    if paper.kind == "timeline" and project:
        return _timeline(paper, tx, site, project)
    entry = site.catalogue.items[paper.key]
    return SendFile(
        f"{entry.spoken}材料清单.docx", checklist.draw(entry, site, project.name if project else "")
    )


def filled_form(filled: FilledForm, site: Site) -> SendFile:
    """With its content and signatures, as a file named by title and number."""
    form = site.forms[filled.form]
    if filled.form == "F2":
        return SendFile(f"{form.title}（{filled.no}）.docx", guide_paper.draw(filled, form, site))
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


def _timeline(paper: Paper, tx: Transaction, site: Site, project: Project) -> SendFile:
    """`key`: case, the day it was asked for, and the last year with an official calendar."""
    case_id, day, sure_until = paper.key.split(":")
    today = date.fromisoformat(day)
    items = tx.cases.items([int(case_id)]).get(int(case_id), [])
    bars = [_bar(item, site, today) for item in items if item.item_id in site.catalogue.items]
    bars.sort(key=lambda bar: (bar.start or date.max, bar.end or date.max))
    plan = timeline_picture.Timeline(
        f"{project.short_name}办理计划", project.code, today, bars, int(sure_until), site.hall.name
    )
    return SendFile(f"{project.short_name}办理计划.png", timeline_picture.draw(plan), "image")


def _bar(item: CaseItem, site: Site, today: date) -> timeline_picture.Bar:
    entry = site.catalogue.items[item.item_id]
    who = site.departments[entry.lead].short
    if item.state in ENDED:
        return timeline_picture.Bar(entry.spoken, who, "done", item.current[0].day, item.ended_on)
    if item.state is ItemState.PLANNED:
        late = item.planned_submit is not None and item.planned_submit < today
        return timeline_picture.Bar(
            entry.spoken, who, "planned", item.planned_submit, item.planned_done, late
        )
    begun, planned = item.current[0].day, item.planned_done
    late = planned is not None and planned < today
    end = max(planned, today) if planned else None
    return timeline_picture.Bar(entry.spoken, who, "running", begun, end, late)
