"""The state an officer reports of an item."""

from __future__ import annotations

import re

_STATES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (state, re.compile(words))
    for state, words in (
        ("rejected", r"不予(?:行政)?(?:许可|批准|通过|受理|核准)|(?:没有?|未|不)(?:获)?(?:能)?(?:批准|通过)|不批|否了|被否|驳回|不受理|没过"),
        ("withdrawn", r"撤件|撤回|撤销申请|撤了|主动撤|抽件"),
        ("correction", r"补正|补件|材料不(?:全|齐)|退补|补充材料"),
        ("special", r"公示|评审|听证|特别程序|特殊程序|专家|技术审查|挂网"),
        ("in_review", r"会签|上会|在审|审查中|审核中|审批中|正在审|复审|送审|领导签|局领导|签批|走流程|审核阶段|审查阶段|在批"),
        ("completed", r"批(?:了|下来|复|准|好)|已批|办结|出证|发证|出件|制证|核发|准予|通过|证(?:已|出)|办好|办完|拿证|领证|出批文|批文(?:已|出)|发了|出[来]?了|下来了|到手了|过了(?!期)|领了"),
        ("accepted", r"受理|收件|立案"),
    )
)  # fmt: skip


def state_in(text: str) -> str | None:
    return next((state for state, words in _STATES if words.search(text)), None)
