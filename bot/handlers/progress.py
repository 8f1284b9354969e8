"""Progress: of the whole case, of one item, of an issue; who holds it; when it will be done."""

from __future__ import annotations

from bot.case_view import CaseView, cases_of, meant
from bot.context import Answer, Context, Handler, words
from bot.moves import applying
from bot.moves.work import case_work
from bot.texts import applications as application_texts
from bot.texts import progress as texts
from bot.understanding.acts import Act, Intent
from domain.case import WAITING_CASES, Case
from domain.catalogue import CatalogueItem
from domain.errors import NotFound, Unclear
from domain.people import Action, Post, Role
from storage.dialogs import Recent


def show(context: Context, act: Act) -> Answer:
    if act.issue_no is not None:
        return _issue(context, act.issue_no)
    context.must_be_allowed(Action.ASK)
    project = context.must_project
    views = cases_of(context.tx, [project.id], context.site, context.calendar, context.today).get(project.id)
    if not views:
        return _not_yet(context)
    item = _only_reading(context, act, views)
    if item:
        return _item(context, item, views)
    recent = Recent(project.id)
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
    told = [texts.whole(project, v, context.site, context.today, states) for v in views]
    held = [texts.held_up(v.case, project) for v in views if _may_be_said(context, v.case)]
    return words("\n".join(one for one in (*held, *told) if one), recent=recent)


def _not_yet(context: Context) -> Answer:
    """Nothing is handled: an application may wait."""
    project, work = context.must_project, case_work(context)
    waiting = [one for one in context.tx.cases.of_project(project.id) if one.status in WAITING_CASES]
    if not waiting:
        raise NotFound("case")
    officer = context.tx.people.get(project.officer_id).name
    text = application_texts.waiting(waiting[-1], project, officer, applying.decided_until(work, waiting[-1]))
    return words(text, recent=Recent(project.id))


def _may_be_said(context: Context, case: Case) -> bool:
    """What was not told to the group is not told there on demand either."""
    return not context.message.in_group or not any(
        one.discreet for one in context.tx.suspensions.live(case.id)
    )


def _item(context: Context, item: str, views: list[CaseView]) -> Answer:
    project, entry = context.must_project, context.site.catalogue.items[item]
    recent = Recent(project.id, item)
    for view in (v for case in views for v in case.items):
        if view.entry.id == item:
            who = _representative(context, entry.lead)
            return words(texts.item(view, context.site, who, context.today), recent=recent)
    return words(texts.item_not_planned(entry, project, context.site), recent=recent)


def _issue(context: Context, no: int) -> Answer:
    issue = context.tx.issues.get(no)
    project = context.tx.projects.get(issue.project_id) if issue else None
    elsewhere = context.message.in_group and project is not None and project != context.project
    if issue is None or project is None or elsewhere:
        raise NotFound("issue", str(no))
    context.project = project
    held = context.sender is not None and issue.representative_id == context.sender.id
    if not held and not context.standing.may(Action.ASK):
        raise NotFound("issue", str(no))  # whether it exists is nobody else's business
    holder = context.tx.people.get(issue.representative_id).name if issue.representative_id else ""
    text = texts.issue(issue, context.site, holder, context.now, context.calendar.zone)
    return words(text, recent=Recent(project.id, issue.item_id, no))


def _only_reading(context: Context, act: Act, views: list[CaseView]) -> str | None:
    """A word with several readings: the project's own plan decides, else the person is asked."""
    planned = {v.entry.id for case in views for v in case.items}
    named = meant(act.item, act.also, views)
    fitting = list(named) or [one for one in act.readings if one in planned] or list(act.readings)
    if not fitting:
        return None
    if len(fitting) == 1:
        return fitting[0]
    raise unclear(context, act, fitting)


def unclear(context: Context, act: Act, readings: list[str]) -> Unclear:
    items = [context.site.catalogue.items[one] for one in readings[:6]]
    return Unclear(act.question or "您问的是哪一项？请回复数字：", [(i.id, _named(i)) for i in items])


def _named(entry: CatalogueItem) -> str:
    return f"{entry.spoken}（{entry.stage}）"


def _representative(context: Context, department: str) -> str:
    people = context.tx.people.of_department(department, Role.REPRESENTATIVE)
    first = [p for p in people for d in p.duties if d.department == department and d.post is Post.A] or people
    return first[0].name if first else ""


HANDLER = Handler(frozenset({Intent.PROGRESS}), show)
