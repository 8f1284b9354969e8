"""The content of a project's own guide (F2), by the keys of forms.yaml: everything known of each item, and what is not
known said to be so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.catalogue import CatalogueItem, Limit, MaterialSpec
from domain.items import ItemState, ItemView
from domain.plan_rules import PolicyClause
from domain.project import PROJECT_TYPE_NAMES, Project
from domain.schedule import Basis, Slot
from domain.site import Site

UNKNOWN = "暂未收录，以部门公布的办事指南为准"


DONE, UNSURE = "已办结", "该年放假安排未公布"


@dataclass(frozen=True)
class GuideItem:
    """One item of the guide. `before`, `beside`: names. `representative`: with phone: the guide goes to persons only."""

    view: ItemView
    slot: Slot
    representative: str = field(default="", repr=False)
    before: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    project: Project
    items: Sequence[GuideItem]
    officer: str
    factors: Sequence[str] = field(default=(), repr=False)
    policies: Sequence[PolicyClause] = ()
    version: int = 1
    today: date = date.min


def values(guide: Guide, site: Site) -> dict[str, object]:
    return {
        "project_name": guide.project.name,
        "project_type": PROJECT_TYPE_NAMES[guide.project.type],
        "officer_name": guide.officer,
        "items": [_item(one, site) for one in guide.items],
        "off_list": "\n".join(guide.factors) or "各部门代表尚未补充清单外要素。",
        "policies": "\n".join(_policy(one) for one in guide.policies)
        or "暂未收录有文件依据的优惠政策条款，请向服务专员咨询。",
        "made_by": guide.officer,
        "checked_by": "待各事项首席事务代表核对",
        "version": f"第{guide.version}版",
        "valid_from": guide.today.isoformat(),
    }


def _item(one: GuideItem, site: Site) -> Mapping[str, str]:
    entry = one.view.entry
    return {
        "stage": entry.stage,
        "name": entry.name,
        "department": "、".join(site.departments[key].name for key in entry.departments),
        "representative": one.representative or "尚未登记，由服务专员对接",
        "conditions": _conditions(one),
        "materials": materials(entry),
        "statutory": _limit(entry.statutory, "没有查到法定时限"),
        "promised": _promised(entry),
        "special": _special(entry),
        "before": "、".join(one.before) or "无",
        "parallel": "、".join(one.beside) or "无",
        "link": entry.convenience.link or f"广东政务服务网搜索“{entry.name}”",
        "fee": entry.fee or UNKNOWN,
        "result": entry.result_document or "以部门出具为准",
        "submit_planned": _submit(one),
        "done_planned": _done(one),
    }


def _conditions(one: GuideItem) -> str:
    entry = one.view.entry
    told = [f"先办结：{'、'.join(one.before)}"] if one.before else []
    if "行政许可" in entry.kind:
        told.append("申请材料齐全、符合法定形式（行政许可法第32条）")
    told += [*one.notes, "其余条件以部门公布的办事指南为准"]
    return "；".join(told)


def materials(entry: CatalogueItem) -> str:
    if not entry.materials:
        return UNKNOWN
    listed = [f"{n}. {_material(one)}" for n, one in enumerate(entry.materials, 1)]
    note = "" if entry.materials_verified else "\n（行业通行清单，待部门核对；份数以办事指南为准）"
    return "\n".join(listed) + note


def _special(entry: CatalogueItem) -> str:
    reviews = [f"{one.name}不超过{one.limit.shown}，另计" for one in entry.reviews]
    return "；".join(dict.fromkeys(part for part in (*reviews, entry.clock_notes) if part)) or "没有登记"


def _material(one: MaterialSpec) -> str:
    if one.need_not_be_handed_in:
        return f"{one.name}（免提交：{'电子证照可调用' if one.e_license else '数据可查询'}）"
    defer = {True: "可容缺", False: "不可容缺", None: "是否可容缺未公布"}[one.can_defer]
    return f"{one.name}（{one.form}，{'必要' if one.required else '视情况'}，{defer}）"


def _limit(limit: Limit | None, unknown: str) -> str:
    if limit is None:
        return unknown
    return f"{limit.shown}（{limit.basis}）" if limit.basis else limit.shown


def _promised(entry: CatalogueItem) -> str:
    limit = entry.promised
    if limit is None:
        return "本地没有公布"
    return f"{limit.shown}（{limit.scope}，以本地公布为准）" if limit.scope else limit.shown


def _submit(one: GuideItem) -> str:
    if one.view.item.state is not ItemState.PLANNED:
        return one.slot.submit.isoformat() if one.slot.submit else ""
    return one.slot.submit.isoformat() if one.slot.submit else "待定"


def _done(one: GuideItem) -> str:
    ended = one.view.item.ended_on
    if ended:
        completed = one.view.item.state is ItemState.COMPLETED
        return f"{ended.isoformat()} {DONE if completed else '没有办成'}"
    if one.slot.done is None:
        return "待定"
    day = one.slot.done.isoformat()
    marks = [
        "估算" if one.slot.basis is Basis.ESTIMATE else "",
        f"{UNSURE}，暂推算" if one.slot.provisional else "",
    ]
    told = "，".join(mark for mark in marks if mark)
    return f"{day}（{told}）" if told else day


def _policy(one: PolicyClause) -> str:
    return f"{one.title}：{one.text}（{one.source}，{one.since}起）"
