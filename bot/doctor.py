"""`doctor`: everything that can be wrong with an installation, each with what to do about it."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from redis.exceptions import RedisError
from rq import Worker

from bot import health
from bot.documents.template_library import check as tried
from bot.documents.template_library import template_of, unused
from bot.health import Check, Finding, Level
from bot.platform import AnswerLost, CallbackQuery, DeliveryFailed, Unreachable
from bot.queue import connect
from bot.wiring import Parts
from domain.errors import InvalidAnswer
from domain.site import NoSite

CLOCK_SKEW = 60  # seconds
NO_PLATFORM = Finding("clock", Level.FAIL, "连不上平台，无法对时", "检查网络、防火墙和 WECOM_API_BASE")


def config(parts: Parts) -> Finding:
    try:
        with parts.store.reading() as tx:
            facts = parts.sites.get(tx)
    except NoSite:
        return Finding("config", Level.FAIL, "还没有站点配置", "运行 ./daiban load-config config")
    return Finding("config", Level.OK, f"{facts.site.name}，版本 {facts.version}")


def clock(parts: Parts) -> Finding:
    """Against the platform's own Date header: signatures and tokens go by time."""
    try:
        with urlopen(Request(parts.settings.tenant.api_base, method="HEAD"), timeout=3) as answer:
            theirs = answer.headers["Date"]
    except HTTPError as refused:
        theirs = refused.headers["Date"]
    except (URLError, OSError):
        return NO_PLATFORM
    if not theirs:
        return Finding("clock", Level.WARN, "平台没有给出时间，无法对时", "确认服务器已启用时间同步（NTP）")
    skew = abs((parsedate_to_datetime(theirs) - datetime.now(UTC)).total_seconds())
    if skew > CLOCK_SKEW:
        return Finding("clock", Level.FAIL, f"与平台相差 {skew:.0f} 秒", "启用时间同步（NTP）")
    return Finding("clock", Level.OK, f"与平台相差 {skew:.0f} 秒")


def trusted_ip(parts: Parts) -> Finding:
    try:
        ips = parts.platform.callback_ips()
    except DeliveryFailed as failed:
        if failed.code == 60020:
            return Finding(
                "trusted_ip", Level.FAIL, "本机出口 IP 不在企业可信IP中", "管理后台→应用→企业可信IP 加入"
            )
        return Finding("trusted_ip", Level.WARN, f"未能确认（{failed.code} {failed.meaning}）")
    except (AnswerLost, Unreachable):
        return Finding("trusted_ip", Level.WARN, "平台接口不通，未能确认")
    return Finding("trusted_ip", Level.OK, f"接口可调用；回调来源 IP {len(ips)} 个，防火墙需放行")


def callback(parts: Parts) -> Finding:
    """The echo of URL verification with the real keys, through the public address."""
    failed = [c.channel.value for c in parts.callbacks if not _echoes(parts, c.channel.value)]
    if failed:
        todo = "检查 web 进程、PUBLIC_URL 的反向代理，以及 Token、EncodingAESKey 是否与后台一致"
        return Finding("callback", Level.FAIL, f"回调地址没有正确应答：{'、'.join(failed)}", todo)
    return Finding("callback", Level.OK, "两个回调地址都能正确应答")


def _echoes(parts: Parts, name: str) -> bool:
    tenant = parts.settings.tenant
    door = next(c for c in parts.callbacks if c.channel.value == name)
    token = tenant.callback_token if name == "app" else tenant.bot_token
    sealed = door.seal_plain("daiban-doctor", nonce="doctor", timestamp=1)
    echo = _encrypt_part(sealed)
    timestamp, nonce = str(int(datetime.now(UTC).timestamp())), "doctor"
    signature = hashlib.sha1("".join(sorted([token, timestamp, nonce, echo])).encode()).hexdigest()
    query = {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": echo}
    # Our own door must read it first; then the one behind the public address.
    if door.verify_url(CallbackQuery(signature, timestamp, nonce, echo)) != "daiban-doctor":
        return False
    try:
        with urlopen(
            f"{parts.settings.public_url}/callbacks/wecom/{name}?{urlencode(query)}", timeout=3
        ) as answer:
            return bool(answer.read() == b"daiban-doctor")
    except (URLError, OSError):
        return False


def _encrypt_part(sealed: bytes) -> str:
    """The encrypted text out of the envelope, XML or JSON: the longest run of base64 in it."""
    words = sealed.decode().replace('"', " ").replace("[", " ").replace("]", " ").replace("<", " ").split()
    longest = max(words, key=len)
    base64.b64decode(longest)
    return longest


def appchat(parts: Parts) -> Finding:
    """Asks for a group that cannot be there: 48002 means no right, "unknown chat" means the right is there."""
    try:
        parts.platform.group("daibandoctor")
    except DeliveryFailed as failed:
        if failed.code in (48001, 48002, 60011):
            todo = "应用可见范围改为根部门；没有群聊接口时群由专员手工建并绑定，主动发言将请专员转发"
            return Finding("appchat", Level.WARN, "应用没有群聊接口权限", todo)
        if failed.code not in (40050, 86001, 86003, 86008):
            return Finding("appchat", Level.WARN, f"未能确认（{failed.code} {failed.meaning}）")
    except (AnswerLost, Unreachable):
        return Finding("appchat", Level.WARN, "平台接口不通，未能确认")
    return Finding("appchat", Level.OK, "可以建群和在群里发言")


def calendar_year(parts: Parts) -> Finding:
    with parts.store.reading() as tx:
        calendar = parts.sites.get(tx).calendar
    today = parts.today(parts.clock.now())
    if calendar.is_provisional(today):
        return Finding(
            "calendar", Level.FAIL, f"没有 {today.year} 年放假安排", "在 config/calendar.yaml 填入并重新装入"
        )
    coming = today.replace(year=today.year + 1, month=1, day=1)
    if today.month >= 11 and calendar.is_provisional(coming):
        todo = (
            "国务院办公厅公布后填入 config/calendar.yaml 并重新装入；在此之前跨年时限按周一至周五推算并注明"
        )
        return Finding("calendar", Level.WARN, f"还没有 {coming.year} 年放假安排", todo)
    return Finding("calendar", Level.OK, f"{today.year} 年放假安排已有")


def font(parts: Parts) -> Finding:  # noqa: ARG001
    """For papers and pictures."""
    lister = shutil.which("fc-list")
    found = subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout if lister else b""
    if found.strip():
        return Finding("font", Level.OK, "有中文字体")
    return Finding(
        "font", Level.WARN, "没有中文字体，图片将不生成、只发文字", "安装 fonts-noto-cjk（Debian/Ubuntu）"
    )


def templates(parts: Parts) -> Finding:
    """What load-config would refuse now, and fields no paper shows."""
    with parts.store.reading() as tx:
        site = parts.sites.get(tx).site
    forms = [form for form in site.forms.values() if form.issued]
    try:
        flaws = [flaw for form in forms for flaw in tried(form, site, template_of(form, site))]
        hidden = [
            f"{form.key}（{'、'.join(left)}）" for form in forms if not flaws and (left := unused(form, site))
        ]
    except InvalidAnswer as missing:
        return Finding("templates", Level.FAIL, missing.sentence, "重新装入配置：./daiban load-config config")
    if flaws:
        return Finding(
            "templates", Level.FAIL, str(flaws[0]), "改正模板后重新装入：./daiban load-config config"
        )
    if hidden:
        return Finding(
            "templates", Level.WARN, f"模板没有印出全部栏目：{'；'.join(hidden)}", "在模板中加上这些栏目"
        )
    return Finding(
        "templates", Level.OK, f"{len(forms)} 张表的模板可用，其中站点自有 {len(site.templates)} 张"
    )


def worker(parts: Parts) -> Finding:
    """Workers sign on in Redis; one that was killed stays on the list for some minutes."""
    redis = connect(parts.settings.redis_url)
    try:
        count = Worker.count(connection=redis)
    except RedisError:
        return Finding("worker", Level.WARN, "Redis 不可连接，未能确认", "先恢复 Redis")
    finally:
        redis.close()
    if count:
        return Finding("worker", Level.OK, f"{count} 个在运行")
    return Finding("worker", Level.FAIL, "没有 worker 进程，通知、答复和周报发不出去", "启动 worker 进程")


def folder(parts: Parts) -> Finding:
    var: Path = parts.settings.var
    if not os.access(var, os.W_OK):
        return Finding("var", Level.FAIL, f"{var} 不可写", "修改文件夹权限：数据库中断时消息暂存于此")
    spool = var / "spool"
    waiting, bad = (
        len(list(spool.glob(f"*.{ending}"))) if spool.exists() else 0 for ending in ("json", "bad")
    )
    if bad:
        todo = f"查看 {spool} 中的 .bad 文件（内容为群消息，注意保密），处理后删除"
        return Finding("var", Level.WARN, f"有 {bad} 条消息无法入库", todo)
    return Finding("var", Level.OK, f"可写，暂存消息 {waiting} 条")


CHECKS: tuple[Check, ...] = (
    health.database, config, health.migrations, clock, health.redis, health.token, trusted_ip, callback, appchat,
    calendar_year, font, templates, worker, health.scheduler, health.auditor, health.queue_age, folder,
)  # fmt: skip
# What only a platform that answers can tell; asked one after the other they would time out one after the other.
NEED_PLATFORM = (health.token, trusted_ip, appchat)


def examine(parts: Parts) -> list[Finding]:
    """Everything; what needs a database, a site or the platform is left out where there is none."""
    found: list[Finding] = []
    for check in CHECKS:
        if check not in NEED_PLATFORM or NO_PLATFORM not in found:
            found += health.look(parts, (check,))
    return found
