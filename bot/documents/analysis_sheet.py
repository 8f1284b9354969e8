"""问题分析 as a workbook: the figures by category, department and item, and the problems they are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.documents.service_figures import Reach
from bot.documents.table_sheets import CellValue, SheetText, book
from bot.texts.analysis import names
from bot.texts.progress import ISSUE_STATES
from domain.issue_analysis import Analysis, Line, analyse, before, is_late
from domain.issues import Issue

_COLUMNS = (
    ("名称", 26),
    ("本期", 8),
    ("上期", 8),
    ("已解决", 8),
    ("超期", 8),
    ("答复平均用时（工作日）", 14),
)


def found(reach: Reach) -> tuple[Analysis, list[Issue]]:
    """Without what is about a person, and without what was withdrawn."""
    earlier = Reach(reach.tx, reach.site, reach.calendar, before(reach.period), reach.now, reach.project_ids)
    issues, old = _issues(reach), _issues(earlier)
    return analyse(reach.period, issues, old, reach.calendar, reach.now), issues


def _issues(reach: Reach) -> list[Issue]:
    raised = reach.tx.issues.raised_between(reach.start, reach.end)
    return [one for one in raised if reach.project_ids is None or one.project_id in reach.project_ids]


def draw(reach: Reach) -> bytes:
    analysis, issues = found(reach)
    category, department, item = names(reach.site)
    under = f"{reach.site.hall.name}　{reach.period.name}"
    return book(
        _table("按类别", under, analysis.categories, category),
        _table("按部门", under, analysis.departments, department),
        _table("按事项", under, analysis.items, item),
        _rows(reach, issues, under),
    )


def _table(name: str, under: str, found: Sequence[Line], called: Callable[[str], str]) -> SheetText:
    rows: list[list[CellValue]] = [
        [
            called(one.key),
            one.count,
            one.before,
            one.solved,
            one.late,
            "" if one.days is None else round(one.days, 1),
        ]
        for one in found
    ]
    return SheetText(name, f"问题分析（{name}）", under, _COLUMNS, rows)


def _rows(reach: Reach, issues: Sequence[Issue], under: str) -> SheetText:
    category, department, item = names(reach.site)
    zone = reach.calendar.zone
    rows: list[list[CellValue]] = [
        [
            one.no,
            reach.projects[one.project_id].code,
            category(one.category),
            item(one.item_id or ""),
            department(one.department or ""),
            f"{one.raised_at.astimezone(zone):%Y-%m-%d}",
            f"{one.released_at.astimezone(zone):%Y-%m-%d}" if one.released_at else "",
            ISSUE_STATES[one.shown_status(reach.now)],
            "是" if is_late(one, reach.now) else "",
            one.description,
        ]
        for one in issues
    ]
    columns = (
        ("问题", 7), ("项目编号", 15), ("类别", 9), ("事项", 18), ("责任部门", 14), ("提出", 11), ("答复", 11), ("状态", 12),
        ("超期", 6), ("内容", 44),
    )  # fmt: skip
    return SheetText("明细", "问题明细", under, columns, rows)
