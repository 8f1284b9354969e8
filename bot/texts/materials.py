"""Checklists and template files."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import clipped, lines, short_day
from domain.catalogue import CatalogueItem
from domain.items import ItemState, ItemView
from domain.materials import Material, MaterialState
from domain.site import Site

_MARKS: dict[MaterialState, str] = {
    MaterialState.MISSING: "⬜",
    MaterialState.RECEIVED: "📥",
    MaterialState.RETURNED: "↩️",
    MaterialState.ACCEPTED: "✅",
    MaterialState.DEFERRED: "🕒",
    MaterialState.LAPSED: "⏰",
}


def checklist(entry: CatalogueItem, listed: Sequence[Material], site: Site, *, tracked: bool) -> str:
    missing = [m for m in listed if m.wanted]
    head = f"**{entry.spoken}材料清单**（共{len(listed)}份）"
    if tracked:
        head += f"，还缺{len(missing)}份" if missing else "，必要材料已齐"
    verified = "" if entry.materials_verified else "（清单为行业通行项，待部门核对）"
    free = {spec.name for spec in entry.materials if spec.need_not_be_handed_in}
    told = (_line(n, m, tracked, free=m.name in free) for n, m in enumerate(listed, 1))
    note = "标“免提交”的可调用电子证照或数据，调取不到时仍请提供。" if free else ""
    return lines(head + verified, *told, f"※ {note}{site.caveat}")


def _line(n: int, material: Material, tracked: bool, *, free: bool) -> str:  # noqa: FBT001
    mark = f"{_MARKS[material.state]} " if tracked else ""
    kind = "" if material.required else "，视情况"
    form = "免提交" if free else material.form
    return f"{n}. {mark}{material.name}（{form}{kind}）{_state(material) if tracked else ''}"


def _state(material: Material) -> str:
    if material.state is MaterialState.RETURNED:
        return f"——已退回：{clipped(material.reason, 30)}"
    if material.state is MaterialState.DEFERRED and material.deferred_until:
        return f"——容缺，{short_day(material.deferred_until)}前补"
    return {MaterialState.RECEIVED: "——已收到，待审核", MaterialState.ACCEPTED: "——已通过"}.get(
        material.state, ""
    )


def which_template(site: Site) -> str:
    names = "、".join(f"《{site.forms[key].title}》" for key in ("F1", "F5", "F6") if key in site.forms)
    return f"需要哪份表？例如：{names}，或“施工许可材料清单”。各审批事项自己的申请表请在广东政务服务网对应事项下载。"


def template_sent(name: str, *, is_form: bool, site: Site) -> str:
    form = "" if is_form else f"各审批事项自己的申请表请在广东政务服务网对应事项下载，{site.caveat}。"
    return f"《{name}》由应用单独发给您，请在企业微信的帮办代办应用会话中查收。{form}"


def corrections(
    project: str, wanted: Sequence[tuple[ItemView, Sequence[Material]]], site: Site, officer: str
) -> str:
    if not wanted:
        return f"{project}目前没有登记待补正的事项。收到过补正通知的，请联系服务专员{officer}核对。"
    found: list[str] = []
    for view, returned in wanted:
        last = view.item.events[-1]
        told = f"，{short_day(last.day)}告知" if view.item.state is ItemState.CORRECTION else ""
        note = f"：{clipped(last.note, 80)}" if told and last.note else ""
        found.append(f"**{view.entry.spoken}**（{site.departments[view.entry.lead].short}{told}）{note}")
        found += [f"- {m.name}——{clipped(m.reason, 80)}" for m in returned]
    return lines(
        f"{project}需要补正：", *found, f"补正不是退件；补好后交服务专员{officer}核对，以部门审核为准。"
    )


def no_file(officer: str) -> str:
    return f"没有收到文件。请引用文件后@我再说一次，或把文件发到与我的单聊里，也可以交服务专员{officer}登记。"


def file_kept(officer: str, item: str) -> str:
    return f"已收到文件{f'（{item}）' if item else ''}，转服务专员{officer}核对登记；是否收齐、是否合格以部门审核为准。"


def handed_in(project: str, who: str, item: str) -> str:
    return f"{project}：{who}发来文件{f'（{item}）' if item else ''}，已存档，请核对后登记材料。"


def not_ours(title: str) -> str:
    return f"《{title}》由审批部门出具，服务中心没有空白表。需要查收情况请发送“进度”。"
