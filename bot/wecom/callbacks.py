"""The two encrypted callback doors of a tenant: the app's XML and the AI bot's JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from bot.masking import mobiles
from bot.platform import BadCallback, CallbackQuery, Channel, IncomingMessage, PassiveAnswer
from bot.wecom.app_messages import app_message
from bot.wecom.bot_messages import bot_message
from bot.wecom.card_forms import cdata
from bot.wecom.crypto import CallbackCrypto, Random16, urandom16
from bot.wecom.parsing import checked_size, json_object, xml
from bot.wecom.replies import app_reply, bot_reply
from bot.wecom.settings import TenantSettings
from bot.wecom.words import Clean, cleaner


def _echo(crypto: CallbackCrypto, query: CallbackQuery) -> str:
    # A proxy that decodes the query once too often turns "+" into a blank; base64 has no blanks of its own.
    echo = query.echo.replace(" ", "+")
    plain = crypto.check_signature(query.signature, query.timestamp, query.nonce, echo)
    try:
        return plain.decode()
    except UnicodeDecodeError:
        raise BadCallback("envelope") from None


def _with_phones(
    read: Callable[[bytes, Clean], IncomingMessage], plain: bytes, clean: Clean
) -> IncomingMessage:
    """Words are masked where they come in; the whole mobile numbers stand beside them and are never kept."""
    phones: list[str] = []

    def noting(value: object) -> str:
        phones.extend(mobiles(value) if isinstance(value, str) else ())
        return clean(value)

    return replace(read(plain, noting), phones=tuple(phones))


class AppCallback:
    """Implements `bot.platform.Callback` for the self-built app."""

    channel = Channel.APP

    def __init__(self, settings: TenantSettings, random16: Random16 = urandom16) -> None:
        self._corp_id = settings.corp_id
        self._crypto = CallbackCrypto(
            settings.callback_token, settings.callback_aes_key, settings.corp_id, random16
        )
        self._clean = cleaner(settings.bot_name)

    def verify_url(self, query: CallbackQuery) -> str:
        return _echo(self._crypto, query)

    def open(self, query: CallbackQuery, body: bytes) -> IncomingMessage:
        root = xml(checked_size(body), "envelope")
        found = root.findall("Encrypt")
        if root.tag != "xml" or len(found) != 1 or not found[0].text:
            raise BadCallback("envelope")
        plain = self._crypto.decrypt_message(found[0].text, query.signature, query.timestamp, query.nonce)
        return _with_phones(app_message, plain, self._clean)

    def plain(self, answer: PassiveAnswer, message: IncomingMessage) -> str:
        return app_reply(answer, message, self._corp_id)

    def seal_plain(self, plain: str, *, nonce: str, timestamp: int) -> bytes:
        if not plain:
            return b""
        sealed = self._crypto.encrypt_message(plain, nonce, timestamp)
        return (
            f"<xml><Encrypt>{cdata(sealed.encrypt)}</Encrypt>"
            f"<MsgSignature>{cdata(sealed.signature)}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        ).encode()

    def seal(self, answer: PassiveAnswer, message: IncomingMessage, *, nonce: str, timestamp: int) -> bytes:
        return self.seal_plain(self.plain(answer, message), nonce=nonce, timestamp=timestamp)


class BotCallback:
    """Implements `bot.platform.Callback` for the AI bot, whose receive id is empty (101033)."""

    channel = Channel.BOT

    def __init__(self, settings: TenantSettings, random16: Random16 = urandom16) -> None:
        self._crypto = CallbackCrypto(settings.bot_token, settings.bot_aes_key, "", random16)
        self._clean = cleaner(settings.bot_name)

    def verify_url(self, query: CallbackQuery) -> str:
        return _echo(self._crypto, query)

    def open(self, query: CallbackQuery, body: bytes) -> IncomingMessage:
        encrypt = json_object(checked_size(body), "envelope").get("encrypt")
        if not isinstance(encrypt, str) or not encrypt:
            raise BadCallback("envelope")
        plain = self._crypto.decrypt_message(encrypt, query.signature, query.timestamp, query.nonce)
        return _with_phones(bot_message, plain, self._clean)

    def plain(self, answer: PassiveAnswer, message: IncomingMessage) -> str:
        return bot_reply(answer, message)

    def seal_plain(self, plain: str, *, nonce: str, timestamp: int) -> bytes:
        if not plain:
            return b""
        sealed = self._crypto.encrypt_message(plain, nonce, timestamp)
        envelope = {
            "encrypt": sealed.encrypt,
            "msgsignature": sealed.signature,
            "timestamp": timestamp,
            "nonce": nonce,
        }
        return json.dumps(envelope, separators=(",", ":")).encode()

    def seal(self, answer: PassiveAnswer, message: IncomingMessage, *, nonce: str, timestamp: int) -> bytes:
        return self.seal_plain(self.plain(answer, message), nonce=nonce, timestamp=timestamp)
