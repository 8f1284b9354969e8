"""From a filled-in application to a numbered case: looked at for eligibility and doubles, given to who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.cards import application_cards
from bot.moves import carding, planning, signing
from bot.moves.work import CaseWork
from bot.texts import applications as texts
from bot.texts.phrases import day
from domain.application import LEVELS, SCOPES, Application, asked, completed, must_fit_together, plain
from domain.case import (
    OPEN_CASES,
    SERVICE_TYPE_NAMES,
    WAITING_CASES,
    Case,
    CaseStatus,
    ContactChannel,
    ServiceType,
)
from domain.catalogue import CatalogueItem
from domain.eligibility import Eligibility, assess
from domain.errors import InvalidAnswer
from domain.forms import FieldSpec
from domain.ledger import Milestone
from domain.people import ENTERPRISE, Person, Role
from domain.project import PROJECT_TYPE_NAMES, Project
from domain.site import Site
from storage.outbox import NewMessage

_TYPES = {name: key for key, name in PROJECT_TYPE_NAMES.items()}
_SERVICES = {name: key for key, name in SERVICE_TYPE_NAMES.items()}
_OF_THE_CONTACT = frozenset({"contact_name", "contact_post", "contact_phone"})
_NOT_FACTS = frozenset({"project_name", "project_code", "project_type"})


@dataclass(frozen=True)
class Filed:
    case: Case
    project: Project
    officer: Person
    applicant: Person
    values: Mapping[str, str] = field(repr=False)
    later: frozenset[str] = frozenset()


def item_called(site: Site, word: str) -> CatalogueItem | None:
    """By the name people use, the full one or an alias; None when it is unknown or could be several."""
    wanted = word.strip().lower()
    found = [
        one
        for one in site.catalogue.items.values()
        if wanted in {name.lower() for name in (one.spoken, one.name, *one.aliases)}
    ]
    spoken = [one for one in found if one.spoken.lower() == wanted]
    return (spoken or found)[0] if len(spoken or found) == 1 else None


def items_of(site: Site, names: str) -> tuple[str, ...]:
    """Catalogue ids of names as an application keeps them."""
    found = (item_called(site, name) for name in names.split("、") if name)
    return tuple(one.id for one in found if one)


def known_values(work: CaseWork, project: Project) -> dict[str, str]:
    """What the office has been told already is not asked for again."""
    enterprise = work.tx.projects.enterprise(project.enterprise_id)
    keys = {one.key for one in asked(work.site.forms["F1"])}
    facts = {
        key: str(value).removesuffix(".0") for key, value in project.facts.items() if key in keys and value
    }
    return {
        **_told_before(work, project, keys),
        **facts,
        "project_name": project.name,
        "project_type": PROJECT_TYPE_NAMES[project.type],
        "enterprise": enterprise.name,
        "credit_code": enterprise.credit_code,
        **({"project_code": project.national_code} if project.national_code else {}),
        **({"enterprise_address": enterprise.address} if enterprise.address else {}),
    }


def _told_before(work: CaseWork, project: Project, keys: set[str]) -> dict[str, str]:
    """Of the last application, a refused one as well; which service is wanted is said anew, and who applies is
    whoever writes now."""
    forms = [one for one in work.tx.forms.of_project(project.id) if one.form == "F1"]
    told = forms[-1].values if forms else {}
    wanted = {
        one.key for one in work.site.forms["F1"].fields if one.key in keys and one.section != "服务需求"
    }
    if told.get("contact_name") != work.actor_name:
        wanted -= _OF_THE_CONTACT
    return {key: str(told[key]) for key in wanted if told.get(key) not in (None, "", "待补")}


def eligibility(work: CaseWork, values: Mapping[str, object]) -> Eligibility:
    return assess(work.site.intake.eligibility, values)


def must_be_free(work: CaseWork, project: Project) -> None:
    """One application at a time; what runs already is changed, not applied for again (R013)."""
    for case in work.tx.cases.of_project(project.id):
        if case.status in WAITING_CASES:
            state = "待受理" if case.status is CaseStatus.APPLIED else "待签委托协议"
            raise InvalidAnswer(
                f"{project.name}已有申请{case.no}（{state}），不能重复申请。要改内容请先发送“撤回申请”，或联系服务专员。"
            )
        if case.status in OPEN_CASES:
            raise InvalidAnswer(
                f"{project.name}的帮办代办{case.no}正在办理，调整范围请联系服务专员变更委托。有其他项目要申请，请发送“申请代办 新项目”。"
            )


def decided_until(work: CaseWork, case: Case) -> date:
    """The last day for the decision (R056)."""
    applied = (case.applied_at or work.now).astimezone(work.calendar.zone).date()
    return work.calendar.add_working_days(applied, work.site.intake.decide_days)


def double_of(work: CaseWork, values: Mapping[str, str], project: Project | None) -> Project | None:
    """Another project with the same national code, or of the same name and enterprise (R053)."""
    by_code = work.tx.projects.by_code(values["project_code"]) if values.get("project_code") else None
    name, credit = values.get("project_name", ""), values.get("credit_code", "")
    found = by_code or (work.tx.projects.called(name, credit) if name and credit else None)
    return found if found and (project is None or found.id != project.id) else None


def file(
    work: CaseWork, application: Application, project: Project | None, applicant: Person
) -> tuple[Filed, list[NewMessage]]:
    """Everything is checked before anything is kept. `work.channel`: where it came in."""
    values = completed(application.values)
    missing = Application(values, application.later).missing(work.site.forms["F1"])
    if missing:
        raise InvalidAnswer(f"还缺：{'、'.join(plain(one.label) for one in missing[:6])}，补好后再提交。")
    if not application.agreed:
        raise InvalidAnswer(f"提交前请先确认声明，回复“同意”：{texts.STATEMENTS}")
    must_fit_together(values)
    _must_be_new(work, values, project)
    if project is not None:
        work.tx.projects.hold(project.id)
        must_be_free(work, project)
    # From its number on one application comes after the other: who applied for the same one meanwhile is seen now.
    no = work.number("F1")
    _must_be_new(work, values, project)
    kept = _kept_project(work, values, project, applicant)
    case = _case(work, no, values, kept, applicant)
    _form(work, values, application, kept, case, applicant)
    officer = work.tx.people.get(kept.officer_id)
    filed = Filed(case, kept, officer, applicant, values, application.later)
    return filed, _told(work, filed)


def _must_be_new(work: CaseWork, values: Mapping[str, str], project: Project | None) -> None:
    if double_of(work, values, project):
        raise InvalidAnswer(
            "这个项目已有登记，请核对项目代码和名称；确属贵单位的，请向服务专员要登记码后再申请。"
        )


def _kept_project(
    work: CaseWork, values: Mapping[str, str], project: Project | None, applicant: Person
) -> Project:
    facts = {
        one.key: values[one.key]
        for one in asked(work.site.forms["F1"])
        if one.section == "项目情况" and one.key not in _NOT_FACTS and values.get(one.key)
    }
    kind, national = _TYPES[values["project_type"]], values.get("project_code", "")
    if project is None:
        project_id = _new_project(work, values, applicant)
    else:
        project_id = project.id
        work.tx.projects.identify(project_id, type=kind, national_code=national or project.national_code)
    work.tx.projects.update_facts(project_id, facts)
    return work.tx.projects.get(project_id)


def _new_project(work: CaseWork, values: Mapping[str, str], applicant: Person) -> int:
    enterprise = work.tx.projects.add_enterprise(
        values["enterprise"], values["credit_code"], values["enterprise_address"]
    )
    officer = first_officer(work, applicant)
    project_id = work.tx.projects.add(
        code=_free_code(work),
        name=values["project_name"],
        type=_TYPES[values["project_type"]],
        enterprise_id=enterprise,
        officer_id=officer.id,
        national_code=values.get("project_code", ""),
    )
    if work.channel in {ContactChannel.CHAT, ContactChannel.GROUP}:
        work.tx.people.tie(project_id, applicant.id, Role.ENTERPRISE_CONTACT)
    work.audit(project_id, "project.open", f"project:{project_id}")
    return project_id


def first_officer(work: CaseWork, applicant: Person) -> Person:
    """Whoever took it in at the window, else the one who sorts what is new."""
    if Role.SERVICE_OFFICER in applicant.roles:
        return applicant
    found = work.tx.people.by_userid(work.site.triage_officer)
    officer = found or next(iter(work.tx.people.with_role(Role.SERVICE_OFFICER)), None)
    if officer is None:
        raise InvalidAnswer(
            f"还没有登记服务专员，请联系{work.site.hall.name}（电话 {work.site.hall.phone}）。"
        )
    return officer


def _free_code(work: CaseWork) -> str:
    year = work.today.year
    while True:
        code = f"{work.site.code}-{year}-{work.tx.sites.next_number(f'project:{year}'):03d}"
        if work.tx.projects.by_code(code) is None:
            return code


def _case(work: CaseWork, no: str, values: Mapping[str, str], project: Project, applicant: Person) -> Case:
    new = Case(
        0,
        no,
        project.id,
        LEVELS[values["level"]],
        SCOPES[values["scope"]],
        CaseStatus.APPLIED,
        stages=tuple(one for one in values.get("scope_stages", "").split("、") if one),
        service_types=tuple(_SERVICES[one] for one in values["service_types"].split("、")),
        channel=work.channel,
        applied_by=applicant.id,
        applied_at=work.now,
    )
    case = work.tx.cases.get(work.tx.cases.add(new))
    if case is None:
        raise LookupError("case")
    work.audit(project.id, "case.apply", f"case:{case.id}", {"status": case.status, "channel": work.channel})
    return case


def _form(
    work: CaseWork,
    values: Mapping[str, str],
    application: Application,
    project: Project,
    case: Case,
    applicant: Person,
) -> None:
    """The signatory's own application is signed with it; a contact's waits for the signatory's name, where there is
    one. It stands in the way of nothing: the entrustment is what both sides must sign (R058)."""
    filled = {**values, "truthful": True, "voluntary": True, "signed_on": work.today.isoformat()}
    for key in application.later:
        filled.setdefault(key, "待补")
    signatories = work.signatories(project, Role.ENTERPRISE_SIGNATORY)
    signers = (Role.ENTERPRISE_SIGNATORY,) if signatories else ()
    form = work.fill("F1", project, case, filled, signers=signers, no=case.no)
    if applicant in signatories:
        signed = form.sign(signing.by_hand(work, Role.ENTERPRISE_SIGNATORY, applicant))
        work.tx.forms.save(signed)
        work.audit(project.id, "form.sign", f"form:{form.id}", {"form": "F1"})


def _told(work: CaseWork, filed: Filed) -> list[NewMessage]:
    case, project, officer, values = filed.case, filed.project, filed.officer, filed.values
    subject, eligible = f"case:{case.id}", eligibility(work, values)
    later = [plain(one.label) for one in _fields(work, filed.later)]
    planned = planning.proposed(work, project, case, items_of(work.site, values.get("scope_items", "")))
    until = decided_until(work, case)
    card = application_cards.to_decide(case, project, values["enterprise"], day(until), fits=eligible.open)
    told = [
        work.tell(officer, texts.facts_for_officer(case, project, values, eligible, later), subject),
        work.tell(
            officer, texts.plan_for_officer(case, [one.item_id for one in planned], work.site), subject
        ),
        carding.send(work, officer, card, subject),
    ]
    others = {p.id: p for p, role in work.tx.people.of_project(project.id) if role in ENTERPRISE}
    told += [
        work.tell(one, texts.put_in(case, project, filed.applicant.name), subject)
        for one in others.values()
        if one.id not in (filed.applicant.id, officer.id)
    ]
    form = work.tx.forms.newest(case.id, "F1")
    if form and form.missing:
        told += signing.ask_to_sign(work, form, project)
    work.log(
        project, case, f"提交帮办代办申请（{texts.scope(case)}）", subject=subject, milestone=Milestone.INTENT,
        service_type=ServiceType.CONSULT, next_step="服务专员答复是否受理",
    )  # fmt: skip
    return told


def _fields(work: CaseWork, keys: frozenset[str]) -> list[FieldSpec]:
    return [one for one in asked(work.site.forms["F1"]) if one.key in keys]
