"""Papers to the government and referral letters; saved by compare-and-set on `version`."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.submissions import LIVE_SUBMISSIONS, Submission, SubmissionKind, SubmissionState
from storage.errors import Stale
from storage.tables import submissions

_COLUMNS = tuple(one.name for one in fields(Submission) if one.name not in {"id", "version"})


class Submissions:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, submission: Submission) -> Submission:
        """`submission.id` is not looked at."""
        query = insert(submissions).values(**_row(submission), version=0).returning(submissions.c.id)
        return replace(submission, id=int(self._c.execute(query).scalar_one()), version=0)

    def save(self, submission: Submission) -> Submission:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(submissions)
            .where(submissions.c.id == submission.id, submissions.c.version == submission.version)
            .values(**_row(submission), version=submission.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("submission")
        return replace(submission, version=submission.version + 1)

    def of_issue(self, issue_no: int) -> list[Submission]:
        """Oldest first."""
        query = select(submissions).where(submissions.c.issue_no == issue_no).order_by(submissions.c.id)
        return [_submission(row) for row in self._c.execute(query)]

    def live(self, issue_no: int) -> Submission | None:
        found = [one for one in self.of_issue(issue_no) if one.state in LIVE_SUBMISSIONS]
        return found[-1] if found else None


def _row(submission: Submission) -> dict[str, Any]:
    return {name: getattr(submission, name) for name in _COLUMNS}


def _submission(row: Row[Any]) -> Submission:
    values = dict(row._mapping)
    kind, state = SubmissionKind(row.kind), SubmissionState(row.state)
    return Submission(**{**values, "kind": kind, "state": state})
