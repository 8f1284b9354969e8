"""What becomes of a file once it is fetched: tied to what its message said it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.moves import handing_in, returning
from bot.moves.kept import KeptFile
from bot.moves.work import CaseWork
from bot.texts import materials as texts
from storage.files import Attachment
from storage.outbox import NewMessage

Purpose = Callable[[CaseWork, Attachment, KeptFile], list[NewMessage]]


def tie(work: CaseWork, attachment: Attachment, file: KeptFile) -> list[NewMessage]:
    """Nothing more than to know which file it is."""
    work.tx.files.settle(attachment.id, "kept", file.id)
    return []


PURPOSES: Mapping[str, Purpose] = {
    "form": tie,
    "log": tie,
    "material": handing_in.receive,
    "issue": tie,
    returning.FILE: returning.receive,
    returning.STAMPED: returning.receive_stamped,
}


def kept(work: CaseWork, inbox_id: int, file: KeptFile) -> list[NewMessage]:
    """Everything this message's file was for; once only, whoever fetched it."""
    waiting = [one for one in work.tx.files.attachments_of(inbox_id) if one.state == "waiting"]
    return [row for one in waiting for row in PURPOSES[one.purpose](work, one, file)]


def lost(work: CaseWork, inbox_id: int) -> list[NewMessage]:
    """The file could not be fetched: whoever was told that it is being looked at is told the truth."""
    waiting = [one for one in work.tx.files.attachments_of(inbox_id) if one.state == "waiting"]
    for one in waiting:
        work.tx.files.settle(one.id, "refused", None)
    people = work.tx.people.many(one.person_id for one in waiting)
    return [work.tell(person, texts.FILE_LOST, f"inbox:{inbox_id}", urgent=True) for person in people]
