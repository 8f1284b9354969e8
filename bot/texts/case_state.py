"""Where a case stands when nothing of it is under way, and what is to be known beside its progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import day, short_day
from domain.case import Case, CaseStatus
from domain.project import Project

AGAIN = "需要时可重新发送“申请代办”。"


def applied(case: Case, applied_on: date | None, officer: str, until: date | None) -> str:
    when = f"已于{short_day(applied_on)}提交" if applied_on else "已提交"
    answer = f"由服务专员{officer}在{day(until)}前答复是否受理。" if until else f"待服务专员{officer}答复。"
    return f"申请{case.no}{when}，{answer}受理前可发送“撤回申请”。"


def signing(case: Case, no: str, waiting: Sequence[str], officer: str) -> str:
    """`waiting`: whose signatures are missing; "" stands for a signatory nobody has registered yet."""
    named = "、".join(one for one in waiting if one)
    missing = f"还没有登记项目单位代表人，请向服务专员{officer}要登记码。" if "" in waiting else ""
    return (
        f"申请{case.no}已受理，委托协议{no}待{named or '双方'}签署，双方签署后开始办理。{missing}"
        f"{f'本人签署请发送“签署 {no}”。' if no else ''}"
    )


def refused(case: Case, reason: str, officer: str) -> str:
    """`reason`: "" where others read along (R057)."""
    why = f"原因：{reason}" if reason else "原因已单独告知项目单位。"
    return f"申请{case.no}不予受理。{why}按说明处理后{AGAIN}有疑问请联系服务专员{officer}。"


def ended(case: Case, project: Project) -> str:
    if case.status is CaseStatus.WITHDRAWN:
        return f"申请{case.no}已撤回。{AGAIN}"
    what = "终止" if case.status is CaseStatus.TERMINATED else "办结"
    when = f"已于{day(case.closed_on)}{what}" if case.closed_on else f"已{what}"
    return f"{project.name}的帮办代办服务{when}。发送“我的档案”可查结果和留存的表单；有新的需要请发送“申请代办”。"


def suspended(since: date | None, code: str, *, resuming: bool) -> str:
    """What the service does is no part of the permits' own clocks (R126)."""
    when = f"自{short_day(since)}起中止" if since else "已中止"
    next_step = (
        "已提出恢复，双方确认并签署续办委托书后继续。"
        if resuming
        else f"恢复请发送“恢复 {code} 原因已消除：具体情况”。"
    )
    return f"⏸ 帮办代办服务{when}，审批时限照常计算。{next_step}"


HANDOVER = "事项办理已结束，正在移交结果；全部签收后由代表人在办结单上签字确认。"
