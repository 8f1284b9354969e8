"""The content of 中止告知书、终止单 (F16) and 续办委托书 (F17), by the keys of forms.yaml."""

from __future__ import annotations

from typing import Any

from bot.moves.work import CaseWork
from bot.texts.phrases import STATES, moment
from domain.case import Case
from domain.items import ENDED
from domain.materials import MaterialState
from domain.project import Project
from domain.suspension import REASON_NAMES, Reason, Suspension, SuspensionKind

# The words of the form's own choices; two of our reasons are one there.
_ON_PAPER: dict[Reason, str] = {
    Reason.NOT_POSSIBLE: "不符合法律法规和政策要求或不具备办结条件",
    Reason.CANNOT_BE_CORRECTED: "材料不符合法定条件且不能补正或不真实",
    Reason.UNTRUE: "材料不符合法定条件且不能补正或不真实",
    Reason.FRAUD: "材料不符合法定条件且不能补正或不真实",
    Reason.NOT_HANDED_IN: "未按期提交材料或经催促仍未提供",
    Reason.FEE_UNPAID: "未按规定缴纳规费",
    Reason.OWN_WISH: "项目单位主动提出",
    Reason.OTHER: "其他",
}
_IN_HAND = frozenset({MaterialState.RECEIVED, MaterialState.ACCEPTED})
NEW_LIMITS = "服务自双方签署之日起继续；审批事项的时限由审批部门依法计算，不因中止改变"


def heads(work: CaseWork, project: Project, case: Case) -> dict[str, str]:
    """The parties and the agreement, as several forms begin."""
    agreement = work.tx.forms.newest(case.id, "F13")
    return {
        "agreement_no": agreement.no if agreement else case.no,
        "project_name": project.name,
        "owner": work.tx.projects.enterprise(project.enterprise_id).name,
        "agent": work.site.hall.name,
    }


def notice_values(work: CaseWork, project: Project, case: Case, one: Suspension) -> dict[str, Any]:
    assert one.effective_on is not None
    names = "、".join(person.name for person, _ in work.tx.people.of_project(project.id))
    proof = f"（依据：{one.evidence}）" if one.evidence else ""
    values: dict[str, Any] = {
        **heads(work, project, case),
        "done_so_far": done_so_far(work, case),
        "kind": one.name,
        "reason": _ON_PAPER[one.reason],
        "reason_text": f"{REASON_NAMES[one.reason]}：{one.explanation}{proof}",
        "coordination": one.coordination,
        "notified": f"{moment(one.proposed_at, work.calendar.zone)}，企业微信告知{names}",
        "effective_on": one.effective_on.isoformat(),
        "papers": _papers(work, case, one.kind),
    }
    if one.kind is SuspensionKind.SUSPEND:
        values["resume_when"] = work.site.completion.resume_condition(one.reason)
    return values


def resume_values(work: CaseWork, case: Case, one: Suspension) -> dict[str, Any]:
    assert one.effective_on is not None
    agreement = work.tx.forms.newest(case.id, "F13")
    catalogue = work.site.catalogue.items
    items = work.tx.cases.items([case.id]).get(case.id, [])
    return {
        "agreement_no": agreement.no if agreement else case.no,
        "suspended_on": one.effective_on.isoformat(),
        "suspended_for": f"{REASON_NAMES[one.reason]}：{one.explanation}",
        "cause_gone": one.cause_removed,
        "items": "、".join(catalogue[i.item_id].spoken for i in items if i.state not in ENDED),
        "new_limits": NEW_LIMITS,
    }


def done_so_far(work: CaseWork, case: Case) -> str:
    items = work.tx.cases.items([case.id]).get(case.id, [])
    catalogue = work.site.catalogue.items
    ended = [catalogue[one.item_id].spoken for one in items if one.state in ENDED]
    others = [
        f"{catalogue[one.item_id].spoken}（{STATES[one.state]}）" for one in items if one.state not in ENDED
    ]
    parts = [
        f"已办结{len(ended)}项：{'、'.join(ended)}" if ended else "",
        f"未办结{len(others)}项：{'、'.join(others)}" if others else "",
    ]
    return "；".join(part for part in parts if part) or "尚未开始办理事项"


def _papers(work: CaseWork, case: Case, kind: SuspensionKind) -> list[dict[str, str]]:
    """What the office holds: kept for the day of resumption, given back at a termination."""
    items = work.tx.cases.items([case.id]).get(case.id, [])
    fate = "留存" if kind is SuspensionKind.SUSPEND else "退还"
    found = work.tx.materials.of_items([one.id for one in items])
    names = [one.name for listed in found.values() for one in listed if one.state in _IN_HAND]
    return [{"name": name, "fate": fate} for name in dict.fromkeys(names)]
