"""`./daiban tickets …`: tickets of the 12345 hotline in, and back with the answers."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from bot.command_line import AS_JSON, in_one_line, parts, say, stop
from bot.documents.sheets import SheetProblems
from bot.documents.tickets_sheet import draw, read_tickets
from bot.issue_routing import IssueRouting
from bot.moves import ticketing
from bot.understanding.acts import Heard
from bot.understanding.dictionary import Dictionary
from bot.understanding.understand import understand
from bot.wiring import SiteFacts
from storage.store import Transaction


@click.group()
def tickets() -> None:
    """12345 热线工单：导入、导出。"""


@tickets.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@AS_JSON
@in_one_line
def take_in(file: Path, *, as_json: bool) -> None:
    """导入工单 xlsx（有一处不对就全部不导入；导入过的编号不再办理）。"""
    wired = parts()
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        facts = wired.sites.get(tx)
        try:
            rows = read_tickets(file, facts.site.tickets, wired.today(now))
            done = ticketing.take_in(_work(tx, facts, now), rows, lambda said: _item(said, facts.dictionary))
        except SheetProblems as problems:
            stop("没有导入：\n" + "\n".join(map(str, problems.problems)))
    found = {name: dict(getattr(done, name)) for name in ("filed", "tied", "known")}
    lines = [f"已导入 {len(done.filed)} 件"]
    lines += [f"{no} → 问题{issue}" for no, issue in done.filed]
    lines += [f"{no} 已并入问题{issue}，不重复办理" for no, issue in done.tied]
    lines += [f"{no} 此前已导入（问题{issue}），没有改动" for no, issue in done.known]
    say(found, "\n".join(lines), as_json=as_json)


@tickets.command("export")
@click.option("--from", "first", required=True, help="12345 受理日期，第一天，例如 2026-09-01")
@click.option("--to", "last", required=True, help="最后一天，例如 2026-09-30")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="覆盖已有的同名文件")
@AS_JSON
@in_one_line
def give_back(first: str, last: str, out: Path, *, overwrite: bool, as_json: bool) -> None:
    """导出工单及已发布的答复 xlsx。"""
    days = _day(first, "--from"), _day(last, "--to")
    if days[0] > days[1]:
        stop("--from 不能晚于 --to", 2)
    if out.exists() and not overwrite:
        stop(f"{out} 已存在，没有改动。请换个文件名，或加 --overwrite")
    wired = parts()
    now = wired.clock.now()
    with wired.store.reading() as tx:
        facts = wired.sites.get(tx)
        rows = ticketing.answered(_work(tx, facts, now), *days)
        data = draw(rows, facts.site.tickets, f"{facts.site.hall.name}　受理日期 {days[0]} 至 {days[1]}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError:
        stop(f"{out} 写不进去，请换个位置")
    told = sum(1 for row in rows if row.answer)
    said = f"已导出 {len(rows)} 件工单到 {out}，其中已答复 {told} 件"
    say({"file": str(out), "tickets": len(rows), "answered": told}, said, as_json=as_json)


def _work(tx: Transaction, facts: SiteFacts, now: datetime) -> IssueRouting:
    return IssueRouting(tx, facts.site, facts.calendar, now, "cli")


def _item(said: str, dictionary: Dictionary) -> str | None:
    """As if somebody had said it in a group."""
    return understand(Heard(f"反馈问题：{said}", group=True), dictionary).acts[0].item


def _day(written: str, option: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        stop(f"{option} 应为日期，例如 2026-09-01", 2)


COMMANDS: tuple[click.Command, ...] = (tickets,)
