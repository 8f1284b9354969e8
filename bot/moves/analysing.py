"""The analysis of problems (R165) as words and as a table; by itself once a month."""

from __future__ import annotations

from datetime import timedelta

from bot.documents import analysis_sheet
from bot.documents.service_figures import Reach
from bot.moves.work import CaseWork
from bot.platform import Paper
from bot.records import to_record
from bot.texts import analysis as texts
from domain.people import Person, Role
from domain.periods import Period, months_from
from storage.outbox import NewMessage

KIND = "problem_analysis"
CAUGHT_UP = 5  # working days of the month in which it is still made


def words_and_table(
    work: CaseWork, person: Person, period: Period, whose: str, own: frozenset[int] | None
) -> tuple[str, list[NewMessage]]:
    """`whose`: as in the key of a paper, "all" or a person's id; `own`: the projects that are counted, None for all."""
    found, issues = analysis_sheet.found(Reach(work.tx, work.site, work.calendar, period, work.now, own))
    paper = to_record(Paper(KIND, f"{period.first}:{period.last}:{whose}"))
    row = NewMessage("person", person.userid, paper, f"paper:{KIND}", work.now, inbox_id=work.inbox_id)
    return texts.shown(found, work.site), [row] if issues else []


def monthly(work: CaseWork) -> list[NewMessage]:
    first = work.today.replace(day=1)
    period = months_from((first - timedelta(days=1)).replace(day=1), 1)
    if work.calendar.working_days_between(period.last, work.today) > CAUGHT_UP:
        return []
    if not work.tx.runs.claim(KIND, "site", f"{period.first:%Y-%m}", work.now):
        return []
    told: list[NewMessage] = []
    for person in work.tx.people.with_role(Role.SUPERVISOR):
        text, table = words_and_table(work, person, period, "all", None)
        if table:
            told += [work.tell(person, text, f"{KIND}:{period.first:%Y-%m}"), *table]
    return told
