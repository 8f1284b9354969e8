"""Two connections at once on PostgreSQL: who waits, who wins, and that nothing is done twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import text

from domain.items import ItemState
from storage.errors import Busy, Stale
from storage.outbox import OutboxState, Outcome
from storage.store import Store, Transaction
from tests import factories
from tests.factories import NOW, outgoing
from tests.storage.endings import undone
from tests.storage.waiting import connection_of, error_of, others, result_of

LEASE = timedelta(seconds=60)


# ---------------------------------------------------------------- a message and its repeat


def repeat(tx: Transaction) -> str | None:
    """What the platform gets for "m1": None when this is the first."""
    if factories.received(tx, key="m1"):
        return None
    kept = tx.inbox.by_key("m1")
    return kept.answer if kept else ""


def test_a_repeat_waits_for_the_first_and_then_sees_its_answer(postgres_store: Store) -> None:
    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            inbox_id = factories.received(tx, key="m1") or 0
            second = also.start_and_wait(repeat)
            tx.inbox.answered(inbox_id, "施工许可已受理", {})
        assert result_of(second) == "施工许可已受理"


def test_a_repeat_takes_over_when_the_first_fails(postgres_store: Store) -> None:
    with others(postgres_store) as also:
        with undone(postgres_store) as tx:
            factories.received(tx, key="m1")
            second = also.start_and_wait(repeat)
        assert result_of(second) is None
    with postgres_store.reading() as tx:
        assert tx.inbox.by_key("m1") is not None


def test_a_repeat_that_waited_long_enough_is_told_busy(postgres_store: Store) -> None:
    with others(postgres_store) as also, postgres_store.transaction() as tx:
        factories.received(tx, key="m1")
        second = also.start(repeat, lock_wait_ms=100)
        assert isinstance(error_of(second), Busy)


def test_another_message_does_not_wait(postgres_store: Store) -> None:
    with others(postgres_store) as also, postgres_store.transaction() as tx:
        factories.received(tx, key="m1")
        assert result_of(also.start(lambda other: factories.received(other, key="m2")))


# ---------------------------------------------------------------- the lock of a talk


def test_two_messages_of_one_person_are_answered_one_after_the_other(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        me = factories.person(tx, userid="chen.jing").id

    def talk(tx: Transaction) -> str:
        person = tx.people.by_userid("chen.jing", lock=True)
        return person.name if person else ""

    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            talk(tx)
            second = also.start_and_wait(talk)
            assert tx.people.save("chen.jing", "陈静静") == me
        assert result_of(second) == "陈静静"


def test_another_persons_talk_does_not_wait(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        factories.person(tx, userid="chen.jing")
        factories.person(tx, userid="li.na")
    with others(postgres_store) as also, postgres_store.transaction() as tx:
        tx.people.by_userid("chen.jing", lock=True)
        assert result_of(also.start(lambda other: other.people.by_userid("li.na", lock=True))) is not None


def test_a_card_for_somebody_who_is_talking_does_not_wait(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        me = factories.person(tx, userid="chen.jing").id
    with others(postgres_store) as also, postgres_store.transaction() as tx:
        tx.people.by_userid("chen.jing", lock=True)
        result_of(also.start(lambda other: other.cards.open("t1", me, "issue:1", NOW), lock_wait_ms=2000))


def test_a_group_is_bound_by_one_at_a_time(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        project = factories.project(tx).id
        factories.group(tx, project_id=project)

    def bind(tx: Transaction, chat: str) -> bool:
        group = tx.groups.of_project(project, lock=True)
        if group is None or group.bot_chat:
            return False
        tx.groups.bind(project, chat)
        return True

    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            assert bind(tx, "wrk1")
            second = also.start_and_wait(lambda other: bind(other, "wrk2"))
        assert not result_of(second)


# ---------------------------------------------------------------- compare and set


def test_of_two_that_save_one_issue_exactly_one_wins(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        no = factories.issue(tx, project_id=factories.project(tx).id, raised_by=factories.person(tx).id).no
        mine, theirs = tx.issues.get(no), tx.issues.get(no)
    assert mine is not None
    assert theirs is not None
    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            mine.to_triage("first")
            tx.issues.save(mine)
            theirs.to_triage("second")
            second = also.start_and_wait(lambda other: other.issues.save(theirs))
        assert isinstance(error_of(second), Stale)
    with postgres_store.reading() as tx:
        saved = tx.issues.get(no)
    assert saved is not None
    assert (saved.why, saved.version) == ("first", 1)


def test_a_save_wins_after_the_first_one_failed(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        issue = factories.issue(tx, project_id=factories.project(tx).id, raised_by=factories.person(tx).id)
        again = tx.issues.get(issue.no)
    assert again is not None
    with others(postgres_store) as also:
        with undone(postgres_store) as tx:
            tx.issues.save(issue)
            second = also.start_and_wait(lambda other: other.issues.save(again))
        assert error_of(second) is None


def test_of_two_that_record_an_event_on_one_item_the_second_looks_again(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        factories.case_item(tx, case_id=case_id)
        [item] = tx.cases.items([case_id])[case_id]
    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            tx.cases.save_item(item.record(factories.event(state=ItemState.RECEIVED), factories.DAY), item)
            second = also.start_and_wait(
                lambda other: other.cases.save_item(
                    item.record(factories.event(state=ItemState.ACCEPTED), factories.DAY), item
                )
            )
        assert isinstance(error_of(second), Stale)


def test_a_response_code_is_spent_by_one_of_two(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        tx.cards.open("t1", factories.person(tx).id, "issue:1", NOW)
        tx.cards.note_code("t1", "code", NOW)
    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            assert tx.cards.spend_code("t1", NOW) == "code"
            second = also.start_and_wait(lambda other: other.cards.spend_code("t1", NOW))
        assert result_of(second) == ""


# ---------------------------------------------------------------- numbers, claims, chains


def test_the_very_first_number_is_given_once(postgres_store: Store) -> None:
    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            assert tx.sites.next_number("issue") == 1
            second = also.start_and_wait(lambda other: other.sites.next_number("issue"))
        assert result_of(second) == 2


def test_no_number_is_given_twice(store: Store) -> None:
    with others(store, 4) as also:
        given = [also.start(lambda tx: tx.sites.next_number("issue")) for _ in range(40)]
    assert sorted(map(result_of, given)) == list(range(1, 41))


def test_of_two_schedulers_one_does_it(postgres_store: Store) -> None:
    def claim(tx: Transaction) -> bool:
        return tx.runs.claim("weekly_summary", "group:1", "2026-W38", NOW)

    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            assert claim(tx)
            second = also.start_and_wait(claim)
        assert not result_of(second)


def test_of_two_schedulers_the_second_does_it_when_the_first_fails(postgres_store: Store) -> None:
    def claim(tx: Transaction) -> set[str]:
        return tx.runs.claim_many("weekly_summary", ["group:1", "group:2"], "2026-W38", NOW)

    with others(postgres_store) as also:
        with undone(postgres_store) as tx:
            assert claim(tx) == {"group:1", "group:2"}
            second = also.start_and_wait(claim)
        assert result_of(second) == {"group:1", "group:2"}


def test_a_chain_written_by_many_at_once_is_whole(store: Store) -> None:
    def write(tx: Transaction) -> None:
        for project in (1, 2):
            tx.audit.add(project, NOW, "li.na", "issue.release", "issue:1")

    with others(store, 4) as also:
        for written in [also.start(write) for _ in range(20)]:
            result_of(written)
    with store.reading() as tx:
        assert [tx.audit.broken_at(project) for project in (1, 2)] == [None, None]
        assert len(tx.audit.of_subject("issue:1")) == 40


# ---------------------------------------------------------------- the outbox


def test_a_second_worker_waits_and_then_takes_what_is_left(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        rows = tx.outbox.add([outgoing(target=f"p{n % 3}") for n in range(9)], NOW)

    def claim(tx: Transaction, worker: str) -> list[int]:
        return tx.outbox.claim(worker, NOW, NOW, 4, LEASE)

    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            first = claim(tx, "w1")
            second = also.start_and_wait(lambda other: claim(other, "w2"))
        assert first == rows[:4]  # all three are being served
        assert result_of(second) == []


_SERVED_TWICE = text(
    "SELECT target FROM outbox WHERE state IN ('claimed', 'sending') GROUP BY target HAVING count(DISTINCT claimed_by) > 1"
)


class Worker:
    """Claims and sends until there is nothing left for it; what was sent lands in one list for all."""

    def __init__(self, store: Store, name: str, sent: list[tuple[str, int]]) -> None:
        self._store, self._name, self._sent = store, name, sent

    def work(self) -> None:
        while ids := self._claim():
            for row_id in ids:
                self._deliver(row_id)

    def _claim(self) -> list[int]:
        with self._store.transaction() as tx:
            ids = tx.outbox.claim(self._name, NOW, NOW, 7, LEASE)
            assert connection_of(tx).execute(_SERVED_TWICE).all() == []
            return ids

    def _deliver(self, row_id: int) -> None:
        with self._store.transaction() as tx:
            row = tx.outbox.pass_on(self._name, None, row_id, NOW, NOW, LEASE)
        assert row is not None
        self._sent.append((row.target, row.id))
        with self._store.transaction() as tx:
            # A minute ago: the limit per minute is not what is looked at here.
            tx.outbox.pass_on(self._name, Outcome(row.id, OutboxState.SENT), None, NOW - LEASE, NOW, LEASE)


def test_many_workers_never_have_the_same_message_nor_serve_one_target_at_once(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        rows = tx.outbox.add([outgoing(target=f"p{n % 12}") for n in range(120)], NOW)
    sent: list[tuple[str, int]] = []
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(Worker(postgres_store, f"w{n}", sent).work) for n in range(4)]:
            result_of(done)
    # Whoever finds all targets in others' hands goes home: the last one finishes.
    Worker(postgres_store, "last", sent).work()
    assert sorted(row_id for _, row_id in sent) == rows
    for target in {target for target, _ in sent}:
        own = [row_id for to, row_id in sent if to == target]
        assert own == sorted(own), "out of order"


def test_what_is_dropped_while_it_is_being_claimed_is_not_sent(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        dropped, other = tx.outbox.add([outgoing(target="a", subject="issue:12"), outgoing(target="b")], NOW)
    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            assert tx.outbox.drop("issue:12") == 1
            claimed = also.start_and_wait(lambda worker: worker.outbox.claim("w1", NOW, NOW, 10, LEASE))
        assert result_of(claimed) == [other]
    with postgres_store.reading() as tx:
        row = tx.outbox.get(dropped)
    assert row is not None
    assert row.state == OutboxState.DROPPED


def test_a_drop_that_comes_too_late_says_so(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        tx.outbox.add([outgoing(subject="issue:12")], NOW)
    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            assert len(tx.outbox.claim("w1", NOW, NOW, 10, LEASE)) == 1
            dropped = also.start_and_wait(lambda officer: officer.outbox.drop("issue:12"))
        assert result_of(dropped) == 0


def test_two_sweepers_do_not_settle_the_same_doubt(postgres_store: Store) -> None:
    with postgres_store.transaction() as tx:
        [row] = tx.outbox.add([outgoing()], NOW)
        tx.outbox.claim("w1", NOW, NOW, 10, LEASE)
        tx.outbox.pass_on("w1", None, row, NOW, NOW, LEASE)
    later = NOW + 2 * LEASE
    with others(postgres_store) as also, postgres_store.transaction() as tx:
        assert [found.id for found in tx.outbox.expired(later)] == [row]
        assert result_of(also.start(lambda other: other.outbox.expired(later))) == []


def test_the_same_thing_is_told_once_by_two_at_once(postgres_store: Store) -> None:
    def tell(tx: Transaction) -> int:
        return len(tx.outbox.add([outgoing(once="summary:1:2026-W38")], NOW))

    with others(postgres_store) as also:
        with postgres_store.transaction() as tx:
            assert tell(tx) == 1
            second = also.start_and_wait(tell)
        assert result_of(second) == 0
