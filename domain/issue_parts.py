"""协办: a department that handles a problem beside the lead (R016) – with a clock and an answer of its own. What it
says goes to the service officer; only the officer answers the enterprise (R130)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import InvalidAnswer
from domain.issues import checked_answer


class PartStatus(StrEnum):
    ASKED = "asked"
    TAKEN = "taken"
    ANSWERED = "answered"
    NOT_OURS = "not_ours"
    UNMANNED = "unmanned"  # nobody on duty: the service officer asks by other means


OPEN_PARTS = frozenset({PartStatus.ASKED, PartStatus.TAKEN})
NEXT: dict[PartStatus, frozenset[PartStatus]] = {
    PartStatus.ASKED: frozenset({PartStatus.TAKEN, PartStatus.ANSWERED, PartStatus.NOT_OURS}),
    PartStatus.TAKEN: frozenset({PartStatus.ANSWERED, PartStatus.NOT_OURS}),
    PartStatus.ANSWERED: frozenset({PartStatus.ANSWERED}),
    PartStatus.NOT_OURS: frozenset(),
    PartStatus.UNMANNED: frozenset({PartStatus.TAKEN, PartStatus.ANSWERED, PartStatus.NOT_OURS}),
}
_NOW: dict[PartStatus, str] = {
    PartStatus.ASKED: "等您接办",
    PartStatus.TAKEN: "已接办",
    PartStatus.ANSWERED: "意见已提交",
    PartStatus.NOT_OURS: "已退回服务专员",
    PartStatus.UNMANNED: "由服务专员另行联系",
}


@dataclass(frozen=True)
class Part:
    """`next_at`: when the clock has something to say of it."""

    id: int
    issue_no: int
    department: str
    representative_id: int | None
    status: PartStatus
    respond_by: datetime | None = None
    answer_by: datetime | None = None
    next_at: datetime | None = None
    answer: str = field(default="", repr=False)
    answered_by: int | None = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_PARTS

    def taken(self, by: int) -> Part:
        return replace(self._moved(PartStatus.TAKEN), representative_id=by)

    def answered(self, answer: str, by: int) -> Part:
        """It may be written anew until the officer has released."""
        words = checked_answer(answer)
        return replace(self._moved(PartStatus.ANSWERED), answer=words, answered_by=by, next_at=None)

    def not_ours(self) -> Part:
        return replace(self._moved(PartStatus.NOT_OURS), next_at=None)

    def told_late(self) -> Part:
        """Reminded: next comes the word to the officer; after that nothing."""
        later = self.answer_by if self.answer_by and self.next_at and self.next_at < self.answer_by else None
        return replace(self, next_at=later)

    def _moved(self, status: PartStatus) -> Part:
        if status not in NEXT[self.status]:
            raise InvalidAnswer(f"问题{self.issue_no}的协办{_NOW[self.status]}，不需要再操作。")
        return replace(self, status=status)
