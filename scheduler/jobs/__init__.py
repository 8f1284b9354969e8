"""What the clock does; each job once per (job, subject, period), claimed in the database.

`run_line` is what a worker runs and `run-due` too: the same code.
"""

from __future__ import annotations
