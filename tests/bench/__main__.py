"""Prints the table and writes var/bench.json. Rows 1, 2 and 4 to 7 of contract §7, and pages."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench import answering, delivering, memory, pages, summarising, sweeping, understanding
from tests.bench.row import Row
from tests.servers import postgres


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="daiban-bench-"))
    rows: list[Row] = []
    try:
        with postgres() as server:
            for measure in (
                understanding.measure,
                answering.measure,
                summarising.measure,
                sweeping.measure,
                delivering.measure,
                pages.measure,
                memory.measure,
            ):
                rows += measure(server, folder)
                print("\n".join(str(row) for row in rows[-8:]), file=sys.stderr)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{'#':<3}{'figure':<52}{'measured':>14}{'yardstick':>14}{'ratio':>9}  {'to reach':<12}")
    for row in rows:
        print(row)
    out = Path(os.environ.get("DAIBAN_VAR", "var"))
    out.mkdir(parents=True, exist_ok=True)
    (out / "bench.json").write_text(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=1))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
