"""What cannot be done just now, and what can be done instead: one sentence for every kind of thing and its state."""

from __future__ import annotations

from bot.texts.phrases import STATES
from domain.case import CaseStatus
from domain.errors import IllegalMove
from domain.filled_forms import FormState
from domain.items import ItemState
from domain.materials import MaterialState

_ISSUE_NOW = {
    "new": "正在分派",
    "triage": "在服务专员处待分派",
    "assigned": "已转给部门代表、待接办",
    "accepted": "部门正在办理",
    "coordinated": "正在逐级协调",
    "answered": "答复已拟好、待服务专员发布",
    "released": "已答复项目单位",
    "closed": "项目单位已确认解决",
    "withdrawn": "已撤回",
}
CASE_STATES: dict[CaseStatus, str] = {
    CaseStatus.APPLIED: "已申请、待受理",
    CaseStatus.SIGNING: "已受理、待签委托协议",
    CaseStatus.ACTIVE: "办理中",
    CaseStatus.SUSPENDED: "已中止",
    CaseStatus.HANDOVER: "待签办结单",
    CaseStatus.CLOSED: "已办结",
    CaseStatus.REFUSED: "不予受理",
    CaseStatus.WITHDRAWN: "已撤回申请",
    CaseStatus.TERMINATED: "已终止",
}
_CASE_NEXT: dict[CaseStatus, str] = {
    CaseStatus.APPLIED: "请等服务专员受理后再操作。",
    CaseStatus.SIGNING: "请先由双方签署委托协议，签署后即可办理。",
    CaseStatus.ACTIVE: "请发送“进度”查看办理情况。",
    CaseStatus.SUSPENDED: "恢复请先说明中止原因已消除，发送：恢复 原因已消除的情况。",
    CaseStatus.HANDOVER: "请先由项目单位代表人签署办结单，或由服务专员退回继续办理。",
    CaseStatus.CLOSED: "需要再次委托，请重新申请。",
    CaseStatus.REFUSED: "补齐条件后可重新申请。",
    CaseStatus.WITHDRAWN: "需要时可重新申请。",
    CaseStatus.TERMINATED: "需要再次委托，请重新申请。",
}
MATERIAL_STATES: dict[MaterialState, str] = {
    MaterialState.MISSING: "还没有提交",
    MaterialState.RECEIVED: "已收到、待审核",
    MaterialState.RETURNED: "已退回、待重新提交",
    MaterialState.ACCEPTED: "已通过",
    MaterialState.DEFERRED: "已容缺、待补交",
    MaterialState.LAPSED: "容缺已到期、待补交",
}
_FORM_STATES: dict[FormState, str] = {
    FormState.DRAFT: "还是草稿",
    FormState.ISSUED: "正在等签署",
    FormState.SIGNED: "已签署完毕",
    FormState.VOID: "已作废",
}


def explain(refusal: IllegalMove) -> str:
    return _BY_KIND[refusal.what](refusal)


def _issue(refusal: IllegalMove) -> str:
    now = _ISSUE_NOW.get(refusal.now, "")
    return f"这个问题{now}，现在不能这样操作。发送“待办”可查看可以处理的问题。"


def _case(refusal: IllegalMove) -> str:
    now = CaseStatus(refusal.now)
    return f"这项帮办代办服务{CASE_STATES[now]}，现在不能这样操作。{_CASE_NEXT[now]}"


def _item(refusal: IllegalMove) -> str:
    now, wanted = ItemState(refusal.now), ItemState(refusal.wanted)
    if now is wanted:
        return f"该事项已经是“{STATES[now]}”，不用重复登记。"
    return (
        f"该事项目前“{STATES[now]}”，不能直接登记为“{STATES[wanted]}”。请先登记中间的环节，或核对事项名称。"
    )


def _material(refusal: IllegalMove) -> str:
    return f"这份材料{MATERIAL_STATES[MaterialState(refusal.now)]}，现在不能这样操作。发送“材料清单”可查看每份材料的状态。"


def _form(refusal: IllegalMove) -> str:
    return f"这份表{_FORM_STATES[FormState(refusal.now)]}，现在不能签署。有疑问请联系服务专员。"


def _other(refusal: IllegalMove) -> str:
    return f"{_WHAT[refusal.what]}现在不能这样操作。发送“待办”可查看需要您处理的事项。"


_WHAT = {
    "joint_meeting": "这次联席会议",
    "task": "这项任务",
    "fee": "这笔缴费",
    "submission": "这份呈报或函件",
    "suspension": "这项中止或终止",
    "delivery": "这一次移交",
    "rating": "这次评价",
    "press": "这份督办单已销号，",
    "return": "这项报送",
    "event": "这场活动已登记到场人数或已取消，",
    "visit_wish": "这项走访需求",
    "study": "这个案例",
}
_BY_KIND = {
    "issue": _issue,
    "case": _case,
    "item": _item,
    "material": _material,
    "form": _form,
    **dict.fromkeys(_WHAT, _other),
}
