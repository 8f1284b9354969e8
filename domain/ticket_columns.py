"""How the 12345 platform's table is headed; every city's is another, none is published."""

from __future__ import annotations

from dataclasses import dataclass

from domain.configuration import Section


@dataclass(frozen=True)
class TicketColumns:
    """The sheet's name and its headings, as shipped."""

    sheet: str = "工单"
    no: str = "工单编号"
    received_on: str = "受理日期"
    enterprise: str = "诉求单位"
    project: str = "项目编号"
    content: str = "诉求内容"
    issue: str = "本系统问题号"
    department: str = "承办部门"
    state: str = "办理状态"
    answer: str = "答复内容"
    answered_on: str = "答复日期"


_HEADINGS = tuple(name for name in TicketColumns.__dataclass_fields__ if name != "sheet")


def read_ticket_columns(document: Section) -> TicketColumns:
    shipped = TicketColumns()
    sheet = document.text("sheet", default=shipped.sheet)
    if not document.has("columns"):
        document.raw("columns")
        document.end()
        return TicketColumns(sheet)
    section = document.section("columns")
    found = {name: section.text(name, default=getattr(shipped, name)) for name in _HEADINGS}
    for name, heading in found.items():
        if list(found.values()).count(heading) > 1:
            section.flaw(name, f"「{heading}」用了两次，各栏名称应不同")
        if any(letter in heading for letter in " *()"):
            section.flaw(name, "栏目名称不能含空格、星号或半角括号")
    section.end()
    document.end()
    return TicketColumns(sheet, **found)
