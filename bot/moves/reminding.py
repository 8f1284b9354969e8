"""Reminders: what the clock says to people by itself waits and is told merged, one message a person (R018)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from bot.cards import reminder_cards
from bot.platform import Say
from bot.records import to_record
from bot.texts import reminders as texts
from domain.calendar import WorkCalendar
from domain.clock_rules import ClockRules
from domain.errors import InvalidAnswer
from storage.outbox import NewMessage
from storage.reminders import Reminder
from storage.store import Transaction

TOLD, NO_MORE = "reminded", "no_more_reminders"
_SUBJECT = "reminders"


def later(tx: Transaction, rows: Sequence[NewMessage], at: datetime) -> None:
    """Words to a person wait to be merged; cards, group posts, papers and what is urgent go out as they are."""
    waits = [row for row in rows if row.kind == "person" and row.speech.get("_") == "Say" and not row.urgent]
    tx.reminders.add(
        [Reminder(row.target, row.subject, str(row.speech["text"]), row.due_at, row.once) for row in waits],
        at,
    )
    tx.outbox.add([row for row in rows if row not in waits], at)


@dataclass(frozen=True)
class Desk:
    """As of one instant."""

    tx: Transaction
    rules: ClockRules
    calendar: WorkCalendar
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.calendar.zone).date()

    def tell(self, userid: str) -> list[NewMessage]:
        """Everything that waits for this person, unless it is not the time for it. Claimed: told once, whoever tries."""
        if self._enough(userid):
            return []
        if not self._asked_for(userid) and not self._turn(userid):
            return []
        told = self.tx.reminders.tell(userid, self.now)
        return _messages(self.tx, userid, list(dict.fromkeys(one.text for one in told)), self.now)

    def _asked_for(self, userid: str) -> bool:
        """稍后提醒: the moment it was put off to has come."""
        due = self.tx.reminders.put_off(userid, self.now)
        return due is not None and self.tx.runs.claim(TOLD, userid, f"{due:%Y-%m-%dT%H:%M:%S}", self.now)

    def _turn(self, userid: str) -> bool:
        """One message at each of the site's moments, and not more than its cap a day; the rest waits."""
        if self._slot is None:
            return False
        midnight = datetime.combine(self.today, time(), self.calendar.zone)
        if self.tx.runs.count(TOLD, userid, midnight - timedelta(seconds=1)) >= self.rules.most_a_day:
            return False
        return self.tx.runs.claim(TOLD, userid, f"{self.today} {self._slot:%H:%M}", self.now)

    @property
    def _slot(self) -> time | None:
        local = self.now.astimezone(self.calendar.zone).time()
        return max((one for one in self.rules.remind_at if one <= local), default=None)

    # ------------------------------------------------------------ put off, or enough for today

    def put_off(self, userid: str) -> tuple[int, datetime]:
        """How many wait now, and until when; asked for again before it has come, the same. Raises InvalidAnswer."""
        last, due = self._last(userid), self._later(userid)
        if last is not None:
            return self.tx.reminders.again(userid, last, due), due
        count, waits = self.tx.reminders.waiting_again(userid)
        return count, max(waits or due, due if self._enough(userid) else self.now).astimezone(
            self.calendar.zone
        )

    def no_more(self, userid: str) -> datetime:
        """When the next may come. Raises InvalidAnswer."""
        self._last(userid)
        self.tx.runs.claim(NO_MORE, userid, self.today.isoformat(), self.now)
        return self._tomorrow

    def _later(self, userid: str) -> datetime:
        if self._enough(userid):
            return self._tomorrow
        wanted = self.now.replace(second=0, microsecond=0) + timedelta(minutes=self.rules.later_minutes)
        return self.calendar.next_office_moment(wanted).astimezone(self.calendar.zone)

    def _enough(self, userid: str) -> bool:
        return self.tx.runs.done(NO_MORE, userid, self.today.isoformat())

    @property
    def _tomorrow(self) -> datetime:
        day = self.calendar.add_working_days(self.today, 1)
        return datetime.combine(day, self.rules.remind_at[0], self.calendar.zone)

    def _last(self, userid: str) -> datetime | None:
        """When something was told today that still counts as told; None when all of it was put off."""
        midnight = datetime.combine(self.today, time(), self.calendar.zone)
        last = self.tx.reminders.last_told(userid, midnight)
        if last is None and not self.tx.runs.count(TOLD, userid, midnight - timedelta(seconds=1)):
            raise InvalidAnswer(texts.NONE_TODAY)
        return last


def _messages(tx: Transaction, userid: str, told: list[str], now: datetime) -> list[NewMessage]:
    """One is said as it is; several are one message (two, when they do not fit) and a card to put them off."""
    if len(told) < 2:
        return [_row(userid, to_record(Say(text, markdown=True)), now) for text in told]
    rows = [_row(userid, to_record(Say(text, markdown=True)), now) for text in texts.merged(told)]
    person = tx.people.by_userid(userid)
    if person is None:
        return rows
    task = f"reminders_{uuid4().hex[:12]}"
    tx.cards.open(task, person.id, f"{_SUBJECT}:{person.id}", now)
    return [*rows, _row(userid, to_record(reminder_cards.merged(len(told), task)), now)]


def _row(userid: str, speech: dict[str, object], now: datetime) -> NewMessage:
    return NewMessage("person", userid, speech, _SUBJECT, now)
