"""Redis as something nice to have: asked once, briefly, because every caller here can do without it."""

from __future__ import annotations

from typing import Any

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

_CONNECT_SECONDS, _ANSWER_SECONDS = 0.5, 1.0


def impatient(redis: Redis) -> Redis:
    """The same server without redis-py's own retries, which hold a caller for seconds while it is down."""
    kind = redis.connection_pool.connection_class
    options: dict[str, Any] = {
        **redis.connection_pool.connection_kwargs,
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": _CONNECT_SECONDS,
        "socket_timeout": _ANSWER_SECONDS,
    }
    return Redis.from_pool(ConnectionPool(connection_class=kind, **options))
