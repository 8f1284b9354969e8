"""`make run`: everything on embedded defaults – Redis, sandbox platform, web, worker, scheduler – in the foreground.

Ctrl-C, a closed window or a plain `kill` stops every process it started, at any moment; one that ends by itself is
started again, so that a crash is a pause.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot import redis_server
from bot.clock import Clock
from bot.loading import load_sample, load_site
from bot.settings import HOUSE, BadSetting, Settings, private
from domain.site import SiteProblems
from storage.errors import StorageError
from storage.migrating import migrate
from storage.store import Store

SANDBOX_BIND = "127.0.0.1:8100"
KEPT = ("BIND", "DAIBAN_VAR", "DATABASE_URL", "PUBLIC_URL", "REDIS_URL", "SANDBOX", "TZ_NAME")
START_SECONDS = 30
Stopping = Callable[[], bool]


class CannotStart(Exception):
    """One clear line for whoever typed the command."""


@dataclass
class Child:
    name: str
    command: list[str]
    env: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, env=self.env, start_new_session=True)

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


def environment(env: dict[str, str]) -> dict[str, str]:
    """Embedded defaults beneath what is set: the sandbox is the platform, its credentials are the product's.

    Every place where data lies is named: a `.env` for the real thing must not lead the sandbox to its database.
    """
    bind = env.get("SANDBOX_BIND", SANDBOX_BIND)
    base = f"http://{bind}"
    credentials = {k: v or "" for k, v in dotenv_values("sandbox/credentials.env").items()}
    web = env.get("BIND", "127.0.0.1:8000")
    var = env.get("DAIBAN_VAR") or "var"
    defaults = {
        **credentials,
        "SANDBOX": "1",
        "SANDBOX_BIND": bind,
        "WECOM_API_BASE": base,
        "WECOM_OAUTH_BASE": base,
        "BIND": web,
        "PUBLIC_URL": f"http://{web}",
        "SANDBOX_APP_CALLBACK": f"http://{web}/callbacks/wecom/app",
        "SANDBOX_BOT_CALLBACK": f"http://{web}/callbacks/wecom/bot",
        "DAIBAN_VAR": var,
        "DATABASE_URL": f"sqlite:///{var}/daiban.db",
        "REDIS_URL": _embedded_redis(var),
        "TZ_NAME": "Asia/Shanghai",
    }
    return {**defaults, **{name: value for name, value in env.items() if value}}


def _embedded_redis(var: str) -> str:
    return f"unix://{(Path(var) / 'redis.sock').resolve()}"


def main() -> int:
    stopping = _on_stop()
    env = environment(dict(os.environ))
    try:
        return _run(env, stopping)
    except (CannotStart, BadSetting, redis_server.NoRedis) as reason:
        print(f"无法启动：{reason}", file=sys.stderr)  # noqa: T201
        return 1


def _run(env: dict[str, str], stopping: Stopping) -> int:
    var = Path(env["DAIBAN_VAR"])
    _must_be_writable(var)
    for name in ("BIND", "SANDBOX_BIND"):
        _must_be_free(env[name], name)
    settings = Settings.from_env(env)
    _leave_settings(var, env)
    redis = redis_server.start(var) if env["REDIS_URL"] == _embedded_redis(str(var)) else None
    children = [Child(name, command, env) for name, command in commands(settings)]
    try:
        if _all_up(children, settings, f"http://{env['SANDBOX_BIND']}", stopping):
            print(f"open http://{env['SANDBOX_BIND']}/", flush=True)  # noqa: T201
            _watch(children, stopping)
    finally:
        # Redis last: a worker that loses it in the middle of a job would end with a long complaint.
        _stop([c.process for c in reversed(children) if c.process])
        _stop([redis] if redis else [])
    return 0


def _all_up(children: list[Child], settings: Settings, sandbox: str, stopping: Stopping) -> bool:
    """False when it was asked to stop meanwhile."""
    children[0].start()  # the platform first: the sample data lies on its clock
    if not _until_up(f"{sandbox}/sandbox/state", children[0], stopping):
        return False
    prepare(settings)
    for child in children[1:]:
        child.start()
    return _until_up(f"http://{settings.bind}/healthz", children[1], stopping)


def _leave_settings(var: Path, env: dict[str, str]) -> None:
    """So that `./daiban doctor` in a second window knows the house; embedded secrets of the sandbox only."""
    names = [name for name in env if name.startswith("WECOM_") or name in KEPT]
    lines = [f"{name}='{env[name]}'" for name in sorted(names)]
    with open(var / HOUSE, "w", encoding="utf-8", opener=private) as file:
        file.write("\n".join(lines) + "\n")


def commands(settings: Settings) -> list[tuple[str, list[str]]]:
    python = sys.executable
    return [
        ("sandbox", [python, "-m", "sandbox"]),
        (
            "web",
            [
                python,
                "-m",
                "gunicorn",
                "-c",
                "python:bot.gunicorn_conf",
                "-b",
                settings.bind,
                "bot.app:create()",
            ],
        ),
        ("worker", [python, "-m", "bot.worker"]),
        ("scheduler", [python, "-m", "scheduler"]),
    ]


def prepare(settings: Settings) -> None:
    """Schema, site configuration and sample data on the first start."""
    store = Store(settings.database_url)
    clock = Clock(settings.zone, settings.tenant.api_base if settings.sandbox else None)
    try:
        migrate(store)
        with store.reading() as tx:
            version = tx.sites.newest_version()
        if version == 0:
            load_site(store, Path("config"), clock.now())
            load_sample(store, Path("config/sample.yaml"), clock.now(), ZoneInfo(str(settings.zone)))
    except SiteProblems as problems:
        raise CannotStart(f"config/ 有误：{problems.problems[0]}") from None
    except StorageError as error:
        raise CannotStart(f"数据库不可用（{error}），请检查 DATABASE_URL") from None
    finally:
        store.close()


def _must_be_writable(var: Path) -> None:
    try:
        var.mkdir(parents=True, exist_ok=True)
        probe = var / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError:
        raise CannotStart(f"文件夹 {var.resolve()} 不可写，请换到可写的文件夹或修改权限") from None


def _must_be_free(bind: str, name: str) -> None:
    host, _, port = bind.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, ValueError):
            raise CannotStart(
                f"{bind} 已被占用，请关闭占用它的程序，或设置 {name}=127.0.0.1:其他端口"
            ) from None


def _until_up(url: str, child: Child, stopping: Stopping) -> bool:
    """False when it was asked to stop meanwhile."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and not child.ended():
        if stopping():
            return False
        try:
            with urlopen(url, timeout=2):
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    raise CannotStart(f"{child.name} 没有起来，请查看上面的提示")


def _watch(children: list[Child], stopping: Stopping) -> None:
    while not stopping():
        time.sleep(0.3)
        for child in children:
            # One that dies at once would die again at once: wait a little.
            if child.ended() and time.monotonic() - child.started > 2 and not stopping():
                print(f"{child.name} 意外结束，正在重新启动", file=sys.stderr)  # noqa: T201
                child.start()


def _on_stop() -> Stopping:
    """From now on a signal is noted instead of ending us: whatever was started by then is stopped in order."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda n, _frame: asked.append(n))
    return lambda: bool(asked)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + 5
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
