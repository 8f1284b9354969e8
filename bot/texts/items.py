"""Progress as it is told by those who make it: to the one who said it, to the enterprise, into the group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.texts.phrases import STATES, clipped, day, lines, provisional, short_day
from domain.catalogue import CatalogueItem
from domain.items import Clock, ItemState, ItemView
from domain.project import Project

NEEDS_WORDS: dict[ItemState, str] = {
    ItemState.CORRECTION: "请写明要补什么，例如：{item} 补正：缺图审合格书，请9月20日前补。",
    ItemState.NOT_ACCEPTED: "请写明不予受理的原因，例如：{item} 不予受理 不属本机关职权范围。",
    ItemState.REJECTED: "请写明不予许可的原因，例如：{item} 不予许可 不符合规划条件。",
    ItemState.SPECIAL: "请写明特别程序的名称或天数，例如：{item} 特别程序 专家评审 15个工作日。",
    ItemState.COMPLETED: "请写明批文或证书编号，例如：{item} 办结 建字第440299202600088号。",
}
BAD_DAY = "日期不对，请写成“9月14日”，核对后再发。"
NOTHING_TO_UNDO = "没有可以撤销的登记：只能撤销本人{minutes}分钟内登记的事项进度。撤销问题答复的发布请写问题号，例如：撤销 12。"
ONLY_OFFICER = "提交申报由该项目的服务专员登记。部门收到材料后请发送：{item} 收件。"
BY_HALVES = "一次性告知已经转告项目单位，不能撤销。内容有误请联系服务专员当面更正。"


def recorded(view: ItemView, project: Project, event_day: date, minutes: int) -> str:
    state = view.item.state
    return lines(
        f"{project.short_name}·**{view.entry.spoken}**：已登记“{STATES[state]}”（{short_day(event_day)}）。",
        *_dates(view),
        f"登记有误请在{minutes}分钟内发送“撤销”。",
    )


def _dates(view: ItemView) -> list[str]:
    if view.item.paused:
        stands = "，计时从当天起暂停" if view.item.accepted_on else "，受理前不计时"
        return [f"{STATES[view.item.state]}{stands}。"]
    if view.item.ended_on or view.item.accepted_on is None:
        return []
    found = [_due(n, c) for n, c in (("承诺", view.promised), ("法定", view.statutory)) if c]
    return found or ["没有公布办理时限，不计时。"]


def _due(name: str, clock: Clock) -> str:
    scope = "（外地参考时限，以本地公布为准）" if clock.limit.scope else ""
    return f"{name}：{clock.limit.shown}，{day(clock.due)}前{provisional(clock.provisional)}{scope}"


def undone(project: Project, entry: CatalogueItem, state: ItemState, now: ItemState, *, told: bool) -> str:
    group = "已发到群里的进度另发更正。" if told else ""
    return f"{project.short_name}·**{entry.spoken}**：“{STATES[state]}”已撤销，恢复为“{STATES[now]}”。{group}"


def correction_post(entry: CatalogueItem, state: ItemState, now: ItemState, who: str) -> str:
    return (
        f"**【更正】**{entry.spoken}此前登记的“{STATES[state]}”由{who}撤销，现为“{STATES[now]}”，以本条为准。"
    )


def urgent(view: ItemView, project: Project, department: str, officer: str) -> str:
    """To the enterprise's contact at once: what was found, and what can be done."""
    last = view.item.events[-1]
    head = f"{project.name}·**{view.entry.spoken}**：{department}{short_day(last.day)}告知{_URGENT[last.state]}。"
    return lines(head, f"内容：{clipped(last.note, 300)}", _NEXT[last.state].format(officer=officer))


_URGENT = {
    ItemState.CORRECTION: "需要补正",
    ItemState.NOT_ACCEPTED: "不予受理",
    ItemState.REJECTED: "不予许可",
}
_NEXT = {
    ItemState.CORRECTION: "补正不是退件。补好后请引用文件并写上事项和材料名称发给我，由服务专员{officer}核对。",
    ItemState.NOT_ACCEPTED: "下一步怎么办，请与服务专员{officer}商量；补齐条件后可以重新提交。",
    ItemState.REJECTED: "书面决定以部门送达为准，救济途径以决定书所载为准；下一步请与服务专员{officer}商量。",
}


def to_officer(view: ItemView, project: Project, who: str) -> str:
    last = view.item.events[-1]
    note = f"：{clipped(last.note, 200)}" if last.note else ""
    return f"{project.short_name}·{view.entry.spoken}：{who}登记“{STATES[last.state]}”（{short_day(last.day)}）{note}"


def taken_back(project: Project, entry: CatalogueItem, state: ItemState, who: str) -> str:
    return f"更正：{project.name}·{entry.spoken}此前登记的“{STATES[state]}”由{who}撤销，请以此为准。"


def half_day(at: datetime) -> str:
    return f"{short_day(at.date())}{'上午' if at.hour < 13 else '下午'}"


# Item, state, its day, who said so.
Told = tuple[ItemView, ItemState, date, str]


def news(when: str, told: Sequence[Told]) -> str:
    """One post of a project: item, what, when, by whom; dates where a clock runs."""
    return lines(f"**进度更新**（{when}）", *(_news_line(*one) for one in told))


def _news_line(view: ItemView, state: ItemState, event_day: date, who: str) -> str:
    more = ""
    if state is view.item.state:
        if state is ItemState.COMPLETED and view.item.result_no:
            more = f"，文号{view.item.result_no}"
        elif view.item.paused:
            more = "，计时暂停" if view.item.accepted_on else "，受理前不计时"
        elif view.clock and view.item.accepted_on and not view.item.ended_on:
            mark = "（外地参考时限）" if view.clock.limit.scope else ""
            more = f"，{short_day(view.clock.due)}到期{mark}"
    return f"- {view.entry.spoken}：{STATES[state]}（{short_day(event_day)}，{who}）{more}"


# ---------------------------------------------------------------- materials of an item


def no_list(item: str) -> str:
    return f"{item}还没有材料清单，请联系服务专员。"


def no_such_number(item: str, most: int) -> str:
    return f"{item}的材料清单只有{most}份，请写1到{most}之间的数字，或写材料名称。"


def which_material(item: str, unknown: str) -> str:
    lead = f"{item}的清单里没有“{clipped(unknown, 20)}”。" if unknown else ""
    return f"{lead}是{item}的哪一份材料？请回复数字："


# ---------------------------------------------------------------- green channel

HOW_TO_UPDATE = "请写明事项和状态，例如：施工许可 9月14日受理；施工许可 补正：缺图审合格书，请9月20日前补；施工许可 办结 文号。"


def green(project: Project, officer: str) -> str:
    if not officer:
        return f"{project.name}的绿色通道已取消，按一般顺序办理。"
    return (
        f"{project.name}已开通绿色通道（{officer}批准）：在待办里排在最前，办理步骤和材料不减少。"
        f"取消请发送“取消绿色通道 {project.code}”。"
    )


def green_already(project: Project, officer: str) -> str:
    if officer:
        return f"{project.name}已由{officer}开通绿色通道，不用重复登记。"
    return f"{project.name}没有开通绿色通道。"


# ---------------------------------------------------------------- cards


def state_title(item: str, state: ItemState) -> str:
    return f"{item}：{STATES[state]}"


def ask_words(item: str, kind: str) -> str:
    what = {
        "item_correction": "补正的内容和期限，例如：缺图审合格书，请9月20日前补",
        "item_completed": "批文或证书编号",
    }[kind]
    return f"请直接回复{item}{what}（30分钟内有效，发送“取消”放弃）"


def fine(project: Project) -> str:
    return f"已记录：{project.name}推进正常。有困难随时发送“反馈问题 情况”。"
