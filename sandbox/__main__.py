"""`python -m sandbox`: one process with many threads, its state in memory."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from dataclasses import replace
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from sandbox.control import verify_callbacks
from sandbox.server import create_app
from sandbox.settings import BadSetting, Settings
from sandbox.world import World

THREADS = 64
FIRST_CHECKS = 120


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn without its command line. One worker: what people said lives in that worker's memory."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings, self._listener = settings, listener
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"fd://{self._listener.fileno()}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": 75,
            "timeout": 0,
            "graceful_timeout": 1,
            "loglevel": "error",
            "control_socket_disable": True,
            "post_worker_init": _end_at_once,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        app = create_app(self._settings)
        world: World = app.extensions["world"]
        threading.Thread(target=_first_checks, args=(world,), daemon=True).start()
        return app


def _end_at_once(_worker: object) -> None:
    """There is nothing to save, and an answer that is being held back must not hold back the end."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda *_: os._exit(0))


def _first_checks(world: World) -> None:
    """The product may start later than the platform: ask until both doors answer, for a while."""
    for _ in range(FIRST_CHECKS):
        if all(found["ok"] for found in verify_callbacks(world, {}).values()):
            return
        time.sleep(1)


def main() -> int:
    try:
        settings = Settings.from_env(os.environ)
        host, _, port = settings.bind.rpartition(":")
        listener = _listen(host, int(port))
    except (BadSetting, OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else str(wrong)
        sys.stderr.write(f"模拟平台无法启动（SANDBOX_BIND 等设置）：{reason}\n")
        return 1
    if "SANDBOX_PUBLIC_URL" not in os.environ:
        settings = replace(settings, public_url=f"http://{host}:{listener.getsockname()[1]}")
    sys.stdout.write(f"模拟平台：{settings.public_url}/\n")
    sys.stdout.flush()
    Server(settings, listener).run()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(512)
    return listener


if __name__ == "__main__":
    sys.exit(main())
