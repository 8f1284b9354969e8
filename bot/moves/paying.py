"""Statutory fees with a day: set by the officer, told to the enterprise alone, reminded of, ended by “已缴费”."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.moves import item_names, which
from bot.moves.work import CaseWork
from bot.texts import fees as texts
from bot.understanding.days import day_in, first_hit
from domain.case import OPEN_CASES
from domain.errors import InvalidAnswer, NotFound
from domain.fees import Fee, FeeNotice
from domain.people import Person, Role
from domain.project import Project
from storage.outbox import NewMessage

FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Wanted:
    """What an officer wrote: “排水许可 10月20日前 占道费3200元”."""

    item: str
    due: date
    words: str


def read(text: str, project: Project, work: CaseWork) -> Wanted:
    """Raises InvalidAnswer."""
    hit, due = first_hit(text), day_in(text, work.today, work.calendar)
    name, _, before = (text[: hit.start()] if hit else text).strip(" :：,，").partition(" ")
    if hit is None or due is None or not name:
        raise InvalidAnswer(texts.how_to(project.code))
    if not work.today <= due <= work.today + FURTHEST:
        raise InvalidAnswer(texts.not_so_far(due, work.today))
    behind = text[hit.end() :].strip(" :：,，。;；")
    for word in ("之前", "以前", "前"):
        behind = behind.removeprefix(word)
    words = " ".join(part.strip(" :：,，。;；") for part in (before, behind) if part.strip(" :：,，。;；"))
    if len(words) > texts.MOST_WORDS:
        raise InvalidAnswer(texts.too_long())
    return Wanted(name, due, words)


def set_day(work: CaseWork, project: Project, wanted: Wanted) -> tuple[str, list[NewMessage]]:
    """A second time for the same item moves it. Its answer and whom it is told."""
    case = work.case_of(project)
    entry = item_names.called(work, wanted.item, case)
    planned = next(
        (one for one in work.tx.cases.items([case.id]).get(case.id, []) if one.item_id == entry.id), None
    )
    if planned is None:
        raise InvalidAnswer(texts.not_planned(entry.spoken))
    old = next((one for one in work.tx.fees.due_in(project.id) if one.case_item_id == planned.id), None)
    fee = _kept(work, project, planned.id, wanted, old)
    _claim_what_this_tells(work, fee)
    work.audit(project.id, "fee.move" if old else "fee.set", f"fee:{fee.id}", {"due": fee.due.isoformat()})
    work.log(project, case, texts.ledger(entry.spoken, fee.due), subject=f"fee:{fee.id}", item_id=entry.id)
    people = payers(work, project)
    told = texts.to_pay(project, entry.spoken, fee.due, fee.words, again=bool(old))
    said = texts.noted(entry.spoken, fee.due, [one.name for one in people], again=bool(old))
    return said, [work.tell(one, told, f"fee:{fee.id}") for one in people]


def _kept(work: CaseWork, project: Project, item: int, wanted: Wanted, old: Fee | None) -> Fee:
    if old is None:
        by = work.actor.id if work.actor else project.officer_id
        return work.tx.fees.add(Fee(0, project.id, item, wanted.due, wanted.words, by, work.now))
    moved = old.moved(wanted.due, wanted.words)
    work.tx.fees.save(moved)
    return moved


def _claim_what_this_tells(work: CaseWork, fee: Fee) -> None:
    """Set so late that the reminder would repeat it the next moment: this was it."""
    notice = fee.notice_on(work.today, work.site.clock.fee_days, work.calendar)
    if notice is not None:
        _claim(work, fee, notice)
    if notice is FeeNotice.TODAY:
        _claim(work, fee, FeeNotice.BEFORE)


def payers(work: CaseWork, project: Project) -> list[Person]:
    """The contact, else whoever signs for the enterprise."""
    return work.signatories(project, Role.ENTERPRISE_CONTACT) or work.signatories(
        project, Role.ENTERPRISE_SIGNATORY
    )


def due_of(work: CaseWork, project: Project) -> list[tuple[Fee, str]]:
    """With the item's everyday name, the most pressing first."""
    return [(fee, _name(work, fee)) for fee in work.tx.fees.due_in(project.id)]


def the_one(work: CaseWork, project: Project, name: str, command: str) -> Fee:
    """Of this item, or the only one; its row held. Raises InvalidAnswer."""
    found = due_of(work, project)
    if name.strip() and found:
        entry = item_names.called(work, name.strip().partition(" ")[0], work.case_of(project))
        found = [(fee, item) for fee, item in found if item == entry.spoken]
    if not found:
        raise InvalidAnswer(texts.nothing_due())
    if len(found) > 1:
        raise InvalidAnswer(texts.which([item for _, item in found], command))
    held = work.tx.fees.get(found[0][0].id, lock=True)
    if held is None:
        raise NotFound("fee")
    return held


def pay(work: CaseWork, project: Project, fee: Fee) -> tuple[str, list[NewMessage]]:
    """The other side is told."""
    item = _end(work, project, fee, "fee.paid", lambda: fee.paid(work.now), texts.ledger_paid)
    own = {one.id for one in payers(work, project)}
    by_the_enterprise = work.actor is not None and work.actor.id not in {
        project.officer_id,
        project.deputy_id,
    }
    told = texts.paid_told(project, item, "项目单位" if by_the_enterprise else "服务专员")
    others = [work.tx.people.get(project.officer_id)] if by_the_enterprise else work.tx.people.many(own)
    return texts.paid(item), [work.tell(one, told, f"fee:{fee.id}") for one in others]


def drop(work: CaseWork, project: Project, fee: Fee) -> tuple[str, list[NewMessage]]:
    item = _end(work, project, fee, "fee.drop", lambda: fee.dropped(work.now), texts.ledger_dropped)
    told = texts.dropped_told(project, item)
    return texts.dropped(item), [work.tell(one, told, f"fee:{fee.id}") for one in payers(work, project)]


def _end(
    work: CaseWork, project: Project, fee: Fee, action: str, ended: Callable[[], Fee], entry: Callable[[str], str]
) -> str:  # fmt: skip
    running = which.by_id(work, fee.case_item_id)
    work.tx.fees.save(ended())
    work.audit(project.id, action, f"fee:{fee.id}")
    item = running.entry.spoken
    work.log(project, running.case, entry(item), subject=f"fee:{fee.id}", item_id=running.entry.id)
    return item


def _name(work: CaseWork, fee: Fee) -> str:
    return which.by_id(work, fee.case_item_id, lock=False).entry.spoken


# ---------------------------------------------------------------- the clock's side


def remind(work: CaseWork, fee: Fee) -> list[NewMessage]:
    """Before the day, on it and after it, once each, while the case is open."""
    notice = fee.notice_on(work.today, work.site.clock.fee_days, work.calendar)
    running = which.by_id(work, fee.case_item_id)
    if notice is None or running.case.status not in OPEN_CASES or not _claim(work, fee, notice):
        return []
    project, item, subject = running.project, running.entry.spoken, f"fee:{fee.id}"
    people = payers(work, project)
    if notice is not FeeNotice.LATE:
        text = texts.soon(project, item, fee.due, fee.words, today=fee.due == work.today)
        return [work.tell(one, text, subject) for one in people]
    officer = work.tx.people.get(project.officer_id)
    rows = [work.tell(one, texts.late(project, item, fee.due, officer.name), subject) for one in people]
    return [*rows, work.tell(officer, texts.late_to_officer(project, item, fee.due), subject)]


def _claim(work: CaseWork, fee: Fee, notice: FeeNotice) -> bool:
    """By its day: one that was moved is reminded of anew."""
    return work.tx.runs.claim("fee", f"fee:{fee.id}", f"{fee.due} {notice}", work.now)
