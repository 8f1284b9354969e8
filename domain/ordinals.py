"""Which of several: “第二个”, “第2项”, “最后一个”, “选3”."""

from __future__ import annotations

import re

_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTED = "个個项項条條件样樣种種"
_NTH = re.compile(rf"第\s*([一二三四五六七八九1-9])\s*[{_COUNTED}]?(?![0-9号期版轮次季])")
_LAST = re.compile(rf"最后(?:面)?(?:那|这)?(?:一)?[{_COUNTED}]|(?:后面|下面)(?:那|这)[{_COUNTED}]")
_FIRST = re.compile(rf"(?:前面|上面)(?:那|这)[{_COUNTED}]")
_NUMERAL = "[一二三四五六七八九1-9]"
_END = r"\s*[吧呢啊的]?[。.!！]*$"
_ALONE = re.compile(
    rf"^(?:就|选|选择|要|我要|我选|是)*\s*(?:第\s*(?P<nth>{_NUMERAL})\s*[{_COUNTED}]?|(?P<last>最后一[{_COUNTED}])){_END}"
    rf"|^(?:选|选择|我选|我要|就要)\s*(?P<chosen>{_NUMERAL})\s*[{_COUNTED}]?{_END}"
)


def ordinal(text: str) -> int | None:
    """1 for the first, -1 for the last; None when nothing is counted."""
    found = _NTH.search(text)
    if found:
        return _number(found[1])
    if _LAST.search(text):
        return -1
    return 1 if _FIRST.search(text) else None


def picked(text: str) -> int | None:
    """The text is nothing but a choice: “2”, “第二个”, “选2”. -1 for the last."""
    plain = text.strip().rstrip(".。")
    if plain.isdecimal() and len(plain) <= 2:
        return int(plain)
    found = _ALONE.match(plain)
    if found is None:
        return None
    return -1 if found["last"] else _number(found["nth"] or found["chosen"])


def _number(written: str) -> int:
    return _NUMERALS.get(written) or int(written)
