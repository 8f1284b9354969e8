"""Small words of pages: names of states and steps, as people read them."""

from __future__ import annotations

from datetime import date

from bot.texts.phrases import day
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


def ready_answers(next_day: date) -> tuple[str, ...]:
    """To tap and to change: every one with what is decided, and a day where something is to come."""
    return (
        "经核查，该要求不在公布的材料清单内，已告知窗口，可直接申报。",
        f"资料已收到，正在核对，{day(next_day)}前答复结果。",
        f"已安排{day(next_day)}到现场踏勘，请安排熟悉情况的人员配合。",
        "请按材料清单补齐后再次提交，缺少的材料是：",
    )


RETURN_REASONS = ("请写明办理时间。", "请写明经办窗口和联系人。", "请说明依据的条款。")
MATERIAL_REASONS = (
    "印章不清晰，请重新扫描。",
    "缺少签字或日期，请补签后重传。",
    "不是最新版本，请换成最新版本。",
)
