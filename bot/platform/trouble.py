"""What can go wrong with a platform, and what each error asks for."""

from __future__ import annotations

from enum import StrEnum


class Remedy(StrEnum):
    """What an error of the platform asks for (wecom-protocol.md §3.13)."""

    RETRY = "retry"  # busy or too often: later, with back-off
    REFRESH = "refresh"  # token ran out: fetch once, ask once more (done inside the client)
    GIVE_UP = "give_up"  # stays wrong however often we ask; keep the reason, tell the administrator
    ALARM = (
        "alarm"  # configuration is wrong (secret, trusted IP, permission): nothing will work, tell at once
    )


class DeliveryFailed(Exception):
    """The platform refused. The text has the code and what it means, never people's words, never `errmsg`
    (which may carry addresses)."""

    def __init__(self, code: int, meaning: str, remedy: Remedy) -> None:
        super().__init__(f"{code}: {meaning}")
        self.code, self.meaning, self.remedy = code, meaning, remedy


class AnswerLost(Exception):
    """The request went out and no answer came back: nobody knows whether the platform acted (contract §8)."""


class Unreachable(Exception):
    """The request never went out (connection refused, name not resolved): safe to repeat."""


class BadCallback(Exception):
    """A callback that cannot be trusted or read. `reason` is a counter's label, never shown to the outside."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
