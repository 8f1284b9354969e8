"""The tenant with everything in it, in the memory of one process and under one lock."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections import Counter
from typing import Any

from sandbox.calls import Faults, Log
from sandbox.clock import Clock, iso
from sandbox.codes import Codes
from sandbox.crypto import Envelope
from sandbox.files import Files
from sandbox.limits import OLD_RESPONSE_CODE_LIFE, RESPONSE_CODE_LIFE
from sandbox.messages import EVERYBODY, Face, Feed, Message, app_thread, bot_thread, group_thread
from sandbox.rates import Rates
from sandbox.settings import Settings
from sandbox.switches import Switches
from sandbox.tenant import Tenant, load_tenant

Json = dict[str, Any]


class World:
    tenant: Tenant

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.RLock()
        self.epoch = 0
        self.app_envelope = Envelope(settings.app.token, settings.app.aes_key, settings.app.receive_id)
        self.bot_envelope = Envelope(settings.bot.token, settings.bot.aes_key, settings.bot.receive_id)
        self.reset()

    def reset(self) -> None:
        """Back to the seed: members, groups, clock, switches; nothing said, nothing called."""
        with self.lock:
            self.tenant = load_tenant(self.settings.tenant)
            self.clock, self.switches = Clock(), Switches()
            self.feed, self.files, self.codes = Feed(), Files(), Codes()
            self.rates, self.log, self.faults = Rates(), Log(), Faults()
            self.menu: Json | None = None
            self.verified: dict[str, Json] = {}
            self.tasks: dict[str, set[str]] = {"app": set(), "bot": set()}
            self.sent_before: dict[str, tuple[float, Json]] = {}
            self.in_progress: Counter[str] = Counter()
            self.entered: set[tuple[str, str]] = set()
            self._numbers = itertools.count(1)
            self.epoch += 1

    def now(self) -> float:
        return self.clock.now()

    def new_id(self, prefix: str = "") -> str:
        """Unique over restarts: the product remembers message ids longer than the sandbox lives."""
        return f"{prefix}{next(self._numbers):06d}{secrets.token_hex(6)}"

    def new_number(self) -> int:
        """The app's MsgId: 64 bits, a number."""
        return 7_000_000_000_000_000_000 + secrets.randbits(60)

    def response_code_life(self) -> int:
        return OLD_RESPONSE_CODE_LIFE if self.switches["response_code_24h"] else RESPONSE_CODE_LIFE

    def name_of(self, userid: str) -> str:
        user = self.tenant.user(userid)
        return user.name if user else userid

    def thread_of(self, userid: str, chat: str) -> str | None:
        """The thread behind "app", "bot" or any id of a group the person is in; None when there is none."""
        if chat == "app":
            return app_thread(userid)
        if chat == "bot":
            return bot_thread(userid)
        group = self.tenant.group(chat)
        return group_thread(group.key) if group and userid in group.members else None

    def threads_of(self, userid: str) -> list[str]:
        groups = [group_thread(group.key) for group in self.tenant.groups_of(userid)]
        return [*groups, app_thread(userid), bot_thread(userid)]

    def sees(self, userid: str, message: Message) -> bool:
        if userid in message.unseen:
            return False
        return any(thread in message.threads for thread in self.threads_of(userid))

    def post(self, sender: str, kind: str, body: Json, threads: list[str], **more: Any) -> Message:
        message = Message(
            id=more.pop("id", "") or self.new_id("m"), at=self.now(), sender=sender, kind=kind, body=body,
            threads=threads, **more,
        )  # fmt: skip
        if kind == "card":
            message.faces[EVERYBODY] = Face(body["card"], body["card"].get("replace_text"))
        return self.feed.add(message)

    def note(self, path: str, effect: str, body: Any = None, **detail: Any) -> None:
        """A line in the log that no call stands behind."""
        entry = self.log.add(iso(self.now()), path, {}, body)
        entry.errcode, entry.effect, entry.detail = None, effect, detail
