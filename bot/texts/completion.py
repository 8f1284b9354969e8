"""What is said at the end of a case: completed, signed, sent back, closed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.deliveries import what_to_deliver
from bot.texts.phrases import lines
from domain.deliveries import Delivery, Thing
from domain.filled_forms import FilledForm
from domain.project import Project


def unfinished(project: Project, names: Sequence[str]) -> str:
    listed = "、".join(names[:12]) + (f"等{len(names)}项" if len(names) > 12 else "")
    return (
        f"还有未办结的事项：{listed}。请办结或移出计划后再办结；"
        f"确需先办结的，请写明说明：办结 {project.code} 未完成：原因和后续安排。"
    )


def proposal_pending(name: str, code: str) -> str:
    return f"有一项拟{name}还没有处理，请先发送“不再{name} {code}”或“书面{name} {code}”。"


def unfinished_note(names: Sequence[str], why: str) -> str:
    return f"{'、'.join(names)}。说明：{why}"


def handover(project: Project, left: Sequence[Thing]) -> str:
    return f"{project.short_name}的事项办理结束，进入移交。\n{what_to_deliver(project, left)}"


def handover_to_enterprise(project: Project, note: str) -> str:
    tail = f"未完成事项：{note}" if note else ""
    return lines(
        f"**【办理结束】**{project.name}的帮办代办事项已办理结束，进入结果移交。",
        tail,
        "结果移交、签收后，请代表人在办结单上签字确认。",
    )


def slip_issued(form: FilledForm, signers: Sequence[str]) -> str:
    return (
        f"结果已全部移交，办结单（{form.no}）已发{'、'.join(signers)}签署，项目单位代表人签字确认后服务结束。"
    )


def not_yet(project: Project, left: Sequence[Thing], under_way: Sequence[Delivery]) -> str:
    """What stands between the case and its sign-off (R143–R146)."""
    if left:
        names = "、".join(one.name for one in left[:6]) + (f"等{len(left)}项" if len(left) > 6 else "")
        return f"还不能签字确认：{names}的结果还没有移交。移交后办结单会发给代表人签署。"
    sent = "、".join(f"{one.courier}{one.tracking_no}" for one in under_way)
    return f"还不能签字确认：邮寄的结果（{sent}）还没有签收。收到后请回复“签收 {project.code}”，办结单随后发给代表人签署。"


def still_handled(project: Project, officer: str) -> str:
    return (
        f"{project.short_name}还在办理，没有到签字确认的时候。事项办理结束后由服务专员{officer}发出办结单。"
    )


def sent_back(project: Project, who: str, why: str) -> str:
    return (
        f"{project.name}：{who}退回办结，原因：{why}。已恢复为办理中，处理后请重新发送“办结 {project.code}”。"
    )


def sent_back_answer(officer: str) -> str:
    return f"已退回办结，原因已转告服务专员{officer}，服务继续。"


def closed(project: Project, no: str, when: str) -> str:
    return f"**【服务办结】**{project.name}的帮办代办服务已于{when}办结，办结单（{no}）经双方签署。感谢支持，欢迎评价。"


def list_to_officer(project: Project, no: str) -> str:
    return f"{project.name}已办结，材料交接清单（{no}）已生成，请与相关部门办理交接并归档。"


def what_is_signed(form: FilledForm) -> str:
    results = form.values.get("results") or []
    return f"已办结{len(results)}项，移交材料{len(form.values.get('handed_over') or [])}份，交付方式：{'、'.join(form.values.get('delivery') or ())}。签署后服务结束。"
