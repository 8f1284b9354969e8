"""Messages to send: who gets which, in what order, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from storage.outbox import PER_MINUTE, NewMessage, OutboxState, Outcome, Waiting
from storage.store import Store
from tests import factories
from tests.factories import NOW, outgoing
from tests.storage.endings import undone

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def add(store: Store, *messages: NewMessage) -> list[int]:
    with store.transaction() as tx:
        return tx.outbox.add(messages, NOW)


def claim(
    store: Store, worker: str = "w1", *, after: timedelta = timedelta(0), limit: int = 100
) -> list[int]:
    with store.transaction() as tx:
        return tx.outbox.claim(worker, NOW + after, NOW + after, limit, LEASE)


def take(store: Store, row: int, worker: str = "w1", done: Outcome | None = None) -> Waiting | None:
    with store.transaction() as tx:
        return tx.outbox.pass_on(worker, done, row, NOW, NOW, LEASE)


def finish(store: Store, done: Outcome, worker: str = "w1", *, after: timedelta = timedelta(0)) -> None:
    with store.transaction() as tx:
        tx.outbox.pass_on(worker, done, None, NOW + after, NOW + after, LEASE)


def send(store: Store, rows: Iterable[int], worker: str = "w1", *, after: timedelta = timedelta(0)) -> None:
    for row in rows:
        take(store, row, worker)
        finish(store, Outcome(row, OutboxState.SENT), worker, after=after)


def state(store: Store, row: int) -> str:
    return look(store, row).state


def look(store: Store, row: int) -> Waiting:
    with store.reading() as tx:
        found = tx.outbox.get(row)
    assert found is not None
    return found


# ---------------------------------------------------------------- adding


def test_a_message_waits_with_all_it_was_given(store: Store) -> None:
    with store.transaction() as tx:
        inbox_id = factories.received(tx)
        [row] = tx.outbox.add([outgoing(target="g1", kind="group", text="您好", inbox_id=inbox_id)], NOW)
        found = tx.outbox.of_inbox(inbox_id or 0)
    assert [one.id for one in found] == [row]
    assert (found[0].kind, found[0].target, found[0].speech) == ("group", "g1", {"text": "您好"})
    assert (found[0].state, found[0].attempts, found[0].sent_at) == (OutboxState.WAITING, 0, None)
    assert found[0].created_at == found[0].due_at == NOW


def test_the_same_thing_is_told_once_whoever_tries(store: Store) -> None:
    first = add(store, outgoing(once="summary:1:2026-W38"))
    assert len(first) == 1
    assert add(store, outgoing(once="summary:1:2026-W38")) == []
    both = add(store, outgoing(once="a"), outgoing(once="a"), outgoing(), outgoing())
    assert len(both) == 3


def test_adding_nothing_is_fine(store: Store) -> None:
    assert add(store) == []


def test_thousands_are_added_in_one_transaction(store: Store) -> None:
    many = [outgoing(target=f"g{n}", once=f"summary:{n}") for n in range(3000)]
    with store.transaction() as tx:
        assert len(tx.outbox.add(many, NOW)) == 3000
        assert tx.outbox.add(many, NOW) == []


def test_words_and_addressees_stay_out_of_reprs(store: Store) -> None:
    [row] = add(store, outgoing(target="琥珀", text="七九"))
    for shown in (repr(outgoing(target="琥珀", text="七九")), repr(look(store, row))):
        assert "琥珀" not in shown
        assert "七九" not in shown


# ---------------------------------------------------------------- claiming


def test_urgent_ones_go_first_then_by_their_moment_then_as_they_came(store: Store) -> None:
    late, early, second, urgent = add(
        store,
        outgoing(target="a", due_at=NOW - SECOND),
        outgoing(target="b", due_at=NOW - MINUTE),
        outgoing(target="c", due_at=NOW - MINUTE),
        outgoing(target="d", urgent=True),
    )
    assert claim(store) == [urgent, early, second, late]


def test_what_is_not_due_stays(store: Store) -> None:
    [row] = add(store, outgoing(due_at=NOW + 5 * MINUTE))
    assert claim(store) == []
    assert claim(store, after=5 * MINUTE) == [row]


def test_what_is_claimed_is_not_claimed_again(store: Store) -> None:
    add(store, outgoing())
    assert len(claim(store)) == 1
    assert claim(store) == []
    assert claim(store, "w2") == []


def test_a_claim_takes_no_more_than_asked_for(store: Store) -> None:
    add(store, *(outgoing(target=f"p{n}") for n in range(5)))
    assert len(claim(store, limit=3)) == 3
    assert len(claim(store, "w2", limit=3)) == 2


def test_one_worker_serves_one_target_so_that_order_is_kept(store: Store) -> None:
    first, second, other = add(store, outgoing(target="a"), outgoing(target="a"), outgoing(target="b"))
    assert claim(store, limit=1) == [first]
    assert claim(store, "w2") == [other]
    take(store, first)
    assert claim(store, "w2") == []
    finish(store, Outcome(first, OutboxState.SENT))
    assert claim(store, "w2") == [second]


def test_a_target_gets_at_most_so_many_within_a_minute(store: Store) -> None:
    rows = add(store, *(outgoing() for _ in range(PER_MINUTE + 5)))
    assert claim(store) == rows[:PER_MINUTE]
    send(store, rows[:PER_MINUTE])
    assert claim(store, after=59 * SECOND) == []
    assert claim(store, after=61 * SECOND) == rows[PER_MINUTE:]


def test_what_was_sent_within_the_minute_counts(store: Store) -> None:
    add(store, *(outgoing() for _ in range(PER_MINUTE - 2)))
    send(store, claim(store))
    more = add(store, *(outgoing() for _ in range(5)))
    assert claim(store, after=30 * SECOND) == more[:2]


def test_a_target_whose_minute_is_full_does_not_hold_up_the_others(store: Store) -> None:
    flood = add(store, *(outgoing(target="flooded", due_at=NOW - MINUTE) for _ in range(PER_MINUTE * 3)))
    [other] = add(store, outgoing(target="other"))
    send(store, claim(store, limit=PER_MINUTE))
    assert claim(store, after=SECOND, limit=PER_MINUTE) == [other]
    assert state(store, flood[PER_MINUTE]) == OutboxState.WAITING


# ---------------------------------------------------------------- sending


def test_the_baton_passes_from_waiting_to_sent(store: Store) -> None:
    [row] = add(store, outgoing())
    claim(store)
    assert state(store, row) == OutboxState.CLAIMED
    taken = take(store, row)
    assert taken is not None
    assert (taken.state, taken.attempts, taken.speech) == (OutboxState.SENDING, 1, {"text": "您好"})
    finish(store, Outcome(row, OutboxState.SENT, receipt={"message_id": "m"}), after=SECOND)
    found = look(store, row)
    assert (found.state, found.receipt, found.sent_at) == (
        OutboxState.SENT,
        {"message_id": "m"},
        NOW + SECOND,
    )


def test_one_commit_notes_the_last_send_and_takes_the_next(store: Store) -> None:
    first, second = add(store, outgoing(target="a"), outgoing(target="b"))
    claim(store)
    take(store, first)
    taken = take(store, second, done=Outcome(first, OutboxState.SENT))
    assert taken is not None
    assert taken.id == second
    assert (state(store, first), state(store, second)) == (OutboxState.SENT, OutboxState.SENDING)


def test_a_failure_of_the_same_commit_leaves_both_as_they_were(store: Store) -> None:
    first, second = add(store, outgoing(target="a"), outgoing(target="b"))
    claim(store)
    take(store, first)
    with undone(store) as tx:
        tx.outbox.pass_on("w1", Outcome(first, OutboxState.SENT), second, NOW, NOW, LEASE)
    assert (state(store, first), state(store, second)) == (OutboxState.SENDING, OutboxState.CLAIMED)


def test_only_the_one_who_claimed_a_message_takes_it_and_only_once(store: Store) -> None:
    [row] = add(store, outgoing())
    assert take(store, row) is None
    claim(store)
    assert take(store, row, "w2") is None
    assert take(store, row) is not None
    assert take(store, row) is None


@pytest.mark.parametrize("end", [OutboxState.FAILED, OutboxState.UNKNOWN])
def test_a_send_that_went_wrong_is_kept_with_its_reason(store: Store, end: OutboxState) -> None:
    [row] = add(store, outgoing())
    claim(store)
    take(store, row)
    finish(store, Outcome(row, end, "60011: no right"))
    found = look(store, row)
    assert (found.state, found.error, found.sent_at) == (end, "60011: no right", None)
    assert claim(store, after=MINUTE) == []


def test_a_send_worth_repeating_waits_for_its_moment_and_counts_its_tries(store: Store) -> None:
    [row] = add(store, outgoing())
    claim(store)
    take(store, row)
    finish(store, Outcome(row, OutboxState.WAITING, "-1: busy", retry_at=NOW + 20 * SECOND))
    assert claim(store, after=19 * SECOND) == []
    assert claim(store, "w2", after=20 * SECOND) == [row]
    taken = take(store, row, "w2")
    assert taken is not None
    assert (taken.attempts, taken.error) == (2, "-1: busy")


def test_what_was_claimed_and_not_begun_is_given_back(store: Store) -> None:
    first, second = add(store, outgoing(target="a"), outgoing(target="b"))
    claim(store)
    take(store, first)
    with store.transaction() as tx:
        tx.outbox.let_go("w1")
    assert (state(store, first), state(store, second)) == (OutboxState.SENDING, OutboxState.WAITING)
    assert claim(store, "w2") == [second]


# ---------------------------------------------------------------- leases


def expired(store: Store, *, after: timedelta) -> list[int]:
    with store.transaction() as tx:
        return [row.id for row in tx.outbox.expired(NOW + after)]


def test_a_lease_that_holds_is_left_alone(store: Store) -> None:
    first, second = add(store, outgoing(target="a"), outgoing(target="b"))
    claim(store)
    take(store, first)
    assert expired(store, after=LEASE) == []
    assert (state(store, first), state(store, second)) == (OutboxState.SENDING, OutboxState.CLAIMED)


def test_after_the_lease_the_claimed_waits_again_and_the_send_under_way_is_in_doubt(store: Store) -> None:
    first, second = add(store, outgoing(target="a"), outgoing(target="b"))
    claim(store)
    take(store, first)
    assert expired(store, after=LEASE + SECOND) == [first]
    assert (state(store, first), state(store, second)) == (OutboxState.SENDING, OutboxState.WAITING)
    assert claim(store, "w2", after=LEASE + SECOND) == [second]
    assert take(store, second) is None


def test_taking_a_message_begins_its_lease_anew(store: Store) -> None:
    [row] = add(store, outgoing())
    claim(store)
    with store.transaction() as tx:
        tx.outbox.pass_on("w1", None, row, NOW, NOW + 50 * SECOND, LEASE)
    assert expired(store, after=LEASE + SECOND) == []
    assert expired(store, after=LEASE + 51 * SECOND) == [row]


def taken_over(store: Store, tx_note: Outcome) -> int:
    """w1 stalls in flight; what is in doubt is settled; w2 claims and sends again."""
    [row] = add(store, outgoing())
    claim(store)
    take(store, row)
    later = LEASE + SECOND
    with store.transaction() as tx:
        [stuck] = tx.outbox.expired(NOW + later)
        tx.outbox.note(
            Outcome(stuck.id, tx_note.state, tx_note.error, retry_at=tx_note.retry_at), NOW + later
        )
    assert claim(store, "w2", after=later) == [row]
    assert take(store, row, "w2") is not None
    return row


AGAIN = Outcome(0, OutboxState.WAITING, "answer lost", retry_at=NOW)


@pytest.mark.parametrize(
    "late", [Outcome(0, OutboxState.WAITING, "late", retry_at=NOW), Outcome(0, OutboxState.FAILED, "late")]
)
def test_a_worker_that_comes_back_too_late_does_not_bring_a_message_back(store: Store, late: Outcome) -> None:
    row = taken_over(store, AGAIN)
    finish(store, Outcome(row, late.state, late.error, retry_at=late.retry_at), "w1")
    assert state(store, row) == OutboxState.SENDING
    finish(store, Outcome(row, OutboxState.SENT), "w2")
    finish(store, Outcome(row, late.state, late.error, retry_at=late.retry_at), "w1")
    assert state(store, row) == OutboxState.SENT


def test_an_arrival_is_noted_however_late_and_spares_the_repetition(store: Store) -> None:
    [row] = add(store, outgoing())
    claim(store)
    take(store, row)
    later = LEASE + SECOND
    with store.transaction() as tx:
        tx.outbox.expired(NOW + later)
        tx.outbox.note(Outcome(row, OutboxState.WAITING, "answer lost", retry_at=NOW), NOW + later)
    assert claim(store, "w2", after=later) == [row]
    finish(store, Outcome(row, OutboxState.SENT), "w1")
    assert take(store, row, "w2") is None
    assert state(store, row) == OutboxState.SENT


# ---------------------------------------------------------------- what people do to it


def test_a_waiting_message_can_be_hurried(store: Store) -> None:
    [row, other] = add(
        store,
        outgoing(subject="issue:12", due_at=NOW + 5 * MINUTE),
        outgoing(subject="issue:13", due_at=NOW + 5 * MINUTE),
    )
    with store.transaction() as tx:
        assert tx.outbox.hurry("issue:12", NOW) == 1
    assert claim(store) == [row]
    assert state(store, other) == OutboxState.WAITING


def test_a_waiting_message_can_be_dropped_and_told_again_later(store: Store) -> None:
    [row] = add(store, outgoing(subject="issue:12", once="release:12", due_at=NOW + 5 * MINUTE))
    with store.transaction() as tx:
        assert tx.outbox.drop("issue:12") == 1
    assert state(store, row) == OutboxState.DROPPED
    assert claim(store, after=5 * MINUTE) == []
    assert len(add(store, outgoing(subject="issue:12", once="release:12"))) == 1


def test_what_is_on_its_way_can_neither_be_hurried_nor_dropped(store: Store) -> None:
    [row] = add(store, outgoing(subject="issue:12"))
    claim(store)
    with store.transaction() as tx:
        assert (tx.outbox.hurry("issue:12", NOW), tx.outbox.drop("issue:12")) == (0, 0)
        assert not tx.outbox.drop_one(row)
        assert not tx.outbox.retry(row, NOW)


@pytest.mark.parametrize("end", [OutboxState.FAILED, OutboxState.UNKNOWN])
def test_the_administrator_retries_or_drops_what_is_stuck(store: Store, end: OutboxState) -> None:
    rows = add(store, outgoing(target="a"), outgoing(target="b"))
    for row in claim(store):
        take(store, row)
        finish(store, Outcome(row, end, "40003: unknown member"))
    with store.transaction() as tx:
        assert {row.id for row in tx.outbox.in_state([end])} == set(rows)
        assert tx.outbox.retry(rows[0], NOW)
        assert tx.outbox.drop_one(rows[1])
        assert not tx.outbox.retry(99999, NOW)
    assert claim(store) == rows[:1]
    taken = take(store, rows[0])
    assert taken is not None
    assert (taken.attempts, taken.error) == (1, "")
    assert state(store, rows[1]) == OutboxState.DROPPED


# ---------------------------------------------------------------- what the operator sees


def test_counts_and_ages(store: Store) -> None:
    with store.reading() as tx:
        assert tx.outbox.oldest_due(NOW) is None
        assert not tx.outbox.any_due(NOW)
    sent, _ = add(store, outgoing(target="a"), outgoing(target="b", due_at=NOW + MINUTE))
    with store.reading() as tx:
        assert tx.outbox.any_due(NOW)
        assert tx.outbox.oldest_due(NOW + 2 * MINUTE) == NOW
    send(store, claim(store))
    with store.reading() as tx:
        assert not tx.outbox.any_due(NOW)
        assert tx.outbox.count_by_state() == {"sent": 1, "waiting": 1}
        assert tx.outbox.get(99999) is None
        assert [row.id for row in tx.outbox.in_state(["sent", "failed"])] == [sent]


def test_lists_show_the_newest_first_and_no_more_than_asked_for(store: Store) -> None:
    rows = add(store, *(outgoing(target=f"p{n}") for n in range(4)))
    with store.reading() as tx:
        newest = tx.outbox.in_state([OutboxState.WAITING], 2)
    assert [row.id for row in newest] == [rows[3], rows[2]]
