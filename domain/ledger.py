"""LogEntry: one contact or action. 工作台账 (F3) and 日志 (F10) are two views of the same rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.case import ContactChannel, ServiceType

BY_ITSELF = "系统"


class Milestone(StrEnum):
    """关键节点 of F10 (R097); the value is what the paper says."""

    NONE = ""
    INTENT = "意向"
    PLAN = "计划"
    SUBMITTED = "提交"
    ACCEPTED = "受理"
    CORRECTION = "补正"
    VISIT = "踏勘"
    REVIEW = "评审"
    COMPLETED = "办结"
    CERTIFICATE = "领证"
    DELIVERED = "送达"


class LogStatus(StrEnum):
    OPEN = "办理中"
    ANSWERED = "已答复"
    DONE = "已办结"


@dataclass(frozen=True)
class LogEntry:
    """`at`: aware. `recorded_by`: a name, or 系统. `subject`: what it came from, so that every row and figure can be
    traced ("item:12", "issue:3", "form:7" …). `edited`: an officer changed the words by hand."""

    id: int
    project_id: int
    case_id: int | None
    at: datetime
    summary: str = field(repr=False)
    answer: str = field(repr=False)
    channel: ContactChannel = ContactChannel.GROUP
    service_type: ServiceType = ServiceType.HANDLE
    item_id: str | None = None
    milestone: Milestone = Milestone.NONE
    departments: str = ""
    next_step: str = field(default="", repr=False)
    status: LogStatus = LogStatus.OPEN
    recorded_by: str = BY_ITSELF
    subject: str = ""
    edited: bool = False
