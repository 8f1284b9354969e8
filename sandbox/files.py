"""Files as the platform keeps them: media for three days, downloads of the bot for five minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sandbox.limits import FILE_URL_LIFE, MEDIA_LIFE

IMAGES = (".jpg", ".jpeg", ".png")
KIND_BY_ENDING = {**dict.fromkeys((*IMAGES, ".gif"), "image"), ".amr": "voice", ".mp4": "video"}
TYPE_BY_ENDING = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".pdf": "application/pdf", ".mp4": "video/mp4",
}  # fmt: skip


@dataclass(frozen=True)
class StoredFile:
    id: str
    name: str = field(repr=False)
    data: bytes = field(repr=False)
    kind: str
    at: float

    @property
    def ending(self) -> str:
        return ending_of(self.name)

    @property
    def content_type(self) -> str:
        return TYPE_BY_ENDING.get(self.ending, "application/octet-stream")


class Files:
    def __init__(self) -> None:
        self._kept: dict[str, StoredFile] = {}
        self._tickets: dict[str, tuple[str, float]] = {}

    def keep(self, name: str, data: bytes, *, kind: str, now: float) -> StoredFile:
        file = StoredFile(secrets.token_urlsafe(24), name, data, kind, now)
        self._kept[file.id] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """For the phones: what was shown once stays visible."""
        return self._kept.get(file_id)

    def media(self, media_id: str, now: float) -> StoredFile | None:
        file = self._kept.get(media_id)
        return file if file and now - file.at < MEDIA_LIFE else None

    def ticket(self, file: StoredFile, now: float) -> str:
        """A download the bot may fetch for five minutes."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = (file.id, now)
        return ticket

    def by_ticket(self, ticket: str, now: float) -> StoredFile | None:
        file_id, at = self._tickets.get(ticket, ("", 0.0))
        return self._kept.get(file_id) if now - at < FILE_URL_LIFE else None


def ending_of(name: str) -> str:
    return "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""


def kind_of(name: str) -> str:
    return KIND_BY_ENDING.get(ending_of(name), "file")


def voice_seconds(data: bytes) -> float:
    """Length of an AMR narrow-band recording: frames of 20 ms, their size by the frame's type."""
    sizes = (13, 14, 16, 18, 20, 21, 27, 32, 6)
    head = b"#!AMR\n"
    at, frames = len(head), 0
    while data.startswith(head) and at < len(data):
        kind = data[at] >> 3 & 15
        at += sizes[kind] if kind < len(sizes) else 1
        frames += 1
    return frames * 0.02
