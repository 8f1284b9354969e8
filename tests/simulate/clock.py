"""A year of the clock's own words: three hundred cases, officers, supervisors, an outage now and then. What must have been
so is counted anew from the rows and the official calendar, without the product's own."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar
from sqlalchemy import event, text

from bot.bootstrap import wire
from bot.settings import Settings
from domain.errors import DomainError
from domain.fees import Fee
from domain.items import NEXT, ItemEvent, ItemState
from domain.people import Duty, Role
from scheduler import lines
from scheduler.timetable import TIMETABLE, latest_firing
from storage.migrating import migrate
from storage.store import Store, Transaction
from tests import factories
from tests.bench import stage

ZONE = ZoneInfo("Asia/Shanghai")
SPANS = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
SPOKEN = (
    "item_deadlines", "deferrals", "fees", "check_ins", "decision_limits", "delivery_limits", "waiting_for_enterprise",
    "weekly_summary", "supervisor_digests", "morning_lists", "reminders",
)  # fmt: skip
# When the scheduler looks; in between nothing of these falls due.
LOOKS = ("03:00", "08:30", "08:40", "08:45", "08:50", "09:00", "11:30", "12:30", "14:40", "16:20", "16:40", "19:00")  # fmt: skip
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SEEDED = datetime(2025, 12, 1, 1, tzinfo=UTC)
MATERIALS = ("排水许可申请表", "营业执照")
ITEMS = ("sg_xuke", "paishui_xuke")
NEAR_THE_END = date(2026, 12, 28)
OFFICERS, MOST_A_DAY, PER_MINUTE = 10, 3, 25
_BUSY = (ItemState.ACCEPTED, ItemState.IN_REVIEW, ItemState.CORRECTION, ItemState.CORRECTION_DONE, ItemState.COMPLETED)  # fmt: skip


@dataclass
class ClockYear:
    folder: Path
    cases: int
    seed: int
    off: set[date] = field(
        default_factory=set
    )  # the scheduler was off from the afternoon to the next morning
    items: list[int] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    last: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        url = f"sqlite:///{self.folder / 'clock.db'}"
        store = Store(url)
        migrate(store)
        stage.load_site(store, stage.CONFIG, SEEDED)
        with store.transaction() as tx:
            self._stage(tx)
        store.close()
        env = stage.env_for(self.folder, url, REDIS_URL="redis://127.0.0.1:1")
        self.parts = wire(Settings.from_env(env))
        event.listen(self.parts.store.engine, "connect", _careless)

    def _stage(self, tx: Transaction) -> None:
        officers = [
            factories.person(
                tx, userid=f"officer{n}", name="某某", duties=(Duty(Role.SERVICE_OFFICER, "zwfw"),)
            )
            for n in range(OFFICERS)
        ]
        factories.person(tx, userid="supervisor", name="督办", duties=(Duty(Role.SUPERVISOR, "zwfw"),))
        for department in ("zjj", "swj"):
            duty = (Duty(Role.REPRESENTATIVE, department),)
            factories.person(tx, userid=f"rep.{department}", name="代表", duties=duty)
        enterprise = factories.enterprise(tx)
        for n in range(self.cases):
            contact = factories.person(tx, userid=f"contact{n}", name="经办")
            project = factories.project(
                tx, code=f"CLK-2026-{n:03d}", officer_id=officers[n % OFFICERS].id, enterprise_id=enterprise,
                contact_id=contact.id,
            )  # fmt: skip
            factories.group(tx, project_id=project.id, appchat=f"clk{n}", since=SEEDED)
            case = factories.case(tx, project_id=project.id, accepted_on=FIRST)
            planned = FIRST + timedelta(days=self.dice.randrange(365))
            self.items += [
                tx.cases.add_item(case, item, at, planned=(planned, None)) for at, item in enumerate(ITEMS, 1)
            ]
            tx.materials.add([factories.material(case_item_id=self.items[-1], name=one) for one in MATERIALS])
            due = FIRST + timedelta(days=self.dice.randrange(14, 340))
            tx.fees.add(Fee(0, project.id, self.items[-1], due, "占道费", officers[0].id, SEEDED))

    def run(self) -> None:
        day = FIRST
        while day <= LAST:
            if self.dice.random() < 0.04:
                self.off.add(day)
            for moment in LOOKS if is_workday(day) else ("10:00", "16:20"):
                at = datetime.combine(day, time.fromisoformat(moment), ZONE)
                if not self._is_off(at):
                    self._look(at)
                if moment == "11:30" and is_workday(day):
                    self._people_work(day)
            day += timedelta(days=1)

    def close(self) -> None:
        self.parts.close()

    def _is_off(self, at: datetime) -> bool:
        """From 16:00 to 10:00 of the day after."""
        day = at.date()
        before = day - timedelta(days=1)
        return (day in self.off and at.hour >= 16) or (before in self.off and at.hour < 10)

    def _look(self, at: datetime) -> None:
        """As the scheduler does: a line of a fixed moment once per firing."""
        for line in TIMETABLE:
            if line.name not in SPOKEN:
                continue
            firing = latest_firing(line, at, ZONE)
            if firing is not None and self.last.get(line.name) != firing:
                lines.run(self.parts, line, at)
                self.last[line.name] = firing
                self.figures["looks"] += 1

    def _people_work(self, day: date) -> None:
        """A few items move every day."""
        for number in self.dice.sample(self.items, min(12, len(self.items))):
            with self.parts.store.transaction() as tx:
                item = tx.cases.item(number)
                states = [one for one in _BUSY if item and one in NEXT[item.state]]
                if item is None or not states:
                    continue
                try:
                    moved = item.record(ItemEvent(self.dice.choice(states), day, "代表", ""), day)
                except DomainError:
                    continue
                tx.cases.save_item(moved, item)
                self.figures["items moved"] += 1


# ---------------------------------------------------------------- what must have been so


def violations(year: ClockYear) -> list[str]:
    rows = _rows(year, "SELECT kind, target, subject, once, created_at, due_at FROM outbox")
    reminders = _rows(year, "SELECT userid, made_at, told_at, once FROM reminders")
    return [
        *_fees(year),
        *_quiet(rows),
        *_summaries(year, rows),
        *_reminded(rows, reminders),
        *_daily(rows),
        *_budgets(rows),
    ]


def _quiet(rows: list[dict[str, object]]) -> list[str]:
    closed = [r for r in rows if not _open_day(_local(r["due_at"]))]
    return [f"{r['subject']} due {r['due_at']}: the office is closed" for r in closed]


def _summaries(year: ClockYear, rows: list[dict[str, object]]) -> list[str]:
    """One text a group and week that has a working day; on its last one at 16:20, later only after an outage."""
    texts = Counter(
        str(r["once"])
        for r in rows
        if str(r["once"]).startswith("summary:") and "picture" not in str(r["once"])
    )
    weeks = _weeks()
    late = sum(last in year.off for _, last in weeks)
    # The last of the year may fall into an outage that ends in the next.
    sure = [(monday, last) for monday, last in weeks if last < date(2026, 12, 30) or last not in year.off]
    expected = {f"{m.isocalendar()[0]}-W{m.isocalendar()[1]:02d}" for m, _ in sure}
    found = [f"{once} {n} times" for once, n in texts.items() if n > 1]
    per_week = Counter(once.rsplit(":", 1)[1] for once in texts)
    found += [
        f"week {one}: {per_week[one]} of {year.cases}" for one in expected if per_week[one] != year.cases
    ]
    year.figures["weeks caught up"] = late
    year.figures["weekly summaries"] = sum(texts.values())
    on_time = {str(r["once"]): _local(r["due_at"]) for r in rows if str(r["once"]) in texts}
    posted = {datetime.combine(last, time(16, 20), ZONE).date() for _, last in weeks if last not in year.off}
    days = Counter(at.date() for at in on_time.values())
    found += [f"no summary on {day}" for day in posted if days[day] != year.cases]
    return found


def _reminded(rows: list[dict[str, object]], reminders: list[dict[str, object]]) -> list[str]:
    """Told once, in the office's hours, soon, and not more often a day than the cap."""
    waits = [r for r in reminders if r["told_at"] is None]
    found = [f"reminder {r['once']} never told" for r in waits if _local(r["made_at"]).date() < NEAR_THE_END]
    told = [r for r in reminders if r["told_at"]]
    found += [f"reminder told at {r['told_at']}" for r in told if not _open(_local(r["told_at"]))]
    days = Counter((r["target"], _local(r["created_at"])) for r in rows if r["subject"] == "reminders")
    moments = Counter((target, at.date()) for target, at in days)
    return found + [f"{key} reminded {n} times" for key, n in moments.items() if n > MOST_A_DAY]


def _fees(year: ClockYear) -> list[str]:
    """Before its day, on it and after it to the contact, then to the officer: four, on working days."""
    told = _rows(year, "SELECT subject, made_at FROM reminders WHERE subject LIKE 'fee:%'")
    found = [f"{r['subject']} told at {r['made_at']}" for r in told if not _open(_local(r["made_at"]))]
    counted = Counter(str(r["subject"]) for r in told)
    year.figures["reminders of fees"] = sum(counted.values())
    every = [f"fee:{r['id']}" for r in _rows(year, "SELECT id FROM fees")]
    return found + [f"{one} told {counted[one]} times" for one in every if counted[one] != 4]


def _daily(rows: list[dict[str, object]]) -> list[str]:
    """One list a morning for an officer, one digest for the supervisor: text and at most one card."""
    found = []
    for subject, most in (("morning_list", 2), ("digest", 5)):
        counted = Counter(
            (r["target"], _local(r["created_at"]).date()) for r in rows if r["subject"] == subject
        )
        found += [f"{subject} {key} {n} rows" for key, n in counted.items() if n > most]
    return found


def _budgets(rows: list[dict[str, object]]) -> list[str]:
    groups = Counter(_local(r["due_at"]) for r in rows if r["kind"] == "group")
    people = Counter((r["target"], _local(r["due_at"])) for r in rows if r["kind"] == "person")
    found = [f"{n} group posts at {at}" for at, n in groups.items() if n > 120]
    return found + [f"{n} messages to one at {key[1]}" for key, n in people.items() if n > PER_MINUTE]


def figures(year: ClockYear) -> dict[str, int]:
    rows = _rows(year, "SELECT kind, target, subject, once, created_at, due_at FROM outbox")
    reminders = _rows(year, "SELECT userid, made_at, told_at, once FROM reminders")
    told = {(r["target"], r["created_at"]) for r in rows if r["subject"] == "reminders"}
    people = Counter((r["target"], _local(r["created_at"]).date()) for r in rows if r["kind"] == "person")
    posts = Counter(_local(r["due_at"]) for r in rows if r["kind"] == "group")
    return {
        **dict(sorted(year.figures.items())),
        "outages over a night": len(year.off),
        "things reminded of": len(reminders),
        "messages they were merged into": len(told),
        "morning lists": sum(r["subject"] == "morning_list" for r in rows),
        "digest messages": sum(r["subject"] == "digest" for r in rows),
        "most messages to one person a day": max(people.values(), default=0),
        "most group posts a minute": max(posts.values(), default=0),
    }


def _rows(year: ClockYear, query: str) -> list[dict[str, object]]:
    with year.parts.store.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(query))]


def _local(instant: object) -> datetime:
    return datetime.fromisoformat(str(instant)).replace(tzinfo=UTC).astimezone(ZONE)


def is_workday(day: date) -> bool:
    return day.year <= 2026 and bool(chinese_calendar.is_workday(day))


def _open(at: datetime) -> bool:
    return is_workday(at.date()) and any(opens <= at.time() < closes for opens, closes in SPANS)


def _open_day(at: datetime) -> bool:
    """Spread posts may run on after closing; nothing begins before opening or at night."""
    return is_workday(at.date()) and SPANS[0][0] <= at.time() < time(18)


def _weeks() -> list[tuple[date, date]]:
    monday = FIRST - timedelta(days=FIRST.weekday())
    found = []
    while monday <= LAST:
        days = [monday + timedelta(days=n) for n in range(7)]
        working = [day for day in days if is_workday(day)]
        if working and working[-1] >= FIRST:
            found.append((monday, working[-1]))
        monday += timedelta(days=7)
    return found


def _careless(connection: object, _: object) -> None:
    """A simulation need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]
