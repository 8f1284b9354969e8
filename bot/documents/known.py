"""What the office has been told already fills every form that asks for it (R112: one form, entered once)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.case import SCOPE_NAMES, SERVICE_LEVEL_NAMES, SERVICE_TYPE_NAMES, Case, ServiceLevel
from domain.filled_forms import FilledForm, FormState
from domain.forms import FormSpec
from domain.people import Role
from domain.project import PROJECT_TYPE_NAMES, Project
from domain.site import Site
from storage.store import Transaction

# Forms in which the enterprise says what its project and itself are, and the sections that say so.
SOURCES = ("F1", "F9")
SECTIONS = frozenset({"项目情况", "项目单位", "与审批有关的情况"})


def known(tx: Transaction, site: Site, project: Project, case: Case | None = None) -> dict[str, Any]:
    """By the keys of forms.yaml; the newest word wins."""
    told: dict[str, Any] = {**project.facts}
    forms = tx.forms.of_project(project.id)
    for form in forms:
        if form.form in SOURCES and form.state is not FormState.VOID:
            told |= _of_project(form, site)
    told |= _registered(tx, site, project)
    if case is not None:
        told |= _of_case(tx, site, case, [form for form in forms if form.case_id == case.id])
    return {key: value for key, value in told.items() if value not in ("", None, [], ())}


def for_form(
    tx: Transaction, site: Site, form: FormSpec, project: Project, case: Case | None = None
) -> dict[str, Any]:
    told = known(tx, site, project, case)
    return {field.key: told[field.key] for field in form.fields if field.key in told}


def _of_project(form: FilledForm, site: Site) -> Mapping[str, Any]:
    spec = site.forms.get(form.form)
    wanted = {field.key for field in spec.fields if field.section in SECTIONS} if spec else set()
    return {key: value for key, value in form.values.items() if key in wanted}


def _registered(tx: Transaction, site: Site, project: Project) -> dict[str, Any]:
    """From the register: it is kept up to date, a form of last year is not."""
    enterprise = tx.projects.enterprise(project.enterprise_id)
    officer = tx.people.get(project.officer_id)
    people = {role: person for person, role in tx.people.of_project(project.id) if person.active}
    contact = people.get(Role.ENTERPRISE_CONTACT) or people.get(Role.ENTERPRISE_SIGNATORY)
    told = {
        "project_name": project.name,
        # The state's code of the project; our own number is no substitute and stays off the paper.
        "project_code": project.national_code,
        "project_type": PROJECT_TYPE_NAMES[project.type],
        **dict.fromkeys(("enterprise", "owner", "applicant"), enterprise.name),
        "credit_code": enterprise.credit_code,
        "enterprise_address": enterprise.address,
        "agent": site.hall.name,
        "officer_name": officer.name,
        "officer_phone": officer.phone,
    }
    if contact:
        told |= dict.fromkeys(("contact_name", "owner_contact"), contact.name)
        told |= dict.fromkeys(("contact_phone", "owner_phone"), contact.phone)
    return told


def _of_case(tx: Transaction, site: Site, case: Case, forms: list[FilledForm]) -> dict[str, Any]:
    valid = [form for form in forms if form.state is not FormState.VOID]
    agreement = next((form for form in reversed(valid) if form.form == "F13"), None)
    entrusted = next(
        (form.values["entrusted"] for form in reversed(valid) if form.values.get("entrusted")), ""
    )
    items = tx.cases.items([case.id]).get(case.id, [])
    names = [site.catalogue.items[one.item_id].name for one in items if one.item_id in site.catalogue.items]
    return {
        "scope": SCOPE_NAMES[case.scope],
        "scope_stages": list(case.stages),
        "service_types": [SERVICE_TYPE_NAMES[one] for one in case.service_types],
        "service": SERVICE_LEVEL_NAMES[min(case.level, ServiceLevel.ACT_FOR, key=_how_far)],
        "agreement_no": agreement.no if agreement else case.no,
        "entrusted": entrusted or "、".join(names),
        "items": names,
        "accepted_on": _iso(case.accepted_on),
    }


def _how_far(level: ServiceLevel) -> int:
    """F14 knows 帮办 and 代办 only; 包办 is the latter."""
    return list(ServiceLevel).index(level)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
