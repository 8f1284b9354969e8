"""Applying, withdrawing, and the decision: by words and by card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.cards import application_cards
from bot.context import Answer, CardAction, Context, Handler, Job, words
from bot.dialogs import application, decisions
from bot.holding import must_know
from bot.moves import accepting, carding, naming
from bot.moves.work import case_work
from bot.platform import CardClick, Say, SayAndCard, UpdateCard
from bot.texts import applications as texts
from bot.understanding.acts import Act, Intent
from domain.case import WAITING_CASES, Case, CaseStatus, ContactChannel
from domain.errors import IllegalMove, InvalidAnswer, NotAllowed, NotFound, Unclear
from domain.identifiers import is_national_code
from domain.issues import NEXT, IssueStatus
from domain.people import ENTERPRISE, OFFICERS, Action, Person, Role
from domain.project import Project
from storage.dialogs import OpenDialog, Recent
from storage.outbox import NewMessage

NEW = "新项目"
_HOW = {
    "窗口": ContactChannel.WINDOW,
    "电话": ContactChannel.PHONE,
    "视频": ContactChannel.VIDEO,
    "上门": ContactChannel.VISIT,
}


# ---------------------------------------------------------------- apply


def apply(context: Context, act: Act) -> Answer:
    sender = context.must_sender
    if sender.roles & OFFICERS:
        raise InvalidAnswer(
            "为项目单位登记申请，请在单聊里发送“窗口申请”或“电话申请”，已有项目的写上项目编号，例如：窗口申请 YX-2026-005。"
        )
    if context.message.in_group:
        context.must_be_allowed(Action.APPLY)
        return application.start(context, context.must_project, ContactChannel.GROUP)
    return application.start(context, _meant(context, act, sender), ContactChannel.CHAT)


def _meant(context: Context, act: Act, sender: Person) -> Project | None:
    """The named project, the one begun, the only one; None for a new one."""
    own = [
        one
        for one in context.tx.projects.of_person(sender.id)
        if context.tx.people.project_roles(sender.id, one.id) & ENTERPRISE
    ]
    code = str(act.slots.get("project_code") or "")
    if code and code != NEW and context.tx.projects.by_code(code) in own:
        return context.tx.projects.by_code(code)
    if not own and not context.tx.invitations.redeemed_by(sender.id):
        raise NotAllowed(Action.APPLY, context.whom_to_ask)
    if code == NEW or NEW in context.message.text or not own:
        return None
    if code and is_national_code(code):
        return None  # whether it is taken is looked at with the other facts
    if code:
        raise NotFound("project", code)
    if context.waiting and context.waiting.kind == application.KIND:
        return next((one for one in own if one.id == context.waiting.project_id), None)
    if len(own) == 1:
        return own[0]
    choices = [(one.code, f"{one.name}（{one.code}）") for one in own[:8]]
    raise Unclear("为哪个项目申请？请回复数字：", [*choices, (NEW, NEW)], "project_code")


def take_in(context: Context, arguments: dict[str, str]) -> Answer:
    """窗口申请 / 电话申请: the service officer, or a department named by the site (R052), for somebody else (R059)."""
    sender = context.must_sender
    by_site = sender.departments(Role.REPRESENTATIVE) & set(context.site.intake.opened_by)
    if Role.SERVICE_OFFICER not in sender.roles and not by_site:
        raise NotAllowed(Action.APPLY, context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer("登记申请请到单聊里发送，申请内容不要发在群里。")
    project = _named(context, arguments["rest"])
    return application.start(context, project, _HOW[arguments["how"]])


def _named(context: Context, rest: str) -> Project | None:
    code = application.code_in(rest)
    project = context.tx.projects.by_code(code) if code else None
    if code and project is None and not is_national_code(code):
        raise NotFound("project", code)
    if project and not context.standing_towards(project).may(Action.MANAGE_CASE):
        raise NotFound("project", code)
    return project


def withdraw(context: Context, act: Act) -> Answer:
    """An application for the service; a problem; of an approval item it is done where it was handed in."""
    if act.issue_no is not None:
        return _take_back(context, act.issue_no)
    project = context.must_project
    if act.item:
        return _item_back(context, act.item)
    context.must_be_allowed(Action.ASK_CASE)
    cases = context.tx.cases.of_project(project.id)
    waiting = [case for case in cases if case.status in WAITING_CASES]
    if waiting:
        return words(decisions.ask_withdraw(context, waiting[-1], project), recent=Recent(project.id))
    if cases and cases[-1].is_open:
        raise InvalidAnswer(
            f"{cases[-1].no}已开始办理，不能撤回申请。需要停止请联系{context.whom_to_ask}办理终止。"
        )
    raise InvalidAnswer(f"{project.name}没有等待受理的申请，不用撤回。")


def _take_back(context: Context, no: int) -> Answer:
    issue, project = must_know(context, no)
    context.must_be_allowed(Action.JUDGE_ANSWER)
    if IssueStatus.WITHDRAWN not in NEXT[issue.status]:
        raise IllegalMove("issue", issue.status, IssueStatus.WITHDRAWN)
    text = decisions.ask_take_back(context, issue, project)
    return words(text, recent=Recent(project.id, issue.item_id, no))


def take_back(context: Context, arguments: dict[str, str]) -> Answer:
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    return _take_back(context, int(arguments["no"]))


def _item_back(context: Context, item: str) -> Answer:
    """The enterprise is the applicant: the office withdraws nothing for it (R014), the officer helps."""
    context.must_be_allowed(Action.ASK_CASE)
    project, entry = context.must_project, context.site.catalogue.items[item]
    officer = context.tx.people.get(project.officer_id)
    note = texts.wants_item_back(project.name, context.must_sender.name, entry.spoken)
    row = case_work(context).tell(officer, note, f"project:{project.id}")
    return words(texts.item_back(entry.spoken, officer.name), recent=Recent(project.id, item)).and_tell(row)


# ---------------------------------------------------------------- decide, by words


def accept(context: Context, arguments: dict[str, str]) -> Answer:
    case, project = naming.case_called(context, arguments["code"], Action.MANAGE_CASE)
    officer = _officer(context, project, arguments.get("rest", ""))
    return _accepted(context, case, project, officer, "")


def decide(context: Context, arguments: dict[str, str]) -> Answer:
    """经研究受理 (R024): outside the rules, with a note of what was decided."""
    case, project = naming.case_called(context, arguments["code"], Action.MANAGE_CASE)
    note = naming.as_typed(context, arguments.get("rest", ""))
    if len(note) < 2:
        raise InvalidAnswer(f"请写明研究情况，例如：经研究受理 {case.no} 9月14日专题会研究同意。")
    accepting.must_be_undecided(case_work(context), case)
    return _accepted(context, case, project, context.tx.people.get(project.officer_id), note)


def _accepted(context: Context, case: Case, project: Project, officer: Person, note: str) -> Answer:
    saved, told, items = accepting.accept(case_work(context), case, project, officer, decided=note)
    waiting = "双方" if saved.status is CaseStatus.SIGNING else ""
    answer = words(texts.accepted_for_officer(saved, items, waiting), recent=Recent(project.id))
    return replace(answer.and_tell(*told), jobs=_group_job(saved))


def _group_job(case: Case) -> tuple[Job, ...]:
    return (Job("create_group", (case.project_id,)),) if case.status is CaseStatus.ACTIVE else ()


def _officer(context: Context, project: Project, name: str) -> Person:
    """Without a name whoever has it now; 受理 <申请号> 王磊 hands it to him (R062)."""
    if not name.strip():
        return context.tx.people.get(project.officer_id)
    return naming.service_officer(context, name)


def refuse(context: Context, arguments: dict[str, str]) -> Answer:
    case, project = naming.case_called(context, arguments["code"], Action.MANAGE_CASE)
    accepting.must_be_undecided(case_work(context), case)
    rest = naming.as_typed(context, arguments.get("rest", ""))
    if rest:
        return decisions.refuse(context, case, project, rest)
    if context.message.in_group:
        raise InvalidAnswer(f"请到单聊里发送：不予受理 {case.no} 原因编号 说明。")
    return words(decisions.ask_reason(context, case, project))


# ---------------------------------------------------------------- by card


def click_accept(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    case, project = _clicked(context, click, arguments)
    officer = context.tx.people.get(project.officer_id)
    saved, told, items = accepting.accept(case_work(context), case, project, officer, but=click.task_id)
    line = f"{context.must_sender.name}已受理"
    final = carding.settled(f"申请{saved.no}", project.name, click.task_id, line)
    note = texts.accepted_for_officer(saved, items, "双方" if saved.status is CaseStatus.SIGNING else "")
    told.append(case_work(context).tell(context.must_sender, note, f"case:{case.id}"))
    return Answer(final, tuple(told), _group_job(saved), Recent(project.id))


def click_refuse(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    case, project = _clicked(context, click, arguments)
    accepting.must_be_undecided(case_work(context), case)
    question = decisions.ask_reason(context, case, project)
    row = case_work(context).notices.ask_words(context.must_sender, question, f"case:{case.id}")
    return Answer(None, (row,), recent=Recent(project.id))


def _clicked(context: Context, click: CardClick, arguments: Sequence[str]) -> tuple[Case, Project]:
    carding.note_click(context, click)
    found = context.tx.cases.get(naming.number_of(arguments, 0))
    return naming.case_called(context, found.no if found else "-", Action.MANAGE_CASE)


def _on_draft(
    act: Callable[[Context, OpenDialog], Answer], line: str
) -> Callable[[Context, CardClick, Sequence[str]], Answer]:
    """The card of a draft in the bot's chat: only whoever fills it in; words go by the click's own address."""

    def click_on(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
        dialog = _draft(context, arguments)
        answer = act(context, dialog)
        said = answer.say.say if isinstance(answer.say, SayAndCard) else answer.say
        text = said.text if isinstance(said, Say) else line
        final = carding.settled("帮办代办申请", "", click.task_id, line)
        return replace(answer, say=final, tell=(*answer.tell, *_later(context, text)))

    return click_on


def click_agree(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    """The same card goes on to the next button."""
    dialog = _draft(context, arguments)
    answer = application.agree(context, dialog)
    owner = f"{dialog.person_id}:{dialog.project_id}"
    name = str(dialog.answers["values"].get("project_name", ""))
    card = application_cards.draft(owner, click.task_id, name, agreed=True)
    return replace(answer, say=UpdateCard(card))


def _later(context: Context, text: str) -> tuple[NewMessage, ...]:
    url = context.message.response_url
    return (case_work(context).notices.later_answer(url, text, "click"),) if url else ()


def _draft(context: Context, arguments: Sequence[str]) -> OpenDialog:
    person_id, project_id = naming.number_of(arguments, 0), naming.number_of(arguments, 1)
    dialog = context.tx.dialogs.open_for(person_id, project_id, context.now - application.LIVES)
    if dialog is None or dialog.kind != application.KIND or context.must_sender.id != person_id:
        raise NotFound("draft")
    if project_id:
        context.project = context.tx.projects.get(project_id)
        context.forget_project()
    return dialog


HANDLERS = (Handler(frozenset({Intent.APPLY}), apply), Handler(frozenset({Intent.WITHDRAW}), withdraw))
CARDS = (
    CardAction("case.accept", click_accept),
    CardAction("case.refuse", click_refuse),
    CardAction("apply.agree", click_agree),
    CardAction("apply.submit", _on_draft(application.submit, "已提交")),
    CardAction("apply.cancel", _on_draft(application.cancel, "已取消")),
)
