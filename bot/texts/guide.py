"""What the catalogue says about an item, and who is responsible."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.texts.phrases import lines
from domain.catalogue import CatalogueItem, Limit
from domain.people import Role
from domain.plan_rules import PolicyClause
from domain.site import Site


def entry(item: CatalogueItem, site: Site, project_type: str) -> str:
    before = [
        site.catalogue.items[one].spoken for one in item.needs(project_type) if one in site.catalogue.items
    ]
    joint = "、".join(site.departments[d].short for d in item.with_departments)
    return lines(
        f"**{item.name}**",
        f"1. 办理部门：{site.departments[item.lead].name}{f'（协同：{joint}）' if joint else ''}",
        f"2. 法定时限：{_limit(item.statutory, '未查到明确规定')}{_basis(item.statutory)}",
        f"3. 承诺时限：{_limit(item.promised, '本地未公布')}",
        f"4. 先要办好：{'、'.join(before) if before else '无固定前置'}",
        f"5. 办理结果：{item.result_document or '以部门出具为准'}{f'，{item.validity}' if item.validity else ''}",
        f"收费：{item.fee}" if item.fee else "",
        _conveniences(item),
        f"※ {site.caveat}。{site.policy_footer}",
    )


def _conveniences(item: CatalogueItem) -> str:
    """Only what the department has said; silence is no no."""
    have = item.convenience
    told = [
        "马上办（即办件）" if have.same_day else "",
        f"可网办{f'（{have.link}）' if have.link else ''}" if have.online else "",
        "可就近办" if have.nearby else "",
        "不用到场" if have.visits == 0 else f"最多到场{have.visits}次" if have.visits else "",
        *(f"{one.name}不超过{one.limit.shown}，另计" for one in item.reviews),
        "由项目单位自主选择中介服务机构，本服务不推荐" if have.agency else "",
    ]
    return f"办理方式：{'，'.join(part for part in told if part)}" if any(told) else ""


# What may be asked of all items at once: how it is called, and of which it is true.
KINDS: dict[str, tuple[str, Callable[[CatalogueItem], bool]]] = {
    "马上办": ("马上就能办结的事项", lambda one: bool(one.convenience.same_day)),
    "网办": ("可以网上办的事项", lambda one: bool(one.convenience.online)),
    "就近办": ("可以就近办的事项", lambda one: bool(one.convenience.nearby)),
    "一次办": ("最多到场一次的事项", lambda one: one.convenience.visits in (0, 1)),
    "免提交": (
        "有材料可以免提交的事项",
        lambda one: any(spec.need_not_be_handed_in for spec in one.materials),
    ),
}


def of_kind(kind: str, site: Site) -> str:
    title, fits = KINDS[kind]
    found = [one for one in site.catalogue.items.values() if fits(one)]
    if not found:
        return f"各部门还没有公布{title}，请到办事指南核对。※ {site.caveat}。"
    told = [f"{n}. {one.spoken}（{site.departments[one.lead].short}）" for n, one in enumerate(found, 1)]
    return lines(f"**{title}**（已公布的）", *told, f"※ 没有列出的不等于不能，{site.caveat}。")


def policies(found: Sequence[PolicyClause], site: Site) -> str:
    told = [f"· {one.title}：{one.text}（{one.source}，{one.since}起）" for one in found]
    return lines("与本项目有关的政策条款：", *told, f"※ {site.policy_footer}。")


def contact(department: str, names: Sequence[str], officer: str, site: Site) -> str:
    title = site.titles.of(Role.REPRESENTATIVE)
    people = f"{title}{'、'.join(names)}" if names else f"{title}尚未登记"
    return (
        f"{site.departments[department].name}：{people}。需要联系时请告诉服务专员{officer}，由专员统一对接。"
    )


def officer(name: str, site: Site) -> str:
    return f"请联系本项目{site.titles.of(Role.SERVICE_OFFICER)}{name}，或{site.hall.name}（电话 {site.hall.phone}）。"


def _limit(limit: Limit | None, unknown: str) -> str:
    if limit is None:
        return unknown
    return f"{limit.shown}（外地参考：{limit.scope}，以本地公布为准）" if limit.scope else limit.shown


def _basis(limit: Limit | None) -> str:
    return f"（{limit.basis}）" if limit and limit.basis else ""
