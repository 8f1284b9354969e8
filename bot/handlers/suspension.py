"""中止, 终止, 恢复: asked by either side, in the steps that 曲江2024 第18条 gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.context import Answer, CardAction, Context, Handler, words
from bot.dialogs import suspension_form
from bot.moves import carding, resuming, suspending
from bot.moves.naming import as_typed, number_of, project_called, project_meant
from bot.moves.work import CaseWork, case_work
from bot.platform import CardClick
from bot.texts import suspension as texts
from bot.understanding.acts import Act, Intent
from domain.case import Case
from domain.errors import InvalidAnswer, NotFound
from domain.people import Action
from domain.project import Project
from domain.suspension import NOT_YET_IN_FORCE, Reason, Suspension, SuspensionKind, SuspensionState
from storage.dialogs import Recent

Arguments = dict[str, str]
_CODE = re.compile(r"[A-Za-z]{1,6}-\d{4}-\d{3,4}|\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")


def _begin(context: Context, kind: SuspensionKind, text: str) -> Answer:
    if context.standing.may(Action.MANAGE_CASE):
        return suspension_form.propose(context, kind, text)
    return suspension_form.wish(context, kind, text)


def _command(kind: SuspensionKind) -> Callable[[Context, Arguments], Answer]:
    def begin(context: Context, arguments: Arguments) -> Answer:
        project_meant(context, arguments["code"])
        return _begin(context, kind, as_typed(context, arguments["rest"]))

    return begin


def _said(kind: SuspensionKind) -> Callable[[Context, Act], Answer]:
    def begin(context: Context, act: Act) -> Answer:  # noqa: ARG001
        context.must_project  # noqa: B018 – asked for before anything else
        return _begin(context, kind, _CODE.sub("", context.message.text).strip(" ，,：:"))

    return begin


suspend, terminate = _command(SuspensionKind.SUSPEND), _command(SuspensionKind.TERMINATE)


def remind(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    text = as_typed(context, arguments["rest"])
    if len(text) < suspension_form.SHORTEST:
        raise InvalidAnswer(f"请写明催告内容和期限，例如：催告 {project.code} 请于9月20日前提交资金证明。")
    people, told = suspending.remind(case_work(context), project, text)
    return _words(project, texts.reminded([one.name for one in people])).and_tell(*told)


def coordinate(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    case = work.case_of(project)
    one = suspending.pending(work, case)
    if one is None:
        raise InvalidAnswer(texts.nothing_pending("中止", project.code))
    text = as_typed(context, arguments["rest"])
    if len(text) < suspension_form.SHORTEST:
        raise InvalidAnswer(
            f"请写明协调经过，例如：协调记录 {project.code} 9月15日与项目单位电话沟通，仍无法提交。"
        )
    return _words(project, texts.coordinated(project, suspending.coordinate(work, project, case, one, text)))


def notice(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    case, one = suspending.pending_of(work, project, arguments["kind"])
    return _in_writing(work, project, case, one)


def drop(context: Context, arguments: Arguments) -> Answer:
    """By whoever proposed it: the officer's by the service, the enterprise's own wish by the enterprise."""
    project = project_meant(context, arguments["code"])
    own_wish = not context.standing.may(Action.MANAGE_CASE)
    context.must_be_allowed(Action.ASK_CASE if own_wish else Action.MANAGE_CASE)
    work = case_work(context)
    case, one = suspending.pending_of(work, project, arguments["kind"])
    if own_wish and one.reason is not Reason.OWN_WISH:
        raise InvalidAnswer(f"这一项由服务专员提出，请与{context.whom_to_ask}联系。")
    told = suspending.drop(work, project, case, one)
    return _words(project, texts.dropped(project, one, context.must_sender.name)).and_tell(*told)


def agree(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    case, one = suspending.pending_of(work, project, arguments["kind"])
    return _agree(work, project, case, one)


def _agree(work: CaseWork, project: Project, case: Case, one: Suspension) -> Answer:
    """The coordination is the enterprise's own request."""
    if one.reason is not Reason.OWN_WISH:
        raise InvalidAnswer(texts.pending(project, one))
    who = work.tx.people.get(one.proposed_by).name
    if one.state is SuspensionState.PROPOSED:
        one = suspending.coordinate(work, project, case, one, texts.own_wish(who))
    return _in_writing(work, project, case, one)


def _in_writing(work: CaseWork, project: Project, case: Case, one: Suspension) -> Answer:
    saved, form, told = suspending.in_writing(work, project, case, one)
    names = [person.name for person in suspending.enterprise(work, project)]
    return _words(project, texts.in_force(project, saved, form.no, names)).and_tell(*told)


# ---------------------------------------------------------------- resumption


def resume(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    return _resume(context, project, as_typed(context, arguments["rest"]))


def resume_said(context: Context, act: Act) -> Answer:  # noqa: ARG001
    text = _CODE.sub("", context.message.text).strip(" ，,：:")
    return _resume(context, context.must_project, text)


def _resume(context: Context, project: Project, text: str) -> Answer:
    officer = _side(context)
    work = case_work(context)
    case, one = resuming.suspended(work, project)
    cause = re.sub(r"^(?:中止)?原因(?:已经?)?消除[\s:：,，]*", "", text).strip()
    if len(cause) < suspension_form.SHORTEST:
        condition = context.site.completion.resume_condition(one.reason)
        raise InvalidAnswer(texts.ask_cause(project.code, condition))
    if len(cause) > suspension_form.LONGEST:
        raise InvalidAnswer(f"说明请控制在{suspension_form.LONGEST}字以内（现在{len(cause)}字）。")
    told = resuming.ask(work, project, case, one, cause, officer=officer)
    return _words(project, texts.waits_for(_others(work, project, officer=officer))).and_tell(*told)


def confirm_resume(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    return _confirm(context, project)


def _confirm(context: Context, project: Project, but: str | None = None) -> Answer:
    officer = _side(context)
    work = case_work(context)
    case, one = resuming.suspended(work, project)
    mine = one.resume_officer if officer else one.resume_enterprise
    if mine is not None and not one.both_confirmed:
        raise InvalidAnswer(texts.own_request(_others(work, project, officer=officer)))
    form, told = resuming.confirm(work, project, case, one, officer=officer, but=but)
    signers = [p.name for role in form.signers for p in work.signatories(project, role)]
    return _words(project, texts.both_confirmed(form.no, list(dict.fromkeys(signers)))).and_tell(*told)


def refuse_resume(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    officer = _side(context)
    why = as_typed(context, arguments["rest"])
    if len(why) < 2:
        raise InvalidAnswer(f"请写明原因，例如：不同意恢复 {project.code} 缺少缴费凭证。")
    work = case_work(context)
    case, one = resuming.suspended(work, project)
    told = resuming.refuse(work, project, case, one, why, officer=officer)
    return _words(project, f"已转告{_others(work, project, officer=officer)}，服务仍为中止。").and_tell(*told)


def _side(context: Context) -> bool:
    """True for the service's side; nobody else but the enterprise speaks here."""
    officer = context.standing.may(Action.MANAGE_CASE)
    if not officer:
        context.must_be_allowed(Action.ASK_CASE)
    return officer


def _others(work: CaseWork, project: Project, *, officer: bool) -> str:
    return "、".join(person.name for person in resuming.others(work, project, officer=officer))


# ---------------------------------------------------------------- cards


def _clicked(
    context: Context, click: CardClick, arguments: Sequence[str]
) -> tuple[CaseWork, Project, Case, Suspension]:
    work = case_work(context)
    carding.note_click(context, click)
    one = work.tx.suspensions.get(number_of(arguments, 0))
    case = work.tx.cases.get(one.case_id, lock=True) if one else None
    if one is None or case is None:
        raise NotFound("case")
    project = work.tx.projects.get(case.project_id)
    if not context.standing_towards(project).roles:
        raise NotFound("case")
    context.project = project
    context.forget_project()
    return work, project, case, work.tx.suspensions.get(one.id) or one


def _must_wait(project: Project, one: Suspension) -> None:
    if one.state not in NOT_YET_IN_FORCE:
        raise InvalidAnswer(f"{project.short_name}的这项{one.name}申请已处理，不用重复操作。")


def click_agree(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, project, case, one = _clicked(context, click, arguments)
    context.must_be_allowed(Action.MANAGE_CASE)
    _must_wait(project, one)
    answer = _agree(work, project, case, one)
    final = carding.settled(f"申请{one.name}", project.name, click.task_id, f"已同意{one.name}")
    rows = [row for row in answer.tell if row.subject != f"card:{click.task_id}"]
    return Answer(final, tuple(rows), recent=answer.recent)


def click_talk(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    """The officer speaks with the enterprise first; telephone numbers in a single chat only."""
    work, project, _, one = _clicked(context, click, arguments)
    context.must_be_allowed(Action.MANAGE_CASE)
    _must_wait(project, one)
    people = [(person.name, person.phone) for person in suspending.enterprise(work, project)]
    subject = suspending.subject_of(one)
    asker = work.tx.people.get(one.proposed_by)
    note = texts.talk_first(context.must_sender.name, one.name)
    call = texts.whom_to_call(people, project, one)
    return Answer(
        None, (work.tell(context.must_sender, call, subject, urgent=True), work.tell(asker, note, subject))
    )


def click_resume(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    _, project, _, _ = _clicked(context, click, arguments)
    answer = _confirm(context, project, but=click.task_id)
    final = carding.settled("恢复服务", project.name, click.task_id, f"{context.must_sender.name}已确认")
    return Answer(final, answer.tell, recent=answer.recent)


def _words(project: Project, text: str) -> Answer:
    return words(text, recent=Recent(project.id))


HANDLERS: Sequence[Handler] = (
    Handler(frozenset({Intent.SUSPEND}), _said(SuspensionKind.SUSPEND)),
    Handler(frozenset({Intent.TERMINATE}), _said(SuspensionKind.TERMINATE)),
    Handler(frozenset({Intent.RESUME}), resume_said),
)
COMMANDS = {
    "suspend": suspend,
    "terminate": terminate,
    "remind": remind,
    "coordinate": coordinate,
    "notice": notice,
    "drop_suspension": drop,
    "agree_suspension": agree,
    "resume": resume,
    "confirm_resume": confirm_resume,
    "refuse_resume": refuse_resume,
}
CARDS = (
    CardAction("suspension.agree", click_agree),
    CardAction("suspension.talk", click_talk),
    CardAction("suspension.resume", click_resume),
)
