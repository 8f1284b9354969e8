"""Orders about an item or its materials: “施工许可 已受理”, “通过 施工许可 施工合同”. Complete or not at all: what
looks like a question is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.understanding import days
from bot.understanding.acts import Act, Heard, Intent
from bot.understanding.dictionary import Dictionary, Found, normalise
from domain.items import ItemState

OFFICERS = frozenset({"representative", "service_officer"})
EVERYBODY = OFFICERS | {"enterprise"}
_S = ItemState
_GAP = r"[\s:：,，。;；]*"
_END = r"(?:了|啦)?(?=$|[\s:：,，。;；(（\d])"
_CODE = r"(?:[a-z]{1,6}-\d{4}-\d{3,4}|\d{4}-\d{6}-\d{2}-\d{2}-\d{6})"
# The longer word stands first: 补正完成 is not 补正.
STATE_WORDS: tuple[tuple[ItemState, str], ...] = (
    (_S.NOT_ACCEPTED, "不予受理|不受理"),
    (_S.REJECTED, "不予(?:行政)?许可|不予批准|不予通过"),
    (_S.CORRECTION_DONE, "补正(?:完成|完毕|齐全|已齐|已完成)|已补正|(?:补正材料)?已?补齐"),
    (_S.CORRECTION, "(?:要|需要?|待|通知|一次性)?补正"),
    (_S.SPECIAL_DONE, "(?:特别程序|特殊程序|专家评审|评审|公示)(?:已)?(?:结束|完成|期满)"),
    (_S.SPECIAL, "(?:进入|转入|启动)?(?:特别程序|特殊程序)"),
    (_S.IN_REVIEW, "(?:进入)?(?:技术)?(?:审查|审核|审批|在审)(?:中|阶段)?"),
    (_S.RECEIVED, "收件|接件|收到材料"),
    (_S.ACCEPTED, "(?:予以|正式)?受理"),
    (_S.COMPLETED, "办结|办好|批准|准予许可|出证|发证|批复"),
    (_S.WITHDRAWN, "撤件|撤回申请|主动撤回"),
    (_S.SUBMITTED, "提交|报送|申报|报件"),
)
_MOVE = tuple(
    (state, re.compile(rf"^{_GAP}(?:于|在)?(?P<day>{days.DAY})?\s*(?:已经?|都)?(?:{words}){_END}(?P<rest>.*)$", re.S))
    for state, words in STATE_WORDS
)  # fmt: skip
_QUESTION = re.compile(r"[?？]\s*$|(?:吗|没有?|呢|多久|几天|什么时候|怎么|如何|哪)[\s?？。]*$")
_DAY_FIRST = re.compile(rf"^({days.DAY})(?=$|[\s,，。:：])[\s,，。:：]*")
_DUE_BEHIND = frozenset({ItemState.CORRECTION, ItemState.SPECIAL})
_SUBMIT = re.compile(rf"^(?:提交|报送|申报){_GAP}(?P<rest>.+)$", re.S)


@dataclass(frozen=True)
class Order:
    """`focus`: which of the intent's orders it is. `rest` begins with the item, where there is one."""

    focus: str
    intent: Intent
    roles: frozenset[str]
    pattern: re.Pattern[str]


def _order(focus: str, intent: Intent, roles: frozenset[str], words: str) -> Order:
    return Order(focus, intent, roles, re.compile(rf"^(?:{words})(?:[\s:：,，]+(?P<rest>.*))?$", re.S))


FILES = frozenset({"file", "image", "video"})
_HANDS_IN = frozenset({"enterprise", "service_officer"})
ORDERS: tuple[Order, ...] = (
    _order("approve", Intent.REVIEW_MATERIAL, OFFICERS, "通过(?:材料)?|材料通过"),
    _order("give_back", Intent.REVIEW_MATERIAL, OFFICERS, "退回材料|材料退回"),
    _order("grant", Intent.REVIEW_MATERIAL, OFFICERS, "同意容缺"),
    _order("deny", Intent.REVIEW_MATERIAL, OFFICERS, "不同意容缺"),
    _order("defect", Intent.REVIEW_MATERIAL, OFFICERS, "清单外"),
    _order("notice", Intent.REQUEST_MATERIAL, OFFICERS, "一次性告知"),
    _order("off_list", Intent.REQUEST_MATERIAL, EVERYBODY, "(?:我们?)?被要求(?:提交|补交)?清单(?:以)?外(?:的)?材料"),
    _order("truthful", Intent.SUBMIT_MATERIAL, EVERYBODY, "承诺真实|真实性承诺"),
    _order("defer", Intent.SUBMIT_MATERIAL, EVERYBODY, "(?:申请)?容缺"),
    _order("commit", Intent.SUBMIT_MATERIAL, EVERYBODY, "告知承诺"),
    _order("last_file", Intent.SUBMIT_MATERIAL, EVERYBODY, "(?:刚才|上面|刚发)的文件是?"),
    _order("green", Intent.UPDATE_ITEM, OFFICERS, "绿色通道"),
    _order("not_green", Intent.UPDATE_ITEM, OFFICERS, "取消绿色通道"),
)  # fmt: skip


# Without an item these are questions of policy: “容缺是什么”.
_ABOUT_AN_ITEM = frozenset({"defer", "commit"})


def order_in(text: str, original: str, heard: Heard, dictionary: Dictionary) -> Act | None:
    """`text` is normalised; `original` the same as typed."""
    for order in ORDERS:
        match = order.pattern.match(text) if heard.role in order.roles else None
        if match and not _asks_about(text, order):
            act = _act(order.intent, order.focus, match["rest"] or "", original, heard, dictionary)
            named = act.item or act.readings
            if named or order.focus not in _ABOUT_AN_ITEM:
                return act
    if heard.role in OFFICERS:
        moved = _move(text, original, heard, dictionary)
        if moved:
            return moved
    return _beside_a_file(text, original, heard, dictionary)


def _beside_a_file(text: str, original: str, heard: Heard, dictionary: Dictionary) -> Act | None:
    """“施工许可 施工合同” quoting a file: the item stands first, whatever form or paper is named behind it."""
    if heard.quote_kind not in FILES or heard.role not in _HANDS_IN or _QUESTION.search(text):
        return None
    act = _act(Intent.SUBMIT_MATERIAL, "file", text, original, heard, dictionary)
    return act if (act.item or act.readings) and act.rest else None


def _asks_about(text: str, order: Order) -> bool:
    """“容缺怎么办” is a question; an officer's order and free words of a report are not."""
    return order.focus in {"defer", "commit", "green"} and _QUESTION.search(text) is not None


def _act(
    intent: Intent, focus: str, rest: str, original: str, heard: Heard, dictionary: Dictionary
) -> Act:  # fmt: skip
    code, behind = _code(rest)
    hit = _first_item(behind, dictionary)
    tail = behind[hit.end :] if hit else behind
    slots = _slots(code, hit, tail, heard)
    readings = hit.ids if hit and len(hit.ids) > 1 else ()
    words = _as_typed(original, tail.strip(" :：,，"))
    return Act(
        intent, slots, 0.95, words, readings, hit.also if hit else (), hit.question if hit else "",
        focus, (f"command:{focus}",),
    )  # fmt: skip


def _move(text: str, original: str, heard: Heard, dictionary: Dictionary) -> Act | None:
    """“施工许可 9月14日受理”; “提交 施工许可”."""
    submit = _SUBMIT.match(text)
    if submit and not _QUESTION.search(text):
        act = _act(Intent.UPDATE_ITEM, "move", submit["rest"], original, heard, dictionary)
        bare = act.item or act.readings
        return _with_state(act, ItemState.SUBMITTED, None, heard) if bare and not act.rest else None
    code, behind = _code(text)
    hit = _first_item(behind, dictionary)
    if hit is None or _QUESTION.search(behind):
        return None
    for state, pattern in _MOVE:
        match = pattern.match(behind[hit.end :])
        if match:
            rest = match["rest"].strip(" :：,，。;；")
            head = behind[: hit.end] + " " + rest if rest else behind[: hit.end]
            act = _act(Intent.UPDATE_ITEM, "move", f"{code} {head}", original, heard, dictionary)
            return _with_state(act, state, match["day"], heard)
    return None


def _with_state(act: Act, state: ItemState, written: str | None, heard: Heard) -> Act:
    """`day`: when it happened, where it was said; for a correction a day behind it is the day it is due."""
    slots, rest = {**act.slots, "state": state.value}, act.rest
    leading = _DAY_FIRST.match(rest) if not written and state not in _DUE_BEHIND else None
    if leading:
        written, rest = leading[1], rest[leading.end() :]
        slots.pop("due", None)
    if written and heard.today:
        found = days.read_day(written, heard.today)
        slots["day"] = found.isoformat() if found else "?"
    return replace(act, slots=slots, rest=rest)


def _slots(code: str, hit: Found | None, tail: str, heard: Heard) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    if code:
        slots["project_code"] = code.upper()
    if hit and len(hit.ids) == 1:
        slots["item"] = hit.ids[0]
    due = _due(tail, heard.today)
    if due:
        slots["due"] = due.isoformat()
    planned = days.span(tail)
    if planned:
        slots["days"], slots["day_unit"] = planned
    return slots


def _due(tail: str, today: date | None) -> date | None:
    return days.first_day(tail, today) if today else None


def _code(text: str) -> tuple[str, str]:
    match = re.match(rf"^\s*({_CODE})(?![0-9])\s*(.*)$", text, re.S)
    return (match[1], match[2]) if match else ("", text.strip())


def _first_item(text: str, dictionary: Dictionary) -> Found | None:
    """At the very beginning: an item named further on is part of the words."""
    found = next((f for f in dictionary.find(text) if f.kind in {"item", "ambiguous"}), None)
    return found if found and not text[: found.start].strip(" :：,，的") else None


def _as_typed(original: str, tail: str) -> str:
    """People's words are not lower-cased; `tail` stands at the end of the normalised text."""
    squeezed, plain = " ".join(original.split()), normalise(original)
    at = plain.rfind(tail) if tail else -1
    return squeezed[at : at + len(tail)] if at >= 0 and len(squeezed) == len(plain) else tail
