"""One callback on its way: sealed, sent, repeated when it is not answered with 200, its answer opened."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import requests

from sandbox.callbacks import xml
from sandbox.crypto import BadEnvelope, Envelope
from sandbox.limits import TRIES
from sandbox.settings import Door
from sandbox.world import World

Json = dict[str, Any]


class IllegalAnswer(Exception):
    """An answer the platform throws away; the text is the reason."""


@dataclass
class Delivery:
    """`status` of the last try, None when nothing answered. `answer`: decrypted, None when empty."""

    status: int | None
    tries: int = 0
    answer: Json | None = field(default=None, repr=False)
    illegal: str = ""


def deliver(world: World, door: str, plain: str, *, tries: int = TRIES) -> Delivery:
    """Waits for the answer. The world's lock must not be held: the product may call back meanwhile."""
    settings = world.settings
    target = settings.app if door == "app" else settings.bot
    envelope = world.app_envelope if door == "app" else world.bot_envelope
    delivery = Delivery(None)
    if not target.url:
        return delivery
    for attempt in range(tries):
        if attempt:
            time.sleep(settings.callback_timeout / 10)
        delivery.tries = attempt + 1
        delivery.status, body = _post(world, target, envelope, plain, app=door == "app")
        if delivery.status == 200:
            _open(delivery, envelope, body, app=door == "app")
            break
    return delivery


def _post(
    world: World, target: Door, envelope: Envelope, plain: str, *, app: bool
) -> tuple[int | None, bytes]:
    encrypted = envelope.seal(plain.encode())
    timestamp, nonce = str(int(world.now())), secrets.token_hex(8)
    query = {
        "msg_signature": envelope.signature(timestamp, nonce, encrypted), "timestamp": timestamp,
        "nonce": nonce,
    }  # fmt: skip
    if app:
        head = {"ToUserName": world.settings.corp_id, "AgentID": world.settings.agent_id}
        data, kind = xml.build({**head, "Encrypt": encrypted}), "text/xml"
    else:
        data, kind = json.dumps({"encrypt": encrypted}), "application/json"
    headers = {"Content-Type": kind, "Connection": "close"}
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                target.url, params=query, data=data.encode(), headers=headers, allow_redirects=False,
                timeout=world.settings.callback_timeout,
            )  # fmt: skip
    except requests.RequestException:
        return None, b""
    return answer.status_code, answer.content


def _open(delivery: Delivery, envelope: Envelope, body: bytes, *, app: bool) -> None:
    if not body.strip():
        return
    try:
        outer = xml.parse(body) if app else json.loads(body)
        names = ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
        if not app:
            names = ("encrypt", "msgsignature", "timestamp", "nonce")
        encrypted, signature, timestamp, nonce = (str(outer[name]) for name in names)
        plain = envelope.open(encrypted, signature=signature, timestamp=timestamp, nonce=nonce)
        inner = (xml.parse(plain) if app else json.loads(plain)) if plain.strip() else None
    except (xml.BadXml, BadEnvelope, ValueError, KeyError, TypeError) as wrong:
        delivery.illegal = f"envelope: {type(wrong).__name__}"
        return
    if inner is not None and not isinstance(inner, dict):
        delivery.illegal = "not an object"
        return
    delivery.answer = inner


def verify_url(world: World, door: str) -> Json:
    """The address check an administrator starts when saving a callback: the plain echo within one second."""
    target = world.settings.app if door == "app" else world.settings.bot
    envelope = world.app_envelope if door == "app" else world.bot_envelope
    echo = str(secrets.randbelow(10**19))
    sealed = envelope.seal(echo.encode())
    timestamp, nonce = str(int(world.now())), secrets.token_hex(8)
    query = {
        "msg_signature": envelope.signature(timestamp, nonce, sealed), "timestamp": timestamp, "nonce": nonce,
        "echostr": sealed,
    }  # fmt: skip
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(target.url, params=query, timeout=1, allow_redirects=False)
    except requests.RequestException as failed:
        return {"ok": False, "reason": type(failed).__name__}
    right = answer.status_code == 200 and answer.content == echo.encode()
    return {"ok": right, "reason": "" if right else f"status {answer.status_code}, echo differs"}
