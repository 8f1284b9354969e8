"""A small HTTP server in a thread that answers as it is told and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    body: bytes = b'{"errcode":0,"errmsg":"ok"}'
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    delay: float = 0.0
    cut: bool = False  # close the connection without a word
    cut_body: bool = False  # announce more than is sent


def says(**fields: object) -> Reply:
    return Reply(json.dumps({"errcode": 0, "errmsg": "ok", **fields}).encode())


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.body)


@dataclass
class StandIn:
    port: int = 0
    calls: list[Call] = field(default_factory=list)
    replies: dict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    always: dict[str, Reply] = field(default_factory=dict)
    tokens: int = 0
    token_delay: float = 0.0
    pieces: dict[str, bytes] = field(default_factory=dict)  # media ids served with Range only
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def will(self, name: str, *replies: Reply) -> None:
        self.replies[f"/cgi-bin/{name}"].extend(replies)

    def asked(self, name: str) -> list[Call]:
        return [call for call in self.calls if call.path == f"/cgi-bin/{name}"]

    def answer(self, call: Call) -> Reply:
        with self.lock:
            self.calls.append(call)
            if self.replies[call.path]:
                return self.replies[call.path].popleft()
            if call.path == "/cgi-bin/gettoken":
                self.tokens += 1
                return Reply(
                    says(access_token=f"token-{self.tokens}", expires_in=7200).body, delay=self.token_delay
                )
        return self.always.get(call.path) or self._piece(call) or says()

    def _piece(self, call: Call) -> Reply | None:
        whole = self.pieces.get(call.query.get("media_id", ""))
        if whole is None:
            return None
        wanted = call.headers.get("Range")
        if wanted is None:
            return says(errcode=830002)
        first, last = (int(place) for place in wanted.removeprefix("bytes=").split("-"))
        piece = whole[first : last + 1]
        span = f"bytes {first}-{first + len(piece) - 1}/{len(whole)}"
        disposition = 'attachment; filename="big.bin"'
        return Reply(piece, 206, (("Content-Range", span), ("Content-Disposition", disposition)))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        reply = self.server.stand_in.answer(Call(self.command, parts.path, query, dict(self.headers), body))
        time.sleep(reply.delay)
        if reply.cut:
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) + (100 if reply.cut_body else 0)))
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = reply.cut_body

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Tests keep their output to themselves."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, stand_in: StandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stand_in = stand_in
        stand_in.port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone away (time-out tests) is no error here."""


def start(stand_in: StandIn) -> _Server:
    server = _Server(stand_in)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
