"""典型案例 (R170): a draft made of a closed case's figures, without anybody's name; shown outside only after somebody else
has approved it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import IllegalMove

WINDOW = 4  # letters of a name in a row by which it can be told
_GENERIC = ("有限责任公司", "股份有限公司", "有限公司", "建设项目", "工程项目")
_NUMBERS = re.compile(r"[A-Za-z]{1,6}-[A-Za-z0-9-]*\d{3,}|\d[\d\s-]{5,}\d|〔\d{4}〕|字第")
# Millions of yuan are told as a span: an exact sum names the project to whoever knows the county.
_SPANS = (
    (1_000, "1000万元以下"),
    (5_000, "1000万至5000万元"),
    (10_000, "5000万至1亿元"),
    (50_000, "1亿至5亿元"),
)


class StudyState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True)
class CaseStudy:
    """`body` is made of figures; `lessons` are the officer's words, checked for names. A change takes an approval
    away."""

    id: int
    case_id: int
    body: str = field(repr=False)
    drafted_by: int
    drafted_at: datetime
    lessons: str = field(default="", repr=False)
    state: StudyState = StudyState.DRAFT
    decided_by: int | None = None
    decided_at: datetime | None = None
    version: int = 1

    def rewrite(self, lessons: str, by: int) -> CaseStudy:
        return replace(
            self, lessons=lessons, drafted_by=by, state=StudyState.DRAFT, decided_by=None, decided_at=None
        )

    def approve(self, by: int, at: datetime) -> CaseStudy:
        if self.state is not StudyState.DRAFT:
            raise IllegalMove("study", self.state, StudyState.APPROVED)
        return replace(self, state=StudyState.APPROVED, decided_by=by, decided_at=at)


@dataclass(frozen=True)
class StudyFacts:
    """What may be told: kinds and counts."""

    project_type: str
    investment: str
    scope: str
    level: str
    days: int
    items: int
    in_time: int
    deferred: int
    visits: int
    meetings: int
    problems: int
    solved: int
    grade: str


def span_of(investment: object) -> str:
    try:
        ten_thousands = float(str(investment))
    except ValueError:
        return ""
    return next((said for most, said in _SPANS if ten_thousands < most), "5亿元以上")


def tells(text: str, names: Iterable[str]) -> str:
    """The first thing in the text that says who or where it was, "" for none."""
    number = _NUMBERS.search(text)
    if number:
        return number[0]
    for name in sorted({one for one in names if len(one) > 1}, key=len, reverse=True):
        if name in text:
            return name
        plain = name
        for generic in _GENERIC:
            plain = plain.replace(generic, "\n")
        windows = (plain[n : n + WINDOW] for n in range(len(plain) - WINDOW + 1))
        found = next((one for one in windows if "\n" not in one and one in text), "")
        if found:
            return found
    return ""
