"""What is said about appointments."""

from __future__ import annotations

from datetime import tzinfo

from bot.texts.phrases import clipped, moment
from domain.appointments import KIND_NAMES, Appointment, MeetingKind


def asked(one: Appointment, officer: str, until: str, zone: tzinfo) -> str:
    note = "（非工作时间）" if one.kind is MeetingKind.OUT_OF_HOURS else ""
    return f"已登记预约{one.id}：{KIND_NAMES[one.kind]}，{when(one, zone)}{note}。服务专员{officer}在{until}前答复。"


def when(one: Appointment, zone: tzinfo) -> str:
    at = one.agreed_at or one.wished_at
    return moment(at, zone) if at else "时间待定"


def to_officer(one: Appointment, who: str, about: str, zone: tzinfo) -> str:
    return (
        f"预约{one.id}：{who}（{about}）约{KIND_NAMES[one.kind]}，{when(one, zone)}。原话：{clipped(one.wish, 80)}。"
        f"回复“同意预约 {one.id}”，或“改约 {one.id} 周四上午10点”。"
    )


def agreed(one: Appointment, officer: str, zone: tzinfo, *, moved: bool) -> str:
    change = "改约在" if moved else "定在"
    how = {
        MeetingKind.VIDEO: "届时由专员发起视频会议。",
        MeetingKind.VISIT: "届时专员上门。",
    }.get(one.kind, "请带上相关材料。")
    return f"预约{one.id}（{KIND_NAMES[one.kind]}）{change}{when(one, zone)}，服务专员{officer}。{how}时间不合适请重新发送：预约 时间。"


def answered(one: Appointment, zone: tzinfo) -> str:
    return f"预约{one.id}已答复：{when(one, zone)}，已告知对方。"


def ask_time(one: Appointment) -> str:
    return f"请发送“改约 {one.id} 时间”，例如：改约 {one.id} 周四上午10点。"
