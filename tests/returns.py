"""Filled-in tables of returns, for the talks about them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import load_workbook

from bot.documents import papers
from bot.platform import Paper
from tests.talk import Talk

EVENT = {
    "时间": "2026-09-10",
    "地点": "三楼会议室",
    "参加企业": "岭南新材料等6家",
    "活动内容": "施工许可政策宣讲",
}
FOOT = {"填报人": "黄志坚", "办公电话": "0750-0000021", "联系手机": "13900000021"}


def drawn(talk: Talk, kind: str, key: int) -> bytes:
    return drawn_by(talk, kind, str(key))


def drawn_by(talk: Talk, kind: str, key: str) -> bytes:
    with talk.parts.store.reading() as tx:
        facts = talk.parts.sites.get(tx)
        return papers.draw(
            Paper(kind, key), papers.Desk(tx, facts.site, facts.calendar, talk.parts.clock.now())
        ).data


def number_of(talk: Talk, department: str, kind: str = "interaction") -> int:
    with talk.parts.store.reading() as tx:
        campaign = tx.returns.campaigns(kind=kind)[-1]
        found = tx.returns.of([campaign.id])[campaign.id]
    return next(one.id for one in found if one.department == department)


def filled(
    talk: Talk, no: int, rows: Sequence[Mapping[str, str]], foot: Mapping[str, str] | None = None
) -> bytes:
    """The empty table of this return with these rows below its example."""
    workbook = load_workbook(BytesIO(drawn(talk, "return_form", no)))
    for table, lines in zip(workbook.worksheets, (rows, [foot] if foot else []), strict=False):
        titles = {cell.value: cell.column for cell in table[1]}
        for number, line in enumerate(lines, 3):
            for title, text in line.items():
                table.cell(number, titles[title], text)
    made = BytesIO()
    workbook.save(made)
    return made.getvalue()


def as_file(data: bytes, name: str = "报送.xlsx") -> dict[str, str]:
    return {"name": name, "base64": base64.b64encode(data).decode()}
