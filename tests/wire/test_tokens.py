from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from redis import Redis

from bot.platform import DeliveryFailed, Remedy
from bot.wecom.errors import failure
from bot.wecom.shared import impatient
from bot.wecom.tenant import WeComTenant
from bot.wecom.tokens import Fetched, TokenCache, cache_name
from bot.wecom.transport import Transport
from tests.wire.conftest import settings_for
from tests.wire.standin import Reply, StandIn, says

NAME = cache_name("https://a.example", "ww00corp", "1000002")
ONE_PROCESS = """
import sys
from redis import Redis
from bot.wecom.tenant import WeComTenant
from tests.wire.conftest import settings_for
with Redis(port=int(sys.argv[2])) as redis:
    WeComTenant(settings_for(sys.argv[1]), redis).check_token()
"""


class Fetcher:
    def __init__(self, lifetime: float = 7200, seconds: float = 0.0) -> None:
        self.count, self.lifetime, self.seconds = 0, lifetime, seconds

    def __call__(self) -> Fetched:
        self.count += 1
        count = self.count
        time.sleep(self.seconds)
        return Fetched(f"token-{count}", self.lifetime)


def test_a_token_is_fetched_once_and_kept():
    fetch, cache = Fetcher(), TokenCache(NAME)
    assert {cache.get(fetch) for _ in range(5)} == {"token-1"}
    assert fetch.count == 1


@pytest.mark.parametrize(("lifetime", "usable"), [(7200, 6900), (400, 200), (2, 1)])
def test_a_token_is_given_up_before_the_platform_gives_it_up(lifetime, usable):
    now = [0.0]
    fetch, cache = Fetcher(lifetime), TokenCache(NAME, clock=lambda: now[0])
    cache.get(fetch)
    now[0] = usable - 0.5
    assert cache.get(fetch) == "token-1"
    now[0] = usable + 0.5
    assert cache.get(fetch) == "token-2"


def test_many_threads_fetch_once(redis):
    fetch = Fetcher(seconds=0.1)
    for cache in (TokenCache(NAME), TokenCache(NAME, redis)):
        fetch.count = 0
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda _, cache=cache: cache.get(fetch), range(16))) == {"token-1"}
        assert fetch.count == 1


def test_many_threads_renew_the_same_stale_token_once(redis):
    fetch, cache = Fetcher(seconds=0.05), TokenCache(NAME, redis)
    stale = cache.get(fetch)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: cache.renew(stale, fetch), range(8))) == {"token-2"}
    assert fetch.count == 2


def test_several_caches_on_one_redis_share_a_token_and_its_renewal(redis):
    fetch = Fetcher(seconds=0.1)
    caches = [TokenCache(NAME, redis) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(lambda cache: cache.get(fetch), caches)) == {"token-1"}
        assert set(pool.map(lambda cache: cache.renew("token-1", fetch), caches)) == {"token-2"}
    assert fetch.count == 2


def test_several_processes_ask_the_platform_once(platform, redis_port, redis):
    platform.token_delay = 0.3
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", ONE_PROCESS, platform.base, str(redis_port)]
    processes = [subprocess.Popen(command, cwd=root) for _ in range(4)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0, 0]
    assert platform.tokens == 1


def test_the_key_in_redis_tells_nothing_and_lives_shorter_than_the_token(redis):
    TokenCache(NAME, redis).get(Fetcher())
    assert redis.keys() == [NAME.encode()]
    assert "ww00corp" not in NAME
    assert 6_890_000 < redis.pttl(NAME) <= 6_900_000


def test_two_tenants_never_share_a_token(redis):
    other = cache_name("https://b.example", "ww00corp", "1000002")
    fetch = Fetcher()
    assert TokenCache(NAME, redis).get(fetch) != TokenCache(other, redis).get(fetch)


def test_without_redis_running_a_token_is_still_found():
    with Redis(port=1) as nowhere:
        fetch, cache = Fetcher(), TokenCache(NAME, impatient(nowhere))
        started = time.monotonic()
        assert cache.get(fetch) == cache.get(fetch) == "token-1"
        assert cache.renew("token-1", fetch) == "token-2"
        assert fetch.count == 2
        assert time.monotonic() - started < 1  # a send must not wait for what it does not need


def test_a_process_that_hangs_with_the_lock_stops_nobody_for_long(redis):
    redis.set(f"{NAME}:lock", "someone", px=60_000)
    now = [0.0]

    def clock() -> float:
        now[0] += 0.5
        return now[0]

    assert TokenCache(NAME, redis, clock=clock).get(Fetcher()) == "token-1"
    assert redis.get(f"{NAME}:lock") == b"someone"  # only one's own lock is taken away


def test_a_failed_fetch_leaves_no_lock_behind(redis):
    def refused() -> Fetched:
        raise failure(40001)

    cache = TokenCache(NAME, redis)
    with pytest.raises(DeliveryFailed, match="40001"):
        cache.get(refused)
    assert redis.keys() == []
    assert cache.get(Fetcher()) == "token-1"


def test_a_wrong_secret_is_an_alarm_and_asked_about_once(tenant: WeComTenant, platform: StandIn):
    platform.will("gettoken", says(errcode=40001, errmsg="invalid credential, hint: [secret words]"))
    with pytest.raises(DeliveryFailed) as refusal:
        tenant.check_token()
    assert refusal.value.remedy is Remedy.ALARM
    assert "hint" not in str(refusal.value)
    assert len(platform.asked("gettoken")) == 1


def test_threads_of_one_tenant_renew_once_when_all_are_refused(platform: StandIn, redis):
    transport = Transport()
    tenant = WeComTenant(settings_for(platform.base), redis, transport=transport)
    tenant.check_token()
    platform.will("getcallbackip", *(Reply(says(errcode=42001).body, delay=0.05) for _ in range(4)))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: tenant.callback_ips(), range(4)))
    transport.close()
    assert platform.tokens == 2
