"""“为什么是黄灯？”: the one rule, and the figures of this issue or item."""

from __future__ import annotations

from bot.case_view import cases_of
from bot.context import Answer, Context, words
from bot.holding import must_know
from bot.texts import clocks as texts
from bot.texts.phrases import provisional, short_day, used_and_left
from domain.deadlines import issue_clock
from domain.items import ItemView
from domain.people import Action
from domain.service_limits import IssueKind
from storage.dialogs import Recent


def why(context: Context, arguments: dict[str, str]) -> Answer:
    """Of the issue that is named, else of what was talked of last, else the rule alone."""
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    number = arguments.get("no")
    if number or context.recent.issue_no:
        return _of_issue(context, int(number or context.recent.issue_no or 0))
    view = _item(context)
    if view is None:
        return words(texts.rule(context.site.deadlines.lamp))
    clock = view.clock
    figures = used_and_left(clock) if clock else "没有在计的办理时限"
    due = f"，{short_day(clock.due)}到期{provisional(clock.provisional)}" if clock else ""
    return words(texts.why_item(view.entry.spoken, view.lamp, figures, due, context.site.deadlines.lamp))


def _of_issue(context: Context, no: int) -> Answer:
    issue, project = must_know(context, no)
    deadlines = context.site.deadlines
    clock = issue_clock(issue, context.now, context.calendar, deadlines.lamp)
    kind = IssueKind(issue.kind) if issue.kind in set(IssueKind) else IssueKind.PROBLEM
    text = texts.why_issue(issue, clock, deadlines.issues[kind], deadlines.lamp, context.calendar.zone)
    return words(text, recent=Recent(project.id, issue.item_id, no))


def _item(context: Context) -> ItemView | None:
    """The approval item talked of last in this chat, of a project that may be asked about."""
    recent = context.recent
    project_id = context.project.id if context.project else recent.project_id
    if project_id is None or recent.item_id is None:
        return None
    project = context.tx.projects.get(project_id)
    if not context.message.in_group and not context.standing_towards(project).may(Action.ASK):
        return None
    found = cases_of(context.tx, [project.id], context.site, context.calendar, context.today)
    views = (view for case in found.get(project.id, []) for view in case.items)
    return next((view for view in views if view.entry.id == recent.item_id), None)
