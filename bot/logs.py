"""Logging for every process: one line per event on stderr, ids only. RQ's own lines carry no arguments."""

from __future__ import annotations

import logging
import sys


def set_up(level: int = logging.INFO) -> None:
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True
    )
    for noisy in ("rq.worker", "rq.queue", "apscheduler", "urllib3", "werkzeug", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
