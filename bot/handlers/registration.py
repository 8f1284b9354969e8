"""One-time codes: given out by the service officer, redeemed by whoever they were meant for, and by nobody twice."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.masking import with_mobiles
from bot.moves import naming, signing
from bot.moves.work import CaseWork, case_work
from bot.texts import entrustment
from bot.texts import registration as texts
from domain.errors import InvalidAnswer, NotAllowed
from domain.identifiers import is_phone
from domain.people import ENTERPRISE, OFFICERS, Action, Person, Role
from domain.project import Project
from storage.invitations import Invitation
from storage.outbox import NewMessage

_ROLES = {"经办人": Role.ENTERPRISE_CONTACT, "代表人": Role.ENTERPRISE_SIGNATORY}
_TRIES, _WITHIN = "wrong_code", timedelta(hours=1)
_DIGITS = 8
_BEFORE = timedelta(days=1)  # a message may be answered later than it came
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,20}")


def invite(context: Context, arguments: dict[str, str]) -> Answer:
    """A code in a group could be redeemed by anybody who reads it."""
    sender = context.must_sender
    if context.message.in_group:
        raise InvalidAnswer("登记码请在单聊里发放，发在群里人人可见。")
    new, title = bool(arguments["new"]), arguments["role"]
    if new:
        if Role.SERVICE_OFFICER not in sender.roles:
            raise NotAllowed(Action.INVITE, context.whom_to_ask)
        return _issue(context, None, Role.ENTERPRISE_CONTACT)
    if not arguments["code"] or not title:
        if Role.SERVICE_OFFICER not in sender.roles:
            raise NotAllowed(Action.INVITE, context.whom_to_ask)
        raise InvalidAnswer(texts.WHICH)
    return _issue(context, naming.project_called(context, arguments["code"], Action.INVITE), _ROLES[title])


def _issue(context: Context, project: Project | None, role: Role) -> Answer:
    code = _fresh_code(context)
    until = context.now + timedelta(days=context.site.intake.code_days)
    number = context.tx.invitations.issue(
        code, project_id=project.id if project else None, role=role, issued_by=context.must_sender.id,
        at=context.now, until=until,
    )  # fmt: skip
    work = case_work(context)
    work.audit(project.id if project else 0, "code.issue", f"invitation:{number}", {"role": role})
    day = until.astimezone(context.calendar.zone).date()
    return words(texts.issued(code, project, context.site.titles.of(role), day))


def _fresh_code(context: Context) -> str:
    while True:
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        if context.tx.invitations.is_free(code):
            return code


@dataclass(frozen=True)
class _Who:
    name: str = field(repr=False)
    phone: str = field(repr=False)


def redeem(context: Context, arguments: dict[str, str]) -> Answer:
    if context.message.in_group:
        raise InvalidAnswer(texts.NOT_HERE)
    who = _who(context)
    _must_be_somebody(context, who)
    userid, since = context.message.sender, context.now - _WITHIN
    if context.tx.runs.count(_TRIES, userid, since) >= context.site.intake.wrong_most:
        return words(texts.BLOCKED)
    invitation = context.tx.invitations.valid(arguments["no"], context.now)
    if invitation is None:
        # The try itself is kept: it is what the block is counted from.
        context.tx.runs.claim(_TRIES, userid, str(context.inbox_id), context.now)
        return words(texts.WRONG)
    return _redeemed(context, arguments["no"], invitation, who)


def _must_be_somebody(context: Context, who: _Who) -> None:
    """Asked before the code is looked at: the answer says nothing about it."""
    known = context.sender
    if known is None and context.tx.people.by_userid(context.message.sender):
        raise NotAllowed("registered", context.whom_to_ask)  # taken off the list by the office
    if known is None and not who.name:
        raise InvalidAnswer(texts.NAME)
    if known is not None and known.roles & OFFICERS:
        raise InvalidAnswer(texts.STAFF)


def _who(context: Context) -> _Who:
    rest = re.sub(r"^\s*登记[\s:：]*\d+", "", context.message.text)
    parts = re.split(r"[\s,，、;；]+", with_mobiles(rest, context.message.phones).strip())
    name = next((one for one in parts if _NAME.fullmatch(one)), "")
    return _Who(name, next((one for one in parts if is_phone(one)), ""))


def _redeemed(context: Context, code: str, invitation: Invitation, who: _Who) -> Answer:
    tx, role = context.tx, invitation.role
    person = context.sender or tx.people.get(tx.people.save(context.message.sender, who.name, who.phone))
    tx.invitations.redeem(invitation.id, person.id, context.now)
    tx.invitations.forget(code, invitation.issued_at - _BEFORE)
    work = _acting(context, person)
    project = tx.projects.get(invitation.project_id) if invitation.project_id else None
    title = context.site.titles.of(role)
    subject = f"project:{project.id}" if project else f"invitation:{invitation.id}"
    told = [
        work.tell(
            tx.people.get(invitation.issued_by), texts.told_officer(person.name, project, title), subject
        )
    ]
    if project:
        told += _told_others(work, project, person, title)
        tx.people.tie(project.id, person.id, role)
        told += _to_sign(work, project, person, role)
    work.audit(project.id if project else 0, "code.redeem", f"invitation:{invitation.id}", {"role": role})
    said = texts.registered(person.name, project, role, context.site)
    return words(said).and_tell(*told)


def _acting(context: Context, person: Person) -> CaseWork:
    work = case_work(context)
    return CaseWork(work.tx, work.site, work.calendar, work.now, person, work.inbox_id, work.channel)


def _told_others(work: CaseWork, project: Project, person: Person, title: str) -> list[NewMessage]:
    """Contact and signatory hear of somebody new beside them (R048)."""
    others = {p.id: p for p, role in work.tx.people.of_project(project.id) if role in ENTERPRISE}
    text = entrustment.new_contact(project, person.name, title)
    return [work.tell(one, text, f"project:{project.id}") for one in others.values() if one.id != person.id]


def _to_sign(work: CaseWork, project: Project, person: Person, role: Role) -> list[NewMessage]:
    """What waited for a signatory nobody was yet."""
    waiting = [form for form in work.tx.forms.to_sign({project.id}) if role in form.missing]
    return [row for form in waiting for row in signing.ask_again(work, form, project, person)]
