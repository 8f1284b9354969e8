"""From the environment to a frozen value. A missing or malformed setting stops the start with its name and what
it should look like (contract §2); nothing else reads the environment."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

# Written by `make run`: the embedded house's own settings, for the command line beside it.
HOUSE = "house.env"


def environment() -> dict[str, str]:
    """The process's environment over `.env`, which is read when present; when neither names a tenant, over the
    settings of the house that `make run` started here."""
    found = {**_file(Path(".env")), **os.environ}
    if "WECOM_CORP_ID" not in found:
        found = {**_file(Path(found.get("DAIBAN_VAR", "var")) / HOUSE), **found}
    return found


def _file(path: Path) -> dict[str, str]:
    return {key: value for key, value in dotenv_values(path).items() if value is not None}


class BadSetting(Exception):
    """`name` and what it should look like, in Chinese: the text is shown to whoever starts the program."""

    def __init__(self, name: str, should: str) -> None:
        super().__init__(f"设置 {name} 有误：{should}")


@dataclass(frozen=True)
class Tenant:
    """One tenant's self-built app and AI bot."""

    api_base: str
    oauth_base: str
    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    callback_token: str = field(repr=False)
    callback_aes_key: str = field(repr=False)
    bot_id: str = ""
    bot_name: str = "代办助手"
    bot_token: str = field(default="", repr=False)
    bot_aes_key: str = field(default="", repr=False)


@dataclass(frozen=True)
class Guest:
    """A language model that may suggest (off unless LLM_BASE is set). `daily`: most questions a day."""

    base: str
    model: str
    key: str = field(repr=False)
    seconds: int = 8
    daily: int = 200


@dataclass(frozen=True)
class Settings:
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    public_url: str
    bind: str
    secret_key: str = field(repr=False)
    zone: ZoneInfo
    sandbox: bool
    tenant: Tenant
    group_cards: bool
    var: Path
    pages: bool = False  # whether cards and answers may lead to the mobile pages
    guest: Guest | None = None

    @property
    def pages_url(self) -> str:
        """What links to pages begin with, "" where there are none."""
        return self.public_url if self.pages else ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        reader = _Reader(env)
        var = Path(env.get("DAIBAN_VAR", "var"))
        database = env.get("DATABASE_URL") or f"sqlite:///{var}/daiban.db"
        return cls(
            database_url=reader.database(database),
            redis_url=reader.redis(env.get("REDIS_URL") or f"unix://{(var / 'redis.sock').resolve()}"),
            public_url=reader.url("PUBLIC_URL", "http://127.0.0.1:8000"),
            bind=reader.host_port("BIND", "127.0.0.1:8000"),
            secret_key=_secret_key(env, var),
            zone=reader.zone("TZ_NAME", "Asia/Shanghai"),
            sandbox=reader.flag("SANDBOX"),
            tenant=_tenant(reader),
            group_cards=reader.flag("GROUP_CARDS", default="1"),
            var=var,
            # Without an address of our own nobody could open one: then the app asks for words in the chat.
            pages=reader.flag("PAGES", default="1" if env.get("PUBLIC_URL") else "0"),
            guest=_guest(reader),
        )


def _guest(reader: _Reader) -> Guest | None:
    if not reader.env.get("LLM_BASE"):
        return None
    return Guest(
        base=reader.url("LLM_BASE", ""),
        model=reader.required("LLM_MODEL", "模型名称"),
        key=reader.env.get("LLM_KEY", "").strip(),
        seconds=reader.within("LLM_SECONDS", 8, 30),
        daily=reader.within("LLM_DAILY", 200, 100_000),
    )


def _tenant(reader: _Reader) -> Tenant:
    return Tenant(
        api_base=reader.url("WECOM_API_BASE", "https://qyapi.weixin.qq.com"),
        oauth_base=reader.url("WECOM_OAUTH_BASE", "https://open.weixin.qq.com"),
        corp_id=reader.required("WECOM_CORP_ID", "企业ID，例如 ww0123456789abcdef"),
        agent_id=reader.number("WECOM_AGENT_ID", "自建应用的 AgentId，纯数字，例如 1000002"),
        secret=reader.required("WECOM_SECRET", "自建应用的 Secret"),
        callback_token=reader.required("WECOM_CALLBACK_TOKEN", "自建应用“接收消息”里的 Token"),
        callback_aes_key=reader.aes_key("WECOM_CALLBACK_AES_KEY"),
        bot_id=reader.required("WECOM_BOT_ID", "智能机器人的 BotID"),
        bot_name=reader.env.get("WECOM_BOT_NAME") or "代办助手",
        bot_token=reader.required("WECOM_BOT_TOKEN", "智能机器人回调的 Token"),
        bot_aes_key=reader.aes_key("WECOM_BOT_AES_KEY"),
    )


@dataclass(frozen=True)
class _Reader:
    env: Mapping[str, str]

    def required(self, name: str, should: str) -> str:
        value = self.env.get(name, "").strip()
        if not value:
            raise BadSetting(name, f"不能为空，应为{should}（写在 .env 里，样子见 .env.example）")
        return value

    def number(self, name: str, should: str) -> int:
        value = self.required(name, should)
        if not value.isdecimal():
            raise BadSetting(name, f"应为{should}")
        return int(value)

    def within(self, name: str, default: int, most: int) -> int:
        value = self.env.get(name) or str(default)
        if not value.isdecimal() or not 1 <= int(value) <= most:
            raise BadSetting(name, f"应为 1 到 {most} 的整数，例如 {default}")
        return int(value)

    def aes_key(self, name: str) -> str:
        value = self.required(name, "43 位 EncodingAESKey")
        try:
            whole = len(value) == 43 and len(base64.b64decode(value + "=")) == 32
        except (ValueError, binascii.Error):
            whole = False
        if not whole:
            raise BadSetting(name, "应为 43 位字母数字的 EncodingAESKey（后台“接收消息”页可复制）")
        return value

    def url(self, name: str, default: str) -> str:
        value = (self.env.get(name) or default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise BadSetting(name, "应为 http:// 或 https:// 开头的地址")
        return value

    def host_port(self, name: str, default: str) -> str:
        value = self.env.get(name) or default
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise BadSetting(name, "应为 主机:端口，例如 127.0.0.1:8000")
        return value

    def database(self, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise BadSetting("DATABASE_URL", "应以 sqlite:/// 或 postgresql+psycopg:// 开头")
        if not _readable(value):
            raise BadSetting(
                "DATABASE_URL",
                "应形如 postgresql+psycopg://用户:密码@主机:5432/库；密码里的符号要写成 %40 这样的编码",
            )
        return value

    def redis(self, value: str) -> str:
        if not value.startswith(("redis://", "rediss://", "unix://")):
            raise BadSetting("REDIS_URL", "应以 redis://、rediss:// 或 unix:// 开头")
        if not _readable(value):
            raise BadSetting("REDIS_URL", "应形如 redis://主机:6379/0")
        return value

    def zone(self, name: str, default: str) -> ZoneInfo:
        try:
            return ZoneInfo(self.env.get(name) or default)
        except (ZoneInfoNotFoundError, ValueError):
            raise BadSetting(name, "应为时区名，例如 Asia/Shanghai") from None

    def flag(self, name: str, default: str = "0") -> bool:
        value = self.env.get(name) or default
        if value not in {"0", "1"}:
            raise BadSetting(name, "应为 0 或 1")
        return value == "1"


def _readable(url: str) -> bool:
    """A sign in a password that was not encoded moves the parts: then the port is no number."""
    try:
        port = urlsplit(url).port
    except ValueError:
        return False
    return port is None or port > 0


def _secret_key(env: Mapping[str, str], var: Path) -> str:
    """From SECRET_KEY or the file SECRET_KEY_FILE; otherwise generated once into `var/` (mode 0600)."""
    if env.get("SECRET_KEY"):
        key = env["SECRET_KEY"].strip()
    elif env.get("SECRET_KEY_FILE"):
        try:
            key = Path(env["SECRET_KEY_FILE"]).read_text(encoding="utf-8").strip()
        except OSError:
            raise BadSetting("SECRET_KEY_FILE", "应为可读的文件") from None
    else:
        key = _generated_key(var / "secret_key")
    if len(key) < 32:
        raise BadSetting("SECRET_KEY", "至少 32 个字符的随机串")
    return key


def _generated_key(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="utf-8", opener=private) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError:
        raise BadSetting("SECRET_KEY", f"未设置，且 {path.parent}/ 不可写，无法自动生成") from None
    return path.read_text(encoding="utf-8").strip()


def private(path: str, flags: int) -> int:
    """For `open(opener=…)`: readable by the owner only."""
    return os.open(path, flags, 0o600)
