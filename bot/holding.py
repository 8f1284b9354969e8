"""Who may act on an issue: an officer acts only on what is theirs (contract §10)."""

from __future__ import annotations

from bot.context import Context
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.issue_privacy import may_see_private
from domain.issues import Issue, IssueStatus
from domain.people import OFFICERS, Action, Role
from domain.project import Project


def must_hold(context: Context, issue: Issue, project: Project, action: Action) -> None:
    """An officer acts only on what is theirs: the holder, the holder's chief, or the project's service officer."""
    must_be_seen(context, issue, project)
    person = context.must_sender
    if context.standing_towards(project).may(Action.RELEASE_ANSWER):
        return
    mine = issue.representative_id == person.id
    colleague = issue.department in person.departments(Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF)
    if action is Action.HANDLE_ISSUE and (mine or colleague or _asked_too(context, issue)):
        return
    if issue.representative_id and action is Action.HANDLE_ISSUE:
        if not context.standing_towards(project).may(Action.ASK):
            raise NotFound("issue", str(issue.no))  # who works on what elsewhere is nobody else's business
        holder = context.tx.people.get(issue.representative_id)
        raise InvalidAnswer(
            f"问题{issue.no}现由{holder.name}办理，请由{holder.name}操作，要改派请联系{context.whom_to_ask}。"
        )
    raise NotAllowed(action, context.whom_to_ask)


def _asked_too(context: Context, issue: Issue) -> bool:
    """It was passed on to this person's department, or the department handles it beside the lead."""
    own = context.must_sender.departments(Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF)
    asked = {issue.offered_department, *(part.department for part in context.tx.parts.of(issue.no))}
    return bool(own & asked) or issue.offered_to == context.must_sender.id


def must_be_seen(context: Context, issue: Issue, project: Project) -> None:
    """Whether a problem exists is nobody else's business: in a group only its own project's are there, and for
    an enterprise only those of projects it has a part in."""
    here = context.message.in_group and context.group is not None and context.group.project_id == project.id
    if context.message.in_group and not here:
        raise NotFound("issue", str(issue.no))
    person = context.must_sender
    if issue.private and (context.message.in_group or not may_see_private(person, issue, project)):
        raise NotFound("issue", str(issue.no))
    if not here and not person.roles & OFFICERS and not context.standing_towards(project).may(Action.ASK):
        raise NotFound("issue", str(issue.no))
    context.project = project
    context.forget_project()


def must_not_be_taken(context: Context, issue: Issue) -> None:
    person = context.must_sender
    own = person.departments(Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF)
    offered = issue.offered_to == person.id or issue.offered_department in own
    if issue.status is IssueStatus.ACCEPTED and issue.representative_id and not offered:
        holder = context.tx.people.get(issue.representative_id)
        mine = holder.id == context.must_sender.id
        who = "您" if mine else holder.name
        raise InvalidAnswer(
            f"问题{issue.no}已由{who}接办。{f'发送“回复 {issue.no} 答复内容”即可答复。' if mine else ''}"
        )


def must_grant(context: Context, issue: Issue, project: Project) -> None:
    """More time is granted by the roles the site names, towards this project."""
    must_be_seen(context, issue, project)
    roles = context.standing_towards(project).roles
    if not roles & set(context.site.deadlines.extension.granted_by):
        raise NotAllowed(Action.GRANT_EXTENSION, context.whom_to_ask)


def must_know(context: Context, no: int) -> tuple[Issue, Project]:
    """To look at it only: whoever holds it, or may ask about its project; in a group only that group's."""
    issue = context.tx.issues.get(no)
    project = context.tx.projects.get(issue.project_id) if issue else None
    elsewhere = context.message.in_group and project is not None and project != context.project
    if issue is None or project is None or elsewhere:
        raise NotFound("issue", str(no))
    if issue.private:
        must_be_seen(context, issue, project)
    context.project = project
    context.forget_project()
    held = context.sender is not None and issue.representative_id == context.sender.id
    if not held and not context.standing.may(Action.ASK):
        raise NotFound("issue", str(no))  # whether it exists is nobody else's business
    return issue, project
