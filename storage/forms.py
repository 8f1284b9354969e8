"""Forms of the service filled in for a case, with their versions and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.filled_forms import FilledForm, FormState, Signature, SignedHow
from domain.people import Role
from storage.columns import among
from storage.tables import filled_forms


class Forms:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, form: FilledForm) -> int:
        """`form.id` is not looked at. Raises Conflict at the end for a version that is there already."""
        values = {
            "no": form.no,
            "form": form.form,
            "project_id": form.project_id,
            "case_id": form.case_id,
            "version": form.version,
            "made_by": form.made_by,
            "made_at": form.made_at,
            **_changing(form),
        }
        return int(
            self._c.execute(insert(filled_forms).values(**values).returning(filled_forms.c.id)).scalar_one()
        )

    def save(self, form: FilledForm) -> None:
        """State, content and signatures; the caller holds the row (`get(lock=True)`)."""
        self._c.execute(update(filled_forms).where(filled_forms.c.id == form.id).values(**_changing(form)))

    def get(self, form_id: int, *, lock: bool = False) -> FilledForm | None:
        return self._one(filled_forms.c.id == form_id, lock=lock)

    def by_no(self, no: str, *, lock: bool = False) -> FilledForm | None:
        """The newest version under this number; people type it."""
        return self._one(filled_forms.c.no == no.strip().upper(), lock=lock)

    def newest(self, case_id: int, form: str, *, lock: bool = False) -> FilledForm | None:
        """The newest of this kind that is not void."""
        return self._one(
            filled_forms.c.case_id == case_id,
            filled_forms.c.form == form,
            filled_forms.c.state != FormState.VOID,
            lock=lock,
        )

    def of_case(self, case_id: int) -> list[FilledForm]:
        return self._all(filled_forms.c.case_id == case_id)

    def of_project(self, project_id: int) -> list[FilledForm]:
        return self._all(filled_forms.c.project_id == project_id)

    def made_between(
        self, form: str, start: datetime, end: datetime, project_ids: Iterable[int] | None = None
    ) -> list[FilledForm]:
        """Of this kind and not void, from `start` up to but without `end`."""
        conditions = [
            filled_forms.c.form == form,
            filled_forms.c.state != FormState.VOID,
            filled_forms.c.made_at >= start,
            filled_forms.c.made_at < end,
        ]
        if project_ids is not None:
            conditions.append(filled_forms.c.project_id.in_(set(project_ids)))
        return self._all(*conditions)

    def to_sign(self, project_ids: set[int]) -> list[FilledForm]:
        """Issued ones of these projects that miss a signature."""
        found = self._all(
            filled_forms.c.project_id.in_(among(project_ids)), filled_forms.c.state == FormState.ISSUED
        )
        return [form for form in found if form.missing]

    def _all(self, *conditions: Any) -> list[FilledForm]:
        query = select(filled_forms).where(*conditions).order_by(filled_forms.c.id)
        return [_form(row) for row in self._c.execute(query)]

    def _one(self, *conditions: Any, lock: bool) -> FilledForm | None:
        query = select(filled_forms).where(*conditions).order_by(filled_forms.c.id.desc()).limit(1)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _form(row) if row else None


def _changing(form: FilledForm) -> Mapping[str, Any]:
    return {
        "state": form.state,
        "values": dict(form.values),
        "signers": list(form.signers),
        "signatures": [_signature_row(one) for one in form.signatures],
    }


def _form(row: Row[Any]) -> FilledForm:
    found = row._mapping
    return FilledForm(
        row.id, row.no, row.form, row.project_id, row.case_id, found["values"], row.version,
        FormState(row.state), tuple(Role(role) for role in row.signers),
        tuple(_signature(one) for one in row.signatures), row.made_by, row.made_at,
    )  # fmt: skip


def _signature_row(one: Signature) -> dict[str, Any]:
    return {
        "person_id": one.person_id,
        "name": one.name,
        "role": one.role,
        "at": one.at.isoformat(),
        "how": one.how,
        "file_id": one.file_id,
        "entered_by": one.entered_by,
    }


def _signature(row: Mapping[str, Any]) -> Signature:
    return Signature(
        row["person_id"], row["name"], Role(row["role"]), datetime.fromisoformat(row["at"]),
        SignedHow(row["how"]), row["file_id"], row["entered_by"],
    )  # fmt: skip
