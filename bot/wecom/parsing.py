"""Reading XML and JSON that came from outside: strict, bounded, without entities."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from bot.platform import BadCallback

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 256 * 1024


def xml(body: bytes, reason: str) -> Element:
    """The root element. Raises BadCallback with `reason` when it is not XML or declares anything."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # LookupError: unknown encoding
        raise BadCallback(reason) from None
    return root


def json_object(body: bytes, reason: str) -> dict[str, object]:
    """The object. Raises BadCallback with `reason` when it is not JSON or not an object."""
    try:
        value = json.loads(body.decode())
    except (ValueError, RecursionError):  # RecursionError: a hundred thousand opening brackets
        raise BadCallback(reason) from None
    if not isinstance(value, dict):
        raise BadCallback(reason)
    return value


def checked_size(body: bytes) -> bytes:
    if len(body) > MOST_BYTES:
        raise BadCallback("too_large")
    return body
