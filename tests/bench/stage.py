"""What a bench row needs around it: a database with the county, the environment, servers as processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from bot.house import environment
from bot.loading import load_sample, load_site
from storage.migrating import migrate
from storage.store import Store

CONFIG = Path(__file__).parents[2] / "config"
STARTS = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def county(url: str) -> None:
    store = Store(url)
    migrate(store)
    load_site(store, CONFIG, STARTS)
    load_sample(store, CONFIG / "sample.yaml", STARTS, ZoneInfo("Asia/Shanghai"))
    store.close()


def env_for(folder: Path, database_url: str, **more: str) -> dict[str, str]:
    own = {
        k: v for k, v in os.environ.items() if not k.startswith(("WECOM_", "SANDBOX", "DATABASE", "REDIS"))
    }
    wanted = {"DAIBAN_VAR": str(folder), "DATABASE_URL": database_url, "SANDBOX": "0", **more}
    return environment({**own, **wanted})


@contextmanager
def process(command: list[str], env: Mapping[str, str], ready: str = "") -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen([sys.executable, *command], env=dict(env), start_new_session=True)
    try:
        if ready:
            _until_up(ready, child)
        yield child
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def gunicorn(app: str, port: int) -> list[str]:
    return ["-m", "gunicorn", "-c", "python:bot.gunicorn_conf", "-b", f"127.0.0.1:{port}", app]


def _until_up(url: str, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and child.poll() is None:
        try:
            with urlopen(url, timeout=1):
                return
        except URLError as error:
            if getattr(error, "code", None):
                return
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} did not come up")
