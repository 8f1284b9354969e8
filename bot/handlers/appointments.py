"""Appointments: asked for in half a sentence, agreed to or moved by the officer; and where people are served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cards import appointment_cards
from bot.context import Answer, CardAction, Context, Handler, words
from bot.moves import applying, carding, naming
from bot.moves.work import CaseWork, case_work
from bot.platform import CardClick
from bot.texts import appointments as texts
from bot.texts import registration
from bot.texts.phrases import day
from bot.understanding.acts import Act, Intent
from domain.appointments import (
    KIND_NAMES,
    Appointment,
    MeetingKind,
    kind_of,
    moment_of,
    outside_hours,
)
from domain.case import ContactChannel, ServiceType
from domain.errors import InvalidAnswer, NotFound
from domain.people import Action, Person
from domain.service_limits import IssueKind
from storage.dialogs import Recent
from storage.outbox import NewMessage

LONGEST = 200
_LOGGED = {MeetingKind.VIDEO: ContactChannel.VIDEO, MeetingKind.VISIT: ContactChannel.VISIT}


def ask(context: Context, act: Act) -> Answer:  # noqa: ARG001
    sender = context.must_sender
    if context.project is not None:
        context.must_be_allowed(Action.ASK)
    one = _wished(context, sender)
    one = replace(one, id=context.tx.appointments.add(one))
    work = case_work(context)
    work.audit(one.project_id or 0, "meeting.ask", f"meeting:{one.id}", {"kind": one.kind})
    officer = work.tx.people.get(one.officer_id)
    until = context.calendar.add_working_days(context.today, _days(context))
    said = texts.asked(one, officer.name, day(until), context.calendar.zone)
    return words(said, recent=Recent(one.project_id)).and_tell(_to_officer(work, one, sender, officer))


def _days(context: Context) -> int:
    """As for a question (deadlines.yaml)."""
    return context.site.deadlines.issues[IssueKind.CONSULT].respond.value


def _wished(context: Context, sender: Person) -> Appointment:
    text = context.message.text.strip()[:LONGEST]
    at = moment_of(text, context.today, context.calendar.zone)
    if at is not None and at <= context.now:
        raise InvalidAnswer("预约的时间已经过去，请换一个时间，例如：预约 明天上午10点 视频。")
    kind = kind_of(text)
    if at is not None and outside_hours(at, context.calendar):
        kind = MeetingKind.OUT_OF_HOURS
    project = context.project
    work = case_work(context)
    officer_id = project.officer_id if project else applying.first_officer(work, sender).id
    project_id = project.id if project else None
    return Appointment(0, project_id, kind, text, at, sender.id, context.now, officer_id)


def _to_officer(work: CaseWork, one: Appointment, who: Person, officer: Person) -> NewMessage:
    project = work.tx.projects.get(one.project_id) if one.project_id else None
    about = project.name if project else "新项目"
    card = appointment_cards.to_answer(one, who.name, about, texts.when(one, work.calendar.zone))
    return carding.send(work, officer, card, f"meeting:{one.id}")


# ---------------------------------------------------------------- the officer's answer


def agree(context: Context, arguments: dict[str, str]) -> Answer:
    one = _held(context, int(arguments["no"]))
    return _answered(context, one.agree())


def move(context: Context, arguments: dict[str, str]) -> Answer:
    one = _held(context, int(arguments["no"]))
    said = arguments.get("rest", "").strip()
    at = moment_of(said, context.today, context.calendar.zone)
    if at is None or at <= context.now:
        raise InvalidAnswer(f"请写明今天以后的时间，例如：改约 {one.id} 周四上午10点。")
    return _answered(context, one.move(at, said[:LONGEST]), moved=True)


def _held(context: Context, number: int) -> Appointment:
    """Only whose desk it is on: for everybody else there is none of this number."""
    sender = context.must_sender
    one = context.tx.appointments.get(number, lock=True)
    project = context.tx.projects.get(one.project_id) if one and one.project_id else None
    own = one is not None and sender.id == one.officer_id
    stands_in = project is not None and context.standing_towards(project).may(Action.MANAGE_CASE)
    elsewhere = context.message.in_group and (project is None or project != context.project)
    if one is None or elsewhere or not (own or stands_in):
        raise NotFound("meeting")
    return one


def _answered(context: Context, one: Appointment, *, moved: bool = False, but: str | None = None) -> Answer:
    work = case_work(context)
    work.tx.appointments.save(one)
    work.audit(one.project_id or 0, "meeting.move" if moved else "meeting.agree", f"meeting:{one.id}")
    zone, sender, subject = context.calendar.zone, context.must_sender, f"meeting:{one.id}"
    said = texts.agreed(one, sender.name, zone, moved=moved)
    told = [work.tell(work.tx.people.get(one.asked_by), said, subject)]
    told += carding.settle(
        work, subject, f"预约{one.id}", KIND_NAMES[one.kind], texts.when(one, zone), but=but
    )
    project = work.tx.projects.get(one.project_id) if one.project_id else None
    if project:
        channel = _LOGGED.get(one.kind, ContactChannel.WINDOW)
        work.log(
            project, None, f"预约{KIND_NAMES[one.kind]}", f"约定{texts.when(one, zone)}", subject=subject,
            channel=channel, service_type=ServiceType.CONSULT,
        )  # fmt: skip
    return words(texts.answered(one, zone)).and_tell(*told)


def click_agree(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    carding.note_click(context, click)
    one = _held(context, naming.number_of(arguments, 0)).agree()
    answer = _answered(context, one, but=click.task_id)
    final = carding.settled(f"预约{one.id}", KIND_NAMES[one.kind], click.task_id, "已同意")
    return replace(answer, say=final)


def click_move(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    carding.note_click(context, click)
    one = _held(context, naming.number_of(arguments, 0))
    row = case_work(context).tell(context.must_sender, texts.ask_time(one), f"meeting:{one.id}", urgent=True)
    return Answer(None, (row,))


def channels(context: Context, arguments: dict[str, str]) -> Answer:  # noqa: ARG001
    """For everybody, also who is not registered (R069)."""
    return words(registration.channels(context.site))


HANDLER = Handler(frozenset({Intent.MEETING}), ask)
CARDS = (CardAction("meet.agree", click_agree), CardAction("meet.move", click_move))
