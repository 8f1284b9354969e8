"""延期: asked for before expiry with a reason, once, and granted by whom the site names (行政许可法 42 by analogy)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.errors import InvalidAnswer


class ExtensionState(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"  # the issue left the holder before anybody decided


@dataclass(frozen=True)
class Extension:
    id: int
    issue_no: int
    days: int
    reason: str = field(repr=False)
    asked_by: int
    asked_at: datetime
    was_by: datetime
    state: ExtensionState


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_WISH = re.compile(
    r"^(?:延长?|再给)?\s*(?P<n>\d{1,3}|[一二两三四五六七八九十])\s*个?\s*(?:工作日|天|日)[\s,，:：;；。]*(?:因为?)?(?P<why>.*)$",
    re.S,
)
LONGEST_REASON = 200


def read_wish(no: int, text: str) -> tuple[int, str]:
    """“3个工作日 图审意见未回” -> (3, "图审意见未回"). Raises InvalidAnswer with an example."""
    example = f"例如：申请延期 {no} 3个工作日 专家意见9月25日才能出具。"
    found = _WISH.match(text.strip())
    if found is None:
        raise InvalidAnswer(f"请写明延长几个工作日和原因，{example}")
    days = int(found["n"]) if found["n"].isdecimal() else _DIGITS[found["n"]]
    reason = found["why"].strip(" ，,。;；")
    if days < 1:
        raise InvalidAnswer(f"延期至少1个工作日，{example}")
    if not reason:
        raise InvalidAnswer(f"请写明延期原因，将转告项目单位，{example}")
    if len(reason) > LONGEST_REASON:
        raise InvalidAnswer(f"延期原因请控制在{LONGEST_REASON}字以内（现在{len(reason)}字）。")
    return days, reason
