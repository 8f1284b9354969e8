"""Lists of what waits for somebody, the most pressing first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from bot.texts.phrases import LAMPS, STATES, clipped, lines, moment, short_day, used_and_left
from domain.case import Case
from domain.deadlines import Lamp
from domain.filled_forms import FilledForm
from domain.issues import Issue, IssueStatus
from domain.items import ItemState, ItemView
from domain.materials import Material, MaterialState
from domain.project import Project
from domain.rungs import WHAT
from domain.site import Site
from domain.tasks import Task

NOTHING = "目前没有需要您处理的事项。"
Late = Sequence[tuple[int, ItemView]]
MOST = 6  # of each kind: the whole list stays within 2048 bytes


def representative(
    issues: Sequence[Issue], lamps: Mapping[int, Lamp], late: Late, names: Mapping[int, str], zone: tzinfo
) -> str:
    if not issues and not late:
        return ""
    asked = [
        f"{_lamp(lamps.get(i.no))}问题{i.no}（{'待接办' if i.status is IssueStatus.ASSIGNED else '待答复'}，{moment(i.answer_by, zone)}前）"
        f"{clipped(i.description, 30)}"
        for i in issues[:MOST]
        if i.answer_by
    ]
    return lines(
        f"**等您办理**：{_counts(issues, late)}",
        *asked,
        _more(len(issues)),
        *_items(late, names),
        _how(issues),
    )


def helping(parts: Sequence[tuple[int, datetime | None]], zone: tzinfo) -> str:
    """Number and when it is due, of problems this person handles beside the lead."""
    if not parts:
        return ""
    listed = "、".join(f"问题{no}（{moment(by, zone)}前）" if by else f"问题{no}" for no, by in parts[:MOST])
    return f"等您协办：{listed}。请回复“回复 {parts[0][0]} 协办意见”。"


def _lamp(lamp: Lamp | None) -> str:
    """Only what presses is lit."""
    return f"{LAMPS[lamp]} " if lamp in (Lamp.YELLOW, Lamp.RED) else ""


def _how(issues: Sequence[Issue]) -> str:
    new = next((i.no for i in issues if i.status is IssueStatus.ASSIGNED), None)
    take = f"接办请回复“我来办 {new}”，" if new else ""
    return f"{take}答复请回复“回复 {new or issues[0].no} 内容”。" if issues else ""


def _review_line(to_review: ToReview, names: Mapping[int, str]) -> str:
    if not to_review:
        return ""
    named = [f"{clipped(names[p], 14)}·{spoken}{count}份" for p, spoken, count in to_review[:4]]
    return f"📥 {'、'.join(named)}{'等' if len(to_review) > 4 else ''}待审核，看清单发送“{to_review[0][1]}材料”。"


def _counts(issues: Sequence[Issue], late: Late, files: int = 0) -> str:
    found = [
        f"问题{len(issues)}个" if issues else "",
        f"临期或超期事项{len(late)}项" if late else "",
        f"待审核材料{files}份" if files else "",
    ]
    return "，".join(one for one in found if one)


def _more(count: int) -> str:
    return f"……另有{count - MOST}个问题" if count > MOST else ""


ToReview = Sequence[tuple[int, str, int]]


def officer(
    desk: Sequence[Issue], overdue: Sequence[Issue], late: Late, names: Mapping[int, str], to_review: ToReview
) -> str:
    """`overdue`: with a department and not answered in time. `to_review`: items with files to be looked at."""
    if not (desk or overdue or late or to_review):
        return ""
    waiting = [f"问题{i.no}（{_waits_for(i)}）{clipped(i.description, 30)}" for i in desk[:MOST]]
    first = next((i for i in desk if i.status is IssueStatus.ANSWERED), None)
    unsorted = next((i for i in desk if i.status is IssueStatus.TRIAGE), None)
    how = f"发布请回复“发布 {first.no}”。" if first else ""
    how += f"分派请回复“转办 {unsorted.no} 部门 原因”。" if unsorted else ""
    return lines(
        f"**等您处理**：{_counts([*desk, *overdue], late, sum(one[2] for one in to_review))}",
        *waiting,
        _more(len(desk)),
        *(f"🔴 问题{i.no}（部门逾期未答复）{clipped(i.description, 30)}" for i in overdue[:MOST]),
        *_items(late, names),
        _review_line(to_review, names),
        how,
    )


def _waits_for(issue: Issue) -> str:
    if issue.status is IssueStatus.COORDINATED:
        return f"待{WHAT.get(issue.rung, '协调')}"
    return "待发布答复" if issue.status is IssueStatus.ANSWERED else "待分派"


def tasks(found: Sequence[Task], today: date) -> str:
    """What this person was given to do, the most pressing first."""
    if not found:
        return ""
    listed = [
        f"{LAMPS[Lamp.RED] if one.due < today else ''}任务{one.id}（{short_day(one.due)}前）{clipped(one.text, 40)}"
        for one in found[:MOST]
    ]
    more = f"……另有{len(found) - MOST}项任务" if len(found) > MOST else ""
    return lines("**您的任务**：", *listed, more, f"完成请回复“完成任务 {found[0].id} 结果”。")


def supervisor(head: str, late: Late, overdue: Sequence[Issue], names: Mapping[int, str], site: Site) -> str:
    """At most ten lines, red before yellow, each with step, department and days."""
    red = [one for one in late if one[1].lamp is Lamp.RED]
    yellow = [one for one in late if one[1].lamp is Lamp.YELLOW]
    counts = f"**{head}**：超期{len(red)}项，临期{len(yellow)}项，逾期未答复问题{len(overdue)}个"
    asked = [
        f"🔴 问题{i.no} {site.departments[i.department].short if i.department else ''} {clipped(i.description, 20)}"
        for i in overdue[:3]
    ]
    room = 9 - len(asked)
    ordered = sorted(red, key=lambda one: one[1].clock.left if one[1].clock else 0) + yellow
    return lines(counts, *asked, *(_for_supervisor(p, v, names, site) for p, v in ordered[:room]))


def enterprise(
    project: Project, missing: Sequence[tuple[ItemView, Sequence[Material]]], waiting: Sequence[Issue],
    fees: Sequence[tuple[str, date]],
) -> str:  # fmt: skip
    """`fees`: item and day; this is read in groups too."""
    if not missing and not waiting and not fees:
        return f"**{project.name}**：目前没有需要贵单位办理的事项。"
    papers = [line for view, short in missing[:MOST] for line in _papers(view, short)]
    asked = [f"问题{i.no}已答复，请回复“问题{i.no} 已解决”或“问题{i.no} 未解决 原因”" for i in waiting]
    pay = [f"缴费：{item}（{short_day(due)}前），缴好后发送“已缴费 {item}”" for item, due in fees[:MOST]]
    return lines(f"**{project.name}**需要贵单位办理：", *pay, *papers, *asked)


def papers(
    applied: Sequence[Case], to_sign: Sequence[FilledForm], names: Mapping[int, str], site: Site
) -> str:
    if not applied and not to_sign:
        return ""
    return lines(
        *(
            f"待受理申请：{clipped(names[case.project_id], 14)} {case.no}，发送“受理 {case.no}”或“不予受理 {case.no} 原因”"
            for case in applied[:MOST]
        ),
        *(
            f"待签署：{clipped(names[form.project_id], 14)}《{site.forms[form.form].title}》，发送“签署 {form.no}”"
            for form in to_sign[:MOST]
        ),
    )


def to_rectify(found: Sequence[tuple[Project, date | None]]) -> str:
    """Poor ratings the officer has to put right, with their day."""
    return "".join(
        f"\n待整改：{clipped(project.short_name, 14)}的评价{f'（{short_day(by)}前）' if by else ''}，发送“整改 {project.code} 措施”"
        for project, by in found[:MOST]
    )


def _papers(view: ItemView, short: Sequence[Material]) -> list[str]:
    """What is missing and what came back, apart: the one is to be brought, the other to be put right."""
    correction = "（待补正）" if view.item.state is ItemState.CORRECTION else ""
    back = [m for m in short if m.state is MaterialState.RETURNED]
    missing = [m for m in short if m.state is not MaterialState.RETURNED]
    found = ((f"还缺{len(missing)}份", missing), (f"退回{len(back)}份，请修改后重交", back))
    return [
        f"{view.entry.spoken}{correction}{what}：{'、'.join(clipped(m.name, 16) for m in named[:3])}{'等' if len(named) > 3 else ''}"
        for what, named in found
        if named
    ]


def near_the_end(late: Late, projects: Mapping[int, Project], *, answers: bool) -> str:
    """A morning's message: red first, the rest as a number. `answers`: to the representative, who may say how it
    stands."""
    ordered = sorted(late, key=lambda one: one[1].clock.left if one[1].clock else 0)
    more = f"……另有{len(late) - MOST}项，发送“待办”查看" if len(late) > MOST else ""
    return lines(
        f"**办理时限提醒**：{len(late)}项临期或超期",
        *(_near(view, projects[project]) for project, view in ordered[:MOST]),
        more,
        _how_it_stands(ordered[0][1], projects[ordered[0][0]]) if answers else "",
    )


def _near(view: ItemView, project: Project) -> str:
    clock = view.clock
    if clock is None:
        return ""
    reference = "（外地参考时限，以本地公布为准）" if clock.limit.scope else ""
    return (
        f"{LAMPS[view.lamp]} {clipped(project.short_name, 14)}·{view.entry.spoken}（{STATES[view.item.state]}）："
        f"{short_day(clock.due)}到期{reference}，{used_and_left(clock)}"
    )


def _how_it_stands(view: ItemView, project: Project) -> str:
    name = f"{project.code} {view.entry.spoken}"
    return f"例如：办结请回复“{name} 办结 文号”，要补正请回复“{name} 补正：内容”。"


def _items(late: Late, names: Mapping[int, str]) -> list[str]:
    return [
        f"{LAMPS[view.lamp]} {clipped(names[project], 14)}·{view.entry.spoken}："
        f"{STATES[view.item.state]}，{used_and_left(view.clock) if view.clock else ''}"
        for project, view in late[:MOST]
    ]


def _for_supervisor(project: int, view: ItemView, names: Mapping[int, str], site: Site) -> str:
    due = f"（{short_day(view.clock.due)}到期）" if view.clock else ""
    days = used_and_left(view.clock).split("，")[-1] if view.clock else ""
    department = site.departments[view.entry.lead].short
    return f"{LAMPS[view.lamp]} {clipped(names[project], 14)}·{view.entry.spoken}（{department}）{days}{due}"


def on_a_page(url: str) -> str:
    return f"[在网页上逐件办理]({url})"
