"""What the board says: short, with days and names."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.texts.phrases import moment
from domain.catalogue import LimitUnit
from domain.deadlines import IssueClock
from domain.items import Clock

NONE_YET = "暂无"
TOO_MANY = (
    "筛选出的项目有{count}个，一次最多导出{most}个。请缩小范围再导出，或在与代办助手的单聊里发送“统计 9月”“台账 9月”，"
    "做好后发给您本人。"
)
NOT_IN_GROUP = "看板只给本人看，请到与我的单聊里发送“看板”。"
NOTHING_LATE = "没有超期和临期的事项、问题。"


def _days(unit: LimitUnit) -> str:
    return "个工作日" if unit is LimitUnit.WORKING else "日"


def over(clock: Clock) -> str:
    unit = _days(clock.limit.unit)
    if clock.left < 0:
        return f"超{-clock.left}{unit}"
    return f"剩{clock.left}{unit}" if clock.left else "今天到期"


def over_answer(clock: IssueClock | None) -> str:
    if clock is None or not clock.late:
        return ""
    return f"超{-clock.left}个工作日" if clock.left < 0 else "今天超时"


def told(level: int) -> str:
    return f"已逐级提醒到第{level}级" if level else ""


def pressed(no: str, due: datetime, zone: tzinfo) -> str:
    return f"已督办（{no}，{moment(due, zone)}前反馈）"


def last_news(state: str, day: str, by: str) -> str:
    return f"{state}（{day}{'，' if by else ''}{by}登记）" if day else state


def percent(share: float | None) -> str:
    return NONE_YET if share is None else f"{round(share * 100, 1):g}%"


def link(url: str) -> str:
    return (
        f"[打开督办看板]({url}) 可看在办和办结、超期在哪个部门和阶段、哪一步等得最久，可催办、督办、导出、打印。"
        "在电脑浏览器里看，请先发送“网页登录”。"
    )
