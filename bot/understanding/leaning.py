"""What an ellipsis means: 那个证呢, 它, 批了没 – from the quote, the quoted file's name, or the last exchange."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.understanding.acts import Act, Heard, Intent
from bot.understanding.dictionary import Dictionary
from bot.understanding.slots import ISSUE_ORDERS, of_quote

I = Intent  # noqa: E741
_ON_ITEM = frozenset(
    {
        I.PROGRESS,
        I.MATERIALS,
        I.GUIDE,
        I.TEMPLATE,
        I.URGE,
        I.CONTACT,
        I.SUPPLEMENT,
        I.SUBMIT_MATERIAL,
        I.UPDATE_ITEM,
        I.REQUEST_MATERIAL,
        I.REVIEW_MATERIAL,
        I.WITHDRAW,
        I.REPORT_PROBLEM,
    }
)
_ON_ISSUE = ISSUE_ORDERS | {I.PROGRESS, I.URGE, I.CONFIRM, I.DENY, I.WITHDRAW, I.CALL_MEETING}
_WHOLE = re.compile(
    r"项目|整体|总体|全部|所有|一共|整个|哪些|代办|帮办|包办|你们|大厅|服务|政务中心|委托|全流程|我们(?:现在|目前)?(?:办|走)到"
)
_BARE = re.compile(r"^(?:查|看|问)?(?:一?下)?(?:进度|进展|样表)[?？。!！]*$")


def leaned(act: Act, heard: Heard, dictionary: Dictionary) -> Act:
    item, issue = of_quote(heard, dictionary)
    found: dict[str, Any] = {}
    recent = heard.recent_item if _points_back(act) else None
    if _wants_item(act) and (item or recent):
        found["item"] = item or recent
    if _wants_issue(act, heard) and (issue or heard.recent_issue):
        found["issue_no"] = issue or heard.recent_issue
    if act.intent in {I.PROGRESS, I.URGE} and issue and not act.item:
        found.pop("item", None)
    if not found:
        return act
    return replace(act, slots={**act.slots, **found}, evidence=(*act.evidence, "leans on what was said"))


def _points_back(act: Act) -> bool:
    """A new problem is told whole: it is of what was talked of only when it says so."""
    return act.intent is not I.REPORT_PROBLEM or re.search(r"[这那它该]", act.rest) is not None


def _wants_item(act: Act) -> bool:
    if act.intent not in _ON_ITEM or act.item or act.readings:
        return False
    if {"issue_no", "stage", "department"} & set(act.slots):
        return False
    if act.intent is I.TEMPLATE and "topic" in act.slots:
        return False
    return not _WHOLE.search(act.rest) and not _BARE.match(act.rest)


def _wants_issue(act: Act, heard: Heard) -> bool:
    if act.intent not in _ON_ISSUE or "issue_no" in act.slots:
        return False
    if act.intent in ISSUE_ORDERS:
        return True
    about_item = act.item or act.readings or (heard.recent_item and "问题" not in act.rest)
    return not about_item and not _WHOLE.search(act.rest) and not _BARE.match(act.rest)
