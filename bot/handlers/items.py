"""“施工许可 9月14日受理”: progress told by those who make it; a green channel granted by the service officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.context import Answer, Context, Handler, words
from bot.moves import items, naming, submission, which
from bot.moves.which import Running
from bot.moves.work import CaseWork, case_work
from bot.texts import items as texts
from bot.texts.materials import TOLD_BEFORE
from bot.understanding.acts import Act, Intent
from domain.case import OPEN_CASES
from domain.errors import InvalidAnswer, NotFound
from domain.items import ItemState
from domain.ledger import LogStatus
from domain.people import Action
from storage.dialogs import Recent
from storage.outbox import NewMessage


def update(context: Context, act: Act) -> Answer:
    if act.focus in {"green", "not_green"}:
        return _green(context, granted=act.focus == "green")
    if "state" not in act.slots:
        raise InvalidAnswer(texts.HOW_TO_UPDATE)
    work = case_work(context)
    state = ItemState(act.slots["state"])
    running = which.item(context, work, act, Action.UPDATE_ITEM)
    day = _day(act, context.today)
    again = state is ItemState.CORRECTION and bool(items.notices_of_run(work, running))
    moved, told = record(context, work, running, state, day, act)
    minutes = context.site.progress.undo_minutes
    text = texts.recorded(moved.view(work), moved.project, day, minutes)
    text += f"\n{TOLD_BEFORE}" if again else ""
    return words(text, recent=moved.recent).and_tell(*told)


def record(
    context: Context, work: CaseWork, running: Running, state: ItemState, day: date, act: Act
) -> tuple[Running, list[NewMessage]]:
    if state is not ItemState.SUBMITTED:
        due = date.fromisoformat(act.slots["due"]) if "due" in act.slots else None
        return items.record(work, running, state, day, act.rest, due)
    if not context.standing.may(Action.MANAGE_CASE):
        raise InvalidAnswer(texts.ONLY_OFFICER.format(item=running.entry.spoken))
    return submission.submit(work, running, day)


def _day(act: Act, today: date) -> date:
    written = act.slots.get("day")
    if written == "?":
        raise InvalidAnswer(texts.BAD_DAY)
    return date.fromisoformat(written) if written else today


def _green(context: Context, *, granted: bool) -> Answer:
    """Goes first in every list; drops no step (R102)."""
    if context.project is None:
        raise NotFound("project")
    context.must_be_allowed(Action.MANAGE_CASE)
    work, project = case_work(context), context.must_project
    case = work.case_of(project, *OPEN_CASES)
    officer = context.must_sender.name if granted else ""
    if bool(case.green_channel) == granted:
        return words(texts.green_already(project, case.green_channel), recent=Recent(project.id))
    work.save(replace(case, green_channel=officer), "case.green_channel", {"granted": granted})
    summary = f"{'开通' if granted else '取消'}绿色通道"
    work.log(project, case, summary, subject=f"case:{case.id}")
    return words(texts.green(project, officer), recent=Recent(project.id))


def fine(context: Context, arguments: dict[str, str]) -> Answer:
    """“正常”: the answer to the weekly question; kept, so that nobody is asked again this week."""
    project = naming.project_meant(context, arguments.get("code") or "")
    context.must_be_allowed(Action.HAND_IN)
    work = case_work(context)
    case = work.case_of(project)
    if not work.tx.runs.claim("fine", str(project.id), work.today.isoformat(), work.now):
        return words(texts.fine(project), recent=Recent(project.id))  # said today already
    work.log(project, case, "项目单位反馈：推进正常", subject=f"case:{case.id}", status=LogStatus.ANSWERED)
    work.audit(project.id, "case.fine", f"case:{case.id}")
    return words(texts.fine(project), recent=Recent(project.id))


HANDLER = Handler(frozenset({Intent.UPDATE_ITEM}), update)
