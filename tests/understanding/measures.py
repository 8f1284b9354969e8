"""How well a set of labelled messages is understood: intents, slots, decisions (design/labels.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Several right readings: labels.md accepts either.
EITHER = ({"huanping_shu", "huanping_biao"}, {"shuibao_shu", "shuibao_biao"})
NOT_SCORED = {"topic", "material"}


@dataclass
class Measures:
    right: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    slots: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    decisions: Counter[bool] = field(default_factory=Counter)
    wrong: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)

    def precision(self, intent: str) -> float:
        return self.right[intent] / self.said[intent] if self.said[intent] else 0.0

    def recall(self, intent: str) -> float:
        return self.right[intent] / self.wanted[intent] if self.wanted[intent] else 0.0

    def f1(self, intent: str) -> float:
        p, r = self.precision(intent), self.recall(intent)
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def macro(self) -> float:
        return sum(map(self.f1, self.wanted)) / len(self.wanted)

    @property
    def slot_f1(self) -> float:
        total = sum(self.slots.values(), Counter[str]())
        return 2 * total["right"] / max(1, total["said"] + total["wanted"])

    @property
    def decision(self) -> float:
        return self.decisions[True] / max(1, sum(self.decisions.values()))


def measure(rows: Iterable[dict[str, Any]], answers: Iterable[dict[str, Any]]) -> Measures:
    found = Measures()
    for row, answer in zip(rows, answers, strict=True):
        gold = row["gold"]
        fine = _intents(found, gold["acts"], answer["acts"])
        fine &= _slots(found, gold["acts"], answer["acts"])
        decided = gold["decision"] == answer["decision"]
        found.decisions[decided] += 1
        if not (fine and decided):
            found.wrong.append((row, answer))
    return found


def _intents(found: Measures, gold: list[dict[str, Any]], said: list[dict[str, Any]]) -> bool:
    """As a bag: two questions of one kind count twice."""
    one, other = Counter(a["intent"] for a in gold), Counter(a["intent"] for a in said)
    found.wanted += one
    found.said += other
    found.right += one & other
    return one == other


def _slots(found: Measures, gold: list[dict[str, Any]], said: list[dict[str, Any]]) -> bool:
    """Of acts whose intent is right, in order; what the intent got wrong is not counted twice."""
    left, fine = list(said), True
    for act in gold:
        match = next((one for one in left if one["intent"] == act["intent"]), None)
        if match is None:
            continue
        left.remove(match)
        fine &= _slots_of(found, act.get("slots", {}), match["slots"])
    return fine


def _slots_of(found: Measures, gold: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    skipped = NOT_SCORED | {key for key, value in gold.items() if value == "?"}
    if "days" in gold and "due" not in gold:
        skipped = skipped | {"due"}
    fine = True
    for key in (gold.keys() | said.keys()) - skipped:
        counter = found.slots[key]
        same = key in gold and key in said and _same(gold[key], said[key])
        counter["wanted"] += key in gold
        counter["said"] += key in said
        counter["right"] += same
        fine &= same
    return fine


def _same(one: Any, other: Any) -> bool:
    return str(one) == str(other) or any({one, other} <= pair for pair in EITHER if isinstance(one, str))
