"""The whole of 2026 twice, side by side: ten thousand issues through Spring Festival, and what the clock says by itself to
three hundred cases. Product code, a moved clock, no network.

Prints the figures and what was violated; the exit code is 1 when anything was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.simulate import check, clock
from tests.simulate.year import Year

Part = Callable[[Path, int, int], tuple[dict[str, int], list[str]]]


def main() -> int:
    wanted = argparse.ArgumentParser(prog="make simulate")
    wanted.add_argument("--issues", type=int, default=10_000)
    wanted.add_argument("--cases", type=int, default=300)
    wanted.add_argument("--seed", type=int, default=2026)
    given = wanted.parse_args()
    parts = [(issues_year, given.issues, "个问题"), (clock_year, given.cases, "个在办项目")]
    found: list[str] = []
    with ProcessPoolExecutor(len(parts)) as side_by_side:
        running = [
            (side_by_side.submit(timed, part, many, given.seed), many, what)
            for part, many, what in parts
            if many
        ]
        for future, many, what in running:
            seconds, figures, violated = future.result()
            print(f"种子 {given.seed}，2026 全年，{many:,} {what}，用时 {seconds:.0f} 秒")
            for name, figure in figures.items():
                print(f"  {name:<34}{figure:>10,}")
            found += violated
    for line in found[:20]:
        print(f"VIOLATION {line}", file=sys.stderr)
    print("没有违反" if not found else f"违反 {len(found)} 处")
    return 1 if found else 0


def timed(part: Part, many: int, seed: int) -> tuple[float, dict[str, int], list[str]]:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="daiban-simulate-") as folder:
        figures, found = part(Path(folder), many, seed)
    return time.monotonic() - begun, figures, found


def issues_year(folder: Path, issues: int, seed: int) -> tuple[dict[str, int], list[str]]:
    """Limits, ladder, presses, answers."""
    year = Year(folder, issues, seed)
    year.run()
    found, figures = check.violations(year), check.figures(year)
    year.close()
    return figures, found


def clock_year(folder: Path, cases: int, seed: int) -> tuple[dict[str, int], list[str]]:
    """Summaries, reminders, lists, digests."""
    year = clock.ClockYear(folder, cases, seed)
    year.run()
    found, figures = clock.violations(year), clock.figures(year)
    year.close()
    return figures, found


if __name__ == "__main__":
    sys.exit(main())
