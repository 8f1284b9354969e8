"""Conditions over a project's facts, told apart three ways: it holds, it does not, or a fact is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.configuration import Section

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NOTHING = frozenset({"无", "没有", "否", "不涉及", "不需要", "0"})


@dataclass(frozen=True)
class Condition:
    """One test of one fact, or other conditions joined. `contains`: any of these words in a text. `given`: a demand
    that is more than nothing."""

    name: str
    fact: str = ""
    among: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    given: bool = False
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        return (*self.any_of, *self.all_of, *self.none_of)


@dataclass(frozen=True)
class Verdict:
    """`holds`: None while it hangs on `missing` facts. `facts`: the keys it was decided by."""

    holds: bool | None
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conditions:
    """`facts`: as kept – text mostly, a list where several apply."""

    known: Mapping[str, Condition]
    facts: Mapping[str, object]

    def judge(self, name: str) -> Verdict:
        condition = self.known[name]
        if condition.fact:
            return self._test(condition)
        verdicts = [self.judge(part) for part in condition.parts]
        if condition.all_of:
            return _joined(verdicts, ends_at=False)
        found = _joined(verdicts, ends_at=True)
        if condition.any_of or found.holds is None:
            return found
        return Verdict(not found.holds, found.facts)

    def holds(self, name: str) -> bool:
        return name in self.known and self.judge(name).holds is True

    def _test(self, condition: Condition) -> Verdict:
        found = self.facts.get(condition.fact)
        if found is None or found in ("", []):
            return Verdict(None, missing=(condition.fact,))
        holds = _holds(condition, found)
        if holds is None:
            return Verdict(None, missing=(condition.fact,))
        return Verdict(holds, (condition.fact,))


def _joined(verdicts: Iterable[Verdict], *, ends_at: bool) -> Verdict:
    """One that `ends_at` decides for all; else a missing one leaves it open."""
    found = list(verdicts)
    deciding = [one for one in found if one.holds is ends_at]
    if deciding:
        return Verdict(ends_at, deciding[0].facts)
    missing = tuple(dict.fromkeys(fact for one in found for fact in one.missing))
    if missing:
        return Verdict(None, missing=missing)
    return Verdict(not ends_at, tuple(dict.fromkeys(fact for one in found for fact in one.facts)))


def _holds(condition: Condition, found: object) -> bool | None:
    text = str(found).strip()
    if condition.has:
        several = (
            [str(one) for one in found]
            if isinstance(found, list | tuple)
            else re.split(r"[、,，;；\s]+", text)
        )
        return bool(set(condition.has) & set(several))
    if condition.contains:
        return any(word in text for word in condition.contains)
    if condition.least is not None or condition.most is not None:
        return _within(condition, text)
    if condition.given:
        return text not in _NOTHING and number_of(text) != 0
    if text == "不清楚":
        return None
    return text in condition.among


def _within(condition: Condition, text: str) -> bool | None:
    number = number_of(text)
    if number is None:
        return None
    return (condition.least is None or number >= condition.least) and (
        condition.most is None or number <= condition.most
    )


def number_of(text: str) -> float | None:
    """Of "33400", "33,400.0"; a unit behind it does no harm."""
    found = _NUMBER.match(text.replace(",", "").replace("，", ""))
    return float(found[0]) if found else None


def read_conditions(document: Section) -> Mapping[str, Condition]:
    if not document.has("conditions"):
        document.raw("conditions")
        return {}
    section = document.section("conditions")
    found = {name: _condition(name, one) for name, one in section.named()}
    for name, condition in found.items():
        for part in condition.parts:
            if part not in found:
                section.flaw(name, f"引用的情形「{part}」没有写在 conditions 中")
        if not _ends(name, found):
            section.flaw(name, "情形互相引用，请去掉其中一处")
    return found


def _condition(name: str, section: Section) -> Condition:
    condition = Condition(
        name,
        section.text("fact", default=""),
        section.texts("is"),
        section.texts("has"),
        section.texts("contains"),
        _figure(section, "least"),
        _figure(section, "most"),
        section.flag("given", default=False),
        section.texts("any"),
        section.texts("all"),
        section.texts("none"),
    )
    section.end()
    tests = (condition.among, condition.has, condition.contains, condition.least is not None)
    tested = any(tests) or condition.most is not None or condition.given
    joins = sum(map(bool, (condition.any_of, condition.all_of, condition.none_of)))
    if bool(condition.fact) != tested or joins + bool(condition.fact) != 1:
        section.flaw(
            None,
            "应为一项信息的判断（fact 加 is、has、contains、least、most 或 given），或 any、all、none 之一",
        )
    return condition


def _figure(section: Section, key: str) -> int | None:
    section.raw(key)
    return section.integer(key) if section.has(key) else None


def _ends(name: str, known: Mapping[str, Condition], above: tuple[str, ...] = ()) -> bool:
    if name in above:
        return False
    return all(_ends(part, known, (*above, name)) for part in known[name].parts if part in known)
