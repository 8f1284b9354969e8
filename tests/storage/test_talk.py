"""The inbox, dialogs, cards, runs and files."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from storage.dialogs import OpenDialog, Recent
from storage.errors import Conflict
from storage.inbox import Kept
from storage.store import Store, Transaction
from tests import factories
from tests.factories import NOW
from tests.storage.endings import refused, undone
from tests.storage.waiting import connection_of

MINUTE = timedelta(minutes=1)


def kept(tx: Transaction, key: str) -> Kept:
    found = tx.inbox.by_key(key)
    assert found is not None
    return found


# ---------------------------------------------------------------- inbox


def test_a_message_is_kept_once_with_the_answer_given(store: Store) -> None:
    with store.transaction() as tx:
        inbox_id = factories.received(tx, key="m1", sender="chen.jing", chat="wrk1", text="办到哪了")
        assert inbox_id
        tx.inbox.answered(inbox_id, "施工许可已受理", {"acts": [{"intent": "progress"}]})
    with store.transaction() as tx:
        assert factories.received(tx, key="m1", text="别的话") is None
        found = kept(tx, "m1")
        assert tx.inbox.get(inbox_id) == tx.inbox.get(inbox_id, lock=True) == found
    assert (found.id, found.state, found.answer) == (inbox_id, "answered", "施工许可已受理")
    assert (found.message, found.understood) == ({"text": "办到哪了"}, {"acts": [{"intent": "progress"}]})
    assert (found.channel, found.sender, found.chat, found.received_at) == ("bot", "chen.jing", "wrk1", NOW)


def test_a_message_nobody_kept_is_not_found(store: Store) -> None:
    with store.reading() as tx:
        assert tx.inbox.by_key("m1") is None
        assert tx.inbox.get(1) is None
        assert tx.inbox.oldest_pending() is None


def test_a_message_in_a_single_chat_has_no_chat(store: Store) -> None:
    with store.transaction() as tx:
        factories.received(tx, key="m1", chat=None)
        assert kept(tx, "m1").chat is None


@pytest.mark.parametrize(
    ("written", "read"), [("办\x00到哪", "办\ufffd到哪"), ("好\ud83d", "好\ufffd"), ("好👍", "好👍")]
)
def test_a_message_with_an_unreadable_character_is_kept_all_the_same(
    store: Store, written: str, read: str
) -> None:
    message = {"text": written, "quote": {"parts": [written, 1, None]}}
    with store.transaction() as tx:
        assert tx.inbox.add("m1", channel="bot", sender="chen.jing", chat=None, message=message, at=NOW)
        assert kept(tx, "m1").message == {"text": read, "quote": {"parts": [read, 1, None]}}


def test_what_was_put_off_stays_pending_with_its_promise(store: Store) -> None:
    with store.transaction() as tx:
        inbox_id = factories.received(tx, key="m1") or 0
        tx.inbox.put_off(inbox_id, "已收到，稍后答复。", "KeyError")
        assert (kept(tx, "m1").state, kept(tx, "m1").answer) == ("pending", "已收到，稍后答复。")
        assert tx.inbox.pending(NOW, 10) == [inbox_id]
        tx.inbox.answered(inbox_id, "已收到，稍后答复。", {})
        assert tx.inbox.pending(NOW, 10) == []


def test_after_so_many_failures_a_message_is_failed_for_good(store: Store) -> None:
    with store.transaction() as tx:
        inbox_id = factories.received(tx, key="m1") or 0
        for attempt in range(1, 4):
            assert kept(tx, "m1").state == "pending"
            tx.inbox.note_failure(inbox_id, "ValueError", most=3)
            assert kept(tx, "m1").attempts == attempt
        assert (kept(tx, "m1").state, kept(tx, "m1").error) == ("failed", "ValueError")
        assert tx.inbox.pending(NOW, 10) == []


def test_pending_messages_come_in_order_and_only_after_a_while(store: Store) -> None:
    with store.transaction() as tx:
        ids = [factories.received(tx, at=NOW - 2 * MINUTE + n * MINUTE) for n in range(4)]
        assert tx.inbox.pending(NOW, 10) == ids[:3]
        assert tx.inbox.pending(NOW, 2) == ids[:2]
        assert tx.inbox.oldest_pending() == NOW - 2 * MINUTE


def test_what_people_wrote_stays_out_of_reprs(store: Store) -> None:
    with store.transaction() as tx:
        inbox_id = factories.received(tx, key="m1", text="琥珀七九") or 0
        tx.inbox.answered(inbox_id, "琥珀七九", {"slots": "琥珀七九"})
        assert "琥珀" not in repr(kept(tx, "m1"))


# ---------------------------------------------------------------- dialogs


def dialog(person: int, project: int, *, step: str = "wish", at: timedelta = timedelta(0)) -> OpenDialog:
    return OpenDialog(person, project, "feedback_form", step, {"description": "琥珀七九"}, NOW + at)


def test_a_dialog_belongs_to_a_person_and_a_project(store: Store) -> None:
    with store.transaction() as tx:
        me, other = factories.person(tx).id, factories.person(tx).id
        tx.dialogs.save(dialog(me, 1))
        tx.dialogs.save(dialog(me, 2, at=MINUTE))
        tx.dialogs.save(dialog(other, 1, at=2 * MINUTE))
        since = NOW - MINUTE
        assert tx.dialogs.open_for(me, 1, since) == dialog(me, 1)
        assert tx.dialogs.open_for(me, None, since) == dialog(me, 2, at=MINUTE)
        assert tx.dialogs.open_for(other, 2, since) is None


def test_a_dialog_goes_on_in_place_and_ends(store: Store) -> None:
    with store.transaction() as tx:
        me = factories.person(tx).id
        tx.dialogs.save(dialog(me, 1))
        tx.dialogs.save(dialog(me, 1, step="confirm", at=MINUTE))
        assert tx.dialogs.open_for(me, 1, NOW - MINUTE) == dialog(me, 1, step="confirm", at=MINUTE)
        tx.dialogs.end(me, 2)
        assert tx.dialogs.open_for(me, 1, NOW - MINUTE) is not None
        tx.dialogs.end(me, 1)
        assert tx.dialogs.open_for(me, 1, NOW - MINUTE) is None


def test_a_dialog_nobody_touched_for_long_is_over(store: Store) -> None:
    with store.transaction() as tx:
        me = factories.person(tx).id
        tx.dialogs.save(dialog(me, 1))
        assert tx.dialogs.open_for(me, 1, NOW) is None
        assert "琥珀" not in repr(dialog(me, 1))


def _recent(tx: Transaction, person: int, chat: str, since: datetime) -> Recent:
    return tx.opening.going_on(person, chat, None, dialogs_since=since, recent_since=since)[1]


def test_what_was_talked_of_last_is_remembered_per_chat_and_for_a_while(store: Store) -> None:
    with store.transaction() as tx:
        me = factories.person(tx).id
        project = factories.project(tx).id
        assert _recent(tx, me, "wrk1", NOW - MINUTE) == Recent()
        tx.dialogs.remember(me, "wrk1", Recent(project, "sg_xuke", 12), NOW - MINUTE)
        tx.dialogs.remember(me, "wrk1", Recent(project, "yongdi_yushen"), NOW)
        tx.dialogs.remember(me, "wrk2", Recent(issue_no=3), NOW)
        assert _recent(tx, me, "wrk1", NOW - MINUTE) == Recent(project, "yongdi_yushen")
        assert _recent(tx, me, "wrk2", NOW - MINUTE) == Recent(issue_no=3)
        assert _recent(tx, me, "wrk1", NOW) == Recent()


# ---------------------------------------------------------------- cards


def test_a_card_is_live_until_it_shows_its_final_state(store: Store) -> None:
    with store.transaction() as tx:
        me = factories.person(tx).id
        for task in ("t1", "t2"):
            tx.cards.open(task, me, "issue:12", NOW)
        tx.cards.open("t3", me, "issue:13", NOW)
        assert [card.task_id for card in tx.cards.live("issue:12")] == ["t1", "t2"]
        tx.cards.finish("t1")
        assert [card.task_id for card in tx.cards.live("issue:12")] == ["t2"]
        found = tx.cards.by_task("t1")
        assert found is not None
        assert (found.person_id, found.subject, found.sent_at, found.done) == (me, "issue:12", NOW, True)
        assert tx.cards.by_task("t9") is None


def test_the_newest_response_code_works_once(store: Store) -> None:
    with store.transaction() as tx:
        tx.cards.open("t1", factories.person(tx).id, "issue:12", NOW)
        assert tx.cards.spend_code("t1", NOW) == ""
        tx.cards.note_code("t1", "first", NOW)
        tx.cards.note_code("t1", "琥珀", NOW)
        assert "琥珀" not in repr(tx.cards.by_task("t1"))
        assert tx.cards.spend_code("t1", NOW + timedelta(hours=71)) == "琥珀"
        assert tx.cards.spend_code("t1", NOW) == ""
        assert tx.cards.spend_code("t9", NOW) == ""
        tx.cards.note_code("t1", "old", NOW)
        assert tx.cards.spend_code("t1", NOW + timedelta(hours=72)) == ""


def test_a_task_id_is_of_one_card(store: Store) -> None:
    with refused(store, Conflict) as tx:
        me = factories.person(tx).id
        for _ in range(2):
            tx.cards.open("t1", me, "issue:12", NOW)


# ---------------------------------------------------------------- runs


def test_a_scheduled_thing_is_done_once_per_subject_and_period(store: Store) -> None:
    with store.transaction() as tx:
        assert not tx.runs.done("weekly_summary", "group:1", "2026-W38")
        assert tx.runs.claim("weekly_summary", "group:1", "2026-W38", NOW)
        assert not tx.runs.claim("weekly_summary", "group:1", "2026-W38", NOW)
        assert tx.runs.claim("weekly_summary", "group:1", "2026-W39", NOW)
        assert tx.runs.claim("weekly_summary", "group:2", "2026-W38", NOW)
        assert tx.runs.claim("digest", "group:1", "2026-W38", NOW)
        assert tx.runs.done("weekly_summary", "group:1", "2026-W38")


def test_a_claim_that_was_rolled_back_is_free_again(store: Store) -> None:
    with undone(store) as tx:
        assert tx.runs.claim("digest", "p:1", "2026-09-15", NOW)
    with store.transaction() as tx:
        assert tx.runs.claim("digest", "p:1", "2026-09-15", NOW)


def test_of_many_subjects_only_the_new_ones_are_claimed(store: Store) -> None:
    with store.transaction() as tx:
        tx.runs.claim("digest", "p:1", "d", NOW)
        assert tx.runs.claim_many("digest", ["p:1", "p:2", "p:3"], "d", NOW) == {"p:2", "p:3"}
        assert tx.runs.claim_many("digest", ["p:1", "p:2"], "d", NOW) == set()
        assert tx.runs.claim_many("digest", [], "d", NOW) == set()
        assert tx.runs.claim_many("digest", ["p:9", "p:9"], "d", NOW) == {"p:9"}


def test_a_citys_subjects_are_claimed_in_one_transaction(store: Store) -> None:
    subjects = [f"group:{n}" for n in range(20_000)]
    with store.transaction() as tx:
        assert len(tx.runs.claim_many("weekly_summary", subjects, "2026-W38", NOW)) == 20_000


def test_the_last_heartbeat_counts(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.runs.last_beat("scheduler") is None
        tx.runs.beat("scheduler", NOW)
        tx.runs.beat("scheduler", NOW + MINUTE)
        assert tx.runs.last_beat("scheduler") == NOW + MINUTE


# ---------------------------------------------------------------- files


def test_every_upload_is_a_row_of_its_own_and_the_bytes_are_kept_once(store: Store) -> None:
    data = bytes(range(256)) * 40
    with store.transaction() as tx:
        project, me = factories.project(tx).id, factories.person(tx).id
        first = tx.files.add("施工合同.pdf", data, NOW, project_id=project, uploaded_by=me)
        second = tx.files.add("另一个名字.pdf", data, NOW, project_id=project, uploaded_by=me)
        assert tx.files.get(first) == ("施工合同.pdf", data)
        assert tx.files.get(second) == ("另一个名字.pdf", data)
        assert tx.files.get(99999) is None
        kept = connection_of(tx).execute(text("SELECT sha256, size FROM blobs")).all()
    assert [tuple(row) for row in kept] == [(hashlib.sha256(data).hexdigest(), len(data))]


def test_a_file_sent_again_belongs_to_the_second_message_too(store: Store) -> None:
    with store.transaction() as tx:
        for key in ("bot:a", "bot:b"):
            inbox_id = factories.received(tx, key=key) or 0
            tx.files.add("同一份.pdf", b"same", NOW, project_id=None, uploaded_by=None, inbox_id=inbox_id)
            assert tx.files.of_inbox(inbox_id) == ["同一份.pdf"]


def test_the_files_of_a_message(store: Store) -> None:
    with store.transaction() as tx:
        inbox_id = factories.received(tx) or 0
        for name in ("a.pdf", "b.pdf"):
            tx.files.add(name, name.encode(), NOW, project_id=None, uploaded_by=None, inbox_id=inbox_id)
        tx.files.add("c.pdf", b"c", NOW, project_id=None, uploaded_by=None)
        assert sorted(tx.files.of_inbox(inbox_id)) == ["a.pdf", "b.pdf"]


def test_an_empty_file_is_a_file(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.files.get(tx.files.add("空.txt", b"", NOW, project_id=None, uploaded_by=None)) == (
            "空.txt",
            b"",
        )
