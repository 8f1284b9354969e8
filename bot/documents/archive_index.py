"""The printable index of an archive: what lies in it, how large, and under which hash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.documents.office_paper import line, new_paper, row, saved, table
from bot.texts.archive import KINDS
from bot.texts.moves import CASE_STATES
from domain.archive import Entry
from domain.case import SCOPE_NAMES, SERVICE_LEVEL_NAMES, Case
from domain.project import Project
from domain.site import Site

_WIDTHS = (1.1, 1.8, 7.0, 1.8, 4.1)


def draw(case: Case, project: Project, site: Site, files: Sequence[Entry], at: datetime) -> bytes:
    """`at`: in the office's time."""
    document = new_paper("帮办代办电子档案目录")
    line(document, f"申请编号：{case.no}　　项目编号：{project.code}　　状态：{CASE_STATES[case.status]}")
    line(document, f"项目：{project.name}")
    line(document, f"服务：{SERVICE_LEVEL_NAMES[case.level]}（{SCOPE_NAMES[case.scope]}）")
    line(document, f"生成：{at:%Y年%-m月%-d日 %H:%M}　{site.hall.name}　共{len(files)}件")
    grid = table(document, _WIDTHS, ("序号", "类别", "文件", "大小", "SHA-256（前16位）"))
    for number, one in enumerate(files, 1):
        row(grid, _WIDTHS, (str(number), KINDS[one.kind], one.path, _size(one.size), one.sha256[:16]))
    line(
        document, "完整校验值见 manifest.json；用 daiban verify-archive 核验，任何改动都能查出。", small=True
    )
    return saved(document)


def _size(count: int) -> str:
    return f"{count / 1024:.1f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
