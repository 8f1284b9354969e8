"""How a project, an item and an issue stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from bot.case_view import CaseView
from bot.texts.phrases import (
    LAMPS,
    STATES,
    clipped,
    day,
    lines,
    moment,
    provisional,
    short_day,
    used_and_left,
)
from domain.catalogue import CatalogueItem, Limit
from domain.deadlines import IssueClock
from domain.issues import Issue, IssueStatus
from domain.items import ENDED, Clock, ItemState, ItemView
from domain.project import Project
from domain.site import Site

ISSUE_STATES: dict[IssueStatus, str] = {
    IssueStatus.NEW: "正在分派",
    IssueStatus.TRIAGE: "服务专员正在分派",
    IssueStatus.ASSIGNED: "已转部门代表，待接办",
    IssueStatus.ACCEPTED: "部门代表办理中",
    IssueStatus.COORDINATED: "正在逐级协调",
    IssueStatus.ANSWERED: "部门已答复，服务专员核对中",
    IssueStatus.RELEASED: "已答复，待项目单位确认",
    IssueStatus.CLOSED: "已解决",
    IssueStatus.WITHDRAWN: "已撤回",
}


# What stands before the stage board of a case in which nothing is handled now.

IssueState = tuple[int, IssueStatus]


def whole(
    project: Project, view: CaseView, site: Site, today: date, issues: Sequence[IssueState], beside: str = ""
) -> str:
    """The stage board of one case: what is done, under way, next. `issues`: number and what may be shown; `beside`:
    that the service stands still or ends."""
    done = len(view.done)
    stages = "、".join(dict.fromkeys(v.entry.stage for v in view.running))
    return lines(
        f"**{project.name}**（{project.code}）进度",
        beside,
        f"共{len(view.items)}项：已办结{done}项，在办{len(view.running)}项，待办{len(view.planned)}项",
        f"当前阶段：{stages}" if stages else "",
        *(_running_line(v, site) for v in view.running),
        _next_line(view.planned),
        _issues_line(issues),
        _as_of(view, today),
        _elsewhere(view),
    )


def when(project: Project, view: CaseView, site: Site, today: date) -> str:
    """什么时候能出证: both dates of everything that runs, and never a promise of our own."""
    if not view.running:
        return f"{project.name}目前没有在办事项。{_next_line(view.planned)}"
    return lines(
        f"**{project.name}**在办事项的时限：",
        *(_dates_line(v, site) for v in view.running),
        "以上为部门办理时限，出证以部门办结为准；补正、专家评审、公示等时间不计入。",
        _as_of(view, today),
        _elsewhere(view),
    )


def blocked(project: Project, view: CaseView, site: Site, people: Mapping[str, str], today: date) -> str:
    """卡在谁那里: who holds each running item now. `people`: department -> name of its representative."""
    if not view.running:
        return f"{project.name}目前没有在办事项。{_next_line(view.planned)}"
    holding = [_holder_line(v, site, people) for v in view.running]
    head = f"**{project.name}**目前在办{len(holding)}项："
    return lines(head, *holding, _as_of(view, today), _elsewhere(view))


def item(view: ItemView, site: Site, representative: str, today: date) -> str:
    entry, state = view.entry, view.item.state
    head = f"{LAMPS[view.lamp]} **{entry.spoken}**（{entry.stage}阶段）：{STATES[state]}"
    joint = "、".join(site.departments[one].short for one in entry.with_departments)
    who = f"{'牵头' if joint else '办理'}部门：{site.departments[entry.lead].name}"
    who += (f"，{representative}" if representative else "") + (f"；配合：{joint}" if joint else "")
    if state is ItemState.PLANNED:
        return lines(head, who, _planned(view), _limits(entry), _caveat(site))
    return lines(head, who, *_clock_lines(view, today), _last_word(view, today), _caveat(site))


def item_not_planned(entry: CatalogueItem, project: Project, site: Site) -> str:
    return lines(
        f"{entry.spoken}不在{project.name}目前的办理计划里。",
        f"办理部门：{site.departments[entry.lead].name}。{_limits(entry)}",
        "如项目需要办理，请告诉服务专员加入计划。",
        _caveat(site),
    )


def issue(
    issue: Issue, site: Site, holder: str, now: datetime, zone: tzinfo, clock: IssueClock | None = None
) -> str:
    """A released answer is shown once it is told: until then the officer may take it back."""
    lamp = f" {LAMPS[clock.lamp]}{provisional(clock.provisional)}" if clock else ""
    status = issue.shown_status(now)
    department = site.departments[issue.department].name if issue.department else ""
    due = f"答复时限：{moment(issue.answer_by, zone)}{lamp}" if issue.answer_by and issue.is_open else ""
    return lines(
        f"**问题{issue.no}**：{ISSUE_STATES[status]}",
        f"内容：{clipped(issue.description, 120)}",
        f"责任部门：{department}{f'，{holder}' if holder else ''}" if department else "",
        due if status not in {IssueStatus.RELEASED, IssueStatus.COORDINATED} else "",
        f"答复：{issue.answer}" if status in {IssueStatus.RELEASED, IssueStatus.CLOSED} else "",
    )


def _running_line(view: ItemView, site: Site) -> str:
    clock = view.clock
    department = site.departments[view.entry.lead].short
    tail = ""
    if view.item.paused:
        tail = f"，{short_day(view.item.events[-1].day)}起暂停计时"
    elif clock:
        tail = f"，{used_and_left(clock)}，{_both_dates(view, short_day)}"
    return f"{LAMPS[view.lamp]} {view.entry.spoken}（{department}）{STATES[view.item.state]}{tail}"


def _dates_line(view: ItemView, site: Site) -> str:
    head = f"{LAMPS[view.lamp]} {view.entry.spoken}（{site.departments[view.entry.lead].short}）"
    if view.item.paused:
        return f"{head}：{STATES[view.item.state]}，{short_day(view.item.events[-1].day)}起暂停计时"
    if view.item.accepted_on is None:
        return f"{head}：尚未受理，受理后开始计时"
    if view.clock is None:
        return f"{head}：没有公布办理时限，请以部门答复为准"
    return f"{head}：{_both_dates(view, day)}，{used_and_left(view.clock)}"


def _both_dates(view: ItemView, shown: Callable[[date], str]) -> str:
    clocks = ((f"承诺{_mark(view)}", view.promised), ("法定", view.statutory))
    return "，".join(f"{name}{shown(clock.due)}前{_short(clock)}" for name, clock in clocks if clock)


def _short(clock: Clock) -> str:
    return "（暂按周一至周五推算）" if clock.provisional else ""


def _mark(view: ItemView) -> str:
    """A promise that is another city's figure is never shown as the site's own."""
    return "※" if view.promised and view.promised.limit.scope else ""


def _elsewhere(view: CaseView) -> str:
    return "※ 外地参考时限，以本地公布为准" if any(_mark(v) for v in view.running) else ""


def _holder_line(view: ItemView, site: Site, people: Mapping[str, str]) -> str:
    lead = view.entry.lead
    name = people.get(lead, "")
    if view.item.state is ItemState.CORRECTION:
        told = view.item.events[-1]
        note = f"：{clipped(told.note, 40)}" if told.note else ""
        return f"{LAMPS[view.lamp]} {view.entry.spoken}：等项目单位补正（{short_day(told.day)}告知{note}）"
    who = f"{site.departments[lead].short}{name}"
    tail = f"，{used_and_left(view.clock)}" if view.clock else ""
    return f"{LAMPS[view.lamp]} {view.entry.spoken}：{STATES[view.item.state]}，在{who}处{tail}"


def _clock_lines(view: ItemView, today: date) -> list[str]:
    if view.item.accepted_on is None:
        return [f"尚未受理，受理后开始计时。{_limits(view.entry)}"]
    if view.item.state in ENDED:
        number = f"，文号{view.item.result_no}" if view.item.result_no else ""
        return [f"{day(view.item.ended_on or today)}{STATES[view.item.state]}{number}"]
    found = []
    main = view.clock
    if main:
        found.append(f"{'计时暂停，' if view.item.paused else ''}{used_and_left(main)}")
    found += [
        _due(name, clock) for name, clock in (("承诺", view.promised), ("法定", view.statutory)) if clock
    ]
    if view.promised is None and view.entry.promised is None:
        found.append("承诺时限：本地未公布")
    if view.statutory is None and view.entry.statutory is None:
        found.append("法定时限：未查到明确规定")
    counted = f"自{short_day(view.item.accepted_on)}受理次日起算，不含补正、专家评审、公示等特别程序"
    return [*found, f"（{counted}）" if main else ""]


def _due(name: str, clock: Clock) -> str:
    scope = "（外地参考时限，以本地公布为准）" if clock.limit.scope else ""
    return f"{name}：{clock.limit.shown}，{day(clock.due)}前{provisional(clock.provisional)}{scope}"


def _limits(entry: CatalogueItem) -> str:
    return f"承诺时限：{_limit(entry.promised, '本地未公布')}；法定时限：{_limit(entry.statutory, '未查到明确规定')}"


def _limit(limit: Limit | None, unknown: str) -> str:
    if limit is None:
        return unknown
    return f"{limit.shown}（外地参考：{limit.scope}，以本地公布为准）" if limit.scope else limit.shown


def _planned(view: ItemView) -> str:
    submit, done = view.item.planned_submit, view.item.planned_done
    if submit is None:
        return "计划申报时间：未定，由服务专员与项目单位商定"
    tail = f"，计划{short_day(done)}前办结" if done else ""
    return f"计划{short_day(submit)}申报{tail}"


def _next_line(planned: Sequence[ItemView]) -> str:
    if not planned:
        return ""
    names = "、".join(v.entry.spoken for v in planned[:3])
    more = f"等{len(planned)}项" if len(planned) > 3 else ""
    return f"接下来：{names}{more}"


def _issues_line(issues: Sequence[IssueState]) -> str:
    if not issues:
        return ""
    numbers = "、".join(f"问题{no}（{ISSUE_STATES[status]}）" for no, status in issues[:3])
    return f"未了结问题：{numbers}"


def _as_of(view: CaseView, today: date) -> str:
    """How old the figures are and where they come from."""
    known = max((v.item.known_since for v in view.items if v.item.known_since), default=None)
    if known is None:
        return "以上为办理计划，尚无部门反馈。"
    age = (today - known).days
    when = "今天" if age <= 0 else f"{age}天前"
    return f"（最近一次部门反馈：{short_day(known)}，{when}）"


def _last_word(view: ItemView, today: date) -> str:
    if not view.item.events:
        return ""
    last = view.item.events[-1]
    age = (today - last.day).days
    old = "今天" if age <= 0 else f"{age}天前"
    by = f"{last.by}" if last.by else "登记"
    note = f"：{clipped(last.note, 40)}" if last.note else ""
    return f"（{short_day(last.day)}{by}反馈，{old}{note}）"


def _caveat(site: Site) -> str:
    return f"※ {site.caveat}"
