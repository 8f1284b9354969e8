"""The whole of 2026 with ten thousand issues, through Spring Festival: product code, a moved clock, no network.

Prints the figures and what was violated; the exit code is 1 when anything was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.simulate import check, clock
from tests.simulate.year import Year


def main() -> int:
    wanted = argparse.ArgumentParser(prog="make simulate")
    wanted.add_argument("--issues", type=int, default=10_000)
    wanted.add_argument("--cases", type=int, default=300)
    wanted.add_argument("--seed", type=int, default=2026)
    given = wanted.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="daiban-simulate-") as folder:
        year = Year(Path(folder), given.issues, given.seed)
        year.run()
        found = check.violations(year)
        print(f"种子 {given.seed}，2026 全年，{given.issues} 个问题，用时 {time.monotonic() - begun:.0f} 秒")
        for name, figure in check.figures(year).items():
            print(f"  {name:<32}{figure:>10,}")
        year.close()
    if given.cases:
        found += clock_year(given.cases, given.seed)
    for line in found[:20]:
        print(f"VIOLATION {line}", file=sys.stderr)
    print("没有违反" if not found else f"违反 {len(found)} 处")
    return 1 if found else 0


def clock_year(cases: int, seed: int) -> list[str]:
    """What the clock says by itself: summaries, reminders, lists, digests."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="daiban-simulate-") as folder:
        year = clock.ClockYear(Path(folder), cases, seed)
        year.run()
        found = clock.violations(year)
        print(f"种子 {seed}，2026 全年，{cases} 个在办项目，用时 {time.monotonic() - begun:.0f} 秒")
        for name, figure in clock.figures(year).items():
            print(f"  {name:<32}{figure:>10,}")
        year.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
