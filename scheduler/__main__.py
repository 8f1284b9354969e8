"""The scheduler process: looks at the timetable and queues what is due. `python -m scheduler`."""

from __future__ import annotations

import logging
import sys
from datetime import datetime

from apscheduler.schedulers.blocking import BlockingScheduler

from bot.bootstrap import environment, wire
from bot.logs import set_up
from bot.settings import BadSetting, Settings
from bot.wiring import Parts
from scheduler.timetable import TIMETABLE, Line, latest_firing, trigger_of
from storage.errors import StorageError

log = logging.getLogger(__name__)
BEAT_SECONDS = 20


class Queued:
    """What this process queued last, so that a line is queued once per firing; the database decides whether it
    is done once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._last: dict[str, datetime] = {}

    def look(self, line: Line) -> None:
        now = self._parts.clock.now()
        at = latest_firing(line, now, self._parts.clock.zone)
        if at is None or self._last.get(line.name) == at:
            return
        if self._parts.queue.enqueue("run_line", line.name, at.isoformat()):
            self._last[line.name] = at

    def beat(self) -> None:
        try:
            with self._parts.store.transaction() as tx:
                tx.runs.beat("scheduler", self._parts.clock.real_now())
        except StorageError as error:
            log.warning("no heartbeat: %s", type(error).__name__)


def main() -> int:
    set_up()
    try:
        settings = Settings.from_env(environment())
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201
        return 1
    parts = wire(settings)
    queued = Queued(parts)
    scheduler = BlockingScheduler(
        timezone=settings.zone,
        job_defaults={"coalesce": True, "misfire_grace_time": 60, "max_instances": 1},
    )
    for line in TIMETABLE:
        scheduler.add_job(
            queued.look, trigger_of(line), args=[line], id=line.name, next_run_time=_soon(parts)
        )
    scheduler.add_job(queued.beat, "interval", seconds=BEAT_SECONDS, id="beat", next_run_time=_soon(parts))
    scheduler.start()
    return 0


def _soon(parts: Parts) -> datetime:
    return parts.clock.real_now()


if __name__ == "__main__":
    sys.exit(main())
