"""Filing a problem: new, into one that is open already, or – when it is about a person – out of the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.context import Answer, Context, Job
from bot.dialogs.officer_words import work_of
from bot.moves import filing
from bot.notices import subject_of
from bot.platform import Say
from bot.texts import issues as texts
from bot.texts import routing as routing_texts
from bot.texts.phrases import moment
from domain.errors import InvalidAnswer
from domain.issue_turns import Turn, TurnKind
from domain.issues import Category, Issue
from domain.people import Person
from storage.dialogs import Recent

Filed = tuple[Issue, Answer]


def about_a_person(context: Context, answers: Mapping[str, Any]) -> bool:
    return filing.about_a_person(context.site, answers["category"], answers["description"])


def shown_in_private(context: Context, description: str) -> Answer:
    """In the group nothing of it is said again: the form goes to the person's own chat."""
    return asked_in_private(context, routing_texts.private_form(context.must_project, description))


def asked_in_private(context: Context, text: str) -> Answer:
    recent = Recent(context.must_project.id)
    if not context.message.in_group:
        return Answer(Say(text, markdown=True), recent=recent)
    row = work_of(context).notices.say_to(context.must_sender, text, f"form:{context.inbox_id}", urgent=True)
    return Answer(Say(routing_texts.NOT_HERE), (row,), recent=recent)


def alike_one(context: Context, answers: Mapping[str, Any]) -> Issue | None:
    project, item = context.must_project, answers["item"]
    return filing.alike_one(work_of(context), project, item, answers["description"])


def merge_into(context: Context, answers: Mapping[str, Any]) -> Filed:
    work, sender = work_of(context), context.must_sender
    issue, project = work.locked(answers["alike"])
    if project.id != context.must_project.id or not issue.is_open or issue.told(context.now):
        raise InvalidAnswer(f"问题{issue.no}已有答复，不能并入。请回复 2 单独提交。")
    turn = Turn(context.now, TurnKind.MERGED, sender.id, words=answers["description"])
    context.tx.turns.add(issue.no, turn)
    _asked_at_event(context, answers, issue)
    context.tx.audit.add(project.id, context.now, sender.userid, "issue.merge", subject_of(issue))
    holder = _holder(context, issue)
    when = moment(context.now, context.calendar.zone)
    text = routing_texts.told_again(issue, sender.name, when, answers["description"])
    row = work.notices.say_to(holder, text, subject_of(issue), once=f"merge:{issue.no}:{context.inbox_id}")
    said = routing_texts.merged(issue, holder.name)
    recent = Recent(project.id, issue.item_id, issue.no)
    return issue, Answer(Say(said, markdown=True), (row,), recent=recent)


def file(context: Context, answers: Mapping[str, Any]) -> Filed:
    wish = filing.Wish(
        f"{answers.get('lead') or ''}{answers['description']}",
        Category(answers["category"]),
        answers["item"],
        answers.get("department"),
        bool(answers.get("private")),
    )
    issue = filing.file(work_of(context), context.must_project, context.must_sender, wish)
    _asked_at_event(context, answers, issue)
    return issue, Answer(
        Say(_said(context, issue), markdown=True),
        jobs=(Job("route_issue", (issue.no,)),),
        recent=Recent(issue.project_id, issue.item_id, issue.no),
    )


def _asked_at_event(context: Context, answers: Mapping[str, Any], issue: Issue) -> None:
    """What was asked at a training is found again there (R162)."""
    if answers.get("event"):
        context.tx.events.asked(answers["event"], issue.no)


def _said(context: Context, issue: Issue) -> str:
    work = work_of(context)
    officer = work.notices.desk_of(issue, context.must_project)
    due = work.notices.when(issue.answer_by)
    if issue.private:
        names = dict.fromkeys((officer.name, *(person.name for person in work.supervisors(issue))))
        return routing_texts.private_filed(issue.no, "、".join(names), due)
    return texts.filed(issue.no, officer.name, due)


def _holder(context: Context, issue: Issue) -> Person:
    """Who has it in hand now: the representative, else the officer."""
    if issue.representative_id:
        return context.tx.people.get(issue.representative_id)
    return work_of(context).notices.desk_of(issue, context.must_project)
