"""“统计 9月”, “台账 9月”: tables and a picture for whoever answers for the projects; “服务成果” for everybody."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.documents import fonts, papers
from bot.documents.service_figures import Reach, figures
from bot.platform import Paper
from bot.records import to_record
from bot.texts import ledger as texts
from domain.errors import NotAllowed
from domain.people import Role
from domain.periods import Period, said
from storage.outbox import NewMessage

_FIGURES = ("统计", "统计表", "汇总", "汇总表")


def send(context: Context, arguments: dict[str, str]) -> Answer:
    whose, count = _whose(context)
    period = said(arguments["period"], context.today)
    key = f"{period.first}:{period.last}:{whose}"
    if arguments["what"] not in _FIGURES:
        answer = words(texts.tables_sent("台账", period, count))
        return answer.and_tell(_paper(context, "ledger", key))
    rows = [_paper(context, "statistics", key)]
    if fonts.chinese() is None:
        return words(texts.tables_sent("统计表", period, count) + texts.NO_PICTURE).and_tell(*rows)
    rows.append(_paper(context, "statistics_picture", key))
    return words(texts.tables_sent("统计表和图", period, count)).and_tell(*rows)


def achievements(context: Context, arguments: dict[str, str]) -> Answer:
    """服务成果展示 (R068): of this year unless another period is named."""
    context.must_sender  # noqa: B018 – figures are public, but not for whoever is not registered
    named = arguments.get("period")
    year = Period(context.today.replace(month=1, day=1), context.today.replace(month=12, day=31))
    period = said(named, context.today) if named else year
    found, _ = figures(Reach(context.tx, context.site, context.calendar, period, context.now))
    return words(texts.achievements(context.site, found))


def _whose(context: Context) -> tuple[str, int]:
    """Whose projects are counted, and how many they are."""
    person = context.must_sender
    if Role.SUPERVISOR in person.roles:
        return papers.ALL, len(context.tx.projects.ids())
    if Role.SERVICE_OFFICER in person.roles:
        return str(person.id), len(context.tx.projects.of_officer(person.id))
    raise NotAllowed("see_all", context.whom_to_ask)


def _paper(context: Context, kind: str, key: str) -> NewMessage:
    paper = to_record(Paper(kind, key))
    return NewMessage(
        "person", context.must_sender.userid, paper, f"paper:{kind}", context.now, inbox_id=context.inbox_id
    )
