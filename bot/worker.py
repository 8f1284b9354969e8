"""The worker process: RQ's own worker on our queue. `python -m bot.worker`."""

from __future__ import annotations

import importlib
import sys

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from bot.bootstrap import parts
from bot.logs import set_up
from bot.queue import JOBS, NAME
from bot.settings import BadSetting, Settings, environment


def main() -> int:
    set_up()
    try:
        settings = Settings.from_env(environment())
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201
        return 1
    _warm_up()
    # Blocking reads need a long time-out, unlike the queue's own connection.
    redis = Redis.from_url(settings.redis_url)
    worker = Worker(
        [NAME], connection=redis, serializer=JSONSerializer, log_job_description=False, default_result_ttl=0
    )
    worker.work(logging_level="WARNING")
    return 0


def _warm_up() -> None:
    """Every job runs in a fork of its own: what the parent has imported and read, none of them does again."""
    wired = parts()
    for path in JOBS.values():
        importlib.import_module(path.rpartition(".")[0])
    wired.read_ahead()
    wired.store.close()  # no connection is shared with a fork


if __name__ == "__main__":
    sys.exit(main())
