"""XML of the app's door: messages out, passive answers in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

Json = dict[str, Any]


class BadXml(Exception):
    """An answer that is no XML."""


def build(fields: Mapping[str, Any]) -> str:
    """Strings become CDATA, numbers stay bare, lists repeat their element."""
    return f"<xml>{_elements(fields)}</xml>"


def _elements(fields: Mapping[str, Any]) -> str:
    return "".join(_element(name, value) for name, value in fields.items())


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    if isinstance(value, Mapping):
        return f"<{name}>{_elements(value)}</{name}>"
    if isinstance(value, str):
        safe = value.replace("]]>", "]]]]><![CDATA[>")
        return f"<{name}><![CDATA[{safe}]]></{name}>"
    return f"<{name}>{value}</{name}>"


def parse(text: bytes) -> Json:
    """The children of the root; repeated elements become a list. No document type, hence no entities."""
    if b"<!" in text.replace(b"<![CDATA[", b""):
        raise BadXml
    try:
        root = fromstring(text)
    except (ParseError, ValueError):
        raise BadXml from None
    return _children(root)


def _children(element: Element) -> Json:
    found: Json = {}
    for child in element:
        value: Any = _children(child) if len(child) else (child.text or "")
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def as_list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]
