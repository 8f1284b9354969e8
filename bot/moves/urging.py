"""催办: passed on politely, to each person once a working day in office hours, what came meanwhile in one message."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.moves.work import CaseWork
from bot.texts import pressing as texts
from bot.texts.phrases import moment
from domain.errors import InvalidAnswer
from domain.issue_privacy import may_see_private
from domain.issues import WITH_DEPARTMENT, Issue, IssueStatus
from domain.people import ENTERPRISE, Person, Role
from domain.pressing import Urge, next_telling
from domain.project import Project
from storage.outbox import NewMessage

_JOB = "urge"
Said = tuple[str, list[NewMessage]]


def of_issue(work: CaseWork, issue: Issue, project: Project, by: Person) -> Said:
    """Whoever has it now: the representative, or the officer whose desk it is on."""
    if issue.told(work.now) or not issue.is_open:
        raise InvalidAnswer(texts.nothing_to_urge(issue))
    whom = who_has(work, issue, project)
    if whom.id == by.id:
        raise InvalidAnswer(texts.own_desk(issue))
    name, what = called(work, issue, whom), f"问题{issue.no}"
    urge = Urge(0, project.id, issue.no, None, by.id, whom.id, work.now)
    rows, when = _tell(work, urge, whom, what, name)
    work.audit(project.id, "issue.urge", f"issue:{issue.no}", {"to": whom.userid})
    if not issue.private:
        work.log(project, None, f"催办问题{issue.no}（{name}）", subject=f"issue:{issue.no}")
    said = texts.urged(issue, name, _limit(work, issue)) if rows else texts.urged_later(what, name, when)
    return said, rows


def of_project(work: CaseWork, project: Project, item_id: str | None, said: str) -> Said:
    """About an item or the whole: the service officer, who knows whom to ask."""
    officer = work.tx.people.get(project.officer_id)
    entry = work.site.catalogue.items.get(item_id or "")
    what = entry.spoken if entry else "本项目"
    name = f"服务专员{officer.name}"
    by = work.actor.id if work.actor else None
    urge = Urge(0, project.id, None, item_id, by, officer.id, work.now, said)
    rows, when = _tell(work, urge, officer, what, name)
    work.audit(project.id, "project.urge", f"project:{project.id}")
    return texts.to_officer(officer.name) if rows else texts.urged_later(what, name, when), rows


def _tell(work: CaseWork, urge: Urge, whom: Person, what: str, name: str) -> tuple[list[NewMessage], str]:
    """Now where that may be; else when."""
    again = _next(work, whom)
    known = work.tx.urges.last(urge.project_id, urge.issue_no, urge.item_id, whom.id)
    if known and known.told_at is None:
        raise InvalidAnswer(texts.waits_already(what, name, moment(again, _zone(work))))
    if known and known.told_at and known.told_at.astimezone(_zone(work)).date() == work.today:
        told = moment(known.told_at, _zone(work))
        raise InvalidAnswer(texts.urged_today(what, name, told, moment(again, _zone(work))))
    work.tx.urges.add(urge)
    return pass_on(work, whom), moment(again, _zone(work))


def pass_on(work: CaseWork, whom: Person) -> list[NewMessage]:
    """Everything that waits for this person, in one message, when it may be: whoever claims the day says it."""
    if not work.calendar.is_open(work.now):
        return []
    waiting = [urge for urge in work.tx.urges.waiting(whom.id) if _still(work, urge)]
    if not waiting or not work.tx.runs.claim(_JOB, str(whom.id), work.today.isoformat(), work.now):
        return []
    said = [_said(work, urge) for urge in waiting]
    work.tx.urges.told([urge.id for urge in waiting], work.now)
    return [work.tell(whom, texts.urging(said), "urge")]


def _still(work: CaseWork, urge: Urge) -> bool:
    """It may have been answered since, or passed to somebody else, who is told instead."""
    if urge.issue_no is None:
        return True
    issue = work.tx.issues.get(urge.issue_no)
    if issue is None or not issue.is_open or issue.status is IssueStatus.RELEASED:
        work.tx.urges.told([urge.id], work.now)
        return False
    whom = who_has(work, issue, work.tx.projects.get(issue.project_id))
    if whom.id != urge.to_id:
        work.tx.urges.readdress(urge.id, whom.id)
    return whom.id == urge.to_id


def who_has(work: CaseWork, issue: Issue, project: Project) -> Person:
    if issue.status in WITH_DEPARTMENT and issue.representative_id:
        holder = work.tx.people.get(issue.representative_id)
        if not issue.private or may_see_private(holder, issue, project):
            return holder
    return work.notices.desk_of(issue, project)


def called(work: CaseWork, issue: Issue, person: Person) -> str:
    if issue.representative_id == person.id and issue.department:
        return f"{work.site.departments[issue.department].short}{person.name}"
    return f"服务专员{person.name}" if Role.SERVICE_OFFICER in person.roles else person.name


def _said(work: CaseWork, urge: Urge) -> str:
    project = work.tx.projects.get(urge.project_id)
    by = work.tx.people.get(urge.by_id) if urge.by_id else None
    issue = work.tx.issues.get(urge.issue_no) if urge.issue_no is not None else None
    if issue is None:
        return texts.urging_project(project, by.name if by else "群成员", urge.said)
    return texts.urging_issue(issue, project, _title(work, by, project), _limit(work, issue))


def _title(work: CaseWork, by: Person | None, project: Project) -> str:
    if by is None:
        return "项目单位"
    if work.tx.people.project_roles(by.id, project.id) & ENTERPRISE:
        return f"项目单位{by.name}"
    return f"{'督办人员' if Role.SUPERVISOR in by.roles else '服务专员'}{by.name}"


def _limit(work: CaseWork, issue: Issue) -> str:
    due = issue.answer_by if issue.status in WITH_DEPARTMENT else None
    return f"答复时限{moment(due, _zone(work))}" if due else ""


def _next(work: CaseWork, whom: Person) -> datetime:
    told = work.tx.runs.done(_JOB, str(whom.id), work.today.isoformat())
    return next_telling(work.calendar, work.now, told_today=told)


def _zone(work: CaseWork) -> tzinfo:
    return work.calendar.zone
