"""People, their duties, and what they stand for towards a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from domain.people import Duty, Person, Post, Role
from storage.tables import duties, people, project_people


class People:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def by_userid(self, userid: str, *, lock: bool = False) -> Person | None:
        """`lock`: hold this person's row to the end of the transaction – the lock of a talk (contract §10)."""
        query = select(people).where(people.c.userid == userid.lower())
        # The weaker row lock: writing down something for this person (a card, a duty) need not wait for the talk.
        row = self._c.execute(query.with_for_update(key_share=True) if lock else query).first()
        return self._with_duties([row])[0] if row else None

    def get(self, person_id: int) -> Person:
        return self.many([person_id])[0]

    def many(self, ids: Iterable[int]) -> list[Person]:
        return self._with_duties(self._c.execute(select(people).where(people.c.id.in_(set(ids)))).all())

    def by_userids(self, userids: Iterable[str]) -> dict[str, Person]:
        wanted = {userid.lower() for userid in userids}
        rows = self._c.execute(select(people).where(people.c.userid.in_(wanted))).all()
        return {person.userid: person for person in self._with_duties(rows)}

    def of_department(self, department: str, role: Role | None = None) -> list[Person]:
        query = select(duties.c.person_id).where(duties.c.department == department)
        if role:
            query = query.where(duties.c.role == role)
        return [person for person in self.many(self._c.execute(query).scalars()) if person.active]

    def with_role(self, role: Role) -> list[Person]:
        ids = self._c.execute(select(duties.c.person_id).where(duties.c.role == role)).scalars()
        return [person for person in self.many(ids) if person.active]

    def project_roles(self, person_id: int, project_id: int) -> frozenset[Role]:
        """Contact or signatory of this project."""
        query = select(project_people.c.role).where(
            project_people.c.person_id == person_id, project_people.c.project_id == project_id
        )
        return frozenset(Role(role) for role in self._c.execute(query).scalars())

    def of_project(self, project_id: int) -> list[tuple[Person, Role]]:
        query = select(project_people.c.person_id, project_people.c.role).where(
            project_people.c.project_id == project_id
        )
        rows = self._c.execute(query).all()
        found = {person.id: person for person in self.many(row.person_id for row in rows)}
        return [(found[row.person_id], Role(row.role)) for row in rows]

    def save(self, userid: str, name: str, phone: str = "", duty_list: Sequence[Duty] = ()) -> int:
        """Add the person, or take over the new name, phone and duties. Returns the id."""
        values = {"name": name, "phone": phone, "active": True}
        found = self._c.execute(select(people.c.id).where(people.c.userid == userid.lower())).scalar()
        if found is None:
            person_id = int(
                self._c.execute(
                    insert(people).values(userid=userid.lower(), **values).returning(people.c.id)
                ).scalar_one()
            )
        else:
            person_id = int(found)
            self._c.execute(update(people).where(people.c.id == person_id).values(**values))
            self._c.execute(delete(duties).where(duties.c.person_id == person_id))
        if duty_list:
            self._c.execute(insert(duties), [_duty_row(person_id, duty) for duty in duty_list])
        return person_id

    def tie(self, project_id: int, person_id: int, role: Role) -> None:
        if role not in self.project_roles(person_id, project_id):
            self._c.execute(
                insert(project_people).values(project_id=project_id, person_id=person_id, role=role)
            )

    def deactivate(self, userid: str) -> None:
        self._c.execute(update(people).where(people.c.userid == userid.lower()).values(active=False))

    def _with_duties(self, rows: Sequence[Row[Any]]) -> list[Person]:
        if not rows:
            return []
        held: dict[int, list[Duty]] = {}
        query = select(duties).where(duties.c.person_id.in_([row.id for row in rows])).order_by(duties.c.id)
        for duty in self._c.execute(query):
            held.setdefault(duty.person_id, []).append(_duty(duty))
        return [
            Person(row.id, row.userid, row.name, row.phone, row.active, tuple(held.get(row.id, ())))
            for row in rows
        ]


def _duty(row: Row[Any]) -> Duty:
    return Duty(
        Role(row.role), row.department, Post(row.post), tuple(row.topics), row.leave_from, row.leave_to
    )


def _duty_row(person_id: int, duty: Duty) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "role": duty.role,
        "department": duty.department,
        "post": duty.post,
        "topics": list(duty.topics),
        "leave_from": duty.leave_from,
        "leave_to": duty.leave_to,
    }
