"""Rows to begin a test with: keyword-only, everything has a default, what a test is about it names itself.

They need the shipped configuration's departments and catalogue (`site_store`), except people without duties.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from domain.case import Case, CaseStatus, Scope, ServiceLevel
from domain.issues import Category, Issue
from domain.items import ItemEvent, ItemState
from domain.materials import Material, MaterialState
from domain.people import Duty, Person, Post, Role
from domain.project import Project, ProjectType
from storage.outbox import NewMessage
from storage.store import Transaction

NOW = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)  # 09:30 in China, a Tuesday
DAY = date(2026, 9, 15)
_numbers = itertools.count(1)


def person(
    tx: Transaction,
    *,
    userid: str = "",
    name: str = "陈静",
    phone: str = "13800000001",
    duties: Sequence[Duty] = (),
) -> Person:
    return tx.people.get(tx.people.save(userid or f"person.{next(_numbers)}", name, phone, duties))


def duty(
    *, role: Role = Role.REPRESENTATIVE, department: str | None = "zjj", post: Post = Post.A,
    topics: tuple[str, ...] = (), leave: tuple[date | None, date | None] = (None, None),
) -> Duty:  # fmt: skip
    return Duty(role, department, post, topics, *leave)


def officer(tx: Transaction, *, userid: str = "", name: str = "李娜") -> Person:
    return person(tx, userid=userid, name=name, duties=[duty(role=Role.SERVICE_OFFICER, department=None)])


def representative(
    tx: Transaction, *, userid: str = "", name: str = "王强", department: str = "zjj"
) -> Person:
    return person(tx, userid=userid, name=name, duties=[duty(department=department)])


def enterprise(tx: Transaction, *, name: str = "云溪新材料有限公司", credit_code: str = "") -> int:
    return tx.projects.add_enterprise(name, credit_code or f"{next(_numbers):018d}")


def project(
    tx: Transaction, *, code: str = "", name: str = "新材料厂房", enterprise_id: int = 0, officer_id: int = 0,
    deputy_id: int | None = None, national_code: str = "", contact_id: int = 0,
) -> Project:  # fmt: skip
    """With `contact_id` that person is tied as its contact."""
    project_id = tx.projects.add(
        code=code or f"YX-2026-{next(_numbers) + 100}",
        name=name,
        type=ProjectType.SOCIAL_INDUSTRIAL,
        enterprise_id=enterprise_id or enterprise(tx),
        officer_id=officer_id or officer(tx).id,
        deputy_id=deputy_id,
        national_code=national_code,
        facts={"investment": "12000"},
    )
    if contact_id:
        tx.people.tie(project_id, contact_id, Role.ENTERPRISE_CONTACT)
    return tx.projects.get(project_id)


def group(
    tx: Transaction, *, project_id: int, name: str = "新材料厂房项目帮办群", appchat: str | None = None,
    bot_chat: str | None = None, owner: str = "li.na", members: tuple[str, ...] = ("li.na", "chen.jing"),
    since: datetime = NOW,
) -> int:  # fmt: skip
    return tx.groups.add(
        project_id, name, since=since, appchat=appchat, bot_chat=bot_chat, owner=owner, members=members
    )


def case(
    tx: Transaction, *, project_id: int, no: str = "", status: CaseStatus = CaseStatus.ACTIVE,
    level: ServiceLevel = ServiceLevel.ACT_FOR, scope: Scope = Scope.WHOLE, accepted_on: date | None = DAY,
) -> int:  # fmt: skip
    number = no or f"YX-SQ-2026-{next(_numbers) + 1000:04d}"
    return tx.cases.add(Case(0, number, project_id, level, scope, status, accepted_on))


def event(
    *, state: ItemState = ItemState.ACCEPTED, day: date = DAY, by: str = "王强", note: str = ""
) -> ItemEvent:
    return ItemEvent(state, day, by, note)


def case_item(
    tx: Transaction,
    *,
    case_id: int,
    item_id: str = "sg_xuke",
    position: int = 1,
    events: Sequence[ItemEvent] = (),
) -> int:
    return tx.cases.add_item(case_id, item_id, position, events)


def material(
    *, case_item_id: int, name: str = "施工合同", required: bool = True, state: MaterialState = MaterialState.MISSING,
    reason: str = "", deferred_until: date | None = None,
) -> Material:  # fmt: skip
    """Not stored yet: `tx.cases.add_materials` takes several."""
    return Material(0, case_item_id, name, required, "original", state, reason, deferred_until)


def issue(
    tx: Transaction, *, project_id: int, raised_by: int, description: str = "用电报装没有答复", **more: Any
) -> Issue:
    """`more`: any other field of Issue."""
    fields: dict[str, Any] = {"case_id": None, "category": Category.PROGRESS, "raised_at": NOW, **more}
    fields.setdefault("no", tx.sites.next_number("issue"))
    made = Issue(project_id=project_id, raised_by=raised_by, description=description, **fields)
    tx.issues.add(made)
    return made


def received(
    tx: Transaction, *, key: str = "", sender: str = "chen.jing", chat: str | None = "bot-chat",
    text: str = "施工许可办到哪了", at: datetime = NOW,
) -> int | None:  # fmt: skip
    """The inbox id of a message, None when its key is kept already."""
    return tx.inbox.add(
        key or f"msg-{next(_numbers)}", channel="bot", sender=sender, chat=chat, message={"text": text}, at=at
    )


def outgoing(
    *, target: str = "chen.jing", kind: str = "person", text: str = "您好", subject: str = "issue:1",
    due_at: datetime = NOW, once: str | None = None, inbox_id: int | None = None, urgent: bool = False,
) -> NewMessage:  # fmt: skip
    """Not stored yet: `tx.outbox.add` takes several."""
    return NewMessage(kind, target, {"text": text}, subject, due_at, once, inbox_id, urgent)
