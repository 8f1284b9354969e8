"""The real house for tests: every part a process of its own, on free ports, to be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bot import redis_server
from bot.house import Child, commands, environment, prepare
from bot.settings import Settings
from storage.store import Store
from tests.talk import Platform

SECONDS = 40


class RealHouse:
    def __init__(self, var: Path, database_url: str, extra: Mapping[str, str]) -> None:
        ports = {name: _free_port() for name in ("BIND", "SANDBOX_BIND")}
        wanted = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
        own = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("WECOM_", "SANDBOX", "DATABASE", "REDIS"))
        }
        self.env = environment(
            {
                **own,
                **wanted,
                "DAIBAN_VAR": str(var),
                "DATABASE_URL": database_url,
                "WEB_CONCURRENCY": "1",
                **extra,
            }
        )
        self.settings = Settings.from_env(self.env)
        self.children = {name: Child(name, command, self.env) for name, command in commands(self.settings)}
        self.var = var
        self.redis: subprocess.Popen[bytes] | None = None
        self.platform = Platform(f"http://{self.env['SANDBOX_BIND']}")
        self.store = Store(database_url)

    def start_redis(self) -> None:
        self.redis = redis_server.start(self.var)

    def start(self, *names: str) -> None:
        if "sandbox" in names:  # the platform first, and the sample data on its clock
            self.children["sandbox"].start()
            until(lambda: _up(f"{self.platform.base}/sandbox/state"))
            prepare(self.settings)
        for name in names:
            if name != "sandbox":
                self.children[name].start()
        if "web" in names:
            until(lambda: _up(f"http://{self.env['BIND']}/healthz"))

    def kill(self, name: str) -> None:
        """SIGKILL to the whole process group: gunicorn's and RQ's children too."""
        process = self.children[name].process
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)

    def kill_redis(self) -> None:
        assert self.redis is not None
        self.redis.kill()
        self.redis.wait(5)

    def stop(self) -> None:
        for child in self.children.values():
            if child.process and child.process.poll() is None:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait(5)
        if self.redis and self.redis.poll() is None:
            self.redis.kill()
            self.redis.wait(5)
        self.store.close()

    def says(self, user: str, text: str, chat: str, **more: object) -> dict[str, object]:
        found = self.platform.ask("/sandbox/say", {"user": user, "chat": chat, "text": text, **more})
        return dict(found)

    def shown(self, user: str, chat: str, words: str) -> int:
        """How many messages of the chat have these words."""
        return sum(words in str(message) for message in self.platform.history(user, chat))


@contextmanager
def real_house(var: Path, database_url: str, **extra: str) -> Iterator[RealHouse]:
    house = RealHouse(var, database_url, extra)
    try:
        yield house
    finally:
        house.stop()


def until(true: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait for it; asserts when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    assert true(), "did not happen in time"


def now() -> datetime:
    return datetime.now(UTC)


def _up(url: str) -> bool:
    try:
        with urlopen(url, timeout=1):
            return True
    except (URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
