"""The site's rules of routing: over named department, item, words, category, project and level of authority, each
with a weight. What spoke for a department is kept in words: a routing nobody can argue with is not trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.catalogue import CatalogueItem
from domain.configuration import Section
from domain.issues import CATEGORY_NAMES, Category
from domain.project import PROJECT_TYPE_NAMES, ProjectType

_PERSON_WORDS = ("投诉", "态度差", "态度恶劣", "态度不好", "吃拿卡要", "刁难")


@dataclass(frozen=True)
class Weights:
    """`more`: for each further topic word of the same department."""

    named: int = 12
    item: int = 6
    topic: int = 3
    more: int = 1


@dataclass(frozen=True)
class Rule:
    """All conditions that are given must hold; of a list one is enough. `departments`: the lead first, then those
    that handle it with it."""

    name: str
    departments: tuple[str, ...]
    weight: int
    words: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    project_types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class RoutingRules:
    """Read from routing.yaml; a site without the file works with these figures and no rules of its own."""

    weights: Weights = Weights()
    least: int = 3
    lead_by: int = 2
    rules: tuple[Rule, ...] = ()
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joint: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    person_words: tuple[str, ...] = _PERSON_WORDS
    alike_percent: int = 50
    obstacle_projects: int = 3
    obstacle_days: int = 30
    lessons_needed: int = 200
    confirm_days: int = 5


@dataclass(frozen=True)
class Features:
    """What is known of a problem before anybody decides. `named`: the department the enterprise wrote."""

    words: str = field(repr=False)
    category: Category
    item: CatalogueItem | None = None
    named: str | None = None
    project_type: ProjectType | None = None
    facts: Mapping[str, object] = field(default_factory=dict, repr=False)


def held_by(rule: Rule, features: Features, levels: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The evidence in words when the rule applies, None when it does not."""
    item, kind = features.item, features.project_type
    found: list[str] = []
    checks: tuple[tuple[bool, str | None], ...] = (
        (bool(rule.items), f"事项={item.spoken}" if item and item.id in rule.items else None),
        (bool(rule.words), _hits(rule.words, features.words)),
        (
            bool(rule.categories),
            f"类别={CATEGORY_NAMES[features.category]}" if features.category in rule.categories else None,
        ),
        (
            bool(rule.project_types),
            f"项目类型={PROJECT_TYPE_NAMES[kind]}" if kind and kind in rule.project_types else None,
        ),
        (bool(rule.levels), _level(rule.levels, features.words, levels)),
        *((True, _fact(key, wanted, features.facts)) for key, wanted in rule.facts.items()),
    )
    for asked, evidence in checks:
        if asked and evidence is None:
            return None
        if evidence is not None and asked:
            found.append(evidence)
    return tuple(found) or None


def traits(features: Features, rules: RoutingRules) -> tuple[str, ...]:
    """跨部门、跨区域、跨层级 (R134): what speaks for the joint meeting, with the words that say so."""
    found = []
    for trait, words in rules.joint.items():
        hit = next((word for word in words if word in features.words), None)
        if hit:
            found.append(f"{trait}（词={hit}）")
    if features.category is Category.CROSS_DEPARTMENT and not any(one.startswith("跨部门") for one in found):
        found.append("跨部门（类别=跨部门）")
    return tuple(found)


def _hits(words: tuple[str, ...], text: str) -> str | None:
    hits = [word for word in words if word in text]
    return f"词={'、'.join(hits)}" if hits else None


def _level(wanted: tuple[str, ...], text: str, levels: Mapping[str, tuple[str, ...]]) -> str | None:
    hit = next((level for level in wanted if any(word in text for word in levels.get(level, ()))), None)
    return f"审批层级={hit}" if hit else None


def _fact(key: str, wanted: tuple[str, ...], facts: Mapping[str, object]) -> str | None:
    value = str(facts.get(key, ""))
    return f"项目情况={value}" if value in wanted else None


# ---------------------------------------------------------------- reading


def read_routing(document: Section) -> RoutingRules:
    plain = RoutingRules()
    rules = RoutingRules(
        weights=_weights(document, plain.weights),
        least=document.integer("least", least=1, default=plain.least),
        lead_by=document.integer("lead_by", default=plain.lead_by),
        levels=_word_lists(document, "levels"),
        joint=_word_lists(document, "joint_meeting"),
        person_words=document.texts("person_words") or plain.person_words,
        alike_percent=document.integer("alike_percent", least=1, default=plain.alike_percent),
        obstacle_projects=document.integer("obstacle_projects", least=2, default=plain.obstacle_projects),
        obstacle_days=document.integer("obstacle_days", least=1, default=plain.obstacle_days),
        lessons_needed=document.integer("lessons_needed", least=1, default=plain.lessons_needed),
        confirm_days=document.integer("confirm_days", least=1, default=plain.confirm_days),
        rules=tuple(_rule(one) for one in document.sections("rules")),
    )
    if rules.alike_percent > 100:
        document.flaw("alike_percent", "应为 1 到 100 的整数")
    _check_levels(document, rules)
    document.end()
    return rules


def _weights(document: Section, plain: Weights) -> Weights:
    if not document.has("weights"):
        document.raw("weights")
        return plain
    section = document.section("weights")
    weights = Weights(
        section.integer("named", default=plain.named),
        section.integer("item", default=plain.item),
        section.integer("topic", default=plain.topic),
        section.integer("more", default=plain.more),
    )
    section.end()
    return weights


def _word_lists(document: Section, key: str) -> Mapping[str, tuple[str, ...]]:
    if not document.has(key):
        document.raw(key)
        return {}
    section = document.section(key)
    return {name: section.texts(name) for name in section.values}


def _rule(section: Section) -> Rule:
    facts = section.section("facts") if section.has("facts") else None
    rule = Rule(
        section.text("name", like="开设路口"),
        section.texts("departments", required=True),
        section.integer("weight", least=1),
        section.texts("words"),
        section.texts("items"),
        _names(section, "categories", {name: key.value for key, name in CATEGORY_NAMES.items()}),
        _names(section, "project_types", {name: key.value for key, name in PROJECT_TYPE_NAMES.items()}),
        section.texts("levels"),
        {key: facts.texts(key) for key in facts.values} if facts else {},
    )
    section.text("source", default="")
    section.raw("facts")
    section.end()
    if not (rule.words or rule.items or rule.categories or rule.project_types or rule.levels or rule.facts):
        section.flaw(None, "至少要写一个条件，例如 words: [开路口]")
    return rule


def _names(section: Section, key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Written in the words of the office, kept as our keys."""
    written = section.texts(key)
    for name in written:
        if name not in known:
            section.flaw(key, f"没有「{name}」，可用：{'、'.join(known)}")
    return tuple(known[name] for name in written if name in known)


def _check_levels(document: Section, rules: RoutingRules) -> None:
    for rule in rules.rules:
        for level in rule.levels:
            if level not in rules.levels:
                document.flaw("rules", f"规则「{rule.name}」的审批层级「{level}」没有写在 levels 中")
