"""Work groups: one per project, with two chat ids."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from domain.project import Project, ProjectType, WorkGroup
from storage.tables import projects, work_groups

_BY_BOT_CHAT = select(work_groups).where(work_groups.c.bot_chat == bindparam("chat"))

_WITH_PROJECT = (
    select(
        work_groups, *(column.label(f"project_{column.name}") for column in projects.c if column.name != "id")
    )
    .join(projects)
    .where(work_groups.c.bot_chat == bindparam("chat"))
)


class Groups:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def with_project(self, bot_chat: str) -> tuple[WorkGroup, Project] | None:
        """The bound group and its project in one look."""
        row = self._c.execute(_WITH_PROJECT, {"chat": bot_chat}).first()
        return (group_of(row), project_of(row)) if row else None

    def by_bot_chat(self, chat: str) -> WorkGroup | None:
        row = self._c.execute(_BY_BOT_CHAT, {"chat": chat}).first()
        return group_of(row) if row else None

    def by_appchat(self, appchat: str) -> WorkGroup | None:
        return self._one(work_groups.c.appchat == appchat)

    def of_project(self, project_id: int, *, lock: bool = False) -> WorkGroup | None:
        return self._one(work_groups.c.project_id == project_id, lock=lock)

    def get(self, group_id: int) -> WorkGroup | None:
        return self._one(work_groups.c.id == group_id)

    def after(self, group_id: int, limit: int, since: datetime | None = None) -> list[WorkGroup]:
        """The next page of groups that are still there, by id; with `since` those known before it."""
        query = (
            select(work_groups)
            .where(work_groups.c.id > group_id, ~work_groups.c.gone)
            .order_by(work_groups.c.id)
            .limit(limit)
        )
        if since is not None:
            query = query.where(work_groups.c.since < since)
        return [group_of(row) for row in self._c.execute(query)]

    def add(  # noqa: PLR0913 – a row has as many columns as it has
        self, project_id: int, name: str, *, since: datetime, appchat: str | None = None, bot_chat: str | None = None,
        owner: str = "", members: tuple[str, ...] = (),
    ) -> int:  # fmt: skip
        values = {
            "project_id": project_id,
            "name": name,
            "appchat": appchat,
            "bot_chat": bot_chat,
            "owner": owner.lower(),
            "members": [member.lower() for member in members],
            "gone": False,
            "since": since,
        }
        return int(
            self._c.execute(insert(work_groups).values(**values).returning(work_groups.c.id)).scalar_one()
        )

    def bind(self, project_id: int, bot_chat: str) -> None:
        """A chat that is bound already makes the whole transaction end in Conflict: look before."""
        self._change(work_groups.c.project_id == project_id, bot_chat=bot_chat)

    def unbind(self, project_id: int) -> None:
        self._change(work_groups.c.project_id == project_id, bot_chat=None)

    def refresh(self, group_id: int, *, name: str, owner: str, members: tuple[str, ...]) -> None:
        self._change(work_groups.c.id == group_id, name=name, owner=owner, members=list(members), gone=False)

    def mark_gone(self, group_id: int) -> None:
        self._change(work_groups.c.id == group_id, gone=True)

    def _change(self, condition: Any, **values: Any) -> None:
        self._c.execute(update(work_groups).where(condition).values(**values))

    def _one(self, condition: Any, *, lock: bool = False) -> WorkGroup | None:
        query = select(work_groups).where(condition)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return group_of(row) if row else None


def group_of(row: Row[Any], prefix: str = "") -> WorkGroup:
    names = ("id", "project_id", "name", "appchat", "bot_chat", "owner", "members", "gone")
    number, project, name, appchat, bot_chat, owner, members, gone = (
        getattr(row, prefix + column) for column in names
    )
    return WorkGroup(number, project, name, appchat, bot_chat, owner, tuple(members), gone)


def project_of(row: Row[Any]) -> Project:
    """From columns that begin with project_."""
    return Project(
        row.project_id, row.project_code, row.project_name, ProjectType(row.project_type),
        row.project_enterprise_id, row.project_officer_id, row.project_deputy_id, row.project_national_code,
        row.project_facts,
    )  # fmt: skip
