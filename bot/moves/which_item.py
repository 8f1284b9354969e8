"""Which catalogue item a question is about: the project's own plan decides between readings, else the person is asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case_view import CaseView, cases_of, meant
from bot.context import Context
from bot.understanding.acts import Act
from domain.catalogue import CatalogueItem
from domain.errors import Unclear

WHICH = "您问的是哪一项？请回复数字："
MOST = 6


def the_one(
    context: Context, act: Act, views: Sequence[CaseView] | None = None, which: str = WHICH
) -> str | None:
    """None when no item is named; raises Unclear for several. What runs stands before what is planned."""
    known = own_views(context) if views is None else views
    planned = [v.entry.id for case in known for v in (*case.running, *case.items)]
    named = meant(act.item, act.also, known)
    fitting = list(named) or [one for one in act.readings if one in planned] or list(act.readings)
    if not fitting:
        return None
    if len(fitting) == 1:
        return fitting[0]
    first = sorted(fitting, key=lambda one: planned.index(one) if one in planned else len(planned))
    raise asked_back(context, first, act.question or which)


def must_be_named(context: Context, which: str = WHICH) -> Unclear:
    """The question back when nothing is named: what runs, then what is next."""
    views = own_views(context)
    ids = [v.entry.id for case in views for v in (*case.running, *case.planned)]
    return asked_back(context, list(dict.fromkeys(ids)), which)


def asked_back(context: Context, ids: Sequence[str], which: str) -> Unclear:
    items = [context.site.catalogue.items[one] for one in ids[:MOST]]
    return Unclear(which, [(one.id, _named(one)) for one in items])


def own_views(context: Context) -> list[CaseView]:
    project = context.must_project
    found = cases_of(context.tx, [project.id], context.site, context.calendar, context.today)
    return found.get(project.id, [])


def _named(entry: CatalogueItem) -> str:
    return f"{entry.spoken}（{entry.stage}）"
