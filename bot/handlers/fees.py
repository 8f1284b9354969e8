"""“缴费 施工许可 10月20日前 占道费3200元”, “已缴费”, “取消缴费”, “缴费”: what the enterprise has to pay and by when (R012, R018)."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.moves import paying
from bot.moves.naming import as_typed, project_called
from bot.moves.work import case_work
from bot.texts import fees as texts
from domain.people import ENTERPRISE, Action, Role
from storage.dialogs import Recent

Arguments = dict[str, str]


def note(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    wanted = paying.read(as_typed(context, arguments["rest"]), project, work)
    said, told = paying.set_day(work, project, wanted)
    return words(said, recent=Recent(project.id)).and_tell(*told)


def paid(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.TELL_PAID)
    work = case_work(context)
    fee = paying.the_one(work, project, arguments["rest"], "已缴费")
    said, told = paying.pay(work, project, fee)
    return words(said, recent=Recent(project.id)).and_tell(*told)


def drop(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    fee = paying.the_one(work, project, arguments["rest"], "取消缴费")
    said, told = paying.drop(work, project, fee)
    return words(said, recent=Recent(project.id)).and_tell(*told)


def show(context: Context, arguments: Arguments) -> Answer:
    """Sums are for the enterprise and its officers, and not in a group."""
    project = project_called(context, arguments["code"], Action.ASK)
    inside = context.standing.roles & (ENTERPRISE | {Role.SERVICE_OFFICER}) and not context.message.in_group
    found = [
        (item, fee.due, fee.words if inside else "")
        for fee, item in paying.due_of(case_work(context), project)
    ]
    said = texts.listed(project, found, context.today) if found else texts.nothing_due()
    return words(said, recent=Recent(project.id))


COMMANDS = {"fee": note, "fee_paid": paid, "fee_drop": drop, "fees": show}
