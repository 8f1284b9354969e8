"""`make run`: one line on trouble, everything up, everything down again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from bot.house import environment
from tests.processes.house import until

pytestmark = pytest.mark.processes


def _start(var: Path, **more: str) -> subprocess.Popen[str]:
    own = {
        k: v for k, v in os.environ.items() if not k.startswith(("WECOM_", "SANDBOX", "DATABASE", "REDIS"))
    }
    env = {**own, "DAIBAN_VAR": str(var), "WEB_CONCURRENCY": "1", **more}
    return subprocess.Popen(
        [sys.executable, "-m", "bot.house"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _free() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_it_starts_serves_the_page_is_restarted_with_its_data_and_stops_every_process(tmp_path: Path) -> None:
    binds = {"BIND": _free(), "SANDBOX_BIND": _free()}
    for _ in ("first start", "later start"):
        house = _start(tmp_path, **binds)
        assert house.stdout is not None
        line = ""
        while not line.startswith("open "):
            line = house.stdout.readline()
            assert line, "ended before it was up"
        assert line.strip() == f"open http://{binds['SANDBOX_BIND']}/"
        with urlopen(line.split()[1], timeout=5) as page:
            assert "代办" in page.read().decode()
        family = psutil.Process(house.pid).children(recursive=True)
        assert len(family) >= 5
        house.send_signal(signal.SIGINT)
        house.communicate(timeout=20)
        assert house.returncode == 0
        until(lambda family=family: not any(p.is_running() for p in family))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_can_be_stopped_in_the_middle_of_its_start(tmp_path: Path, how: signal.Signals) -> None:
    house = _start(tmp_path, BIND=_free(), SANDBOX_BIND=_free())
    until(lambda: len(psutil.Process(house.pid).children()) >= 2)
    family = psutil.Process(house.pid).children(recursive=True)
    house.send_signal(how)
    _, said = house.communicate(timeout=20)
    assert house.returncode == 0
    assert "Traceback" not in said
    until(lambda: not any(p.is_running() for p in family))


def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    binds = {"BIND": _free(), "SANDBOX_BIND": _free()}
    house = _start(tmp_path, **binds)
    assert house.stdout is not None
    try:
        while not house.stdout.readline().startswith("open "):
            pass
        time.sleep(2.5)
        before = _worker_of(house.pid)
        os.killpg(before, signal.SIGKILL)
        until(lambda: _worker_of(house.pid) not in (0, before))
    finally:
        house.send_signal(signal.SIGINT)
        house.communicate(timeout=20)


def _worker_of(pid: int) -> int:
    for child in psutil.Process(pid).children():
        try:
            if "bot.worker" in child.cmdline():
                return child.pid
        except psutil.NoSuchProcess:
            continue
    return 0


def test_the_data_of_a_real_installation_in_the_same_folder_is_left_alone(tmp_path: Path) -> None:
    """What the house names itself wins over a `.env`, which its processes read too."""
    env = environment({"DAIBAN_VAR": str(tmp_path), "DATABASE_URL": ""})
    assert env["DATABASE_URL"] == f"sqlite:///{tmp_path}/daiban.db"
    assert env["REDIS_URL"] == f"unix://{tmp_path}/redis.sock"
    kept = {"SANDBOX", "WECOM_API_BASE", "WECOM_CORP_ID", "WECOM_SECRET", "PUBLIC_URL", "BIND", "TZ_NAME"}
    assert kept <= set(env)
    assert environment({"REDIS_URL": "redis://127.0.0.1:6399/0"})["REDIS_URL"] == "redis://127.0.0.1:6399/0"


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        house = _start(tmp_path, BIND=f"127.0.0.1:{taken.getsockname()[1]}", SANDBOX_BIND=_free())
        _, said = house.communicate(timeout=20)
    assert house.returncode == 1
    assert said.count("\n") == 1
    assert "已被占用" in said


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    house = _start(tmp_path / "file" / "var", BIND=_free(), SANDBOX_BIND=_free())
    _, said = house.communicate(timeout=20)
    assert house.returncode == 1
    assert said.count("\n") == 1
    assert "不可写" in said


def test_a_malformed_setting_is_named_with_what_it_should_look_like(tmp_path: Path) -> None:
    house = _start(tmp_path, BIND=_free(), SANDBOX_BIND=_free(), WECOM_AGENT_ID="app")
    _, said = house.communicate(timeout=20)
    assert house.returncode == 1
    assert said.count("\n") == 1
    assert "WECOM_AGENT_ID" in said
    assert "1000002" in said
