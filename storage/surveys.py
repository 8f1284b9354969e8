"""Questionnaires: for which period, of whom, and which form holds the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.periods import Period
from domain.surveys import Invitation, Survey
from storage.errors import Stale
from storage.tables import survey_invitations, surveys
from storage.upsert import insert_if_new

_BOTH = select(surveys, survey_invitations.c.project_id, survey_invitations.c.form_id).join(
    survey_invitations, survey_invitations.c.survey_id == surveys.c.id
)


class Surveys:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def open(
        self, period: Period, until: date, projects: Sequence[int], by: int, at: datetime
    ) -> Survey | None:
        """None when this period was asked about already."""
        values = {
            "first": period.first,
            "last": period.last,
            "until": until,
            "opened_by": by,
            "opened_at": at,
        }
        row = insert_if_new(self._c, surveys, values, surveys.c.id)
        if row is None:
            return None
        asked = [{"survey_id": row.id, "project_id": one} for one in projects]
        self._c.execute(insert(survey_invitations), asked)
        return Survey(row.id, period, until)

    def open_for(self, project_id: int, today: date) -> Invitation | None:
        """The newest that can still be answered."""
        query = _BOTH.where(
            survey_invitations.c.project_id == project_id,
            survey_invitations.c.form_id.is_(None),
            surveys.c.until >= today,
        )
        row = self._c.execute(query.order_by(surveys.c.id.desc()).limit(1)).first()
        return _invitation(row) if row else None

    def answered(self, invitation: Invitation, form_id: int) -> None:
        """Raises Stale when somebody answered meanwhile."""
        changed = self._c.execute(
            update(survey_invitations)
            .where(
                survey_invitations.c.survey_id == invitation.survey.id,
                survey_invitations.c.project_id == invitation.project_id,
                survey_invitations.c.form_id.is_(None),
            )
            .values(form_id=form_id)
        )
        if changed.rowcount != 1:
            raise Stale("survey")

    def newest(self, period: Period | None = None) -> Survey | None:
        query = select(surveys).order_by(surveys.c.id.desc()).limit(1)
        if period is not None:
            query = query.where(surveys.c.first == period.first, surveys.c.last == period.last)
        row = self._c.execute(query).first()
        return _survey(row) if row else None

    def get(self, survey_id: int) -> Survey | None:
        row = self._c.execute(select(surveys).where(surveys.c.id == survey_id)).first()
        return _survey(row) if row else None

    def invitations(self, survey_id: int) -> list[Invitation]:
        query = _BOTH.where(surveys.c.id == survey_id).order_by(survey_invitations.c.project_id)
        return [_invitation(row) for row in self._c.execute(query)]


def _survey(row: Row[Any]) -> Survey:
    return Survey(row.id, Period(row.first, row.last), row.until)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(_survey(row), row.project_id, row.form_id)
