"""`./daiban export …`: papers and tables as files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from bot.command_line import AS_JSON, in_one_line, parts, say, stop
from bot.documents import ledger_sheet, papers, statistics_sheet
from bot.documents.service_figures import Reach
from bot.wiring import SiteFacts
from domain.case import Case
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from domain.periods import Period
from storage.store import Transaction

_FROM = click.option("--from", "first", required=True, help="第一天，例如 2026-09-01")
_TO = click.option("--to", "last", required=True, help="最后一天，例如 2026-09-30")
_OUT = click.argument("out", type=click.Path(path_type=Path))
_OVER = click.option("--overwrite", is_flag=True, help="覆盖已有的同名文件")


@click.group()
def export() -> None:
    """导出文书、台账和统计表。"""


@export.command("forms")
@click.argument("case")
@click.argument("folder", type=click.Path(path_type=Path))
@_OVER
@AS_JSON
@in_one_line
def export_forms(case: str, folder: Path, *, overwrite: bool, as_json: bool) -> None:
    """一个申请编号（或项目编号）的全部文书（docx）和台账，写到文件夹。"""
    wired = parts()
    now = wired.clock.now()
    with wired.store.reading() as tx:
        facts = wired.sites.get(tx)
        files = _files(tx, facts, case, now)
    if not overwrite:
        there = [name for name in files if (folder / name).exists()]
        if there:
            stop(
                f"{folder} 里已有 {there[0]} 等 {len(there)} 个文件，没有改动。请换个文件夹，或加 --overwrite"
            )
    for name, data in files.items():
        _write(folder / name, data)
    say(
        {"files": len(files), "forms": len(files) - 1},
        f"已导出 {len(files)} 个文件到 {folder}",
        as_json=as_json,
    )


def _files(tx: Transaction, facts: SiteFacts, named: str, now: datetime) -> dict[str, bytes]:
    """Name -> bytes; all made before any is written."""
    project, cases, forms = _of(tx, named)
    first = min((case.accepted_on for case in cases if case.accepted_on), default=None)
    today = now.astimezone(facts.calendar.zone).date()
    period = Period(min(first or today, today), today)
    reach = Reach(tx, facts.site, facts.calendar, period, now, frozenset({project}))
    files: dict[str, bytes] = {}
    for form in forms:
        try:
            files[_name(form, facts)] = papers.filled_form(form, facts.site).data
        except InvalidAnswer as missing:
            stop(missing.sentence)
    return files | {f"{cases[0].no if cases else named.upper()} 台账.xlsx": ledger_sheet.draw(reach)}


def _of(tx: Transaction, named: str) -> tuple[int, list[Case], list[FilledForm]]:
    """By application number its case; by project code everything of the project."""
    case = tx.cases.by_no(named)
    if case is not None:
        found = tx.forms.of_case(case.id)
        return case.project_id, [case], [form for form in found if form.state is not FormState.VOID]
    project = tx.projects.by_code(named)
    if project is None:
        stop(f"没有找到 {named}：请写申请编号（如 YX-SQ-2026-0001）或项目编号（如 YX-2026-001）")
    found = tx.forms.of_project(project.id)
    return (
        project.id,
        tx.cases.of_project(project.id),
        [form for form in found if form.state is not FormState.VOID],
    )


def _name(form: FilledForm, facts: SiteFacts) -> str:
    version = f"（第{form.version}版）" if form.version > 1 else ""
    return f"{form.no} {facts.site.forms[form.form].title}{version}.docx"


@export.command("ledger")
@_FROM
@_TO
@_OUT
@_OVER
@AS_JSON
@in_one_line
def export_ledger(first: str, last: str, out: Path, *, overwrite: bool, as_json: bool) -> None:
    """工作台账、日志和难点问题台账（xlsx）。"""
    _table("ledger", _period(first, last), out, overwrite=overwrite, as_json=as_json)


@export.command("statistics")
@_FROM
@_TO
@_OUT
@_OVER
@AS_JSON
@in_one_line
def export_statistics(first: str, last: str, out: Path, *, overwrite: bool, as_json: bool) -> None:
    """首席服务统计表（xlsx），附每个数字的明细。"""
    _table("statistics", _period(first, last), out, overwrite=overwrite, as_json=as_json)


_TABLES = {"ledger": (ledger_sheet.draw, "台账"), "statistics": (statistics_sheet.draw, "统计表")}


def _table(kind: str, period: Period, out: Path, *, overwrite: bool, as_json: bool) -> None:
    if out.exists() and not overwrite:
        stop(f"{out} 已存在，没有改动。请换个文件名，或加 --overwrite")
    wired = parts()
    draw, called = _TABLES[kind]
    with wired.store.reading() as tx:
        facts = wired.sites.get(tx)
        reach = Reach(tx, facts.site, facts.calendar, period, wired.clock.now())
        data, rows, projects = draw(reach), len(reach.entries), len(reach.projects)
    _write(out, data)
    said = f"已导出{period.name}的{called}到 {out}：{projects} 个项目，台账 {rows} 条"
    found = {
        "file": str(out),
        "from": str(period.first),
        "to": str(period.last),
        "projects": projects,
        "entries": rows,
    }
    say(found, said, as_json=as_json)


def _period(first: str, last: str) -> Period:
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        stop("--from 和 --to 应为日期，例如 2026-09-01", 2)
    if days[0] > days[1]:
        stop("--from 不能晚于 --to", 2)
    return Period(*days)


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        stop(f"{path} 写不进去，请换个位置")


COMMANDS: tuple[click.Command, ...] = (export,)
