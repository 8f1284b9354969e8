"""Rows of the office's tables into the database: all of them, or none."""

from __future__ import annotations

from datetime import date, datetime

from bot.documents.projects_sheet import ProjectRow
from bot.documents.roster_sheet import RosterRow
from bot.documents.sheets import Problem, SheetProblems
from domain.case import Case, CaseStatus
from domain.people import Duty, Person, Role
from domain.site import Site
from storage.store import Transaction

ROSTER, PROJECTS = "人员名单", "项目"


def keep_roster(tx: Transaction, rows: list[RosterRow]) -> int:
    """Persons with their duties; a person who stands in several rows holds several. Returns how many persons."""
    by_person: dict[str, list[RosterRow]] = {}
    for row in rows:
        by_person.setdefault(row.userid.lower(), []).append(row)
    for userid, own in by_person.items():
        duties = tuple(
            Duty(r.role, r.department, r.post, r.topics, None, None) for r in own if r.valid_from is None
        ) + tuple(
            # Valid from a later day: on leave until the day before.
            Duty(
                r.role, r.department, r.post, r.topics, date.min.replace(year=2000), _day_before(r.valid_from)
            )
            for r in own
            if r.valid_from is not None
        )
        tx.people.save(userid, own[0].name, own[0].mobile, duties)
    return len(by_person)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def keep_projects(tx: Transaction, rows: list[ProjectRow], site: Site, now: datetime) -> list[str]:
    """Codes of the projects added. Raises SheetProblems when one is known already or an officer is not."""
    officers = tx.people.by_userids(row.officer for row in rows)
    problems = [problem for row in rows for problem in _problems(tx, row, officers)]
    if problems:
        raise SheetProblems(problems)
    return [_keep(tx, row, officers[row.officer.lower()], site, now) for row in rows]


def _problems(tx: Transaction, row: ProjectRow, officers: dict[str, Person]) -> list[Problem]:
    found = []
    officer = officers.get(row.officer.lower())
    if officer is None or Role.SERVICE_OFFICER not in officer.roles:
        reason = f"{row.officer} 不是已登记的服务专员，请先导入人员名单"
        found.append(Problem(PROJECTS, row.row, "服务专员账号", reason))
    for title, code in (("项目编号", row.code), ("国家项目代码", row.national_code)):
        if code and tx.projects.by_code(code):
            found.append(Problem(PROJECTS, row.row, title, f"{code} 已有项目，不能重复导入"))
    if tx.projects.known(row.name, row.credit_code):
        found.append(Problem(PROJECTS, row.row, "项目名称", "该单位已有同名项目，不能重复导入"))
    if row.chat_id and tx.groups.by_appchat(row.chat_id):
        found.append(Problem(PROJECTS, row.row, "工作群chatid", "已属于另一个项目"))
    return found


def _keep(tx: Transaction, row: ProjectRow, officer: Person, site: Site, now: datetime) -> str:
    year = now.year
    code = row.code or f"{site.code}-{year}-{tx.sites.next_number(f'project:{year}'):03d}"
    while not row.code and tx.projects.by_code(code):
        code = f"{site.code}-{year}-{tx.sites.next_number(f'project:{year}'):03d}"
    facts = {"investment": row.investment, "land_area": row.land_area, "floor_area": row.floor_area}
    project_id = tx.projects.add(
        code=code,
        name=row.name,
        type=row.type,
        enterprise_id=tx.projects.add_enterprise(row.enterprise, row.credit_code),
        officer_id=officer.id,
        national_code=row.national_code,
        facts={key: str(value) for key, value in facts.items() if value is not None},
    )
    contact = _person(tx, row.contact, row.contact_name, row.contact_phone)
    signatory = _person(tx, row.signatory, row.signatory_name, "") if row.signatory else contact
    tx.people.tie(project_id, contact, Role.ENTERPRISE_CONTACT)
    tx.people.tie(project_id, signatory, Role.ENTERPRISE_SIGNATORY)
    if row.chat_id:
        tx.groups.add(
            project_id, site.group_name(row.name), since=now, appchat=row.chat_id, owner=row.officer
        )
    number = site.form_number("F1", year, tx.sites.next_number(f"case:{year}"))
    status = CaseStatus.ACTIVE if row.accepted_on else CaseStatus.APPLIED
    tx.cases.add(Case(0, number, project_id, row.level, row.scope, status, row.accepted_on))
    tx.audit.add(project_id, now, "cli", "project.import", f"project:{project_id}")
    return code


def _person(tx: Transaction, userid: str, name: str, phone: str) -> int:
    """Known people keep their duties: a table of projects does not change the roster."""
    known = tx.people.by_userid(userid)
    return known.id if known else tx.people.save(userid, name, phone)
