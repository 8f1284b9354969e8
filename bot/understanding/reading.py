"""One request to one act: what must be exact by rule, the rest as the model judges it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.understanding import patterns, slots
from bot.understanding.acts import Act, Heard, Intent
from bot.understanding.dictionary import Dictionary, normalise
from bot.understanding.judging import NONE, TRADE, judge
from bot.understanding.marks import ITEM, Marked
from bot.understanding.states import state_in

SURE, LIKELY, WEAK = 0.95, 0.8, 0.5
JUDGED = "says whether an answer solved it"
OFFICERS = frozenset({"service_officer", "representative"})
I = Intent  # noqa: E741
# Below it what the model thinks most likely is a guess: a phrase that fits is better.
GUESS = 0.3
# Below it talk may be off topic or not: it is asked what is meant.
SURELY_OTHER = 0.3
# The eleven kinds of guide together get more than their share of small chances; tuned on the held-out messages.
OF_MANY = 0.6
# Below it nothing can be made of a message: beside something named, and without.
NOTHING, UNANCHORED = 0.15, 0.25
# Below it words without a number are no order: it changes something, so it is asked first.
ORDERED = 0.35
_ORDERS_OF_OFFICERS = slots.ISSUE_ORDERS | {I.UPDATE_ITEM, I.REVIEW_MATERIAL, I.CALL_MEETING, I.LOG_WORK}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUESTION = re.compile(r"[?？]\s*$|(?:吗|么|没有?|呢|多久|几天|什么时候|怎么|如何|哪|谁)[\s?？。]*$")


@dataclass(frozen=True)
class Judged:
    """`kind`: an intent, or guide/aspect."""

    kind: str
    score: float
    evidence: tuple[str, ...]

    @property
    def intent(self) -> Intent:
        return Intent(self.kind.partition("/")[0])

    @property
    def aspect(self) -> str:
        return self.kind.partition("/")[2]


def judged(marked: Marked, heard: Heard, dictionary: Dictionary, *, beside: bool = False) -> Judged:
    """`beside`: it stands beside something named."""
    ruled = _by_rule(marked.text, heard)
    if ruled:
        return Judged(ruled[0], SURE, (ruled[1],))
    if _name_alone(marked) and not heard.quote_kind:
        return Judged(I.PROGRESS.value, WEAK, ("a name by itself",))
    talked_of = bool(heard.recent_item or heard.recent_issue or heard.quote_text)
    anchored = beside or talked_of or bool(marked.found or marked.numbers or marked.code)
    kind, score, runner_up = _most_likely(judge(marked, heard.role, dictionary, anchored=anchored))
    said = (f"model:{kind}:{score:.2f}", f"next:{runner_up}")
    trade = anchored or TRADE.search(marked.text) is not None
    phrase = _phrase(marked) if score < GUESS and trade and kind != NONE and len(marked.text) <= 30 else None
    if phrase:
        return Judged(phrase, WEAK, (f"phrase:{phrase}", *said))
    if kind == NONE and score < SURELY_OTHER:
        return Judged("none/unclear", score, said)
    least = NOTHING if anchored else UNANCHORED
    if kind in _ORDERS_OF_OFFICERS and not marked.numbers:
        least = ORDERED
    if (score < least or _only_letters(marked)) and not _is_talk(kind):
        kind = "none/unclear"
    return Judged(kind, score, (*said, "topic:other") if kind == "none" else said)


def _only_letters(marked: Marked) -> bool:
    """asdkfj: not a word of Chinese, nor a name typed in letters."""
    return not (marked.found or marked.numbers or marked.code or _CHINESE.search(marked.text))


def _is_talk(kind: str) -> bool:
    return kind in {"greet", "thanks", "confirm", "deny", "cancel"} or kind.startswith("none")


def _name_alone(marked: Marked) -> bool:
    return (
        any(f.kind in {"item", "ambiguous"} for f in marked.found)
        and marked.masked.strip(" ?？。!！~") == ITEM
    )


def _most_likely(chances: list[tuple[str, float]]) -> tuple[str, float, str]:
    """Intents by the sum of their kinds; within the first the kind."""
    sums: dict[str, float] = {}
    for kind, chance in chances:
        intent = kind.partition("/")[0]
        sums[intent] = sums.get(intent, 0.0) + chance
    if chances[0][0] == NONE:
        return NONE, chances[0][1], ""
    ranked = sorted(sums.items(), key=lambda one: -one[1] * (OF_MANY if one[0] == "guide" else 1))
    first = ranked[0][0]
    kind = next(kind for kind, _ in chances if kind.partition("/")[0] == first)
    return kind, ranked[0][1], ranked[1][0]


def _by_rule(text: str, heard: Heard) -> tuple[str, str] | None:
    for intent, pattern in _WORDS:
        if pattern.search(text):
            return intent.value, f"word:{intent}"
    if heard.role == "enterprise":
        verdict = _verdict(text)
        if verdict:
            return verdict.value, JUDGED
    if patterns.LEAVE_IT.match(text):
        return I.DENY.value, "not to be done"
    if patterns.NOTHING_SAID.match(text):
        return "none/unclear", "nothing said"
    if patterns.PROJECT_CODE.fullmatch(text):
        return I.PROGRESS.value, "a project's number alone"
    return _of_what_was_said(text, heard)


def _of_what_was_said(text: str, heard: Heard) -> tuple[str, str] | None:
    """Short words that mean something only beside what was talked of."""
    of_item = heard.recent_item or heard.quote_text
    if heard.quote_kind == "file" and heard.role == "enterprise" and patterns.THIS_FILE.match(text):
        return I.SUBMIT_MATERIAL.value, "a file to be looked at"
    if of_item and heard.role in OFFICERS and patterns.STATE_ALONE.match(text):
        return I.UPDATE_ITEM.value, "a state alone"
    if (of_item or heard.recent_issue) and patterns.THAT_ONE.match(text):
        return I.PROGRESS.value, "how what was talked of stands"
    return None


_WORDS = (
    (I.GREET, patterns.GREETING),
    (I.THANKS, patterns.THANKS),
    (I.CANCEL, patterns.CANCEL),
    (I.CONFIRM, patterns.YES),
    (I.DENY, patterns.NO_WORD),
    (I.HELP, patterns.HELP),
    (I.TODO, patterns.TODO),
    (I.RATE, patterns.GRADE),
    (I.PROGRESS, patterns.STANDS),
    (I.APPLY, patterns.APPLY),
    (I.REPORT_PROBLEM, patterns.ANNOUNCED),
    (I.WITHDRAW, patterns.TAKE_BACK),
    (I.POLICY, patterns.WAYS),
    (I.POLICY, patterns.AS_SUCH),
    (I.MATERIALS, patterns.PAPERS_ALONE),
    (I.DIGEST, patterns.FIGURES_ALONE),
    (I.CONTACT, patterns.CONTACT_ALONE),
    (I.MAIL, patterns.PARCEL),
    (I.RATE, patterns.RATE_ALONE),
    (I.REPORT_PROBLEM, patterns.PROBLEM),
)


def _verdict(text: str) -> Intent | None:
    """What is said of an answer: with the issue's number anywhere, without it only at the very beginning."""
    numbered = patterns.ISSUE_NO.search(text) is not None
    for intent, pattern in ((Intent.DENY, patterns.NOT_SOLVED), (Intent.CONFIRM, patterns.SOLVED)):
        hit = pattern.search(text)
        asked = _QUESTION.search(text) and intent is Intent.CONFIRM
        if hit and (numbered or hit.start() <= 3) and not asked:
            return intent
    return None


def _phrase(marked: Marked) -> str | None:
    for intent, pattern in patterns.PHRASES:
        if pattern.search(marked.text):
            return intent.value
    return None


# ---------------------------------------------------------------- the act


def act_of(one: Judged, marked: Marked, heard: Heard, dictionary: Dictionary) -> Act:
    intent = one.intent
    found = slots.slots_of(intent, marked, heard)
    if one.aspect and intent is Intent.GUIDE:
        found["aspect"] = one.aspect
    if intent is I.UPDATE_ITEM:
        state = state_in(marked.text)
        found |= {"state": state} if state else {}
    near = _nearest(intent, found, marked, dictionary)
    found |= {"item": near[0]} if near else {}
    said = (*one.evidence, f"alike:{near[0]}:{near[1]:.1f}") if near else one.evidence
    act = Act(intent, found, one.score, marked.text, evidence=said)
    return _with_words(_with_readings(act, marked, heard, dictionary), marked)


_BY_LIKENESS = frozenset(
    {I.PROGRESS, I.MATERIALS, I.GUIDE, I.TEMPLATE, I.URGE, I.CONTACT, I.SUPPLEMENT, I.UPDATE_ITEM}
)


def _nearest(
    intent: Intent, found: Mapping[str, object], marked: Marked, dictionary: Dictionary
) -> tuple[str, float] | None:
    """An item that is described rather than named."""
    named = {"item", "stage", "department", "issue_no", "project_code"} & found.keys()
    if intent not in _BY_LIKENESS or named or any(f.kind in {"item", "ambiguous"} for f in marked.found):
        return None
    return dictionary.linker.nearest(marked.text)


def _with_words(act: Act, marked: Marked) -> Act:
    focus = _focus(marked.text) if act.intent is I.PROGRESS else ""
    also = next((f.also for f in marked.found if f.kind == "item" and f.ids == (act.item,)), ())
    return replace(act, focus=focus, also=also)


def _focus(text: str) -> str:
    if re.search(r"卡|谁", text):
        return "who"
    return "when" if re.search(r"什么时候|啥时|几时|何时|哪天|多久|几天", text) else ""


_ASKED_BACK = frozenset(
    {
        I.PROGRESS,
        I.MATERIALS,
        I.TEMPLATE,
        I.GUIDE,
        I.URGE,
        I.CONTACT,
        I.UPDATE_ITEM,
        I.SUBMIT_MATERIAL,
        I.SUPPLEMENT,
        I.WITHDRAW,
        I.REQUEST_MATERIAL,
        I.REVIEW_MATERIAL,
        I.APPLY,
    }
)


def _with_readings(act: Act, marked: Marked, heard: Heard, dictionary: Dictionary) -> Act:
    """A word of several readings: text, quote or the last exchange decide, else it is asked back."""
    word = slots.ambiguous(marked)
    if word is None or act.item or act.intent not in _ASKED_BACK or _is_a_doing(word.word, marked):
        return act
    quote_item, _ = slots.of_quote(heard, dictionary)
    around = [marked.text, normalise(heard.quote_text)]
    item = slots.qualified(marked, around, dictionary)
    item = item or next((one for one in (quote_item, heard.recent_item) if one in word.ids), None)
    if item:
        return replace(
            act, slots={**act.slots, "item": item}, evidence=(*act.evidence, f"decided:{word.word}")
        )
    return replace(
        act, readings=word.ids, question=word.question, evidence=(*act.evidence, f"several:{word.word}")
    )


def _is_a_doing(word: str, marked: Marked) -> bool:
    """“可以延期吗” of the item talked of; 延期 of the service."""
    return (
        word in {"延期", "变更", "临时"}
        and re.search(r"如果|服务|代办|委托|第?[\d]+号", marked.text) is not None
    )
