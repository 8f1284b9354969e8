"""What every message must be: short enough to arrive whole, exact, and in words people have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.talk import Talk

VAGUE = ("尽快", "近期", "即将", "尽早", "抓紧", "稍后答复")
# What may stand in Latin letters: project, document and courier numbers, file names, user ids in mentions and lists.
LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = re.compile(
    r"https?://[\w.:/\-]+|统一社会信用代码：[0-9A-Z]{18}|(?<![A-Za-z])[A-Z]{2,3}\d{8,18}|YX-(?:[A-Z]{2,3}-)?\d{4}-\d{3,4}|<@[a-z.]+>|[\w\-（）、()]+\.(?:docx|xlsx|pdf|png)|未登记成员（[a-z.]+）"
)
APP_BYTES = 2048


def read_aloud(talk: Talk) -> None:
    """Everything the bot and the app said in this talk."""
    for text in (*talk.heard, *_sent(talk)):
        plain = ALLOWED.sub("", text)
        assert not LATIN.search(plain), text
        assert not any(word in text for word in VAGUE), text
        assert "None" not in text, text
        assert "（）" not in text, text
        assert "：：" not in text, text
        assert len(text.encode()) <= APP_BYTES, text


def _sent(talk: Talk) -> Iterator[str]:
    for call in talk.platform.log("/send"):
        yield from _words(call.get("body") or {})


def _words(body: dict[str, Any]) -> Iterator[str]:
    for kind in ("text", "markdown"):
        content = (body.get(kind) or {}).get("content")
        if content:
            assert not content.endswith("…"), content  # cut by the platform's limit
            yield content
    card = body.get("template_card") or {}
    yield from (str((card.get(part) or {}).get(word, "")) for part, word in _ON_A_CARD)
    yield str(card.get("sub_title_text", ""))


_ON_A_CARD = (("main_title", "title"), ("main_title", "desc"), ("quote_area", "quote_text"))
