"""Calm words when feelings run high, and where private numbers belong."""

from __future__ import annotations

from bot.texts.phrases import clipped
from domain.alarms import Alarm, AlarmKind
from domain.people import Person
from domain.site import Site


def calm(officer: Person, found: Alarm, site: Site) -> str:
    line = f"您的情况已转到服务专员{officer.name}，由专员直接与您联系；也可以拨打{site.hall.name}{site.hall.phone}。"
    if found.kind is AlarmKind.LIFE:
        return f"请先注意安全，有人身危险请马上拨打110或120。{line}"
    if found.kind is AlarmKind.WAGES:
        return f"{line}工资问题可以向当地劳动保障监察机构反映，电话12333。"
    return line


def to_officer(project: str, who: str, text: str) -> str:
    return f"**请马上联系**：{project}，{who}说——{clipped(text, 120)}"


def private_number(*, identity: bool) -> str:
    what = "证件或银行卡号码" if identity else "手机号码"
    return (
        f"您刚才在群里发了{what}，系统保存时已隐去中间几位。建议在群里撤回那条消息；"
        "需要填写时，请在与我的单聊里按表填写，不会在群里显示。"
    )
