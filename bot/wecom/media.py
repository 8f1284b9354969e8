"""Files both ways: uploads with their ids remembered, downloads bounded in size and decrypted."""

from __future__ import annotations

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Mapping
from urllib.parse import unquote

import requests
from redis import Redis
from redis.exceptions import RedisError

from bot.platform import AnswerLost, BadCallback, Downloaded, RemoteFile, SendFile, Unreachable
from bot.wecom.client import WeComClient
from bot.wecom.crypto import CallbackCrypto
from bot.wecom.errors import MEDIA_GONE, ONLY_IN_PIECES, TOO_BIG, UNREADABLE_FILE, failure
from bot.wecom.limits import identifier
from bot.wecom.transport import Transport, check, errcode, failures_of, read_answer

_EMPTY = 44001
_MOST_UPLOAD = {"file": 20 * 2**20, "image": 10 * 2**20}
_PIECE = 20 * 2**20
_PAD = 32
_CHUNK = 64 * 1024
_SECONDS = 120.0  # for one body, however slowly it trickles
_KEPT_SECONDS = 12 * 3600  # ids live 3 days
_KEPT_IDS = 64

_EXTENDED_NAME = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)
_PLAIN_NAME = re.compile(r'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))', re.IGNORECASE)
_TOTAL = re.compile(r"bytes \d+-\d+/(\d+)")


class MediaIds:
    """Which file has which media id. The same send repeated must carry the same id, or the platform does not
    know it for a duplicate; and a picture for two hundred groups is uploaded once."""

    def __init__(self, redis: Redis | None) -> None:
        self._redis = redis
        self._own: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def get(self, key: str) -> str | None:
        media_id, until = self._own.get(key, ("", 0.0))
        if until > time.monotonic():
            return media_id
        try:
            raw = self._redis.get(key) if self._redis else None
        except RedisError:
            return None
        return raw.decode() if isinstance(raw, bytes) else (str(raw) if raw else None)

    def put(self, key: str, media_id: str) -> None:
        self._own[key] = media_id, time.monotonic() + _KEPT_SECONDS
        while len(self._own) > _KEPT_IDS:
            self._own.popitem(last=False)
        try:
            if self._redis:
                self._redis.set(key, media_id, ex=_KEPT_SECONDS)
        except RedisError:
            return

    def forget(self, key: str) -> None:
        self._own.pop(key, None)
        try:
            if self._redis:
                self._redis.delete(key)
        except RedisError:
            return


class Media:
    def __init__(
        self, client: WeComClient, transport: Transport, ids: MediaIds, pool: str, bot_aes_key: str
    ) -> None:
        self._client, self._transport, self._ids, self._pool = client, transport, ids, pool
        self._crypto = CallbackCrypto("", bot_aes_key, "") if bot_aes_key else None

    # ------------------------------------------------------------ up

    def media_id(self, file: SendFile, *, fresh: bool = False) -> str:
        """Uploads unless the very same file is still there; `fresh` when the platform says it is not."""
        key = self._key(file)
        if fresh:
            self._ids.forget(key)
        known = self._ids.get(key)
        if known:
            return known
        media_id = self._upload(file)
        self._ids.put(key, media_id)
        return media_id

    def _key(self, file: SendFile) -> str:
        digest = hashlib.sha256("\0".join((self._pool, file.kind, file.name, "")).encode(errors="replace"))
        digest.update(file.data)
        return f"daiban:media:{digest.hexdigest()}"

    def _upload(self, file: SendFile) -> str:
        if len(file.data) <= 5:
            raise failure(_EMPTY)
        if len(file.data) > _MOST_UPLOAD.get(file.kind, _PIECE):
            raise failure(TOO_BIG)
        part = (safe_name(file.name) or "file", file.data, "application/octet-stream")
        try:
            answer = self._client.ask("post", "media/upload", {"type": file.kind}, files={"media": part})
        except AnswerLost as lost:
            # At worst a file lies there unused: the message itself has not been sent.
            raise Unreachable(f"media/upload: {lost}") from None
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise Unreachable("media/upload: no id in the answer")
        return media_id

    # ------------------------------------------------------------ down

    def download(self, file: RemoteFile, *, most: int) -> Downloaded:
        if file.url:
            return self._from_bot(file.url, file.name, most)
        if file.media_id:
            media_id = file.media_id
            return self._client.with_token(lambda token: self._from_app(token, media_id, file.name, most))
        raise ValueError("a remote file has a url or a media_id")

    def _from_bot(self, url: str, name: str | None, most: int) -> Downloaded:
        if self._crypto is None:
            raise failure(UNREADABLE_FILE)
        with self._transport.request("get", url, stream=True, allow_redirects=True) as response:
            if response.status_code in (400, 403, 404, 410):
                raise failure(MEDIA_GONE)  # the address lives five minutes
            if response.status_code != 200:
                read_answer(response)
            body = _body(response, most + _PAD)
            name = name_in(response.headers) or name
        try:
            data = self._crypto.decrypt_file(body)
        except BadCallback:
            raise failure(UNREADABLE_FILE) from None
        if len(data) > most:
            raise failure(TOO_BIG)
        return Downloaded(name, data)

    def _from_app(self, token: str, media_id: str, name: str | None, most: int) -> Downloaded:
        query = {"access_token": token, "media_id": media_id}
        url = self._client.url("media/get")
        with self._transport.request("get", url, params=query, stream=True) as response:
            if not _is_refusal(response):
                return Downloaded(name_in(response.headers) or name, _body(response, most))
            answer = read_answer(response)
        if errcode(answer) != ONLY_IN_PIECES:
            check(answer)
            raise AnswerLost("media/get: neither a file nor an error")
        return self._in_pieces(query, name, most)

    def _in_pieces(self, query: Mapping[str, str], name: str | None, most: int) -> Downloaded:
        url, data, total = self._client.url("media/get"), bytearray(), 1
        while len(data) < total:
            headers = {"Range": f"bytes={len(data)}-{len(data) + _PIECE - 1}"}
            parts = {"params": query, "headers": headers, "stream": True}
            with self._transport.request("get", url, **parts) as response:
                if _is_refusal(response):
                    check(read_answer(response))
                piece = _body(response, most - len(data))
                name = name_in(response.headers) or name
                total = _total(response, len(data) + len(piece))
            if total > most:
                raise failure(TOO_BIG)
            if not piece:
                raise AnswerLost("media/get: an empty piece")
            data += piece
        return Downloaded(name, bytes(data))


def _is_refusal(response: requests.Response) -> bool:
    """Errors come as JSON with HTTP 200; a JSON file somebody sent has a file name in its header."""
    if response.status_code >= 300:
        return True
    kind = response.headers.get("Content-Type", "")
    return ("json" in kind or "text/plain" in kind) and "Content-Disposition" not in response.headers


def _total(response: requests.Response, so_far: int) -> int:
    found = _TOTAL.match(response.headers.get("Content-Range", ""))
    return int(found[1]) if found and response.status_code == 206 else so_far


def _body(response: requests.Response, most: int) -> bytes:
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > most:
        raise failure(TOO_BIG)
    body, until = bytearray(), time.monotonic() + _SECONDS
    with failures_of(response.url):
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > most:
                raise failure(TOO_BIG)
            if time.monotonic() > until:
                raise AnswerLost("a download takes too long")
    return bytes(body)


def name_in(headers: Mapping[str, str]) -> str | None:
    """The file name of a Content-Disposition header; RFC 6266's `filename*` comes first."""
    header = headers.get("Content-Disposition", "")
    extended = _EXTENDED_NAME.search(header)
    if extended:
        return safe_name(unquote(extended[1])) or None
    plain = _PLAIN_NAME.search(header)
    if not plain:
        return None
    name = plain[1] if plain[1] is not None else plain[2].strip()
    try:
        name = name.encode("latin-1").decode()  # headers are read as Latin-1; servers write UTF-8 into them
    except UnicodeError:
        return safe_name(name) or None
    return safe_name(unquote(name)) or None


def safe_name(name: str) -> str:
    """The last part of a path, without control characters."""
    return identifier(re.split(r"[\\/]", name)[-1])[:200]
