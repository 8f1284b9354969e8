"""The archive's words: kinds, findings, and the record of messages as text to print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from domain.archive import Finding
from domain.filled_forms import FormState

KINDS = {
    "index": "目录",
    "form": "表单",
    "table": "台账",
    "record": "数据",
    "message": "消息",
    "file": "材料文件",
    "audit": "审计链",
    "manifest": "清单",
}
FORM_STATES = {
    FormState.DRAFT: "（草稿）",
    FormState.ISSUED: "（待签）",
    FormState.SIGNED: "",
    FormState.VOID: "（已作废）",
}
_FINDINGS = {
    "broken": "不是完整的档案压缩包，无法打开",
    "manifest": "清单缺失或无法读取",
    "seal": "清单的封条不符：清单被改动，或不是用本机密钥生成的",
    "missing": "缺少文件",
    "extra": "多出文件",
    "changed": "内容被改动",
    "audit": "审计链前后不连续",
    "wrapping": "各文件内容完整，但压缩包本身被改动或重新打包过",
}


def finding(found: Finding) -> str:
    what = _FINDINGS[found.what]
    return f"{what}：{found.path}" if found.path and found.what in {"missing", "extra", "changed"} else what


def messages(
    received: Sequence[Mapping[str, Any]],
    sent: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    zone: tzinfo,
) -> str:
    """In order of time: who said what, what was answered at once, what was told to whom."""
    lines = sorted([*_received(received, names, zone), *_sent(sent, names, zone)])
    return "\n\n".join(f"{at:%Y-%m-%d %H:%M:%S}　{text}" for at, _, text in lines) + "\n"


def _received(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], zone: tzinfo
) -> Iterator[tuple[datetime, int, str]]:
    for row in rows:
        where = "工作群" if row["chat"] else "单聊"
        who = names.get(row["sender"], "未登记人员")
        at = row["received_at"].astimezone(zone)
        yield at, row["id"], f"【收·{where}】{who}：{_words(row['message'])}"
        if row["answer"]:
            yield at, row["id"], f"【答·{where}】代办助手：{_answer(row['answer'])}"


def _sent(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], zone: tzinfo
) -> Iterator[tuple[datetime, int, str]]:
    for row in rows:
        to = "工作群" if row["kind"] == "group" else names.get(row["target"], "个人")
        at = (row["sent_at"] or row["created_at"]).astimezone(zone)
        unsent = "" if row["sent_at"] else "（未发出）"
        yield at, row["id"], f"【发·{to}】{unsent}{_words(row['speech'])}"


def _words(record: Any) -> str:
    """Everything people read of a kept message or card, in its order."""
    if isinstance(record, Mapping) and record.get("_") == "gone":
        return "（内容已按保存期限删除）"
    return "　".join(_texts(record)) or "（文件或卡片）"


_READ = ("text", "title", "desc", "quote", "body", "name", "value", "label")


def _texts(record: Any) -> Iterator[str]:
    if isinstance(record, Mapping):
        for key, value in record.items():
            if isinstance(value, str):
                if key in _READ and value:
                    yield value
            elif key not in {"buttons", "quote_file"}:
                yield from _texts(value)
    elif isinstance(record, list | tuple):
        for one in record:
            yield from _texts(one)


def _answer(plain: str) -> str:
    """The passive reply as it went out: JSON of the bot, XML of the app."""
    opening, closing = "<Content><![CDATA[", "]]>"
    if opening in plain:
        return plain.split(opening, 1)[1].split(closing, 1)[0]
    try:
        return str(json.loads(plain)["stream"]["content"]) or "（卡片）"
    except (ValueError, KeyError, TypeError):
        return "（卡片）"
