"""Platform values as JSON and back: for the inbox (messages kept) and the outbox (what is to be said)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from bot import platform
from bot.platform import CardKind, Channel

_KINDS: dict[str, type] = {
    kind.__name__: kind for kind in vars(platform).values() if isinstance(kind, type) and is_dataclass(kind)
}
# StrEnum fields come back as the enum, so that `is` holds.
_ENUMS: dict[tuple[str, str], type[Enum]] = {
    ("IncomingMessage", "channel"): Channel,
    ("Card", "kind"): CardKind,
}
_TAG, _MAP = "_", "map"


def to_record(value: Any) -> Any:
    """JSON-ready. Bytes are refused: files are kept in their own table."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = (f for f in fields(value) if f.metadata.get("kept", True))
        pairs = {f.name: to_record(getattr(value, f.name)) for f in kept}
        return {_TAG: type(value).__name__} | {k: v for k, v in pairs.items() if v not in (None, "", [])}
    if isinstance(value, Mapping):
        return {_TAG: _MAP, "v": {str(k): to_record(v) for k, v in value.items()}}
    if isinstance(value, list | tuple):
        return [to_record(v) for v in value]
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"cannot keep a {type(value).__name__}")


def from_record(record: Any) -> Any:
    if isinstance(record, list):
        return tuple(from_record(v) for v in record)
    if not isinstance(record, Mapping):
        return record
    name = record[_TAG]
    if name == _MAP:
        return {k: from_record(v) for k, v in record["v"].items()}
    kind = _KINDS[name]
    values = {k: from_record(v) for k, v in record.items() if k != _TAG}
    for key, value in values.items():
        if (name, key) in _ENUMS:
            values[key] = _ENUMS[name, key](value)
    # Required words that were empty are left out of the record.
    for f in fields(kind):
        if f.name not in values and f.default is f.default_factory:
            values[f.name] = ""
    return kind(**values)
