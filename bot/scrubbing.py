"""What leaves the house, or is kept as an example, has no names and no numbers in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.masking import mask_private
from storage.store import Transaction

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,6}-(?:[A-Za-z]{1,4}-)?\d{4}-\d{3,6}")
_HIDDEN = re.compile(r"[0-9Xx]{0,4}\*{4,}[0-9Xx]{0,4}")
_DIGITS = re.compile(r"\d{4,}")
_CALLED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?=[工科总姐哥局处](?:[,，。!！?？\s]|$))")
_AT = re.compile(r"[@＠]\S{1,12}")


class Scrubber:
    """Knows the names of everybody and everything that is registered."""

    def __init__(self, people: Iterable[str], others: Iterable[str]) -> None:
        self._people = _longest_first(people)
        self._others = _longest_first(others)

    @classmethod
    def of(cls, tx: Transaction) -> Scrubber:
        return cls(tx.people.names(), tx.projects.names())

    def scrub(self, text: str) -> str:
        for name in self._others:
            text = text.replace(name, "某单位")
        for name in self._people:
            text = text.replace(name, "某人")
        text = _HIDDEN.sub("某号码", mask_private(text))
        text = _CODE.sub("AA-0000-000", _AT.sub("", text))
        return _DIGITS.sub(lambda run: "0" * len(run[0]), _CALLED.sub("某", text)).strip()


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
