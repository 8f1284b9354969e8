"""Names that are spelt wrong but sound right (规化证, 施工许克证), and names typed in Latin letters (shigong xuke)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.understanding.characters import sounds, syllables

_LATIN = re.compile(r"[a-z][a-z' ]{3,}[a-z]")
_SHORTEST, _LONGEST = 2, 12
# Words of everyday talk that sound like the name of an item.
_COMMON = frozenset(
    [
        "该算",
        "包含",
        "宝函",
        "前移",
        "牵移",
        "签移",
        "总评",
        "放线",
        "通店",
        "同店",
        "通电",
        "外店",
        "外点",
        "合准",
        "和准",
        "合评",
        "红评",
        "人房",
        "规划",
        "规则",
        "会话",
        "登记",
        "报表",
        "报告",
        "站到",
        "占到",
        "暂道",
        "选制",
        "选至",
        "那地",
        "哪地",
        "纳地",
        "拿的",
        "大正",
        "大政",
        "大整",
        "确全",
        "缺权",
        "雀权",
        "街水",
        "借水",
        "节水",
        "同水",
        "痛水",
        "通税",
        "报起",
        "保气",
        "抱起",
        "暴气",
        "招表",
        "找表",
        "照表",
        "同气",
        "统计",
        "渣图",
        "炸土",
        "高级",
        "林地",
        "临地",
        "零地",
        "核算",
        "盖算",
        "开证",
        "开正",
        "前期",
        "迁西",
        "立向",
        "理想",
        "立象",
        "厉项",
        "岩石",
        "报见",
        "爆件",
        "报价",
        "宝剑",
        "保健",
        "保建",
        "暴击",
        "验现",
        "眼线",
        "验先",
        "能凭",
        "林建",
        "灵剑",
        "零件",
        "临检",
        "零减",
        "改变",
        "专变",
        "转变",
        "增荣",
        "曾荣",
        "正荣",
        "宽待",
        "几站",
        "基战",
        "通信",
        "外现",
        "外县",
        "街汽",
        "接起",
        "借起",
        "接弃",
        "借气",
        "接驳",
        "解驳",
        "总平",
        "重平",
        "报奸",
        "暴监",
        "爆监",
        "宝监",
        "初色",
        "出社",
        "初社",
        "出设",
        "处设",
        "挂水",
        "安检",
        "按键",
        "案件",
        "质检",
        "之间",
        "指尖",
        "时间",
        "直接",
        "只见",
        "占林",
        "压矿",
        "考古",
        "烤谷",
        "靠谷",
        "排正",
        "水证",
        "水政",
    ]
)


class Ear:
    def __init__(self, words: Iterable[str]) -> None:
        table = sounds()
        self._table = table
        self._sharp = sounds(blur=False)
        self._trie: dict[str, Any] = {}
        self._latin: dict[str, str] = {}
        by_syllable = syllables()
        self._syllables = by_syllable
        for word in words:
            heard = [table.get(character, "") for character in word]
            if not all(heard) or not _SHORTEST <= len(word) <= _LONGEST:
                continue
            self._add(heard, word)

    def _add(self, heard: list[str], word: str) -> None:
        node = self._trie
        for sound in heard:
            node = node.setdefault(sound, {})
        node.setdefault("", word)
        if len(word) >= 3:
            self._latin.setdefault("".join(heard), word)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, the name meant); what is spelt right is found by others."""
        yield from self._by_sound(text)
        for run in _LATIN.finditer(text):
            word = self._typed(run[0])
            if word:
                yield run.start(), run.end(), word

    def _by_sound(self, text: str) -> Iterator[tuple[int, int, str]]:
        heard = [self._table.get(character, "") for character in text]
        at = 0
        while at < len(heard):
            found = self._longest(text, heard, at)
            if found:
                yield at, at + len(found), found
            at += len(found) if found else 1

    def _longest(self, text: str, heard: list[str], at: int) -> str:
        node: dict[str, Any] | None = self._trie
        best = ""
        for offset in range(at, len(heard)):
            node = node.get(heard[offset]) if node and heard[offset] else None
            if node is None:
                break
            word = node.get("", "")
            if len(word) == 2 and not self._exactly(text[at : offset + 1], word):
                continue
            if word and _alike(text[at : offset + 1], word):
                best = word
        return best

    def _exactly(self, written: str, word: str) -> bool:
        """Short words only where the sound is quite the same: 范本 is not 房本."""
        return all(self._sharp.get(a) == self._sharp.get(b) for a, b in zip(written, word, strict=True))

    def _typed(self, run: str) -> str:
        """Latin letters cut into syllables, each as it sounds."""
        letters = re.sub(r"[' ]", "", run)
        for start in range(min(8, len(letters))):
            found = self._latin.get(self._cut(letters[start:]))
            if found:
                return found
        return ""

    def _cut(self, letters: str) -> str:
        heard, at = [], 0
        while at < len(letters):
            for length in range(min(6, len(letters) - at), 0, -1):
                sound = self._syllables.get(letters[at : at + length])
                if sound:
                    break
            else:
                return ""
            heard.append(sound)
            at += length
        return "".join(heard)


def _alike(written: str, word: str) -> bool:
    """Most characters right; of two the other may only be one nobody uses like that."""
    right = sum(one == other for one, other in zip(written, word, strict=True))
    if len(word) == 2:
        return right == 1 and written not in _COMMON
    return right * 2 >= len(word) - 1 and right > 0
