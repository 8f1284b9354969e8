"""Weekly summaries as they were posted, version by version, and the officer's line for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from domain.week_report import WeekReport, from_record, to_record
from storage.tables import week_lines, week_reports
from storage.upsert import insert_new, upsert


class WeekReports:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, told: Sequence[WeekReport]) -> set[int]:
        """Ids of the projects whose report of this version was new."""
        rows = [
            {"project_id": one.project_id, "week": one.week, "version": one.version, "at": one.at, "value": to_record(one)}
            for one in told
        ]  # fmt: skip
        return {row.project_id for row in insert_new(self._c, week_reports, rows, week_reports.c.project_id)}

    def newest(self, project_id: int) -> WeekReport | None:
        """The last version of the last week that was posted."""
        query = (
            select(week_reports.c.value)
            .where(week_reports.c.project_id == project_id)
            .order_by(week_reports.c.week.desc(), week_reports.c.version.desc())
            .limit(1)
        )
        found = self._c.execute(query).scalar()
        return from_record(found) if found else None

    def get(self, project_id: int, week: str, version: int) -> WeekReport | None:
        query = select(week_reports.c.value).where(
            week_reports.c.project_id == project_id,
            week_reports.c.week == week,
            week_reports.c.version == version,
        )
        found = self._c.execute(query).scalar()
        return from_record(found) if found else None

    def put_line(self, project_id: int, week: str, line: str, person_id: int, at: datetime) -> None:
        values = {"line": line, "person_id": person_id, "at": at}
        upsert(self._c, week_lines, {"project_id": project_id, "week": week}, values)

    def lines(self, project_ids: Iterable[int], week: str) -> dict[int, str]:
        query = select(week_lines.c.project_id, week_lines.c.line).where(
            week_lines.c.project_id.in_(set(project_ids)), week_lines.c.week == week
        )
        return {row.project_id: row.line for row in self._c.execute(query)}
