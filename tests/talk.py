"""Talks over the wire: say this as that person, see that. The sandbox speaks the platform's encrypted messages to
the product's real doors; a real RQ worker (in this process) runs what was queued."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import flask
from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from werkzeug.serving import make_server

from bot import bootstrap
from bot.app import create
from bot.house import environment
from bot.queue import NAME
from bot.wiring import Parts
from sandbox.server import create_app
from sandbox.settings import Settings as SandboxSettings
from scheduler.lines import run_due

OFFICER, CONTACT, SIGNATORY, OUTSIDER = "li.na", "chen.jing", "lin.guohua", "sun.liang"
REPRESENTATIVE, DEPUTY, CHIEF, LEADER = "huang.zhijian", "luo.yan", "feng.jianping", "guo.yong"
SUPERVISOR, ADMINISTRATOR, OTHER_OFFICER = "xu.hui", "zhao.min", "wang.lei"
GROUP, OTHER_GROUP, UNBOUND_GROUP, FOREIGN_GROUP = "yx2026001", "yx2026002", "wrkYX003aibot", "wrkFOREIGN1"


class Platform:
    """The sandbox's control side."""

    def __init__(self, base: str) -> None:
        self.base = base

    def ask(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.base + path, data=data, headers={"Content-Type": "application/json"})
        with urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def history(self, user: str, chat: str) -> list[dict[str, Any]]:
        found = self.ask(f"/sandbox/history?user={user}&chat={chat}")
        return list(found["messages"]) if isinstance(found, dict) else list(found)

    def log(self, path: str = "") -> list[dict[str, Any]]:
        found = self.ask("/sandbox/log")
        calls = found["calls"] if isinstance(found, dict) else found
        return [call for call in calls if path in call["path"]]

    def set_clock(self, moment: str) -> None:
        self.ask("/sandbox/clock", {"now": moment})

    def switch(self, name: str, *, on: bool = True) -> None:
        self.ask("/sandbox/switch", {"name": name, "on": on})

    def fault(self, path: str, **what: Any) -> None:
        self.ask("/sandbox/fault", {"path": path, **what})


@dataclass
class Talk:
    platform: Platform
    parts: Parts
    redis: Redis
    _seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def says(self, user: str, text: str, chat: str = GROUP, **more: Any) -> str:
        """What the bot answers at once; "" for nothing. Then everything queued is done."""
        result = self.platform.ask("/sandbox/say", {"user": user, "chat": chat, "text": text, **more})
        assert result["status"] == 200, result
        self.work()
        return words_of(result["answer"])

    def answer_to(self, user: str, text: str, chat: str = GROUP, **more: Any) -> dict[str, Any]:
        """The whole passive answer."""
        result = self.platform.ask("/sandbox/say", {"user": user, "chat": chat, "text": text, **more})
        self.work()
        return result["answer"] or {}

    def taps(self, user: str, key: str, chat: str = "app", **more: Any) -> dict[str, Any]:
        """Tap the newest card of this chat that has the button."""
        for message in reversed(self.platform.history(user, chat)):
            if any(button["key"] == key for button in message.get("buttons", ())):
                result = self.platform.ask(
                    "/sandbox/tap", {"user": user, "message": message["id"], "key": key, **more}
                )
                assert result["status"] == 200, result
                self.work()
                return result["answer"] or {}
        raise AssertionError(f"no card of {user} has {key}")

    def sees(self, user: str, chat: str = "app") -> list[str]:
        """What is new in this chat since the last look, from the bot or the app, as text."""
        found = self.platform.history(user, chat)
        start = self._seen.get((user, chat), 0)
        self._seen[user, chat] = len(found)
        return [text_of(m) for m in found[start:] if m["from"] in {"app", "bot", "aib-daiban"} or "bot" in m["from"]]

    def work(self) -> None:
        """A real RQ worker runs what was queued."""
        queue = Queue(NAME, connection=self.redis, serializer=JSONSerializer)
        worker = SimpleWorker([queue], connection=self.redis, serializer=JSONSerializer, log_job_description=False)
        worker.work(burst=True, logging_level="ERROR")

    def time_is(self, moment: str) -> None:
        """Move the clock, do everything that is due, deliver it."""
        self.platform.set_clock(moment)
        self.parts.clock._asked = 0.0
        instant = datetime.fromisoformat(moment)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=self.parts.clock.zone)
        run_due(self.parts, instant)
        self.parts.queue.wake_delivery()
        self.work()


def words_of(answer: Mapping[str, Any] | None) -> str:
    answer = answer or {}
    found = (
        answer.get("stream", {}).get("content") or answer.get("Content") or answer.get("text", {}).get("content") or ""
    )
    return str(found)


def text_of(message: Mapping[str, Any]) -> str:
    """A message as somebody reads it: words, or the card's title and lines."""
    if message.get("text"):
        return str(message["text"])
    card = message.get("card") or {}
    title = card.get("main_title") or {}
    fields = [f"{f['keyname']}:{f['value']}" for f in card.get("horizontal_content_list", ())]
    quote = (card.get("quote_area") or {}).get("quote_text")
    parts = [title.get("title"), title.get("desc"), quote, card.get("sub_title_text"), *fields]
    return "｜".join(part for part in parts if part) or str(message.get("name", message["kind"]))


@contextmanager
def serving(app: flask.Flask) -> Iterator[str]:
    """The app on a port of its own, as long as the block."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Late:
    """A WSGI app that is named before it exists: sandbox and product each need the other's address first."""

    def __init__(self) -> None:
        self.app: Any = None

    def __call__(self, environ: Any, start: Any) -> Any:
        return self.app(environ, start)


@contextmanager
def talking(
    database_url: str, redis_url: str, var: Path, env: Any, extra: Mapping[str, str] | None = None
) -> Iterator[Talk]:
    """Sandbox and product, wired to each other. `env`: pytest's monkeypatch, for the environment only."""
    platform_app, product_app = Late(), Late()
    with serving(platform_app) as platform, serving(product_app) as product:  # type: ignore[arg-type]
        wanted = environment(
            {
                "DATABASE_URL": database_url,
                "REDIS_URL": redis_url,
                "DAIBAN_VAR": str(var),
                "BIND": product.removeprefix("http://"),
                "SANDBOX_BIND": platform.removeprefix("http://"),
                **(extra or {}),
            }
        )
        for name, value in wanted.items():
            env.setenv(name, value)
        platform_app.app = create_app(SandboxSettings.from_env(wanted))
        bootstrap.parts.cache_clear()
        parts = bootstrap.parts()
        product_app.app = create(parts)
        redis = Redis.from_url(redis_url)
        try:
            yield Talk(Platform(platform), parts, redis)
        finally:
            redis.close()
            parts.close()
            bootstrap.parts.cache_clear()
