"""What must have been so: counted anew from the audit rows and the official calendar, without the product's own."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
from sqlalchemy import text

from tests.simulate.year import LAST, TICK, Year

ZONE = ZoneInfo("Asia/Shanghai")
SPANS = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
# From the shipped deadlines.yaml: the ladder of an answer nobody gives, in working days after its last.
LADDER = (
    ("holder", 1),
    ("service_officer", 1),
    ("b_post", 2),
    ("department_chief", 3),
    ("department_leader", 4),
    ("supervisor", 5),
)


def violations(year: Year) -> list[str]:
    found = list(year.left_over)
    fired = _fired(year)
    told = Counter((no, kind, about, to, due) for no, kind, about, to, due, _ in fired)
    found += [f"issue {key[0]} told {n} times: {key[1:]}" for key, n in told.items() if n > 1]
    urgent = _urgent(year)
    for no, kind, about, to, due, at in fired:
        round_the_clock = no in urgent and about == "respond"
        if not round_the_clock and not _open(at):
            found.append(f"issue {no} {kind} {about} {to} at {at.isoformat()}: the office is closed")
        first = due if round_the_clock else _first_office(due)
        if at != _next_tick(first):
            found.append(f"issue {no} {kind} {about} {to} due {due.isoformat()} told {at.isoformat()}")
    found += _silent(year, fired)
    found += _without_next_step(year)
    return found


def figures(year: Year) -> dict[str, int]:
    fired = Counter(f"{kind} {about}" for _, kind, about, *_ in _fired(year))
    closed = sum(not _open(at) for *_, at in _fired(year))
    with year.parts.store.engine.connect() as connection:
        rows = int(connection.execute(text("SELECT count(*) FROM outbox")).scalar() or 0)
        audit = int(connection.execute(text("SELECT count(*) FROM audit")).scalar() or 0)
    return {**dict(sorted(year.figures.items())), **dict(sorted(fired.items())), "told outside office hours (urgent)": closed,
            "outbox rows": rows, "audit rows": audit}  # fmt: skip


def _fired(year: Year) -> list[tuple[int, str, str, str, datetime, datetime]]:
    query = text(
        "SELECT subject, action, details, at FROM audit WHERE actor = 'clock' AND details LIKE '%due%'"
    )
    with year.parts.store.engine.connect() as connection:
        rows = connection.execute(query).all()
    found = []
    for row in rows:
        details = json.loads(row.details)
        due, at = (
            datetime.fromisoformat(details["due"]),
            datetime.fromisoformat(str(row.at)).replace(tzinfo=UTC),
        )
        kind = row.action.removeprefix("issue.")
        found.append((int(row.subject.split(":")[1]), kind, details["about"], details["to"], due, at))
    return found


def _urgent(year: Year) -> set[int]:
    with year.parts.store.engine.connect() as connection:
        return set(connection.execute(text("SELECT no FROM issues WHERE urgent")).scalars())


def _silent(year: Year, fired: list[tuple[int, str, str, str, datetime, datetime]]) -> list[str]:
    """Those nobody ever touched: the whole ladder, every level on its day, worked out from the calendar alone."""
    answers: dict[int, set[tuple[str, datetime]]] = {}
    for no, kind, about, to, _, at in fired:
        if kind == "escalate" and about == "answer":
            answers.setdefault(no, set()).add((to, at))
    found = []
    for no, (filed, answer_by) in year.clocks.items():
        for to, after in LADDER:
            day = _working_day(answer_by.astimezone(ZONE).date(), after)
            expected = datetime.combine(day, SPANS[0][0], ZONE).astimezone(UTC) if day else None
            if (
                expected
                and expected < min(LAST, filed + timedelta(days=36))
                and (to, expected) not in answers.get(no, set())
            ):
                found.append(f"issue {no}: {to} not told at {expected.isoformat()}")
    return found


def _without_next_step(year: Year) -> list[str]:
    query = text(
        "SELECT no FROM issues WHERE status IN ('triage', 'assigned', 'accepted', 'answered') AND next_step_at IS NULL"
    )
    with year.parts.store.engine.connect() as connection:
        return [f"issue {no} has no next step" for no in connection.execute(query).scalars()]


def _working_day(day: date, n: int) -> date | None:
    """None beyond the official calendar."""
    while n:
        day += timedelta(days=1)
        if day.year > 2026:
            return None
        n -= chinese_calendar.is_workday(day)
    return day


def _open(at: datetime) -> bool:
    local = at.astimezone(ZONE)
    return _workday(local.date()) and any(opens <= local.time() < closes for opens, closes in SPANS)


def _workday(day: date) -> bool:
    return day.year <= 2026 and bool(chinese_calendar.is_workday(day))


def _first_office(at: datetime) -> datetime:
    while not _open(at):
        local = at.astimezone(ZONE)
        later = [
            datetime.combine(local.date(), opens, ZONE)
            for opens, _ in SPANS
            if _workday(local.date()) and opens > local.time()
        ]
        at = later[0] if later else datetime.combine(local.date() + timedelta(days=1), time(0), ZONE)
    return at.astimezone(UTC)


def _next_tick(at: datetime) -> datetime:
    ticks, rest = divmod(at - datetime(2025, 1, 1, tzinfo=UTC), TICK)
    return datetime(2025, 1, 1, tzinfo=UTC) + (ticks + bool(rest)) * TICK
