"""What people wrote, made fit to be kept: the bot's own name out, private numbers masked, ids cleaned."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from bot.masking import mask_private
from bot.platform import Channel
from bot.wecom.limits import identifier, printable

_LONGEST_ID = 128
_LATEST = 2**40  # seconds; anything later is not a time
_URL = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)

Clean = Callable[[object], str]


def cleaner(bot_name: str) -> Clean:
    """Takes "@name" out wherever it stands, with the blank the client puts after it, and masks the rest."""
    mention = re.compile(f"[@＠]{re.escape(bot_name)}[ \u2005\u00a0\u3000]?") if bot_name else None

    def clean(value: object) -> str:
        if not isinstance(value, str):
            return ""
        text = printable(value)
        if mention:
            text = mention.sub("", text)
        return mask_private(text).strip()

    return clean


def clean_id(value: object, most: int = _LONGEST_ID) -> str:
    """Empty for anything that cannot be an id."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    cleaned = identifier(value)
    return cleaned if len(cleaned) <= most else ""


def clean_url(value: object) -> str | None:
    return value if isinstance(value, str) and _URL.fullmatch(value) else None


def seconds(value: object) -> int:
    """Seconds since 1970, 0 for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 14:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LATEST:
        return value
    return 0


def key_of(channel: Channel, message_id: str, body: bytes) -> str:
    """What a repeat has in common with the first: the platform's id, else the very bytes."""
    return f"{channel}:{message_id}" if message_id else f"sha256:{hashlib.sha256(body).hexdigest()}"
