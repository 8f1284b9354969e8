"""The card of an appointment somebody asked for."""

from __future__ import annotations

from bot.platform import Card, CardButton, CardField, CardKind
from bot.texts.phrases import clipped
from domain.appointments import KIND_NAMES, Appointment


def to_answer(one: Appointment, who: str, about: str, when: str) -> Card:
    buttons = [CardButton("同意", f"meet.agree:{one.id}", 1)] if one.wished_at else []
    return Card(
        CardKind.BUTTONS,
        title=f"预约{one.id}：{KIND_NAMES[one.kind]}",
        desc=clipped(about, 30),
        quote=clipped(one.wish, 80),
        fields=(CardField("预约人", who), CardField("时间", when)),
        buttons=(*buttons, CardButton("改约", f"meet.move:{one.id}", 2)),
        commands=(f"同意预约 {one.id}", f"改约 {one.id} 周四上午10点"),
    )
