"""Row 7: resident memory of web, worker and scheduler after some work."""

from __future__ import annotations

import time
from pathlib import Path

import psutil

from bot import redis_server
from tests.bench import load, stage
from tests.bench.answering import _requests
from tests.bench.row import Row
from tests.servers import Postgres

LIMITS = {"web": 140, "worker": 140, "scheduler": 90}


def measure(server: Postgres, folder: Path) -> list[Row]:
    url = server.create("bench_memory")
    stage.county(url)
    redis_folder = folder / "memory"
    redis = redis_server.start(redis_folder)
    port, platform = stage.free_port(), stage.free_port()
    env = stage.env_for(
        folder, url, BIND=f"127.0.0.1:{port}", SANDBOX_BIND=f"127.0.0.1:{platform}",
        REDIS_URL=f"unix://{redis_folder.resolve() / 'redis.sock'}",
    )  # fmt: skip
    try:
        with (
            stage.process(["-m", "sandbox"], env, f"http://127.0.0.1:{platform}/sandbox/state"),
            stage.process(
                stage.gunicorn("bot.app:create()", port), env, f"http://127.0.0.1:{port}/healthz"
            ) as web,
            stage.process(["-m", "bot.worker"], env) as worker,
            stage.process(["-m", "scheduler"], env) as scheduler,
        ):
            load.run(("127.0.0.1", port), _requests(env, f"127.0.0.1:{port}", "memory", 1000))
            time.sleep(20)
            found = {
                "web": max(_rss(child) for child in psutil.Process(web.pid).children(recursive=True)),
                "worker": _rss(psutil.Process(worker.pid)),
                "scheduler": _rss(psutil.Process(scheduler.pid)),
            }
    finally:
        redis.kill()
        redis.wait()
    return [
        Row("7", f"memory of {name}", size, "MB", None, f"≤ {LIMITS[name]} MB", size <= LIMITS[name])
        for name, size in found.items()
    ]


def _rss(process: psutil.Process) -> float:
    return process.memory_info().rss / 1024 / 1024
