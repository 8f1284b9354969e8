"""`./daiban understand`: a module of its own, so that it is ready before the rest of the program could be read."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import click

from bot.command_line import in_one_line, parts, stop
from bot.settings import Settings, environment
from bot.siteconfig import calendar_of, read_site_document
from bot.understanding.dictionary import Dictionary
from bot.understanding.lines import understand_line
from domain.site import NoSite, Site

SHIPPED = Path(__file__).parents[1] / "config"


@click.command()
@click.option("--jsonl", is_flag=True, help="逐行读标准输入，逐行输出（接口见文档）")
@click.option(
    "--corrections", type=click.Path(path_type=Path), help="把大家纠正过的话存成训练样本（去掉姓名和号码）"
)
@in_one_line
def understand(*, jsonl: bool, corrections: Path | None) -> None:
    """把消息理解成意图（不产生任何改动）。"""
    if corrections:
        _keep_corrections(corrections)
        return
    site = _site()
    dictionary, calendar = Dictionary(site), calendar_of(site)
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            found = understand_line(
                json.loads(line) if jsonl else {"text": line.strip()}, dictionary, calendar
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            stop(f"第 {number} 行不是所需的 JSON", 2)
        click.echo(json.dumps(found, ensure_ascii=False))


def _site() -> Site:
    """This office's; before one is set up here, the configuration that comes with the program."""
    if "WECOM_CORP_ID" not in environment():
        return Site.from_document(read_site_document(SHIPPED))
    store = import_module("storage.store").Store(Settings.from_env(environment()).database_url)
    with store.reading() as tx:
        found = tx.sites.newest()
    if found is None:
        raise NoSite
    return Site.from_document(found[1])


def _keep_corrections(out: Path) -> None:
    correcting = import_module("bot.correcting")
    with parts().store.reading() as tx:
        rows = list(correcting.rows(tx))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    try:
        out.write_text(text, encoding="utf-8")
    except OSError:
        stop(f"{out} 写不进去，请换个位置")
    click.echo(f"已存 {len(rows)} 条到 {out}")
