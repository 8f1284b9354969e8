"""How a page leaves the house: templates, hashed assets, headers, compression."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Response, render_template, request
from markupsafe import Markup, escape

from bot.settings import Settings
from bot.texts import phrases

STATIC = Path(__file__).parent / "static"
ASSETS = {
    "page.css": "text/css; charset=utf-8",
    "board.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
}
WORTH_PACKING = 700
_PACKED = ("text/html", "text/css", "text/javascript")
_COLOUR = re.compile(r"&lt;font color=&#34;\w+&#34;&gt;(.*?)&lt;/font&gt;", re.S)
_STRONG = re.compile(r"\*\*(.+?)\*\*")


@cache
def asset(name: str) -> tuple[bytes, str]:
    """Bytes and the name that changes with them."""
    data = (STATIC / name).read_bytes()
    stem, _, ending = name.partition(".")
    return data, f"{stem}.{sha256(data).hexdigest()[:12]}.{ending}"


def asset_url(name: str) -> str:
    return f"/m/static/{asset(name)[1]}"


def serve_asset(name: str) -> Response:
    for own, kind in ASSETS.items():
        data, hashed = asset(own)
        if name == hashed:
            response = Response(data, content_type=kind)
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            return response
    return Response(status=404)


def spoken(text: str) -> Markup:
    """Words of the bot as they look in a chat: bold, lines; everything else as it was typed."""
    safe = str(escape(text))
    safe = _STRONG.sub(r"<strong>\1</strong>", _COLOUR.sub(r"\1", safe))
    return Markup("<br>").join(Markup(line) for line in safe.split("\n"))


def page(template: str, status: int = 200, **values: Any) -> Response:
    return Response(
        render_template(template, **values), status=status, content_type="text/html; charset=utf-8"
    )


def helpers(zone_of: Mapping[str, Any]) -> dict[str, Any]:
    zone = zone_of["zone"]

    def moment(instant: datetime | None) -> str:
        return phrases.moment(instant, zone) if instant else ""

    def day(value: date | None) -> str:
        return phrases.day(value) if value else ""

    return {"asset": asset_url, "moment": moment, "day": day, "spoken": spoken, "clipped": phrases.clipped}


def finished(settings: Settings, response: Response) -> Response:
    """Nothing from outside, no inline script, no frames but the sandbox's, nothing kept by whoever is between."""
    frames = "'none'"
    if settings.sandbox:
        base = urlsplit(settings.tenant.api_base)
        frames = f"'self' {base.scheme}://{base.netloc}"
    else:
        response.headers["X-Frame-Options"] = "DENY"
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {frames}",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "private, no-store")
    if settings.public_url.startswith("https://"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return _packed(response)


def _packed(response: Response) -> Response:
    kind = (response.content_type or "").partition(";")[0]
    if kind not in _PACKED or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return response
    data = response.get_data()
    response.headers["Vary"] = "Accept-Encoding"
    if len(data) < WORTH_PACKING:
        return response
    response.set_data(gzip.compress(data, 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
