"""Checklists and template files."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import clipped, lines, short_day
from domain.catalogue import CatalogueItem
from domain.materials import Material, MaterialState
from domain.site import Site

_MARKS: dict[MaterialState, str] = {
    MaterialState.MISSING: "⬜",
    MaterialState.RECEIVED: "📥",
    MaterialState.RETURNED: "↩️",
    MaterialState.ACCEPTED: "✅",
    MaterialState.DEFERRED: "🕒",
}


def checklist(entry: CatalogueItem, listed: Sequence[Material], site: Site, *, tracked: bool) -> str:
    missing = [m for m in listed if m.wanted]
    head = f"**{entry.spoken}材料清单**（共{len(listed)}份）"
    if tracked:
        head += f"，还缺{len(missing)}份" if missing else "，必要材料已齐"
    verified = "" if entry.materials_verified else "（清单为行业通行项，待部门核对）"
    return lines(
        head + verified, *(_line(n, m, tracked) for n, m in enumerate(listed, 1)), f"※ {site.caveat}"
    )


def _line(n: int, material: Material, tracked: bool) -> str:  # noqa: FBT001
    mark = f"{_MARKS[material.state]} " if tracked else ""
    kind = "" if material.required else "，视情况"
    return f"{n}. {mark}{material.name}（{material.form}{kind}）{_state(material) if tracked else ''}"


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
    return f"《{name}》已通过应用消息发给您，请在“{site.name}代办助手”应用会话中查收。{form}"
