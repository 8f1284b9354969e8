"""电子档案 of one case as a zip: index, forms, records, messages, files, audit chain – sealed, to be verified later.

The last bytes of the file are a seal over all bytes before them (the zip's comment), so that a change anywhere is
found, also where a zip reader would not look. What the parts are is said in domain/archive.py.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any, BinaryIO

from bot.documents import archive_index, ledger_sheet, papers
from bot.documents.service_figures import Reach
from bot.texts import archive as words
from domain.archive import MANIFEST, Entry, Finding, check, sealed
from domain.calendar import WorkCalendar
from domain.case import Case
from domain.periods import Period
from domain.site import Site
from storage.audit import broken_in
from storage.store import Transaction

FORMS, RECORDS, FILES, INDEX = "1-表单", "2-记录", "3-文件", "目录.docx"
MESSAGES, AUDIT = f"{RECORDS}/往来消息.txt", f"{RECORDS}/审计链.json"
_MARK = b"daiban-seal:"
_SEAL_LENGTH = len(_MARK) + 64
_MOST_MEMBERS = 50_000
_AT_ONCE = 1024 * 1024
# What reading a damaged zip can end in.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError,
    OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One file of the archive. `load`: its bytes, read only when they are written: files may be large."""

    entry: Entry
    load: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True)
class Archivist:
    """`key`: the installation's secret, which seals."""

    tx: Transaction
    site: Site
    key: str = field(repr=False)
    calendar: WorkCalendar

    def write(self, out: Path, case: Case, at: datetime) -> None:
        """The whole archive into a new file. The caller has written the audit row that says it was made."""
        project = self.tx.projects.get(case.project_id)
        zone = self.calendar.zone
        parts = [*_forms(self.tx, self.site, case), *_records(self.tx, case, zone)]
        parts += [self._ledger(case, at), *_files(self.tx, case)]
        chain = self.tx.dossier.chain(project.id)
        parts.append(_part(AUDIT, "audit", _json(chain)))
        entries = [part.entry for part in parts]
        index = archive_index.draw(case, project, self.site, entries, at.astimezone(zone))
        parts.insert(0, _part(INDEX, "index", index))
        head = {
            "case": case.no,
            "project": project.code,
            "status": case.status,
            "made_at": at.isoformat(),
            "chain": {"rows": len(chain), "end": chain[-1]["hash"] if chain else ""},
        }
        manifest = sealed(head, [part.entry for part in parts], self.key)
        _zip(out, [*parts, _part(MANIFEST, "manifest", manifest)])
        with out.open("r+b") as file:
            seal = _seal(file, self.key)
            file.seek(-_SEAL_LENGTH, os.SEEK_END)
            file.write(seal)

    def _ledger(self, case: Case, at: datetime) -> Part:
        today = at.astimezone(self.calendar.zone).date()
        days = [day for day in (case.accepted_on, _day(case.applied_at, self.calendar)) if day]
        period = Period(min([*days, today]), today)
        reach = Reach(self.tx, self.site, self.calendar, period, at, frozenset({case.project_id}))
        return _part(f"{RECORDS}/台账.xlsx", "table", ledger_sheet.draw(reach))


def _day(instant: datetime | None, calendar: WorkCalendar) -> date | None:
    return instant.astimezone(calendar.zone).date() if instant else None


def verify(path: Path, key: str) -> list[Finding]:
    """Everything that was changed since it was made; empty when it is the very same. Raises OSError."""
    with path.open("rb") as file:
        if path.stat().st_size <= _SEAL_LENGTH:
            return [Finding("broken")]
        expected = _seal(file, key)
        file.seek(-_SEAL_LENGTH, os.SEEK_END)
        whole = hmac.compare_digest(file.read(), expected)
    try:
        found, manifest, audit = _opened(path)
    except _UNREADABLE:
        return [Finding("broken")]
    findings = check(manifest, found, key)
    if audit is not None and not _chain_fits(audit, manifest):
        findings.append(Finding("audit", AUDIT))
    return findings if findings or whole else [Finding("wrapping")]


def _opened(path: Path) -> tuple[dict[str, Entry], bytes | None, bytes | None]:
    """What lies in it; a name that is there twice counts as one too many."""
    found: dict[str, Entry] = {}
    kept: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise ValueError("too many members")
        for member in members:
            content = _content(archive, member)
            name = member.filename + ("（重复）" if member.filename in found else "")
            if name in (MANIFEST, AUDIT):
                kept[name] = content
            if name != MANIFEST:
                found[name] = Entry.of(name, "", content)
    return found, kept.get(MANIFEST), kept.get(AUDIT)


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member whose check sum is wrong reads as nothing: it is found as changed by its name."""
    try:
        return archive.read(member)
    except _UNREADABLE:
        return b""


def _chain_fits(audit: bytes, manifest: bytes | None) -> bool:
    try:
        rows = [{**row, "at": datetime.fromisoformat(row["at"])} for row in json.loads(audit)]
        chain = json.loads(manifest or b"{}").get("chain", {})
        end = rows[-1]["hash"] if rows else ""
        return broken_in(rows) is None and (chain.get("rows"), chain.get("end")) == (len(rows), end)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


# ---------------------------------------------------------------- the parts


def _forms(tx: Transaction, site: Site, case: Case) -> list[Part]:
    """Every version of every form; a void one says so in its name."""
    found = []
    for form in tx.forms.of_case(case.id):
        file = papers.filled_form(form, site)
        stem = file.name.removesuffix(".docx")
        name = f"{FORMS}/{stem}-第{form.version}版{words.FORM_STATES[form.state]}.docx"
        found.append(_part(name, "form", file.data))
    return found


# Whoever writes this word with a rating is not to be found by it: the message, and what it set going, stay out.
_NAMELESS = "匿名"


def _records(tx: Transaction, case: Case, zone: tzinfo) -> list[Part]:
    """Machine-readable, table by table; the messages also as text to read and print."""
    rows = tx.dossier.rows(case)
    for rating in rows.get("ratings", []):
        if rating["anonymous"]:
            rating |= {"rated_by": None}  # type: ignore[operator]
    subjects = [f"case:{case.id}", f"project:{case.project_id}"]
    subjects += [
        f"{kind}:{no}" for no in tx.dossier.issue_numbers(case.project_id) for kind in ("issue", "release")
    ]
    subjects += [f"form:{form.id}" for form in tx.forms.of_case(case.id)]
    subjects += [f"item:{row['id']}" for row in rows.get("case_items", [])]
    received, sent = tx.dossier.received(case.project_id), tx.dossier.sent(case.project_id, subjects)
    nameless = {row["id"] for row in received if _NAMELESS in json.dumps(row["message"], ensure_ascii=False)}
    received = [row for row in received if row["id"] not in nameless]
    sent = [row for row in sent if row["inbox_id"] not in nameless]
    names = {person.userid: person.name for person in tx.people.by_userids(_userids(received, sent)).values()}
    text = words.messages(received, sent, names, zone)
    tables = {**rows, "messages_received": received, "messages_sent": sent}
    return [
        _part(MESSAGES, "message", text.encode()),
        *(_part(f"{RECORDS}/{name}.json", "record", _json(found)) for name, found in tables.items()),
    ]


def _userids(received: list[Mapping[str, Any]], sent: list[Mapping[str, Any]]) -> set[str]:
    return {row["sender"] for row in received} | {row["target"] for row in sent if row["kind"] == "person"}


def _files(tx: Transaction, case: Case) -> list[Part]:
    found = []
    for row in tx.dossier.files(case.project_id):
        path = f"{FILES}/{row['id']:06d}-{_safe(row['name'])}"
        entry = Entry(path, "file", row["size"], row["sha256"])
        found.append(Part(entry, functools.partial(tx.dossier.data, row["sha256"])))
    return found


def _part(path: str, kind: str, data: bytes) -> Part:
    return Part(Entry.of(path, kind, data), lambda: data)


def _safe(name: str) -> str:
    """Nothing that leaves the folder or that a file system refuses."""
    return "".join("_" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in name).strip(". ") or "未命名"


def _json(rows: Any) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _zip(out: Path, parts: list[Part]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            member = zipfile.ZipInfo(part.entry.path, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, part.load())
        archive.comment = _MARK + b"0" * 64


def _seal(file: BinaryIO, key: str) -> bytes:
    """Over every byte before the seal itself."""
    left = file.seek(0, os.SEEK_END) - _SEAL_LENGTH
    file.seek(0)
    found = hmac.new(key.encode(), digestmod=hashlib.sha256)
    while left > 0 and (some := file.read(min(left, _AT_ONCE))):
        found.update(some)
        left -= len(some)
    return _MARK + found.hexdigest().encode()
