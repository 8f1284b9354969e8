"""What the sandbox is started with: the environment, over the credentials kept beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
CREDENTIALS = HERE / "credentials.env"


class BadSetting(Exception):
    """A setting that cannot be used; the text names it and says what it should look like."""


@dataclass(frozen=True)
class Door:
    """One callback address of the product and the secrets of its envelope."""

    url: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    receive_id: str


@dataclass(frozen=True)
class Settings:
    bind: str
    public_url: str
    tenant: Path
    callback_timeout: float
    calls_per_minute: int
    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    bot_id: str
    bot_name: str
    app: Door
    bot: Door

    @property
    def product_origin(self) -> str:
        """scheme://host:port of the product, "" when no callback is set."""
        parts = urlsplit(self.app.url or self.bot.url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        known = {**read_credentials(), **env}
        bind = known.get("SANDBOX_BIND", "127.0.0.1:8100")
        return cls(
            bind=bind,
            public_url=known.get("SANDBOX_PUBLIC_URL", f"http://{bind}").rstrip("/"),
            tenant=Path(known.get("SANDBOX_TENANT", str(HERE / "tenant.yaml"))),
            callback_timeout=_number(known, "SANDBOX_CALLBACK_TIMEOUT", "5"),
            calls_per_minute=int(_number(known, "SANDBOX_CALLS_PER_MINUTE", "10000")),
            corp_id=known["WECOM_CORP_ID"],
            agent_id=int(_number(known, "WECOM_AGENT_ID", "")),
            secret=known["WECOM_SECRET"],
            bot_id=known["WECOM_BOT_ID"],
            bot_name=known["WECOM_BOT_NAME"],
            app=_door(known, "APP", "WECOM_CALLBACK", known["WECOM_CORP_ID"]),
            bot=_door(known, "BOT", "WECOM_BOT", ""),
        )


def read_credentials(path: Path = CREDENTIALS) -> dict[str, str]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def _number(known: Mapping[str, str], name: str, default: str) -> float:
    try:
        return float(known.get(name, default))
    except ValueError:
        raise BadSetting(f"{name}: a number is wanted") from None


def _door(known: Mapping[str, str], which: str, prefix: str, receive_id: str) -> Door:
    key = known[f"{prefix}_AES_KEY"]
    if len(key) != 43:
        raise BadSetting(f"{prefix}_AES_KEY: 43 letters and digits are wanted")
    url = known.get(f"SANDBOX_{which}_CALLBACK", f"http://127.0.0.1:8000/callbacks/wecom/{which.lower()}")
    return Door(url, known[f"{prefix}_TOKEN"], key, receive_id)
