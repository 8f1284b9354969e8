"""The web process: callbacks, health, metrics. `gunicorn 'bot.app:create()'`."""

from __future__ import annotations

import os

from flask import Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import REGISTRY
from prometheus_client.multiprocess import MultiProcessCollector

from bot import health, webhook
from bot.bootstrap import wire
from bot.logs import set_up
from bot.pages import routes
from bot.settings import Settings, environment
from bot.wiring import Parts
from storage.store import LOCK_WAIT_MS


def create(parts: Parts | None = None) -> Flask:
    set_up()
    if parts is None:
        parts = wire(Settings.from_env(environment()), LOCK_WAIT_MS)
        parts.read_ahead()
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the reasons are read by people
    app.register_blueprint(webhook.blueprint(parts))
    app.register_blueprint(routes.blueprint(parts))
    app.add_url_rule("/board", "board", routes.to_board, strict_slashes=False)
    app.add_url_rule("/healthz", "healthz", lambda: Response("ok\n", content_type="text/plain"))
    app.add_url_rule("/readyz", "readyz", lambda: _ready(parts))
    app.add_url_rule("/metrics", "metrics", _metrics)
    return app


def _ready(parts: Parts) -> tuple[Response, int]:
    findings = health.look(parts)
    bad = [f"{finding.name}: {finding.what}" for finding in findings if finding.level is health.Level.FAIL]
    body = {finding.name: finding.level.value for finding in findings}
    return jsonify({"ready": not bad, "parts": body, "reasons": bad}), 503 if bad else 200


def _metrics() -> Response:
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
