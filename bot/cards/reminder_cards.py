"""The card below merged reminders: later, or enough for today."""

from __future__ import annotations

from bot.platform import Card, CardButton, CardKind


def merged(count: int, task_id: str) -> Card:
    return Card(
        CardKind.BUTTONS,
        title=f"以上{count}件提醒",
        body="办完的不用理会；要换个时间，点下面的按钮。",
        task_id=task_id,
        buttons=(
            CardButton("稍后提醒", "remind_later", 2),
            CardButton("今天不再提醒", "remind_no_more", 2),
        ),
        commands=("稍后提醒", "今天不再提醒"),
    )
