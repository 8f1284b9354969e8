"""What a dialog is: how long it lives and what it makes of the next message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Answer, Context
from bot.understanding.acts import Act
from domain.ordinals import picked
from storage.dialogs import OpenDialog


@dataclass(frozen=True)
class Dialog:
    """`take` returns None when the message is not meant for it: then the handlers answer as if it were not
    there. `lives`: after that without a word it is forgotten."""

    kind: str
    lives: timedelta
    take: Callable[[Context, OpenDialog, Act], Answer | None]


def go_on(context: Context, dialog: OpenDialog, step: str, **answers: object) -> None:
    """Keep the next step with what is known so far."""
    merged = {**dialog.answers, **answers}
    context.tx.dialogs.save(
        OpenDialog(dialog.person_id, dialog.project_id, dialog.kind, step, merged, context.now)
    )


def end(context: Context, dialog: OpenDialog) -> None:
    context.tx.dialogs.end(dialog.person_id, dialog.project_id)


def number(context: Context) -> int | None:
    """The message is nothing but a choice of what was offered: “2”, “第二个”."""
    found = picked(context.message.text)
    return None if found == -1 else found
