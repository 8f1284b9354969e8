"""From what is wanted to the bytes of a file, in the worker just before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.documents import (
    analysis_sheet,
    checklist,
    fonts,
    known,
    ledger_sheet,
    return_papers,
    statistics_picture,
    statistics_sheet,
    study_paper,
    survey_sheet,
    timeline_picture,
    week_picture,
)
from bot.documents.form_values import day
from bot.documents.service_figures import Reach, figures
from bot.documents.template_library import render
from bot.platform import Paper, SendFile
from domain.calendar import WorkCalendar
from domain.filled_forms import FilledForm
from domain.items import ENDED, CaseItem, ItemState
from domain.periods import Period
from domain.site import Site
from storage.store import Transaction

ALL = "all"


@dataclass(frozen=True)
class Desk:
    """What a paper is made with. `now`: aware."""

    tx: Transaction
    site: Site
    calendar: WorkCalendar
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.calendar.zone).date()


def draw(paper: Paper, desk: Desk) -> SendFile:
    return DRAWERS[paper.kind](paper, desk)


def _draft(paper: Paper, desk: Desk) -> SendFile:
    """An application that is still being filled in: `key` is person and project of its dialog."""
    person_id, project_id = (int(one) for one in paper.key.split(":"))
    dialog = desk.tx.dialogs.open_for(person_id, project_id, datetime(2000, 1, 1, tzinfo=UTC))
    if dialog is None or "values" not in dialog.answers:
        raise LookupError("draft")
    values, later = dialog.answers["values"], dict.fromkeys(dialog.answers["later"], "待补")
    draft = FilledForm(0, "草稿", "F1", project_id, None, {**later, **values, "no": "草稿"})
    return filled_form(draft, desk.site)


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


def _kept(paper: Paper, desk: Desk) -> SendFile:
    """A file somebody handed in, as it is."""
    found = desk.tx.files.get(int(paper.key))
    if found is None:
        raise LookupError("file")
    return SendFile(*found)


def _filled(paper: Paper, desk: Desk) -> SendFile:
    filled = desk.tx.forms.get(int(paper.key))
    if filled is None:
        raise LookupError("form")
    return filled_form(filled, desk.site)


def _checklist(paper: Paper, desk: Desk) -> SendFile:
    entry = desk.site.catalogue.items[paper.key]
    project = desk.tx.projects.get(paper.project_id).name if paper.project_id else ""
    return SendFile(f"{entry.spoken}材料清单.docx", checklist.draw(entry, desk.site, project))


def reach_of(key: str, desk: Desk) -> Reach:
    """`key`: first day, last day, and whose projects: "all" or a person's id."""
    first, last, whose = key.split(":")
    own = None if whose == ALL else desk.tx.projects.of_officer(int(whose))
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    return Reach(desk.tx, desk.site, desk.calendar, period, desk.now, own)


def _ledger(paper: Paper, desk: Desk) -> SendFile:
    reach = reach_of(paper.key, desk)
    return SendFile(f"首席服务台账（{reach.period.name}）.xlsx", ledger_sheet.draw(reach))


def _statistics(paper: Paper, desk: Desk) -> SendFile:
    reach = reach_of(paper.key, desk)
    return SendFile(f"首席服务统计表（{reach.period.name}）.xlsx", statistics_sheet.draw(reach))


def _analysis(paper: Paper, desk: Desk) -> SendFile:
    reach = reach_of(paper.key, desk)
    return SendFile(f"问题分析（{reach.period.name}）.xlsx", analysis_sheet.draw(reach))


def _picture(paper: Paper, desk: Desk) -> SendFile:
    font = fonts.chinese()
    if font is None:
        raise LookupError("font")
    reach = reach_of(paper.key, desk)
    found, _ = figures(reach)
    data = statistics_picture.draw(found, desk.site.name, day(desk.today), font)
    return SendFile(f"首席服务统计（{reach.period.name}）.png", data, "image")


def _timeline(paper: Paper, desk: Desk) -> SendFile:
    """`key`: the case."""
    case_id, project = int(paper.key), desk.tx.projects.get(paper.project_id)
    items = desk.tx.cases.items([case_id]).get(case_id, [])
    bars = [_bar(item, desk.site, desk.today) for item in items if item.item_id in desk.site.catalogue.items]
    bars.sort(key=lambda bar: (bar.start or date.max, bar.end or date.max))
    sure_until = max(desk.calendar.covered_years, default=desk.today.year)
    plan = timeline_picture.Timeline(
        f"{project.short_name}办理计划", project.code, desk.today, bars, sure_until, desk.site.hall.name
    )
    return SendFile(f"{project.short_name}办理计划.png", timeline_picture.draw(plan), "image")


def _week(paper: Paper, desk: Desk) -> SendFile:
    """`key`: week and version of what was posted: drawn from the kept value, not from what is known by now."""
    week, version = paper.key.rsplit(":", 1)
    told = desk.tx.week_reports.get(paper.project_id, week, int(version))
    if told is None:
        raise LookupError("week")
    return SendFile(f"{told.short_name}本周小结.png", week_picture.draw(told), "image")


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


# By the kind of `Paper`.
DRAWERS: Mapping[str, Callable[[Paper, Desk], SendFile]] = {
    "form": _blank,
    "filled": _filled,
    "kept": _kept,
    "checklist": _checklist,
    "timeline": _timeline,
    "application": _draft,
    "ledger": _ledger,
    "statistics": _statistics,
    "statistics_picture": _picture,
    "week": _week,
    "problem_analysis": _analysis,
    "survey": lambda paper, desk: survey_sheet.draw(desk.tx, desk.site, paper.key),
    "case_study": lambda paper, desk: study_paper.draw(desk.tx, paper.key),
    "return_form": lambda paper, desk: return_papers.blank(desk.tx, desk.site, paper.key),
    "return_result": lambda paper, desk: return_papers.result(desk.tx, desk.site, desk.calendar, paper.key),
}
