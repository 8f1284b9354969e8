"""From what is wanted to the bytes of a file, in the worker just before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.documents import checklist, known
from bot.documents.template_library import render
from bot.platform import Paper, SendFile
from domain.calendar import WorkCalendar
from domain.filled_forms import FilledForm
from domain.site import Site
from storage.store import Transaction


@dataclass(frozen=True)
class Desk:
    """What a paper is made with. `today`: the office's."""

    tx: Transaction
    site: Site
    calendar: WorkCalendar
    today: date


def draw(paper: Paper, desk: Desk) -> SendFile:
    return DRAWERS[paper.kind](paper, desk)


def filled_form(filled: FilledForm, site: Site) -> SendFile:
    """With its content and signatures, as a file named by title and number."""
    form = site.forms[filled.form]
    made = render(form, site, filled.values, filled.signatures)
    return SendFile(f"{form.title}（{filled.no}）.docx", made)


def _blank(paper: Paper, desk: Desk) -> SendFile:
    """With what is known of the project."""
    form = desk.site.forms[paper.key]
    told = {}
    if paper.project_id:
        project = desk.tx.projects.get(paper.project_id)
        told = known.for_form(desk.tx, desk.site, form, project)
    return SendFile(f"{form.title}.docx", render(form, desk.site, told, blank=True))


def _filled(paper: Paper, desk: Desk) -> SendFile:
    filled = desk.tx.forms.get(int(paper.key))
    if filled is None:
        raise LookupError("form")
    return filled_form(filled, desk.site)


def _checklist(paper: Paper, desk: Desk) -> SendFile:
    entry = desk.site.catalogue.items[paper.key]
    project = desk.tx.projects.get(paper.project_id).name if paper.project_id else ""
    return SendFile(f"{entry.spoken}材料清单.docx", checklist.draw(entry, desk.site, project))


# By the kind of `Paper`.
DRAWERS: Mapping[str, Callable[[Paper, Desk], SendFile]] = {
    "form": _blank,
    "filled": _filled,
    "checklist": _checklist,
}
