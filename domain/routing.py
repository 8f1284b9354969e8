"""Which department, which representative – and why: the evidence is part of the answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.people import Person, Post, Role
from domain.routing_rules import Features, RoutingRules, held_by
from domain.site import Department


@dataclass(frozen=True)
class Guess:
    """A department with its score and what spoke for it. `helpers`: handle it with the lead."""

    department: str
    score: int
    because: tuple[str, ...]
    helpers: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        return "；".join(self.because)


@dataclass(frozen=True)
class Routed:
    """`person` is None when nobody fits or it is not sure: the desk of the service officer. `guesses`: strongest
    first, for the officer to choose from."""

    guess: Guess | None
    person: Person | None
    why: str
    guesses: tuple[Guess, ...] = ()


def weigh(
    features: Features, rules: RoutingRules, departments: Mapping[str, Department]
) -> tuple[Guess, ...]:
    """Every department something speaks for, the strongest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    helpers: dict[str, list[str]] = {}
    weights, item = rules.weights, features.item
    if features.named:
        name = departments[features.named].name
        found.setdefault(features.named, []).append((weights.named, f"反馈中写明部门={name}"))
    if item:
        found.setdefault(item.lead, []).append((weights.item, f"事项={item.spoken}"))
    for rule in rules.rules:
        evidence = held_by(rule, features, rules.levels)
        if evidence:
            lead, *others = rule.departments
            spoken = [(rule.weight, evidence[0]), *((0, one) for one in evidence[1:])]
            found.setdefault(lead, []).extend(spoken)
            helpers.setdefault(lead, []).extend(others)
    for department in departments.values():
        own = item.spoken if item and item.lead == department.key else ""
        hits = [word for word in department.topics if word in features.words and word not in own]
        if hits:
            score = weights.topic + weights.more * (len(hits) - 1)
            found.setdefault(department.key, []).append((score, f"词={'、'.join(hits)}"))
    guesses = [_guess(key, spoken, helpers.get(key, ())) for key, spoken in found.items()]
    return tuple(sorted(guesses, key=lambda guess: -guess.score))


def _guess(department: str, spoken: Sequence[tuple[int, str]], helpers: Sequence[str]) -> Guess:
    because = tuple(dict.fromkeys(words for _, words in spoken))
    others = tuple(one for one in dict.fromkeys(helpers) if one != department)
    return Guess(department, sum(score for score, _ in spoken), because, others)


def sure(guesses: Sequence[Guess], rules: RoutingRules) -> Guess | None:
    """The strongest, when it is strong enough and nobody else comes near; those who help it are no rivals."""
    if not guesses or guesses[0].score < rules.least:
        return None
    best = guesses[0]
    rivals = [one for one in guesses[1:] if one.department not in best.helpers]
    return best if not rivals or best.score - rivals[0].score >= rules.lead_by else None


def route(
    guesses: Sequence[Guess],
    rules: RoutingRules,
    person: Person | None,
    names: Mapping[str, str],
    returned: Collection[str] = (),
) -> Routed:
    """`person`: on duty in the strongest guess's department; `returned`: departments that gave it back already,
    which nobody but the officer may ask again."""
    open_to = tuple(one for one in guesses if one.department not in returned)
    best = sure(guesses, rules)
    if not guesses:
        return Routed(None, None, "未能判断责任部门")
    if best is None or best.department in returned:
        listed = "；".join(f"{names[one.department]}（{one.why}）" for one in open_to[:2])
        return Routed(None, None, f"把握不足，可能是：{listed}" if listed else "未能判断责任部门", open_to)
    if person is None:
        return Routed(best, None, f"{best.why}；{names[best.department]}当日无在岗代表", open_to)
    return Routed(best, person, best.why, open_to)


def on_duty(
    people: Sequence[Person], department: str, day: date, load: Mapping[int, int], *, but: int | None = None
) -> Person | None:
    """The A post, else the B post, not on leave; among equals whoever has least open (AB 岗, R040). `but`: somebody
    who must not get it."""
    fit: list[tuple[bool, int, str, Person]] = []
    for person in people:
        for duty in person.duties:
            held = duty.role is Role.REPRESENTATIVE and duty.department == department
            if held and person.active and person.id != but and not duty.on_leave(day):
                fit.append((duty.post is Post.B, load.get(person.id, 0), person.userid, person))
    return min(fit, key=lambda entry: entry[:3])[3] if fit else None
