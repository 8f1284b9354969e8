"""Checklists and template files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.texts.phrases import clipped, day, lines, short_day
from domain.catalogue import CatalogueItem
from domain.items import ItemState, ItemView
from domain.materials import Material, MaterialState, MaterialVersion
from domain.site import Site

_MARKS: dict[MaterialState, str] = {
    MaterialState.MISSING: "⬜",
    MaterialState.RECEIVED: "📥",
    MaterialState.RETURNED: "↩️",
    MaterialState.ACCEPTED: "✅",
    MaterialState.DEFERRED: "🕒",
    MaterialState.LAPSED: "⏰",
}


Versions = Mapping[int, tuple[MaterialVersion, date]]


def checklist(
    entry: CatalogueItem, listed: Sequence[Material], site: Site, versions: Versions, *, tracked: bool
) -> str:
    """`versions`: of each material the newest file with the office day it came."""
    missing = [m for m in listed if m.wanted]
    head = f"**{entry.spoken}材料清单**（共{len(listed)}份）"
    if tracked:
        head += f"，还缺{len(missing)}份" if missing else "，必要材料已齐"
    verified = "" if entry.materials_verified else "（清单为行业通行项，待部门核对）"
    free = {spec.name for spec in entry.materials if spec.need_not_be_handed_in}
    told = (_line(n, m, versions, m.name in free, tracked=tracked) for n, m in enumerate(listed, 1))
    note = "标“免提交”的可调用电子证照或数据，调取不到时仍请提供。" if free else ""
    return lines(head + verified, *told, f"※ {note}{site.caveat}")


def _line(n: int, material: Material, versions: Versions, free: bool, *, tracked: bool) -> str:  # noqa: FBT001
    mark = f"{_MARKS[material.state]} " if tracked else ""
    shown = material.form or "清单外"
    kind = "" if material.required else "，视情况"
    form = "免提交" if free else shown
    state = _state(material, versions.get(material.id)) if tracked else ""
    return f"{n}. {mark}{material.name}（{form}{kind}）{state}"


def _state(material: Material, newest: tuple[MaterialVersion, date] | None) -> str:
    came = f"（第{newest[0].version}版，{short_day(newest[1])}）" if newest else ""
    if material.state is MaterialState.RETURNED:
        return f"——已退回{came}：{clipped(material.reason, 30)}"
    if material.state is MaterialState.DEFERRED and material.deferred_until:
        return f"——容缺，{short_day(material.deferred_until)}前补"
    if material.state is MaterialState.LAPSED:
        return "——容缺到期未补，请补交"
    if material.state is MaterialState.MISSING and material.commitment:
        return "——已申请容缺，待答复"
    states = {MaterialState.RECEIVED: f"——已收到{came}，待审核", MaterialState.ACCEPTED: f"——已通过{came}"}
    return states.get(material.state, "")


def which_template(site: Site) -> str:
    names = "、".join(f"《{site.forms[key].title}》" for key in ("F1", "F5", "F6") if key in site.forms)
    return f"需要哪份表？例如：{names}，或“施工许可材料清单”。各审批事项自己的申请表请在广东政务服务网对应事项下载。"


def template_sent(name: str, *, is_form: bool, site: Site) -> str:
    form = "" if is_form else f"各审批事项自己的申请表请在广东政务服务网对应事项下载，{site.caveat}。"
    return f"《{name}》由应用单独发给您，请在企业微信的帮办代办应用会话中查收。{form}"


def corrections(
    project: str, wanted: Sequence[tuple[ItemView, Sequence[Material]]], site: Site, officer: str,
    due: Mapping[int, date | None],
) -> str:  # fmt: skip
    """`due`: by the item's id, the day of its one notice."""
    if not wanted:
        return f"{project}目前没有登记待补正的事项。收到过补正通知的，请联系服务专员{officer}核对。"
    found: list[str] = []
    for view, returned in wanted:
        last = view.item.events[-1]
        told = f"，{short_day(last.day)}告知" if view.item.state is ItemState.CORRECTION else ""
        note = f"：{clipped(last.note, 80)}" if told and last.note else ""
        last_day = due.get(view.item.id)
        told += f"，请{short_day(last_day)}前补齐" if last_day else ""
        found.append(f"**{view.entry.spoken}**（{site.departments[view.entry.lead].short}{told}）{note}")
        found += [f"- {m.name}——{clipped(m.reason, 80)}" for m in returned]
    return lines(
        f"{project}需要补正：", *found, f"补正不是退件；补好后交服务专员{officer}核对，以部门审核为准。"
    )


def no_file(officer: str) -> str:
    return f"没有收到文件。请引用文件后@我再说一次，或把文件发到与我的单聊里，也可以交服务专员{officer}登记。"


def file_kept(officer: str) -> str:
    return (
        f"已收到文件，转服务专员{officer}核对登记；是否收齐、是否合格以部门审核为准。"
        "知道是哪份材料的，请回复：刚才的文件是 事项 材料名称。"
    )


def not_ours(title: str) -> str:
    return f"《{title}》由审批部门出具，服务中心没有空白表。需要查收情况请发送“进度”。"


def handed_in(project: str, who: str) -> str:
    return f"{project}：{who}发来文件，已存档，请核对后登记材料。"


# ---------------------------------------------------------------- handed in and checked

HOW_TO_REVIEW = "请写明事项和材料，例如：通过 施工许可 施工合同；退回材料 施工许可 施工合同 印章不清；通过 施工许可 全部。"
HOW_TO_TELL_ONCE = (
    "请一次写全要补的材料，例如：一次性告知 施工许可 1.施工合同 印章不清 2.资金承诺书 未盖章 9月25日前。"
)
NOTICE_DAY = "补正日期应是今天以后，请核对后再发。"
FILE_LOST = "刚才的文件没有取到（链接已失效或文件过大），请重新发送一次，或交服务专员登记。"
ONLY_ENTERPRISE_STATES = "材料真实性由项目单位登记的经办人或代表人承诺，请由本人发送“承诺真实”。"
NOT_STATED = "还没有收到项目单位对材料真实性的承诺"
ANOTHER_TALK = "您还有一份没有填完的内容，请先完成或发送“取消”，再点这个按钮。"


def ended(item: str) -> str:
    return f"{item}已经办结，不再收材料。有疑问请联系服务专员。"


def taken(item: str, name: str, officer: str, *, stated: bool) -> str:
    truth = "" if stated else "\n请回复“承诺真实”，确认所提交材料真实、合法、有效（每个项目只需确认一次）。"
    return (
        f"文件已登记到**{item}**《{name}》，正在检查，检查通过后交服务专员{officer}审核；"
        f"打不开或不符合要求的，会单独告知您。{truth}"
    )


def stated(project: str, *, again: bool) -> str:
    if again:
        return f"{project}此前已作真实性承诺，不用重复。"
    return f"已登记：{project}的项目单位承诺所提交材料真实、合法、有效，对真实性负责。"


def file_refused(item: str, name: str, wrong: str) -> str:
    return f"{item}《{name}》的文件没有收下：{wrong}。清单状态没有变化。"


def newer_version(name: str) -> str:
    return f"《{name}》有更新的文件，这张卡片已失效，请看最新的卡片。"


def not_stated(name: str, contact: str) -> str:
    return f"《{name}》{NOT_STATED}，不能通过。请{contact}发送“承诺真实”后再审核。"


def reason_missing(item: str, name: str) -> str:
    return f"请写明退回原因，例如：退回材料 {item} {clipped(name, 12)} 印章不清，请重新盖章扫描。"


def ask_reason(name: str) -> str:
    return f"请直接回复《{clipped(name, 30)}》退回的原因，将转告项目单位（30分钟内有效，发送“取消”放弃）"


def passed(names: Sequence[str]) -> str:
    return f"已通过{len(names)}份：{'、'.join(clipped(name, 20) for name in names)}。"


def given_back(name: str) -> str:
    return f"《{name}》已退回，原因已转告项目单位。"


def returned(project: str, item: str, name: str, reason: str, who: str) -> str:
    return f"{project}·{item}：《{name}》由{who}退回，原因：{reason}。请改好后引用新文件并写“{item} {clipped(name, 20)}”发给我。"


def nothing_waits(item: str) -> str:
    return f"{item}没有待审核的材料。"


def blocked(item: str, names: Sequence[str]) -> str:
    listed = "、".join(clipped(name, 16) for name in names[:4])
    return f"{item}还不能提交：缺核心材料{len(names)}份（{listed}{'等' if len(names) > 4 else ''}）。请补齐，或由项目单位申请容缺。"


def unseen(item: str, names: Sequence[str]) -> str:
    listed = "、".join(clipped(name, 16) for name in names[:4])
    return f"{item}还不能提交：{len(names)}份材料待审核（{listed}{'等' if len(names) > 4 else ''}）。审核后发送“通过 {item} 全部”。"


def told_once(item: str, count: int, outside: Sequence[str], *, again: bool) -> str:
    """Whoever asks for something outside the list is told so as well: it may have been a slip."""
    named = "、".join(f"“{clipped(one, 30)}”" for one in outside)
    noted = (
        f"{named}不在{item}的材料清单里，已留痕并请服务专员核实；清单里的材料请写清单上的名称。"
        if outside
        else ""
    )
    said = f"{item}的一次性告知已登记（{count}项），已单独告知项目单位并发到工作群。"
    return f"{said}{noted}{TOLD_BEFORE if again else ''}"


TOLD_BEFORE = "该事项此前已一次性告知过，本次补充要求已留痕，一并报服务专员和督办人员知悉。"


def notice(
    item: str, department: str, opinions: Sequence[tuple[str, str]], due: date | None, officer: str
) -> str:
    """The list as group and contact read it."""
    return lines(
        f"**【一次性告知】**{item}（{department}）",
        *(
            f"{n}. {clipped(name, 40)}：{clipped(opinion, 80)}"
            for n, (name, opinion) in enumerate(opinions, 1)
        ),
        f"请在{day(due)}前补齐。" if due else "",
        f"补正不是退件。补好后请引用文件并写上事项和材料名称发给我，由服务专员{officer}核对。",
    )


def which_file(officer: str) -> str:
    return f"没有找到您30分钟内发来、还没有登记的文件。请重新发送文件，或交服务专员{officer}登记。"


def how_to_name() -> str:
    return "请写明事项和材料，例如：刚才的文件是 施工许可 施工合同。"


def none_of_these(whom: str) -> str:
    return f"（文件已存档；都不是的，请告诉{whom}登记。）"
