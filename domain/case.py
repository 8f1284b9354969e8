"""Case: one entrusted service for a project, from application to archive, and its legal moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalMove


class CaseStatus(StrEnum):
    APPLIED = "applied"
    SIGNING = "signing"  # accepted, the entrustment is not signed yet (R058)
    ACTIVE = "active"
    SUSPENDED = "suspended"  # 中止: can be resumed (R119–R127)
    HANDOVER = "handover"  # results are handed over, the completion slip waits for its signature
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # 撤回申请, before anything was handled
    TERMINATED = "terminated"  # 终止: cannot be resumed


_S = CaseStatus

# domain.md §1.11; the two ends of the way are `APPLIED` and `CLOSED`, everything else is a side exit.
NEXT: dict[CaseStatus, frozenset[CaseStatus]] = {
    _S.APPLIED: frozenset({_S.SIGNING, _S.ACTIVE, _S.REFUSED, _S.WITHDRAWN}),
    _S.SIGNING: frozenset({_S.ACTIVE, _S.WITHDRAWN, _S.TERMINATED}),
    _S.ACTIVE: frozenset({_S.SUSPENDED, _S.HANDOVER, _S.TERMINATED}),
    _S.SUSPENDED: frozenset({_S.ACTIVE, _S.TERMINATED}),
    _S.HANDOVER: frozenset({_S.CLOSED, _S.ACTIVE, _S.TERMINATED}),
    _S.CLOSED: frozenset(),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.TERMINATED: frozenset(),
}

OPEN_CASES = frozenset({CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.HANDOVER})
WAITING_CASES = frozenset({CaseStatus.APPLIED, CaseStatus.SIGNING})
ENDED_CASES = frozenset({CaseStatus.CLOSED, CaseStatus.REFUSED, CaseStatus.WITHDRAWN, CaseStatus.TERMINATED})


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
# Handling in somebody's name needs a signed entrustment first (R058); helping to fill in does not.
NEEDS_ENTRUSTMENT = frozenset({ServiceLevel.ACT_FOR, ServiceLevel.FULL})


class ServiceType(StrEnum):
    """咨询 / 指导（辅导） / 协调 / 代办 (R006, R007)."""

    CONSULT = "consult"
    GUIDE = "guide"
    COORDINATE = "coordinate"
    HANDLE = "handle"


SERVICE_TYPE_NAMES = {
    ServiceType.CONSULT: "咨询",
    ServiceType.GUIDE: "指导",
    ServiceType.COORDINATE: "协调",
    ServiceType.HANDLE: "代办",
}


class ContactChannel(StrEnum):
    """Where a contact came in (R070)."""

    GROUP = "group"
    CHAT = "chat"
    PHONE = "phone"
    VIDEO = "video"
    WINDOW = "window"
    VISIT = "visit"


CONTACT_CHANNEL_NAMES = {
    ContactChannel.GROUP: "群",
    ContactChannel.CHAT: "微信",
    ContactChannel.PHONE: "电话",
    ContactChannel.VIDEO: "视频",
    ContactChannel.WINDOW: "窗口",
    ContactChannel.VISIT: "上门",
}


class Scope(StrEnum):
    """全流程 / 阶段性 / 单个事项 (R009)."""

    WHOLE = "whole"
    STAGE = "stage"
    ITEM = "item"


SCOPE_NAMES = {Scope.WHOLE: "全流程", Scope.STAGE: "阶段性", Scope.ITEM: "单个事项"}


@dataclass(frozen=True)
class Case:
    """`no`: <site>-SQ-<year>-<4 digits>. `decided_by`: who accepted or refused. `green_channel`: name of the officer
    who granted it (R102). `version`: compare-and-set, raised by storage at every save."""

    id: int
    no: str
    project_id: int
    level: ServiceLevel
    scope: Scope
    status: CaseStatus
    accepted_on: date | None = None
    stages: tuple[str, ...] = ()
    service_types: tuple[ServiceType, ...] = ()
    channel: ContactChannel = ContactChannel.GROUP
    applied_by: int | None = None
    applied_at: datetime | None = None
    decided_by: int | None = None
    closed_on: date | None = None
    green_channel: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_CASES

    def accept(self, by: int, day: date) -> Case:
        """To the signing of the entrustment where one is needed, else under way at once."""
        to = CaseStatus.SIGNING if self.level in NEEDS_ENTRUSTMENT else CaseStatus.ACTIVE
        return replace(self._to(to), decided_by=by, accepted_on=day)

    def refuse(self, by: int) -> Case:
        return replace(self._to(CaseStatus.REFUSED), decided_by=by)

    def withdraw(self) -> Case:
        return self._to(CaseStatus.WITHDRAWN)

    def entrusted(self) -> Case:
        """The entrustment is signed by both sides: from now on may be handled."""
        self._must_be(CaseStatus.SIGNING, CaseStatus.ACTIVE)
        return self._to(CaseStatus.ACTIVE)

    def suspend(self) -> Case:
        return self._to(CaseStatus.SUSPENDED)

    def resume(self) -> Case:
        self._must_be(CaseStatus.SUSPENDED, CaseStatus.ACTIVE)
        return self._to(CaseStatus.ACTIVE)

    def terminate(self, day: date) -> Case:
        return replace(self._to(CaseStatus.TERMINATED), closed_on=day)

    def hand_over(self) -> Case:
        return self._to(CaseStatus.HANDOVER)

    def back_to_work(self) -> Case:
        """The signatory says something is missing."""
        self._must_be(CaseStatus.HANDOVER, CaseStatus.ACTIVE)
        return self._to(CaseStatus.ACTIVE)

    def close(self, day: date) -> Case:
        """Only after the completion slip was signed (R143)."""
        return replace(self._to(CaseStatus.CLOSED), closed_on=day)

    def must_be_handled(self) -> None:
        """Nothing is handled before the entrustment, while suspended, or after the end."""
        if self.status is not CaseStatus.ACTIVE:
            raise IllegalMove("case", self.status, CaseStatus.ACTIVE)

    def _must_be(self, now: CaseStatus, wanted: CaseStatus) -> None:
        if self.status is not now:
            raise IllegalMove("case", self.status, wanted)

    def _to(self, status: CaseStatus) -> Case:
        if status not in NEXT[self.status]:
            raise IllegalMove("case", self.status, status)
        return replace(self, status=status)
