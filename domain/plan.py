"""From a project's facts to an ordered plan: which items, in which order, for which reason; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from graphlib import TopologicalSorter

from domain.case import Scope
from domain.catalogue import Catalogue, CatalogueItem
from domain.conditions import Conditions, Verdict
from domain.plan_rules import ItemRule, PlanRules
from domain.project import PROJECT_TYPE_NAMES, ProjectType


@dataclass(frozen=True)
class Wanted:
    """What is to be planned. `facts`: of the project, by the keys of F1, F9 and plan.yaml, as kept. `stages`, `items`:
    of a scope that is not the whole way. `present`: what the case has already."""

    project_type: str
    facts: Mapping[str, object] = field(repr=False)
    scope: Scope = Scope.WHOLE
    stages: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlannedItem:
    """`after`: items of the plan that come before it. `why`: for people. `submit`, `done`: office days, None while
    nothing can be said."""

    item_id: str
    after: tuple[str, ...] = ()
    why: str = ""
    submit: date | None = None
    done: date | None = None
    parallel_group: str = ""


@dataclass(frozen=True)
class Question:
    """A missing fact and the items that hang on it."""

    fact: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """`wanted`, `undecided`, `unneeded`: item -> why, in words. `questions`: what would decide the undecided."""

    wanted: Mapping[str, str]
    undecided: Mapping[str, str]
    unneeded: Mapping[str, str]
    questions: tuple[Question, ...]


def assess(catalogue: Catalogue, rules: PlanRules, wanted: Wanted) -> Assessment:
    """Every item of the scope falls into one of three."""
    if wanted.scope is Scope.ITEM:
        asked = {one: "按申请办理" for one in wanted.items if one in catalogue.items}
        return Assessment(asked, {}, {}, ())
    conditions = conditions_of(rules, wanted)
    judged = {one: _judge(entry, rules, wanted, conditions) for one, entry in catalogue.items.items()}
    known = {one: verdict for one, verdict in judged.items() if verdict is not None}
    chosen = {one for one, verdict in known.items() if verdict.holds} | wanted.present
    open_ones = {
        one: verdict
        for one, verdict in known.items()
        if verdict.holds is None and not chosen & {one, *rules.others(one)}
    }
    return Assessment(
        {one: _why(one, rules, conditions, verdict) for one, verdict in known.items() if verdict.holds},
        {one: "、".join(map(rules.label, verdict.missing)) for one, verdict in open_ones.items()},
        {
            one: rules.rules[one].unneeded
            for one, verdict in known.items()
            if verdict.holds is False and one in rules.rules and rules.rules[one].unneeded
        },
        _questions(open_ones),
    )


def propose(catalogue: Catalogue, wanted: Wanted, rules: PlanRules | None = None) -> tuple[PlannedItem, ...]:
    """Every item before those that need it. What a person may still change is up to the service officer (R055)."""
    decided = rules or PlanRules()
    return ordered(catalogue, decided, wanted, assess(catalogue, decided, wanted).wanted)


def ordered(
    catalogue: Catalogue, rules: PlanRules, wanted: Wanted, chosen: Mapping[str, str]
) -> tuple[PlannedItem, ...]:
    """`chosen`: item -> why."""
    needs = needs_of(catalogue, rules, wanted, chosen)
    places = list(catalogue.items)
    graph = {one: needs[one] for one in sorted(chosen, key=places.index)}
    return tuple(
        PlannedItem(one, tuple(needs[one]), chosen[one]) for one in TopologicalSorter(graph).static_order()
    )


def needs_of(
    catalogue: Catalogue, rules: PlanRules, wanted: Wanted, chosen: Iterable[str]
) -> dict[str, list[str]]:
    """What comes before each, among the chosen: by type, by condition, or done together by what stands for it. An
    item that comes second to one not chosen comes second to what that one needs."""
    conditions = conditions_of(rules, wanted)
    among = set(chosen)
    stand_ins = {gone: one for one, others in rules.stands_for.items() if one in among for gone in others}

    def of(one: str, above: frozenset[str] = frozenset()) -> list[str]:
        entry = catalogue.items[one]
        by_condition = [
            need
            for name, needs in entry.prerequisites_by_type.items()
            if _applies(name, conditions)
            for need in needs
        ]
        found: list[str] = []
        for need in (*entry.needs(wanted.project_type), *by_condition):
            taken = need if need in among else stand_ins.get(need, "")
            if taken and taken != one:
                found.append(taken)
            elif not taken and need in catalogue.items and need not in above:
                found += of(need, above | {need})
        return [need for need in dict.fromkeys(found) if need != one]

    return {one: of(one) for one in among}


def conditions_of(rules: PlanRules, wanted: Wanted) -> Conditions:
    name = PROJECT_TYPE_NAMES.get(ProjectType(wanted.project_type), "") if wanted.project_type else ""
    return Conditions(rules.conditions, {**wanted.facts, "project_type": name})


def notes_on(item: str, rules: PlanRules, conditions: Conditions) -> tuple[str, ...]:
    return tuple(one.note for one in rules.notes if one.item == item and conditions.holds(one.when))


def _applies(name: str, conditions: Conditions) -> bool:
    """The joint acceptance waits for its special ones: they run side by side and all join in it (R106)."""
    return name.startswith("专项") or conditions.holds(name)


def _judge(entry: CatalogueItem, rules: PlanRules, wanted: Wanted, conditions: Conditions) -> Verdict | None:
    """None for what is out of the question here."""
    rule = rules.rules.get(entry.id, ItemRule(entry.id))
    if rule.on_request or (wanted.scope is Scope.STAGE and entry.stage not in wanted.stages):
        return None
    if wanted.project_type not in entry.applies_to and not rule.any_type:
        return None
    return conditions.judge(rule.when) if rule.when else Verdict(holds=True)


# Sums and places stay out of what a group may read.
_UNSAID = frozenset({"investment", "address", "site"})


def _why(item: str, rules: PlanRules, conditions: Conditions, verdict: Verdict) -> str:
    """In the office's own words: the fact it was decided by and what that fact says."""
    decided = "，".join(_said(fact, rules, conditions) for fact in verdict.facts)
    return "；".join((decided or "该类项目均须办理", *notes_on(item, rules, conditions)))


def _said(fact: str, rules: PlanRules, conditions: Conditions) -> str:
    label = rules.label(fact)
    return f"按{label.split('（')[0]}" if fact in _UNSAID else f"{label}：{shown(conditions.facts.get(fact))}"


def shown(found: object) -> str:
    text = "、".join(map(str, found)) if isinstance(found, list | tuple) else str(found)
    return text.removesuffix(".0")


def _questions(open_ones: Mapping[str, Verdict]) -> tuple[Question, ...]:
    """The fact that decides most comes first."""
    by_fact: dict[str, list[str]] = {}
    for item, verdict in open_ones.items():
        for fact in verdict.missing[:1]:
            by_fact.setdefault(fact, []).append(item)
    asked = [Question(fact, tuple(items)) for fact, items in by_fact.items()]
    return tuple(sorted(asked, key=lambda one: -len(one.items)))


@dataclass(frozen=True)
class Difference:
    """What new facts change. `drops`: planned, never begun, and by the facts no longer needed."""

    adds: tuple[PlannedItem, ...] = ()
    drops: Mapping[str, str] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        return not self.adds and not self.drops


def difference(
    catalogue: Catalogue,
    rules: PlanRules,
    wanted: Wanted,
    unbegun: Iterable[str],
    by_hand: Mapping[str, bool],
) -> Difference:
    """`by_hand`: what a person decided about an item (True: in, False: out) outranks the facts."""
    found = assess(catalogue, rules, replace(wanted, present=wanted.present - set(unbegun)))
    missing = {
        one: why
        for one, why in found.wanted.items()
        if one not in wanted.present
        and by_hand.get(one) is not False
        and not set(rules.others(one)) & (wanted.present - set(unbegun))
    }
    adds = ordered(catalogue, rules, wanted, missing)
    free = [one for one in unbegun if not by_hand.get(one) and one in rules.rules]
    drops = {
        one: _why_not(one, rules, wanted) for one in free if one not in found.wanted | found.undecided.keys()
    }
    return Difference(adds, {one: why for one, why in drops.items() if why})


def _why_not(item: str, rules: PlanRules, wanted: Wanted) -> str:
    """ "" unless the facts say that it is not needed."""
    rule, conditions = rules.rules[item], conditions_of(rules, wanted)
    verdict = conditions.judge(rule.when) if rule.when else Verdict(None)
    if verdict.holds is not False:
        return ""
    return rule.unneeded or _why(item, rules, conditions, verdict)
