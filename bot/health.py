"""Is it well? One list of findings for `/readyz` and `doctor`; each with what to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.platform import AnswerLost, DeliveryFailed, Unreachable
from bot.wiring import Parts
from domain.site import NoSite
from storage.errors import StorageError
from storage.schema import head, version_of

HEARTBEAT_LATE = timedelta(seconds=90)
QUEUE_LATE = timedelta(minutes=10)
AUDIT_LATE = timedelta(minutes=40)
MAINTENANCE = "maintenance"


class Level(StrEnum):
    OK = "OK"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Finding:
    """`what`: what was found; `todo`: what to do about it, "" when nothing."""

    name: str
    level: Level
    what: str
    todo: str = ""


Check = Callable[[Parts], Finding]


def database(parts: Parts) -> Finding:
    """An empty one answers too: that there are no tables is the next finding's business."""
    try:
        with parts.store.reading() as tx:
            tx.sites.newest_version()
    except StorageError:
        return _empty_or_gone(parts)
    return Finding("database", Level.OK, "可连接")


def _empty_or_gone(parts: Parts) -> Finding:
    try:
        version_of(parts.store)
    except StorageError as error:
        todo = "检查 DATABASE_URL，以及数据库是否启动、用户和密码是否正确"
        return Finding("database", Level.FAIL, f"数据库连接不上（{error}）", todo)
    return Finding("database", Level.OK, "可连接")


def migrations(parts: Parts) -> Finding:
    found, wanted = version_of(parts.store), head()
    if found == wanted:
        return Finding("migrations", Level.OK, f"表结构为最新（{wanted}）")
    what = f"表结构是 {found}，应为 {wanted}" if found else "还没有建表"
    return Finding("migrations", Level.FAIL, what, "运行 ./daiban migrate")


def redis(parts: Parts) -> Finding:
    if parts.queue.alive():
        return Finding("redis", Level.OK, "可连接")
    return Finding(
        "redis", Level.FAIL, "Redis 不可连接，群里仍能应答，但通知会晚到", "检查 REDIS_URL 和 Redis 是否启动"
    )


def token(parts: Parts) -> Finding:
    try:
        parts.platform.check_token()
    except DeliveryFailed as failed:
        todo = (
            "核对 WECOM_CORP_ID、WECOM_SECRET 是否与管理后台一致；60020 请在应用“企业可信IP”加入本机出口 IP"
        )
        return Finding("token", Level.FAIL, f"取不到 access_token（{failed.code} {failed.meaning}）", todo)
    except (AnswerLost, Unreachable):
        return Finding("token", Level.FAIL, "平台接口不通", "检查网络和 WECOM_API_BASE")
    return Finding("token", Level.OK, "access_token 有效")


def scheduler(parts: Parts) -> Finding:
    with parts.store.reading() as tx:
        beat = tx.runs.last_beat("scheduler")
    now = parts.clock.real_now()
    if beat and now - beat < HEARTBEAT_LATE:
        return Finding("scheduler", Level.OK, f"{int((now - beat).total_seconds())} 秒前有心跳")
    return Finding("scheduler", Level.FAIL, "定时进程没有心跳，提醒和周报不会发出", "启动 scheduler 进程")


def auditor(parts: Parts) -> Finding:
    """Whether somebody still proves that no issue lies about. A fresh installation waits for the first round."""
    with parts.store.reading() as tx:
        beat = tx.runs.last_beat("auditor")
    if beat is None:
        return Finding("auditor", Level.WARN, "还没有巡检过", "scheduler 和 worker 启动后几分钟内会有第一次")
    late = parts.clock.real_now() - beat
    if late < AUDIT_LATE:
        return Finding("auditor", Level.OK, f"{int(late.total_seconds() // 60)} 分钟前巡检过")
    what = f"已 {int(late.total_seconds() // 60)} 分钟没有巡检，停滞的问题不会被发现"
    return Finding("auditor", Level.FAIL, what, "检查 scheduler 和 worker 进程是否启动")


def queue_age(parts: Parts) -> Finding:
    now = parts.clock.now()
    with parts.store.reading() as tx:
        due, pending = tx.outbox.oldest_due(now), tx.inbox.oldest_pending()
    oldest = min((i for i in (due, pending) if i), default=None)
    if oldest is None or now - oldest < QUEUE_LATE:
        return Finding("queue", Level.OK, "没有积压")
    minutes = int((now - oldest).total_seconds() // 60)
    return Finding("queue", Level.FAIL, f"最早一条已等待 {minutes} 分钟", "检查 worker 进程是否启动")


def maintenance(parts: Parts) -> Finding:
    """Whether somebody forgot to let the reminders out again."""
    with parts.store.reading() as tx:
        since = tx.runs.last_beat(MAINTENANCE)
    if since is None:
        return Finding("maintenance", Level.OK, "没有在维护")
    minutes = int((parts.clock.real_now() - since).total_seconds() // 60)
    return Finding(
        "maintenance",
        Level.WARN,
        f"维护中（已{minutes}分钟），提醒和小结暂不发出",
        "运行 ./daiban maintenance off",
    )


READY: tuple[Check, ...] = (database, migrations, redis, token, scheduler, auditor, queue_age, maintenance)


def look(parts: Parts, checks: tuple[Check, ...] = READY) -> list[Finding]:
    """All findings. Without a database or a site the checks that need it are left out: that finding says why."""
    findings = []
    for check in checks:
        with suppress(StorageError, NoSite):
            findings.append(check(parts))
    return findings
