"""What becomes of a file once it is fetched: tied to what its message said it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.moves.work import CaseWork
from storage.files import Attachment
from storage.outbox import NewMessage


@dataclass(frozen=True)
class KeptFile:
    id: int
    name: str = field(repr=False)
    data: bytes = field(repr=False)


Purpose = Callable[[CaseWork, Attachment, KeptFile], list[NewMessage]]


def tie(work: CaseWork, attachment: Attachment, file: KeptFile) -> list[NewMessage]:
    """Nothing more than to know which file it is."""
    work.tx.files.settle(attachment.id, "kept", file.id)
    return []


PURPOSES: Mapping[str, Purpose] = {"form": tie, "log": tie}


def kept(work: CaseWork, inbox_id: int, file: KeptFile) -> list[NewMessage]:
    """Everything this message's file was for; once only, whoever fetched it."""
    waiting = [one for one in work.tx.files.attachments_of(inbox_id) if one.state == "waiting"]
    return [row for one in waiting for row in PURPOSES[one.purpose](work, one, file)]
