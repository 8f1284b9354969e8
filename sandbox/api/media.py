"""media/upload and media/get."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Response

from sandbox.api.call import OK, Call, Json
from sandbox.files import ending_of, voice_seconds
from sandbox.limits import MB, RULES, Refused
from sandbox.world import World

ENDINGS = {"image": (".jpg", ".jpeg", ".png"), "voice": (".amr",), "video": (".mp4",), "file": ()}
RANGE = re.compile(r"bytes=(\d+)-(\d*)")


def upload(world: World, call: Call) -> Json:
    kind = call.query.get("type", "")
    if kind not in ENDINGS:
        raise Refused("media_type")
    name, data = call.upload or ("", b"")
    if len(data) <= RULES["media_empty"].most:
        raise Refused("media_empty")
    if ENDINGS[kind] and ending_of(name) not in ENDINGS[kind]:
        raise Refused("media_kind")
    rule = f"media_{kind}_size"
    most = 2 * MB if kind == "image" and world.switches["small_images"] else RULES[rule].most
    if len(data) > most:
        raise Refused(rule)
    if kind == "voice" and voice_seconds(data) > RULES["media_voice_long"].most:
        raise Refused("media_voice_long")
    file = world.files.keep(name, data, kind=kind, now=world.now())
    return {**OK, "type": kind, "media_id": file.id, "created_at": str(int(file.at))}


def get(world: World, call: Call) -> Response:
    file = world.files.media(call.query.get("media_id", ""), world.now())
    if file is None:
        raise Refused("media")
    headers = {"Content-Disposition": disposition(file.name), "Accept-Ranges": "bytes"}
    wanted = RANGE.fullmatch(call.byte_range)
    if not wanted:
        return Response(file.data, headers=headers, content_type=file.content_type)
    first, last = int(wanted[1]), int(wanted[2] or len(file.data) - 1)
    piece = file.data[first : last + 1]
    headers["Content-Range"] = f"bytes {first}-{first + len(piece) - 1}/{len(file.data)}"
    return Response(piece, status=206, headers=headers, content_type=file.content_type)


def disposition(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"
