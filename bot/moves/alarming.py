"""Words that a person must hear of at once (闹, 上访, 欠薪, 跳楼): the officer is told, the answer stays calm (domain.md §6.3)."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Answer, Context
from bot.moves.work import case_work
from bot.platform import Say, SayAndCard
from bot.texts import alarms as texts
from domain.people import OFFICERS, Person, Role
from domain.project import Project
from storage.outbox import NewMessage


def before(context: Context, answer: Answer) -> Answer:
    """In front of the answer to somebody of the enterprise; officers talk of such things in their work."""
    found = context.site.alarms.in_text(context.message.text)
    officers = context.sender is not None and context.sender.roles & OFFICERS
    if not found or officers or not context.message.sender:
        return answer
    project = context.project or _own(context)
    officer = _officer(context, project)
    hour = context.now.strftime("%Y-%m-%dT%H")
    who = context.sender.id if context.sender else f"inbox:{context.inbox_id}"
    where = project.id if project else 0
    new = context.tx.runs.claim("alarm", f"{where}:{who}", f"{hour}:{found.kind}", context.now)
    told = _tell(context, project, officer) if new else ()
    return replace(_said_first(answer, texts.calm(officer, found, context.site)), tell=(*told, *answer.tell))


def _tell(context: Context, project: Project | None, officer: Person) -> tuple[NewMessage, ...]:
    work = case_work(context)
    name = context.sender.name if context.sender else "群成员"
    note = texts.to_officer(project.name if project else "未登记项目", name, context.message.text)
    subject = f"project:{project.id}" if project else f"alarm:{context.inbox_id}"
    deputy = work.tx.people.get(project.deputy_id) if project and project.deputy_id else None
    people = {one.id: one for one in (officer, deputy) if one}
    return tuple(work.tell(one, note, subject, urgent=True) for one in people.values())


def _own(context: Context) -> Project | None:
    own = context.tx.projects.of_person(context.sender.id) if context.sender else []
    return own[0] if len(own) == 1 else None


def _officer(context: Context, project: Project | None) -> Person:
    if project:
        return context.tx.people.get(project.officer_id)
    found = context.tx.people.by_userid(context.site.triage_officer)
    return found or context.tx.people.with_role(Role.SERVICE_OFFICER)[0]


def _said_first(answer: Answer, line: str) -> Answer:
    said = answer.say
    if isinstance(said, SayAndCard):
        return replace(answer, say=replace(said, say=replace(said.say, text=f"{line}\n\n{said.say.text}")))
    if isinstance(said, Say):
        return replace(answer, say=replace(said, text=f"{line}\n\n{said.text}", markdown=True))
    return replace(answer, say=Say(line, markdown=True)) if said is None else answer
