"""早注册、早立项、早开工、早投产 (R108): the days on which a project reached them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.items import CaseItem, ItemState
from domain.plan_rules import MilestoneRule


@dataclass(frozen=True)
class Reached:
    """`day`: None while it lies ahead. `days`: calendar days since the service began, None for what came before."""

    name: str
    day: date | None
    days: int | None = None


def milestones(
    rules: Sequence[MilestoneRule], items: Iterable[CaseItem], accepted_on: date | None
) -> tuple[Reached, ...]:
    done = {one.item_id: one.ended_on for one in items if one.state is ItemState.COMPLETED}
    return tuple(_reached(rule, done, accepted_on) for rule in rules)


def _reached(rule: MilestoneRule, done: dict[str, date | None], accepted_on: date | None) -> Reached:
    days = [day for day in (done.get(item) for item in rule.items) if day]
    if not days:
        return Reached(rule.name, None)
    first = min(days)
    since = (first - accepted_on).days if accepted_on and first >= accepted_on else None
    return Reached(rule.name, first, since)
