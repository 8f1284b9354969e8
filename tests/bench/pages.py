"""Pages of a site with 10 000 cases × 20 items: what the server takes for one, as the client would ask for it."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles

import psutil
from flask import Response
from sqlalchemy import text

from bot.bootstrap import wire
from bot.pages.sessions import COOKIE, Seals
from bot.settings import Settings
from domain.items import ItemEvent, ItemState
from scheduler.jobs import board
from storage.store import Store
from tests.bench import stage
from tests.bench.row import Row
from tests.servers import Postgres

CASES, ITEMS, ROUNDS = 10_000, 20, 50  # fewer than the door lets a person write in a minute
PAGES = (
    ("supervisor's board", "xu.hui", "/m/board", ""),
    ("board of one department", "xu.hui", "/m/board?department=zjj&period=%E4%BB%8A%E5%B9%B4", ""),
    ("officer's board", "li.na", "/m/board", ""),
    ("officer's list, 1 000 projects", "li.na", "/m/", ""),
    ("representative's list", "huang.zhijian", "/m/", ""),
    ("problem", "xu.hui", "/m/issue/2", ""),
    ("search", "xu.hui", "/m/search", "text=%E6%9D%91%E5%A7%94%E4%BC%9A"),
    ("search of a representative", "huang.zhijian", "/m/search", "text=B-9999"),
    ("case", "li.na", "/m/project/B-77", ""),
)


def measure(server: Postgres, folder: Path) -> list[Row]:
    url = server.create("bench_pages")
    stage.county(url)
    store = Store(url)
    fill(store)
    port = stage.free_port()
    env = stage.env_for(folder, url, REDIS_URL="redis://127.0.0.1:1", BIND=f"127.0.0.1:{port}")
    parts = wire(Settings.from_env(env))
    begun = time.perf_counter()
    board.run(parts, parts.clock.now())
    counted = time.perf_counter() - begun
    rows = [Row("", "board of 10 000 cases counted by the clock", counted, "s", None, "", ok=True)]
    server_ = stage.gunicorn("bot.app:create()", port)
    with stage.process(server_, env, f"http://127.0.0.1:{port}/healthz") as child:
        for name, userid, path, form in PAGES:
            before = _busy(child.pid)
            row = _row(port, name, _cookie(parts, userid), (path, form))
            spent = (_busy(child.pid) - before) * 1000 / ROUNDS
            rows.append(replace(row, note=f"{row.note}, {spent:.0f} ms of the server's processor"))
    parts.store.close()
    store.close()
    return rows


def _row(port: int, name: str, cookie: str, asked: tuple[str, str]) -> Row:
    took, size = [], 0
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        size = _ask(connection, cookie, *asked)
        took.append((time.perf_counter() - begun) * 1000)
    p95 = quantiles(took[4:], n=20)[-1]
    note = f"{size / 1024:.0f} KB sent, slowest {max(took):.0f} ms"
    return Row("", f"page p95: {name}", p95, "ms", None, "< 100 ms", p95 < 100 and size <= 80_000, note)


def _busy(pid: int) -> float:
    """Seconds of processor of the server and its workers: others may load the machine, not this."""
    server = psutil.Process(pid)
    times = [one.cpu_times() for one in (server, *server.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


def _ask(connection: HTTPConnection, cookie: str, path: str, form: str) -> int:
    headers = {
        "Cookie": cookie,
        "Accept-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST" if form else "GET", path, form or None, headers)
    answer = connection.getresponse()
    data = answer.read()
    assert answer.status == 200, (path, answer.status)
    return len(data)


def _cookie(parts: object, userid: str) -> str:
    settings, clock, store = parts.settings, parts.clock, parts.store  # type: ignore[attr-defined]
    with store.reading() as tx:
        person = tx.people.by_userid(userid)
    response = Response()
    Seals(settings.secret_key, secure=False).begin(response, person.id, clock.real_now())
    kept = next(one for one in response.headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    return str(kept.partition(";")[0])


def fill(store: Store) -> None:
    """Each case with eight items done, two under way, ten planned; one problem for every second case."""
    with store.transaction() as tx:
        connection = tx._connection
        values = {"n": CASES, "m": ITEMS, "done": _events(done=True), "going": _events(done=False)}
        for statement in _FILL:
            used = {key: value for key, value in values.items() if f":{key}" in statement}
            connection.execute(text(statement), used)
    with store.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for table in ("projects", "cases", "case_items", "issues", "enterprises"):
            connection.execute(text(f"VACUUM ANALYZE {table}"))


_FILL = (
    "INSERT INTO enterprises (name, credit_code, address) SELECT '企业' || n, 'B' || n, '' FROM generate_series(1, :n) n",
    "INSERT INTO projects (code, name, type, enterprise_id, officer_id, deputy_id, national_code, facts)"
    " SELECT 'B-' || n, '第' || n || '号厂房', (ARRAY['social_general', 'social_industrial', 'gov_building'])[1 + n % 3],"
    " (SELECT id FROM enterprises WHERE credit_code = 'B' || n), o.id, o.id, '', CAST('{}' AS jsonb)"
    " FROM generate_series(1, :n) n CROSS JOIN LATERAL (SELECT id FROM people ORDER BY id OFFSET n % 20 LIMIT 1) o",
    "UPDATE projects SET officer_id = (SELECT id FROM people WHERE userid = 'li.na') WHERE code LIKE 'B-%7'",
    "INSERT INTO cases (no, project_id, level, scope, status, accepted_on, version)"
    " SELECT code, id, 'act_for', 'whole', 'active', DATE '2026-09-01' - (id % 300)::int, 0 FROM projects WHERE code LIKE 'B-%'",
    "INSERT INTO case_items (case_id, item_id, position, running, events, result_no, look_at)"
    " SELECT c.id, i.id, i.n, i.n IN (9, 10), CASE WHEN i.n <= 8 THEN CAST(:done AS jsonb) WHEN i.n <= 10 THEN CAST(:going AS jsonb)"
    " ELSE CAST('[]' AS jsonb) END, '', NULL FROM cases c CROSS JOIN"
    " (SELECT id, row_number() OVER (ORDER BY id <> 'sg_xuke', id) n FROM catalogue_items ORDER BY id <> 'sg_xuke', id LIMIT :m) i"
    " WHERE c.no LIKE 'B-%'",
    "INSERT INTO issues (no, project_id, category, description, raised_by, raised_at, wish, status, level, department,"
    " why, answer_by, rule_version, steps, returns, answer, private, kind, urgent, told_level, extended, rung, version)"
    " SELECT 1000 + id, id, 'other', '施工许可窗口要求补交村委会盖章 ' || id, officer_id, TIMESTAMPTZ '2026-09-01 01:00+00', '',"
    " CASE WHEN id % 20 = 0 THEN 'accepted' ELSE 'closed' END, 'representative', 'zjj', '', TIMESTAMPTZ '2026-09-10 01:00+00',"
    " 0, CAST('[]' AS jsonb), 0, '', false, '', false, 0, 0, '', 0 FROM projects WHERE code LIKE 'B-%' AND id % 2 = 0",
)


def _events(*, done: bool) -> str:
    day = date(2026, 9, 11)
    events = [ItemEvent(ItemState.ACCEPTED, day - timedelta(days=9), "黄志坚", "")]
    events += [ItemEvent(ItemState.COMPLETED, day, "黄志坚", "")] if done else []
    return json.dumps(
        [{"state": one.state, "day": one.day.isoformat(), "by": one.by, "note": one.note} for one in events]
    )
