"""Joint meetings and their ballots; a meeting is saved by compare-and-set on `version`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.meetings import LIVE_MEETINGS, Ballot, Meeting, MeetingState
from storage.columns import among
from storage.errors import Stale
from storage.tables import meeting_ballots, meetings
from storage.upsert import upsert

_COLUMNS = tuple(one.name for one in fields(Meeting) if one.name not in {"id", "version"})


class Meetings:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, meeting: Meeting) -> Meeting:
        """`meeting.id` is not looked at."""
        query = insert(meetings).values(**_row(meeting), version=0).returning(meetings.c.id)
        return replace(meeting, id=int(self._c.execute(query).scalar_one()), version=0)

    def save(self, meeting: Meeting) -> Meeting:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(meetings)
            .where(meetings.c.id == meeting.id, meetings.c.version == meeting.version)
            .values(**_row(meeting), version=meeting.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("meeting")
        return replace(meeting, version=meeting.version + 1)

    def get(self, meeting_id: int) -> Meeting | None:
        row = self._c.execute(select(meetings).where(meetings.c.id == meeting_id)).first()
        return _meeting(row) if row else None

    def of_issue(self, issue_no: int) -> list[Meeting]:
        """Oldest first."""
        query = select(meetings).where(meetings.c.issue_no == issue_no).order_by(meetings.c.id)
        return [_meeting(row) for row in self._c.execute(query)]

    def live(self, issue_no: int) -> Meeting | None:
        return next((one for one in reversed(self.of_issue(issue_no)) if one.state in LIVE_MEETINGS), None)

    def in_state(self, state: MeetingState, project_ids: Iterable[int]) -> list[Meeting]:
        query = select(meetings).where(
            meetings.c.state == state, meetings.c.project_id.in_(among(project_ids))
        )
        return [_meeting(row) for row in self._c.execute(query.order_by(meetings.c.id))]

    def asked(self, person_id: int) -> list[Meeting]:
        """Where this person has still to say which times suit."""
        mine = select(meeting_ballots).where(meeting_ballots.c.person_id == person_id)
        open_ = {row.meeting_id for row in self._c.execute(mine) if row.slots is None}
        query = select(meetings).where(meetings.c.state == MeetingState.VOTING, meetings.c.id.in_(open_))
        return [_meeting(row) for row in self._c.execute(query.order_by(meetings.c.id))]

    def fixed_between(self, first: datetime, last: datetime) -> list[Meeting]:
        """Those that take place then."""
        query = select(meetings).where(
            meetings.c.state == MeetingState.FIXED, meetings.c.at > first, meetings.c.at <= last
        )
        return [_meeting(row) for row in self._c.execute(query.order_by(meetings.c.id))]

    # ------------------------------------------------------------ who can come

    def keep(self, ballot: Ballot) -> None:
        key = {"meeting_id": ballot.meeting_id, "person_id": ballot.person_id}
        upsert(self._c, meeting_ballots, key, {"slots": None if ballot.slots is None else list(ballot.slots)})

    def ballots(self, meeting_id: int) -> list[Ballot]:
        """In the order people were asked."""
        query = select(meeting_ballots).where(meeting_ballots.c.meeting_id == meeting_id)
        rows = self._c.execute(query.order_by(meeting_ballots.c.id))
        return [
            Ballot(row.meeting_id, row.person_id, None if row.slots is None else tuple(row.slots))
            for row in rows
        ]


def _row(meeting: Meeting) -> dict[str, Any]:
    values = {name: getattr(meeting, name) for name in _COLUMNS}
    return values | {"slots": [slot.isoformat() for slot in meeting.slots]}


def _meeting(row: Row[Any]) -> Meeting:
    values = dict(row._mapping)
    values["slots"] = tuple(datetime.fromisoformat(one) for one in row.slots)
    return Meeting(**{**values, "state": MeetingState(row.state)})
