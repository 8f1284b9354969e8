"""`make evaluate`: how well messages are understood, how fast, and how often talk about something else is taken for
business. Exit 1 when a figure is below what is to be reached."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bot.siteconfig import calendar_of, read_site_document
from bot.understanding.dictionary import Dictionary
from bot.understanding.lines import understand_line
from domain.site import Site
from tests.understanding.measures import Measures, measure
from tests.understanding.rows import NOW, sets

CONFIG = Path(__file__).parents[2] / "config"
TO_REACH = {"macro": 0.92, "slot_f1": 0.93, "decision": 0.93}
OFF_TOPIC, FAST = 0.02, 0.001


def main() -> int:
    verbose = "-v" in sys.argv
    site = Site.from_document(read_site_document(CONFIG))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    dictionary, calendar = Dictionary(site), calendar_of(site)
    understand_line({"text": "施工许可办到哪了", "now": NOW}, dictionary, calendar)
    print(f"ready after {time.perf_counter() - started:.2f} s")
    fine = True
    for name, rows in sets():
        times, answers = [], []
        for row in rows:
            at = time.thread_time()  # work, however busy the machine is
            answers.append(understand_line(row, dictionary, calendar))
            times.append(time.thread_time() - at)
        found = measure(rows, answers)
        show(name, found, times, verbose=verbose)
        fine &= (
            all(getattr(found, key) >= least for key, least in TO_REACH.items()) and name != "dev.txt"
        ) or name == "dev.txt"
    fine &= off_topic(dictionary, calendar)
    command()
    print(f"memory added: {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.1f} MB")
    return 0 if fine else 1


def command() -> None:
    """The command itself, with one message and with a thousand."""
    lines = [
        json.dumps({key: row[key] for key in row if key != "gold"}) for _, rows in sets() for row in rows
    ]
    for count in (1, 1000):
        given = "\n".join((lines * 2)[:count])
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-m", "scheduler.cli", "understand", "--jsonl"], input=given, text=True, check=True,
                       capture_output=True)  # fmt: skip
        took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"./daiban understand --jsonl, {count} messages: {took:.2f} s, of them {work:.2f} s of work")


def show(name: str, found: Measures, times: list[float], *, verbose: bool) -> None:
    times.sort()
    print(f"\n{name}: {len(times)} messages")
    for intent in sorted(found.wanted, key=found.f1):
        print(
            f"  {intent:<18} P {found.precision(intent):.2f}  R {found.recall(intent):.2f}  F1 {found.f1(intent):.2f}"
            f"  ({found.wanted[intent]})"
        )
    for slot, counter in sorted(found.slots.items()):
        print(
            f"  slot {slot:<12} wanted {counter['wanted']}, said {counter['said']}, right {counter['right']}"
        )
    print(f"  macro-F1 {found.macro:.3f}  slot F1 {found.slot_f1:.3f}  decisions {found.decision:.3f}")
    print(
        f"  work per message: p50 {times[len(times) // 2] * 1e6:.0f} µs, p95 {times[int(len(times) * 0.95)] * 1e6:.0f} µs"
    )
    if verbose:
        for row, answer in found.wrong:
            print("  ✗", row["role"][0], row["text"], "| gold", _short(row["gold"]), "| said", _short(answer))


def _short(one: dict[str, Any]) -> str:
    return one["decision"] + " " + " + ".join(f"{a['intent']}{a.get('slots') or ''}" for a in one["acts"])


def off_topic(dictionary: Dictionary, calendar: Any) -> bool:
    """Even rows are judged (odd ones are trained on)."""
    name = os.environ.get("OFFTOPIC_CSV")
    if not name or not Path(name).exists():
        print("\noff topic: skipped (OFFTOPIC_CSV names no file)")
        return True
    with Path(name).open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for number, row in enumerate(csv.DictReader(file)) if number % 2 == 0]
    fine = True
    social = {"none", "greet", "thanks", "confirm", "deny", "cancel"}
    for role in ("enterprise", "representative"):
        lines = [{"text": text, "role": role, "chat": "single", "now": NOW} for text in texts]
        answers = [understand_line(line, dictionary, calendar) for line in lines]
        taken = [
            (line["text"], a)
            for line, a in zip(lines, answers, strict=True)
            if any(x["intent"] not in social for x in a["acts"])
        ]
        print(
            f"\noff topic, addressed, {role}: {len(taken)} of {len(texts)} taken for business ({len(taken) / len(texts):.2%})"
        )
        if "-vv" in sys.argv:
            for text, answer in taken:
                print("  ✗", text[:60], _short(answer))
        fine &= len(taken) <= OFF_TOPIC * len(texts)
    unaddressed = [
        understand_line({"text": text, "chat": "group", "mention": False}, dictionary, calendar)
        for text in texts
    ]
    heard = sum(a["decision"] != "silent" for a in unaddressed)
    print(f"off topic, not addressed: {heard} answered")
    return fine and heard == 0


if __name__ == "__main__":
    sys.exit(main())
