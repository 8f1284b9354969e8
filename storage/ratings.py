"""Ratings: one per case."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.ratings import Rating, RatingState
from storage.errors import Stale
from storage.tables import cases, ratings

_COLUMNS = tuple(one.name for one in fields(Rating) if one.name != "id")


class Ratings:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, rating: Rating) -> int:
        """Raises Conflict at the end for a case that was rated already. `rating.id` is not looked at."""
        query = insert(ratings).values(**_row(rating)).returning(ratings.c.id)
        return int(self._c.execute(query).scalar_one())

    def save(self, rating: Rating, was: RatingState) -> None:
        """Raises Stale when it is no longer in the state it was read in."""
        changed = self._c.execute(
            update(ratings).where(ratings.c.id == rating.id, ratings.c.state == was).values(**_row(rating))
        )
        if changed.rowcount != 1:
            raise Stale("rating")

    def of_case(self, case_id: int, *, lock: bool = False) -> Rating | None:
        query = select(ratings).where(ratings.c.case_id == case_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _rating(row) if row else None

    def to_rectify(self, before: date) -> list[Rating]:
        """Poor ones whose day for being put right lies before this one."""
        query = select(ratings).where(ratings.c.state == RatingState.RECTIFY, ratings.c.rectify_by < before)
        return [_rating(row) for row in self._c.execute(query.order_by(ratings.c.id))]

    def not_followed_up(self, closed_from: date) -> list[int]:
        """Ids of cases closed since then whose good rating nobody has asked about."""
        query = (
            select(ratings.c.case_id)
            .join(cases, cases.c.id == ratings.c.case_id)
            .where(ratings.c.state == RatingState.GIVEN, cases.c.closed_on >= closed_from)
            .order_by(ratings.c.case_id)
        )
        return list(self._c.execute(query).scalars())

    def not_rated(self, closed_from: date, closed_to: date) -> list[int]:
        """Ids of cases closed within these days that nobody has rated."""
        query = (
            select(cases.c.id)
            .outerjoin(ratings, ratings.c.case_id == cases.c.id)
            .where(
                cases.c.status == "closed",
                cases.c.closed_on.between(closed_from, closed_to),
                ratings.c.id.is_(None),
            )
            .order_by(cases.c.id)
        )
        return list(self._c.execute(query).scalars())


def _row(rating: Rating) -> dict[str, Any]:
    return {name: getattr(rating, name) for name in _COLUMNS}


def _rating(row: Row[Any]) -> Rating:
    return Rating(**{**row._mapping, "state": RatingState(row.state)})
