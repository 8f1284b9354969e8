"""Which department, which representative – and why: the evidence is part of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.people import Person, Post, Role


@dataclass(frozen=True)
class Candidate:
    department: str
    because: str


@dataclass(frozen=True)
class Routed:
    """`person` is None when nobody fits: the triage desk of the service officer."""

    department: str | None
    person: Person | None
    why: str


def route(
    candidates: Sequence[Candidate],
    people: Mapping[str, Sequence[Person]],
    day: date,
    load: Mapping[int, int],
    names: Mapping[str, str],
) -> Routed:
    """`candidates` in order of strength; `people`: department -> its people; `load`: open issues by person id;
    `names`: department -> shown name."""
    departments = {candidate.department for candidate in candidates}
    if not candidates:
        return Routed(None, None, "未能判断责任部门")
    if len(departments) > 1:
        listed = "、".join(names[d] for d in dict.fromkeys(c.department for c in candidates))
        return Routed(None, None, f"涉及多个部门：{listed}")
    department = candidates[0].department
    because = "；".join(dict.fromkeys(candidate.because for candidate in candidates))
    person = on_duty(people.get(department, ()), department, day, load)
    if person is None:
        return Routed(department, None, f"{because}；{names[department]}当日无在岗代表")
    return Routed(department, person, because)


def on_duty(people: Sequence[Person], department: str, day: date, load: Mapping[int, int]) -> Person | None:
    """The A post, else the B post, not on leave; among equals whoever has least open (AB 岗, R040)."""
    fit: list[tuple[bool, int, str, Person]] = []
    for person in people:
        for duty in person.duties:
            held = duty.role is Role.REPRESENTATIVE and duty.department == department
            if held and person.active and not duty.on_leave(day):
                fit.append((duty.post is Post.B, load.get(person.id, 0), person.userid, person))
    return min(fit, key=lambda entry: entry[:3])[3] if fit else None
