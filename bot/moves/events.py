"""培训 and 政企互动 (R155, R161): put down, announced once to each open project, moved or cancelled with a word to those
told; after the day whoever planned it is asked once how many came."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta

from bot.moves.work import CaseWork
from bot.texts import events as texts
from bot.understanding.days import day_in, first_hit
from domain.errors import InvalidAnswer
from domain.events import Event, EventKind, EventState
from domain.people import Person, Role
from domain.project import Project
from storage.outbox import NewMessage

LONGEST_TOPIC = 120
LONGEST_REASON = 100
MOST_PEOPLE = 20_000
FURTHEST = timedelta(days=366)
# How far back somebody is still asked how many came; older ones stand in the plan.
ASKED_FOR = timedelta(days=30)
RECORD_ASKED = "event_record"


def read_day(work: CaseWork, words: str) -> tuple[date, str] | None:
    """The day these words begin with, and the rest; None for none that may be planned."""
    hit = first_hit(words)
    found = day_in(words, work.today, work.calendar) if hit and hit.start() == 0 else None
    if hit is None or found is None or not work.today < found <= work.today + FURTHEST:
        return None
    return found, words[hit.end() :].strip(" ,，:：;；。")


def plan(work: CaseWork, kind: EventKind, words: str) -> Event:
    """“10月20日 施工许可网上申报 住建局”. Raises InvalidAnswer with the way to write it."""
    assert work.actor is not None
    found = read_day(work, words)
    if found is None:
        raise InvalidAnswer(texts.wrong_day(kind))
    topic, department = _topic(work, found[1])
    if not 2 <= len(topic) <= LONGEST_TOPIC:
        raise InvalidAnswer(texts.how(kind))
    event = Event(0, kind, topic, found[0], department, work.actor.id, work.now)
    for one in work.tx.events.of_year(kind, event.day.year):
        if (one.day, one.topic) == (event.day, topic) and one.state is not EventState.CANCELLED:
            raise InvalidAnswer(texts.planned_already(one))
    event = work.tx.events.add(event)
    work.audit(0, "event.plan", _subject(event), {"kind": kind})
    return event


def _topic(work: CaseWork, words: str) -> tuple[str, str | None]:
    """The last word may name who holds it."""
    *before, last = words.split() or [""]
    for one in work.site.departments.values():
        if before and last in (one.name, one.short, *one.aliases):
            return " ".join(before), one.key
    return words, None


def announced_on(work: CaseWork, event: Event) -> date:
    """The first day it is told of."""
    next_day = work.calendar.next_office_moment(work.now).astimezone(work.calendar.zone).date()
    wanted = work.calendar.add_working_days(event.day, -work.site.returns.event_days)
    return min(event.day, max(next_day, wanted))


def move(work: CaseWork, event: Event, day: date) -> tuple[Event, list[NewMessage]]:
    moved = event.move(day)
    return _changed(work, moved, "event.move", lambda: texts.moved_told(moved, work.site, event.day))


def cancel(work: CaseWork, event: Event, reason: str) -> tuple[Event, list[NewMessage]]:
    """Whoever was told of a day that is past knows already."""
    if not 2 <= len(reason) <= LONGEST_REASON:
        raise InvalidAnswer(texts.how_to_cancel(event))
    return _changed(
        work, event.cancel(), "event.cancel", lambda: texts.cancelled_told(event, work.site, reason)
    )


def _changed(
    work: CaseWork, event: Event, action: str, text: Callable[[], str]
) -> tuple[Event, list[NewMessage]]:
    """An announcement that still waits to be told is not; of an end whoever heard nothing need not hear."""
    work.tx.events.save(event)
    work.audit(0, action, _subject(event), {"state": event.state})
    unheard = work.tx.reminders.drop(_subject(event))
    over = event.state is EventState.CANCELLED
    if over and event.day < work.today:
        return event, []
    invited = work.tx.projects.many(work.tx.events.invited(event.id)).values()
    people = {one.id: one for project in invited for one in _contacts(work, project)}
    told = [one for _, one in sorted(people.items()) if not (over and one.userid in unheard)]
    return event, [work.tell(one, text(), _subject(event)) for one in told]


def hold(work: CaseWork, event: Event, attendance: int) -> Event:
    if event.day > work.today:
        raise InvalidAnswer(texts.too_early(event))
    if attendance > MOST_PEOPLE:
        raise InvalidAnswer(f"到场人数请写0到{MOST_PEOPLE}之间的数字。")
    event = event.hold(attendance)
    work.tx.events.save(event)
    work.audit(0, "event.hold", _subject(event), {"attendance": attendance})
    return event


def look(work: CaseWork) -> list[NewMessage]:
    """By the clock: what is near is announced to every open project that was not told, what is over is asked about."""
    last = work.calendar.add_working_days(work.today, work.site.returns.event_days)
    near = work.tx.events.planned_between(work.today, last)
    open_ones = work.tx.projects.with_open_case() if near else set()
    rows = [row for event in near for row in _announce(work, event, open_ones)]
    over = work.tx.events.planned_between(work.today - ASKED_FOR, work.today - timedelta(days=1))
    return rows + [row for event in over for row in _ask(work, event)]


def _announce(work: CaseWork, event: Event, project_ids: Collection[int]) -> list[NewMessage]:
    """A contact of several projects hears of it once."""
    new = work.tx.projects.many(work.tx.events.invite(event.id, project_ids))
    told: dict[int, NewMessage] = {}
    for _, project in sorted(new.items()):
        officer = work.tx.people.get(project.officer_id)
        text = texts.announcement(event, work.site, project, officer.name)
        for person in _contacts(work, project):
            told.setdefault(person.id, work.tell(person, text, _subject(event)))
    return list(told.values())


def _ask(work: CaseWork, event: Event) -> list[NewMessage]:
    planner = work.tx.people.get(event.planned_by)
    period = event.day.isoformat()
    if not planner.active or not work.tx.runs.claim(RECORD_ASKED, _subject(event), period, work.now):
        return []
    return [work.tell(planner, texts.how_many_came(event, work.site), _subject(event))]


def _contacts(work: CaseWork, project: Project) -> list[Person]:
    return [one for one in work.signatories(project, Role.ENTERPRISE_CONTACT) if one.active]


def item_named(work: CaseWork, words: str) -> str | None:
    """The approval item a question names; the longest name wins."""
    names = [
        (len(name), item.id)
        for item in work.site.catalogue.items.values()
        for name in (item.name, item.spoken, *item.aliases)
        if len(name) > 1 and name in words
    ]
    return max(names)[1] if names else None


def _subject(event: Event) -> str:
    return f"event:{event.id}"
