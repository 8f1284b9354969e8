"""The platform's envelope: signature, AES-256-CBC, file bodies. Written for the sandbox alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # PKCS#7 to 32 bytes, although the cipher's own block is 16


class BadEnvelope(Exception):
    """A message that was not made with these secrets. The text is the reason, never the content."""


class Envelope:
    def __init__(self, token: str, aes_key: str, receive_id: str) -> None:
        self._token, self._receive_id = token, receive_id
        self._key = base64.b64decode(aes_key + "=")

    def signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        joined = "".join(sorted([self._token, timestamp, nonce, encrypted]))
        return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()

    def seal(self, plain: bytes, *, salt: bytes | None = None) -> str:
        head = (salt or secrets.token_bytes(16)) + struct.pack(">I", len(plain))
        return base64.b64encode(self._cipher(head + plain + self._receive_id.encode())).decode()

    def open(self, encrypted: str, *, signature: str, timestamp: str, nonce: str) -> bytes:
        if not hmac.compare_digest(self.signature(timestamp, nonce, encrypted), signature):
            raise BadEnvelope("signature")
        try:
            plain = _unpad(self._decipher(base64.b64decode(encrypted, validate=True)))
        except ValueError:
            raise BadEnvelope("cipher text") from None
        size = struct.unpack(">I", plain[16:20])[0] if len(plain) >= 20 else len(plain)
        if size > len(plain) - 20:
            raise BadEnvelope("length")
        if plain[20 + size :] != self._receive_id.encode():
            raise BadEnvelope("receive id")
        return plain[20 : 20 + size]

    def seal_file(self, body: bytes) -> bytes:
        """A file's download: only the padded body, without salt, length or receive id."""
        return self._cipher(body)

    def open_file(self, body: bytes) -> bytes:
        return _unpad(self._decipher(body))

    def _cipher(self, plain: bytes) -> bytes:
        missing = BLOCK - len(plain) % BLOCK
        worker = Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16])).encryptor()
        return worker.update(plain + bytes([missing]) * missing) + worker.finalize()

    def _decipher(self, encrypted: bytes) -> bytes:
        worker = Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16])).decryptor()
        return worker.update(encrypted) + worker.finalize()


def _unpad(padded: bytes) -> bytes:
    if not padded or not 1 <= padded[-1] <= BLOCK or padded[-1] > len(padded):
        raise ValueError("padding")
    return padded[: -padded[-1]]
