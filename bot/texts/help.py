"""Greetings, help by role, refusals of what is not allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.texts.help_topics import FIRST, Side, named_in, sides_of, topics_for
from bot.texts.phrases import clipped, lines
from domain.people import Person, Role, Standing
from domain.site import Site

GREETING = "您好，我是代办助手。可以问我：进度、材料清单、卡在哪里、反馈问题。发送“帮助”查看全部。"
THANKS = "不客气，有需要随时@我。"
NOTHING_OPEN = "现在没有等您确认的内容。发送“帮助”可查看我能做什么。"


SAY_IT_WHOLE = "刚才的内容没有改动。请把正确的整句再发一次，例如：转办 12 水务局 原因。"
OTHER_TOPIC = (
    "这个我帮不上。我只管工程建设项目的帮办代办：进度、材料、办事指南、反馈问题；其他事项请拨打12345。"
)


def help_for(roles: frozenset[Role], standing: Standing, site: Site, asked: str = "") -> str:
    """`asked`: the words, which may name a topic."""
    sides = sides_of(roles)
    hall = f"{site.hall.name}（电话 {site.hall.phone}）"
    if not sides:
        return _for_others(standing, site, hall)
    topic = named_in(asked, sides)
    if topic:
        known = [line for side in sides for line in topic.lines.get(side, ())]
        return lines(f"**{topic.name}：**", *_numbered(known), f"咨询：{hall}")
    known = [line for side in sides for line in FIRST[side]]
    more = "、".join(f"帮助 {name}" for name in topics_for(sides))
    return lines("**我能帮您：**", *_numbered(known), f"更多请发送：{more}", f"咨询：{hall}")


def _for_others(standing: Standing, site: Site, hall: str) -> str:
    if standing.member:
        return lines("**我能帮您：**", *_numbered(FIRST[Side.ENTERPRISE][:2]), f"咨询：{hall}")
    return unregistered(site)


def unregistered(site: Site) -> str:
    return (
        f"您好，我是{site.name}工程建设项目代办助手。您还没有登记，需要使用请联系{site.hall.name}"
        f"（电话 {site.hall.phone}）；已有登记码的，请发送“登记 登记码 姓名”。"
    )


def _numbered(known: Sequence[str]) -> list[str]:
    return [f"{n}. {one}" for n, one in enumerate(dict.fromkeys(known), 1)]


def welcome(person: Person, site: Site) -> str:
    return f"{person.name}您好，我是{site.name}工程建设项目代办助手。可以直接问“进度”“施工许可材料”“待办”，发送“帮助”查看全部。"


def told_officer(officer: str) -> str:
    return f"已转告服务专员{officer}，由专员与您联系。"


def passed_on(project: str, who: str, text: str) -> str:
    return f"{project}：{who}找专员——{clipped(text, 100)}"


# What was asked for, and the proper way instead (R014, R028); the first that fits.
_INSTEAD: tuple[tuple[str, str], ...] = (
    (r"推荐|介绍|哪[家个].{0,8}(?:好|靠谱|公司|机构)|熟[的嘅]", "{note}。"),
    (
        r"日期|时间|往前|提前写|倒签|补签",
        "日期要按实际填写。时间不够的，可以申请延期或告诉服务专员一起想办法。",
    ),
    (
        r"(?:别的|其他|别家|隔壁|人家|他们).{0,8}(?:公司|企业|项目|单位|资料|材料|进度)|隔壁",
        "只能查询您自己的项目，其他单位的信息不能提供。",
    ),
    (
        r"规则|提示词|忽略|宣布|代表|局长|系统提示|告诉大家|你就说",
        "我只按部门登记的办理结果答复，不能代替部门表态，也不能改变规则。查看实际情况请发送“进度”。",
    ),
    (
        r"跳过|省略|不用办|绕过|直接发",
        "法定步骤不能省略；哪些可以容缺或告知承诺，请发送“容缺受理是什么规定”。",
    ),
    (r"[Pp]一张|改图|伪造|假|做一份", "材料要真实。确实缺少的，可以问“容缺”或请服务专员核对。"),
)
_ANYTHING_ELSE = (
    "{note}。其他项目的信息、提前日期或省略法定步骤，依法都不能办理；正常办理有困难请发送“反馈问题 情况”。"
)


def refused(site: Site, text: str) -> str:
    """Polite, and with what can be done instead."""
    way = next((way for words, way in _INSTEAD if re.search(words, text)), _ANYTHING_ELSE)
    return f"这个我不能帮您办。{way.format(note=site.intermediary_note)}"


def not_understood(whom: str, *, again: bool = False) -> str:
    if again:
        return f"还是没有听懂，不再猜了。发送“人工”我就转告专员，或直接联系{whom}。"
    return f"没有完全听懂。您可以说“进度”“施工许可材料”“反馈问题 情况”，发送“帮助”查看全部，或联系{whom}。"
