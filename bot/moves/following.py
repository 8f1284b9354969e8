"""Following up what goes quiet: quiet projects and items asked about (R090, R091)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.case_view import CaseView, cases_of
from bot.moves import which
from bot.moves.work import CaseWork
from bot.texts import following as texts
from domain.case import CaseStatus
from domain.items import ItemView
from domain.ledger import BY_ITSELF
from domain.people import Person, Role
from domain.project import Project
from storage.outbox import NewMessage

ASKED = "check_in"


def check_in(work: CaseWork, project: Project) -> list[NewMessage]:
    found = cases_of(work.tx, [project.id], work.site, work.calendar, work.today).get(project.id, [])
    running = [one for one in found if one.running]
    if not running:
        return _orphan(work, project, found)
    return [*_ask_enterprise(work, project, running[0]), *_ask_representatives(work, project, running)]


def _orphan(work: CaseWork, project: Project, found: list[CaseView]) -> list[NewMessage]:
    """An open case in which nothing runs and nothing was heard: the officer is told once a week (R003)."""
    if not found or found[0].case.status is not CaseStatus.ACTIVE:
        return []
    heard = _last_heard(work, project, found[0])
    if not _quiet(work, heard, work.site.progress.quiet_days) or not _claim(work, f"orphan:{project.id}"):
        return []
    return [work.tell_officer(project, texts.orphan(project, heard), f"project:{project.id}")]


# ---------------------------------------------------------------- the enterprise


def _ask_enterprise(work: CaseWork, project: Project, view: CaseView) -> list[NewMessage]:
    """Quiet: nothing in the ledger by people, and nothing said by the enterprise."""
    rules = work.site.progress
    contacts = work.signatories(project, Role.ENTERPRISE_CONTACT)
    heard = _last_heard(work, project, view)
    asked = _last_asked(work, f"project:{project.id}")
    if asked is not None and heard <= asked:
        return _unanswered(work, project, f"project:{project.id}", asked, "、".join(p.name for p in contacts))
    if not _quiet(work, heard, rules.quiet_days) or not _claim(work, f"project:{project.id}"):
        return []
    officer = work.tx.people.get(project.officer_id)
    text = texts.how_is_it_going(project, officer.name)
    return [work.tell(p, text, f"project:{project.id}") for p in contacts]


def _last_heard(work: CaseWork, project: Project, view: CaseView) -> date:
    """The newest of: an entry somebody made, a problem fed back, an event of an item, the acceptance."""
    zone = work.calendar.zone
    days = [
        e.at.astimezone(zone).date()
        for e in work.tx.ledger.of_project(project.id)
        if e.recorded_by != BY_ITSELF
    ]
    days += [
        i.raised_at.astimezone(zone).date() for i in work.tx.issues.of_project(project.id, open_only=False)
    ]
    days += [v.item.known_since for v in view.items if v.item.known_since]
    return max(days, default=view.case.accepted_on or work.today)


# ---------------------------------------------------------------- representatives


def _ask_representatives(work: CaseWork, project: Project, views: list[CaseView]) -> list[NewMessage]:
    rows: list[NewMessage] = []
    quiet: dict[int, tuple[Person, list[ItemView]]] = {}
    for view in (v for one in views for v in one.running if not v.item.paused):
        representative = which.lead_representative(work, view.entry)
        if representative is None:
            continue
        subject = f"item:{view.item.id}"
        heard, asked = view.item.known_since or work.today, _last_asked(work, subject)
        if asked is not None and heard <= asked:
            rows += _unanswered(
                work, project, subject, asked, f"{representative.name}（{view.entry.spoken}）"
            )
        elif _quiet(work, heard, work.site.progress.item_quiet_days) and _claim(work, subject):
            quiet.setdefault(representative.id, (representative, []))[1].append(view)
    rows += [
        work.tell(person, texts.how_does_it_stand(project, items), f"project:{project.id}")
        for person, items in quiet.values()
    ]
    return rows


# ---------------------------------------------------------------- the rules of both


def _quiet(work: CaseWork, heard: date, days: int) -> bool:
    return work.calendar.working_days_between(heard, work.today) >= days


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _claim(work: CaseWork, subject: str) -> bool:
    """Once a week at most."""
    return work.tx.runs.claim(ASKED, subject, _week(work.today), work.now)


def _last_asked(work: CaseWork, subject: str) -> date | None:
    """This week's or last week's question."""
    found = [work.tx.runs.at(ASKED, subject, _week(work.today - timedelta(days=n))) for n in (0, 7)]
    newest = max((one for one in found if one), default=None)
    return newest.astimezone(work.calendar.zone).date() if newest else None


def _unanswered(
    work: CaseWork, project: Project, subject: str, asked: date, who: str
) -> list[NewMessage]:  # fmt: skip
    if not _quiet(work, asked, work.site.progress.answer_days):
        return []
    if not work.tx.runs.claim("check_in_unanswered", subject, asked.isoformat(), work.now):
        return []
    return [work.tell_officer(project, texts.no_answer(project, who, asked), f"project:{project.id}")]
