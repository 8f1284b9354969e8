"""Projects and enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from domain.case import OPEN_CASES
from domain.project import Enterprise, Project, ProjectType
from storage.tables import cases, enterprises, project_people, projects

_BY_ID = select(projects).where(projects.c.id == bindparam("id"))


class Projects:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def get(self, project_id: int) -> Project:
        return _project(self._c.execute(_BY_ID, {"id": project_id}).one())

    def many(self, ids: set[int]) -> dict[int, Project]:
        rows = self._c.execute(select(projects).where(projects.c.id.in_(ids)))
        return {row.id: _project(row) for row in rows}

    def by_code(self, code: str) -> Project | None:
        """By our own number or the national code; both are typed by people."""
        wanted = code.strip().upper()
        if not wanted:
            return None  # a project without a national code has none to be found by
        row = self._c.execute(
            select(projects).where(or_(projects.c.code == wanted, projects.c.national_code == wanted))
        ).first()
        return _project(row) if row else None

    def of_person(self, person_id: int) -> list[Project]:
        """As contact, signatory, service officer or deputy; oldest first."""
        tied = select(project_people.c.project_id).where(project_people.c.person_id == person_id)
        query = (
            select(projects)
            .where(
                or_(
                    projects.c.id.in_(tied),
                    projects.c.officer_id == person_id,
                    projects.c.deputy_id == person_id,
                )
            )
            .order_by(projects.c.id)
        )
        return [_project(row) for row in self._c.execute(query)]

    def of_officer(self, person_id: int) -> frozenset[int]:
        """Ids, as officer or deputy."""
        query = select(projects.c.id).where(
            or_(projects.c.officer_id == person_id, projects.c.deputy_id == person_id)
        )
        return frozenset(self._c.execute(query).scalars())

    def of_enterprise(self, name: str, credit_code: str) -> list[Project]:
        """By the enterprise's registered name or its credit code."""
        query = (
            select(projects)
            .join(enterprises)
            .where(or_(enterprises.c.name == name, enterprises.c.credit_code == credit_code))
            .order_by(projects.c.id)
        )
        return [_project(row) for row in self._c.execute(query)]

    def known(self, name: str, credit_code: str) -> bool:
        """Whether this enterprise has a project of this name."""
        query = (
            select(projects.c.id)
            .join(enterprises)
            .where(projects.c.name == name, enterprises.c.credit_code == credit_code)
        )
        return self._c.execute(query.limit(1)).first() is not None

    def called(self, name: str, credit_code: str) -> Project | None:
        """This enterprise's project of this name."""
        query = (
            select(projects)
            .join(enterprises)
            .where(projects.c.name == name, enterprises.c.credit_code == credit_code)
        )
        row = self._c.execute(query.limit(1)).first()
        return _project(row) if row else None

    def hold(self, project_id: int) -> None:
        """Its row, to the end of the transaction: two who apply for it at once come one after the other."""
        self._c.execute(select(projects.c.id).where(projects.c.id == project_id).with_for_update())

    def update_facts(self, project_id: int, facts: Mapping[str, object]) -> None:
        """What is known newly is added; what is known already takes the new value."""
        query = select(projects.c.facts).where(projects.c.id == project_id).with_for_update()
        known = self._c.execute(query).scalar_one()
        self._change(project_id, facts={**known, **facts})

    def identify(self, project_id: int, *, type: ProjectType, national_code: str) -> None:
        """The type may have been corrected, and a project begun before it had a national code has one now (R063)."""
        self._change(project_id, type=type, national_code=national_code.upper())

    def put_in_charge(self, project_id: int, officer_id: int, deputy_id: int | None) -> None:
        self._change(project_id, officer_id=officer_id, deputy_id=deputy_id)

    def _change(self, project_id: int, **values: Any) -> None:
        self._c.execute(update(projects).where(projects.c.id == project_id).values(**values))

    def names(self) -> list[str]:
        """Of projects, whole and short, and of enterprises."""
        own = [_project(row) for row in self._c.execute(select(projects))]
        firms = self._c.execute(select(enterprises.c.name)).scalars()
        return [*(name for one in own for name in (one.name, one.short_name)), *firms]

    def any(self) -> bool:
        return self._c.execute(select(projects.c.id).limit(1)).first() is not None

    def ids(self) -> set[int]:
        return set(self._c.execute(select(projects.c.id)).scalars())

    def with_open_case(self) -> set[int]:
        query = select(cases.c.project_id).where(cases.c.status.in_(OPEN_CASES)).distinct()
        return set(self._c.execute(query).scalars())

    def enterprise(self, enterprise_id: int) -> Enterprise:
        row = self._c.execute(select(enterprises).where(enterprises.c.id == enterprise_id)).one()
        return Enterprise(row.id, row.name, row.credit_code, row.address)

    def add_enterprise(self, name: str, credit_code: str, address: str = "") -> int:
        """The id of the enterprise with this credit code, added when it is new."""
        found = self._c.execute(
            select(enterprises.c.id).where(enterprises.c.credit_code == credit_code)
        ).scalar()
        if found is not None:
            return int(found)
        values = {"name": name, "credit_code": credit_code, "address": address}
        return int(
            self._c.execute(insert(enterprises).values(**values).returning(enterprises.c.id)).scalar_one()
        )

    def add(  # noqa: PLR0913 – a row has as many columns as it has
        self,
        *,
        code: str,
        name: str,
        type: ProjectType,
        enterprise_id: int,
        officer_id: int,
        deputy_id: int | None = None,
        national_code: str = "",
        facts: Mapping[str, object] | None = None,
    ) -> int:
        values = {
            "code": code.upper(),
            "name": name,
            "type": type,
            "enterprise_id": enterprise_id,
            "officer_id": officer_id,
            "deputy_id": deputy_id,
            "national_code": national_code.upper(),
            "facts": dict(facts or {}),
        }
        return int(self._c.execute(insert(projects).values(**values).returning(projects.c.id)).scalar_one())


def _project(row: Row[Any]) -> Project:
    return Project(
        row.id, row.code, row.name, ProjectType(row.type), row.enterprise_id, row.officer_id, row.deputy_id,
        row.national_code, row.facts,
    )  # fmt: skip
