"""Who people are, what they stand for, and the table of who may do what.

Titles differ by city (domain.md §0.1), so roles are neutral here and their shown titles are configuration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    SERVICE_OFFICER = "service_officer"
    REPRESENTATIVE = "representative"
    DEPARTMENT_CHIEF = "department_chief"
    DEPARTMENT_LEADER = "department_leader"
    SUPERVISOR = "supervisor"
    ENTERPRISE_CONTACT = "enterprise_contact"
    ENTERPRISE_SIGNATORY = "enterprise_signatory"


OFFICERS = frozenset(
    {
        Role.SERVICE_OFFICER,
        Role.REPRESENTATIVE,
        Role.DEPARTMENT_CHIEF,
        Role.DEPARTMENT_LEADER,
        Role.SUPERVISOR,
    }
)
ENTERPRISE = frozenset({Role.ENTERPRISE_CONTACT, Role.ENTERPRISE_SIGNATORY})


# How the contract calls who speaks (§6); the last that fits counts.
_SPEAKS_AS = (
    (Role.REPRESENTATIVE, "representative"),
    (Role.DEPARTMENT_CHIEF, "representative"),
    (Role.DEPARTMENT_LEADER, "supervisor"),
    (Role.SERVICE_OFFICER, "service_officer"),
    (Role.SUPERVISOR, "supervisor"),
)


def speaks_as(roles: frozenset[Role]) -> str:
    return next((name for role, name in reversed(_SPEAKS_AS) if role in roles), "enterprise")


class Post(StrEnum):
    """AB 岗 (R040): the B post steps in while A is away or silent."""

    A = "A"
    B = "B"


@dataclass(frozen=True)
class Duty:
    """What a person does for a department. `leave_from`/`leave_to`: office days, both inclusive."""

    role: Role
    department: str | None = None
    post: Post = Post.A
    topics: tuple[str, ...] = ()
    leave_from: date | None = None
    leave_to: date | None = None

    def on_leave(self, day: date) -> bool:
        return self.leave_from is not None and self.leave_from <= day <= (self.leave_to or date.max)


@dataclass(frozen=True)
class Person:
    id: int
    userid: str
    name: str
    phone: str = field(default="", repr=False)
    active: bool = True
    duties: tuple[Duty, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(duty.role for duty in self.duties)

    def departments(self, *roles: Role) -> frozenset[str]:
        """Keys of the departments this person acts for, in any of `roles` (all roles when none is given)."""
        return frozenset(d.department for d in self.duties if d.department and (not roles or d.role in roles))


class Action(StrEnum):
    ASK = "ask"  # about one project
    FILE_ISSUE = "file_issue"
    JUDGE_ANSWER = "judge_answer"  # solved, or reopen
    BIND_GROUP = "bind_group"
    HANDLE_ISSUE = "handle_issue"  # accept, reply, transfer, not ours
    RELEASE_ANSWER = "release_answer"
    TRIAGE = "triage"
    UPDATE_ITEM = "update_item"
    SEE_ALL = "see_all"
    APPLY = "apply"
    ASK_CASE = "ask_case"  # withdraw, suspend, resume, terminate: asked by the enterprise
    MANAGE_CASE = "manage_case"  # accept, refuse, plan, suspend, hand over: the project's service officer
    INVITE = "invite"  # hand out a one-time code
    HAND_IN = "hand_in"  # a file for the checklist
    REVIEW_MATERIAL = "review_material"
    REPORT_DEMAND = "report_demand"  # asked for something outside the list
    RATE = "rate"
    TELL_PAID = "tell_paid"  # a statutory fee
    LOG_WORK = "log_work"
    GRANT_EXTENSION = "grant_extension"
    PLAN_EVENT = "plan_event"  # 培训, 政企互动: of no project
    URGE = "urge"  # 催办
    PRESS = "press"  # 督办
    SEE_BOARD = (
        "see_board"  # of the site; an officer the own projects, a department's head the own department
    )


ALLOWED: dict[Action, frozenset[Role]] = {
    Action.ASK: OFFICERS | ENTERPRISE,
    Action.FILE_ISSUE: ENTERPRISE | {Role.SERVICE_OFFICER},
    Action.JUDGE_ANSWER: ENTERPRISE,
    Action.BIND_GROUP: frozenset({Role.SERVICE_OFFICER}),
    Action.HANDLE_ISSUE: frozenset({Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF, Role.SERVICE_OFFICER}),
    Action.RELEASE_ANSWER: frozenset({Role.SERVICE_OFFICER}),
    Action.TRIAGE: frozenset({Role.SERVICE_OFFICER}),
    Action.UPDATE_ITEM: frozenset({Role.REPRESENTATIVE, Role.SERVICE_OFFICER}),
    Action.SEE_ALL: frozenset({Role.SUPERVISOR}),
    Action.APPLY: ENTERPRISE | {Role.SERVICE_OFFICER},
    Action.ASK_CASE: ENTERPRISE,
    Action.MANAGE_CASE: frozenset({Role.SERVICE_OFFICER}),
    Action.INVITE: frozenset({Role.SERVICE_OFFICER}),
    Action.HAND_IN: ENTERPRISE | {Role.SERVICE_OFFICER},
    Action.REVIEW_MATERIAL: frozenset({Role.SERVICE_OFFICER, Role.REPRESENTATIVE}),
    Action.REPORT_DEMAND: ENTERPRISE | {Role.SERVICE_OFFICER},
    Action.RATE: ENTERPRISE,
    Action.TELL_PAID: ENTERPRISE | {Role.SERVICE_OFFICER},
    Action.LOG_WORK: frozenset({Role.SERVICE_OFFICER, Role.REPRESENTATIVE}),
    Action.GRANT_EXTENSION: frozenset({Role.SERVICE_OFFICER, Role.SUPERVISOR}),
    Action.PLAN_EVENT: frozenset({Role.SERVICE_OFFICER, Role.SUPERVISOR}),
    Action.URGE: ENTERPRISE | {Role.SERVICE_OFFICER, Role.SUPERVISOR},
    Action.PRESS: frozenset({Role.SERVICE_OFFICER, Role.SUPERVISOR}),
    Action.SEE_BOARD: frozenset(
        {Role.SUPERVISOR, Role.SERVICE_OFFICER, Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER}
    ),
}


@dataclass(frozen=True)
class Standing:
    """What somebody is *towards one project*: the roles held there. Empty for an outsider.

    `member`: in the list of the project's group, or writing in its bound chat; may ask, nothing else
    (contract §10).
    """

    roles: frozenset[Role] = frozenset()
    member: bool = False

    def may(self, action: Action) -> bool:
        if action is Action.ASK and self.member:
            return True
        return bool(self.roles & ALLOWED[action])
