"""gunicorn's settings for the web process, from the same environment and `.env` as everybody's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bot.settings import environment

_known = environment()
bind = _known.get("BIND") or "127.0.0.1:8000"
workers = int(_known.get("WEB_CONCURRENCY") or "2")
worker_class = "gthread"
threads = 8
keepalive = 30
timeout = 30
graceful_timeout = 5
accesslog = None  # the query string carries signatures
errorlog = "-"
loglevel = "warning"
preload_app = False
control_socket_disable = True

# Counters of all workers are summed through files (prometheus_client's multiprocess mode).
_folder = Path(_known.get("DAIBAN_VAR") or "var") / "metrics"
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    shutil.rmtree(_folder, ignore_errors=True)
    _folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_folder)
