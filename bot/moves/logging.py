"""A contact or action entered by hand: read from one line, kept as a row of ledger and log (R070, R092, R096)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.moves.work import CaseWork
from domain.case import CONTACT_CHANNEL_NAMES, SERVICE_TYPE_NAMES, Case, ContactChannel, ServiceType
from domain.errors import InvalidAnswer
from domain.ledger import LogEntry, LogStatus, Milestone
from domain.project import Project

LONGEST = 500
HOW = "例如：记录 YX-2026-001 电话 与住建局核对图审意见，9月18日答复。"
CHANNELS = {name: channel for channel, name in CONTACT_CHANNEL_NAMES.items()} | {
    "视频办": ContactChannel.VIDEO,
    "现场": ContactChannel.VISIT,
}
TYPES = {name: kind for kind, name in SERVICE_TYPE_NAMES.items()} | {"辅导": ServiceType.GUIDE}
NODES = {node.value: node for node in Milestone if node.value}
_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,6}-\d{4}-\d{3,4}|\d{4}-\d{6}-\d{2}-\d{2}-\d{6})(?!\d)")
_NEXT = re.compile(r"[，,。；;\s]*下一步[\s:：]*")
_FIRST = re.compile(r"^([^\s:：,，]{1,4})[\s:：,，]+(?=\S)")
Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Written:
    """One line, taken apart. None: not said."""

    summary: str = field(repr=False)
    next_step: str = field(repr=False)
    channel: ContactChannel | None
    service_type: ServiceType | None
    milestone: Milestone


def read(text: str) -> Written:
    """`text`: what stands behind the command. The first words may name channel, service type and node, in any order.
    Raises InvalidAnswer when nothing is left to keep, or too much."""
    rest = _CODE.sub(" ", text, count=1).strip(" \t\n:：,，")
    said: dict[str, object] = {}
    while word := _FIRST.match(rest):
        kind = next((kind for kind, known in _LEADING.items() if word[1] in known and kind not in said), None)
        if kind is None:
            break
        said[kind] = _LEADING[kind][word[1]]
        rest = rest[word.end() :]
    summary, _, next_step = _NEXT.sub("\0", rest, count=1).partition("\0")
    _must_fit(summary.strip(), rest)
    return Written(
        summary.strip(), next_step.strip(), said.get("channel"), said.get("type"), said.get("node", Milestone.NONE)  # type: ignore[arg-type]
    )  # fmt: skip


_LEADING: Mapping[str, Mapping[str, object]] = {"channel": CHANNELS, "type": TYPES, "node": NODES}


def _must_fit(summary: str, whole: str) -> None:
    if not re.search(r"\w", summary):
        raise InvalidAnswer(f"请写明做了什么，{HOW}")
    if len(whole) > LONGEST:
        raise InvalidAnswer(f"一条记录请控制在{LONGEST}字以内（现在{len(whole)}字），可以分成几条。")


def record(work: CaseWork, project: Project, written: Written, item_id: str | None) -> int:
    """The number of the row."""
    number = work.log(
        project,
        _case(work, project),
        written.summary,
        item_id=item_id,
        milestone=written.milestone,
        next_step=written.next_step,
        status=LogStatus.OPEN if written.next_step else LogStatus.DONE,
        service_type=written.service_type or ServiceType.HANDLE,
        channel=written.channel,
    )
    work.audit(project.id, "log.add", f"log:{number}", {"item": item_id or ""})
    return number


def edit(work: CaseWork, entry: LogEntry, written: Written) -> None:
    """The officer's words instead of what stood there; when and from what it came stays."""
    words = {"summary": written.summary}
    if written.next_step:
        words["next_step"] = written.next_step
    work.tx.ledger.change(entry.id, **words)
    work.audit(entry.project_id, "log.edit", f"log:{entry.id}")


def _case(work: CaseWork, project: Project) -> Case | None:
    cases = work.tx.cases.of_project(project.id)
    return next((case for case in reversed(cases) if case.is_open), cases[-1] if cases else None)
