"""What the catalogue says about an item, and who is responsible."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import lines
from domain.catalogue import CatalogueItem, Limit
from domain.people import Role
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
        f"※ {site.caveat}。{site.policy_footer}",
    )


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
