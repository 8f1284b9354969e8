"""Messages to send: add, claim, mark, find the stuck.

waiting → claimed → sending → sent | failed | unknown;  waiting → dropped. A row is `sending` only from just before
its request until its answer is noted, so a crash leaves exactly the cut-off send in doubt (contract §8).
Leases (`claimed_until`) go by the real clock, `due_at` by the office's: in the sandbox the two differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, select, text, update

from storage.tables import outbox
from storage.upsert import insert_new


class OutboxState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


@dataclass(frozen=True)
class NewMessage:
    """`kind`: person | group | response | card_update | recall | … `once`: told once, whoever tries."""

    kind: str
    target: str = field(repr=False)
    speech: Mapping[str, Any] = field(repr=False)
    subject: str
    due_at: datetime
    once: str | None = None
    inbox_id: int | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Waiting:
    id: int
    kind: str
    target: str = field(repr=False)
    speech: Mapping[str, Any] = field(repr=False)
    subject: str
    attempts: int
    created_at: datetime
    due_at: datetime
    state: str
    error: str
    receipt: Mapping[str, Any] = field(repr=False)
    sent_at: datetime | None
    inbox_id: int | None


_COLUMNS = [outbox.c[name] for name in Waiting.__dataclass_fields__]
# The platform drops silently above 30 a minute and 1000 an hour to one member (wecom-protocol.md §3.2): stay below.
PER_MINUTE, PER_HOUR = 25, 900
_CLAIM_LOCK = 7_203_100_001  # pg advisory lock: one claim at a time keeps the order per recipient


@dataclass(frozen=True)
class Outcome:
    """What became of a send. `retry_at` brings it back to waiting. `receipt`: what the platform said, or since when
    it is in doubt. `crowded`: the platform wants no more calls this minute."""

    id: int
    state: OutboxState
    error: str = ""
    receipt: Mapping[str, Any] = field(default_factory=dict, repr=False)
    retry_at: datetime | None = None
    crowded: bool = False


class Outbox:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, messages: Sequence[NewMessage], at: datetime) -> list[int]:
        """Ids of those that were new; one whose `once` is known already is left out."""
        rows = [_row(message, at) for message in messages]
        return sorted(row.id for row in insert_new(self._c, outbox, rows, outbox.c.id))

    def claim(
        self, worker: str, now: datetime, real_now: datetime, limit: int, lease: timedelta
    ) -> list[int]:
        """Ids in the order to send, at most PER_MINUTE to one target within a minute, none to a target that
        another worker is serving."""
        if self._c.dialect.name == "postgresql":
            self._c.execute(select(func.pg_advisory_xact_lock(_CLAIM_LOCK)))
        other = outbox.alias()
        served = select(other.c.id).where(
            other.c.target == outbox.c.target, other.c.state.in_((OutboxState.CLAIMED, OutboxState.SENDING))
        )
        query = (
            select(outbox.c.id, outbox.c.target)
            .where(outbox.c.state == OutboxState.WAITING, outbox.c.due_at <= now, ~served.exists())
            .order_by(outbox.c.urgent.desc(), outbox.c.due_at, outbox.c.id)
            .limit(limit)
        )
        # Whose minute is full must not stand in the way of the others.
        full: set[str] = set()
        while rows := self._c.execute(query.where(outbox.c.target.not_in(full))).all():
            ids = self._with_room(rows, now)
            if ids:
                return self._take(ids, worker, real_now + lease)
            full |= {row.target for row in rows}
        return []

    def pass_on(
        self,
        worker: str,
        done: Outcome | None,
        next_id: int | None,
        now: datetime,
        real_now: datetime,
        lease: timedelta,
    ) -> Waiting | None:
        """Note what became of one send and take the next, in one commit. None when the next is not ours now."""
        if done:
            self.note(done, now, worker)
        if next_id is None:
            return None
        row = self._c.execute(
            update(outbox)
            .where(
                outbox.c.id == next_id,
                outbox.c.state == OutboxState.CLAIMED,
                outbox.c.claimed_by == worker,
            )
            .values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1, claimed_until=real_now + lease)
            .returning(*_COLUMNS)
        ).first()
        return _waiting(row) if row else None

    def note(self, done: Outcome, at: datetime, worker: str | None = None) -> None:
        """A worker that comes back after its lease must not bring back what another has sent since: all but an
        arrival is noted only while the send is under way (with `worker`: in its hands)."""
        values: dict[str, Any] = {"state": done.state, "error": done.error, "claimed_by": None}
        if done.retry_at:
            values |= {"state": OutboxState.WAITING, "due_at": done.retry_at}
        if done.state is OutboxState.SENT:
            values["sent_at"] = at
        if done.receipt:
            values["receipt"] = dict(done.receipt)
        query = update(outbox).where(outbox.c.id == done.id)
        if done.state is not OutboxState.SENT:
            query = query.where(outbox.c.state == OutboxState.SENDING)
            query = query.where(outbox.c.claimed_by == worker) if worker else query
        self._c.execute(query.values(**values))

    def let_go(self, worker: str) -> None:
        """Give back what was claimed and not begun."""
        self._c.execute(
            update(outbox)
            .where(outbox.c.claimed_by == worker, outbox.c.state == OutboxState.CLAIMED)
            .values(state=OutboxState.WAITING, claimed_by=None)
        )

    def expired(self, real_now: datetime) -> list[Waiting]:
        """Sends whose worker died. What was only claimed goes back to waiting; what was in flight is returned."""
        late = outbox.c.claimed_until < real_now
        self._c.execute(
            update(outbox)
            .where(outbox.c.state == OutboxState.CLAIMED, late)
            .values(state=OutboxState.WAITING, claimed_by=None)
        )
        query = select(*_COLUMNS).where(outbox.c.state == OutboxState.SENDING, late)
        query = query.with_for_update(skip_locked=True) if self._c.dialect.name == "postgresql" else query
        return [_waiting(row) for row in self._c.execute(query)]

    def get(self, outbox_id: int) -> Waiting | None:
        row = self._c.execute(select(*_COLUMNS).where(outbox.c.id == outbox_id)).first()
        return _waiting(row) if row else None

    def in_state(self, states: Sequence[str], limit: int = 100) -> list[Waiting]:
        query = select(*_COLUMNS).where(outbox.c.state.in_(states)).order_by(outbox.c.id.desc()).limit(limit)
        return [_waiting(row) for row in self._c.execute(query)]

    def of_inbox(self, inbox_id: int) -> list[Waiting]:
        query = select(*_COLUMNS).where(outbox.c.inbox_id == inbox_id).order_by(outbox.c.id)
        return [_waiting(row) for row in self._c.execute(query)]

    def about(self, subject: str) -> list[Waiting]:
        query = select(*_COLUMNS).where(outbox.c.subject == subject).order_by(outbox.c.id)
        return [_waiting(row) for row in self._c.execute(query)]

    def hurry(self, subject: str, now: datetime) -> int:
        """立即发送: what waits for its moment goes now. Returns how many."""
        return self._change_waiting(subject, due_at=now)

    def drop(self, subject: str) -> int:
        """撤销: what still waits is not sent. Returns how many."""
        return self._change_waiting(subject, state=OutboxState.DROPPED, once=None)

    def retry(self, outbox_id: int, now: datetime) -> bool:
        stuck = (OutboxState.FAILED, OutboxState.UNKNOWN)
        return self._set(
            outbox_id, stuck, state=OutboxState.WAITING, due_at=now, error="", attempts=0, receipt={}
        )

    def drop_one(self, outbox_id: int) -> bool:
        stuck = (OutboxState.FAILED, OutboxState.UNKNOWN, OutboxState.WAITING)
        return self._set(outbox_id, stuck, state=OutboxState.DROPPED)

    def count_due(self, now: datetime) -> int:
        query = select(func.count()).where(outbox.c.state == OutboxState.WAITING, outbox.c.due_at <= now)
        return int(self._c.execute(query).scalar_one())

    def any_due(self, now: datetime) -> bool:
        query = (
            select(outbox.c.id).where(outbox.c.state == OutboxState.WAITING, outbox.c.due_at <= now).limit(1)
        )
        return self._c.execute(query).first() is not None

    def oldest_due(self, now: datetime) -> datetime | None:
        return self._c.execute(
            select(func.min(outbox.c.due_at)).where(
                outbox.c.state == OutboxState.WAITING, outbox.c.due_at <= now
            )
        ).scalar()

    def count_by_state(self) -> dict[str, int]:
        rows = self._c.execute(text("SELECT state, count(*) AS n FROM outbox GROUP BY state"))
        return {row.state: row.n for row in rows}

    def _change_waiting(self, subject: str, **values: Any) -> int:
        changed = self._c.execute(
            update(outbox)
            .where(outbox.c.subject == subject, outbox.c.state == OutboxState.WAITING)
            .values(**values)
        )
        return changed.rowcount

    def _set(self, outbox_id: int, states: Sequence[str], **values: Any) -> bool:
        changed = self._c.execute(
            update(outbox).where(outbox.c.id == outbox_id, outbox.c.state.in_(states)).values(**values)
        )
        return changed.rowcount == 1

    def _with_room(self, rows: Sequence[Any], now: datetime) -> list[int]:
        """Whoever is near the hour's limit waits like one whose minute is full."""
        minute, hour = self._sent_lately({row.target for row in rows}, now)
        ids = []
        for row in rows:
            minute[row.target] += 1
            hour[row.target] += 1
            if minute[row.target] <= PER_MINUTE and hour[row.target] <= PER_HOUR:
                ids.append(int(row.id))
        return ids

    def _take(self, ids: Sequence[int], worker: str, until: datetime) -> list[int]:
        """Those still waiting: between looking and taking, one may have been dropped (撤销)."""
        taken = self._c.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids), outbox.c.state == OutboxState.WAITING)
            .values(state=OutboxState.CLAIMED, claimed_by=worker, claimed_until=until)
            .returning(outbox.c.id)
        )
        ours = set(taken.scalars())
        return [row_id for row_id in ids if row_id in ours]

    def _sent_lately(self, targets: set[str], now: datetime) -> tuple[Counter[str], Counter[str]]:
        """To each of them within a minute, and within an hour."""
        # Later than now: the sandbox's clock was put back.
        lately = outbox.c.sent_at > now - timedelta(minutes=1)
        query = (
            select(outbox.c.target, func.count().filter(lately).label("minute"), func.count().label("hour"))
            .where(
                outbox.c.target.in_(targets),
                outbox.c.sent_at.between(now - timedelta(hours=1), now + timedelta(minutes=1)),
            )
            .group_by(outbox.c.target)
        )
        rows = self._c.execute(query).all()
        return Counter({r.target: r.minute for r in rows}), Counter({r.target: r.hour for r in rows})


def _row(message: NewMessage, at: datetime) -> dict[str, Any]:
    return {
        "kind": message.kind,
        "target": message.target,
        "speech": dict(message.speech),
        "subject": message.subject,
        "once": message.once,
        "inbox_id": message.inbox_id,
        "urgent": message.urgent,
        "due_at": message.due_at,
        "state": OutboxState.WAITING,
        "attempts": 0,
        "error": "",
        "receipt": {},
        "created_at": at,
    }


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(**row._mapping)
