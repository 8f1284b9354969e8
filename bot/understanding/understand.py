"""One message to acts and a decision. Pure: the same line always gives the same answer."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.understanding import patterns, slots, splitting
from bot.understanding.acts import Act, Decision, Heard, Intent, Understood
from bot.understanding.deciding import decide
from bot.understanding.dictionary import Dictionary, normalise
from bot.understanding.leaning import leaned
from bot.understanding.marks import Marked, mark
from bot.understanding.orders import order_in
from bot.understanding.reading import JUDGED, OFFICERS, SURE, Judged, act_of, judged
from bot.understanding.splitting import only_names, pieces, run_on
from bot.understanding.typed import original_tail

__all__ = ["JUDGED", "original_tail", "understand"]
I = Intent  # noqa: E741
SILENT = Understood((Act(Intent.NONE, score=SURE, evidence=("not addressed",)),), Decision.SILENT)
# A long story with one of these in it is one request: the rest is its reason.
_ONE_STORY = frozenset(
    {
        I.REPORT_PROBLEM, I.COMPLAIN, I.REPLY_ISSUE, I.LOG_WORK, I.SUSPEND,
        I.TERMINATE, I.RESUME, I.CORRECT, I.REFUSED_REQUEST, I.REQUEST_MATERIAL,
        I.REVIEW_MATERIAL, I.EXTEND_ISSUE, I.ESCALATE_ISSUE, I.CALL_MEETING, I.TRANSFER_ISSUE,
        I.UPDATE_ITEM, I.RATE,
    }
)  # fmt: skip
# One thing said of two items.
_OF_TWO = frozenset(
    {"guide/order", "guide/condition", "guide", "none", "correct"} | {str(one) for one in _ONE_STORY}
)
_NO_REQUEST = frozenset({I.NONE, I.GREET, I.THANKS, I.CONFIRM, I.DENY, I.CANCEL})
_SEVERAL_ITEMS = frozenset({I.PROGRESS, I.MATERIALS, I.TEMPLATE, I.GUIDE, I.URGE})
# How sure the model must be of each part; from where on the whole is one story, or one request unless both parts are very sure.
LINKED, UNLINKED, AGAINST = 0.4, 0.6, 0.75
ONE_STORY, ONE_REQUEST = 0.4, 0.9


def understand(heard: Heard, dictionary: Dictionary) -> Understood:
    if heard.group and not heard.mention and heard.quote_kind != "card":
        return SILENT
    text = normalise(heard.text)
    if patterns.RECEIPT.match(text):
        return _receipt(heard)
    exact = _exact(text, heard, dictionary)
    if exact and not _says_more(text, exact):
        return Understood((exact,), decide([exact], heard))
    acts = tuple(leaned(act, heard, dictionary) for act in _acts(text, heard, dictionary))
    if heard.quote_kind in {"file", "image"} and all(act.intent is I.NONE for act in acts):
        acts = (
            Act(
                I.SUBMIT_MATERIAL, score=UNLINKED, rest=text, evidence=("a file, and no words of the trade",)
            ),
        )
    return Understood(acts, decide(acts, heard))


def _receipt(heard: Heard) -> Understood:
    """收到, 好的 – said to a card that asks something it is a yes."""
    if heard.quote_kind == "card" and patterns.ASKS.search(heard.quote_text):
        return Understood((Act(Intent.CONFIRM, score=SURE, evidence=("answers a card",)),), Decision.ACT)
    return Understood((Act(Intent.NONE, score=SURE, evidence=("receipt",)),), Decision.SILENT)


# ---------------------------------------------------------------- orders with exact words


def _exact(text: str, heard: Heard, dictionary: Dictionary) -> Act | None:
    """What officers write as it stands in the help: nothing of it is guessed."""
    if patterns.LOG.match(text):
        return _log(text, heard, dictionary)
    original = heard.text
    if heard.quote_kind in {"file", "image"}:
        text, original = patterns.HERE_IS.sub("", text), patterns.HERE_IS.sub("", original.strip())
    ordered = order_in(text, original, heard, dictionary)
    if ordered:
        return ordered
    if patterns.ASKED.search(text):
        return None
    as_in_the_help = patterns.AS_IN_THE_HELP.match(text) is not None
    for order in patterns.ISSUE_COMMANDS:
        if heard.role not in OFFICERS and not (as_in_the_help or _for_anyone(order.intent, text)):
            continue
        match = order.pattern.match(text)
        if match:
            return _order(order.intent, match, text, heard, dictionary)
    return None


def _for_anyone(intent: Intent, text: str) -> bool:
    """Whoever writes the exact words is told who may."""
    return intent is I.EXTEND_ISSUE and text.startswith("申请延期")


def _says_more(text: str, exact: Act) -> bool:
    """12号我接了，15号转给水务: an order whose rest is another one. What is answered may say 另外 itself."""
    if exact.intent in {I.REPLY_ISSUE, I.LOG_WORK} or not (
        splitting.LINK.search(text) or len(patterns.ISSUE_NO.findall(text)) > 1
    ):
        return False
    return exact.intent in slots.ISSUE_ORDERS | {I.UPDATE_ITEM}


def _order(intent: Intent, match: re.Match[str], text: str, heard: Heard, dictionary: Dictionary) -> Act:
    found = slots.slots_of(intent, mark(text, dictionary), heard)
    if intent is I.ESCALATE_ISSUE and patterns.HANDED_ON.search(text):
        found = slots.slots_of(I.TRANSFER_ISSUE, mark(text, dictionary), heard)
        intent = I.TRANSFER_ISSUE if "department" in found else intent
    if intent not in {I.TRANSFER_ISSUE, I.EXTEND_ISSUE, I.REPLY_ISSUE}:
        found = {}
    rest = original_tail(heard.text, match["rest"])
    return Act(intent, {**found, "issue_no": match["no"]}, SURE, rest, evidence=(f"command:{intent}",))


def _log(text: str, heard: Heard, dictionary: Dictionary) -> Act:
    """One record, however many sentences it has; its words as typed."""
    found = slots.slots_of(I.LOG_WORK, mark(text, dictionary), heard)
    kept: dict[str, Any] = {key: found[key] for key in ("project_code", "item") if key in found}
    return Act(I.LOG_WORK, kept, SURE, heard.text.strip(), evidence=("command:log_work",))


# ---------------------------------------------------------------- requests in free words


def _acts(text: str, heard: Heard, dictionary: Dictionary) -> list[Act]:
    whole = mark(text, dictionary)
    first = judged(whole, heard, dictionary)
    parts = _parts(whole, first, heard, dictionary)
    if len(parts) < 2:
        only = parts[0][0] if parts else first
        return _expanded(_finished(act_of(only, whole, heard, dictionary), heard), whole)
    acts = [
        _exact(marked.text, heard, dictionary) or act_of(one, marked, heard, dictionary)
        for one, marked in parts
    ]
    return _inherited([_finished(act, heard) for act in acts])


def _parts(whole: Marked, first: Judged, heard: Heard, dictionary: Dictionary) -> list[tuple[Judged, Marked]]:
    """The requests of a message; one or none when it is not several."""
    # 还没解决，窗口还是要盖章: the rest is why.
    if JUDGED in first.evidence or (first.intent is I.NONE and not (whole.found or whole.numbers)):
        return []
    cut = _joined(pieces(whole), dictionary) or [(whole.text, False)]
    cut = [
        (part, linked or n > 0)
        for text, linked in cut
        for n, part in enumerate(run_on(mark(text, dictionary)) or [text])
    ]
    if len(cut) < 2:
        return []
    linked = any(link for _, link in cut) or len(set(whole.issue_nos)) > 1
    linked |= first.kind not in _OF_TWO and _each_its_own([text for text, _ in cut], dictionary)
    if not linked and (
        first.evidence == (JUDGED,) or (first.intent in _ONE_STORY and first.score > ONE_STORY)
    ):
        return []
    unlinked = AGAINST if first.score > ONE_REQUEST else UNLINKED
    found: list[tuple[Judged, Marked]] = []
    for text, link in cut:
        marked = mark(text, dictionary)
        one = judged(marked, heard, dictionary, beside=bool(whole.found or whole.numbers))
        ordered = _exact(marked.text, heard, dictionary) if heard.role in OFFICERS else None
        one = replace(one, kind=ordered.intent.value, score=SURE) if ordered else one
        sure = LINKED if link or linked else unlinked
        if one.intent not in _NO_REQUEST and one.score >= sure and not _repeats(one, marked, found):
            found.append((one, marked))
    if len(found) == 1 and first.intent not in _NO_REQUEST and first.score >= 0.5:
        return []
    return found


def _each_its_own(texts: list[str], dictionary: Dictionary) -> bool:
    """排水许可批没批，余泥证收费吗: every part asks about an item of its own."""
    items = [slots.item_in(I.PROGRESS, mark(text, dictionary)) for text in texts]
    return all(items) and len(set(items)) == len(items)


def _joined(cut: list[tuple[str, bool]], dictionary: Dictionary) -> list[tuple[str, bool]]:
    """Bare names belong to what follows them."""
    found: list[tuple[str, bool]] = []
    held = ""
    for text, linked in cut:
        if only_names(mark(text, dictionary).masked):
            held = f"{held} {text}".strip()
        else:
            found.append((f"{held} {text}".strip(), linked))
            held = ""
    if held and found:
        found[-1] = (f"{found[-1][0]} {held}", found[-1][1])
    return found


def _repeats(one: Judged, marked: Marked, found: list[tuple[Judged, Marked]]) -> bool:
    """The same said again: 施工证到哪了，批了没."""
    for other, before in found:
        if other.kind == one.kind:
            item, known = (slots.item_in(one.intent, each) for each in (marked, before))
            if item is None or item == known:
                return not marked.issue_nos or marked.issue_nos == before.issue_nos
    return False


def _finished(act: Act, heard: Heard) -> Act:
    """Words that belong to an order, as typed; off-topic talk marked as such."""
    if act.intent is I.NONE:
        topic = "off topic" if "topic:other" in act.evidence else "unclear"
        return replace(act, slots={}, evidence=(*act.evidence, topic))
    if act.intent in slots.ISSUE_ORDERS and not any(e.startswith("command:") for e in act.evidence):
        return replace(act, rest=patterns.words_of_order(original_tail(heard.text, act.rest)))
    if act.intent is I.LOG_WORK:
        return replace(act, rest=heard.text.strip())
    return act


def _expanded(act: Act, marked: Marked) -> list[Act]:
    """工规证和施工许可要什么材料: one act for each."""
    items = (
        slots.listed_items(marked)
        if act.intent in _SEVERAL_ITEMS and act.slots.get("aspect") != "order"
        else []
    )
    if len(items) < 2:
        return [act]
    return [replace(act, slots={**act.slots, "item": item}, also=()) for item in items]


def _inherited(acts: list[Act]) -> list[Act]:
    """施工许可要什么材料，几天能出: the second speaks of the same."""
    for at, (before, act) in enumerate(pairwise(acts), 1):
        bare = not (act.item or act.readings or {"issue_no", "stage", "department", "topic"} & set(act.slots))
        if bare and acts[at - 1].item and act.intent in _SEVERAL_ITEMS | {I.SUPPLEMENT, I.CONTACT}:
            acts[at] = replace(act, slots={**act.slots, "item": acts[at - 1].item}, also=before.also)
    return acts
