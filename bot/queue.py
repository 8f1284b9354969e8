"""enqueue(job, *ids): wakes a worker. What gets lost here is found by the sweeps, so a dead Redis costs time only.

Redis is asked with short time-outs, and after a failure not at all for a few seconds: an answer to a person must
never wait for it (contract §3).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

log = logging.getLogger(__name__)
NAME = "daiban"
_REST_SECONDS = 5.0
_SLOW_SECONDS = 0.2  # a Redis that takes longer is treated like one that is away
# RQ ends a job that takes longer, wherever it is just then: long enough never to cut a send in two.
_JOB_SECONDS = 1_800
_LINE = "daiban:line"
_WANTED = "daiban:deliver:wanted"  # one delivery job drains a batch: more than one waiting is waste

# Dotted names, so that nothing that puts jobs on the queue imports what the worker runs.
JOBS = {
    "answer_message": "bot.jobs.answer_message",
    "route_issue": "bot.jobs.route_issue",
    "keep_files": "bot.jobs.keep_files",
    "ask_guest": "bot.jobs.ask_guest",
    "create_group": "bot.jobs.create_group",
    "run_line": "scheduler.lines.run_line",
    "deliver": "bot.jobs.deliver",
}


def connect(url: str) -> Redis:
    """For talking to people: gives up quickly, without redis-py's own retries, which take seconds."""
    return Redis.from_url(
        url,
        socket_connect_timeout=0.2,
        socket_timeout=0.3,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=30,
    )


class JobQueue:
    def __init__(self, redis: Redis, slow_seconds: float = _SLOW_SECONDS) -> None:
        self._redis, self._slow_seconds = redis, slow_seconds
        self._queue = Queue(NAME, connection=redis, serializer=JSONSerializer)
        self._rest_until = 0.0

    def enqueue(self, job: str, *ids: int | str) -> bool:
        """False when Redis could not be reached."""
        if job == "deliver":
            return self.wake_delivery()
        return self._ask(
            lambda: self._queue.enqueue(
                JOBS[job], *ids, result_ttl=0, failure_ttl=86_400, job_timeout=_JOB_SECONDS
            )
        )

    def enqueue_line(self, name: str) -> bool:
        """A line of the timetable, unless it waits already: workers that were away find one of each, not one for
        every tick they missed."""

        def wake() -> None:
            if self._redis.set(f"{_LINE}:{name}", "1", nx=True, ex=60):
                self._queue.enqueue(
                    JOBS["run_line"], name, result_ttl=0, failure_ttl=3_600, job_timeout=_JOB_SECONDS
                )

        return self._ask(wake)

    def line_begins(self, name: str) -> None:
        self._ask(lambda: self._redis.delete(f"{_LINE}:{name}"))

    def wake_delivery(self) -> bool:
        def wake() -> None:
            if self._redis.set(_WANTED, "1", nx=True, ex=5):
                self._queue.enqueue(
                    JOBS["deliver"], result_ttl=0, failure_ttl=3_600, job_timeout=_JOB_SECONDS
                )

        return self._ask(wake)

    def delivery_begins(self) -> None:
        """From now on a new row wants a new job."""
        self._ask(lambda: self._redis.delete(_WANTED))

    def close(self) -> None:
        self._redis.close()

    def alive(self) -> bool:
        try:
            return bool(self._redis.ping())
        except RedisError:
            return False

    def _ask(self, what: Callable[[], object]) -> bool:
        if time.monotonic() < self._rest_until:
            return False
        begun = time.monotonic()
        try:
            what()
        except RedisError as error:
            self._rest_until = time.monotonic() + _REST_SECONDS
            log.warning("queue not reachable", extra={"error": type(error).__name__})
            return False
        if time.monotonic() - begun > self._slow_seconds:
            self._rest_until = time.monotonic() + _REST_SECONDS
        return True
