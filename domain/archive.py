"""电子档案: the list of everything in one case's archive, sealed so that any changed byte is found (R100, R154).

The manifest names every file with size and SHA-256 and carries the end of the audit chain; its own seal is an HMAC
under the installation's secret key, so that a changed file together with a changed hash is found too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MANIFEST = "manifest.json"
VERSION = 1


@dataclass(frozen=True)
class Entry:
    """One file of the archive. `kind`: index | form | table | record | message | file | audit."""

    path: str
    kind: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: str, kind: str, data: bytes) -> Entry:
        return cls(path, kind, len(data), hashlib.sha256(data).hexdigest())


def sealed(head: Mapping[str, Any], entries: list[Entry], key: str) -> bytes:
    """The manifest as it lies in the archive. `head`: case number, when and by whom it was made, the chain's end."""
    body = {
        "version": VERSION,
        **head,
        "files": [
            {"path": e.path, "kind": e.kind, "size": e.size, "sha256": e.sha256}
            for e in sorted(entries, key=lambda e: e.path)
        ],
    }
    return _canonical({**body, "seal": _seal(body, key)})


@dataclass(frozen=True)
class Finding:
    """What is wrong with an archive. `what`: manifest | seal | missing | extra | changed | audit; `path`: where."""

    what: str
    path: str = ""


def check(manifest: bytes | None, found: Mapping[str, Entry], key: str) -> list[Finding]:
    """Everything that does not fit. `found`: path -> what really lies in the archive, without the manifest."""
    document = _read(manifest)
    if document is None:
        return [Finding("manifest", MANIFEST)]
    body = {name: value for name, value in document.items() if name != "seal"}
    findings = []
    if not hmac.compare_digest(str(document.get("seal", "")), _seal(body, key)):
        findings.append(Finding("seal", MANIFEST))
    listed = {str(one["path"]): one for one in body["files"]}
    findings += [Finding("missing", path) for path in sorted(listed.keys() - found.keys())]
    findings += [Finding("extra", path) for path in sorted(found.keys() - listed.keys())]
    findings += [
        Finding("changed", path)
        for path in sorted(listed.keys() & found.keys())
        if (listed[path].get("sha256"), listed[path].get("size")) != (found[path].sha256, found[path].size)
    ]
    return findings


def _read(manifest: bytes | None) -> dict[str, Any] | None:
    try:
        document = json.loads(manifest or b"")
    except ValueError:
        return None
    files = document.get("files") if isinstance(document, dict) else None
    whole = isinstance(files, list) and all(isinstance(one, dict) and "path" in one for one in files)
    return document if whole else None


def _seal(body: Mapping[str, Any], key: str) -> str:
    return hmac.new(key.encode(), _canonical(body), hashlib.sha256).hexdigest()


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()
