"""What decides a plan at this site: facts asked for, conditions, rules per item, days, packages, milestones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.catalogue import Catalogue
from domain.conditions import Condition, read_conditions
from domain.configuration import Section
from domain.forms import FieldSpec, FieldType, FormSpec

# Of these forms the fields are facts; what is known by itself is not asked for.
FORMS = ("F9", "F1")
OWN_FACTS = {"project_type": "项目类型"}
ASKABLE = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.NUMBER,
        FieldType.DATE,
        FieldType.CHOICE,
        FieldType.MULTI_CHOICE,
    }
)


@dataclass(frozen=True)
class ItemRule:
    """`when`: a condition's name. `any_type`: the facts outrank the catalogue's list of project types.
    `on_request`: only when somebody asks for it. `unneeded`: said when the condition fails, "" for silence."""

    item: str
    when: str = ""
    any_type: bool = False
    on_request: bool = False
    unneeded: str = ""


@dataclass(frozen=True)
class PlanNote:
    """What a condition changes about an item: said with it, and perhaps a shorter time to plan with."""

    item: str
    when: str
    note: str
    days: int | None = None


@dataclass(frozen=True)
class Alternatives:
    """Items of which one is chosen."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Package:
    """一件事 (R107): items applied for together. `parallel`: handled side by side."""

    name: str
    about: str
    items: tuple[str, ...]
    parallel: bool = False


@dataclass(frozen=True)
class PolicyClause:
    """R017: `when` is empty for one that holds for everybody."""

    title: str
    text: str
    source: str
    since: str
    when: str = ""


@dataclass(frozen=True)
class Knowledge:
    """R112–R114: a short entry with its source, found by any of `words`."""

    title: str
    words: tuple[str, ...]
    text: str
    source: str


@dataclass(frozen=True)
class MilestoneRule:
    """R108: reached when any of the items is completed."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Target:
    """A reference for the whole way, in working days; `types`: keys of project types."""

    scope: str
    days: int
    types: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class PlanDays:
    """Working days. `preparation`: between the last prerequisite and the submission. `estimates`: of items without
    any limit, else `default`."""

    preparation: int = 3
    preparation_of: Mapping[str, int] = field(default_factory=dict)
    default: int = 10
    estimates: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanRules:
    facts: Mapping[str, FieldSpec] = field(default_factory=dict)
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    rules: Mapping[str, ItemRule] = field(default_factory=dict)
    notes: tuple[PlanNote, ...] = ()
    alternatives: tuple[Alternatives, ...] = ()
    stands_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after_building: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    days: PlanDays = PlanDays()
    packages: tuple[Package, ...] = ()
    policies: tuple[PolicyClause, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
    milestones: tuple[MilestoneRule, ...] = ()
    targets: tuple[Target, ...] = ()

    def label(self, fact: str) -> str:
        return self.facts[fact].label if fact in self.facts else OWN_FACTS.get(fact, fact)

    def others(self, item: str) -> tuple[str, ...]:
        """What it is an alternative to."""
        groups = [group.items for group in self.alternatives if item in group.items]
        return tuple(dict.fromkeys(one for group in groups for one in group if one != item))

    def called(self, label: str) -> FieldSpec | None:
        """The fact people mean by these words: its label, with or without the unit in brackets."""
        wanted = plain(label)
        exact = [one for one in self.facts.values() if wanted in (plain(one.label), one.label)]
        near = [one for one in self.facts.values() if len(wanted) > 1 and wanted in plain(one.label)]
        return exact[0] if exact else near[0] if len(near) == 1 else None


def plain(label: str) -> str:
    """Without what stands in brackets."""
    return label.replace("(", "（").split("（")[0].strip().lower()


def read_plan(document: Section, forms: Mapping[str, FormSpec], catalogue: Catalogue) -> PlanRules:
    """Reads and checks; what is wrong goes to the section's flaws."""
    rules = PlanRules(
        _facts(document, forms),
        read_conditions(document),
        {rule.item: rule for rule in map(_rule, document.sections("rules"))},
        tuple(map(_note, document.sections("notes"))),
        tuple(map(_alternatives, document.sections("alternatives"))),
        _lists(document, "stands_for"),
        document.texts("after_building"),
        document.texts("counted_stages"),
        _days(document),
        tuple(map(_package, document.sections("packages"))),
        tuple(map(_policy, document.sections("policies"))),
        tuple(map(_knowledge, document.sections("knowledge"))),
        tuple(map(_milestone, document.sections("milestones"))),
        tuple(map(_target, document.sections("targets"))),
    )
    document.end()
    _check(document, rules, catalogue)
    return rules


def _facts(document: Section, forms: Mapping[str, FormSpec]) -> Mapping[str, FieldSpec]:
    """The forms' fields, and what the rules ask beyond them."""
    of_forms = {
        one.key: one
        for form in FORMS
        if form in forms
        for one in forms[form].fields
        if one.type in ASKABLE and one.key not in OWN_FACTS
    }
    own = {one.key: one for one in map(_fact, document.sections("facts"))}
    return of_forms | own


def _fact(section: Section) -> FieldSpec:
    options = section.texts("options", required=True)
    fact = FieldSpec(
        section.text("key"), section.text("label"), FieldType.CHOICE, required=False, options=options
    )
    section.end()
    return fact


def _rule(section: Section) -> ItemRule:
    rule = ItemRule(
        section.text("item", like="rf_baojian"),
        section.text("when", default=""),
        section.flag("any_type", default=False),
        section.flag("on_request", default=False),
        section.text("unneeded", default=""),
    )
    section.end()
    if bool(rule.when) == rule.on_request:
        section.flaw("when", "应写明情形（when），或只在提出时办理（on_request: true），两者择一")
    return rule


def _note(section: Section) -> PlanNote:
    days = section.integer("days") if section.has("days") else None
    note = PlanNote(section.text("item"), section.text("when"), section.text("note"), days)
    section.raw("days")
    section.end()
    return note


def _alternatives(section: Section) -> Alternatives:
    group = Alternatives(section.text("name", like="环评"), section.texts("items", required=True))
    section.end()
    return group


def _days(document: Section) -> PlanDays:
    if not document.has("days"):
        document.raw("days")
        return PlanDays()
    section = document.section("days")
    days = PlanDays(
        section.integer("preparation"),
        _integers(section, "preparation_of"),
        section.integer("default", least=1),
        _integers(section, "estimates"),
    )
    section.end()
    return days


def _package(section: Section) -> Package:
    package = Package(
        section.text("name", like="拿地即开工"),
        section.text("about", default=""),
        section.texts("items", required=True),
        section.flag("parallel", default=False),
    )
    section.end()
    return package


def _policy(section: Section) -> PolicyClause:
    clause = PolicyClause(
        section.text("title"),
        section.text("text"),
        section.text("source"),
        section.day("since").isoformat(),
        section.text("when", default=""),
    )
    section.end()
    return clause


def _knowledge(section: Section) -> Knowledge:
    entry = Knowledge(
        section.text("title"),
        section.texts("words", required=True),
        section.text("text"),
        section.text("source"),
    )
    section.end()
    return entry


def _milestone(section: Section) -> MilestoneRule:
    rule = MilestoneRule(section.text("name", like="早开工"), section.texts("items", required=True))
    section.end()
    return rule


def _target(section: Section) -> Target:
    target = Target(
        section.text("scope"),
        section.integer("days", least=1),
        section.texts("types", required=True),
        section.text("source"),
    )
    section.end()
    return target


def _lists(document: Section, key: str) -> Mapping[str, tuple[str, ...]]:
    if not document.has(key):
        document.raw(key)
        return {}
    section = document.section(key)
    return {name: section.texts(name, required=True) for name in section.values}


def _integers(document: Section, key: str) -> Mapping[str, int]:
    if not document.has(key):
        document.raw(key)
        return {}
    section = document.section(key)
    return {name: section.integer(name) for name in section.values}


def _check(document: Section, rules: PlanRules, catalogue: Catalogue) -> None:
    """What one part says of another."""
    for key, item in _items_named(rules):
        if item not in catalogue.items:
            document.flaw(key, f"事项 {item} 不在目录中，应为 catalogue.yaml 里某个事项的 id")
    for key, name in _conditions_named(rules):
        if name and name not in rules.conditions:
            document.flaw(key, f"情形「{name}」没有写在 conditions 中")
    for condition in rules.conditions.values():
        if condition.fact and condition.fact not in rules.facts | OWN_FACTS.keys():
            what = (
                f"「{condition.name}」要看的信息 {condition.fact} 不是信息采集表的栏目，也没有写在 facts 中"
            )
            document.flaw("conditions", what)
    stages = [stage for stage in (*rules.after_building, *rules.counted) if stage not in catalogue.stages]
    for stage in stages:
        document.flaw("after_building", f"没有「{stage}」这个阶段，可用：{'、'.join(catalogue.stages)}")


def _items_named(rules: PlanRules) -> Iterator[tuple[str, str]]:
    yield from (("rules", rule.item) for rule in rules.rules.values())
    yield from (("notes", note.item) for note in rules.notes)
    yield from (("alternatives", item) for group in rules.alternatives for item in group.items)
    yield from (("packages", item) for package in rules.packages for item in package.items)
    yield from (("milestones", item) for one in rules.milestones for item in one.items)
    for item, others in rules.stands_for.items():
        yield from (("stands_for", one) for one in (item, *others))
    yield from (("days", item) for item in (*rules.days.estimates, *rules.days.preparation_of))


def _conditions_named(rules: PlanRules) -> Iterator[tuple[str, str]]:
    yield from (("rules", rule.when) for rule in rules.rules.values())
    yield from (("notes", note.when) for note in rules.notes)
    yield from (("policies", clause.when) for clause in rules.policies)
