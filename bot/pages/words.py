"""Small words of pages: names of states and steps, as people read them."""

from __future__ import annotations

from domain.deadlines import Lamp
from domain.issue_turns import TurnKind
from domain.materials import MaterialState

LAMP_NAMES = {Lamp.RED: "已超期", Lamp.YELLOW: "临期", Lamp.GREEN: "正常", Lamp.NONE: ""}
TURNS = {
    TurnKind.FILED: "提出问题",
    TurnKind.ROUTED: "系统分派",
    TurnKind.ASSIGNED: "服务专员分派",
    TurnKind.PASSED_ON: "转办",
    TurnKind.NOT_OURS: "答复不属本部门",
    TurnKind.TAKEN: "接办",
    TurnKind.MERGED: "再次反馈同一问题",
    TurnKind.JOINT_MEETING: "提请联席会议",
    TurnKind.NOT_OUR_PART: "协办部门答复不属本部门",
}
MATERIALS = {
    MaterialState.MISSING: "待提交",
    MaterialState.RECEIVED: "待审核",
    MaterialState.RETURNED: "已退回",
    MaterialState.ACCEPTED: "已通过",
    MaterialState.DEFERRED: "容缺",
    MaterialState.LAPSED: "容缺到期",
}
