"""A file that was fetched and kept."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class KeptFile:
    id: int
    name: str = field(repr=False)
    data: bytes = field(repr=False)
