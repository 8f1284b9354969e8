"""A problem on its way up the ladder, for the tests of each rung."""

from __future__ import annotations

import io

from docx import Document
from openpyxl import load_workbook

from bot.documents import papers
from bot.platform import Paper
from scheduler.jobs import auditor
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, REPRESENTATIVE, Talk

LEAD, OTHER, THIRD = REPRESENTATIVE, "zeng.fangang", "ye.zirong"  # 住建局, 发改局, 自然资源局
INTERNAL = "备案早就办结了别找我们"
MINUTES = """会议纪要 3
意见：住建局同意按清单收件；发改局无意见
1. 住建局黄志坚 9月25日前 出具书面意见
2、发改局 9月24日前 更正办事指南
未决：占道费用标准"""


def kick(talk: Talk) -> None:
    """Given away twice: the officer climbs."""
    talk.says(LEAD, "转办 3 发改局 属备案变更", "app")
    talk.says(OTHER, f"不属本部门 3 {INTERNAL}", "app")


def must_have_stayed_inside(talk: Talk) -> None:
    """Whatever was said among officers never reaches the group, nor anything of it another one."""
    told = [str(one) for one in talk.platform.history(CONTACT, GROUP)]
    assert not any(INTERNAL in one or "占道费用标准" in one for one in told)
    assert not any("问题3" in text or "岭南" in text for text in talk.sees("zhou.min", OTHER_GROUP))


def in_group(talk: Talk) -> list[str]:
    return [text for text in talk.sees(CONTACT, GROUP) if "问题3" in text]


def text_of_paper(talk: Talk, form: str) -> str:
    with talk.parts.store.reading() as tx:
        (filled,) = [one for one in tx.forms.of_project(1) if one.form == form and one.state != "void"]
        data = papers.filled_form(filled, talk.parts.sites.get(tx).site).data
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def hard_issue(talk: Talk) -> dict[str, object]:
    """The row of 难点问题台账 (F11)."""
    with talk.parts.store.reading() as tx:
        facts = talk.parts.sites.get(tx)
        desk = papers.Desk(tx, facts.site, facts.calendar, talk.parts.clock.now())
        data = papers.draw(Paper("ledger", "2026-09-01:2026-09-30:all"), desk).data
    sheet = load_workbook(io.BytesIO(data))["难点问题台账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "问题编号" in row)
    row = next(row for row in rows if "问题3" in row)
    return dict(zip(map(str, head), row, strict=True))


def always_going_on(talk: Talk) -> None:
    """R139: an owner, a next step and a date; the auditor finds nothing to repair."""
    issue, before = talk.issue(3), talk.stored()
    assert issue.desk_by is not None
    assert issue.next_step_at is not None
    auditor.run(talk.parts, talk.parts.clock.now())
    assert talk.stored() == before
    said = talk.says(CONTACT, "问题3 进度")
    assert "下一步：服务专员李娜在" in said


def voted(talk: Talk) -> None:
    talk.says(OFFICER, "联席会议 3", "app")
    talk.says(OFFICER, "1", "app")
    talk.says(LEAD, "1 3", "app")
    talk.taps(OTHER, "joint.vote:1", selected={"slots": ["1", "2"]})


def held(talk: Talk) -> None:
    voted(talk)
    talk.says(OFFICER, "定 3 1", "app")
    talk.time_is("2026-09-17T11:00:00")
    talk.says(OFFICER, MINUTES, "app")
