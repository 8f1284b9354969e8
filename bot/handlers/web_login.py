"""“网页登录”: a link for a browser outside the client, and beside it the code without which it shows nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from bot.context import Answer, Context, words
from bot.holding import must_know
from bot.texts import pages as texts
from domain.errors import InvalidAnswer


def send(context: Context, arguments: dict[str, str]) -> Answer:
    """With a number for that problem's page only, else for all pages of this person."""
    sender = context.must_sender
    if context.message.in_group:
        raise InvalidAnswer(texts.NOT_IN_GROUP)
    if not context.pages_url:
        raise InvalidAnswer(texts.NO_PAGES)
    page, about = "", "登录后可看您的全部待办"
    if arguments.get("no"):
        issue, _ = must_know(context, int(arguments["no"]))
        page, about = f"/m/issue/{issue.no}", f"只能查看和办理问题{issue.no}"
    token, code = secrets.token_urlsafe(24), f"{secrets.randbelow(1_000_000):06}"
    until = context.now + timedelta(minutes=context.site.pages.link_minutes)
    context.tx.page_links.add(
        hashed(token), hashed(f"{token}:{code}"), person_id=sender.id, page=page, at=context.now, until=until
    )
    url = f"{context.pages_url}/m/in/{token}"
    return words(texts.link(url, code, until, context.calendar.zone, about))


def hashed(text: str) -> str:
    """What is kept of link and code."""
    return sha256(text.encode()).hexdigest()


COMMANDS: dict[str, Callable[[Context, dict[str, str]], Answer]] = {"web_login": send}
