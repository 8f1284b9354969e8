"""The project's own guide: “发计划” for confirmation, “发指南”, “指南图”, “核对指南”, and “要素” beyond the lists."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.documents import timeline_picture
from bot.moves import guide, item_names, planning, signing
from bot.moves.after_signing import AFTER
from bot.moves.naming import project_called, project_meant
from bot.moves.work import CaseWork, case_work
from bot.platform import Paper
from bot.records import to_record
from bot.texts import project_guide as texts
from bot.understanding.understand import original_tail
from domain.catalogue import CatalogueItem
from domain.errors import InvalidAnswer, NotAllowed
from domain.filled_forms import FilledForm
from domain.people import Action, Role
from domain.project import Project
from storage.dialogs import Recent
from storage.outbox import NewMessage

Arguments = dict[str, str]


def send_plan(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    case = planning.open_case(work, project)
    if not work.signatories(project, Role.ENTERPRISE_CONTACT) + work.signatories(
        project, Role.ENTERPRISE_SIGNATORY
    ):
        raise InvalidAnswer(texts.nobody_confirms(project))
    form, told = guide.send(work, project, case)
    people = [person.name for role in form.missing for person in work.signatories(project, role)]
    return words(texts.sent(project, form, people), recent=Recent(project.id)).and_tell(*told)


def confirm_plan(context: Context, arguments: Arguments) -> Answer:
    """“确认计划”: the signature under the newest guide, without its number."""
    project = project_called(context, arguments["code"], Action.ASK)
    work = case_work(context)
    form = signing.held(work, _newest(work, project))
    role = signing.must_sign(work, form, project, context.must_sender)
    signature = signing.by_hand(work, role, context.must_sender)
    _, told = signing.sign(work, form, project, signature, AFTER)
    return words(texts.plan_confirmed(project, form), recent=Recent(project.id)).and_tell(*told)


def send_guide(context: Context, arguments: Arguments) -> Answer:
    """To the person who asked, never into a group: it has phones in it."""
    project = project_meant(context, arguments["code"])
    if not context.standing.roles:
        raise NotAllowed(Action.ASK, context.whom_to_ask)
    work = case_work(context)
    form = _newest(work, project)
    row = work.send_form(context.must_sender, form)
    title = f"《{context.site.forms[guide.FORM].title}》（{form.no}，第{form.version}版）"
    return words(texts.paper_sent(title), recent=Recent(project.id)).and_tell(row)


def send_picture(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    if not context.standing.roles:
        raise NotAllowed(Action.ASK, context.whom_to_ask)
    if not timeline_picture.there():
        raise InvalidAnswer(texts.no_font())
    work = case_work(context)
    case = planning.shown_case(work, project)
    paper = to_record(Paper("timeline", str(case.id), project.id))
    row = NewMessage(
        "person", context.must_sender.userid, paper, f"case:{case.id}", work.now, inbox_id=work.inbox_id
    )
    return words(texts.paper_sent("办理计划图"), recent=Recent(project.id)).and_tell(row)


def check(context: Context, arguments: Arguments) -> Answer:
    """A representative of the project: right as it is, or what is to be changed."""
    project = project_meant(context, arguments["code"])
    if Role.REPRESENTATIVE not in context.standing.roles:
        raise InvalidAnswer("专属办事指南由本项目涉及部门的代表核对。")
    work = case_work(context)
    form = signing.held(work, _newest(work, project))
    opinion = original_tail(context.message.text, arguments["rest"])
    told = guide.checked(work, form, project, context.must_sender, opinion)
    officer = work.tx.people.get(project.officer_id).name
    return words(texts.check_noted(form, officer, opinion), recent=Recent(project.id)).and_tell(*told)


def factor(context: Context, arguments: Arguments) -> Answer:
    """R074: what the list does not say; by a representative of the item's department or a service officer."""
    sender, work = context.must_sender, case_work(context)
    name, _, text = arguments["rest"].strip().partition(" ")
    if not name:
        raise InvalidAnswer("请写明事项和内容，例如：要素 施工许可 现场须先完成三通一平。")
    entry = item_names.called(work, name)
    if not sender.roles & {Role.REPRESENTATIVE, Role.SERVICE_OFFICER}:
        raise InvalidAnswer(
            "清单外要素由部门代表和服务专员登记。您遇到清单以外的要求，请发送：反馈问题 情况。"
        )
    if not text.strip():
        return words(texts.factors(entry.spoken, _factors(work, entry)))
    _must_be_theirs(context, entry)
    typed = original_tail(context.message.text, text)
    work.tx.plans.add_factor(entry.id, typed, sender.id, work.now)
    return words(texts.factor_noted(entry.spoken, typed))


def withdraw_factor(context: Context, arguments: Arguments) -> Answer:
    work, number = case_work(context), int(arguments["no"])
    found = work.tx.plans.factor(number)
    if found is None or not context.must_sender.roles & {Role.REPRESENTATIVE, Role.SERVICE_OFFICER}:
        raise InvalidAnswer(f"没有找到要素{number}，请先发送“要素 事项”查看编号。")
    _must_be_theirs(context, work.site.catalogue.items[found.item_id])
    work.tx.plans.withdraw_factor(number, work.now)
    return words(texts.factor_withdrawn(number))


def _must_be_theirs(context: Context, entry: CatalogueItem) -> None:
    sender = context.must_sender
    own = set(entry.departments) & sender.departments(Role.REPRESENTATIVE)
    if not own and Role.SERVICE_OFFICER not in sender.roles:
        raise InvalidAnswer(f"{entry.spoken}的清单外要素由该事项的部门代表登记。")


def _factors(work: CaseWork, entry: CatalogueItem) -> list[tuple[int, str, str]]:
    found = work.tx.plans.factors([entry.id]).get(entry.id, [])
    return [(one.id, one.text, work.tx.people.get(one.told_by).name) for one in found]


def _newest(work: CaseWork, project: Project) -> FilledForm:
    case = planning.shown_case(work, project)
    form = work.tx.forms.newest(case.id, guide.FORM)
    if form is None:
        raise InvalidAnswer(texts.none_yet(project))
    return form
