"""What today's rules – or those of another folder – would have done with past problems. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from domain import routing
from domain.issue_turns import TurnKind
from domain.issues import Issue
from domain.project import Project
from domain.routing_rules import Features
from domain.site import Site
from storage.store import Transaction

_TOP = 5
_PAGE = 500


@dataclass(frozen=True)
class Row:
    """One department. `precision`: of what the rules gave it, how much was its; `recall`: of what was its, how much
    the rules gave it. None: nothing to divide by."""

    department: str
    given: int
    own: int
    right: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True)
class Replay:
    """`skipped`: problems no department has handled yet; `confused`: (was, rules said, how often)."""

    issues: int
    skipped: int
    right: int
    unsure: int
    rows: tuple[Row, ...]
    confused: tuple[tuple[str, str, int], ...]

    @property
    def share_unsure(self) -> float:
        return self.unsure / self.issues if self.issues else 0.0

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "share_unsure": round(self.share_unsure, 4)}


def replay(tx: Transaction, site: Site, start: datetime, end: datetime) -> Replay:
    """Whoever handles it, or answered it, counts as the department it belonged to."""
    past = tx.issues.raised_between(start, end)
    projects = tx.projects.many({issue.project_id for issue in past})
    named = _named(tx, [issue.no for issue in past])
    known = [issue for issue in past if issue.department in site.departments]
    pairs = [
        (issue.department or "", _said(issue, projects[issue.project_id], named.get(issue.no), site))
        for issue in known
    ]
    return _figures(pairs, len(past) - len(known))


def _named(tx: Transaction, numbers: list[int]) -> dict[int, str]:
    """What the enterprise had written: it is the department no more once a problem is routed."""
    found: dict[int, str] = {}
    for at in range(0, len(numbers), _PAGE):
        for no, turns in tx.turns.of_many(numbers[at : at + _PAGE]).items():
            filed = next((t.to_department for t in turns if t.kind is TurnKind.FILED), None)
            if filed:
                found[no] = filed
    return found


def _said(issue: Issue, project: Project, named: str | None, site: Site) -> str | None:
    features = Features(
        issue.description, issue.category, site.catalogue.items.get(issue.item_id or ""),
        named if named in site.departments else None, project.type, project.facts,
    )  # fmt: skip
    best = routing.sure(routing.weigh(features, site.routing, site.departments), site.routing)
    return best.department if best else None


def _figures(pairs: Iterable[tuple[str, str | None]], skipped: int) -> Replay:
    pairs = list(pairs)
    own, given = Counter(was for was, _ in pairs), Counter(said for _, said in pairs if said)
    right = Counter(was for was, said in pairs if was == said)
    wrong = Counter((was, said) for was, said in pairs if said and was != said)
    rows = tuple(
        Row(
            key,
            given[key],
            own[key],
            right[key],
            _share(right[key], given[key]),
            _share(right[key], own[key]),
        )
        for key in sorted(own | given, key=lambda key: (-own[key], key))
    )
    confused = tuple((was, said, n) for (was, said), n in wrong.most_common(_TOP))
    unsure = sum(said is None for _, said in pairs)
    return Replay(len(pairs), skipped, sum(right.values()), unsure, rows, confused)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
