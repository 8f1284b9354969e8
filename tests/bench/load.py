"""A load generator on raw sockets with ready-made requests: its own maximum is printed, so that a row whose
yardstick comes near it is known to be invalid."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """`rate` per second; `p99` in milliseconds; `bad`: answers that were not 200."""

    rate: float
    p99: float
    bad: int


def run(
    address: tuple[str, int], requests: Sequence[bytes], connections: int = 8, rate: float = 0
) -> Measured:
    """Send all requests over keep-alive connections; `rate` > 0 paces them (per second over all)."""
    shares = [requests[i::connections] for i in range(connections)]
    taken: list[list[float]] = [[] for _ in shares]
    bad = [0] * connections
    start = time.perf_counter() + 0.05

    def one(number: int) -> None:
        gap = connections / rate if rate else 0.0
        with socket.create_connection(address) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            file = connection.makefile("rb", buffering=65536)
            time.sleep(max(0.0, start - time.perf_counter()))
            for index, request in enumerate(shares[number]):
                if gap:
                    time.sleep(max(0.0, start + (index + number / connections) * gap - time.perf_counter()))
                before = time.perf_counter()
                connection.sendall(request)
                bad[number] += _read(file.readline, file.read) != 200
                taken[number].append(time.perf_counter() - before)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - start
    every = [t for share in taken for t in share]
    p99 = statistics.quantiles(every, n=100)[98] * 1000 if len(every) > 100 else max(every) * 1000
    return Measured(len(requests) / spent, p99, sum(bad))


def _read(line: Callable[[], bytes], read: Callable[[int], bytes]) -> int:
    status = int(line().split(b" ", 2)[1])
    length = 0
    while True:
        header = line()
        if header in (b"\r\n", b""):
            break
        if header.lower().startswith(b"content-length:"):
            length = int(header.split(b":")[1])
    read(length)
    return status


def post(path: str, host: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
