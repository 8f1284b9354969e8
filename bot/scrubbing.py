"""What leaves the house, or is kept as an example, has no names and no numbers in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.masking import mask_private
from storage.store import Transaction

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,6}-(?:[A-Za-z]{1,4}-)?\d{4}-\d{3,6}")
_HIDDEN = re.compile(r"[0-9Xx]{0,4}\*{4,}[0-9Xx]{0,4}")
_DIGITS = re.compile(r"\d{4,}")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈任姚卢傅钟姜崔谭廖"
    "范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔汤温康施"
)
# 王工, 李科 – but no 石工程, 施工证, 高科技.
_CALLED = re.compile(rf"[{_SURNAMES}](?=[工总姐哥局处科](?![程作厂业地期人证许技图]))")
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
