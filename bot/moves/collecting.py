"""项目信息采集表 (F9, R061): what is known of a project after the first meeting, as a paper; anew as a new version."""

from __future__ import annotations

from bot.case_view import views_of
from bot.documents import known
from bot.moves.work import CaseWork
from domain.case import Case, ServiceType
from domain.filled_forms import FilledForm
from domain.items import ENDED, ItemState
from domain.ledger import LogStatus, Milestone
from domain.project import Project

FORM = "F9"


def collect(work: CaseWork, project: Project, case: Case | None, said: str) -> FilledForm:
    """`said`: what the meeting brought, in the officer's words."""
    items = work.tx.cases.items([case.id]).get(case.id, []) if case else []
    views = views_of(items, work.site, work.calendar, work.today)
    done = [
        {
            "item": view.entry.name,
            "number": view.item.result_no,
            "day": view.item.ended_on.isoformat() if view.item.ended_on else "",
        }
        for view in views
        if view.item.state is ItemState.COMPLETED
    ]
    wanted = "、".join(view.entry.spoken for view in views if view.item.state not in ENDED)
    values = {
        **known.for_form(work.tx, work.site, work.site.forms[FORM], project, case),
        "done": done,
        "wanted": wanted or "待商定",
        "difficulties": said,
        "collected_by": work.actor_name,
        "collected_on": work.today.isoformat(),
    }
    before = [form for form in work.tx.forms.of_project(project.id) if form.form == FORM]
    form = (
        work.next_version(before[-1], project, case, values)
        if before
        else work.fill(FORM, project, case, values)
    )
    work.log(
        project,
        case,
        "与项目单位接洽，采集项目信息" + (f"：{said}" if said else ""),
        f"项目信息采集表{form.no}（第{form.version}版）",
        subject=f"form:{form.id}",
        milestone=Milestone.INTENT,
        service_type=ServiceType.CONSULT,
        status=LogStatus.ANSWERED,
    )
    return form
