"""A tiny product: verifies, decrypts, remembers and answers callbacks. Nothing of the real one is used."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sandbox.callbacks import xml
from sandbox.crypto import Envelope
from sandbox.settings import read_credentials

Json = dict[str, Any]
KNOWN = read_credentials()


class Product:
    """`answer(door, message)` gives JSON for the bot, XML fields for the app, or None. `statuses` are used up
    one per callback before 200 is given; `pages` answers other GETs."""

    def __init__(self) -> None:
        self.envelopes = {
            "app": Envelope(
                KNOWN["WECOM_CALLBACK_TOKEN"], KNOWN["WECOM_CALLBACK_AES_KEY"], KNOWN["WECOM_CORP_ID"]
            ),
            "bot": Envelope(KNOWN["WECOM_BOT_TOKEN"], KNOWN["WECOM_BOT_AES_KEY"], ""),
        }
        self.heard: list[tuple[str, Json]] = []
        self.answer: Callable[[str, Json], Any] = lambda door, message: None
        self.statuses: list[int] = []
        self.delay = 0.0
        self.raw: bytes | None = None
        self.pages: Callable[[BaseHTTPRequestHandler], None] | None = None
        product = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                query = dict(parse_qsl(urlsplit(self.path).query))
                if "echostr" in query:
                    product.echo(self, query)
                elif product.pages:
                    product.pages(self)

            def do_POST(self) -> None:
                product.callback(self)

            def log_message(self, format: str, *args: object) -> None:
                """Tests stay quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def door_url(self, door: str) -> str:
        return f"{self.url}/callbacks/wecom/{door}"

    def messages(self, door: str) -> list[Json]:
        return [message for heard_at, message in self.heard if heard_at == door]

    def echo(self, handler: BaseHTTPRequestHandler, query: dict[str, str]) -> None:
        door = urlsplit(handler.path).path.rsplit("/", 1)[-1]
        plain = self.envelopes[door].open(
            query["echostr"],
            signature=query["msg_signature"],
            timestamp=query["timestamp"],
            nonce=query["nonce"],
        )
        reply(handler, 200, plain)

    def callback(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        door, query = parts.path.rsplit("/", 1)[-1], dict(parse_qsl(parts.query))
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        outer = xml.parse(body) if door == "app" else json.loads(body)
        plain = self.envelopes[door].open(
            outer["Encrypt" if door == "app" else "encrypt"],
            signature=query["msg_signature"], timestamp=query["timestamp"], nonce=query["nonce"],
        )  # fmt: skip
        message = xml.parse(plain) if door == "app" else json.loads(plain)
        self.heard.append((door, message))
        time.sleep(self.delay)
        status = self.statuses.pop(0) if self.statuses else 200
        if self.raw is not None:
            reply(handler, status, self.raw)
            return
        answer = self.answer(door, message)
        reply(handler, status, self.seal(door, answer, query) if answer is not None else b"")

    def seal(self, door: str, answer: Json, query: dict[str, str]) -> bytes:
        envelope, timestamp, nonce = self.envelopes[door], str(int(time.time())), query["nonce"]
        if door == "bot":
            sealed = envelope.seal(json.dumps(answer).encode())
            signature = envelope.signature(timestamp, nonce, sealed)
            packed = {
                "encrypt": sealed,
                "msgsignature": signature,
                "timestamp": int(timestamp),
                "nonce": nonce,
            }
            return json.dumps(packed).encode()
        sealed = envelope.seal(xml.build(answer).encode())
        signature = envelope.signature(timestamp, nonce, sealed)
        packed = {"Encrypt": sealed, "MsgSignature": signature, "TimeStamp": int(timestamp), "Nonce": nonce}
        return xml.build(packed).encode()


def reply(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    try:
        handler.wfile.write(body)
    except OSError:
        handler.close_connection = True


def stream(text: str, *, finish: bool = True, name: str = "S1") -> Json:
    return {"msgtype": "stream", "stream": {"id": name, "finish": finish, "content": text}}


def app_text(text: str, to: str) -> Json:
    return {
        "ToUserName": to, "FromUserName": KNOWN["WECOM_CORP_ID"], "CreateTime": 1, "MsgType": "text", "Content": text,
    }  # fmt: skip


def button_card(task: str = "t1", **more: Any) -> Json:
    return {
        "card_type": "button_interaction", "main_title": {"title": "请反馈用地预审进度"}, "task_id": task,
        "button_list": [{"text": "已完成", "key": "done"}, {"text": "办理中", "style": 2, "key": "doing"}], **more,
    }  # fmt: skip


def app_reply(message: Json, **fields: Any) -> Json:
    head = {"ToUserName": message["FromUserName"], "FromUserName": message["ToUserName"], "CreateTime": 1}
    return {**head, **fields}
