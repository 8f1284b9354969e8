"""工作台账 F3 and 日志 F10: two views of the same rows, and 难点问题台账 F11; columns as in forms.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.documents.form_values import day
from bot.documents.service_figures import Reach
from bot.documents.table_sheets import SheetText, book, columns_of
from domain.case import CONTACT_CHANNEL_NAMES, SERVICE_TYPE_NAMES, ContactChannel
from domain.escalation import Rules, plan_for
from domain.forms import FormSpec
from domain.hard_issues import WAY_NAMES, NextStep, is_late, next_step
from domain.issues import CATEGORY_NAMES, Issue
from domain.ledger import LogEntry
from domain.people import Role
from domain.project import Project

_F10_WAY = {
    ContactChannel.PHONE: "电话",
    ContactChannel.VISIT: "上门",
    ContactChannel.WINDOW: "线下",
}
Rows = list[Mapping[str, Any]]


def draw(reach: Reach) -> bytes:
    return book(*(sheet(reach, key) for key in ("F3", "F10", "F11")))


def sheet(reach: Reach, key: str) -> SheetText:
    form = reach.site.forms[key]
    rows, totals = _MAKERS[key](reach)
    return SheetText(
        name=_short(form),
        title=form.title,
        under=f"{reach.site.hall.name}　{reach.period.name}",
        columns=columns_of(form.fields),
        rows=[[_cell(row.get(field.key)) for field in form.fields] for row in rows],
        totals=totals,
        foot=[f"本表栏目根据公开资料整理，{form.caveat}。"] if form.caveat else [],
    )


def _short(form: FormSpec) -> str:
    return {"F3": "工作台账", "F10": "日志", "F11": "难点问题台账"}[form.key]


def _cell(value: object) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float) or value is None else str(value)


# ---------------------------------------------------------------- contacts and actions


def _ledger(reach: Reach) -> tuple[Rows, str]:
    files = reach.tx.counting.log_files(entry.id for entry in reach.entries)
    enterprises = {p.id: reach.tx.projects.enterprise(p.enterprise_id).name for p in _touched(reach)}
    contacts = {project.id: _contact(reach, project) for project in _touched(reach)}
    rows: Rows = [
        _of_entry(reach, entry, number)
        | {
            "enterprise": enterprises[entry.project_id],
            "contact": contacts[entry.project_id],
            "files": "、".join(files.get(entry.id, [])),
        }
        for number, entry in enumerate(reach.entries, 1)
    ]
    kinds = Counter(SERVICE_TYPE_NAMES[entry.service_type] for entry in reach.entries)
    each = "，".join(f"{name}{times}次" for name, times in kinds.items())
    return rows, f"合计：{len(rows)}条，涉及{len(_touched(reach))}个项目{f'；{each}' if each else ''}。"


def _of_entry(reach: Reach, entry: LogEntry, number: int) -> dict[str, Any]:
    project = reach.projects[entry.project_id]
    item = reach.site.catalogue.items.get(entry.item_id or "")
    # F3 has no column value for the single chat: it is the same client.
    channel = ContactChannel.GROUP if entry.channel is ContactChannel.CHAT else entry.channel
    return {
        "no": number,
        "project_name": project.name,
        "project_code": project.national_code,
        "day": entry.at.astimezone(reach.calendar.zone).date(),
        "channel": CONTACT_CHANNEL_NAMES[channel],
        "service_type": SERVICE_TYPE_NAMES[entry.service_type],
        "item": item.name if item else "",
        "summary": entry.summary,
        "departments": entry.departments,
        "answer": entry.answer,
        "next_step": entry.next_step,
        "status": entry.status.value,
        "recorded_by": f"{entry.recorded_by}{'（已修改）' if entry.edited else ''}",
    }


def _log(reach: Reach) -> tuple[Rows, str]:
    files = reach.tx.counting.log_files(entry.id for entry in reach.entries)
    officers = reach.people(project.officer_id for project in _touched(reach))
    rows: Rows = []
    for number, entry in enumerate(reach.entries, 1):
        project = reach.projects[entry.project_id]
        row = _of_entry(reach, entry, number)
        rows.append(
            row
            | {
                "at": f"{entry.at.astimezone(reach.calendar.zone):%Y-%m-%d %H:%M}",
                "officer_name": officers[project.officer_id].name,
                "channel": _F10_WAY.get(entry.channel, "线上"),
                "content": entry.summary,
                "milestone": entry.milestone.value,
                "outcome": entry.answer,
                "files": "、".join(files.get(entry.id, [])),
            }
        )
    nodes = sum(bool(entry.milestone) for entry in reach.entries)
    return rows, f"合计：{len(rows)}条，其中关键节点{nodes}条。"


def _touched(reach: Reach) -> list[Project]:
    ids = {entry.project_id for entry in reach.entries}
    return [project for id_, project in sorted(reach.projects.items()) if id_ in ids]


def _contact(reach: Reach, project: Project) -> str:
    people = {role: person for person, role in reach.tx.people.of_project(project.id)}
    contact = people.get(Role.ENTERPRISE_CONTACT) or people.get(Role.ENTERPRISE_SIGNATORY)
    return f"{contact.name} {contact.phone}" if contact else ""


# ---------------------------------------------------------------- problems


def _problems(reach: Reach) -> tuple[Rows, str]:
    found = reach.tx.issues.of_projects(reach.projects, open_only=False)
    issues = sorted((i for some in found.values() for i in some if _belongs(reach, i)), key=lambda i: i.no)
    rows: Rows = [_of_issue(reach, issue, number) for number, issue in enumerate(issues, 1)]
    late = sum(row["overdue"] == "是" for row in rows)
    solved = sum(bool(row["solved_on"]) for row in rows)
    return rows, f"合计：{len(rows)}个问题，已解决{solved}个，超期{late}个。"


def _belongs(reach: Reach, issue: Issue) -> bool:
    """Raised in the period, or raised before it and still open or told in it."""
    raised = _day(reach, issue.raised_at)
    told = _day(reach, issue.released_at) if issue.released_at else None
    return raised <= reach.period.last and (
        issue.is_open or reach.period.has(raised) or reach.period.has(told)
    )


def _of_issue(reach: Reach, issue: Issue, number: int) -> dict[str, Any]:
    project = reach.projects[issue.project_id]
    step = next_step(issue, project.officer_id, _limit(reach, issue))
    people = reach.people({project.officer_id, issue.raised_by, *([step.person_id] if step else [])})
    department = reach.site.departments.get(issue.department or "")
    solved = not issue.is_open and issue.released_at is not None
    return {
        "no": number,
        "project_name": project.name,
        "issue_no": f"问题{issue.no}",
        "description": issue.description,
        "raised_on": _day(reach, issue.raised_at),
        "raised_by": reach.tx.projects.enterprise(project.enterprise_id).name,
        "category": CATEGORY_NAMES[issue.category],
        "lead": department.name if department else "待分派",
        "responsible": people[step.person_id].name if step else _responsible(reach, issue),
        "due": _day(reach, step.at if step else issue.answer_by or _limit(reach, issue)),
        "way": WAY_NAMES[issue.level],
        "measures": _measures(reach, step, people[step.person_id].name) if step else "无（已结束）",
        "progress": _progress(issue, reach.now),
        "overdue": "是" if is_late(issue, step, reach.now) else "否",
        "solved_on": _day(reach, issue.released_at) if solved and issue.released_at else "",
        "closed_by": people[issue.raised_by].name if solved else "",
    }


def _measures(reach: Reach, step: NextStep, who: str) -> str:
    return f"下一步：{step.what}；责任人：{who}；期限：{day(_day(reach, step.at))}"


def _progress(issue: Issue, now: datetime) -> str:
    states = {
        "new": "正在分派", "triage": "待服务专员分派", "assigned": "已交办，待接办", "accepted": "部门办理中",
        "coordinated": "逐级协调中", "answered": "答复已拟好，待发布", "released": "已答复，待确认", "closed": "已解决", "withdrawn": "已撤回",
    }  # fmt: skip
    # An answer that was not released yet is not told anybody.
    told = issue.answer if issue.told(now) or not issue.is_open else ""
    return f"{states[issue.shown_status(now)]}{f'：{told}' if told else ''}"


def _responsible(reach: Reach, issue: Issue) -> str:
    by = issue.representative_id or issue.answered_by
    return reach.people([by])[by].name if by else ""


def _limit(reach: Reach, issue: Issue) -> datetime:
    limits = reach.site.deadlines
    return plan_for(issue, Rules(limits, reach.calendar, reach.calendar), issue.raised_at).answer_by


def _day(reach: Reach, at: datetime) -> date:
    return at.astimezone(reach.calendar.zone).date()


_MAKERS: Mapping[str, Callable[[Reach], tuple[Rows, str]]] = {"F3": _ledger, "F10": _log, "F11": _problems}
