"""Campaigns of returns, and each department's return."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.periods import Period
from domain.returns import OUTSTANDING, Campaign, DepartmentReturn, ReturnState
from storage.errors import Stale
from storage.tables import department_returns, return_campaigns
from storage.upsert import insert_if_new

_COLUMNS = tuple(one.name for one in fields(DepartmentReturn) if one.name not in ("id", "version"))


class Returns:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def open(
        self, kind: str, period: Period, due: date, departments: Sequence[str], at: datetime
    ) -> Campaign | None:
        """With a return for each department; None when the kind was asked for in this period already."""
        values = {"kind": kind, "first": period.first, "last": period.last, "due": due, "opened_at": at}
        row = insert_if_new(self._c, return_campaigns, values, return_campaigns.c.id)
        if row is None:
            return None
        fresh = [{"version": 1, **_row(DepartmentReturn(0, row.id, one))} for one in departments]
        self._c.execute(insert(department_returns), fresh)
        return Campaign(row.id, kind, period, due, at)

    def get(self, return_id: int, *, lock: bool = False) -> tuple[DepartmentReturn, Campaign] | None:
        query = select(department_returns).where(department_returns.c.id == return_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        if row is None:
            return None
        one = _return(row)
        return one, self.campaigns(ids=[one.campaign_id])[0]

    def save(self, one: DepartmentReturn) -> None:
        """Raises Stale when somebody else changed it since it was read."""
        changed = self._c.execute(
            update(department_returns)
            .where(department_returns.c.id == one.id, department_returns.c.version == one.version)
            .values(version=one.version + 1, **_row(one))
        )
        if changed.rowcount != 1:
            raise Stale("return")

    def campaigns(self, *, ids: Collection[int] | None = None, kind: str = "") -> list[Campaign]:
        """Newest last."""
        query = select(return_campaigns).order_by(return_campaigns.c.last, return_campaigns.c.id)
        if ids is not None:
            query = query.where(return_campaigns.c.id.in_(ids))
        if kind:
            query = query.where(return_campaigns.c.kind == kind)
        return [_campaign(row) for row in self._c.execute(query)]

    def running(self) -> list[Campaign]:
        """Those in which a department's return is still missing."""
        missing = select(department_returns.c.campaign_id).where(department_returns.c.state.in_(OUTSTANDING))
        query = select(return_campaigns).where(return_campaigns.c.id.in_(missing))
        return [
            _campaign(row)
            for row in self._c.execute(query.order_by(return_campaigns.c.due, return_campaigns.c.id))
        ]

    def of(self, campaigns: Collection[int]) -> dict[int, list[DepartmentReturn]]:
        """By campaign, in the order they were asked."""
        found: dict[int, list[DepartmentReturn]] = {one: [] for one in campaigns}
        query = select(department_returns).where(department_returns.c.campaign_id.in_(campaigns))
        for row in self._c.execute(query.order_by(department_returns.c.id)):
            found[row.campaign_id].append(_return(row))
        return found

    def newest_rows(self, kind: str, department: str) -> DepartmentReturn | None:
        """What this department returned last of that kind."""
        query = (
            select(department_returns)
            .join(return_campaigns)
            .where(
                return_campaigns.c.kind == kind,
                department_returns.c.department == department,
                department_returns.c.state == ReturnState.RETURNED,
            )
            .order_by(return_campaigns.c.last.desc(), department_returns.c.id.desc())
            .limit(1)
        )
        row = self._c.execute(query).first()
        return _return(row) if row else None


def _row(one: DepartmentReturn) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _COLUMNS}
    return {**values, "rows": [dict(row) for row in one.rows], "foot": dict(one.foot)}


def _return(row: Row[Any]) -> DepartmentReturn:
    values = dict(row._mapping)
    return DepartmentReturn(**{**values, "rows": tuple(row.rows), "state": ReturnState(row.state)})


def _campaign(row: Row[Any]) -> Campaign:
    return Campaign(row.id, row.kind, Period(row.first, row.last), row.due, row.opened_at)
