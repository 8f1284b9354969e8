"""aibot/response: the bot's one later answer, through the url that came with the message."""

from __future__ import annotations

from sandbox.api.call import OK, Call, Json
from sandbox.cards import check_card
from sandbox.content import bot_card_rules
from sandbox.limits import Refused, must_fit
from sandbox.messages import BOT
from sandbox.views import quoted_of
from sandbox.world import World


def respond(world: World, call: Call) -> Json:
    talk = world.codes.talk_of_bot_url(call.query.get("response_code", ""), world.now())
    talk.used = True  # one call per url, whatever becomes of it
    kind = call.body.get("msgtype")
    part = call.body.get(str(kind))
    if kind not in ("markdown", "template_card") or not isinstance(part, dict):
        raise Refused("bot_type")
    if kind == "template_card" and talk.group:
        raise Refused("bot_card_in_group")
    feedback = _feedback(part)
    if kind == "markdown":
        _check_words(part)
        shown_as, body = "markdown", {"text": part["content"]}
    else:
        call.detail["warnings"] = check_card(part, bot_card_rules(world))
        world.tasks["bot"].add(part.get("task_id", ""))
        shown_as, body = "card", {"card": part}
    asked = world.feed.get(talk.quotes)
    quoted = quoted_of(world, asked) if asked and talk.group else None
    world.post(BOT, shown_as, body, [talk.what], quoted=quoted, feedback_id=feedback)
    call.effect = "delivered"
    return OK


def _check_words(part: Json) -> None:
    content = part.get("content")
    if not isinstance(content, str) or not content.strip():
        raise Refused("empty_text")
    must_fit("bot_markdown", content)


def _feedback(part: Json) -> str:
    feedback = part.get("feedback") or {}
    name = str(feedback.get("id", "")) if isinstance(feedback, dict) else ""
    must_fit("bot_feedback", name)
    return name
