"""12345 tickets become issues, each once: what is known already is left as it is, what is handled inside is tied to
that (R141)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.documents.sheets import Problem, SheetProblems, half_width
from bot.documents.tickets_sheet import NEW, AnsweredTicket, TicketRow
from bot.issue_routing import IssueRouting
from bot.masking import mask_private
from bot.moves import filing
from domain.categories import guessed
from domain.issues import Issue, IssueStatus
from domain.project import Project
from storage.tickets import Ticket

STATES = {
    IssueStatus.CLOSED: "已解决",
    IssueStatus.WITHDRAWN: "已撤回",
}
PRIVATE = "（涉及个人，由服务专员单独答复）"
ItemIn = Callable[[str], str | None]


@dataclass(frozen=True)
class Imported:
    """Numbers of tickets: new ones with their issue, those tied to one that was there, those known already."""

    filed: tuple[tuple[str, int], ...]
    tied: tuple[tuple[str, int], ...]
    known: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Found:
    row: TicketRow
    project: Project
    issue: Issue | None
    item: str | None


def take_in(work: IssueRouting, rows: Sequence[TicketRow], item_in: ItemIn) -> Imported:
    """All of them or, with SheetProblems, none."""
    known = work.tx.tickets.known(row.no for row in rows)
    problems: list[Problem] = []
    found = [_found(work, row, item_in, problems) for row in rows if row.no not in known]
    if problems:
        raise SheetProblems(problems)
    new = [one for one in found if one is not None]
    filed = [(one.row.no, _keep(work, one)) for one in new if one.issue is None]
    tied = [(one.row.no, _keep(work, one)) for one in new if one.issue is not None]
    return Imported(
        tuple(filed), tuple(tied), tuple((row.no, known[row.no]) for row in rows if row.no in known)
    )


def _found(work: IssueRouting, row: TicketRow, item_in: ItemIn, problems: list[Problem]) -> _Found | None:
    names = work.site.tickets

    def wrong(column: str, reason: str) -> None:
        problems.append(Problem(names.sheet, row.row, column, reason))

    project = _project(work, row, wrong)
    if project is None:
        return None
    item = item_in(row.content)
    if row.issue not in ("", NEW):
        issue = work.tx.issues.get(int(row.issue))
        if issue is None or issue.project_id != project.id:
            wrong(names.issue, "这个项目没有这个问题号")
            return None
        return _Found(row, project, issue, item)
    alike = None if row.issue == NEW else filing.alike_one(work, project, item, row.content)
    if alike:
        wrong(names.issue, f"与办理中的问题{alike.no}相似：是同一件事请填 {alike.no}，不是请填“{NEW}”")
        return None
    return _Found(row, project, None, item)


def _project(work: IssueRouting, row: TicketRow, wrong: Callable[[str, str], None]) -> Project | None:
    names = work.site.tickets
    if row.project:
        project = work.tx.projects.by_code(row.project)
        if project is None:
            wrong(names.project, "没有这个项目编号，请核对")
        return project
    found = work.tx.projects.of_enterprise(row.enterprise, half_width(row.enterprise).upper())
    if len(found) == 1:
        return found[0]
    codes = "、".join(one.code for one in found)
    wrong(
        names.enterprise,
        f"该单位有几个项目，请填项目编号：{codes}"
        if found
        else "没有找到该单位的项目，请核对全称或填项目编号",
    )
    return None


def _keep(work: IssueRouting, found: _Found) -> int:
    """The service officer stands for the hotline: who called there is not known here."""
    row, project = found.row, found.project
    said = mask_private(row.content)
    no = found.issue.no if found.issue else 0
    if found.issue is None:
        category = guessed(said)
        private = filing.about_a_person(work.site, category, said)
        wish = filing.Wish(said, category, found.item, private=private)
        no = filing.file(work, project, work.tx.people.get(project.officer_id), wish).no
    work.tx.tickets.add(Ticket(row.no, no, row.received_on, said), work.now)
    work.tx.audit.add(project.id, work.now, work.actor, "ticket.import", f"issue:{no}")
    return no


def answered(work: IssueRouting, first: date, last: date) -> list[AnsweredTicket]:
    """Received between the two days, with what the enterprise was told – never a draft."""
    return [_answered(work, ticket) for ticket in work.tx.tickets.received_between(first, last)]


def _answered(work: IssueRouting, ticket: Ticket) -> AnsweredTicket:
    issue = work.tx.issues.get(ticket.issue_no)
    assert issue is not None  # a foreign key
    project = work.tx.projects.get(issue.project_id)
    told = issue.answer != "" and (issue.told(work.now) or issue.status is IssueStatus.CLOSED)
    answer = (PRIVATE if issue.private else issue.answer) if told else ""
    department = work.site.departments.get(issue.department or "")
    return AnsweredTicket(
        ticket.foreign_no, ticket.received_on, work.tx.projects.enterprise(project.enterprise_id).name, project.code,
        ticket.said, issue.no, department.name if department else work.site.hall.name,
        STATES.get(issue.status, "已答复" if told else "办理中"), answer,
        _day(work, issue.released_at) if told else None,
    )  # fmt: skip


def _day(work: IssueRouting, instant: datetime | None) -> date | None:
    return instant.astimezone(work.calendar.zone).date() if instant else None
