"""The card below merged reminders: later, or enough for today."""

from __future__ import annotations

from collections.abc import Sequence

from bot.platform import Card, CardButton, CardKind

MOST_BUTTONS = 6


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


def to_do(numbers: Sequence[int], task_id: str) -> Card:
    """Below the morning's list: each button brings the problem's own card."""
    shown = list(numbers)[:MOST_BUTTONS]
    more = f"，先列{len(shown)}个" if len(numbers) > len(shown) else ""
    return Card(
        CardKind.BUTTONS,
        title=f"{len(numbers)}个问题等您处理{more}",
        body="点一下调出该问题的卡片，看完直接处理。",
        task_id=task_id,
        buttons=tuple(CardButton(f"问题{no}", f"show_issue:{no}", 1) for no in shown),
        commands=tuple(f"问题{no} 进度" for no in shown),
    )
