"""The worker process: RQ's own worker on our queue. `python -m bot.worker`."""

from __future__ import annotations

import sys

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from bot.bootstrap import parts
from bot.logs import set_up
from bot.queue import NAME
from bot.settings import BadSetting, Settings, environment


def main() -> int:
    set_up()
    try:
        settings = Settings.from_env(environment())
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201
        return 1
    parts()  # wired before the first fork
    # Blocking reads need a long time-out, unlike the queue's own connection.
    redis = Redis.from_url(settings.redis_url)
    # A fork inherits the wired parts; the parent opens no database connection, so there is none to share.
    worker = Worker(
        [NAME], connection=redis, serializer=JSONSerializer, log_job_description=False, default_result_ttl=0
    )
    worker.work(logging_level="WARNING")
    return 0


if __name__ == "__main__":
    sys.exit(main())
