"""Row 6: messages delivered per second by one worker, the sandbox as the platform, against RQ's default worker
doing empty jobs."""

from __future__ import annotations

import time
from pathlib import Path

from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import text

from bot import redis_server
from bot.platform import Say
from bot.queue import NAME, JobQueue
from bot.records import to_record
from storage.outbox import NewMessage
from storage.store import Store
from tests.bench import stage
from tests.bench.row import Row
from tests.servers import Postgres

MESSAGES, EMPTY = 2500, 300


def measure(server: Postgres, folder: Path) -> list[Row]:
    url = server.create("bench_delivering")
    stage.county(url)
    redis_folder = folder / "delivering"
    redis = redis_server.start(redis_folder)
    redis_url = f"unix://{redis_folder.resolve() / 'redis.sock'}"
    port = stage.free_port()
    bind = f"127.0.0.1:{port}"
    env = stage.env_for(
        folder, url, REDIS_URL=redis_url, SANDBOX_BIND=bind, SANDBOX_CALLS_PER_MINUTE="1000000",
        SANDBOX_TENANT=str(_tenant(folder)),
    )  # fmt: skip
    try:
        yardstick = _empty_jobs(env, redis_url)
        with stage.process(["-m", "sandbox"], env, f"http://{bind}/sandbox/state"):
            rate = _deliver(env, url, redis_url)
    finally:
        redis.kill()
        redis.wait()
    return [
        Row(
            "6",
            "messages delivered / s by one worker",
            rate,
            "/s",
            yardstick,
            "≥ 4.0",
            rate / yardstick >= 4.0,
        )
    ]


def _empty_jobs(env: dict[str, str], redis_url: str) -> float:
    client = Redis.from_url(redis_url)
    queue = Queue("empty", connection=client, serializer=JSONSerializer)
    for _ in range(EMPTY):
        queue.enqueue("tests.bench.empty.nothing", result_ttl=0)
    command = [
        "-m",
        "rq.cli",
        "worker",
        "-q",
        "-u",
        redis_url,
        "-S",
        "rq.serializers.JSONSerializer",
        "empty",
    ]
    with stage.process(command, env):
        rate = _rate_of(lambda: EMPTY - queue.count, EMPTY)
    client.close()
    return rate


def _deliver(env: dict[str, str], url: str, redis_url: str) -> float:
    store = Store(url)
    now = stage.datetime.now(stage.UTC)
    with store.transaction() as tx:
        tx.outbox.add(
            [
                NewMessage("person", f"member{n % 500}", to_record(Say(f"第{n}条")), f"bench:{n}", now)
                for n in range(MESSAGES)
            ],
            now,
        )
    client = Redis.from_url(redis_url)
    client.delete(NAME)
    with stage.process(["-m", "bot.worker"], env):
        time.sleep(2)  # started and wired: the figure is about sending
        JobQueue(client).wake_delivery()
        rate = _rate_of(lambda: _sent(store), MESSAGES)
    client.close()
    store.close()
    return rate


def _sent(store: Store) -> int:
    with store.engine.connect() as connection:
        query = text("SELECT count(*) FROM outbox WHERE state NOT IN ('waiting', 'claimed', 'sending')")
        return int(connection.execute(query).scalar() or 0)


def _rate_of(done: object, wanted: int) -> float:
    """Per second between the first 5 % and the last."""
    assert callable(done)
    while done() < wanted * 0.05:
        time.sleep(0.002)
    begun, first = time.perf_counter(), done()
    while done() < wanted:
        time.sleep(0.02)
        if time.perf_counter() - begun > 120:
            raise SystemExit("nothing moves")
    return float((wanted - first) / (time.perf_counter() - begun))


def _tenant(folder: Path) -> Path:
    """A tenant with five hundred members, so that no member's own limit is what is measured."""
    import yaml  # noqa: PLC0415

    path = Path(__file__).parents[2] / "sandbox" / "tenant.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    template = data["users"][0]
    data["users"] += [{**template, "userid": f"member{n}", "name": f"成员{n}"} for n in range(500)]
    target = folder / "tenant.yaml"
    target.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return target
