"""The worker process: RQ's own worker on our queue. `python -m bot.worker`."""

from __future__ import annotations

import sys

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from bot import jobs
from bot.bootstrap import environment, parts
from bot.logs import set_up
from bot.queue import NAME
from bot.settings import BadSetting, Settings


class ForkingWorker(Worker):
    """A fork inherits the wired parts; the parent opens no database connection, so there is none to share."""

    def work_horse_killed(self, job: object, retpid: int, ret_val: int, rusage: object) -> None:
        """A killed fork loses nothing: what it had in hand is found by the sweeps."""


def main() -> int:
    set_up()
    try:
        settings = Settings.from_env(environment())
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201
        return 1
    parts()
    # Blocking reads need a long time-out, unlike the queue's own connection.
    redis = Redis.from_url(settings.redis_url)
    worker = ForkingWorker(
        [NAME], connection=redis, serializer=JSONSerializer, log_job_description=False, default_result_ttl=0
    )
    return 0 if worker.work(logging_level="WARNING") in (True, False) else 1


__all__ = ["jobs", "main"]

if __name__ == "__main__":
    sys.exit(main())
