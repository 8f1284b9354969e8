"""“问题分析 9月” (R165)."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.documents import papers
from bot.moves import analysing
from bot.moves.work import case_work
from domain.errors import InvalidAnswer, NotAllowed
from domain.people import Role
from domain.periods import said


def analyse(context: Context, arguments: dict[str, str]) -> Answer:
    """Of all projects for supervisors, of their own for officers; this month's unless a period is named."""
    person = context.must_sender
    if not person.roles & {Role.SUPERVISOR, Role.SERVICE_OFFICER}:
        raise NotAllowed("see_all", context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer("问题分析涉及多个项目，请到与我的单聊里发送“问题分析 9月”。")
    period = said(arguments["period"] or "本月", context.today)
    whole = Role.SUPERVISOR in person.roles
    own = None if whole else context.tx.projects.of_officer(person.id)
    whose = papers.ALL if whole else str(person.id)
    text, table = analysing.words_and_table(case_work(context), person, period, whose, own)
    return words(text).and_tell(*table)


COMMANDS = {"analysis": analyse}
