"""问卷 (F26, R164): asked of the projects served in a period, answered by numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.case import Case, CaseStatus
from domain.periods import Period
from domain.ratings import GRADE_NAMES

SCORES = ("papers_score", "time_score", "attitude_score")
NEVER_SERVED = frozenset({CaseStatus.APPLIED, CaseStatus.REFUSED, CaseStatus.WITHDRAWN})


@dataclass(frozen=True)
class Survey:
    """Asked once for a period; answers are taken until `until`."""

    id: int
    period: Period
    until: date


@dataclass(frozen=True)
class Invitation:
    """`form_id`: the answers (F26), None while there are none."""

    survey: Survey
    project_id: int
    form_id: int | None


def was_served(case: Case, period: Period) -> bool:
    """Accepted by the end of the period and not closed before it began."""
    accepted = case.accepted_on is not None and case.accepted_on <= period.last
    over = case.closed_on is not None and case.closed_on < period.first
    return accepted and not over and case.status not in NEVER_SERVED


@dataclass(frozen=True)
class SurveyResult:
    """`scores`: average of 1–5 by field; `hardest`: items (ids or words) with how often, the most often first."""

    asked: int
    answered: int
    scores: Mapping[str, float]
    trips: float | None
    hardest: tuple[tuple[str, int], ...]
    call_back: int
    advice: tuple[str, ...] = field(default=(), repr=False)


def count(asked: int, answers: Sequence[Mapping[str, Any]]) -> SurveyResult:
    grades = {name: grade for grade, name in GRADE_NAMES.items()}
    scores = {key: [grades[one[key]] for one in answers if one.get(key) in grades] for key in SCORES}
    trips = [int(one["trips"]) for one in answers if str(one.get("trips", "")).isdecimal()]
    hardest: dict[str, int] = {}
    for one in answers:
        for item in one.get("hardest") or ():
            hardest[item] = hardest.get(item, 0) + 1
    return SurveyResult(
        asked,
        len(answers),
        {key: sum(found) / len(found) for key, found in scores.items() if found},
        sum(trips) / len(trips) if trips else None,
        tuple(sorted(hardest.items(), key=lambda pair: (-pair[1], pair[0]))),
        sum(one.get("call_back") == "是" for one in answers),
        tuple(one["advice"] for one in answers if one.get("advice")),
    )
