"""Once a night: what has been kept long enough goes, class by class, and every deletion is written down."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

from bot.wiring import Parts
from domain.retention import Retention

MOST_ROUNDS = 500  # pages a night: the rest waits for the next one
SITE = 0  # the audit chain of the site itself


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        rules = parts.sites.get(tx).site.retention
    for one in fields(Retention):
        days = getattr(rules, one.name)
        if days is not None:
            _empty(parts, one.name, at - timedelta(days=days), at)


def _empty(parts: Parts, name: str, before: datetime, at: datetime) -> None:
    """Page by page, each with its own row: what was deleted is written down even when the night is cut short."""
    for _ in range(MOST_ROUNDS):
        with parts.store.transaction() as tx:
            gone: int = getattr(tx.retired, name)(before)
            if not gone:
                return
            details = {"count": gone, "before": before.isoformat()}
            tx.audit.add(SITE, at, "clock", "retention.delete", f"class:{name}", details)
