"""Row 2: what one message costs to understand, and what that adds in memory."""

from __future__ import annotations

import time
from pathlib import Path

import psutil

from bot.siteconfig import calendar_of, read_site_document
from bot.understanding.dictionary import Dictionary
from bot.understanding.lines import understand_line
from domain.site import Site
from tests.bench.row import Row
from tests.servers import Postgres
from tests.understanding.rows import sets

LIMIT, MOST = 1000, 25


def measure(server: Postgres, folder: Path) -> list[Row]:
    site = Site.from_document(read_site_document(Path("config")))
    before = psutil.Process().memory_info().rss
    dictionary, calendar = Dictionary(site), calendar_of(site)
    times = []
    for row in (one for _, rows in sets() for one in rows * 3):
        started = time.perf_counter()
        understand_line(row, dictionary, calendar)
        times.append((time.perf_counter() - started) * 1e6)
    p95 = sorted(times)[int(len(times) * 0.95)]
    added = (psutil.Process().memory_info().rss - before) / 1024 / 1024
    return [
        Row("2", "understanding a message, p95", p95, "µs", None, f"< {LIMIT} µs", p95 < LIMIT),
        Row("2", "memory understanding adds", added, "MB", None, f"≤ {MOST} MB", added <= MOST),
    ]
