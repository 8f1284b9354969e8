"""Row 5: the deadline sweep over 10 000 cases × 20 items with 500 due, against one SELECT of the due rows."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import text

from bot.bootstrap import wire
from bot.settings import Settings
from domain.items import ItemEvent, ItemState
from scheduler.jobs import item_deadlines
from storage.store import Store
from tests.bench import stage
from tests.bench.row import Row
from tests.servers import Postgres

CASES, ITEMS, DUE, ROUNDS = 10_000, 20, 500, 7
AT = stage.datetime(2026, 9, 15, 1, 0, tzinfo=stage.UTC)  # 09:00, the reminders' own moment
SELECT = text(
    "SELECT i.*, c.project_id, c.status FROM case_items i JOIN cases c ON c.id = i.case_id"
    " WHERE i.look_at <= :at ORDER BY i.look_at"
)


def measure(server: Postgres, folder: Path) -> list[Row]:
    url = server.create("bench_sweeping")
    stage.county(url)
    store = Store(url)
    fill(store)
    parts = wire(Settings.from_env(stage.env_for(folder, url, REDIS_URL="redis://127.0.0.1:1")))
    swept, selected = [], []
    for _ in range(ROUNDS):
        _make_due(store)
        begun = time.perf_counter()
        with store.engine.connect() as connection:
            rows = connection.execute(SELECT, {"at": AT}).all()
        selected.append(time.perf_counter() - begun)
        assert len(rows) == DUE
        begun = time.perf_counter()
        item_deadlines.run(parts, AT)
        swept.append(time.perf_counter() - begun)
        assert _told(store)  # it did its work
    parts.store.close()
    store.close()
    ratio = median(swept) / median(selected)
    figure = "deadline sweep, 10 000 cases × 20 items, 500 due"
    return [Row("5", figure, median(swept) * 1000, "ms", median(selected) * 1000, "≤ 10", ratio <= 10)]


def fill(store: Store) -> None:
    """Two hundred thousand items on the way, all but 500 looked at later."""
    with store.transaction() as tx:
        project = tx.projects.by_code("YX-2026-001")
        assert project is not None
        connection = tx._connection
        connection.execute(
            text(
                "INSERT INTO cases (no, project_id, level, scope, status, accepted_on, version)"
                " SELECT 'B-' || n, :p, 'act_for', 'whole', 'active', DATE '2026-09-01', 0 FROM generate_series(1, :n) n"
            ),
            {"p": project.id, "n": CASES},
        )
        connection.execute(
            text(
                "INSERT INTO case_items (case_id, item_id, position, events, result_no, look_at)"
                " SELECT c.id, i.id, i.n, CAST(:events AS jsonb), '', TIMESTAMPTZ '2027-06-01 00:00+00' + (c.id % 500) * INTERVAL '1 hour'"
                " FROM cases c CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id <> 'sg_xuke', id) n"
                " FROM catalogue_items ORDER BY id <> 'sg_xuke', id LIMIT :m) i"
                " WHERE c.no LIKE 'B-%'"
            ),
            {"m": ITEMS, "events": _events()},
        )
        # Items of the sample are looked at once and then as planned.
        connection.execute(
            text(
                "UPDATE case_items SET look_at = NULL WHERE case_id NOT IN (SELECT id FROM cases WHERE no LIKE 'B-%')"
            )
        )
    with store.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE case_items"))
        connection.execute(text("ANALYZE cases"))


def _events() -> str:
    import json  # noqa: PLC0415

    event = ItemEvent(ItemState.ACCEPTED, date(2026, 9, 15) - timedelta(days=4), "黄志坚", "")
    return json.dumps(
        [{"state": event.state, "day": event.day.isoformat(), "by": event.by, "note": event.note}]
    )


def _make_due(store: Store) -> None:
    with store.transaction() as tx:
        tx._connection.execute(text("DELETE FROM reminders WHERE subject = 'items'"))
        tx._connection.execute(
            text(
                "UPDATE case_items SET look_at = :at WHERE id IN (SELECT min(id) FROM case_items"
                " WHERE item_id = 'sg_xuke' AND position = 1 GROUP BY case_id ORDER BY 1 DESC LIMIT :n)"
            ),
            {"at": AT, "n": DUE},
        )


def _told(store: Store) -> int:
    with store.engine.connect() as connection:
        return int(
            connection.execute(text("SELECT count(*) FROM reminders WHERE subject = 'items'")).scalar() or 0
        )
