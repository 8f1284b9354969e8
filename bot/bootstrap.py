"""From the environment to a wired process: the one place that names all parts together. Opens no connection."""

from __future__ import annotations

import functools
from dataclasses import asdict

from bot.clock import Clock
from bot.queue import JobQueue, connect
from bot.settings import Settings, environment
from bot.wecom.callbacks import AppCallback, BotCallback
from bot.wecom.settings import TenantSettings
from bot.wecom.tenant import WeComTenant
from bot.wiring import Parts, SiteCache
from storage.store import Store


def wire(settings: Settings, lock_wait_ms: int | None = None) -> Parts:
    """`lock_wait_ms`: the web process gives up on a lock early, everybody else waits for it."""
    tenant = TenantSettings(**asdict(settings.tenant))
    redis = connect(settings.redis_url)
    sandbox = settings.tenant.api_base if settings.sandbox else None
    return Parts(
        settings=settings,
        clock=Clock(settings.zone, sandbox),
        store=Store(settings.database_url, lock_wait_ms),
        queue=JobQueue(redis),
        platform=WeComTenant(tenant, redis),
        callbacks=(AppCallback(tenant), BotCallback(tenant)),
        sites=SiteCache(),
    )


@functools.cache
def parts() -> Parts:
    """This process's parts. Jobs find them here: a worker's parent builds them once, its forks inherit them."""
    return wire(Settings.from_env(environment()))
