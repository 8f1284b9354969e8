"""Questions of rule and practice: answered from a note with its source, or handed to the service officer (R071)."""

from __future__ import annotations

from hashlib import sha256

from bot.context import Answer, Context, words
from bot.moves.work import case_work
from bot.texts import knowledge as texts
from bot.understanding.acts import Act
from bot.understanding.dictionary import normalise
from domain.knowledge import Hit
from domain.people import Person
from domain.service_limits import IssueKind
from storage.dialogs import Recent

_SUBSIDY = ("优惠", "补贴", "奖励", "减免", "扶持")


def look_up(context: Context, act: Act, item: str | None = None) -> Hit | None:
    aspect = str(act.slots.get("aspect", ""))
    return context.site.library.find(question_of(context, act), context.today, item=item, aspect=aspect)


def question_of(context: Context, act: Act) -> str:
    """One request of several has its own words."""
    return act.rest or normalise(context.message.text)


def told(context: Context, hit: Hit, item: str | None = None) -> Answer:
    text = texts.answer(
        hit, context.site, officer_of(context).name, context.today, in_group=context.message.in_group
    )
    return words(text, recent=Recent(context.must_project.id, item))


def hand_over(context: Context, act: Act) -> Answer:
    """No source, no answer: the officer is told once of the same question."""
    project, work, officer = context.must_project, case_work(context), officer_of(context)
    days = context.site.deadlines.issues[IssueKind.CONSULT].respond.value
    until = context.calendar.add_working_days(context.today, days)
    question = question_of(context, act)
    who = context.sender.name if context.sender else "群成员"
    once = f"no_source:{project.id}:{sha256(question.encode()).hexdigest()[:16]}"
    note = texts.to_officer(project.short_name, who, question, until)
    row = work.tell(officer, note, f"project:{project.id}", once=once)
    said = texts.no_source(officer.name, until, subsidy=any(one in question for one in _SUBSIDY))
    return words(said, recent=Recent(project.id)).and_tell(row)


def officer_of(context: Context) -> Person:
    return context.tx.people.get(context.must_project.officer_id)
