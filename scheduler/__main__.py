"""The scheduler process: looks at the timetable and queues what is due. `python -m scheduler`.

It is wired with the little it needs, so that a second one costs little.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass, field
from datetime import datetime

from apscheduler.schedulers.blocking import BlockingScheduler

from bot.clock import Clock
from bot.logs import set_up
from bot.queue import JobQueue, connect
from bot.settings import BadSetting, Settings, environment
from scheduler.timetable import TIMETABLE, Line, latest_firing, trigger_of
from storage.errors import StorageError
from storage.store import Store

log = logging.getLogger(__name__)
BEAT_SECONDS = 20


@dataclass
class Watch:
    """Remembers what it queued last, so that a line is queued once per firing; the database decides whether it
    is done once."""

    clock: Clock
    store: Store
    queue: JobQueue
    last: dict[str, datetime] = field(default_factory=dict)

    def look(self, line: Line) -> None:
        at = latest_firing(line, self.clock.now(), self.clock.zone)
        if at is None or self.last.get(line.name) == at:
            return
        if self.queue.enqueue_line(line.name):
            self.last[line.name] = at

    def beat(self) -> None:
        try:
            with self.store.transaction() as tx:
                tx.runs.beat("scheduler", self.clock.real_now())
        except StorageError as error:
            log.warning("no heartbeat: %s", error)


def main() -> int:
    set_up()
    try:
        settings = Settings.from_env(environment())
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201
        return 1
    sandbox = settings.tenant.api_base if settings.sandbox else None
    clock = Clock(settings.zone, sandbox)
    watch = Watch(clock, Store(settings.database_url), JobQueue(connect(settings.redis_url)))
    scheduler = BlockingScheduler(
        timezone=settings.zone,
        job_defaults={"coalesce": True, "misfire_grace_time": 60, "max_instances": 1},
    )
    soon = clock.real_now()
    for line in TIMETABLE:
        scheduler.add_job(watch.look, trigger_of(line), args=[line], id=line.name, next_run_time=soon)
    scheduler.add_job(watch.beat, "interval", seconds=BEAT_SECONDS, id="beat", next_run_time=soon)
    scheduler.start()
    return 0


if __name__ == "__main__":
    sys.exit(main())
