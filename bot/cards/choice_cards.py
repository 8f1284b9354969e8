"""The card of a question back: the first few choices to tap; all of them have numbers in the words beside it."""

from __future__ import annotations

import re

from bot.platform import Card, CardButton, CardKind
from bot.texts.phrases import clipped
from domain.errors import Unclear

MOST = 3  # tappable choices (labels.md); the words may list more
LONGEST = 10


def which(unclear: Unclear, owner: str) -> Card:
    question = re.sub(r"请回复数字.*$", "", unclear.question, flags=re.S).strip()
    return Card(
        CardKind.BUTTONS,
        title=clipped(question, 26) or "请选择",
        desc="没有列出的请直接写名称" if len(unclear.choices) > MOST else "",
        task_id=f"choose_{owner.replace(':', '_')}",
        buttons=tuple(
            CardButton(_short(meaning), f"choose:{owner}:{place}", 1)
            for place, (_, meaning) in enumerate(unclear.choices[:MOST], 1)
        ),
    )


def _short(meaning: str) -> str:
    return clipped(re.split(r"[（(：]", meaning)[0], LONGEST)
