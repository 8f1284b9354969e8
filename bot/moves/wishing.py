"""走访需求 (R166): an enterprise wishes for a visit, the service officer sets a day, the recorded visit ends it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.moves.work import CaseWork
from bot.texts import visits as texts
from bot.texts.phrases import moment
from bot.understanding.days import day_in
from domain.errors import InvalidAnswer, NotFound
from domain.events import VisitWish
from domain.project import Project
from storage.outbox import NewMessage

LONGEST = 300
FURTHEST = timedelta(days=60)


def wish(work: CaseWork, project: Project, words: str) -> list[NewMessage]:
    """One open for a project at a time; its reason may follow. Raises InvalidAnswer."""
    assert work.actor is not None
    if len(words) > LONGEST:
        raise InvalidAnswer(texts.HOW_TO_WISH)
    id_ = work.tx.visit_wishes.add(VisitWish(0, project.id, words, work.actor.id, work.now))
    if id_ is None:
        known = work.tx.visit_wishes.open_of(project.id)
        assert known is not None
        if known.words or not words:
            raise InvalidAnswer(texts.wished_already(moment(known.asked_at, work.calendar.zone), known.day))
        work.tx.visit_wishes.save(known.about(words))
        id_ = known.id
    work.audit(project.id, "visit.wish", f"visit_wish:{id_}")
    text = texts.wish_told(project, work.actor_name, words)
    return [work.tell_officer(project, text, f"project:{project.id}")]


def plan(work: CaseWork, project: Project, words: str) -> tuple[date, list[NewMessage]]:
    known = work.tx.visit_wishes.open_of(project.id)
    if known is None:
        raise NotFound("visit_wish")
    day = day_in(words, work.today, work.calendar)
    if day is None or not work.today <= day <= work.today + FURTHEST:
        raise InvalidAnswer(texts.how_to_plan(project.code))
    work.tx.visit_wishes.save(known.plan(day))
    work.audit(project.id, "visit.plan", f"visit_wish:{known.id}")
    text = texts.plan_told(project, day, work.actor_name)
    return day, work.tell_enterprise(project, text, f"project:{project.id}")


def visited(work: CaseWork, project: Project, day: date) -> None:
    """Whoever was there before it was wished for was there for something else."""
    known = work.tx.visit_wishes.open_of(project.id)
    if known and day >= known.asked_at.astimezone(work.calendar.zone).date():
        work.tx.visit_wishes.save(known.visited(day))
        work.audit(project.id, "visit.done", f"visit_wish:{known.id}")
