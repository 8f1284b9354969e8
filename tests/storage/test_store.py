"""The one way in: all or nothing, and no row contents in what goes wrong."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from domain.people import Role
from storage.columns import UtcDateTime
from storage.errors import Busy, Conflict, DatabaseDown, Stale, StorageError
from storage.store import LOCK_WAIT_MS, Store, Transaction
from tests import factories
from tests.storage.endings import refused, undone
from tests.storage.waiting import connection_of, others, result_of

MARKER = "琥珀七九"
CHINA = timezone(timedelta(hours=8))


# ---------------------------------------------------------------- all or nothing


def test_what_was_done_in_a_block_is_there_after_it(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.save("chen.jing", "陈静")
        assert factories.received(tx, key="m1")
    with store.reading() as tx:
        assert tx.people.by_userid("chen.jing") is not None
        assert tx.inbox.by_key("m1") is not None


def test_nothing_of_a_block_that_failed_stays(store: Store) -> None:
    with undone(store) as tx:
        factories.received(tx, key="m1")
        tx.outbox.add([factories.outgoing()], factories.NOW)
        tx.sites.next_number("issue")
        tx.audit.add(0, factories.NOW, "cli", "test", "x")
    with store.transaction() as tx:
        assert tx.inbox.by_key("m1") is None
        assert tx.outbox.count_by_state() == {}
        assert tx.audit.of_subject("x") == []
        assert tx.sites.next_number("issue") == 1


def test_a_conflict_takes_back_what_went_before_it(store: Store) -> None:
    with store.transaction() as tx:
        tx.cards.open("t1", factories.person(tx).id, "issue:1", factories.NOW)
    with refused(store, Conflict) as tx:
        someone = factories.person(tx, userid="new.one")
        tx.cards.open("t1", someone.id, "issue:1", factories.NOW)
    with store.reading() as tx:
        assert tx.people.by_userid("new.one") is None


def test_a_refusal_of_the_rules_passes_through_unchanged(store: Store) -> None:
    with pytest.raises(Stale), store.transaction():
        raise Stale("issue")


def test_the_store_opens_no_connection_before_it_is_used(tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path / 'none.db'}").close()
    assert not (tmp_path / "none.db").exists()


def test_after_a_fork_the_parents_connections_are_forgotten_and_the_store_works(store: Store) -> None:
    with store.transaction() as tx:
        factories.received(tx, key="before")
        connection = connection_of(tx).connection.driver_connection
    store.dispose()
    with store.reading() as tx:
        assert tx.inbox.by_key("before") is not None
        assert connection_of(tx).connection.driver_connection is not connection
    assert connection is not None
    connection.close()  # still open: only the parent may close it


# ---------------------------------------------------------------- reading


def test_reading_sees_what_was_committed_and_not_what_is_under_way(store: Store) -> None:
    with store.transaction() as tx:
        factories.received(tx, key="m1")
    with store.transaction() as tx:
        factories.received(tx, key="m2")
        with store.reading() as look:
            assert look.inbox.by_key("m1") is not None
            assert look.inbox.by_key("m2") is None


def test_reading_does_not_wait_for_a_writer_on_sqlite(sqlite_store: Store) -> None:
    with sqlite_store.transaction() as tx:
        factories.received(tx)
        begun = monotonic()
        with sqlite_store.reading() as look:
            look.inbox.oldest_pending()
        assert monotonic() - begun < LOCK_WAIT_MS / 2000


def test_a_second_writer_on_sqlite_is_told_busy_after_the_wait(sqlite_store: Store) -> None:
    begun = monotonic()
    with sqlite_store.transaction(), pytest.raises(Busy), sqlite_store.transaction():
        pass
    assert LOCK_WAIT_MS / 1000 * 0.9 < monotonic() - begun < LOCK_WAIT_MS / 1000 + 2


def test_a_second_writer_on_sqlite_goes_on_when_the_first_ends_in_time(sqlite_store: Store) -> None:
    with others(sqlite_store) as also:
        with sqlite_store.transaction() as tx:
            factories.received(tx, key="m1")
            second = also.start(lambda other: other.inbox.by_key("m1"))
        assert result_of(second) is not None


def test_a_lost_update_is_impossible_on_sqlite_because_writers_begin_one_after_the_other(
    sqlite_store: Store,
) -> None:
    with others(sqlite_store, 4) as also:
        numbers = [also.start(lambda tx: tx.sites.next_number("issue")) for _ in range(20)]
    assert sorted(map(result_of, numbers)) == list(range(1, 21))


def test_sqlite_keeps_foreign_keys_and_writes_ahead(sqlite_store: Store) -> None:
    with sqlite_store.reading() as tx:
        asked = [
            connection_of(tx).execute(text(f"PRAGMA {name}")).scalar()
            for name in ("foreign_keys", "journal_mode")
        ]
    assert asked == [1, "wal"]


# ---------------------------------------------------------------- instants


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 9, 15, 9, 30, tzinfo=CHINA),
        datetime(2026, 9, 16, 0, 30, tzinfo=CHINA),  # still yesterday in UTC
        datetime(2026, 12, 31, 16, 0, 0, 123456, tzinfo=UTC),  # China's new year
    ],
)
def test_instants_come_back_as_the_same_instant_in_utc(store: Store, instant: datetime) -> None:
    with store.transaction() as tx:
        inbox_id = factories.received(tx, at=instant)
        assert inbox_id
    with store.reading() as tx:
        kept = tx.inbox.get(inbox_id)
        oldest = tx.inbox.oldest_pending()
    assert kept is not None
    assert kept.received_at == instant == oldest
    assert kept.received_at.utcoffset() == timedelta(0)
    assert oldest is not None
    assert oldest.utcoffset() == timedelta(0)


def test_instants_are_compared_as_instants_whatever_zone_they_were_said_in(store: Store) -> None:
    with store.transaction() as tx:
        early = factories.received(tx, at=datetime(2026, 9, 16, 0, 10, tzinfo=CHINA))
        factories.received(tx, at=datetime(2026, 9, 16, 0, 50, tzinfo=CHINA))
        half_past = datetime(2026, 9, 15, 16, 30, tzinfo=UTC)
        assert tx.inbox.pending(half_past, 10) == [early]
        assert tx.inbox.pending(half_past.astimezone(CHINA), 10) == [early]


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 9, 15), sqlite.dialect())  # noqa: DTZ001


def test_a_naive_time_is_not_stored(store: Store) -> None:
    with pytest.raises(StorageError), store.transaction() as tx:
        factories.received(tx, key="m1", at=datetime(2026, 9, 15, 9, 30))  # noqa: DTZ001
    with store.reading() as tx:
        assert tx.inbox.by_key("m1") is None


# ---------------------------------------------------------------- what a log would show


def twice_the_same_person(tx: Transaction) -> None:
    query = text("INSERT INTO people (userid, name, phone, active) VALUES (:u, :u, '', true)")
    for _ in range(2):
        connection_of(tx).execute(query, {"u": MARKER})


def twice_the_same_group(tx: Transaction) -> None:
    for _ in range(2):
        factories.group(tx, project_id=factories.project(tx).id, bot_chat=MARKER)


def an_unknown_department(tx: Transaction) -> None:
    factories.person(tx, name=MARKER, duties=[factories.duty(role=Role.REPRESENTATIVE, department=MARKER)])


def a_missing_name(tx: Transaction) -> None:
    query = text("INSERT INTO people (userid, name, phone, active) VALUES (:u, NULL, :u, true)")
    connection_of(tx).execute(query, {"u": MARKER})


def an_unknown_table(tx: Transaction) -> None:
    connection_of(tx).execute(text(f"SELECT '{MARKER}' FROM nowhere"))


def a_naive_time(tx: Transaction) -> None:
    factories.received(tx, text=MARKER, at=datetime(2026, 9, 15))  # noqa: DTZ001


WRONG: list[tuple[Callable[[Transaction], None], type[StorageError]]] = [
    (twice_the_same_person, Conflict),
    (twice_the_same_group, Conflict),
    (an_unknown_department, Conflict),
    (a_missing_name, Conflict),
    (an_unknown_table, StorageError),
    (a_naive_time, StorageError),
]


def shown(error: BaseException) -> str:
    """Everything a log or a failed job keeps of an error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    log = logging.Logger("shown")  # one of our own, outside the tree
    log.addHandler(handler)
    log.error("failed: %s %r", error, error, exc_info=error)
    return stream.getvalue() + "".join(traceback.format_exception(error))


@pytest.mark.parametrize(("wrong", "kind"), WRONG, ids=lambda one: getattr(one, "__name__", ""))
def test_no_row_contents_in_an_error(
    site_store: Store, wrong: Callable[[Transaction], None], kind: type[StorageError]
) -> None:
    with pytest.raises(kind) as caught, site_store.transaction() as tx:
        wrong(tx)
    assert MARKER not in shown(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(("wrong", "kind"), WRONG[-2:], ids=lambda one: getattr(one, "__name__", ""))
def test_no_row_contents_in_an_error_of_reading(
    site_store: Store, wrong: Callable[[Transaction], None], kind: type[StorageError]
) -> None:
    with pytest.raises(kind) as caught, site_store.reading() as tx:
        wrong(tx)
    assert MARKER not in shown(caught.value)


def test_what_json_cannot_say_is_refused_without_its_contents(store: Store) -> None:
    with pytest.raises((StorageError, TypeError)) as caught, store.transaction() as tx:
        tx.inbox.add(
            "m1", channel="bot", sender=MARKER, chat=None, message={MARKER: object()}, at=factories.NOW
        )
    assert MARKER not in shown(caught.value)


@pytest.mark.parametrize("words", [f"{MARKER}\x00", f"{MARKER} locked \x00"])
def test_what_postgresql_cannot_keep_is_refused_without_its_contents(
    postgres_store: Store, words: str
) -> None:
    with pytest.raises(StorageError) as caught, postgres_store.transaction() as tx:
        tx.people.save("chen.jing", words)
    assert type(caught.value) is StorageError
    assert MARKER not in shown(caught.value)


def test_a_text_too_long_for_its_column_is_refused_without_its_contents(postgres_store: Store) -> None:
    with pytest.raises(StorageError) as caught, postgres_store.transaction() as tx:
        tx.people.save("chen.jing", MARKER * 64)
    assert str(caught.value) == "StringDataRightTruncation"
    assert MARKER not in shown(caught.value)


def test_the_drivers_own_error_hides_the_parameters_from_whoever_catches_it_inside(store: Store) -> None:
    with undone(store) as tx:
        with pytest.raises(StatementError) as caught:
            a_naive_time(tx)
        assert MARKER not in shown(caught.value)


# ---------------------------------------------------------------- a database that is not there


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.db", "postgresql+psycopg://postgres:hunter2@/daiban?host=/nowhere"]
)
def test_a_database_that_is_not_there_is_down_and_its_address_stays_secret(url: str) -> None:
    store = Store(url)
    for open_it in (store.transaction, store.reading):
        with pytest.raises(DatabaseDown) as caught, open_it():
            pass
        assert "hunter2" not in shown(caught.value)
        assert "nowhere" not in str(caught.value)
    store.close()


def test_a_connection_that_broke_is_down_once_and_then_replaced(postgres_store: Store) -> None:
    with refused(postgres_store, DatabaseDown) as tx:
        factories.received(tx, key="m1")
        _end_connection(postgres_store, tx)
        factories.received(tx, key="m2")
    with postgres_store.transaction() as tx:
        assert tx.inbox.by_key("m1") is None


def _end_connection(store: Store, tx: Transaction) -> None:
    victim = connection_of(tx).execute(text("SELECT pg_backend_pid()")).scalar_one()
    engine = create_engine(store.url)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": victim})
    engine.dispose()


def test_when_all_connections_are_taken_the_database_counts_as_down(postgres_url: str) -> None:
    store = Store(postgres_url)
    taken = [store.engine.connect() for _ in range(10)]
    with pytest.raises(DatabaseDown), store.transaction():
        pass
    for connection in taken:
        connection.close()
    store.close()


def test_a_lock_that_is_not_to_be_had_in_time_is_busy(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        factories.person(tx, userid="chen.jing")
    with postgres_store.transaction() as tx:
        tx.people.by_userid("chen.jing", lock=True)
        begun = monotonic()
        with pytest.raises(Busy) as caught, postgres_store.transaction(lock_wait_ms=150) as other:
            other.people.by_userid("chen.jing", lock=True)
        assert 0.1 < monotonic() - begun < 2
        assert str(caught.value) == "LockNotAvailable"


def test_the_wait_for_locks_is_of_one_transaction_only(postgres_store: Store) -> None:
    with postgres_store.transaction(lock_wait_ms=150):
        pass
    with postgres_store.transaction() as tx:
        assert connection_of(tx).execute(text("SHOW lock_timeout")).scalar() == "0"


def test_of_two_that_wait_for_each_other_one_is_told_busy(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        factories.person(tx, userid="a")
        factories.person(tx, userid="b")

    def second(other: Transaction) -> None:
        other.people.by_userid("b", lock=True)
        other.people.by_userid("a", lock=True)

    outcomes: list[str] = []
    with others(postgres_store) as also:
        try:
            with postgres_store.transaction() as tx:
                tx.people.by_userid("a", lock=True)
                waits = also.start_and_wait(second)
                tx.people.by_userid("b", lock=True)
        except Busy as busy:
            outcomes.append(str(busy))
        error = waits.exception(10)
        outcomes += [str(error)] if error else []
    assert outcomes == ["DeadlockDetected"]
