"""What is said about an application: asked for, shown, decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.texts.phrases import clipped, day, lines
from domain.application import BLOCKS, plain, shown_options
from domain.case import SCOPE_NAMES, SERVICE_LEVEL_NAMES, Case, Scope
from domain.eligibility import Eligibility
from domain.forms import FieldSpec, FieldType
from domain.project import Project
from domain.site import Site

LEVELS = (
    "帮办：指导填报、解答和协调，由贵单位自己申报；代办：签委托协议后由专员代为申报；"
    "包办：从前期到竣工全程代办，计划经双方确认。"
)
STATEMENTS = "我单位承诺所填内容和提交材料真实有效；自愿委托帮办代办，服务免费，可随时提出终止。"
CANCELLED = "好的，这份申请没有提交，已取消。需要时发送“申请代办”重新开始。"
NOTHING_TO_CHANGE = "请写明要改的栏目和内容，例如：改 总投资 3600。"
MOST_LINES = 9  # of one question

_LONG = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ITEMS})
# Shown where everything does not fit.
_MAIN = frozenset(
    {"enterprise", "project_name", "project_type", "investment", "scope", "scope_stages", "level"}
)
_LIKE = {
    FieldType.DATE: "例如2027年3月1日",
    FieldType.CREDIT_CODE: "18位",
    FieldType.ITEMS: "用顿号隔开",
}


def started(project: Project | None, *, resumed: bool) -> str:
    name = f"**{project.name}**（{project.code}）" if project else "新项目"
    if resumed:
        return f"接着填{name}的帮办代办申请。"
    return f"好的，开始填{name}的帮办代办申请，服务免费、自愿。\n{LEVELS}"


def ask(missing: Sequence[FieldSpec], known: int, may_follow: Iterable[str], *, group: bool) -> str:
    """The first block that is not complete, as lines to copy."""
    block = next(name for name in BLOCKS if any(one.section == name for one in missing))
    shown = [one for one in missing if one.section == block][:MOST_LINES]
    listed = [f"{_asked(one)}：" for one in shown]
    follow = "不清楚的可写“待补”。" if any(one.key in set(may_follow) for one in shown) else ""
    where = "（电话、地址等请到与我的单聊里填，不要发在群里。）" if group else ""
    several = "请复制下面几行，冒号后补好发给我；也可以只答第一行。"
    how = several if len(shown) > 1 else "请直接回复这一项。"
    return lines(
        f"【{block}】已填{known}项，还需{len(missing)}项。{how}{follow}{where}",
        *listed,
    )


def _asked(one: FieldSpec) -> str:
    if one.options:
        return f"{plain(one.label)}（{shown_options(one)}）"
    return f"{one.label}（{_LIKE[one.type]}）" if one.type in _LIKE else one.label


def draft(fields: Sequence[FieldSpec], values: Mapping[str, str], later: Iterable[str], room: int) -> str:
    """Everything filled in, block by block; long words are shortened: the paper has them whole. `room`: in bytes."""
    open_ones = [plain(one.label) for one in fields if one.key in set(later)]
    follow = f"待补：{'、'.join(open_ones)}" if open_ones else ""
    for most in (60, 24, 14, 9):
        text = lines(*(_block(name, fields, values, most) for name in BLOCKS), follow)
        if len(text.encode()) <= room:
            return text
    main = [one for one in fields if one.key in _MAIN]
    return lines(
        *(_block(name, main, values, 24) for name in BLOCKS), "其余栏目请发送“发草稿”看表格。", follow
    )


def _block(name: str, fields: Sequence[FieldSpec], values: Mapping[str, str], most: int) -> str:
    found = [
        f"{plain(one.label)}：{_kept(one, values[one.key], most)}"
        for one in fields
        if one.section == name and values.get(one.key)
    ]
    return f"【{name}】{'；'.join(found)}" if found else ""


def _kept(one: FieldSpec, value: str, most: int) -> str:
    """A number in full is for the paper, not for the screen."""
    if one.type is FieldType.PHONE:
        return f"尾号{value[-4:]}"
    return clipped(value, most) if one.type in _LONG else value


def changed(fields: Sequence[FieldSpec], values: Mapping[str, str], *, group: bool) -> str:
    """In a group without what was put in: amounts, phones and addresses are nothing for it."""
    named = [
        plain(one.label) if group else f"{plain(one.label)}：{_kept(one, values[one.key], 40)}"
        for one in fields
    ]
    return f"已改{'、'.join(named) if group else '；'.join(named)}。其余不变，看全部发送“草稿”。"


def complete(eligible: Eligibility, *, agreed: bool, on_behalf: bool) -> str:
    who = "请向申请人宣读下面的声明，取得同意后回复“同意”" if on_behalf else "请确认声明，同意请回复“同意”"
    next_step = "声明已确认，核对无误请回复“提交”。" if agreed else f"{who}，再回复“提交”：\n> {STATEMENTS}"
    return lines(
        _eligible(eligible),
        next_step,
        "修改：改 总投资 3600；看表格：发草稿；放弃：取消。",
    )


def _eligible(eligible: Eligibility) -> str:
    if eligible.open:
        return f"服务对象：符合（{clipped(eligible.reason, 40)}）。"
    return f"服务对象：暂不符合（{eligible.reason}）。{eligible.can_do}。仍可提交，由服务专员核定。"


def agreed() -> str:
    return "已记录：真实性承诺、自愿委托声明均已确认。核对无误请回复“提交”。"


def submitted(case: Case, project: Project, officer: str, until: date) -> str:
    return lines(
        f"已提交，申请编号**{case.no}**，项目编号{project.code}。",
        f"由服务专员{officer}在{day(until)}前答复是否受理。受理前可发送“撤回申请”。",
    )


def put_in(case: Case, project: Project, who: str) -> str:
    return f"{who}已为{project.name}提交帮办代办申请，编号{case.no}。如有疑问请联系服务专员。"


def facts_for_officer(
    case: Case, project: Project, values: Mapping[str, str], eligible: Eligibility, later: Sequence[str]
) -> str:
    shown = (
        "project_type",
        "investment_type",
        "funding",
        "nature",
        "works_class",
        "key_level",
        "approval_route",
    )
    found = "；".join(values[key] for key in shown if values.get(key))
    return lines(
        f"**新申请 {case.no}**：{project.name}（{project.code}）",
        f"申请单位：{values.get('enterprise', '')}",
        f"内容：{scope(case, values.get('scope_items', ''))}，{SERVICE_LEVEL_NAMES[case.level]}",
        f"情况：{found}；总投资{values.get('investment', '待补')}万元",
        f"需求：{clipped(values['needs'], 80)}" if values.get("needs") else "",
        f"待补：{'、'.join(later)}" if later else "",
        _eligible_short(eligible),
    )


def _eligible_short(eligible: Eligibility) -> str:
    return f"服务对象：{'符合' if eligible.open else '暂不符合'}（{eligible.reason}）"


def scope(case: Case, items: str = "") -> str:
    if case.scope is Scope.STAGE:
        return f"{SCOPE_NAMES[case.scope]}（{'、'.join(case.stages)}）"
    return (
        f"{SCOPE_NAMES[case.scope]}（{items}）"
        if case.scope is Scope.ITEM and items
        else SCOPE_NAMES[case.scope]
    )


def plan_for_officer(case: Case, item_ids: Sequence[str], site: Site) -> str:
    """The proposed items by department."""
    by_department: dict[str, list[str]] = {}
    for item_id in item_ids:
        entry = site.catalogue.items[item_id]
        by_department.setdefault(site.departments[entry.lead].short, []).append(entry.spoken)
    listed = [f"{department}：{'、'.join(names)}" for department, names in by_department.items()]
    head = f"{case.no} 拟办{len(item_ids)}个事项、{len(by_department)}个部门（受理后可增减）："
    return lines(head, *within(listed, 1600))


def within(listed: Sequence[str], most: int) -> list[str]:
    """As many lines as fit, and how many there are besides."""
    kept: list[str] = []
    for one in listed:
        if sum(len(line.encode()) + 1 for line in (*kept, one)) > most:
            return [*kept, f"另有{len(listed) - len(kept)}行未列出"]
        kept.append(one)
    return kept


# ---------------------------------------------------------------- decided


def accepted(case: Case, project: Project, officer: str, *, signing: bool) -> str:
    rest = "委托协议已发签署，双方签署后开始办理。" if signing else "即日起开始帮办。"
    return lines(
        f"**{project.name}**的帮办代办申请{case.no}已受理，服务专员{officer}。",
        f"方式：{SERVICE_LEVEL_NAMES[case.level]}，{scope(case)}。{rest}",
    )


def accepted_for_officer(case: Case, items: int, waiting: str) -> str:
    rest = f"委托协议待{waiting}签署。" if waiting else ""
    return f"已受理{case.no}，列入{items}个事项，受理单已发给项目单位。{rest}"


def no_signatory(project: Project) -> str:
    return f"{project.name}还没有登记项目单位代表人，请发送“发码 {project.code} 代表人”，把登记码交给代表人，登记后自动送签委托协议。"


def refused(case: Case, project: Project, reason: str, text: str, can_do: str, officer: str) -> str:
    return lines(
        f"**{project.name}**的帮办代办申请{case.no}不予受理。",
        f"原因：{reason}。{text}",
        f"您可以：{can_do}。" if can_do else "",
        f"告知书已单独发送，有疑问请联系服务专员{officer}。",
    )


def refused_in_group(case: Case, officer: str) -> str:
    return f"申请{case.no}已有答复，详情已单独告知项目单位联系人，有疑问请联系服务专员{officer}。"


def accepted_in_group(case: Case, officer: str) -> str:
    return f"申请{case.no}已受理，由服务专员{officer}负责。"


def already(case: Case, who: str, when: str, what: str) -> str:
    return f"申请{case.no}已由{who}{f'于{when}' if when else ''}{what}，无需重复操作。"


def withdrawn(case: Case, project: Project, who: str) -> str:
    return f"{who}已撤回{project.name}的帮办代办申请{case.no}，不用再办理。"


def reasons(site: Site) -> str:
    return "\n".join(f"{n}. {one.reason}" for n, one in enumerate(site.intake.refusals, 1))


def ask_reason(no: str, site: Site) -> str:
    return (
        f"请直接回复{no}不予受理的原因编号和说明，例如：1 属市级审批权限。发送“取消”放弃。\n{reasons(site)}"
    )


def ask_withdraw(case: Case, project: Project) -> str:
    return f"确定撤回{project.name}的申请{case.no}吗？回复 1 撤回，2 不撤回。"


def full_notice(case: Case, project: Project, listed: Sequence[str]) -> str:
    numbered = [f"{n}. {one}" for n, one in enumerate(listed, 1)]
    return lines(f"**包办前告知**（{project.name}，{case.no}）", *numbered, f"读完请回复“阅知 {case.no}”。")


def not_eligible(case: Case, found: Eligibility) -> str:
    return (
        f"{case.no}暂不符合服务范围：{found.reason}。经研究可以受理的，请发送“经研究受理 {case.no} 研究情况”；"
        f"不受理请发送“不予受理 {case.no} 1 说明”。"
    )


def decision_due(case: Case, project: Project, last: date, today: date) -> str:
    head = f"{project.name}的申请{case.no}"
    when = "今天是作出受理决定的最后一天" if last == today else "作出受理决定的期限已过"
    return f"{head}待受理，{when}（{day(last)}）。请发送“受理 {case.no}”或“不予受理 {case.no}”。"


def item_back(item: str, officer: str) -> str:
    return f"{item}的撤件由项目单位在原申报渠道提出，我不能代为撤件。已告诉服务专员{officer}，由专员与您核对后协助办理。"


def wants_item_back(project: str, who: str, item: str) -> str:
    return f"{project}：{who}想撤回{item}的申报，请联系核对。撤件后请发送“{item} 撤件”登记。"
