"""Case: one entrusted service for a project, from application to archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CaseStatus(StrEnum):
    APPLIED = "applied"
    SIGNING = "signing"
    ACTIVE = "active"
    SUSPENDED = "suspended"  # 中止: can be resumed (R119–R127)
    HANDOVER = "handover"
    CLOSED = "closed"
    REFUSED = "refused"
    TERMINATED = "terminated"  # 终止: cannot


OPEN_CASES = frozenset({CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.HANDOVER})


class ServiceLevel(StrEnum):
    """帮办 / 代办 / 包办 (R008)."""

    ASSIST = "assist"
    ACT_FOR = "act_for"
    FULL = "full"


SERVICE_LEVEL_NAMES = {
    ServiceLevel.ASSIST: "帮办",
    ServiceLevel.ACT_FOR: "代办",
    ServiceLevel.FULL: "包办",
}


class Scope(StrEnum):
    """全流程 / 阶段性 / 单个事项 (R009)."""

    WHOLE = "whole"
    STAGE = "stage"
    ITEM = "item"


@dataclass(frozen=True)
class Case:
    id: int
    no: str
    project_id: int
    level: ServiceLevel
    scope: Scope
    status: CaseStatus
    accepted_on: date | None = None
