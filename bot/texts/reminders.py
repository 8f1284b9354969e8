"""Reminders: several in one message, and what putting them off is answered with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.texts.phrases import clipped, day, moment, short_day
from domain.filled_forms import FilledForm
from domain.project import Project
from domain.weeks import Week

MOST_BYTES = 1900  # the platform takes 2048
NONE_TODAY = "今天还没有提醒过您，不用推迟。等您办理的事项请发送“待办”查看。"


def merged(told: Sequence[str]) -> list[str]:
    """Under one heading; what does not fit goes into another message, nothing is left out."""
    head = f"**今日提醒**（{len(told)}件）"
    found, current = [], head
    for text in told:
        joined = f"{current}\n\n{text}"
        if len(joined.encode()) > MOST_BYTES and current != head:
            found.append(current)
            joined = text
        current = joined
    return [*found, current]


def put_off(count: int, due: datetime) -> str:
    what = "这条提醒" if count == 1 else f"这{count}件提醒"
    return f"好的，{what}{moment(due, due.tzinfo)}再发一次。" if due.tzinfo else ""


def no_more(following: datetime) -> str:
    return (
        f"好的，今天不再发提醒，没有提醒的并到{day(following.date())}{following:%H:%M}一起发。"
        "问题答复、催办和逾期提级不受影响。"
    )


def to_sign(project: Project, form: FilledForm, title: str, since: date) -> str:
    return (
        f"待签署：{project.name}的《{title}》（{form.no}）{short_day(since)}已送签，还没有签署。"
        f"签署请发送“签署 {form.no}”，内容有疑问请直接告诉服务专员。"
    )


def missing(project: Project, item: str, on: date, names: Sequence[str]) -> str:
    listed = "、".join(f"《{clipped(name, 20)}》" for name in names[:5])
    more = f"等{len(names)}份" if len(names) > 5 else ""
    return (
        f"材料提醒：{project.name}·{item}计划{day(on)}申报，还缺{listed}{more}。"
        f"请在{short_day(on)}前引用文件并写“{item} 材料名称”发给我；办不到请告诉服务专员改期。"
    )


def morning(today: date, listed: str, week: Week) -> str:
    """The list of “待办” under the day; on the day of the weekly summary also that it can still be looked at."""
    posted = ""
    if week.last_day == today:
        posted = f"\n今天{week.posted:%H:%M}发周小结，发送“周报”可预览、加一句。"
    return f"**{day(today)}工作清单**\n{listed}{posted}"
