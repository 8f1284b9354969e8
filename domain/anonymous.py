"""What may be learnt from, without the people in it: names, titles and long numbers are taken out of the words."""

from __future__ import annotations

import re
from collections.abc import Iterable

SOMEBODY = "某"
_TITLES = "科长|局长|处长|主任|所长|站长|股长|经理|总|工|师傅|老师|女士|先生|小姐|同志|书记"
# The most frequent surnames: a longer list takes away more words than names.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康文牛樊葛邢安"
)
_TITLED = re.compile(
    rf"(?:[小老阿][{_SURNAMES}]|[{_SURNAMES}])[\u4e00-\u9fff]?(?:{_TITLES})(?![程地业人作厂])"
)
_NUMBER = re.compile(r"[0-9０-９*][0-9０-９*\s-]{4,}[0-9０-９*]")


def without_people(text: str, names: Iterable[str]) -> str:
    """`names`: of persons and enterprises known to have a part in it."""
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        text = text.replace(name, SOMEBODY)
    return _NUMBER.sub("＃", _TITLED.sub(SOMEBODY, text))
