"""Counters of what came in, what was refused and what went out; ids and kinds only."""

from __future__ import annotations

from prometheus_client import Counter

CALLBACKS = Counter("daiban_callbacks_total", "Verified callbacks", ["channel", "outcome"])
REFUSED = Counter("daiban_callbacks_refused_total", "Callbacks refused at the door", ["channel", "reason"])
UNKNOWN = Counter("daiban_messages_unknown_total", "Messages of a kind this version does not know", ["name"])
SENT = Counter("daiban_messages_sent_total", "What became of sends", ["kind", "state"])
