"""What is said when a service is suspended, terminated or resumed. What people are accused of stays out of groups."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import clipped, day, lines
from domain.project import Project
from domain.suspension import REASON_NAMES, Reason, Suspension, SuspensionKind, SuspensionState

# As offered to the officer, in order; what the enterprise asks for itself comes from the enterprise.
OFFERED: tuple[Reason, ...] = tuple(Reason)
PERMITS_GO_ON = "审批事项由审批部门继续依法办理，时限不因此改变。"


def ask_reason(name: str) -> str:
    listed = "\n".join(f"{n}. {REASON_NAMES[one]}（{one}）" for n, one in enumerate(OFFERED, 1))
    return f"{name}的原因是哪一条？请回复数字：\n{listed}"


def ask_explanation(name: str, reason: Reason) -> str:
    what = {
        Reason.FEE_UNPAID: "请写明欠缴的是哪一项规费、应缴日期。",
        Reason.CANNOT_BE_CORRECTED: "请写明是哪一份材料、不符合哪一条、为什么不能补正。",
        Reason.UNTRUE: "请写明是哪一份材料、哪一处内容不真实。",
        Reason.FRAUD: "请写明是哪一份材料或哪一项说明、查实的情况。",
        Reason.NOT_HANDED_IN: "请写明缺哪些材料、要求的提交日期。",
    }.get(reason, "请写明具体情况。")
    return f"{name}原因：{REASON_NAMES[reason]}。{what}发送“取消”可放弃。"


def no_evidence(code: str) -> str:
    return (
        "没有找到今天以前对项目单位的催告记录，不能以“未按期提交材料”为由中止（曲江2024第18条）。"
        f"请先催告：发送“催告 {code} 缺哪些材料、哪天前提交”，期满仍未提供的再提出。"
    )


def not_in_the_group() -> str:
    return "这类原因涉及对项目单位的认定，不在群里处理，请到与我的单聊里提出。"


def proposed_to_enterprise(project: Project, one: Suspension, officer: str, when: str) -> str:
    return lines(
        f"**【拟{one.name}告知】**{project.name}",
        f"服务专员{officer}于{when}提出{one.name}帮办代办服务，现告知贵单位。",
        f"原因：{REASON_NAMES[one.reason]}。",
        f"说明：{one.explanation}",
        f"协调后仍无法继续的，将书面告知。贵单位有不同意见或已解决的，请与服务专员{officer}联系。{PERMITS_GO_ON}",
    )


def proposed(project: Project, one: Suspension, told: Sequence[str]) -> str:
    return lines(
        f"已提出{one.name}{project.short_name}的帮办代办服务，已告知{'、'.join(told)}。",
        f"原因：{REASON_NAMES[one.reason]}。",
        f"依据：{one.evidence}。" if one.evidence else "",
        next_step(project, one),
    )


def next_step(project: Project, one: Suspension) -> str:
    drop = f"不{one.name}了发送“不再{one.name} {project.code}”。"
    if one.state is SuspensionState.PROPOSED:
        return f"下一步：先与项目单位协调，发送“协调记录 {project.code} 协调经过”。{drop}"
    if one.state is SuspensionState.COORDINATED:
        return f"下一步：仍无法继续的发送“书面{one.name} {project.code}”。{drop}"
    if one.state is SuspensionState.IN_FORCE:
        return f"原因消除后发送“恢复 {project.code} 原因已消除：具体情况”。"
    return f"下一步：对方发送“确认恢复 {project.code}”或“不同意恢复 {project.code} 原因”。"


def pending(project: Project, one: Suspension) -> str:
    return (
        f"{project.short_name}已有一项拟{one.name}（{REASON_NAMES[one.reason]}）。{next_step(project, one)}"
    )


def nothing_pending(name: str, code: str) -> str:
    return f"没有待处理的{name}。要提出请发送“{name} {code} 原因”。"


def not_coordinated(project: Project, one: Suspension) -> str:
    return f"还没有协调记录，不能书面{one.name}（曲江2024第18条：经协调确无法继续的，书面告知）。{next_step(project, one)}"


def to_supervisor(project: Project, one: Suspension, officer: str) -> str:
    stage = "已书面" if one.state is SuspensionState.IN_FORCE else "拟"
    return lines(
        f"**【{stage}{one.name}·需督办知悉】**{project.name}（{project.code}）",
        f"原因：{REASON_NAMES[one.reason]}。{clipped(one.explanation, 200)}",
        f"服务专员{officer}；此事不在工作群公布。",
    )


def coordinated(project: Project, one: Suspension) -> str:
    return f"协调经过已记录。{next_step(project, one)}"


def notice_to_enterprise(project: Project, one: Suspension, no: str, condition: str) -> str:
    assert one.effective_on is not None
    again = (
        f"恢复条件：{condition}。{next_step(project, one)}"
        if one.kind is SuspensionKind.SUSPEND
        else ("终止后不能恢复，需要时可重新申请。")
    )
    return lines(
        f"**【书面{one.name}】**{project.name}的帮办代办服务自{day(one.effective_on)}起{one.name}，"
        f"告知书（{no}）已单独发给您。",
        f"{again}{PERMITS_GO_ON}",
    )


def to_group(project: Project, one: Suspension) -> str:
    assert one.effective_on is not None
    tail = "原因消除并经双方确认后继续。" if one.kind is SuspensionKind.SUSPEND else ""
    return f"**【服务{one.name}】**{project.name}的帮办代办服务自{day(one.effective_on)}起{one.name}。{tail}{PERMITS_GO_ON}"


def in_force(project: Project, one: Suspension, no: str, told: Sequence[str]) -> str:
    tail = next_step(project, one) if one.kind is SuspensionKind.SUSPEND else "终止后不能恢复。"
    return f"{project.short_name}的帮办代办服务已{one.name}，告知书（{no}）已发{'、'.join(told)}。{tail}"


def dropped(project: Project, one: Suspension, who: str) -> str:
    return f"{project.short_name}：{who}已撤回拟{one.name}，服务照常继续。"


# ---------------------------------------------------------------- asked by the enterprise


def ask_wish(name: str) -> str:
    return f"请写明{name}的原因，例如：资金没有到位。发送“取消”可放弃。"


def confirm_wish(project: Project, kind: SuspensionKind, name: str, reason: str) -> str:
    again = "之后可以恢复。" if kind is SuspensionKind.SUSPEND else "终止后不能恢复，需要时重新申请。"
    return lines(
        f"请确认：{project.name}申请{name}帮办代办服务。",
        f"> 原因：{reason}",
        f"{again}{PERMITS_GO_ON}",
        "请回复数字：\n1. 提交\n2. 取消",
    )


def wished(name: str, officer: str, code: str) -> str:
    return f"{name}申请已提交，服务专员{officer}同意后出具告知书。改变主意请发送“不再{name} {code}”。"


def wish_to_officer(project: Project, one: Suspension, who: str) -> str:
    return f"{project.name}：{who}申请{one.name}帮办代办服务——{clipped(one.explanation, 120)}"


def own_wish(who: str) -> str:
    return f"项目单位{who}主动提出"


def talk_first(officer: str, name: str) -> str:
    return f"服务专员{officer}已收到{name}申请，先与贵单位沟通情况，办理前不影响服务。"


def whom_to_call(people: Sequence[tuple[str, str]], project: Project, one: Suspension) -> str:
    listed = "、".join(f"{name}{phone}" for name, phone in people)
    return f"请联系{listed}。沟通后发送“同意{one.name} {project.code}”，或请对方发送“不再{one.name}”。"


# ---------------------------------------------------------------- resumption


def not_suspended(project: Project) -> str:
    return f"{project.short_name}的帮办代办服务没有中止，不需要恢复。发送“进度”可查看办理情况。"


def ask_cause(code: str, condition: str) -> str:
    return f"请写明中止原因怎样消除（恢复条件：{condition}），例如：恢复 {code} 原因已消除：具体情况。"


def resume_asked(project: Project, side: str, who: str, cause: str) -> str:
    return lines(
        f"**【恢复服务·请确认】**{project.name}",
        f"{side}{who}提出恢复：{cause}",
        f"同意请发送“确认恢复 {project.code}”，不同意请发送“不同意恢复 {project.code} 原因”。",
    )


def waits_for(other: str) -> str:
    return f"已转请{other}确认，双方确认后出具续办委托书并请双方签署。"


def own_request(other: str) -> str:
    return f"恢复由您这一方提出，还需{other}确认，双方都确认后才能恢复（曲江2024第18条）。"


def both_confirmed(no: str, names: Sequence[str]) -> str:
    return f"双方已确认，续办委托书（{no}）已发{'、'.join(names)}签署，签署完毕即恢复服务。"


def already_confirmed(no: str) -> str:
    return f"双方已确认恢复，正在等续办委托书（{no}）签署。签署请发送“签署 {no}”。"


def resume_refused(project: Project, who: str, why: str) -> str:
    return f"{project.name}：{who}不同意现在恢复服务。原因：{why}。条件具备后可再次提出恢复。"


def resumed(project: Project, when: str) -> str:
    return f"**【服务恢复】**{project.name}的帮办代办服务自{when}起恢复，续办委托书已由双方签署。"


def reminded(names: Sequence[str]) -> str:
    return f"催告已发{'、'.join(names)}，并记入台账。"


def reminder(project: Project, text: str, officer: str) -> str:
    return lines(
        f"**【催告】**{project.name}", text, f"服务专员{officer}。已办理或有困难的，请直接回复说明。"
    )
