"""Filing a problem: new, into one that is open already, or – when it is about a person – out of the group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.context import Answer, Context, Job
from bot.dialogs.officer_words import work_of
from bot.notices import subject_of
from bot.platform import Say
from bot.texts import issues as texts
from bot.texts import routing as routing_texts
from bot.texts.phrases import moment
from domain.errors import InvalidAnswer
from domain.issue_turns import Turn, TurnKind
from domain.issues import Category, Issue
from domain.likeness import likeness
from domain.people import OFFICERS, Person
from storage.dialogs import Recent

Filed = tuple[Issue, Answer]
_OFFICER = re.compile(r"服务专员|首席专员|代办员|帮办员")


def about_a_person(context: Context, answers: Mapping[str, Any]) -> bool:
    words = context.site.routing.person_words
    return answers["category"] == Category.ATTITUDE or any(word in answers["description"] for word in words)


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
    """The open problem of this project that is most likely the same: same item, and words alike enough."""
    least = context.site.routing.alike_percent / 100
    scored = [
        (likeness(issue.description, answers["description"]), -issue.no, issue)
        for issue in context.tx.issues.of_project(context.must_project.id)
        if issue.item_id == answers["item"] and not issue.told(context.now)
    ]
    best = max(scored, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= least else None


def merge_into(context: Context, answers: Mapping[str, Any]) -> Filed:
    work, sender = work_of(context), context.must_sender
    issue, project = work.locked(answers["alike"])
    if project.id != context.must_project.id or not issue.is_open or issue.told(context.now):
        raise InvalidAnswer(f"问题{issue.no}已有答复，不能并入。请回复 2 单独提交。")
    turn = Turn(context.now, TurnKind.MERGED, sender.id, words=answers["description"])
    context.tx.turns.add(issue.no, turn)
    context.tx.audit.add(project.id, context.now, sender.userid, "issue.merge", subject_of(issue))
    holder = _holder(context, issue)
    when = moment(context.now, context.calendar.zone)
    text = routing_texts.told_again(issue, sender.name, when, answers["description"])
    row = work.notices.say_to(holder, text, subject_of(issue), once=f"merge:{issue.no}:{context.inbox_id}")
    said = routing_texts.merged(issue, holder.name)
    recent = Recent(project.id, issue.item_id, issue.no)
    return issue, Answer(Say(said, markdown=True), (row,), recent=recent)


def file(context: Context, answers: Mapping[str, Any]) -> Filed:
    project, sender = context.must_project, context.must_sender
    cases = context.tx.cases.open_of_project(project.id)
    private = bool(answers.get("private"))
    about = _complained_of(context, answers["description"]) if private else None
    issue = Issue(
        no=context.tx.sites.next_number("issue"),
        project_id=project.id,
        case_id=cases[0].id if cases else None,
        category=Category(answers["category"]),
        description=answers["description"],
        raised_by=sender.id,
        raised_at=context.now,
        item_id=answers["item"],
        department=answers.get("department"),
        private=private,
        about_person=about.id if about else None,
    )
    work_of(context).promise(issue, project)
    context.tx.issues.add(issue)
    context.tx.turns.add(
        issue.no, Turn(context.now, TurnKind.FILED, sender.id, to_department=issue.department)
    )
    context.tx.audit.add(project.id, context.now, sender.userid, "issue.file", subject_of(issue))
    return issue, Answer(
        Say(_said(context, issue), markdown=True),
        jobs=(Job("route_issue", (issue.no,)),),
        recent=Recent(project.id, issue.item_id, issue.no),
    )


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


def _complained_of(context: Context, description: str) -> Person | None:
    """By full name, or “the service officer”; a surname alone names nobody for certain."""
    people = [one for role in OFFICERS for one in context.tx.people.with_role(role)]
    named = next((one for one in people if one.name in description), None)
    if named is None and _OFFICER.search(description):
        return context.tx.people.get(context.must_project.officer_id)
    return named
