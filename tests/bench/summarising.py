"""Row 4: weekly summaries written for 10 000 cases – text, kept value and rows – against one plain SELECT of each
case's rows."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.bootstrap import wire
from bot.settings import Settings
from domain.items import ItemState
from scheduler.jobs import weekly_summary
from storage.store import Store
from tests.bench import stage
from tests.bench.row import Row
from tests.servers import Postgres

CASES, ITEMS = 10_000, 20
AT = datetime(2026, 9, 20, 8, 20, tzinfo=UTC)  # 16:20 on the working Sunday
SELECT = text(
    "SELECT i.*, c.project_id, c.status, m.name, m.state FROM cases c JOIN case_items i ON i.case_id = c.id"
    " LEFT JOIN materials m ON m.case_item_id = i.id WHERE c.project_id = :p ORDER BY i.position"
)


def measure(server: Postgres, folder: Path) -> list[Row]:
    url = server.create("bench_summarising")
    stage.county(url)
    store = Store(url)
    ids = fill(store)
    begun = time.perf_counter()
    with store.engine.connect() as connection:
        read = sum(len(connection.execute(SELECT, {"p": one}).all()) for one in ids)
    plain = time.perf_counter() - begun
    assert read >= CASES * ITEMS
    parts = wire(Settings.from_env(stage.env_for(folder, url, REDIS_URL="redis://127.0.0.1:1")))
    begun = time.perf_counter()
    weekly_summary.run(parts, AT)
    written = time.perf_counter() - begun
    with store.engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM week_reports")).scalar()
    assert found is not None
    assert found >= CASES
    parts.store.close()
    store.close()
    ratio = written / plain
    figure, ok = "weekly summaries written for 10 000 cases", ratio <= 6 and written < 120
    return [Row("4", figure, written, "s", plain, "≤ 6, < 120 s", ok)]


def fill(store: Store) -> list[int]:
    """Ten thousand projects with a group and a case each; of twenty items eight done, six under way."""
    with store.transaction() as tx:
        known = tx.projects.by_code("YX-2026-001")
        assert known is not None
        run = tx._connection.execute
        run(
            text(
                "INSERT INTO projects (code, name, type, enterprise_id, officer_id, national_code, facts)"
                " SELECT 'B-' || n, '基准项目' || n, type, enterprise_id, officer_id, '', '{}'::jsonb"
                " FROM projects, generate_series(1, :n) n WHERE id = :p"
            ),
            {"n": CASES, "p": known.id},
        )
        run(
            text(
                "INSERT INTO work_groups (project_id, name, appchat, owner, members, gone, since)"
                " SELECT id, name, 'b' || id, 'li.na', '[]'::jsonb, false, TIMESTAMPTZ '2026-01-01 00:00+00'"
                " FROM projects WHERE code LIKE 'B-%'"
            )
        )
        run(
            text(
                "INSERT INTO cases (no, project_id, level, scope, status, accepted_on, version)"
                " SELECT code, id, 'act_for', 'whole', 'active', DATE '2026-09-01', 0 FROM projects WHERE code LIKE 'B-%'"
            )
        )
        run(
            text(
                "INSERT INTO case_items (case_id, item_id, position, events, result_no)"
                " SELECT c.id, i.id, i.n, CAST(CASE WHEN i.n <= 8 THEN :done WHEN i.n <= 14 THEN :running ELSE '[]' END AS jsonb), ''"
                " FROM cases c CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id) n FROM catalogue_items"
                " ORDER BY id LIMIT :m) i WHERE c.no LIKE 'B-%'"
            ),
            {"m": ITEMS, "done": _events(ItemState.COMPLETED), "running": _events(ItemState.IN_REVIEW)},
        )
        run(
            text(
                "INSERT INTO materials (case_item_id, name, required, form, state, reason, listed)"
                " SELECT i.id, '施工合同', true, '', 'missing', '', true FROM case_items i JOIN cases c ON c.id = i.case_id"
                " WHERE c.no LIKE 'B-%' AND i.position BETWEEN 9 AND 10"
            )
        )
        ids = list(run(text("SELECT id FROM projects WHERE code LIKE 'B-%'")).scalars())
    with store.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return ids


def _events(last: ItemState) -> str:
    accepted = date(2026, 9, 15) - timedelta(days=4)
    days = [(ItemState.ACCEPTED, accepted), (last, date(2026, 9, 16))]
    return json.dumps([{"state": s.value, "day": d.isoformat(), "by": "黄志坚", "note": ""} for s, d in days])


if __name__ == "__main__":
    import tempfile

    from tests.servers import postgres

    with postgres() as started:
        for row in measure(started, Path(tempfile.mkdtemp())):
            print(row)
