"""What “那个”, “第二个”, “它” and “那人防呢” point at: a choice that was listed, what is quoted, what was talked of last."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.context import Context
from bot.understanding.acts import Act, Intent
from bot.understanding.dictionary import Dictionary, normalise
from domain.ordinals import ordinal
from storage.dialogs import Recent

_ISSUE = re.compile(r"问题\s*[#第]?\s*(\d{1,6})")
# Nothing but a finger: “那个呢”, “第二个”, “它呢”.
_FINGER = re.compile(
    r"^(?:还有|另外|那|那么)?(?:这|那|它|佢|他|上面|刚才|刚刚|第.|最后)[一]?(?:个|項|项|条|件|份|證|证)?(?:证|事项?|问题)?(?:的)?(?:呢|咧|啊|呀|怎么样|怎样|如何)?[?？。!！]*$"
)
# What is left of “那人防呢” without the name.
_AND_WHAT_OF = re.compile(
    r"^(?:还有|另外|那|那么|咁|噉)?\s*(?:个|些)?(?:的|证|事项?|那个|这个|那边)*(?:呢|咧|又如何|怎么样)[?？。!！]*$"
)
# What may be asked again of something else; whatever changes something is said in full.
ASKED_AGAIN = frozenset(
    {Intent.PROGRESS, Intent.MATERIALS, Intent.GUIDE, Intent.TEMPLATE, Intent.CONTACT, Intent.SUPPLEMENT, Intent.URGE}
)  # fmt: skip
LONGEST_ELLIPSIS = 16
SHORT = 8  # “找谁”, “电话多少”: who is asked for is left out
CORRECTED = "corrects what was understood last"


def pointed_at(context: Context, dictionary: Dictionary) -> Recent:
    """What an ellipsis of this message means."""
    recent, text = context.recent, normalise(context.message.text)
    chosen = _choice(recent, ordinal(text))
    if chosen:
        return chosen
    quote = context.message.quote
    return (_quoted(recent, quote.text, dictionary) if quote and quote.text else None) or recent


def _choice(recent: Recent, place: int | None) -> Recent | None:
    if place is None or not recent.choices or place > len(recent.choices):
        return None
    kind, _, value = recent.choices[place if place < 0 else place - 1].partition(":")
    if kind == "issue":
        return replace(recent, item_id=None, issue_no=int(value))
    return replace(recent, item_id=value, issue_no=None)


def _quoted(recent: Recent, quoted: str, dictionary: Dictionary) -> Recent | None:
    """One problem or one item named there; a list of several points at none of them."""
    text = normalise(quoted)
    issues = set(_ISSUE.findall(text))
    if len(issues) == 1:
        return replace(recent, item_id=None, issue_no=int(issues.pop()))
    items = {hit.ids[0] for hit in dictionary.find(text) if hit.kind == "item" and len(hit.ids) == 1}
    if issues or len(items) != 1:
        return None
    return replace(recent, item_id=items.pop(), issue_no=None)


def completed(
    context: Context, acts: tuple[Act, ...], meant: Recent, dictionary: Dictionary
) -> tuple[Act, ...]:
    """What is left out is what was asked last."""
    if len(acts) != 1:
        return acts
    act, text = acts[0], normalise(context.message.text)
    before = _intent(context.recent.intent)
    if act.intent is Intent.CORRECT and act.item and before:
        kept = {
            key: value for key, value in act.slots.items() if key in {"item", "department", "project_code"}
        }
        return (Act(before, kept, act.score, text, evidence=(*act.evidence, CORRECTED)),)
    if _FINGER.match(text) and act.intent in {Intent.NONE, Intent.PROGRESS}:
        return (_of_what_is_meant(act, before or Intent.PROGRESS, meant),)
    if before and act.intent in ASKED_AGAIN and _only_a_name(text, dictionary):
        # A name alone says nothing of an aspect: whatever was guessed is dropped.
        kept = {key: value for key, value in act.slots.items() if key != "aspect"}
        return (replace(act, intent=before, slots=kept),)
    return (_filled(context, act, meant, text),)


def _only_a_name(text: str, dictionary: Dictionary) -> bool:
    """“那人防呢”"""
    named = [hit for hit in dictionary.find(text) if hit.kind in {"item", "ambiguous"}]
    left = text[: named[0].start] + text[named[0].end :] if len(named) == 1 else ""
    return bool(left) and _AND_WHAT_OF.match(left) is not None


def _filled(context: Context, act: Act, meant: Recent, text: str) -> Act:
    """Whatever is pointed at on purpose – counted or quoted – is taken where the words name nothing themselves."""
    bare = not (act.item or act.issue_no or act.readings or "department" in act.slots or "stage" in act.slots)
    if not bare:
        return act
    if act.intent is Intent.CONTACT and len(text) <= SHORT and meant.item_id:
        return replace(act, slots={**act.slots, "item": meant.item_id})
    if meant is context.recent or len(text) > LONGEST_ELLIPSIS:
        return act
    if act.intent is Intent.NONE and ordinal(text):
        return _of_what_is_meant(act, Intent.PROGRESS, meant)
    return _of_what_is_meant(act, act.intent, meant) if act.intent in ASKED_AGAIN else act


def _intent(name: str) -> Intent | None:
    return next((one for one in ASKED_AGAIN if one == name), None)


def _of_what_is_meant(act: Act, intent: Intent, meant: Recent) -> Act:
    if meant.issue_no is not None and meant.item_id is None:
        wanted = intent if intent is Intent.URGE else Intent.PROGRESS
        return replace(act, intent=wanted, slots={"issue_no": str(meant.issue_no)}, readings=())
    if meant.item_id:
        return replace(act, intent=intent, slots={**act.slots, "item": meant.item_id}, readings=())
    return act
