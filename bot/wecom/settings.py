"""What one tenant of the platform is made of; two tenants are two values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TenantSettings:
    """Addresses, identity and secrets. `proxy` and `ca_bundle`: for editions inside a government network."""

    api_base: str
    oauth_base: str
    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    callback_token: str = field(default="", repr=False)
    callback_aes_key: str = field(default="", repr=False)
    bot_id: str = ""
    bot_name: str = "代办助手"
    bot_token: str = field(default="", repr=False)
    bot_aes_key: str = field(default="", repr=False)
    proxy: str | None = field(default=None, repr=False)  # may carry a password
    ca_bundle: str | None = None
