"""“发起问卷 三季度”, “填问卷”, “问卷汇总” (R164)."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.dialogs import survey as dialog
from bot.moves import surveying
from bot.moves.naming import project_called
from bot.moves.work import case_work
from bot.platform import Paper
from bot.records import to_record
from bot.texts import surveys as texts
from domain.errors import InvalidAnswer, NotAllowed
from domain.people import Action, Person, Role
from domain.periods import said
from storage.outbox import NewMessage

Arguments = dict[str, str]


def call(context: Context, arguments: Arguments) -> Answer:
    _supervisor(context)
    if not arguments["period"]:
        raise InvalidAnswer(texts.WHICH_PERIOD)
    survey, told = surveying.open_survey(case_work(context), said(arguments["period"], context.today))
    return words(texts.opened(survey, len(told))).and_tell(*told)


def fill(context: Context, arguments: Arguments) -> Answer:
    if context.message.in_group:
        raise InvalidAnswer(texts.IN_PRIVATE)
    project_called(context, arguments["code"], Action.RATE)
    return dialog.start(context)


def result(context: Context, arguments: Arguments) -> Answer:
    """Of the newest one, or of a period."""
    person = _supervisor(context)
    period = said(arguments["period"], context.today) if arguments["period"] else None
    survey = context.tx.surveys.newest(period)
    if survey is None:
        raise InvalidAnswer(texts.none_yet())
    found = surveying.result(case_work(context), survey)
    answer = words(texts.shown(survey, found, context.site))
    if not found.answered:
        return answer
    paper = to_record(Paper("survey", str(survey.id)))
    row = NewMessage("person", person.userid, paper, "paper:survey", context.now, inbox_id=context.inbox_id)
    return answer.and_tell(row)


def _supervisor(context: Context) -> Person:
    """Whoever is judged sends no questionnaires and sees no single answers."""
    person = context.must_sender
    if Role.SUPERVISOR not in person.roles:
        raise NotAllowed("survey", context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer("问卷涉及多个项目，请到与我的单聊里办理。")
    return person


COMMANDS = {"survey_call": call, "survey_fill": fill, "survey_result": result}
