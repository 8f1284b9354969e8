"""A second guess learnt from what was sorted by hand: naive Bayes over pairs of characters, item and category.

It never acts: it stands beside the rules' guess on the officer's card, and only once there are enough rows and it
does better than the rules on rows it was not taught with (contract §10)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.issues import Category
from domain.likeness import bigrams, likeness

KIN = 12  # how many of the past problems most like it are named as the reason
NEAR = 0.2  # what is less alike is no reason


@dataclass(frozen=True)
class Lesson:
    """`words`: without people. `department`: where it belonged. `guess`: what the rules had said, None when they
    were not sure."""

    item: str | None
    category: Category
    words: str = field(repr=False)
    department: str = ""
    guess: str | None = None

    @property
    def features(self) -> frozenset[str]:
        return bigrams(self.words) | {f"item:{self.item}", f"category:{self.category}"}


@dataclass(frozen=True)
class Suggestion:
    """`agree` of the `alike` most similar past problems went to this department."""

    department: str
    agree: int
    alike: int


class Taught:
    """Counts of features by department."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self._of: Counter[str] = Counter()
        self._seen: dict[str, Counter[str]] = {}
        self._known: set[str] = set()
        for lesson in lessons:
            self._of[lesson.department] += 1
            self._seen.setdefault(lesson.department, Counter()).update(lesson.features)
            self._known |= lesson.features

    def best(self, asked: Lesson) -> str | None:
        features = asked.features & self._known
        scored = [(self._score(department, features), department) for department in sorted(self._of)]
        return max(scored)[1] if scored else None

    def _score(self, department: str, features: frozenset[str]) -> float:
        of, seen = self._of[department], self._seen[department]
        return math.log(of) + sum(math.log((seen[one] + 0.5) / (of + 1)) for one in features)


def better_than_rules(lessons: Sequence[Lesson]) -> bool:
    """Taught with the older four fifths, on the newer fifth it is right more often than the rules were."""
    cut = len(lessons) * 4 // 5
    taught, held_out = Taught(lessons[:cut]), lessons[cut:]
    right = sum(taught.best(lesson) == lesson.department for lesson in held_out)
    rules = sum(lesson.guess == lesson.department for lesson in held_out)
    return right > rules


def suggest(lessons: Sequence[Lesson], asked: Lesson, needed: int) -> Suggestion | None:
    """None: too few rows, not better than the rules, or nothing like it in the past."""
    if len(lessons) < needed or not better_than_rules(lessons):
        return None
    department = Taught(lessons).best(asked)
    near = sorted(((_alike(one, asked), n) for n, one in enumerate(lessons)), reverse=True)[:KIN]
    kin = [lessons[n] for how, n in near if how >= NEAR]
    agree = sum(one.department == department for one in kin)
    if department is None or not kin or agree * 2 <= len(kin):
        return None
    return Suggestion(department, agree, len(kin))


def _alike(one: Lesson, asked: Lesson) -> float:
    same_item = 0.2 if one.item is not None and one.item == asked.item else 0.0
    return likeness(one.words, asked.words) + same_item
