"""Drafts of case studies: one per closed case."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.case_studies import CaseStudy, StudyState
from storage.errors import Stale
from storage.tables import case_studies

_COLUMNS = tuple(one.name for one in fields(CaseStudy) if one.name not in ("id", "version"))


class CaseStudies:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, study: CaseStudy) -> int:
        """`study.id` is not looked at."""
        query = insert(case_studies).values(version=1, **_row(study)).returning(case_studies.c.id)
        return int(self._c.execute(query).scalar_one())

    def save(self, study: CaseStudy) -> None:
        """Raises Stale when somebody else changed it since it was read."""
        changed = self._c.execute(
            update(case_studies)
            .where(case_studies.c.id == study.id, case_studies.c.version == study.version)
            .values(version=study.version + 1, **_row(study))
        )
        if changed.rowcount != 1:
            raise Stale("study")

    def get(self, study_id: int) -> CaseStudy | None:
        return self._one(case_studies.c.id == study_id)

    def of_case(self, case_id: int) -> CaseStudy | None:
        return self._one(case_studies.c.case_id == case_id)

    def _one(self, condition: Any) -> CaseStudy | None:
        row = self._c.execute(select(case_studies).where(condition)).first()
        return _study(row) if row else None


def _row(study: CaseStudy) -> dict[str, Any]:
    return {name: getattr(study, name) for name in _COLUMNS}


def _study(row: Row[Any]) -> CaseStudy:
    return CaseStudy(**{**row._mapping, "state": StudyState(row.state)})
