"""“报送”, “报送 12 无”, “报送汇总 互动 三季度”, “发起报送 名单 10月20日前” (R043, R156, R157)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.context import Answer, Context, Job, words
from bot.moves import returning
from bot.moves.naming import as_typed
from bot.moves.returning import Asked
from bot.moves.work import case_work
from bot.texts import returns as texts
from bot.understanding.days import day_in
from domain.errors import IllegalMove, InvalidAnswer, NotAllowed, NotFound
from domain.people import OFFICERS, Person, Role
from domain.periods import Period, said
from domain.returns import Campaign, Every, ReturnKind, ReturnState

Arguments = dict[str, str]
OVERSEERS = frozenset({Role.SUPERVISOR, Role.SERVICE_OFFICER})
FILE_REMEMBERED = timedelta(minutes=30)
LONGEST = 300


def show(context: Context, arguments: Arguments) -> Answer:  # noqa: ARG001
    """What this person has to return; for whoever sees to all of them, where each campaign stands."""
    person = _officer(context)
    work = case_work(context)
    if person.roles & OVERSEERS:
        running = returning.running(work)
        return words(texts.overview(running, context.site) if running else texts.NOTHING)
    own = [(found.one, found.campaign, found.kind) for found in returning.outstanding_of(work, person)]
    return words(texts.own(own, context.today) if own else texts.NOTHING)


def hand_in(context: Context, arguments: Arguments) -> Answer:
    """“报送 12” with a table, “报送 12 无”, “报送 12 模板”, “报送 12 盖章件”."""
    person = _officer(context)
    found = returning.asked(case_work(context), int(arguments["no"]), lock=True)
    if not returning.may_return(person, found):
        raise NotFound("return")
    rest = as_typed(context, arguments["rest"])
    if not rest:
        return _table(context, found)
    return _ORDERS[rest](context, found) if rest in _ORDERS else _nil(context, found, person)


def _nil(context: Context, found: Asked, person: Person) -> Answer:
    if not found.kind.may_be_nil:
        raise InvalidAnswer(texts.no_nil(found.one, found.kind))
    told = returning.report_nil(case_work(context), found, person)
    return words(texts.nil_taken(found.one, found.campaign, found.kind)).and_tell(*told)


def _table(context: Context, found: Asked) -> Answer:
    return replace(words(texts.looking(found.one)), jobs=_attached(context, found, returning.FILE))


def _stamped(context: Context, found: Asked) -> Answer:
    return replace(words(texts.stamp_looking(found.one)), jobs=_attached(context, found, returning.STAMPED))


def _attached(context: Context, found: Asked, purpose: str) -> tuple[Job, ...]:
    """To the file of this message, or to the one sent just before; it is read when it has been fetched."""
    inbox_id = (
        context.inbox_id
        if context.message.files
        else context.tx.files.last_sent(context.must_sender.id, context.now - FILE_REMEMBERED)
    )
    if not inbox_id:
        raise InvalidAnswer(texts.which_file(found.one, found.kind))
    context.tx.files.attach(inbox_id, purpose, found.one.id, context.must_sender.id, context.now)
    return (Job("keep_files", (inbox_id,)),) if context.tx.files.of_inbox(inbox_id) else ()


def _template(context: Context, found: Asked) -> Answer:
    paper = returning.paper(case_work(context), context.must_sender, "return_form", found.one.id)
    return words(texts.template_sent(found.one, found.campaign, found.kind)).and_tell(paper)


_ORDERS: Mapping[str, Callable[[Context, Asked], Answer]] = {
    "模板": _template,
    "空白表": _template,
    "盖章件": _stamped,
}


def send_back(context: Context, arguments: Arguments) -> Answer:
    _overseer(context)
    found = returning.asked(case_work(context), int(arguments["no"]), lock=True)
    reason = as_typed(context, arguments["rest"])
    if len(reason) < 2 or len(reason) > LONGEST:
        raise InvalidAnswer(
            f"请写明退回原因（{LONGEST}字以内），例如：退回报送 {found.one.id} 缺参加企业名称。"
        )
    if found.one.state is ReturnState.SENT_BACK:
        raise IllegalMove("return", found.one.state, ReturnState.SENT_BACK)
    told = returning.send_back(case_work(context), found, reason)
    return words(texts.sent_back_answer(found.one, context.site)).and_tell(*told)


def call(context: Context, arguments: Arguments) -> Answer:
    """“发起报送 名单 10月20日前”: what has no period of its own is asked for by a person, with a day (R043)."""
    _overseer(context)
    rest = as_typed(context, arguments["rest"])
    kind, due = context.site.returns.called(rest), day_in(rest, context.today)
    callable_kinds = [one for one in context.site.returns.kinds.values() if one.every is Every.CALLED]
    if kind is None or kind.every is not Every.CALLED:
        raise InvalidAnswer(f"{texts.which_kind(callable_kinds)}{texts.HOW_TO_CALL}")
    if due is None or due <= context.today or not context.calendar.is_working_day(due):
        raise InvalidAnswer(f"截止日应为今天以后的工作日。{texts.HOW_TO_CALL}")
    work, told = case_work(context), returning.Told()
    opened = returning.open_campaign(work, kind, Period(context.today, due), due, told)
    if opened is None:
        same = [one for one in context.tx.returns.campaigns(kind=kind.key) if one.due == due]
        raise InvalidAnswer(texts.already_called(kind) if same else texts.nobody_to_ask(kind))
    asked = context.tx.returns.of([opened.id])[opened.id]
    nobody = [one.department for one in asked if returning.responsible(work, kind, one.department) is None]
    shorts = [context.site.departments[key].short for key in nobody]
    return words(texts.called(kind, opened, len(asked), shorts)).and_tell(*told.rows(work))


def result(context: Context, arguments: Arguments) -> Answer:
    """The newest campaign of the kind, or the one of the named period, as a file."""
    person = _overseer(context)
    rest = as_typed(context, arguments["rest"])
    kind = context.site.returns.called(rest)
    if kind is None:
        raise InvalidAnswer(texts.which_kind(list(context.site.returns.kinds.values())))
    campaign = _campaign(context, kind, rest)
    paper = returning.paper(case_work(context), person, "return_result", campaign.id)
    return words(texts.result_sent(kind, campaign)).and_tell(paper)


def _campaign(context: Context, kind: ReturnKind, rest: str) -> Campaign:
    found = context.tx.returns.campaigns(kind=kind.key)
    for name in sorted((*kind.called, kind.title), key=len, reverse=True):
        rest = rest.replace(name, "", 1)
    if rest.strip():
        period = said(rest.strip(), context.today)
        found = [one for one in found if one.period == period]
    if not found:
        raise InvalidAnswer(f"还没有发起过这一期的《{kind.title}》报送。发送“报送”查看正在进行的。")
    return found[-1]


def _officer(context: Context) -> Person:
    """What is returned is no business of enterprises, and of no group."""
    person = context.must_sender
    if not person.roles & OFFICERS:
        raise NotAllowed("return", context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer(texts.NOT_IN_A_GROUP)
    return person


def _overseer(context: Context) -> Person:
    person = _officer(context)
    if not person.roles & OVERSEERS:
        raise NotAllowed("oversee_returns", context.whom_to_ask)
    return person


COMMANDS: dict[str, Callable[[Context, Arguments], Answer]] = {
    "returns": show,
    "return_in": hand_in,
    "return_back": send_back,
    "return_call": call,
    "return_result": result,
}
