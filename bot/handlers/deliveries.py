"""当面移交, 邮寄 both ways, 签收, 退件 (R099, R142–R148)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.context import Answer, Context, Handler, words
from bot.dialogs import mail_address
from bot.moves import completing, delivering
from bot.moves.naming import as_typed, project_called, project_meant
from bot.moves.work import CaseWork, case_work
from bot.texts import completion as completion_texts
from bot.texts import deliveries as texts
from bot.understanding.acts import Act, Intent
from domain.case import Case
from domain.completion_rules import CompletionRules
from domain.deliveries import Delivery, DeliveryState, Thing, things_of
from domain.errors import InvalidAnswer
from domain.people import Action
from domain.project import Project
from storage.dialogs import Recent

Arguments = dict[str, str]
_ALL = frozenset({"全部", "所有", "全部结果"})
_NUMBER = re.compile(r"[A-Za-z]{0,4}[0-9][0-9A-Za-z]{4,}")
_ARRIVED = re.compile(r"(?:收到|到|签收)了|(?:已经?|都)收到|签收")
_CODE = re.compile(r"[A-Za-z]{1,6}-\d{4}-\d{3,4}")
_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_RESULTS = re.compile(r"证|结果|批文|批复|寄(?:给|过来|回来|到我)")


def hand_over(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    case = delivering.case_for(work, project)
    text = as_typed(context, arguments["rest"])
    left = delivering.to_deliver(work, case)
    if not text:
        raise InvalidAnswer(texts.what_to_deliver(project, left))
    things = left if text in _ALL else delivering.chosen(work, case, things_of(text))
    if not things:
        raise InvalidAnswer(texts.what_to_deliver(project, left))
    told = delivering.hand_over(work, project, case, things)
    said = f"已登记当面移交：{texts.counted(things)}。"
    return _then_slip(work, project, case, said).and_tell(*told)


def post(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    return _post(context, project, as_typed(context, arguments["rest"]))


def mail_said(context: Context, act: Act) -> Answer:  # noqa: ARG001
    return _post(context, context.must_project, _CODE.sub("", context.message.text).strip())


def _post(context: Context, project: Project, text: str) -> Answer:
    """From the officer results, from the enterprise papers; without a number a wish, or how it is done."""
    if context.standing.may(Action.MANAGE_CASE):
        return _post_out(context, project, text)
    context.must_be_allowed(Action.ASK_CASE)
    if _says_what_was_sent(context.site.completion, text):
        return _post_in(context, project, text)
    if _ARRIVED.search(text):
        return _receipt(context, project)
    if _RESULTS.search(text):
        return mail_address.start(context)
    officer = context.tx.people.get(project.officer_id)
    return _words(project, texts.how_to_mail(context.site, officer.name, project.code))


def _says_what_was_sent(rules: CompletionRules, text: str) -> bool:
    """A number of a mail, or a courier with anything like a number; not the house number of an address."""
    found = _NUMBER.search(_CODE.sub("", text))
    named = any(one in text for one in rules.couriers)
    return found is not None and (named or rules.is_tracking_no(found[0].upper()))


def _post_out(context: Context, project: Project, text: str) -> Answer:
    work = case_work(context)
    case = delivering.case_for(work, project)
    left = delivering.to_deliver(work, case)
    if not text:
        raise InvalidAnswer(texts.what_to_deliver(project, left))
    courier, number, rest = _by_courier(context.site.completion, text, f"邮寄 {project.code} 顺丰 单号")
    things = delivering.chosen(work, case, things_of(rest)) if rest and rest not in _ALL else left
    if not things:
        raise InvalidAnswer(texts.what_to_deliver(project, left))
    form, told = delivering.post(work, project, case, things, (courier, number))
    return _words(project, texts.posted(things, courier, number, form.no)).and_tell(*told)


def _post_in(context: Context, project: Project, text: str) -> Answer:
    work = case_work(context)
    case = delivering.case_for(work, project)
    courier, number, rest = _by_courier(context.site.completion, text, "邮寄材料 顺丰 单号")
    named = re.sub(r"^(?:已|我们?)*(?:邮寄|寄)(?:出|了|材料|资料)*", "", rest).strip()
    things = things_of(named) or [Thing("申请材料")]
    form, told = delivering.post_in(work, project, case, things, (courier, number))
    officer = context.tx.people.get(project.officer_id)
    return _words(project, texts.mailing_in(form.no, officer.name)).and_tell(*told)


def _by_courier(rules: CompletionRules, text: str, example: str) -> tuple[str, str, str]:
    """Courier, number in capitals, and the words left."""
    courier = next((one for one in rules.couriers if one in text), None)
    if courier is None:
        raise InvalidAnswer(f"请写明快递公司（{'、'.join(rules.couriers)}）和单号，例如：{example}。")
    found = _NUMBER.search(text, text.index(courier))
    number = found[0].upper() if found else ""
    if not rules.is_tracking_no(number):
        raise InvalidAnswer(f"这个快递单号不对，请核对后再发，例如：{example}。")
    rest = text.replace(courier, " ", 1).replace(found[0] if found else "", " ", 1)
    return courier, number, re.sub(r"快递|速运|单号|[\s:：,，]+", " ", rest).strip()


# ---------------------------------------------------------------- receipt


def receipt(context: Context, arguments: Arguments) -> Answer:
    return _receipt(context, project_meant(context, arguments["code"]))


def _receipt(context: Context, project: Project) -> Answer:
    """By the enterprise what was delivered, by the officer what the enterprise posted."""
    inbound = context.standing.may(Action.MANAGE_CASE)
    if not inbound:
        context.must_be_allowed(Action.ASK_CASE)
    work = case_work(context)
    case = delivering.case_for(work, project)
    found = _waiting(work, project, case, inbound=inbound)
    by = context.must_sender.name
    delivering.receive(work, project, case, found, by, context.today)
    if inbound:
        note = texts.arrived_to_enterprise(found, by, context.today)
        rows = work.tell_enterprise(project, note, f"case:{case.id}")
        return _words(project, texts.arrived(found, context.today)).and_tell(*rows)
    note = texts.received_to_officer(project, found, by, context.today)
    row = work.tell_officer(project, note, f"case:{case.id}")
    return _then_slip(work, project, case, texts.received(found, by, context.today)).and_tell(row)


def told_receipt(context: Context, arguments: Arguments) -> Answer:
    """Entered by the officer as told by telephone: 已签收 姓名 9月20日. The enterprise says it of itself."""
    project = project_meant(context, arguments["code"])
    if not context.standing.may(Action.MANAGE_CASE):
        return _receipt(context, project)
    work = case_work(context)
    case = delivering.case_for(work, project)
    found = _waiting(work, project, case, inbound=False)
    text = as_typed(context, arguments["rest"])
    on = _day(context.today, text)
    by = _DAY.sub("", text).strip(" ，,：:")
    if not 2 <= len(by) <= 20:
        raise InvalidAnswer(f"请写明签收人，例如：已签收 {project.code} 张三 9月20日。")
    if any(one.sent_on and on < one.sent_on for one in found):
        raise InvalidAnswer("签收日期早于移交或寄出日期，请核对后再发。")
    delivering.receive(work, project, case, found, by, on)
    return _then_slip(work, project, case, texts.received(found, by, on))


def _day(today: date, text: str) -> date:
    """Today when none is said. Raises for a day that is none, or has not come."""
    found = _DAY.search(text)
    if found is None:
        return today
    try:
        day = date(today.year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise InvalidAnswer("日期不对，请核对后再发，例如：9月20日。") from None
    if day > today:
        raise InvalidAnswer("签收日期不能晚于今天，请核对后再发。")
    return day


def came_back(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    case = delivering.case_for(work, project)
    number = as_typed(context, arguments["rest"]).upper()
    found = [one for one in completing.under_way(work, case) if number in ("", one.tracking_no)]
    if not found:
        raise InvalidAnswer(texts.nothing_under_way(project.code, inbound=False))
    delivering.come_back(work, project, case, found[-1])
    left = delivering.to_deliver(work, case)
    return _words(project, f"已登记退件。{texts.what_to_deliver(project, left)}")


def _waiting(work: CaseWork, project: Project, case: Case, *, inbound: bool) -> list[Delivery]:
    found = [
        one
        for one in work.tx.deliveries.of_case(case.id)
        if one.state is DeliveryState.SENT and one.inbound is inbound
    ]
    if not found:
        raise InvalidAnswer(texts.nothing_under_way(project.code, inbound=inbound))
    return found


def _then_slip(work: CaseWork, project: Project, case: Case, said: str) -> Answer:
    told = completing.slip_if_ready(work, project, case)
    form = work.tx.forms.newest(case.id, "F6")
    if told and form:
        names = [p.name for role in form.missing for p in work.signatories(project, role)]
        said = f"{said}\n{completion_texts.slip_issued(form, names)}"
    return _words(project, said).and_tell(*told)


def _words(project: Project, text: str) -> Answer:
    return words(text, recent=Recent(project.id))


HANDLERS: Sequence[Handler] = (Handler(frozenset({Intent.MAIL}), mail_said),)
COMMANDS = {
    "hand_over": hand_over,
    "post": post,
    "receipt": receipt,
    "told_receipt": told_receipt,
    "came_back": came_back,
}
