"""What is to be paid for an item and by when. The sum stands in a message to the enterprise's own people only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import clipped, day, lines
from domain.project import Project

MOST_WORDS = 100
FREE = "帮办代办服务本身不收费；金额和缴纳方式以收费部门的缴费通知为准。"


def how_to(code: str) -> str:
    return f"请写明事项和缴费期限，例如：缴费 {code} 施工许可 10月20日前 占道费3200元。"


def not_so_far(due: date, today: date) -> str:
    when = "已经过了" if due < today else "在一年以后"
    return f"缴费期限{due.year}年{due.month}月{due.day}日{when}，请核对日期后再发。"


def too_long() -> str:
    return f"缴费说明请控制在{MOST_WORDS}字以内，写明项目和金额即可。"


def not_planned(item: str) -> str:
    return f"{item}不在本项目的办理计划里，不能登记缴费。要办的请先发送：加事项 {item}。"


def noted(item: str, due: date, people: Sequence[str], *, again: bool) -> str:
    told = f"已单独告知{'、'.join(people)}" if people else "项目单位还没有登记经办人，请您当面告知"
    what = "缴费期限已改为" if again else "缴费期限已登记："
    return f"{item}{what}{day(due)}，{told}；到期前和当天由我提醒。缴好后发送“已缴费 {item}”，取消发送“取消缴费 {item}”。"


def to_pay(project: Project, item: str, due: date, words: str, *, again: bool) -> str:
    return lines(
        f"**缴费通知{'（期限有变）' if again else ''}**：{project.name}·{item}",
        f"应缴：{clipped(words, MOST_WORDS)}" if words else "",
        f"请在{day(due)}前（含当日）缴纳。{FREE}",
        f"缴好后请发送：已缴费 {item}",
    )


def soon(project: Project, item: str, due: date, words: str, *, today: bool) -> str:
    what = f"（{clipped(words, MOST_WORDS)}）" if words else ""
    when = f"今天（{day(due)}）是最后一天" if today else f"请在{day(due)}前（含当日）缴纳"
    return f"缴费提醒：{project.name}·{item}{what}{when}。已缴的请发送“已缴费 {item}”。"


def late(project: Project, item: str, due: date, officer: str) -> str:
    return (
        f"缴费提醒：{project.name}·{item}的费用应在{day(due)}前缴纳，还没有收到“已缴费”。"
        f"已缴的请发送“已缴费 {item}”；办不到的请今天告诉服务专员{officer}。"
    )


def late_to_officer(project: Project, item: str, due: date) -> str:
    return (
        f"缴费到期：{project.name}·{item}的费用应在{day(due)}前缴纳，项目单位还没有回复已缴费，请核实。"
        f"改期发送“缴费 {project.code} {item} 新日期”，已缴发送“已缴费 {project.code} {item}”。"
    )


def nothing_due() -> str:
    return "本项目没有登记待缴的费用。是否收费、收多少，请发送“事项名称 收费”查看依据，或问服务专员。"


def which(items: Sequence[str], command: str) -> str:
    return f"待缴费的有{len(items)}项：{'、'.join(items)}。请写明是哪一项，例如：{command} {items[0]}。"


def listed(project: Project, found: Sequence[tuple[str, date, str]], today: date) -> str:
    """Item, day and – where it may be shown – what for."""
    shown = [
        f"· {item}：{day(due)}前{'（已过期）' if due < today else ''}{f'，{clipped(words, 60)}' if words else ''}"
        for item, due, words in found
    ]
    return lines(f"**{project.name}**待缴费用：", *shown, f"缴好后请发送：已缴费 {found[0][0]}")


def paid(item: str) -> str:
    return f"已登记{item}已缴费，不再提醒。缴费凭证请留好，需要提交的由服务专员告知您。"


def paid_told(project: Project, item: str, who: str) -> str:
    return f"{project.name}·{item}：{who}登记已缴费，缴费提醒已停。"


def dropped(item: str) -> str:
    return f"已取消{item}的缴费登记，不再提醒，已单独告知项目单位。"


def dropped_told(project: Project, item: str) -> str:
    return (
        f"{project.name}·{item}：服务专员取消了缴费登记，此前的缴费通知作废，不用缴纳；有疑问请问服务专员。"
    )


def ledger(item: str, due: date) -> str:
    return f"{item}登记缴费期限：{day(due)}"


def ledger_paid(item: str) -> str:
    return f"{item}已缴费"


def ledger_dropped(item: str) -> str:
    return f"{item}取消缴费登记"
