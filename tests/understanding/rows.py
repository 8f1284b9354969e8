"""Labelled messages: contract §6 lines with `gold` (unseen.jsonl, frozen before the first training), and the short hand of dev.txt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOW = "2026-09-15T09:30:00+08:00"
ROLES = {"e": "enterprise", "o": "service_officer", "r": "representative", "s": "supervisor"}


def rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".jsonl":
        return [_unseen(json.loads(line)) for line in lines if line.strip()]
    return [_row(line) for line in lines if line.strip() and not line.startswith("#")]


def _unseen(line: dict[str, Any]) -> dict[str, Any]:
    return {**line["in"], "gold": line["out"]}


def _row(line: str) -> dict[str, Any]:
    role, text, acts, decision, *around = line.split("|")
    row: dict[str, Any] = {
        "text": text, "role": ROLES[role], "chat": "group", "mention": True, "quote": None, "now": NOW,
        "recent": {"item": None, "issue": None},
        "gold": {"acts": [_act(one) for one in acts.split(" + ")], "decision": decision},
    }  # fmt: skip
    for one in around:
        if one.startswith("@"):
            row["recent"]["item"] = one[1:]
        elif one.startswith("#"):
            row["recent"]["issue"] = one[1:]
        elif one.startswith("~"):
            kind, _, quoted = one[1:].partition(":")
            row["quote"] = {"kind": kind, "text": quoted}
    return row


def _act(written: str) -> dict[str, Any]:
    intent, *pairs = written.split()
    slots: dict[str, Any] = dict(pair.split("=", 1) for pair in pairs)
    for key in ("days", "rating"):
        if str(slots.get(key, "?")) != "?":
            slots[key] = int(slots[key])
    return {"intent": intent, "slots": slots}


def sets() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name in ("unseen.jsonl", "unseen_b.jsonl", "fresh.txt", "dev.txt"):
        if (HERE / name).exists():
            yield name, rows(HERE / name)
