"""The plan in a few lines: what is next and when, what is open, what slipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.texts.phrases import clipped, lines, short_day
from domain.catalogue import CatalogueItem
from domain.filled_forms import FilledForm
from domain.forms import FieldSpec, FieldType
from domain.items import ENDED, ItemState, ItemView
from domain.milestones import Reached
from domain.plan import Assessment, Difference
from domain.plan_rules import Package, PlanRules, plain
from domain.project import Project
from domain.schedule import Basis, Slip, Slot
from domain.site import Site

MOST_ITEMS, MOST_QUESTIONS = 12, 4
# What the platform takes whole in one message.
MOST_BYTES = 2000
ESTIMATE = "（估算）"


def plan(
    project: Project, views: Sequence[ItemView], slots: Mapping[str, Slot], today: date, total: str,
    parts: Sequence[str],
) -> str:  # fmt: skip
    done = [view for view in views if view.item.state in ENDED]
    running = [view for view in views if view.item.state not in ENDED | {ItemState.PLANNED}]
    planned = [view for view in views if view.item.state is ItemState.PLANNED]
    ahead = sorted(planned, key=lambda view: slots[view.entry.id].submit or date.max)
    head = (
        f"**{project.short_name}办理计划**（{project.code}）",
        f"已办结{len(done)}项，办理中{len(running)}项，待办{len(planned)}项。{total}",
    )
    fitting = (_listed(head, ahead, slots, today, parts, most) for most in range(MOST_ITEMS, -1, -3))
    return next((text for text in fitting if len(text.encode()) <= MOST_BYTES), lines(*head))


def _listed(
    head: Sequence[str], ahead: Sequence[ItemView], slots: Mapping[str, Slot], today: date, parts: Sequence[str],
    most: int,
) -> str:  # fmt: skip
    first = ahead[:most]
    more = f"……其余{len(ahead) - most}项见“发指南”" if len(ahead) > most else ""
    unsure = any(slots[view.entry.id].provisional for view in first)
    return lines(
        *head,
        *(f"{n}. {planned_line(view, slots[view.entry.id], today)}" for n, view in enumerate(first, 1)),
        more,
        "※ 带*的年份放假安排未公布，暂按周一至周五推算。" if unsure else "",
        *parts,
    )


def planned_line(view: ItemView, slot: Slot, today: date) -> str:
    name = view.entry.spoken
    beside = f"（并联{view.item.parallel_group}组）" if view.item.parallel_group else ""
    if slot.submit is None or slot.done is None:
        return f"{name}{beside}：日期待定"
    marks = f"{'*' if slot.provisional else ''}{ESTIMATE if slot.basis is Basis.ESTIMATE else ''}"
    end = "当天办结" if slot.done == slot.submit else f"{dated(slot.done, slot.submit)}前办结"
    return f"{name}{beside}：{dated(slot.submit, today)}报，{end}{marks}"


def dated(day: date, beside: date) -> str:
    """With its year where that is another one."""
    return short_day(day) if day.year == beside.year else f"{day.year}年{short_day(day)}"


def total(days: int | None, targets: Sequence[str]) -> str:
    if days is None:
        return "全程时间待补充信息后计算。"
    against = f"（参考：{'，'.join(targets)}）" if targets else ""
    return f"审批阶段共{days}个工作日{against}。"


def slips(found: Sequence[Slip], names: Mapping[str, str]) -> str:
    if not found:
        return "与计划相比：没有落后。"
    told = [
        f"{names[one.item.item_id]}应{short_day(one.planned)}{'申报' if one.late == 'submit' else '办结'}，已过{one.days}个工作日"
        for one in found[:3]
    ]
    more = f"等{len(found)}项" if len(found) > 3 else ""
    return f"与计划相比落后：{'；'.join(told)}{more}。"


def milestones(found: Sequence[Reached]) -> str:
    told = [f"{one.name} {short_day(one.day)}" for one in found if one.day]
    ahead = [one.name for one in found if not one.day]
    rest = f"；还没有达到：{'、'.join(ahead)}" if ahead and told else ""
    return f"节点：{'，'.join(told)}{rest}。" if told else ""


def questions(found: Assessment, rules: PlanRules, site: Site, code: str) -> str:
    if not found.questions:
        return ""
    told = [
        f"· {plain(rules.label(one.fact))} → 决定是否办理{'、'.join(site.catalogue.items[i].spoken for i in one.items[:3])}"
        for one in found.questions[:MOST_QUESTIONS]
    ]
    rest = len(found.questions) - len(told)
    example = rules.facts[found.questions[0].fact]
    return lines(
        f"需补充（共{len(found.questions)}项，未补充前不列入计划）："
        if rest
        else "需补充（未补充前不列入计划）：",
        *told,
        f"补充请发送：补充信息 {code} {plain(example.label)}：{example.options[0] if example.options else '…'}",
    )


def difference(change: Difference, site: Site, code: str) -> str:
    if change.nothing:
        return ""
    adds = [f"加入{site.catalogue.items[one.item_id].spoken}（{one.why}）" for one in change.adds]
    drops = [f"删去{site.catalogue.items[one].spoken}（{why}）" for one, why in change.drops.items()]
    told = [*adds, *drops]
    more = f"等{len(told)}处" if len(told) > 6 else ""
    return f"按项目信息，计划应调整：{'；'.join(clipped(one, 60) for one in told[:6])}{more}。服务专员确认请发送：更新计划 {code}"


def added(project: Project, names: Sequence[str], already: Sequence[str]) -> str:
    here = f"{'、'.join(already)}已在计划中。" if already else ""
    new = f"计划已加入{'、'.join(names)}。" if names else ""
    return f"{project.short_name}：{new}{here}发送“计划 {project.code}”查看。"


def dropped(project: Project, name: str, reason: str) -> str:
    return f"{project.short_name}：计划已删去{name}（{clipped(reason, 60)}）。恢复请发送：加事项 {project.code} {name}"


def moved(project: Project, name: str, slot: Slot, today: date) -> str:
    when = f"计划{dated(slot.submit, today)}提交" if slot.submit else "日期待定"
    done = f"，{dated(slot.done, today)}前办结" if slot.done else ""
    return f"{project.short_name}：{name}{when}{done}；后面的事项已跟着顺延。发送“计划 {project.code}”查看。"


def updated(project: Project, change: Difference, site: Site) -> str:
    if change.nothing:
        return f"{project.short_name}：计划与项目信息一致，不用更新。"
    adds = "、".join(site.catalogue.items[one.item_id].spoken for one in change.adds)
    drops = "、".join(site.catalogue.items[one].spoken for one in change.drops)
    told = "，".join(part for part in (adds and f"加入{adds}", drops and f"删去{drops}") if part)
    return f"{project.short_name}：计划已更新，{told}。发送“发计划 {project.code}”请项目单位确认。"


def packages(found: Sequence[Package], site: Site, code: str) -> str:
    told = [
        f"· {one.name}：{one.about}（{'、'.join(site.catalogue.items[i].spoken for i in one.items)}）"
        for one in found
    ]
    return lines(
        "可用的套餐：", *told, f"选用请发送：套餐 {code} {found[0].name}" if found else "本地还没有设置套餐。"
    )


def facts_noted(labels: Sequence[str], change: str, still: int) -> str:
    rest = f"还有{still}项信息待补充，发送“计划”查看。" if still else ""
    return lines(f"已补充：{'、'.join(labels)}。", change or "计划不受影响。", rest)


def facts_to_officer(project: str, who: str, labels: Sequence[str], change: str) -> str:
    return lines(f"{project}：{who}补充了{'、'.join(labels)}。", change or "计划不受影响。")


def wrong_fact(field: FieldSpec) -> str:
    label = field.label
    match field.type:
        case FieldType.CHOICE:
            return f"“{label}”请从{'、'.join(field.options)}中选一个。"
        case FieldType.MULTI_CHOICE:
            return f"“{label}”请从{'、'.join(field.options)}中选，可选几个，没有请写无。"
        case FieldType.NUMBER:
            return f"“{label}”请只写数字，例如：{plain(label)}：1000"
        case _:
            return f"“{label}”请写日期，例如：{plain(label)}：2027-06-30"


def menu(groups: Mapping[str, Sequence[CatalogueItem]], code: str) -> str:
    told = [
        f"· {stage}：{'、'.join(one.spoken for one in found)}" for stage, found in groups.items() if found
    ]
    return lines(
        "**按需点单**：需要哪一项就点哪一项，没有点的不会推送给您。",
        *told,
        "也可以点服务：咨询、指导、协调、代办。",
        f"点单请发送：点单 {code} 用水报装 指导" if told else "目录里适用的事项都已在计划中。",
    )


def ordered(names: Sequence[str], officer: str) -> str:
    return f"已点：{'、'.join(names)}。服务专员{officer}确认后列入计划，没有点的不推送。"


def order_to_officer(project: Project, who: str, items: Sequence[str], services: Sequence[str]) -> str:
    do = f"列入计划请发送：加事项 {project.code} {' '.join(items)}" if items else "请与对方联系。"
    return f"{project.name}：{who}点单：{'、'.join((*items, *services))}。{do}"


def parallel(names: str, group: str, people: Sequence[str]) -> str:
    told = f"已请{'、'.join(people)}提出意见。" if people else "相关部门还没有登记代表，请专员联系。"
    return f"{names}列为并联{group}组，同步办理。{told}"


def joint_request(project: Project, names: str, item: str) -> str:
    order = f"意见 {project.code} {item}"
    return f"{project.name}：{names}拟联合审批、并联办理。请对{item}提出意见，发送：{order} 同意，或：{order} 不同意 说明"


def opinion_to_officer(project: str, who: str, item: str, verdict: str, words: str) -> str:
    return f"{project}：{who}对{item}联合审批的意见：{verdict}。{words}"


def opinion_noted(item: str, verdict: str, officer: str) -> str:
    return f"已记录您对{item}联合审批的意见：{verdict}，并转告服务专员{officer}。"


def collected(form: FilledForm, missing: Sequence[str], code: str) -> str:
    lacks = "、".join(missing[:8]) + (f"等{len(missing)}项" if len(missing) > 8 else "")
    return lines(
        f"《项目信息采集表》（{form.no}，第{form.version}版）由应用单独发给您。",
        f"还不知道：{lacks}。补充请发送：补充信息 {code} 项目：内容。" if missing else "必填的内容都齐了。",
    )
