"""The bodies of message/send and appchat/send: what is legal, and what a person will see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.cards import CardRules, check_card
from sandbox.limits import Refused, Warnings, must_fit
from sandbox.world import World

Json = dict[str, Any]


@dataclass
class Content:
    kind: str
    body: Json
    warnings: list[str]


def read_content(world: World, body: Json, *, group: bool) -> Content:
    """Raises Refused. A group takes no cards."""
    kind = body.get("msgtype")
    readers = GROUP_READERS if group else PERSON_READERS
    if kind not in readers or (world.switches["app_plain_only"] and kind != "text"):
        raise Refused("message_type")
    part = body.get(kind)
    if not isinstance(part, dict):
        raise Refused("parameter", kind)
    warnings = Warnings()
    shown_as, shown = readers[kind](world, part, warnings)
    return Content(shown_as, shown, warnings.found)


def app_card_rules(world: World, *, new: bool = True) -> CardRules:
    used = world.tasks["app"]
    return CardRules(
        door="app",
        media=lambda media_id: world.files.media(media_id, world.now()) is not None,
        user=lambda userid: world.tenant.user(userid) is not None,
        task_used=used.__contains__ if new else None,
        has_callback=bool(world.settings.app.url),
    )


def bot_card_rules(world: World, *, new: bool = True) -> CardRules:
    return CardRules(
        door="bot",
        media=lambda _: False,
        user=lambda userid: world.tenant.user(userid) is not None,
        task_used=world.tasks["bot"].__contains__ if new else None,
        has_callback=bool(world.settings.bot.url),
    )


def string(part: Json, name: str) -> str:
    value = part.get(name, "")
    if not isinstance(value, str):
        raise Refused("parameter", name)
    return value


def file_body(world: World, media_id: str) -> Json:
    file = world.files.media(media_id, world.now())
    if file is None:
        raise Refused("media")
    return {"name": file.name, "size": len(file.data), "file": file.id}


def article(part: Any) -> Json:
    if not isinstance(part, dict) or not string(part, "title"):
        raise Refused("article_title")
    return {name: string(part, name) for name in ("title", "description", "url", "picurl")}


def articles_of(part: Json) -> list[Any]:
    articles = part.get("articles")
    if not isinstance(articles, list) or not 1 <= len(articles) <= 8:
        raise Refused("articles")
    return articles


def _text(_world: World, part: Json, warnings: Warnings) -> tuple[str, Json]:
    content = string(part, "content")
    if not content.strip():
        raise Refused("empty_text")
    mentions = part.get("mentioned_list") or []
    return "text", {"text": warnings.shorten("text", content), "mentions": list(mentions)}


def _markdown(_world: World, part: Json, _warnings: Warnings) -> tuple[str, Json]:
    content = string(part, "content")
    if not content.strip():
        raise Refused("empty_text")
    must_fit("markdown", content)
    return "markdown", {"text": content}


def _textcard(_world: World, part: Json, warnings: Warnings) -> tuple[str, Json]:
    title, description, url = (string(part, name) for name in ("title", "description", "url"))
    if not (title and description and url):
        raise Refused("textcard")
    must_fit("textcard_url", url)
    button = string(part, "btntxt") or "详情"
    warnings.advise("textcard.btntxt", button)
    return "textcard", {
        "title": warnings.shorten("textcard.title", title),
        "text": warnings.shorten("textcard.description", description),
        "url": url,
        "button": button[:4],
    }


def _file(kind: str) -> Callable[[World, Json, Warnings], tuple[str, Json]]:
    def read(world: World, part: Json, _warnings: Warnings) -> tuple[str, Json]:
        return kind, file_body(world, string(part, "media_id"))

    return read


def _video(world: World, part: Json, _warnings: Warnings) -> tuple[str, Json]:
    must_fit("video_title", string(part, "title"))
    must_fit("video_description", string(part, "description"))
    return "video", {**file_body(world, string(part, "media_id")), "title": string(part, "title")}


def _news(_world: World, part: Json, _warnings: Warnings) -> tuple[str, Json]:
    return "news", {"articles": [article(one) for one in articles_of(part)]}


def _mpnews(world: World, part: Json, _warnings: Warnings) -> tuple[str, Json]:
    shown = []
    for one in articles_of(part):
        head = article(one)
        must_fit("article_content", string(one, "content"))
        cover = file_body(world, string(one, "thumb_media_id"))
        shown.append({**head, "description": string(one, "digest"), "file": cover["file"]})
    return "news", {"articles": shown}


def _miniprogram(_world: World, part: Json, _warnings: Warnings) -> tuple[str, Json]:
    if not string(part, "appid") or not string(part, "title"):
        raise Refused("miniprogram")
    return "textcard", {
        "title": string(part, "title"), "text": string(part, "description"), "url": "", "button": "小程序",
    }  # fmt: skip


def _card(world: World, part: Json, warnings: Warnings) -> tuple[str, Json]:
    warnings.found += check_card(part, app_card_rules(world))
    return "card", {"card": part}


GROUP_READERS: dict[str, Callable[[World, Json, Warnings], tuple[str, Json]]] = {
    "text": _text,
    "markdown": _markdown,
    "textcard": _textcard,
    "image": _file("image"),
    "voice": _file("voice"),
    "file": _file("file"),
    "video": _video,
    "news": _news,
    "mpnews": _mpnews,
}
PERSON_READERS = {**GROUP_READERS, "miniprogram_notice": _miniprogram, "template_card": _card}
