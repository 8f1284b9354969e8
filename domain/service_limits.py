"""The service's own deadlines as the site sets them: answering, telling, extending, and when a lamp turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.catalogue import Limit, LimitUnit, read_limit
from domain.configuration import Section
from domain.issues import Category, IssueLevel
from domain.ladders import EscalationLevel, Ladder, read_ladder
from domain.people import OFFICERS, Role
from domain.pressing import PressRule, read_press_rule


class IssueKind(StrEnum):
    CONSULT = "consult"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    PROBLEM = "problem"
    MULTI_DEPARTMENT = "multi_department"


@dataclass(frozen=True)
class IssueLimit:
    """`respond`: the representative takes it; `answer`: the department answers; `release`: the officer tells
    the enterprise, counted from the answer. `categories`, `begins`: which issues are of this kind, by their category
    or by how the description begins."""

    kind: IssueKind
    name: str
    respond: Limit
    answer: Limit
    release: Limit
    source: str
    categories: frozenset[Category] = frozenset()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExtensionRule:
    """延期 is asked for before expiry with a reason."""

    times: int
    days: int
    granted_by: tuple[Role, ...]
    source: str


@dataclass(frozen=True)
class LampRule:
    """Yellow at this share of the limit or this many working days before its end, whichever comes first."""

    yellow_share: float
    yellow_days: int


@dataclass(frozen=True)
class Deadlines:
    """`auto_release`: working days of the officer's silence after which a department's answer goes out by itself; 0:
    never, as shipped (R130)."""

    issues: Mapping[IssueKind, IssueLimit]
    remind_before: tuple[int, ...]
    items_remind_before: tuple[int, ...]
    ladder: Ladder
    extension: ExtensionRule
    lamp: LampRule
    press: PressRule = field(default_factory=PressRule)
    auto_release: int = 0

    @property
    def escalation(self) -> tuple[EscalationLevel, ...]:
        return self.ladder.answer

    def kind_of(
        self, category: Category, level: IssueLevel, text: str, *, several: bool = False
    ) -> IssueKind:
        """What several departments handle, or a joint meeting or the government has to settle, is of several
        departments; else as the site says."""
        if several or level in (IssueLevel.JOINT_MEETING, IssueLevel.GOVERNMENT):
            return IssueKind.MULTI_DEPARTMENT
        for kind, limit in self.issues.items():
            if limit.begins and text.startswith(limit.begins):
                return kind
        fitting = (kind for kind, limit in self.issues.items() if category in limit.categories)
        return next(fitting, IssueKind.PROBLEM)


def read_deadlines(document: Section) -> Deadlines:
    """Reads and checks; what is wrong goes to the section's flaws."""
    issues = document.section("issues")
    deadlines = Deadlines(
        {kind: _issue_limit(kind, issues.section(kind)) for kind in IssueKind},
        document.integers("remind_before", least=1),
        document.integers("items_remind_before", least=1),
        read_ladder(document),
        _extension(document.section("extension")),
        _lamp(document.section("lamp")),
        read_press_rule(document),
        document.integer("auto_release", default=0),
    )
    issues.end()
    document.end()
    _check_kinds(issues, deadlines.issues)
    return deadlines


def _issue_limit(kind: IssueKind, section: Section) -> IssueLimit:
    source = section.text("source", like="乐清网络问效平台")
    limit = IssueLimit(
        kind,
        section.text("name", like="咨询"),
        _limit(section, "respond", source),
        _limit(section, "answer", source),
        _limit(section, "release", source),
        source,
        _categories(section),
        section.texts("begins"),
    )
    section.end()
    if limit.respond.value > limit.answer.value:
        section.flaw("respond", "响应时限不应长于答复时限")
    return limit


def _limit(section: Section, key: str, source: str) -> Limit:
    inner = section.section(key)
    limit = read_limit(inner)
    inner.end()
    if limit.unit is not LimitUnit.WORKING:
        inner.flaw("unit", "服务时限应为工作日")
    return replace(limit, basis=limit.basis or source)


def _categories(section: Section) -> frozenset[Category]:
    names = section.texts("categories")
    known = {str(one) for one in Category}
    for name in names:
        if name not in known:
            section.flaw("categories", f"没有 {name} 这个类别，可用：{'、'.join(sorted(known))}")
    return frozenset(Category(name) for name in names if name in known)


def _extension(section: Section) -> ExtensionRule:
    rule = ExtensionRule(
        section.integer("times"),
        section.integer("days"),
        _roles(section, "granted_by"),
        section.text("source", like="行政许可法 42"),
    )
    section.end()
    return rule


def _lamp(section: Section) -> LampRule:
    rule = LampRule(section.share("yellow_share"), section.integer("yellow_days"))
    section.end()
    return rule


def _roles(section: Section, key: str) -> tuple[Role, ...]:
    names = section.texts(key, required=True)
    known = sorted(role.value for role in OFFICERS)
    for name in names:
        if name not in known:
            section.flaw(key, f"没有 {name} 这个角色，可用：{'、'.join(known)}")
    return tuple(Role(name) for name in names if name in known)


def _check_kinds(section: Section, kinds: Mapping[IssueKind, IssueLimit]) -> None:
    owner: dict[Category, IssueKind] = {}
    for kind, limit in kinds.items():
        for category in limit.categories:
            other = owner.setdefault(category, kind)
            if other is not kind:
                section.flaw(kind, f"类别 {category} 已归入 {other}，一个类别只能归入一种")
