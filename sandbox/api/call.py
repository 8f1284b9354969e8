"""One call to the platform as an endpoint sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Response

from sandbox.limits import Refused
from sandbox.world import World

Json = dict[str, Any]
OK: Json = {"errcode": 0, "errmsg": "ok"}


@dataclass
class Call:
    """`effect` and `detail` are what the log will tell: delivered, duplicate, dropped, done."""

    query: dict[str, str]
    body: Json = field(repr=False)
    upload: tuple[str, bytes] | None = field(default=None, repr=False)
    byte_range: str = ""
    effect: str = "done"
    detail: Json = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string of the body, "" when absent; anything else is refused."""
        value = self.body.get(name, "")
        if not isinstance(value, str):
            raise Refused("parameter", name)
        return value

    def texts(self, name: str) -> list[str]:
        value = self.body.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise Refused("parameter", name)
        return value


@dataclass(frozen=True)
class Endpoint:
    """`plain`: exists in the smallest private edition too."""

    method: str
    handle: Callable[[World, Call], Json | Response]
    token: bool = True
    plain: bool = True
