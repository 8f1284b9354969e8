"""搜索 on a page: the same finding as “搜 …” by talk; the words stand in no address and no log."""

from __future__ import annotations

from bot.moves import finding
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts.progress import ISSUE_STATES
from bot.texts.searching import NOTHING
from domain.errors import InvalidAnswer


def show(visit: Visit) -> Shown:
    text = visit.form.words("text")[:80]
    hits, refused = finding.Hits(), ""
    if visit.typed is not None:
        try:
            hits = finding.find(visit.context, text)
        except InvalidAnswer as refusal:
            refused = refusal.sentence
    values = {
        "text": text,
        "hits": hits,
        "issues": [
            (one, project, ISSUE_STATES[one.shown_status(visit.context.now)]) for one, project in hits.issues
        ],
        "titles": {key: form.title for key, form in visit.context.site.forms.items()},
        "nothing": refused or (NOTHING if visit.typed is not None and hits.none else ""),
    }
    return Shown("search.html", "搜索", values)


PAGE = PageKind("/search", show, asks=True)
