"""HTTP to the platform: one kept-alive session per process, and what each way of failing means.

`requests` takes 0.3 ms of CPU for a send (a bare urllib3 pool 0.13 ms); the worker's database work is the
larger part, so the plain library stays.
"""

from __future__ import annotations

import json
import logging
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError
from urllib3.exceptions import SSLError as Urllib3SSLError

from bot.platform import AnswerLost, Unreachable
from bot.wecom.errors import failure

CONNECT_SECONDS, READ_SECONDS = 3.0, 8.0


class Transport:
    """Never retries by itself: who may ask again is decided by who knows what a repeat would do."""

    def __init__(
        self,
        *,
        proxy: str | None = None,
        ca_bundle: str | None = None,
        timeouts: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS),
    ) -> None:
        self._proxy, self._ca_bundle, self._timeouts = proxy, ca_bundle, timeouts
        self._session: tuple[int, requests.Session] | None = None

    def request(self, method: str, url: str, **parts: Any) -> requests.Response:
        """Raises Unreachable before and AnswerLost after the request went out; never looks at the answer."""
        parts.setdefault("allow_redirects", False)
        with failures_of(url):
            return self._of_this_process().request(method, url, timeout=self._timeouts, **parts)

    def close(self) -> None:
        if self._session:
            self._session[1].close()
            self._session = None

    def _of_this_process(self) -> requests.Session:
        # A worker forks for each job; processes that share a connection would read each other's answers.
        if self._session is None or self._session[0] != os.getpid():
            self._session = os.getpid(), self._new_session()
        return self._session[1]

    def _new_session(self) -> requests.Session:
        # At DEBUG urllib3 writes addresses, and in them the access token, into the log.
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
        session = requests.Session()
        session.trust_env = False  # no proxies, certificates or passwords nobody configured here
        session.verify = self._ca_bundle or True
        if self._proxy:
            session.proxies = {"http": self._proxy, "https": self._proxy}
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(pool_maxsize=16, max_retries=0))
        return session


@contextmanager
def failures_of(url: str) -> Iterator[None]:
    """Turns the library's errors into ours. `from None`: theirs carry addresses with tokens."""
    path = url.partition("?")[0].rpartition("/cgi-bin/")[2].rpartition("://")[2][:60]
    try:
        yield
    except requests.RequestException as problem:
        if never_went_out(problem):
            raise Unreachable(f"{path}: {type(problem).__name__}") from None
        raise AnswerLost(f"{path}: {type(problem).__name__}") from None


def never_went_out(problem: requests.RequestException) -> bool:
    if isinstance(problem, requests.ConnectTimeout | requests.exceptions.ProxyError | ValueError):
        return True  # ValueError: an address that is none
    cause = problem.args[0] if problem.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(reason, Urllib3SSLError):
        return bool(reason.args) and isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def read_answer(response: requests.Response) -> dict[str, Any]:
    """The JSON object. HTTP 5xx and what cannot be read leave open whether the platform acted: AnswerLost."""
    status = response.status_code
    if status >= 500:
        raise AnswerLost(f"HTTP {status}")
    answer = _json_or_none(response.content)
    if answer is not None and (status < 400 or "errcode" in answer):
        return answer
    if status >= 300:
        raise failure(status)
    raise AnswerLost("unreadable answer")


def _json_or_none(content: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def check(answer: Mapping[str, Any]) -> None:
    """Raises DeliveryFailed for an errcode other than 0."""
    code = errcode(answer)
    if code:
        raise failure(code)


def errcode(answer: Mapping[str, Any]) -> int:
    try:
        return int(answer.get("errcode") or 0)
    except (TypeError, ValueError):
        raise AnswerLost("unreadable errcode") from None
