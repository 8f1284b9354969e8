"""The weekly summary as the work group reads it: within the platform's 2048 bytes, one line when nothing changed."""

from __future__ import annotations

from datetime import datetime

from bot.texts.phrases import LAMPS, STATES, clipped, lines, short_day, used_and_left
from domain.deadlines import Lamp
from domain.items import ItemView
from domain.project import Project
from domain.site import Site
from domain.statistics import Summary

MOST_BYTES = 1850  # the platform takes 2048; passed on by hand it gets a line before it


def weekly(project: Project, summary: Summary, site: Site, at: datetime) -> str:
    head = f"**【本周小结】{clipped(project.name, 30)}**（{short_day(summary.week.monday)}—{short_day(summary.week.last_day)}）"
    count = f"共{summary.total}项：已办结{summary.done}项，在办{len(summary.running)}项。"
    if summary.total == 0:
        return f"{head}办理计划还没有录入，由服务专员与项目单位商定后按项跟进。"
    if summary.quiet:
        return f"{head}本周无新进展。{count}{_standing(summary)}@代办助手 发送“进度”看详情。"
    for most in (5, 3, 2, 1):
        text = lines(head, count, *_blocks(summary, site, most), _foot(at))
        if len(text.encode()) <= MOST_BYTES:
            return text
    return lines(head, count, _foot(at))


def _standing(summary: Summary) -> str:
    """What must not be forgotten in a quiet week, in half a line."""
    red, yellow = (sum(v.lamp is lamp for v in summary.running) for lamp in (Lamp.RED, Lamp.YELLOW))
    found = [
        f"🔴超期{red}项" if red else "",
        f"🟡临期{yellow}项" if yellow else "",
        f"待项目单位补正{len(summary.waiting)}项" if summary.waiting else "",
        f"未了结问题{len(summary.issues_open)}个" if summary.issues_open else "",
    ]
    listed = "，".join(one for one in found if one)
    return f"{listed}。" if listed else ""


def _blocks(summary: Summary, site: Site, most: int) -> list[str]:
    return [
        _list("本周办结", [v.entry.spoken for v in summary.finished], most),
        *[_running(v, site) for v in summary.running[:most]],
        _more(len(summary.running) - most),
        _list("等项目单位补正", [v.entry.spoken for v in summary.waiting], most),
        _missing(summary, most),
        _list("下周到期", [_due(v) for v in summary.due_next], most),
        _list("接下来申报", [v.entry.spoken for v in summary.next_planned], most),
        _issues(summary),
    ]


def _running(view: ItemView, site: Site) -> str:
    department = site.departments[view.entry.lead].short
    tail = f"，{used_and_left(view.clock)}{_elsewhere(view)}" if view.clock else ""
    tail = "，计时暂停" if view.item.paused else tail
    return f"{LAMPS[view.lamp]} {view.entry.spoken}（{department}）{STATES[view.item.state]}{tail}"


def _elsewhere(view: ItemView) -> str:
    """Counted by another city's promise: marked as such."""
    return "（外地参考时限）" if view.promised and view.promised.limit.scope else ""


def _more(n: int) -> str:
    return f"……另有{n}项在办" if n > 0 else ""


def _list(name: str, words: list[str], most: int) -> str:
    if not words:
        return ""
    more = f"等{len(words)}项" if len(words) > most else ""
    return f"{name}：{'、'.join(words[:most])}{more}"


def _due(view: ItemView) -> str:
    return f"{view.entry.spoken}（{short_day(view.clock.due)}）" if view.clock else view.entry.spoken


def _missing(summary: Summary, most: int) -> str:
    short = [f"{view.entry.spoken}{len(found)}份" for view, found in summary.missing]
    return _list("待交材料", short, most)


def _issues(summary: Summary) -> str:
    open_ones = len(summary.issues_open)
    if not (open_ones or summary.issues_new or summary.issues_solved):
        return ""
    numbers = "、".join(f"问题{i.no}" for i in summary.issues_open[:5])
    tail = f"（{numbers}）" if numbers else ""
    return (
        f"问题反馈：本周新增{summary.issues_new}个、解决{summary.issues_solved}个，未了结{open_ones}个{tail}"
    )


def _foot(at: datetime) -> str:
    return f"※ 数据截至{short_day(at.date())}{at:%H:%M}；@代办助手 发送“进度”看详情。"
