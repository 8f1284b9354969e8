"""`./daiban returns …`: where returns stand, the empty table, a filled one into the database, all of them as a table."""

from __future__ import annotations

from pathlib import Path

import click

from bot.command_line import AS_JSON, in_one_line, parts, say, stop
from bot.documents import papers, return_sheet
from bot.documents.sheets import SheetProblems
from bot.moves import returning
from bot.moves.work import CaseWork
from bot.platform import Paper
from bot.texts import returns as words
from bot.wiring import Parts
from domain.errors import DomainError, InvalidAnswer, NotFound
from domain.periods import said
from domain.returns import Campaign
from storage.store import Transaction

_OUT = click.argument("out", type=click.Path(path_type=Path))


@click.group()
def returns() -> None:
    """部门报送：情况、空白表、导入、汇总。"""


def _work(wired: Parts, tx: Transaction) -> CaseWork:
    facts = wired.sites.get(tx)
    return CaseWork(tx, facts.site, facts.calendar, wired.clock.now())


@returns.command("list")
@AS_JSON
@in_one_line
def list_running(*, as_json: bool) -> None:
    """正在进行的报送：谁报了，谁没有报。"""
    wired = parts()
    with wired.store.reading() as tx:
        work = _work(wired, tx)
        running = returning.running(work)
    found = [
        {
            "kind": kind.key,
            "first": str(campaign.period.first),
            "last": str(campaign.period.last),
            "due": str(campaign.due),
            "returns": [{"no": one.id, "department": one.department, "state": one.state} for one in all_of],
        }
        for campaign, kind, all_of in running
    ]
    text = "\n".join(words.standing(*each, work.site) for each in running) or words.NOTHING
    say(found, text, as_json=as_json)


@returns.command("template")
@click.argument("no", type=int)
@_OUT
@in_one_line
def template(no: int, out: Path) -> None:
    """一项报送（编号 NO）的空白表。"""
    _write(out, _drawn(Paper("return_form", str(_no(no)))))
    click.echo(f"已生成 {out}")


@returns.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--no", type=int, help="报送编号；不写的看表格“填写说明”里的编号")
@in_one_line
def import_table(file: Path, no: int | None) -> None:
    """导入一张报送表（有一处不对就全部不导入）。"""
    try:
        data = file.read_bytes()
    except OSError:
        stop(f"{file} 读不到，请核对文件名和权限")
    wanted = no or return_sheet.number_in(data)
    if wanted is None:
        stop("表格里没有报送编号，请加 --no 报送编号（./daiban returns list 可查看）")
    wired = parts()
    try:
        with wired.store.transaction() as tx:
            work = _work(wired, tx)
            found = returning.asked(work, _no(wanted), lock=True)
            table = returning.read_table(found, data)
            file_id = tx.files.add(file.name, data, work.now, project_id=None, uploaded_by=None)
            told = returning.hand_in(work, found, table, None, work.now, file_id)
            tx.outbox.add(told, work.now)
    except SheetProblems as problems:
        stop("没有导入：\n" + "\n".join(map(str, problems.problems)))
    except DomainError:
        stop(f"没有可以导入的报送 {wanted}（./daiban returns list 可查看）")
    click.echo(words.taken(found.one, found.campaign, found.kind, len(table.rows)))


@returns.command("export")
@click.argument("kind")
@click.argument("period")
@_OUT
@click.option("--overwrite", is_flag=True, help="覆盖已有的同名文件")
@in_one_line
def export(kind: str, period: str, out: Path, *, overwrite: bool) -> None:
    """一种报送一期的汇总表，例如：export 互动 2026年三季度 OUT.xlsx（PERIOD 写 - 为最近一期）。"""
    if out.exists() and not overwrite:
        stop(f"{out} 已存在，没有改动。请换个文件名，或加 --overwrite")
    wired = parts()
    with wired.store.reading() as tx:
        campaign = _campaign(_work(wired, tx), kind, period)
    _write(out, _drawn(Paper("return_result", str(campaign.id))))
    click.echo(f"已导出到 {out}")


def _campaign(work: CaseWork, kind: str, period: str) -> Campaign:
    known = work.site.returns.called(kind)
    if known is None:
        stop(words.which_kind(list(work.site.returns.kinds.values())), 2)
    found = work.tx.returns.campaigns(kind=known.key)
    try:
        wanted = None if period == "-" else said(period, work.today)
    except InvalidAnswer as wrong:
        stop(wrong.sentence, 2)
    found = [one for one in found if wanted in (None, one.period)]
    if not found:
        stop(f"还没有发起过这一期的《{known.title}》报送")
    return found[-1]


def _drawn(paper: Paper) -> bytes:
    wired = parts()
    with wired.store.reading() as tx:
        facts = wired.sites.get(tx)
        desk = papers.Desk(tx, facts.site, facts.calendar, wired.clock.now())
        try:
            return papers.draw(paper, desk).data
        except (LookupError, NotFound):
            stop("没有这一项报送（./daiban returns list 可查看）")


def _no(number: int) -> int:
    if not 0 < number < 10**9:
        stop("报送编号不对（./daiban returns list 可查看）", 2)
    return number


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        stop(f"{path} 写不进去，请换个位置")


COMMANDS: tuple[click.Command, ...] = (returns,)
