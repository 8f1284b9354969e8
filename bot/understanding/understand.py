"""One message to acts and a decision. Pure: the same line always gives the same answer."""

from __future__ import annotations

import re
from typing import Any

from bot.understanding import patterns
from bot.understanding.acts import Act, Decision, Heard, Intent, Understood
from bot.understanding.dictionary import Dictionary, Found, normalise
from bot.understanding.orders import FILES, order_in

SURE, LIKELY, WEAK = 0.95, 0.8, 0.5
JUDGED = "says whether an answer solved it"
# An enterprise is asked before these: they change a case (labels.md).
TO_CONFIRM = frozenset(
    {
        Intent.APPLY,
        Intent.WITHDRAW,
        Intent.SUSPEND,
        Intent.RESUME,
        Intent.TERMINATE,
        Intent.SIGN_OFF,
        Intent.REPORT_PROBLEM,
    }
)
NEEDS_ITEM = frozenset({Intent.MATERIALS})
NEEDS_ISSUE = frozenset(
    {
        Intent.ACCEPT_ISSUE,
        Intent.REPLY_ISSUE,
        Intent.TRANSFER_ISSUE,
        Intent.ESCALATE_ISSUE,
        Intent.CLOSE_ISSUE,
    }
)
SILENT = Understood((Act(Intent.NONE, score=SURE, evidence=("not addressed",)),), Decision.SILENT)
_SPLIT = re.compile(r"[,，;；。\n]\s*(?:另外|还有|再|同时|顺便|然后)")
_BARE_PROBLEM = re.compile(r"^(?:我|我们)?(?:要|想)?(?:反馈|反映|提|有)(?:一?[个下])?(?:问题|情况)?[。!！]*$")


def understand(heard: Heard, dictionary: Dictionary) -> Understood:
    if heard.group and not heard.mention and heard.quote_kind != "card":
        return SILENT
    text = normalise(heard.text)
    if patterns.RECEIPT.match(text) and heard.quote_kind != "card":
        return Understood((Act(Intent.NONE, score=SURE, evidence=("receipt",)),), Decision.SILENT)
    if patterns.LOG.match(text):
        return Understood((_log(text, heard, dictionary),), Decision.ACT)
    ordered = order_in(text, heard.text, heard, dictionary)
    if ordered:
        return Understood((ordered,), _decide([ordered], heard))
    parts = [part for part in _SPLIT.split(text) if part.strip()] or [text]
    acts = [_act(part, heard, dictionary) for part in parts]
    known = [act for act in acts if act.intent is not Intent.NONE]
    acts = _one_report(known if known and len(known) < len(acts) else acts)
    return Understood(tuple(acts), _decide(acts, heard))


def _one_report(acts: list[Act]) -> list[Act]:
    """A problem told in several sentences is one problem: the form takes the whole message."""
    first = next((act for act in acts if act.intent is Intent.REPORT_PROBLEM), None)
    return [act for act in acts if act.intent is not Intent.REPORT_PROBLEM or act is first]


def _act(text: str, heard: Heard, dictionary: Dictionary) -> Act:
    found = dictionary.find(text)
    slots = _slots(text, found, heard)
    for order in patterns.ISSUE_COMMANDS:
        match = order.pattern.match(text)
        if match:
            return _order(order.intent, match, slots, heard)
    intent, evidence, score = _intent(text, found, heard)
    readings, question = _several(found, slots)
    if intent in {Intent.CONFIRM, Intent.DENY} and "issue_no" not in slots and heard.recent_issue:
        slots["issue_no"] = heard.recent_issue
    if "item" not in slots and not readings and _may_lean_on_recent(intent) and heard.recent_item:
        slots["item"] = heard.recent_item if _elliptic(text) else None
    kept = {k: v for k, v in slots.items() if v is not None}
    focus = _focus(text) if intent is Intent.PROGRESS else ""
    also = next((f.also for f in found if f.kind == "item" and f.ids == (kept.get("item"),)), ())
    return Act(intent, kept, score, text, readings, also, question, focus, (evidence,))


def _focus(text: str) -> str:
    if re.search(r"卡|谁", text):
        return "who"
    return "when" if re.search(r"什么时候|啥时|几时|何时|哪天|多久|几天", text) else ""


def _order(intent: Intent, match: re.Match[str], slots: dict[str, Any], heard: Heard) -> Act:
    slots = {k: v for k, v in slots.items() if k in {"department"}} | {"issue_no": match["no"]}
    rest = original_tail(heard.text, match["rest"])
    return Act(intent, slots, SURE, rest, evidence=(f"command:{intent}",))


def original_tail(original: str, normalised_rest: str) -> str:
    """What was typed behind the command, as typed: people's words are not lower-cased."""
    words = normalised_rest.strip()
    at = normalise(original).rfind(words) if words else -1
    squeezed = " ".join(original.split())
    return squeezed[at:].strip() if at >= 0 and len(squeezed) == len(normalise(original)) else words


def _log(text: str, heard: Heard, dictionary: Dictionary) -> Act:
    """One record, however many sentences it has; its words as typed."""
    slots = _slots(text, dictionary.find(text), heard)
    kept = {key: slots[key] for key in ("project_code", "item") if slots.get(key)}
    return Act(Intent.LOG_WORK, kept, SURE, heard.text.strip(), evidence=("command:log_work",))


def _slots(text: str, found: list[Found], heard: Heard) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    code = patterns.PROJECT_CODE.search(text)
    if code:
        slots["project_code"] = code[1].upper()
    no = patterns.ISSUE_NO.search(text)
    if no:
        slots["issue_no"] = no[1] or no[2]
    items = [f for f in found if f.kind == "item" and len(f.ids) == 1]
    if items:
        slots["item"] = items[-1].ids[0] if _corrected(text) else items[0].ids[0]
    departments = {f.ids[0] for f in found if f.kind == "department"}
    if len(departments) == 1:
        slots["department"] = departments.pop()
    forms = [f for f in found if f.kind == "form"]
    if forms:
        slots["topic"] = forms[0].ids[0]
    grade = patterns.grade_in(text)
    if grade:
        slots["rating"] = grade
    if "item" not in slots and heard.quote_text:
        slots |= _from_quote(heard)
    return slots


def _from_quote(heard: Heard) -> dict[str, Any]:
    no = patterns.ISSUE_NO.search(normalise(heard.quote_text))
    return {"issue_no": no[1] or no[2]} if no else {}


def _corrected(text: str) -> bool:
    return patterns.CORRECT.search(text) is not None


def _several(found: list[Found], slots: dict[str, Any]) -> tuple[tuple[str, ...], str]:
    if "item" in slots:
        return (), ""
    for hit in found:
        if hit.kind == "ambiguous" or (hit.kind == "item" and len(hit.ids) > 1):
            return hit.ids, hit.question
    return (), ""


def _intent(text: str, found: list[Found], heard: Heard) -> tuple[Intent, str, float]:
    short = _short_word(text)
    if short:
        return short, f"word:{short}", SURE
    if heard.role == "enterprise":
        verdict = _verdict(text)
        if verdict:
            return verdict, JUDGED, SURE
    for intent, pattern in patterns.PHRASES:
        hit = pattern.search(text)
        if hit:
            return intent, f"phrase:{intent}", LIKELY
    return _by_name_alone(text, found, heard)


def _by_name_alone(text: str, found: list[Found], heard: Heard) -> tuple[Intent, str, float]:
    """Nothing but the name of something: with a file a hand-over, else how it stands."""
    named = any(f.kind in {"item", "ambiguous"} for f in found)
    if heard.quote_kind in FILES:
        return Intent.SUBMIT_MATERIAL, "words beside a file", LIKELY
    if named or patterns.PROJECT_CODE.fullmatch(text):
        return Intent.PROGRESS, "a name by itself", WEAK
    return Intent.NONE, "nothing fits", 0.0


def _verdict(text: str) -> Intent | None:
    """What is said of an answer: with the issue's number anywhere, without it only at the very beginning."""
    numbered = patterns.ISSUE_NO.search(text) is not None
    for intent, pattern in ((Intent.DENY, patterns.NOT_SOLVED), (Intent.CONFIRM, patterns.SOLVED)):
        hit = pattern.search(text)
        if hit and (numbered or hit.start() <= 3):
            return intent
    return None


def _short_word(text: str) -> Intent | None:
    words = (
        (Intent.GREET, patterns.GREETING),
        (Intent.THANKS, patterns.THANKS),
        (Intent.CANCEL, patterns.CANCEL),
        (Intent.CORRECT, patterns.CORRECT),
        (Intent.CONFIRM, patterns.YES),
        (Intent.DENY, patterns.NO_WORD),
    )
    return next((intent for intent, pattern in words if pattern.search(text)), None)


def _may_lean_on_recent(intent: Intent) -> bool:
    return intent in {Intent.MATERIALS, Intent.PROGRESS, Intent.GUIDE, Intent.TEMPLATE, Intent.URGE}


def _elliptic(text: str) -> bool:
    """Speaks of something without naming it: 那个证呢, 要什么材料, 它卡在哪. “进度” by itself asks for all."""
    bare = re.fullmatch(r"(?:查|看|问)?(?:一?下)?(?:进度|进展)[?？。!！]*", text)
    return len(text) <= 16 and not bare and not re.search(r"项目|整体|总体|全部|所有|一共", text)


def _decide(acts: list[Act], heard: Heard) -> Decision:
    decisions = {_decide_one(act, heard) for act in acts}
    return next(d for d in (Decision.ASK, Decision.CONFIRM, Decision.ACT, Decision.SILENT) if d in decisions)


def _decide_one(act: Act, heard: Heard) -> Decision:
    if act.intent is Intent.NONE or act.readings:
        return Decision.ASK
    if act.intent in NEEDS_ITEM and not act.item and "stage" not in act.slots:
        return Decision.ASK
    if act.intent in NEEDS_ISSUE and act.issue_no is None:
        return Decision.ASK
    if act.intent is Intent.REPORT_PROBLEM and _BARE_PROBLEM.match(act.rest):
        return Decision.ASK
    if act.intent in TO_CONFIRM and heard.role == "enterprise":
        return Decision.CONFIRM
    return Decision.ACT
