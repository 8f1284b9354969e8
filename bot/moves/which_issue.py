"""An order about a problem without its number: which one, of those this person could mean."""

from __future__ import annotations

from bot.context import Context
from bot.texts.phrases import clipped
from bot.understanding.acts import Act, Intent
from domain.errors import Unclear
from domain.issues import OPEN, Issue, IssueStatus
from domain.people import Action

_ORDERS = frozenset(
    {
        Intent.ACCEPT_ISSUE,
        Intent.REPLY_ISSUE,
        Intent.TRANSFER_ISSUE,
        Intent.EXTEND_ISSUE,
        Intent.ESCALATE_ISSUE,
        Intent.CLOSE_ISSUE,
    }
)
MOST = 3


def must_be_named(context: Context, act: Act) -> None:
    """Raises Unclear with the problems it may be; with none of them the order itself is refused where it is done."""
    if act.intent not in _ORDERS or act.issue_no is not None or context.sender is None:
        return
    found = [issue for issue in _held(context) if _fits(act.intent, issue)]
    if found:
        raise Unclear(
            "您说的是哪个问题？请回复数字：",
            [(str(one.no), f"问题{one.no}：{clipped(one.description, 24)}") for one in found[:MOST]],
            "issue_no",
        )


def _held(context: Context) -> list[Issue]:
    """In a group its own project's, in a single chat what is on this person's desk; nothing that is about a person."""
    person = context.must_sender
    tx = context.tx
    if context.message.in_group:
        here = tx.issues.of_project(context.project.id) if context.project else []
        mine = context.standing.may(Action.RELEASE_ANSWER)
        found = [issue for issue in here if mine or issue.representative_id == person.id]
    else:
        found = list(tx.issues.held_by(person.id))
        own = [
            one for one in tx.projects.of_person(person.id) if person.id in (one.officer_id, one.deputy_id)
        ]
        found += [issue for one in own for issue in tx.issues.of_project(one.id)]
    return [issue for issue in {one.no: one for one in found}.values() if not issue.private]


def _fits(intent: Intent, issue: Issue) -> bool:
    if issue.status not in OPEN:
        return False
    return intent is not Intent.ACCEPT_ISSUE or issue.status in (IssueStatus.ASSIGNED, IssueStatus.TRIAGE)
