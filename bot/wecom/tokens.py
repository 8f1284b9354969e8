"""The access token of one app, shared by all processes through Redis and fetched by one of them at a time.

Redis makes it cheaper and is never needed: while it is down each process keeps a token of its own. This takes
the place of wechatpy's session storage, whose expiry is not shared between processes and which makes all of
them refresh at once.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple, cast

from redis import Redis
from redis.exceptions import RedisError

# A token is given up this long before the platform does, so that none dies between two of our calls.
EARLY = 300.0
_LOCK_MS = 12_000  # longer than one fetch with its time-outs
_PATIENCE = 4.0
_PAUSE = 0.05
# Unlock only what is still ours: the lock may have run out and been taken by another process.
_UNLOCK = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"


class Fetched(NamedTuple):
    token: str
    lifetime: float  # seconds


class _Kept(NamedTuple):
    token: str
    until: float


class _Turn(Enum):
    MINE = auto()
    ANOTHERS = auto()
    NO_REDIS = auto()


Fetch = Callable[[], Fetched]


def cache_name(*identity: str) -> str:
    """A Redis key that tells nothing about the tenant."""
    return "daiban:token:" + hashlib.sha256("\0".join(identity).encode()).hexdigest()[:24]


class TokenCache:
    """Thread-safe. `fetch` is handed in with each call, so that the secret stays with the client."""

    def __init__(
        self, name: str, redis: Redis | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name, self._redis, self._clock = name, redis, clock
        self._kept = _Kept("", 0.0)
        self._single = threading.Lock()

    def get(self, fetch: Fetch) -> str:
        return self._valid() or self._renewed("", fetch)

    def renew(self, stale: str, fetch: Fetch) -> str:
        """A token other than `stale`, which the platform has just refused."""
        return self._renewed(stale, fetch)

    def _renewed(self, stale: str, fetch: Fetch) -> str:
        with self._single:
            token = self._valid()
            if token and token != stale:
                return token  # another thread was first
            self._kept = _Kept("", 0.0)
            return self._shared(stale) or self._fetched_by_one(stale, fetch)

    def _valid(self) -> str:
        kept = self._kept
        return kept.token if kept.until > self._clock() else ""

    def _fetched_by_one(self, stale: str, fetch: Fetch) -> str:
        mine = secrets.token_hex(8)
        give_up_at = self._clock() + _PATIENCE
        while (turn := self._take_turn(mine)) is _Turn.ANOTHERS and self._clock() < give_up_at:
            time.sleep(_PAUSE)
            token = self._shared(stale)
            if token:
                return token
        if turn is not _Turn.MINE:
            return self._keep(fetch())  # no Redis, or another process hangs: no send may fail by that
        try:
            # Between our first look and the lock another process may have finished.
            return self._shared(stale) or self._share(fetch())
        finally:
            self._end_turn(mine)

    def _keep(self, fetched: Fetched) -> str:
        self._kept = _Kept(fetched.token, self._clock() + _usable(fetched.lifetime))
        return fetched.token

    # ------------------------------------------------------------ Redis, which may be down at every step

    def _shared(self, stale: str) -> str:
        if self._redis is None:
            return ""
        try:
            both = self._redis.pipeline(transaction=False)
            both.get(self._name)
            both.pttl(self._name)
            raw, left = both.execute()
        except RedisError:
            return ""
        token = raw.decode() if isinstance(raw, bytes) else str(raw or "")
        if not token or token == stale or left <= 0:
            return ""
        self._kept = _Kept(token, self._clock() + left / 1000)
        return token

    def _share(self, fetched: Fetched) -> str:
        token = self._keep(fetched)
        try:
            cast("Redis", self._redis).set(self._name, token, px=int(_usable(fetched.lifetime) * 1000))
        except RedisError:
            return token
        return token

    def _take_turn(self, mine: str) -> _Turn:
        if self._redis is None:
            return _Turn.NO_REDIS
        try:
            taken = self._redis.set(f"{self._name}:lock", mine, nx=True, px=_LOCK_MS)
        except RedisError:
            return _Turn.NO_REDIS
        return _Turn.MINE if taken else _Turn.ANOTHERS

    def _end_turn(self, mine: str) -> None:
        try:
            cast("Redis", self._redis).eval(_UNLOCK, 1, f"{self._name}:lock", mine)
        except RedisError:
            return  # it runs out by itself


def _usable(lifetime: float) -> float:
    """Five minutes less than the platform grants, but at least half of a very short life."""
    return max(lifetime - EARLY, lifetime / 2, 1.0)
