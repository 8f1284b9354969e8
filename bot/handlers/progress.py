"""Progress: of the whole case, of one item, of an issue; who holds it; when it will be done."""

from __future__ import annotations

from bot.case_view import CaseView, cases_of
from bot.context import Answer, Context, Handler, words
from bot.holding import must_know
from bot.moves import case_state, which_item
from bot.moves.work import case_work
from bot.notices import Notices
from bot.texts import next_step
from bot.texts import progress as texts
from bot.understanding.acts import Act, Intent
from domain.deadlines import issue_clock
from domain.issue_turns import TurnKind
from domain.issues import Issue
from domain.people import Action, Post, Role
from storage.dialogs import Recent


def show(context: Context, act: Act) -> Answer:
    if act.issue_no is not None:
        return _issue(context, act.issue_no)
    context.must_be_allowed(Action.ASK)
    project = context.must_project
    views = cases_of(context.tx, [project.id], context.site, context.calendar, context.today).get(project.id)
    alone = not context.message.in_group
    if not views:
        return words(case_state.newest(case_work(context), project, alone=alone), recent=Recent(project.id))
    item = which_item.the_one(context, act, views)
    if item:
        return _item(context, item, views)
    recent = Recent(project.id, choices=tuple(f"item:{v.entry.id}" for case in views for v in case.running))
    if act.focus == "who":
        leads = {view.entry.lead for case in views for view in case.running}
        people = {lead: _representative(context, lead) for lead in leads}
        return words(
            "\n".join(texts.blocked(project, v, context.site, people, context.today) for v in views),
            recent=recent,
        )
    if act.focus == "when":
        return words(
            "\n".join(texts.when(project, v, context.site, context.today) for v in views), recent=recent
        )
    states = [(i.no, i.shown_status(context.now)) for i in context.tx.issues.of_project(project.id)]
    work = case_work(context)
    boards = (
        texts.whole(
            project, v, context.site, context.today, states,
            case_state.beside(work, v.case, project, alone=alone),
        )
        for v in views
    )  # fmt: skip
    return words("\n".join(boards), recent=recent)


def _item(context: Context, item: str, views: list[CaseView]) -> Answer:
    project, entry = context.must_project, context.site.catalogue.items[item]
    recent = Recent(project.id, item)
    for view in (v for case in views for v in case.items):
        if view.entry.id == item:
            who = _representative(context, entry.lead)
            return words(texts.item(view, context.site, who, context.today), recent=recent)
    return words(texts.item_not_planned(entry, project, context.site), recent=recent)


def _issue(context: Context, no: int) -> Answer:
    issue, project = must_know(context, no)
    holder = context.tx.people.get(issue.representative_id).name if issue.representative_id else ""
    clock = issue_clock(issue, context.now, context.calendar, context.site.deadlines.lamp)
    text = texts.issue(issue, context.site, holder, context.now, context.calendar.zone, clock)
    return words(f"{text}\n{_beside(context, issue, holder)}", recent=Recent(project.id, issue.item_id, no))


def _beside(context: Context, issue: Issue, holder: str) -> str:
    """Who helps, whom it was passed on to, how often it was fed back, and what comes next (R139)."""
    people = context.tx.people
    notices = Notices(context.tx, context.site, context.calendar, context.now)
    again = sum(turn.kind is TurnKind.MERGED for turn in context.tx.turns.of(issue.no))
    hands = next_step.Hands(
        notices.desk_of(issue, context.must_project).name,
        holder,
        people.get(issue.offered_to).name if issue.offered_to else "",
        people.get(issue.raised_by).name,
    )
    parts = context.tx.parts.of(issue.no)
    return next_step.lines_of(issue, hands, (parts, again), context.site, (context.calendar, context.now))


def _representative(context: Context, department: str) -> str:
    people = context.tx.people.of_department(department, Role.REPRESENTATIVE)
    first = [p for p in people for d in p.duties if d.department == department and d.post is Post.A] or people
    return first[0].name if first else ""


HANDLER = Handler(frozenset({Intent.PROGRESS}), show)
