"""The audit chain: whoever changes, removes or re-orders a row is found out."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from sqlalchemy import text

from domain.issues import IssueStatus
from storage.errors import Conflict
from storage.store import Store
from tests.factories import NOW
from tests.storage.endings import undone
from tests.storage.waiting import connection_of

PROJECT = 7
ROW = "FROM audit WHERE project_id = 7 AND seq = "


@pytest.fixture
def written(store: Store) -> Store:
    """Five rows of one project, two of another."""
    with store.transaction() as tx:
        for number in range(1, 6):
            tx.audit.add(
                PROJECT, NOW + timedelta(minutes=number), "li.na", "issue.release", f"issue:{number}",
                {"from": IssueStatus.ANSWERED, "to": "released", "no": number, "部门": "住建局", "share": 0.9},
            )  # fmt: skip
        tx.audit.add(8, NOW, "clock", "issue.remind", "issue:1")
        tx.audit.add(8, NOW, "clock", "issue.remind", "issue:2", {"to": None})
    return store


def broken_at(store: Store, project: int = PROJECT) -> int | None:
    with store.reading() as tx:
        return tx.audit.broken_at(project)


def run(store: Store, statement: str) -> None:
    with store.transaction() as tx:
        assert connection_of(tx).execute(text(statement)).rowcount == 1


def test_an_untouched_chain_is_whole(written: Store) -> None:
    assert broken_at(written) is None
    assert broken_at(written, 8) is None
    assert broken_at(written, 9) is None


def test_rows_tell_who_did_what_and_when(written: Store) -> None:
    with written.reading() as tx:
        rows = tx.audit.of_subject("issue:1")
    assert [(at, actor, action) for at, actor, action, _ in rows] == [
        (NOW + timedelta(minutes=1), "li.na", "issue.release"),
        (NOW, "clock", "issue.remind"),
    ]
    assert rows[0][3] == {"from": "answered", "to": "released", "no": 1, "部门": "住建局", "share": 0.9}


def test_a_chain_written_in_the_offices_zone_is_whole_when_read_in_utc(store: Store) -> None:
    with store.transaction() as tx:
        tx.audit.add(PROJECT, NOW.astimezone(timezone(timedelta(hours=8))), "li.na", "case.open", "case:1")
    assert broken_at(store) is None


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'zhao.min'",
        "action = 'issue.close'",
        "subject = 'issue:33'",
        "details = '{}'",
        "at = '2026-09-15 01:33:01.000000'",
        f"previous = '{'0' * 64}'",
        f"hash = '{'0' * 64}'",
    ],
)
def test_a_changed_row_breaks_the_chain(written: Store, change: str) -> None:
    run(written, f"UPDATE audit SET {change} WHERE project_id = 7 AND seq = 3")
    assert broken_at(written) == 3
    assert broken_at(written, 8) is None


@pytest.mark.parametrize(("removed", "found"), [(1, 2), (3, 4)])
def test_a_removed_row_breaks_the_chain(written: Store, removed: int, found: int) -> None:
    run(written, f"DELETE {ROW}{removed}")
    assert broken_at(written) == found


def test_a_removed_row_is_found_even_when_the_others_close_ranks(written: Store) -> None:
    run(written, f"DELETE {ROW}3")
    for seq in (4, 5):
        run(written, f"UPDATE audit SET seq = {seq - 1} WHERE project_id = 7 AND seq = {seq}")
    assert broken_at(written) == 3


def test_rows_that_change_places_break_the_chain(written: Store) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        run(written, f"UPDATE audit SET seq = {new} WHERE project_id = 7 AND seq = {old}")
    assert broken_at(written) == 2


def test_a_row_moved_to_another_project_breaks_both_chains(written: Store) -> None:
    run(written, "UPDATE audit SET project_id = 8, seq = 3 WHERE project_id = 7 AND seq = 3")
    assert broken_at(written) == 4
    assert broken_at(written, 8) == 3


def test_no_two_rows_of_a_project_have_one_number(written: Store) -> None:
    with pytest.raises(Conflict):
        run(written, "UPDATE audit SET seq = 2 WHERE project_id = 7 AND seq = 3")


def test_a_row_that_was_rolled_back_leaves_no_gap(written: Store) -> None:
    with undone(written) as tx:
        tx.audit.add(PROJECT, NOW, "li.na", "issue.close", "issue:1")
    with written.transaction() as tx:
        tx.audit.add(PROJECT, NOW, "li.na", "issue.close", "issue:2")
    assert broken_at(written) is None
