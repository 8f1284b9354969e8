"""“搜 新材料”: what there is by this name, number or these words, for whoever asks in a single chat."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.moves import finding
from bot.moves.naming import as_typed
from bot.texts import searching as texts
from domain.errors import InvalidAnswer


def search(context: Context, arguments: dict[str, str]) -> Answer:
    context.must_sender  # noqa: B018 – nothing for whoever is not registered
    if context.message.in_group:
        raise InvalidAnswer(texts.NOT_IN_GROUP)
    hits = finding.find(context, as_typed(context, arguments.get("rest", "")))
    if hits.none:
        return words(texts.NOTHING)
    site = context.site
    found = (
        *(texts.project(one) for one in hits.projects),
        *(texts.issue(one, project, context.now) for one, project in hits.issues),
        *(texts.person(one, duties, project) for one, duties, project in hits.people),
        *(texts.paper(one, site.forms[one.form].title, project) for one, project in hits.papers),
    )
    return words(texts.found(found, f"{context.pages_url}/m/search" if context.pages_url else ""))


COMMANDS = {"search": search}
