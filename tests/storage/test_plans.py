"""The questions asked all day long are answered by an index, however much has piled up (PostgreSQL)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from storage.store import Store, Transaction
from tests import servers
from tests.factories import NOW
from tests.storage.waiting import connection_of

Ask = Callable[[Transaction], Any]
LEASE = timedelta(seconds=60)
# More than PostgreSQL plans for when it chooses how to ask (five custom plans, then perhaps a general one).
OFTEN = 12

_PILED_UP = (
    """INSERT INTO people (userid, name, phone, active) SELECT 'p' || n, 'x', '', true
       FROM generate_series(1, 5000) n""",
    """INSERT INTO enterprises (name, credit_code, address) VALUES ('x', 'x', '')""",
    """INSERT INTO projects (code, name, type, enterprise_id, officer_id, national_code, facts)
       SELECT 'P' || n, 'x', 'gov_building', (SELECT min(id) FROM enterprises), (SELECT min(id) FROM people), '', '{}'
       FROM generate_series(1, 4000) n""",
    """INSERT INTO work_groups (project_id, name, appchat, bot_chat, owner, members, gone, since)
       SELECT id, 'x', 'app' || id, 'bot' || id, 'li.na', '[]', false, now() FROM projects""",
    """INSERT INTO cases (no, project_id, level, scope, status, accepted_on)
       SELECT 'C' || id, id, 'full', 'whole', 'active', NULL FROM projects""",
    """INSERT INTO case_items (case_id, item_id, position, events, result_no)
       SELECT cases.id, i.id, 1, '[]', '' FROM cases, (SELECT id FROM catalogue_items ORDER BY id LIMIT 10) i""",
    """INSERT INTO issues (no, project_id, category, description, raised_by, raised_at, wish, status, level, why,
                           rule_version, steps, next_step_at, returns, answer, version, representative_id)
       SELECT n, (SELECT min(id) FROM projects) + n % 4000, 'progress', 'x', (SELECT min(id) FROM people), now(), '',
              CASE WHEN n % 200 = 0 THEN 'accepted' ELSE 'closed' END, 'representative', '', 1, '[]',
              CASE WHEN n % 200 = 0 THEN timestamptz '2026-09-15 01:00Z' + n * interval '1 second' END, 0, '', 0,
              (SELECT min(id) FROM people) + n % 50
       FROM generate_series(1, 20000) n""",
    """INSERT INTO inbox (key, channel, sender, chat, message, received_at, state, answer, understood, attempts, error)
       SELECT 'm' || n, 'bot', 'p' || n % 5000, NULL, '{}', timestamptz '2026-09-01Z' + n * interval '10 seconds',
              CASE WHEN n % 1000 = 0 THEN 'pending' ELSE 'answered' END, '', '{}', 0, ''
       FROM generate_series(1, 30000) n""",
    """INSERT INTO outbox (kind, target, speech, subject, once, urgent, due_at, state, attempts, error, receipt,
                           created_at, sent_at)
       SELECT 'person', 'p' || n % 5000, '{}', 'issue:' || n, 'once' || n, false,
              timestamptz '2026-09-01Z' + n * interval '10 seconds',
              CASE WHEN n % 500 = 0 THEN 'waiting' ELSE 'sent' END, 1, '', '{}', timestamptz '2026-09-01Z',
              CASE WHEN n % 500 = 0 THEN NULL ELSE timestamptz '2026-09-01Z' + n * interval '10 seconds' END
       FROM generate_series(1, 40000) n""",
    """INSERT INTO audit (project_id, seq, at, actor, action, subject, details, previous, hash)
       SELECT n % 400, n / 400, now(), 'li.na', 'x', 'issue:' || n, '{}', '', '' FROM generate_series(1, 20000) n""",
)


@pytest.fixture(scope="module")
def city(postgres_templates: servers.Postgres) -> Iterator[Store]:
    """A busy city after some years, in small."""
    with postgres_templates.fresh("with_site") as url:
        store = Store(url)
        with store.transaction() as tx:
            for statement in _PILED_UP:
                connection_of(tx).execute(text(statement))
            connection_of(tx).execute(text("ANALYZE"))
        yield store
        store.close()


@pytest.fixture
def tx(city: Store) -> Iterator[Transaction]:
    """Rolled back at the end: every test finds the same city."""
    with city.engine.connect() as connection, connection.begin() as begun:
        yield Transaction(connection)
        begun.rollback()


HOT: dict[str, tuple[str, Ask]] = {
    "outbox.claim": ("outbox", lambda tx: tx.outbox.claim("w1", NOW, NOW, 10, LEASE)),
    "outbox.expired": ("outbox", lambda tx: tx.outbox.expired(NOW)),
    "outbox.any_due": ("outbox", lambda tx: tx.outbox.any_due(NOW)),
    "outbox.oldest_due": ("outbox", lambda tx: tx.outbox.oldest_due(NOW)),
    "outbox.hurry": ("outbox", lambda tx: tx.outbox.hurry("issue:77", NOW)),
    "outbox.of_inbox": ("outbox", lambda tx: tx.outbox.of_inbox(77)),
    "inbox.by_key": ("inbox", lambda tx: tx.inbox.by_key("m77")),
    "inbox.pending": ("inbox", lambda tx: tx.inbox.pending(NOW, 10)),
    "inbox.oldest_pending": ("inbox", lambda tx: tx.inbox.oldest_pending()),
    "issues.with_step_due": ("issues", lambda tx: tx.issues.with_step_due(NOW, 10)),
    "issues.of_project": ("issues", lambda tx: tx.issues.of_project(77)),
    "issues.held_by": ("issues", lambda tx: tx.issues.held_by(7)),
    "issues.overdue": ("issues", lambda tx: tx.issues.overdue(NOW)),
    "issues.not_routed": ("issues", lambda tx: tx.issues.not_routed(NOW, 10)),
    "groups.by_bot_chat": ("work_groups", lambda tx: tx.groups.by_bot_chat("bot77")),
    "groups.by_appchat": ("work_groups", lambda tx: tx.groups.by_appchat("app77")),
    "groups.of_project": ("work_groups", lambda tx: tx.groups.of_project(77)),
    "groups.after": ("work_groups", lambda tx: tx.groups.after(2000, 50)),
    "cases.open_of_project": ("cases", lambda tx: tx.cases.open_of_project(77)),
    "cases.items": ("case_items", lambda tx: tx.cases.items([7, 8, 9])),
    "people.by_userid": ("people", lambda tx: tx.people.by_userid("p77", lock=True)),
    "projects.get": ("projects", lambda tx: tx.projects.many({77})),
    "projects.of_person": ("projects", lambda tx: tx.projects.of_person(4000)),
    "audit.add": ("audit", lambda tx: tx.audit.add(77, NOW, "li.na", "x", "issue:1")),
}


def plans_of(tx: Transaction, ask: Ask) -> list[dict[str, Any]]:
    """Every node of the plans of what `ask` sends."""
    sent: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        sent.append((statement, parameters))

    connection = connection_of(tx)
    event.listen(connection.engine, "before_cursor_execute", listen)
    ask(tx)
    event.remove(connection.engine, "before_cursor_execute", listen)
    nodes: list[dict[str, Any]] = []
    for statement, parameters in sent:
        told = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
        plan = told if isinstance(told, list) else json.loads(told)
        nodes += _flat(plan[0]["Plan"])
    return nodes


def _flat(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(below for child in node.get("Plans", ()) for below in _flat(child))]


@pytest.mark.parametrize("name", HOT)
def test_a_hot_question_is_answered_by_an_index(tx: Transaction, name: str) -> None:
    table, ask = HOT[name]
    nodes = plans_of(tx, ask)
    assert not [n for n in nodes if n["Node Type"] == "Seq Scan" and n["Relation Name"] == table], nodes
    assert any("Index" in node["Node Type"] for node in nodes)


_SCANS = text("SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = :name")


@pytest.mark.parametrize("name", HOT)
def test_it_still_is_when_asked_often_as_a_prepared_statement(tx: Transaction, name: str) -> None:
    table, ask = HOT[name]
    before = _scans(tx, table)
    for _ in range(OFTEN):
        ask(tx)
    sequential, by_index = (now - then for now, then in zip(_scans(tx, table), before, strict=True))
    assert sequential == 0
    assert by_index >= OFTEN


def _scans(tx: Transaction, table: str) -> tuple[int, int]:
    query = text("SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = :name")
    row = connection_of(tx).execute(query, {"name": table}).one()
    return int(row.seq_scan), int(row.idx_scan)


def test_the_rows_these_plans_are_made_for_are_there(tx: Transaction) -> None:
    tomorrow = NOW + timedelta(days=1)
    assert len(tx.outbox.claim("w1", tomorrow, NOW, 50, LEASE)) == 50
    assert len(tx.inbox.pending(NOW, 50)) == 30
    assert len(tx.issues.with_step_due(tomorrow, 50)) == 50
    assert len(tx.cases.items(_some_cases(tx))) == 3
    assert tx.people.by_userid("p77") is not None
    assert tx.groups.by_bot_chat("bot77") is not None
    assert tx.outbox.count_by_state() == {"sent": 39920, "claimed": 50, "waiting": 30}


def _some_cases(tx: Transaction) -> list[int]:
    return list(connection_of(tx).execute(text("SELECT id FROM cases ORDER BY id LIMIT 3")).scalars())
