"""“签署 编号” and the card's button: the signatory's own confirmation; “盖章件 编号” enters a stamped copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Answer, CardAction, Context, Job, words
from bot.moves import carding, naming, signing
from bot.moves.after_signing import AFTER, JOBS
from bot.moves.work import CaseWork, case_work
from bot.platform import CardClick
from bot.texts import forms as texts
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.filled_forms import FilledForm, FormState
from domain.people import Action, Role
from domain.project import Project


def sign(context: Context, arguments: dict[str, str]) -> Answer:
    work = case_work(context)
    form, project = _by_no(context, work, arguments["code"])
    role = signing.must_sign(work, form, project, context.must_sender)
    signature = signing.by_hand(work, role, context.must_sender)
    signed, told = signing.sign(work, form, project, signature, AFTER)
    return replace(words(_answer(work, signed, project)).and_tell(*told), jobs=_jobs(signed))


def stamped(context: Context, arguments: dict[str, str]) -> Answer:
    """The service officer enters a stamped paper copy: the file stands for the enterprise's signature."""
    work = case_work(context)
    form, project = _by_no(context, work, arguments["code"])
    context.must_be_allowed(Action.MANAGE_CASE)
    if not context.message.files:
        raise InvalidAnswer(
            f"没有收到盖章件。请引用盖章扫描件并写：盖章件 {form.no}，或把文件发给我后再发这一句。"
        )
    role = next((one for one in form.missing if one is not Role.SERVICE_OFFICER), None)
    people = work.signatories(project, role) if role else []
    if role is None or not people:
        raise InvalidAnswer(f"《{context.site.forms[form.form].title}》（{form.no}）不缺项目单位的签章。")
    work.tx.files.attach(context.inbox_id or 0, "form", form.id, context.must_sender.id, context.now)
    signature = signing.stamped(work, role, people[0])
    signed, told = signing.sign(work, form, project, signature, AFTER)
    return replace(words(_answer(work, signed, project)).and_tell(*told), jobs=_jobs(signed))


def click(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work, form, project = _clicked(context, click, arguments)
    role = signing.must_sign(work, form, project, context.must_sender)
    signature = signing.by_hand(work, role, context.must_sender)
    signed, told = signing.sign(work, form, project, signature, AFTER, but=click.task_id)
    line = texts.signed_line(context.must_sender.name)
    final = carding.settled(context.site.forms[form.form].title, project.name, click.task_id, line)
    return Answer(final, tuple(told), _jobs(signed))


def doubt(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    """Nothing is signed; the service officer is told who hesitates."""
    work, form, project = _clicked(context, click, arguments)
    signing.must_sign(work, form, project, context.must_sender)
    title = context.site.forms[form.form].title
    note = texts.doubt_to_officer(project.name, title, form.no, context.must_sender.name)
    officer = context.tx.people.get(project.officer_id)
    subject = f"form:{form.id}"
    said = work.tell(context.must_sender, texts.doubt_noted(officer.name), subject, urgent=True)
    return Answer(None, (work.tell(officer, note, subject), said))


def _by_no(context: Context, work: CaseWork, no: str) -> tuple[FilledForm, Project]:
    if context.sender is None:
        raise NotAllowed("registered", context.whom_to_ask)
    return _of_theirs(context, work, work.tx.forms.by_no(no), no.upper())


def _of_theirs(
    context: Context, work: CaseWork, found: FilledForm | None, no: str = ""
) -> tuple[FilledForm, Project]:
    """Whether a paper exists is nobody else's business; a group speaks of its own project only."""
    project = work.tx.projects.get(found.project_id) if found else None
    elsewhere = context.message.in_group and (context.project is None or context.project != project)
    if found is None or project is None or elsewhere or not context.standing_towards(project).roles:
        raise NotFound("paper", no)
    context.project = project
    context.forget_project()
    return signing.held(work, found), project


def _clicked(
    context: Context, click: CardClick, arguments: Sequence[str]
) -> tuple[CaseWork, FilledForm, Project]:
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    carding.note_click(context, click)
    work = case_work(context)
    return work, *_of_theirs(context, work, work.tx.forms.get(naming.number_of(arguments, 0)))


def _answer(work: CaseWork, form: FilledForm, project: Project) -> str:
    waiting = [person.name for role in form.missing for person in work.signatories(project, role)]
    return texts.signed_answer(
        work.site.forms[form.form].title, form.no, waiting, alone=len(form.signers) == 1
    )


def _jobs(signed: FilledForm) -> tuple[Job, ...]:
    wanted = JOBS.get(signed.form) if signed.state is FormState.SIGNED else None
    return (Job(wanted, (signed.project_id,)),) if wanted else ()


CARDS = (CardAction("sign", click), CardAction("doubt", doubt))
