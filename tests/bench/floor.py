"""The yardsticks' servers: the durable floor of row 1, and a server that answers at once (the generator's own
maximum)."""

from __future__ import annotations

import os
import threading
from typing import Any

import psycopg

from bot.platform import CallbackQuery, Say
from bot.settings import Settings
from bot.wecom.callbacks import BotCallback
from bot.wecom.settings import TenantSettings

_local = threading.local()


def _connection() -> psycopg.Connection[Any]:
    if not hasattr(_local, "connection"):
        url = os.environ["DATABASE_URL"].replace("+psycopg", "")
        _local.connection = psycopg.connect(url, autocommit=True, prepare_threshold=1)
    return _local.connection  # type: ignore[no-any-return]


def _tenant() -> TenantSettings:
    tenant = Settings.from_env(os.environ).tenant
    return TenantSettings(**{name: getattr(tenant, name) for name in tenant.__dataclass_fields__})


def durable() -> Any:
    """Only verify, decrypt, one committed INSERT, an encrypted "ok"."""
    from flask import Flask, Response, request  # noqa: PLC0415

    app = Flask("floor")
    callback = BotCallback(_tenant())

    def receive() -> Response:
        args = request.args
        query = CallbackQuery(args["msg_signature"], args["timestamp"], args["nonce"])
        message = callback.open(query, request.get_data())
        _connection().execute("INSERT INTO floor (key, body) VALUES (%s, %s)", (message.key, message.text))
        body = callback.seal(Say("ok"), message, nonce=query.nonce, timestamp=1)
        return Response(body, content_type="text/plain; charset=utf-8")

    app.add_url_rule("/callbacks/wecom/bot", "receive", receive, methods=["POST"])
    return app


def nothing() -> Any:
    """Answers at once."""

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ok"]

    return app
