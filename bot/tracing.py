"""The whole path of one message, for `trace`: ids, rules, scores and platform answers; people's words only where
they are the thing asked for – here they are left out."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from storage.inbox import Kept
from storage.store import Transaction


def path_of(tx: Transaction, msgid: str) -> dict[str, Any] | None:
    """By the platform's message id (with or without "bot:" / "app:"), or our own key."""
    kept = _find(tx, msgid)
    if kept is None:
        return None
    filed = [f"issue:{no}" for no in kept.understood.get("issues", ())]
    sent = [*tx.outbox.of_inbox(kept.id), *(row for subject in filed for row in tx.outbox.about(subject))]
    return {
        "key": kept.key,
        "received_at": kept.received_at,
        "channel": kept.channel,
        "sender": kept.sender,
        "chat": kept.chat,
        "state": kept.state,
        "error": kept.error,
        "understood": dict(kept.understood),
        "answered": bool(kept.answer),
        "files": tx.files.of_inbox(kept.id),
        "changed": [
            {"at": at, "by": actor, "what": action, "details": dict(details)}
            for subject in dict.fromkeys([*filed, *(row.subject for row in sent)])
            for at, actor, action, details in tx.audit.of_subject(subject)
        ],
        "sent": [
            {
                "id": row.id, "kind": row.kind, "about": row.subject, "state": row.state, "tries": row.attempts,
                "error": row.error, "sent_at": row.sent_at, "platform": row.receipt.get("message_id", ""),
            }
            for row in sent
        ],
    }  # fmt: skip


_CHANNELS = {"app": "应用", "bot": "机器人"}
_STATES = {"answered": "已处理", "pending": "等待处理", "failed": "处理失败"}


def as_text(path: dict[str, Any], zone: tzinfo) -> str:
    chat = f"，群 {path['chat']}" if path["chat"] else ""
    lines = [
        f"收到：{_at(path['received_at'], zone)} {_CHANNELS[path['channel']]} {path['sender']}{chat}",
        f"状态：{_STATES[path['state']]}{'（' + path['error'] + '）' if path['error'] else ''}",
    ]
    for act in path["understood"].get("acts", ()):
        lines.append(
            f"理解：{act['intent']} {act['slots']} 得分 {act['score']} 依据 {'、'.join(act['rule'])}"
        )
    if "card" in path["understood"]:
        lines.append(f"点击：{path['understood']['card']}")
    lines.append("已当场答复" if path["answered"] else "没有当场答复")
    lines += [f"文件：{name}" for name in path["files"]]
    lines += [f"改动：{_at(c['at'], zone)} {c['by']} {c['what']} {c['details']}" for c in path["changed"]]
    lines += [
        f"发出：编号{s['id']} {s['kind']} {s['about']} {s['state']} 试{s['tries']}次 {s['error']} {s['platform']}"
        for s in path["sent"]
    ]
    return "\n".join(line.rstrip() for line in lines)


def _find(tx: Transaction, msgid: str) -> Kept | None:
    for key in (msgid, f"bot:{msgid}", f"app:{msgid}", f"sha256:{msgid}"):
        kept = tx.inbox.by_key(key)
        if kept:
            return kept
    return None


def _at(instant: datetime, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M:%S}"
