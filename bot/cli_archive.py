"""`./daiban archive` and `verify-archive`: one case as a sealed zip, and whether a zip is still what it was."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bot import archiving
from bot.command_line import AS_JSON, in_one_line, parts, say, stop
from bot.texts import archive as words
from domain.case import Case
from storage.store import Transaction


@click.command()
@click.argument("case")
@click.argument("out", type=click.Path(path_type=Path))
@in_one_line
def archive(case: str, out: Path) -> None:
    """生成一个项目服务的电子档案（CASE 为申请编号或项目编号）。"""
    if out.exists():
        stop(f"{out} 已存在，请换个文件名，不覆盖原来的档案")
    wired = parts()
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        found = _case(tx, case)
        tx.audit.add(found.project_id, now, "cli", "case.archive", f"case:{found.id}")
        facts = wired.sites.get(tx)
        archivist = archiving.Archivist(tx, facts.site, wired.settings.secret_key, facts.calendar)
        half = out.with_name(f".{out.name}.part")
        try:
            archivist.write(half, found, now)
            os.replace(half, out)
        except OSError:
            stop(f"{out} 写不进去，请换个位置")
    click.echo(f"已生成 {out}（{out.stat().st_size / 1024:.0f} KB）")


@click.command("verify-archive")
@click.argument("file", type=click.Path(path_type=Path))
@AS_JSON
@in_one_line
def verify_archive(file: Path, *, as_json: bool) -> None:
    """核验电子档案：任何一处改动都会指出。"""
    wired = parts()
    try:
        findings = archiving.verify(file, wired.settings.secret_key)
    except OSError:
        stop(f"{file} 读不到，请核对文件名和权限", 2)
    text = "\n".join(map(words.finding, findings)) or "档案完整，与生成时一致"
    say([{"what": f.what, "path": f.path} for f in findings], text, as_json=as_json)
    if findings:
        raise SystemExit(1)


def _case(tx: Transaction, named: str) -> Case:
    """By application number, or the newest case of a project code."""
    found = tx.cases.by_no(named)
    project = None if found else tx.projects.by_code(named)
    cases = tx.cases.of_project(project.id) if project else []
    if found is None and not cases:
        stop(f"没有找到 {named}：请写申请编号（如 YX-SQ-2026-0001）或项目编号")
    return found or cases[-1]


COMMANDS: tuple[click.Command, ...] = (archive, verify_archive)
