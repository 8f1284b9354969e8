"""培训 and 政企互动: put down, announced, moved, held; and what was asked there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import clipped, day, lines, short_day
from bot.texts.progress import ISSUE_STATES
from domain.events import EVENT_NAMES, Event, EventKind, EventState
from domain.issues import Issue
from domain.project import Project
from domain.site import Site

IN_PRIVATE = "培训和互动的计划请到与我的单聊里办理。"


def how(kind: EventKind) -> str:
    return f"请写明日期和主题，最后可写牵头部门，例如：{EVENT_NAMES[kind]}计划 10月20日 上午9点施工许可网上申报，县中心三楼 住建局。"


def wrong_day(kind: EventKind) -> str:
    return f"日期应为明天起一年以内。{how(kind)}"


def how_to_move(event: Event) -> str:
    kind = EVENT_NAMES[event.kind]
    return f"请写明新的日期，明天起一年以内，例如：{kind}改期 {event.id} 10月22日。"


def how_to_cancel(event: Event) -> str:
    return f"请写明取消原因（100字以内），例如：取消{EVENT_NAMES[event.kind]} {event.id} 与县里会议冲突。"


def how_to_ask(event: Event) -> str:
    return (
        f"请在后面写明问题（6到500字），例如：{EVENT_NAMES[event.kind]}提问 {event.id} 消防验收后补什么材料。"
    )


def titled(event: Event, site: Site) -> str:
    department = site.departments.get(event.department or "")
    return f"{event.name}《{clipped(event.topic, 60)}》{f'（{department.short}）' if department else ''}"


def lead(event: Event) -> str:
    """Stands before a question in the problem it becomes."""
    return f"{event.name}（{short_day(event.day)}，{clipped(event.topic, 40)}）提问："


def planned(event: Event, site: Site, announced: date) -> str:
    kind = EVENT_NAMES[event.kind]
    return (
        f"{titled(event, site)}已列入{event.day.year}年计划：{day(event.day)}举办，"
        f"{day(announced)}起单独通知在办项目的经办人。"
        f"改日期发送“{kind}改期 {event.id} 新日期”，不办了发送“取消{kind} {event.id} 原因”。"
    )


def planned_already(event: Event) -> str:
    return f"{day(event.day)}已有同一主题的{event.name}，不用重复安排。"


def plan(kind: EventKind, year: int, found: Sequence[Event], site: Site) -> str:
    name = EVENT_NAMES[kind]
    if not found:
        return f"{year}年还没有{name}计划。{how(kind)}"
    listed = [f"· {day(one.day)} {titled(one, site)}：{_stands(one)}" for one in found]
    return lines(f"**{year}年{name}计划**（{len(found)}场）", *listed)


def _stands(event: Event) -> str:
    if event.state is EventState.HELD:
        return f"已举办，{event.attendance}人参加"
    return "已取消" if event.state is EventState.CANCELLED else "待举办"


def not_yours(event: Event, who: str) -> str:
    return f"{event.name}由{who}安排，请由{who}或督办人员操作。"


def announcement(event: Event, site: Site, project: Project, officer: str) -> str:
    kind = EVENT_NAMES[event.kind]
    return (
        f"{kind}通知：{day(event.day)}举办{titled(event, site)}，请{project.name}派人参加。"
        f"想问的问题现在就可以发送“{kind}提问 {event.id} 问题”，由服务专员统一答复；具体安排请问服务专员{officer}。"
    )


def moved(event: Event, site: Site, old: date, count: int) -> str:
    return f"{titled(event, site)}由{day(old)}改到{day(event.day)}{_told(count)}。"


def _told(count: int) -> str:
    return f"，已告知收到通知的{count}位经办人" if count else "，还没有发过通知，不用另行告知"


def moved_told(event: Event, site: Site, old: date) -> str:
    return f"{EVENT_NAMES[event.kind]}改期：{titled(event, site)}由{day(old)}改到{day(event.day)}，请按新日期参加。"


def cancelled(event: Event, site: Site, count: int) -> str:
    return f"{titled(event, site)}已取消{_told(count)}。"


def cancelled_told(event: Event, site: Site, reason: str) -> str:
    return (
        f"{EVENT_NAMES[event.kind]}取消：原定{day(event.day)}的{titled(event, site)}不办了，原因：{clipped(reason, 100)}。"
        "有问题请直接发送“反馈问题 情况”。"
    )


def too_early(event: Event) -> str:
    return f"{event.name}定在{day(event.day)}，举办以后再登记到场人数。"


def how_many_came(event: Event, site: Site) -> str:
    kind = EVENT_NAMES[event.kind]
    return (
        f"{titled(event, site)}原定{day(event.day)}举办，请登记到场人数，例如：{kind}记录 {event.id} 35人。"
        f"没有办的发送“{kind}改期 {event.id} 新日期”或“取消{kind} {event.id} 原因”。"
    )


def held(event: Event, site: Site) -> str:
    return f"{titled(event, site)}已登记：{day(event.day)}举办，{event.attendance}人参加。发送“{EVENT_NAMES[event.kind]}记录 {event.id}”看提问和答复情况。"


def record(event: Event, site: Site, questions: Sequence[tuple[Issue, Project]]) -> str:
    asked = [
        f"· 问题{issue.no}（{project.short_name}）{clipped(issue.description.removeprefix(lead(event)), 40)}："
        f"{ISSUE_STATES[issue.status]}"
        for issue, project in questions
    ]
    return lines(
        f"**{titled(event, site)}**：{day(event.day)}，{_stands(event)}",
        f"提问{len(asked)}个：" if asked else "还没有您可以查看的提问。",
        *asked,
    )


def was_cancelled(event: Event) -> str:
    return f"{event.name}已取消。有问题请直接发送“反馈问题 情况”。"
