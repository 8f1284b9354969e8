"""The command line, without the clock's part (`scheduler/cli.py` adds it). Errors are one line, exit 0/1/2."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from bot import doctor as checks
from bot import imports, tracing
from bot.cli_archive import COMMANDS as ARCHIVE_COMMANDS
from bot.cli_returns import COMMANDS as RETURN_COMMANDS
from bot.cli_routing import COMMANDS as ROUTING_COMMANDS
from bot.cli_tickets import COMMANDS as TICKET_COMMANDS
from bot.command_line import AS_JSON, in_one_line, parts, say, stop
from bot.documents import form_templates
from bot.documents.projects_sheet import read_projects, write_projects_template
from bot.documents.roster_sheet import read_roster, write_roster_template
from bot.documents.sheets import SheetProblems
from bot.documents.tickets_sheet import write_tickets_template
from bot.health import Finding, Level
from bot.loading import load_sample, load_site
from domain.site import Site, SiteProblems
from storage.migrating import migrate as bring_up_to_date

Row = TypeVar("Row")


@click.command()
@in_one_line
def migrate() -> None:
    """建表或升级表结构。"""
    wired = parts()
    bring_up_to_date(wired.store)
    click.echo("表结构已是最新")


@click.command("load-config")
@click.argument("folder", type=click.Path(path_type=Path))
@in_one_line
def load_config(folder: Path) -> None:
    """校验并装入站点配置和事项目录（全部通过才装入）。"""
    wired = parts()
    try:
        version = load_site(wired.store, folder, wired.clock.now())
    except SiteProblems as problems:
        stop("配置没有装入：\n" + "\n".join(problems.problems))
    click.echo(f"已装入站点配置，版本 {version}")


@click.command("load-sample")
@click.option("--file", "path", type=click.Path(path_type=Path), default=Path("config/sample.yaml"))
@in_one_line
def load_sample_data(path: Path) -> None:
    """装入示例数据（只在没有项目时）。"""
    wired = parts()
    with wired.store.reading() as tx:
        wired.sites.get(tx)
    if not load_sample(wired.store, path, wired.clock.now(), wired.settings.zone):
        stop("已有项目，示例数据不与真实数据混用，未装入")
    click.echo("示例数据已装入")


@click.command("import-roster")
@click.argument("file", type=click.Path(path_type=Path))
@in_one_line
def import_roster(file: Path) -> None:
    """导入人员名单 xlsx（有一处不对就全部不导入）。"""
    wired = parts()
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        site = wired.sites.get(tx).site
        count = imports.keep_roster(tx, _rows(lambda: read_roster(file, site, wired.today(now))))
    click.echo(f"已导入 {count} 人")


@click.command("import-projects")
@click.argument("file", type=click.Path(path_type=Path))
@in_one_line
def import_projects(file: Path) -> None:
    """导入项目 xlsx（有一处不对就全部不导入）。"""
    wired = parts()
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        site = wired.sites.get(tx).site
        rows = _rows(lambda: read_projects(file, site, wired.today(now)))
        codes = _rows(lambda: imports.keep_projects(tx, rows, site, now))
    click.echo(f"已导入 {len(codes)} 个项目：{'、'.join(codes)}")


def _rows(read: Callable[[], list[Row]]) -> list[Row]:
    try:
        return read()
    except SheetProblems as problems:
        stop("没有导入：\n" + "\n".join(map(str, problems.problems)))


@click.command()
@click.argument("kind", type=click.Choice(["roster", "projects", "tickets", "forms"]))
@click.argument("out", type=click.Path(path_type=Path))
@in_one_line
def template(kind: str, out: Path) -> None:
    """生成空白的导入表，或（forms）全部文书的 docx 模板到文件夹 OUT。"""
    site = _site()
    write: Callable[[], None] = {
        "roster": partial(write_roster_template, out, site),
        "projects": partial(write_projects_template, out),
        "tickets": partial(write_tickets_template, out, site.tickets),
        "forms": partial(_form_templates, out, site),
    }[kind]
    try:
        write()
    except OSError:
        stop(f"{out} 写不进去，请换个位置")
    click.echo(f"已生成 {out}")


def _form_templates(out: Path, site: Site) -> None:
    """A site's own templates are its work: none of them is written over."""
    made = {out / f"{form.key}.docx": form for form in site.forms.values() if form.issued}
    there = [path.name for path in made if path.exists()]
    if there:
        stop(f"{out} 里已有 {there[0]} 等 {len(there)} 个模板，没有改动。请换个空文件夹")
    out.mkdir(parents=True, exist_ok=True)
    for path, form in made.items():
        path.write_bytes(form_templates.make(form))


def _site() -> Site:
    wired = parts()
    with wired.store.reading() as tx:
        return wired.sites.get(tx).site


@click.command()
@AS_JSON
@in_one_line
def doctor(*, as_json: bool) -> None:
    """逐项体检：OK / WARN / FAIL，以及该做什么。"""
    findings = checks.examine(parts())
    say([asdict(f) for f in findings], "\n".join(map(_finding, findings)), as_json=as_json)
    sys.exit(1 if any(f.level is Level.FAIL for f in findings) else 0)


def _finding(finding: Finding) -> str:
    todo = f" → {finding.todo}" if finding.todo and finding.level is not Level.OK else ""
    return f"{finding.level:<4} {finding.name:<12} {finding.what}{todo}"


@click.command()
@click.argument("msgid")
@AS_JSON
@in_one_line
def trace(msgid: str, *, as_json: bool) -> None:
    """一条消息的完整经过：收到、理解、改动、发出、平台答复。"""
    wired = parts()
    with wired.store.reading() as tx:
        path = tracing.path_of(tx, msgid)
    if path is None:
        stop(f"没有找到消息 {msgid}：可能没有送达本系统（群里没有@的消息收不到）")
    say(path, tracing.as_text(path, wired.clock.zone), as_json=as_json)


@click.group()
def outbox() -> None:
    """发件箱：查看、重发、放弃。"""


@outbox.command("list")
@click.option("--all", "everything", is_flag=True, help="也列出等待发送的")
@AS_JSON
@in_one_line
def outbox_list(*, everything: bool, as_json: bool) -> None:
    """没有发成的消息（不显示内容）。"""
    states = ["failed", "unknown", *(["waiting", "claimed", "sending"] if everything else [])]
    wired = parts()
    with wired.store.reading() as tx:
        rows = tx.outbox.in_state(states)
    found = [
        {
            "id": r.id,
            "kind": r.kind,
            "about": r.subject,
            "state": r.state,
            "tries": r.attempts,
            "error": r.error,
        }
        for r in rows
    ]
    text = "\n".join("  ".join(str(v) for v in row.values()) for row in found) or "没有"
    say(found, text, as_json=as_json)


@outbox.command("retry")
@click.argument("number", type=int)
@in_one_line
def outbox_retry(number: int) -> None:
    """重发一条（先确认群里确实没有，避免重复）。"""
    wired = parts()
    with wired.store.transaction() as tx:
        done = tx.outbox.retry(number, wired.clock.now())
    if not done:
        stop(f"第 {number} 条不在失败或存疑之列，未重发")
    wired.queue.wake_delivery()
    click.echo(f"第 {number} 条将重发")


@outbox.command("drop")
@click.argument("number", type=int)
@in_one_line
def outbox_drop(number: int) -> None:
    """放弃一条。"""
    wired = parts()
    with wired.store.transaction() as tx:
        done = tx.outbox.drop_one(number)
    if not done:
        stop(f"第 {number} 条已发出或正在发送，不能放弃")
    click.echo(f"第 {number} 条已放弃")


COMMANDS: tuple[click.Command, ...] = (
    migrate,
    load_config,
    load_sample_data,
    import_roster,
    import_projects,
    template,
    doctor,
    trace,
    outbox,
    *ARCHIVE_COMMANDS,
    *RETURN_COMMANDS,
    *ROUTING_COMMANDS,
    *TICKET_COMMANDS,
)
