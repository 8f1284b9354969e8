"""The sandbox as a process of its own: `python -m sandbox`."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

pytestmark = pytest.mark.processes
KNOWN = {"corpid": "ww00daibansandbox", "corpsecret": "sandbox-app-secret"}


def start(**env: str) -> subprocess.Popen[str]:
    quiet = {"SANDBOX_APP_CALLBACK": "", "SANDBOX_BOT_CALLBACK": "", "SANDBOX_BIND": "127.0.0.1:0"}
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox"],
        env={**os.environ, **quiet, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def process() -> Iterator[tuple[subprocess.Popen[str], str]]:
    running = start()
    assert running.stdout
    found = re.search(r"http://[\d.:]+", running.stdout.readline())
    assert found
    yield running, found[0]
    running.terminate()
    running.communicate(timeout=10)


def send(url: str, token: str, text: str) -> requests.Response:
    body = {"touser": "chen.jing", "agentid": 1000002, "msgtype": "text", "text": {"content": text}}
    return requests.post(f"{url}/cgi-bin/message/send", params={"access_token": token}, json=body, timeout=10)


def token_of(url: str) -> str:
    return str(requests.get(f"{url}/cgi-bin/gettoken", params=KNOWN, timeout=10).json()["access_token"])


def texts(url: str) -> list[str]:
    asked = {"user": "chen.jing", "chat": "app"}
    shown = requests.get(f"{url}/sandbox/history", params=asked, timeout=10).json()
    return [message["text"] for message in shown]


def test_it_answers_and_ends_at_once(process: tuple[subprocess.Popen[str], str]) -> None:
    running, url = process
    with requests.Session() as session:
        assert session.get(f"{url}/sandbox/state", timeout=10).json()["now"].startswith("2026-09-15T09:30")
        assert "模拟企业微信" in session.get(url, timeout=10).text
        held = {"path": "gettoken", "delay": 60}
        session.post(f"{url}/sandbox/fault", json=held, timeout=10)
        with pytest.raises(requests.ReadTimeout):
            session.get(f"{url}/cgi-bin/gettoken", timeout=0.2)
        began = time.monotonic()
        running.terminate()
        _, errors = running.communicate(timeout=10)
    assert (running.returncode, errors) == (0, "")
    assert time.monotonic() - began < 1


def test_a_cut_answer_is_a_broken_connection_and_a_delivered_message(
    process: tuple[subprocess.Popen[str], str],
) -> None:
    _, url = process
    requests.post(f"{url}/sandbox/fault", json={"path": "message/send", "cut": True}, timeout=10)
    token = token_of(url)
    with pytest.raises(requests.ConnectionError):
        send(url, token, "断了")
    assert send(url, token, "又通了").json()["errcode"] == 0
    assert texts(url) == ["断了", "又通了"]


def test_long_answers_do_not_keep_others_waiting(process: tuple[subprocess.Popen[str], str]) -> None:
    _, url = process
    token = token_of(url)
    requests.post(f"{url}/sandbox/fault", json={"path": "appchat/send", "delay": 1.5, "times": 9}, timeout=10)
    held = {"chatid": "yx2026001", "msgtype": "text", "text": {"content": "慢"}}
    with ThreadPoolExecutor(9) as pool:
        slow = [
            pool.submit(
                requests.post,
                f"{url}/cgi-bin/appchat/send",
                params={"access_token": token},
                json=held,
                timeout=10,
            )
            for _ in range(9)
        ]
        time.sleep(0.3)
        began = time.monotonic()
        assert send(url, token, "快").json()["errcode"] == 0
        assert time.monotonic() - began < 1
        assert {answer.result().json()["errcode"] for answer in slow} == {0}


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        second = start(SANDBOX_BIND=f"127.0.0.1:{taken.getsockname()[1]}")
        _, errors = second.communicate(timeout=10)
    assert second.returncode == 1
    assert len(errors.strip().splitlines()) == 1
    assert "无法启动" in errors


def test_a_bad_setting_is_named() -> None:
    second = start(WECOM_BOT_AES_KEY="short")
    _, errors = second.communicate(timeout=10)
    assert second.returncode == 1
    assert "WECOM_BOT_AES_KEY" in errors
