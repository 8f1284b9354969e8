"""What every answer begins with, in as few round trips as can be: who speaks and where, then what was going on.

Two statements, not one: the person's row is the lock of a talk, and what the talk left behind may only be read once
the lock is held – a statement sees the database as it was when it began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from domain.people import Person
from domain.project import Project, WorkGroup
from storage.dialogs import OpenDialog, Recent, dialog_of, recent_of
from storage.groups import Groups, group_of, project_of
from storage.people import DUTY, People, person_of
from storage.tables import dialogs, duties, people, projects, recents, work_groups

_GROUP = [column.label(f"group_{column.name}") for column in work_groups.c]
_PROJECT = [column.label(f"project_{column.name}") for column in projects.c]
_WHO_AND_WHERE = (
    select(people, *DUTY, *_GROUP, *_PROJECT)
    .select_from(
        people.outerjoin(duties)
        .outerjoin(work_groups, work_groups.c.bot_chat == bindparam("chat"))
        .outerjoin(projects, projects.c.id == work_groups.c.project_id)
    )
    .where(people.c.userid == bindparam("userid"))
    .order_by(duties.c.id)
    .with_for_update(key_share=True, of=people)
)
_newest = dialogs.alias("newest")
_WAITING = (
    select(_newest.c.id)
    .where(
        _newest.c.person_id == people.c.id,
        _newest.c.updated_at > bindparam("dialogs_since"),
        or_(bindparam("project") == 0, _newest.c.project_id == bindparam("project")),
    )
    .order_by(_newest.c.updated_at.desc())
    .limit(1)
    .correlate(people)
    .scalar_subquery()
)
_GOING_ON = (
    select(
        *(column.label(f"dialog_{column.name}") for column in dialogs.c),
        *(column.label(f"recent_{column.name}") for column in recents.c),
    )
    .select_from(
        people.outerjoin(dialogs, dialogs.c.id == _WAITING).outerjoin(
            recents,
            and_(
                recents.c.person_id == people.c.id,
                recents.c.chat == bindparam("chat"),
                recents.c.updated_at > bindparam("recent_since"),
            ),
        )
    )
    .where(people.c.id == bindparam("person"))
)


@dataclass(frozen=True)
class Bound:
    group: WorkGroup
    project: Project


class Opening:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def who_and_where(self, userid: str, bot_chat: str | None) -> tuple[Person | None, Bound | None]:
        """The speaker, whose row is held from now on, and the bound group spoken in."""
        if bot_chat is None:
            return People(self._c).by_userid(userid, lock=True) if userid else None, None
        rows = self._c.execute(_WHO_AND_WHERE, {"userid": userid.lower(), "chat": bot_chat}).all()
        if not rows:
            found = Groups(self._c).with_project(bot_chat)
            return None, Bound(*found) if found else None
        first = rows[0]
        bound = Bound(group_of(first, "group_"), project_of(first)) if first.group_id is not None else None
        return person_of(rows), bound

    def going_on(
        self,
        person_id: int,
        chat: str,
        project_id: int | None,
        *,
        dialogs_since: datetime,
        recent_since: datetime,
    ) -> tuple[OpenDialog | None, Recent]:
        """The newest unfinished dialog (in a group only that project's), and what was talked of last."""
        values: dict[str, Any] = {
            "person": person_id,
            "chat": chat,
            "project": project_id or 0,
            "dialogs_since": dialogs_since,
            "recent_since": recent_since,
        }
        row = self._c.execute(_GOING_ON, values).one()
        waiting = dialog_of(row) if row.dialog_id is not None else None
        return waiting, recent_of(row) if row.recent_person_id is not None else Recent()
