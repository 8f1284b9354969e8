"""The service's own deadlines as the site sets them: answering, telling, extending, and when a lamp turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.catalogue import Limit, LimitUnit, read_limit
from domain.configuration import Section
from domain.people import OFFICERS, Role


class IssueKind(StrEnum):
    CONSULT = "consult"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    PROBLEM = "problem"
    MULTI_DEPARTMENT = "multi_department"


@dataclass(frozen=True)
class IssueLimit:
    """`respond`: the representative takes it; `answer`: the department answers; `release`: the officer tells
    the enterprise, counted from the answer."""

    kind: IssueKind
    name: str
    respond: Limit
    answer: Limit
    release: Limit
    source: str


@dataclass(frozen=True)
class EscalationLevel:
    """Who is told that an answer is overdue, and how many working days after its last day."""

    level: int
    name: str
    after: int
    to: tuple[Role, ...]


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
    issues: Mapping[IssueKind, IssueLimit]
    remind_before: tuple[int, ...]
    items_remind_before: tuple[int, ...]
    escalation: tuple[EscalationLevel, ...]
    extension: ExtensionRule
    lamp: LampRule


def read_deadlines(document: Section) -> Deadlines:
    """Reads and checks; what is wrong goes to the section's flaws."""
    issues = document.section("issues")
    deadlines = Deadlines(
        {kind: _issue_limit(kind, issues.section(kind)) for kind in IssueKind},
        document.integers("remind_before", least=1),
        document.integers("items_remind_before", least=1),
        tuple(_level(one) for one in document.sections("escalation")),
        _extension(document.section("extension")),
        _lamp(document.section("lamp")),
    )
    issues.end()
    document.end()
    _check_ladder(document, deadlines.escalation)
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


def _level(section: Section) -> EscalationLevel:
    level = EscalationLevel(
        section.integer("level", least=1),
        section.text("name", like="提醒业务负责人"),
        section.integer("after"),
        _roles(section, "to"),
    )
    section.end()
    return level


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


def _check_ladder(document: Section, ladder: tuple[EscalationLevel, ...]) -> None:
    if [one.level for one in ladder] != list(range(1, len(ladder) + 1)):
        document.flaw("escalation", "level 应从 1 起依次递增")
    if [one.after for one in ladder] != sorted(one.after for one in ladder):
        document.flaw("escalation", "后一级的 after（超期工作日数）不应小于前一级")
