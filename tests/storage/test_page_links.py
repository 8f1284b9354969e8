"""Links to pages, each used once; files read piece by piece. On both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.store import Store

AT = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)


def test_a_link_is_used_once_and_counts_wrong_codes(store: Store) -> None:
    with store.transaction() as tx:
        person = tx.people.save("li.na", "李娜")
        tx.page_links.add("t", "c", person_id=person, page="", at=AT, until=AT + timedelta(minutes=10))
        link = tx.page_links.get("t", lock=True)
        assert link is not None
        tx.page_links.missed(link.id)
        assert tx.page_links.use(link.id, AT)
        assert not tx.page_links.use(link.id, AT)
        later = AT + timedelta(hours=1)
        tx.page_links.add("t2", "c", person_id=person, page="/m/issue/3", at=later, until=later)
    with store.reading() as tx:
        assert tx.page_links.get("t") is None  # dead ones go with the next
        kept = tx.page_links.get("t2")
        assert kept is not None
        assert (kept.page, kept.tries, kept.used_at) == ("/m/issue/3", 0, None)


def test_a_file_is_read_piece_by_piece(store: Store) -> None:
    data = bytes(range(256)) * 10
    with store.transaction() as tx:
        file_id = tx.files.add("图.png", data, AT, project_id=None, uploaded_by=None)
    with store.reading() as tx:
        known = tx.files.described(file_id)
        assert known is not None
        assert (known.name, known.size) == ("图.png", len(data))
        assert tx.files.piece(file_id, 0, 700) == data[:700]
        assert tx.files.piece(file_id, 2500, 700) == data[2500:]
        assert tx.files.piece(file_id, 9999, 10) == b""
        assert tx.files.described(file_id + 1) is None
