"""Encryption and signature of callbacks: wechatpy's classes with the checks it leaves out.

What wechatpy 1.8.18 lacks and this adds: the signature is compared in constant time; base64, block size and
every pad byte are checked; the length field must fit the buffer; the cipher is built once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Callable
from typing import NamedTuple

from wechatpy.enterprise.crypto import PrpCrypto, WeChatCrypto

from bot.platform import BadCallback

BLOCK = 32
_HEAD = 20  # 16 random bytes and the length
_AES_KEY = re.compile("[A-Za-z0-9+/]{43}")

Random16 = Callable[[], bytes]


def urandom16() -> bytes:
    return os.urandom(16)


class Sealed(NamedTuple):
    encrypt: str
    signature: str


def unpad(padded: bytes) -> bytes:
    """PKCS#7 with blocks of 32, so pads of 17 to 32 are legal. Raises BadCallback."""
    pad = padded[-1] if padded else 0
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes((pad,)) * pad:
        raise BadCallback("padding")
    return padded[:-pad]


class StrictPrpCrypto(PrpCrypto):  # type: ignore[misc]  # wechatpy is untyped
    """Encrypts like wechatpy, decrypts with every field checked."""

    def __init__(self, key: bytes, random16: Random16) -> None:
        super().__init__(key)
        self._random16 = random16

    def get_random_string(self) -> bytes:
        return self._random16()

    def decrypt(self, text: str, corp_id: str) -> bytes:
        padded = self.cipher.decrypt(_decoded(text))
        plain = unpad(padded)
        end = _HEAD + int.from_bytes(plain[16:_HEAD], "big")
        if len(plain) < _HEAD or end > len(plain):
            raise BadCallback("length")
        if plain[end:] != corp_id.encode():
            raise BadCallback("receive_id")
        return plain[_HEAD:end]


class CallbackCrypto(WeChatCrypto):  # type: ignore[misc]  # wechatpy is untyped
    """One callback door. `receive_id` is the corp id for an app and "" for an AI bot."""

    def __init__(self, token: str, aes_key: str, receive_id: str, random16: Random16 = urandom16) -> None:
        if not _AES_KEY.fullmatch(aes_key):
            raise ValueError("an EncodingAESKey has 43 letters and digits")
        super().__init__(token, aes_key, receive_id)
        self._prp = StrictPrpCrypto(self.key, random16)

    def sign(self, timestamp: str, nonce: str, encrypt: str) -> str:
        parts = sorted((self.token, timestamp, nonce, encrypt))
        return hashlib.sha1("".join(parts).encode(errors="replace"), usedforsecurity=False).hexdigest()

    def check_signature(self, signature: str, timestamp: str, nonce: str, echo_str: str) -> bytes:
        return self.decrypt_message(echo_str, signature, timestamp, nonce)

    def decrypt_message(self, msg: str, signature: str, timestamp: str, nonce: str) -> bytes:
        """The plain message behind the `Encrypt` text. Raises BadCallback."""
        expected = self.sign(timestamp, nonce, msg)
        if not hmac.compare_digest(expected.encode(), signature.encode(errors="replace")):
            raise BadCallback("signature")
        return self._prp.decrypt(msg, self.corp_id)

    def encrypt_message(self, msg: str, nonce: str, timestamp: int) -> Sealed:
        encrypt = self._prp.encrypt(msg, self.corp_id).decode()
        return Sealed(encrypt, self.sign(str(timestamp), nonce, encrypt))

    def decrypt_file(self, body: bytes) -> bytes:
        """A downloaded file: the whole body under the same key, no random bytes, no length, no receive id."""
        if not body or len(body) % 16:
            raise BadCallback("length")
        return unpad(self._prp.cipher.decrypt(body))


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadCallback("base64") from None
    if not raw or len(raw) % BLOCK:
        raise BadCallback("length")
    return raw
