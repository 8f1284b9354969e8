"""An item moves: recorded with its day and officer, logged, put down for the group's next half-day post; taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.moves import demands, planning, which
from bot.moves.which import Running
from bot.moves.work import CaseWork
from bot.texts import items as texts
from bot.texts.phrases import STATES
from domain.case import OPEN_CASES
from domain.catalogue import CatalogueItem
from domain.errors import InvalidAnswer
from domain.items import ItemEvent, ItemState
from domain.ledger import LogStatus, Milestone
from domain.materials import OneTimeNotice
from domain.people import Role
from storage.defects import LATE
from storage.outbox import NewMessage

MILESTONES: dict[ItemState, Milestone] = {
    ItemState.SUBMITTED: Milestone.SUBMITTED,
    ItemState.ACCEPTED: Milestone.ACCEPTED,
    ItemState.CORRECTION: Milestone.CORRECTION,
    ItemState.SPECIAL: Milestone.REVIEW,
    ItemState.COMPLETED: Milestone.COMPLETED,
}
# The enterprise learns of these at once, not with the next post.
URGENT = frozenset({ItemState.CORRECTION, ItemState.NOT_ACCEPTED, ItemState.REJECTED})
NEEDS_WORDS = URGENT | {ItemState.SPECIAL}
_DECIDES = ("许可", "审批", "登记", "核准", "证明")


def must_be_complete(entry: CatalogueItem, state: ItemState, words: str) -> None:
    """A correction, a refusal, a special procedure and a result need their words. Raises InvalidAnswer."""
    needed = state in NEEDS_WORDS or (state is ItemState.COMPLETED and needs_number(entry))
    if needed and not words.strip():
        raise InvalidAnswer(texts.NEEDS_WORDS[state].format(item=entry.spoken))


def needs_number(entry: CatalogueItem) -> bool:
    """Decisions have a number; filings, what is done at the counter at once, and connections may have none."""
    at_once = any(limit and limit.value == 0 for limit in (entry.promised, entry.statutory))
    return not at_once and any(word in entry.kind for word in _DECIDES)


def must_be_open(work: CaseWork, running: Running, state: ItemState) -> None:
    """We hand nothing in before the entrustment, the confirmed plan, or while suspended; what the department does goes
    on while our service is suspended (domain.md §5.3)."""
    if state is not ItemState.SUBMITTED and running.case.status in OPEN_CASES:
        return
    running.case.must_be_handled()
    planning.must_be_confirmed(work, running.case)


def record(
    work: CaseWork, running: Running, state: ItemState, day: date, words: str, due: date | None = None
) -> tuple[Running, list[NewMessage]]:
    """Everything is checked before anything is changed. `words`: reason, or the result's number."""
    person = work.actor
    must_be_complete(running.entry, state, words)
    must_be_open(work, running, state)
    result_no = _number(words) if state is ItemState.COMPLETED else ""
    event = ItemEvent(state, day, work.actor_name, "" if result_no else words)
    moved = running.item.record(event, work.today)
    if result_no:
        moved = replace(moved, result_no=result_no)
    work.tx.cases.save_item(moved, running.item)
    work.audit(running.project.id, "item.record", running.subject, {"state": state, "day": day.isoformat()})
    now = replace(running, item=moved)
    _write_down(work, now, state, words)
    work.tx.news.add(running.project.id, moved.id, state, day, person.id if person else 0, work.now)
    told = _tell_at_once(work, now) if state in URGENT else []
    if state is ItemState.CORRECTION:
        told += give_notice(work, now, (("", words),), due)
    return now, told


def _number(words: str) -> str:
    for lead in ("文号", "证号", "编号", "批文号", "证书编号"):
        words = words.removeprefix(lead)
    return words.strip(" :：,，。")[:64]


def _write_down(work: CaseWork, running: Running, state: ItemState, words: str) -> None:
    milestone = MILESTONES.get(state, Milestone.NONE)
    done = LogStatus.DONE if state is ItemState.COMPLETED else LogStatus.OPEN
    work.log(
        running.project, running.case, f"{running.entry.spoken}{STATES[state]}", words,
        subject=running.subject, item_id=running.entry.id, milestone=milestone, status=done,
    )  # fmt: skip


def _tell_at_once(work: CaseWork, running: Running) -> list[NewMessage]:
    view, project = running.view(work), running.project
    officer = work.tx.people.get(project.officer_id)
    department = work.site.departments[running.entry.lead].short
    text = texts.urgent(view, project, department, officer.name)
    contacts = work.signatories(project, Role.ENTERPRISE_CONTACT)
    told = [work.tell(person, text, running.subject, urgent=True) for person in contacts]
    if work.actor is None or work.actor.id != officer.id:
        told.append(work.tell(officer, texts.to_officer(view, project, work.actor_name), running.subject))
    return told


# ---------------------------------------------------------------- 一次性告知


def give_notice(
    work: CaseWork, running: Running, opinions: tuple[tuple[str, str], ...], due: date | None
) -> list[NewMessage]:
    """Once for a run of the item; whatever comes later is kept as a defect and told to officer and supervisor (R083)."""
    extra = bool(notices_of_run(work, running))
    notice = OneTimeNotice(
        0, running.item.id, work.now, work.actor.id if work.actor else 0, opinions, due, extra
    )
    work.tx.materials.add_notice(notice)
    if not extra:
        return []
    what = "；".join(f"{name}{'：' if name else ''}{opinion}" for name, opinion in opinions)
    return demands.note(work, running, LATE, what)


def notices_of_run(work: CaseWork, running: Running) -> list[OneTimeNotice]:
    """Since the item was last handed in."""
    events = running.item.current
    first = events[0].day if events else work.today
    found = work.tx.materials.notices([running.item.id]).get(running.item.id, [])
    zone = work.calendar.zone
    return [one for one in found if one.told_at.astimezone(zone).date() >= first]


# ---------------------------------------------------------------- 撤销


def take_back(work: CaseWork) -> tuple[Running, ItemState, bool, list[NewMessage]]:
    """The last thing this person recorded, within the minutes the site gives. Returns the item as it is again, what was
    undone, and whether the group had been told."""
    minutes = work.site.progress.undo_minutes
    person = work.actor
    last = work.tx.news.last_of(person.id, work.now - timedelta(minutes=minutes)) if person else None
    if last is None:
        raise InvalidAnswer(texts.NOTHING_TO_UNDO.format(minutes=minutes))
    running = which.by_id(work, last.case_item_id)
    back = running.item.take_back(last.state)
    made = [n for n in notices_of_run(work, running) if n.told_at == last.at]
    if any(name for notice in made for name, _ in notice.opinions):
        raise InvalidAnswer(texts.BY_HALVES)
    work.tx.cases.save_item(back, running.item)
    work.tx.materials.drop_notices(running.item.id, last.at)
    work.tx.defects.drop(running.item.id, last.at)
    work.tx.news.drop(last.id)
    work.audit(running.project.id, "item.take_back", running.subject, {"state": last.state})
    work.log(
        running.project, running.case, f"更正：{running.entry.spoken}{STATES[last.state]}登记有误，已撤销",
        subject=running.subject, item_id=running.entry.id,
    )  # fmt: skip
    now = replace(running, item=back)
    return now, last.state, last.told_at is not None, _correct(work, now, last.state, told=bool(last.told_at))


def _correct(work: CaseWork, running: Running, state: ItemState, *, told: bool) -> list[NewMessage]:
    rows = []
    if told:
        text = texts.correction_post(running.entry, state, running.item.state, work.actor_name)
        rows.append(work.tell_group(running.project, text, running.subject))
    if state in URGENT:
        text = texts.taken_back(running.project, running.entry, state, work.actor_name)
        contacts = work.signatories(running.project, Role.ENTERPRISE_CONTACT)
        rows += [work.tell(person, text, running.subject, urgent=True) for person in contacts]
    return rows
