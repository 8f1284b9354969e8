"""People, their duties, and what they stand for towards a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from domain.people import Duty, Person, Post, Role
from storage.tables import duties, people, project_people

# One statement for a person and all duties: answers are made of many small looks, and each costs a round trip.
DUTY = [column.label(f"duty_{column.name}") for column in duties.c]
_PEOPLE = select(people, *DUTY).select_from(people.outerjoin(duties)).order_by(people.c.id, duties.c.id)
_BY_USERID = _PEOPLE.where(people.c.userid == bindparam("userid"))
# The weaker row lock: writing down something for this person (a card, a duty) need not wait for the talk.
_LOCKED = _BY_USERID.with_for_update(key_share=True, of=people)
_BY_IDS = _PEOPLE.where(people.c.id.in_(bindparam("ids", expanding=True)))
_BY_USERIDS = _PEOPLE.where(people.c.userid.in_(bindparam("userids", expanding=True)))
_other = duties.alias()
_OF_DEPARTMENT = _PEOPLE.where(
    people.c.active,
    people.c.id.in_(
        select(_other.c.person_id).where(
            _other.c.department == bindparam("department"),
            _other.c.role.in_(bindparam("roles", expanding=True)),
        )
    ),
)
_WITH_ROLE = _PEOPLE.where(
    people.c.active, people.c.id.in_(select(_other.c.person_id).where(_other.c.role == bindparam("role")))
)
_PROJECT_ROLES = select(project_people.c.role).where(
    project_people.c.person_id == bindparam("person"), project_people.c.project_id == bindparam("project")
)


class People:
    def __init__(self, connection: Connection) -> None:
        self._c = connection
        self._met: dict[
            int, Person
        ] = {}  # within this transaction: the same few are looked up again and again

    def by_userid(self, userid: str, *, lock: bool = False) -> Person | None:
        """`lock`: hold this person's row to the end of the transaction – the lock of a talk (contract §10)."""
        found = self._read(_LOCKED if lock else _BY_USERID, userid=userid.lower())
        return found[0] if found else None

    def get(self, person_id: int) -> Person:
        if person_id not in self._met:
            self._met[person_id] = self.many([person_id])[0]
        return self._met[person_id]

    def many(self, ids: Iterable[int]) -> list[Person]:
        wanted = list(set(ids))
        return self._read(_BY_IDS, ids=wanted) if wanted else []

    def by_userids(self, userids: Iterable[str]) -> dict[str, Person]:
        wanted = list({userid.lower() for userid in userids})
        return {person.userid: person for person in self._read(_BY_USERIDS, userids=wanted)} if wanted else {}

    def of_department(self, department: str, role: Role | None = None) -> list[Person]:
        return self._read(_OF_DEPARTMENT, department=department, roles=[role] if role else list(Role))

    def with_role(self, role: Role) -> list[Person]:
        return self._read(_WITH_ROLE, role=role)

    def project_roles(self, person_id: int, project_id: int) -> frozenset[Role]:
        """Contact or signatory of this project."""
        query = self._c.execute(_PROJECT_ROLES, {"person": person_id, "project": project_id})
        return frozenset(Role(role) for role in query.scalars())

    def own_projects(self, person_id: int) -> frozenset[int]:
        """Ids of the projects this person is a contact or signatory of."""
        query = select(project_people.c.project_id).where(project_people.c.person_id == person_id)
        return frozenset(self._c.execute(query).scalars())

    def of_project(self, project_id: int) -> list[tuple[Person, Role]]:
        query = select(project_people.c.person_id, project_people.c.role).where(
            project_people.c.project_id == project_id
        )
        rows = self._c.execute(query).all()
        found = {person.id: person for person in self.many(row.person_id for row in rows)}
        return [(found[row.person_id], Role(row.role)) for row in rows]

    def names(self) -> list[str]:
        return list(self._c.execute(select(people.c.name).distinct()).scalars())

    def save(self, userid: str, name: str, phone: str = "", duty_list: Sequence[Duty] = ()) -> int:
        """Add the person, or take over the new name, phone and duties. Returns the id."""
        self._met.clear()
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
        self._met.clear()
        self._c.execute(update(people).where(people.c.userid == userid.lower()).values(active=False))

    def _read(self, query: Select[Any], **values: object) -> list[Person]:
        held: dict[int, list[Row[Any]]] = {}
        for row in self._c.execute(query, values):
            held.setdefault(row.id, []).append(row)
        return [person_of(rows) for rows in held.values()]


def person_of(rows: Sequence[Row[Any]]) -> Person:
    """From the rows of one person, one for each duty."""
    row = rows[0]
    held = tuple(_duty(one) for one in rows if one.duty_id is not None)
    return Person(row.id, row.userid, row.name, row.phone, row.active, held)


def _duty(row: Row[Any]) -> Duty:
    return Duty(
        Role(row.duty_role),
        row.duty_department,
        Post(row.duty_post),
        tuple(row.duty_topics),
        row.duty_leave_from,
        row.duty_leave_to,
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
