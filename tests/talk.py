"""Talks over the wire: say this as that person, see that. The sandbox speaks the platform's encrypted messages to
the product's real doors; a real RQ worker (in this process) runs what was queued."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, takewhile
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from zlib import crc32

import flask
from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import Engine, Table
from werkzeug.serving import make_server

from bot import bootstrap
from bot.app import create
from bot.house import environment
from bot.queue import NAME, JobQueue
from bot.wiring import Parts, SiteFacts
from domain.issues import Issue
from sandbox.server import create_app
from sandbox.settings import Settings as SandboxSettings
from scheduler.lines import run_due
from storage.tables import metadata

OFFICER, CONTACT, SIGNATORY, OUTSIDER = "li.na", "chen.jing", "lin.guohua", "sun.liang"
REPRESENTATIVE, DEPUTY, CHIEF, LEADER = "huang.zhijian", "luo.yan", "feng.jianping", "guo.yong"
SUPERVISOR, ADMINISTRATOR, OTHER_OFFICER = "xu.hui", "zhao.min", "wang.lei"
PROBLEM = "反馈问题：施工许可窗口要求补交村委会盖章，清单上没有这一条"
GROUP, OTHER_GROUP, UNBOUND_GROUP, FOREIGN_GROUP = "yx2026001", "yx2026002", "wrkYX003aibot", "wrkFOREIGN1"


# What a talk leaves behind whoever talks, and what the machine keeps about itself.
_OF_THE_TALK = frozenset({"inbox", "recents", "dialogs", "heartbeats", "blobs", "runs", "send_minutes"})


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


class _Worker(SimpleWorker):
    """RQ's own, without the thread that listens for commands to workers: a burst is over before one could come, and
    its end is waited for."""

    def subscribe(self) -> None:
        pass


@dataclass
class Talk:
    platform: Platform
    parts: Parts
    redis: Redis
    heard: list[str] = field(default_factory=list)
    no_worker: bool = False
    _seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def says(self, user: str, text: str, chat: str = GROUP, **more: Any) -> str:
        """What the bot answers at once; "" for nothing. Then everything queued is done."""
        return words_of(self.answer_to(user, text, chat, **more))

    def answer_to(self, user: str, text: str, chat: str = GROUP, **more: Any) -> dict[str, Any]:
        """The whole passive answer."""
        return self.exchange(user, text, chat, **more)["answer"] or {}

    def exchange(self, user: str, text: str, chat: str = GROUP, **more: Any) -> dict[str, Any]:
        """All the sandbox tells about it."""
        result = self.platform.ask("/sandbox/say", {"user": user, "chat": chat, "text": text, **more})
        assert result["status"] == 200, result
        assert not result.get("illegal"), result["illegal"]
        self.heard.append(words_of(result["answer"]))
        self.work()
        return dict(result)

    def unheard(self, user: str, text: str, chat: str = GROUP, **more: Any) -> str:
        """Said, but the platform tells the bot nothing of it; why."""
        result = self.platform.ask("/sandbox/say", {"user": user, "chat": chat, "text": text, **more})
        assert result["status"] is None, result
        return str(result["reason"])

    def files_problem(self, text: str = PROBLEM, user: str = CONTACT, chat: str = GROUP) -> int:
        """Fed back and confirmed, as a problem of its own. Its number."""
        alone = "2" if "是同一件事吗" in self.says(user, text, chat) else "1"
        said = re.search(r"问题(\d+)", self.says(user, alone, chat))
        assert said
        return int(said[1])

    def issue(self, no: int) -> Issue:
        with self.parts.store.reading() as tx:
            found = tx.issues.get(no)
        assert found is not None
        return found

    def files(self) -> list[tuple[str, bytes]]:
        """Name and bytes of everything handed in, oldest first."""
        with self.parts.store.reading() as tx:
            found = (tx.files.get(n) for n in count(1))
            return list(takewhile(lambda one: one is not None, found))  # type: ignore[arg-type]

    def stored(self, *but: str) -> dict[str, tuple[int, int]]:
        """What is kept, as a number of rows and a checksum of each table: equal when nothing was changed. `but`:
        tables left out. Whatever somebody says is kept as said and remembered as talked of; that is no change."""
        with self.parts.store.engine.connect() as connection:
            tables = [table for table in metadata.sorted_tables if table.name not in {*_OF_THE_TALK, *but}]
            # Past SQLAlchemy: nobody looks into the rows, and this is asked for often.
            rows = {table.name: connection.exec_driver_sql(_counted(table)).fetchall() for table in tables}
        return {
            name: (len(found), crc32(repr(sorted(map(repr, found))).encode())) for name, found in rows.items()
        }

    def taps(self, user: str, key: str, chat: str = "app", **more: Any) -> dict[str, Any]:
        """Tap the newest card of this chat that has the button."""
        for message in reversed(self.platform.history(user, chat)):
            if any(button["key"] == key for button in message.get("buttons", ())):
                return self.taps_on(user, message["id"], key, **more)["answer"] or {}
        raise AssertionError(f"no card of {user} has {key}")

    def taps_on(self, user: str, message: str, key: str, **more: Any) -> dict[str, Any]:
        result = self.platform.ask("/sandbox/tap", {"user": user, "message": message, "key": key, **more})
        assert result["status"] == 200, result
        assert not result.get("illegal"), result["illegal"]
        self.work()
        return dict(result)

    def cards(self, user: str, chat: str = "app") -> list[dict[str, Any]]:
        """The cards this person has there, oldest first."""
        return [message for message in self.platform.history(user, chat) if message.get("buttons")]

    def sees(self, user: str, chat: str = "app") -> list[str]:
        """What is new in this chat since the last look, from the bot or the app, as text."""
        found = self.platform.history(user, chat)
        start = self._seen.get((user, chat), 0)
        self._seen[user, chat] = len(found)
        return [text_of(m) for m in found[start:] if m["from"] in {"app", "bot"}]

    def work(self) -> None:
        """A real RQ worker runs what was queued."""
        if self.no_worker:
            return
        queue = Queue(NAME, connection=self.redis, serializer=JSONSerializer)
        if not queue.count:
            return
        worker = _Worker([queue], connection=self.redis, serializer=JSONSerializer, log_job_description=False)
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


def reminded(texts: list[str]) -> list[str]:
    """One by one what came merged into one message."""
    return [part for text in texts for part in text.split("\n\n")]


def words_of(answer: Mapping[str, Any] | None) -> str:
    answer = answer or {}
    found = (
        answer.get("stream", {}).get("content")
        or answer.get("Content")
        or answer.get("text", {}).get("content")
        or ""
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


def _counted(table: Table) -> str:
    """Of what goes out only that it does: how sending went is another matter."""
    what = table.c[0].name if table.name in {"outbox", "cards"} else "*"
    return f"SELECT {what} FROM {table.name}"


_POLL_SECONDS = 0.01  # how long a server takes to notice that it is to stop


@contextmanager
def serving(app: flask.Flask) -> Iterator[str]:
    """The app on a port of its own, as long as the block."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
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


class Ground:
    """The two addresses, with the sandbox behind one of them: for one talk, or for one after the other."""

    def __init__(self, platform: str, product: str, doors: tuple[Late, Late]) -> None:
        self.platform, self.product = platform, product
        self._platform_app, self._product_app = doors
        self._sandbox: SandboxSettings | None = None
        self._facts: SiteFacts | None = None
        self._engine: Engine | None = None

    def play(self, settings: SandboxSettings, parts: Parts) -> None:
        """The sandbox as on its first day, and this product."""
        if settings == self._sandbox:
            self._platform_app.app.extensions["world"].reset()
        else:
            self._sandbox, self._platform_app.app = settings, create_app(settings)
        self._product_app.app = create(parts)

    def lend(self, parts: Parts) -> None:
        """What the first talk read of the site and compiled of SQL, to the next ones with the same site: each would
        spend more on these than on what is said in it."""
        if self._engine is not None and self._engine.url == parts.store.engine.url:
            parts.store.engine = self._engine
        if self._facts is None:
            with parts.store.reading() as tx:
                self._facts = parts.sites.get(tx)
        parts.sites._facts, parts.sites._checked = self._facts, 0.0
        if parts.store.engine.dialect.name == "sqlite":
            self._engine = parts.store.engine


def _be_patient(queue: JobQueue) -> None:
    """A machine that is busy with tests is no Redis that is away."""
    queue._redis.connection_pool.connection_kwargs.update(socket_timeout=60, socket_connect_timeout=60)
    queue._slow_seconds = 60


@contextmanager
def ground() -> Iterator[Ground]:
    doors = Late(), Late()
    with serving(doors[0]) as platform, serving(doors[1]) as product:  # type: ignore[arg-type]
        yield Ground(platform, product, doors)


@contextmanager
def talking(
    database_url: str, redis_url: str, var: Path, env: Any, extra: Mapping[str, str] | None = None
) -> Iterator[Talk]:
    """On a ground of its own."""
    with ground() as own, talking_on(own, database_url, redis_url, var, env, extra) as talk:
        yield talk


@contextmanager
def talking_on(
    here: Ground,
    database_url: str,
    redis_url: str,
    var: Path,
    env: Any,
    extra: Mapping[str, str] | None = None,
) -> Iterator[Talk]:
    """Sandbox and product, wired to each other. `env`: pytest's monkeypatch, for the environment only."""
    wanted = environment(
        {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "DAIBAN_VAR": str(var),
            "BIND": here.product.removeprefix("http://"),
            "SANDBOX_BIND": here.platform.removeprefix("http://"),
            "PAGES": "0",  # the app asks for words; talks about pages turn them on
            **(extra or {}),
        }
    )
    for name, value in wanted.items():
        env.setenv(name, value)
    bootstrap.parts.cache_clear()
    parts = bootstrap.parts()
    _be_patient(parts.queue)
    here.play(SandboxSettings.from_env(wanted), parts)
    redis = Redis.from_url(redis_url)
    try:
        yield Talk(Platform(here.platform), parts, redis)
    finally:
        redis.close()
        parts.close()
        bootstrap.parts.cache_clear()
