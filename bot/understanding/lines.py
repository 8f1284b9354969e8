"""One line of contract §6 in, one line out; no side effects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.understanding.acts import Heard
from bot.understanding.days import WorkingDays
from bot.understanding.dictionary import Dictionary
from bot.understanding.understand import understand

# Contract §6; what else an act carries is for the handlers.
SLOTS = frozenset(
    {
        "item",
        "stage",
        "department",
        "issue_no",
        "project_code",
        "aspect",
        "state",
        "due",
        "days",
        "day_unit",
        "rating",
        "topic",
    }
)


def understand_line(
    line: Mapping[str, Any], dictionary: Dictionary, calendar: WorkingDays | None = None
) -> dict[str, Any]:
    """Raises KeyError, TypeError or ValueError for a line of another shape."""
    quote, recent = line.get("quote") or {}, line.get("recent") or {}
    issue = recent.get("issue")
    heard = Heard(
        text=str(line["text"]),
        role=str(line.get("role", "enterprise")),
        group=line.get("chat", "group") == "group",
        mention=bool(line.get("mention", True)),
        quote_kind=str(quote.get("kind", "")),
        quote_text=str(quote.get("text", "")),
        recent_item=recent.get("item"),
        recent_issue=str(issue) if issue is not None else None,
        today=_day(line.get("now")),
        calendar=calendar,
    )
    found = understand(heard, dictionary)
    return {
        "acts": [
            {
                "intent": act.intent,
                "slots": {k: v for k, v in act.slots.items() if k in SLOTS},
                "score": round(act.score, 3),
            }
            for act in found.acts
        ],
        "decision": found.decision,
    }


def _day(now: Any) -> date | None:
    return date.fromisoformat(str(now)[:10]) if now else None
