"""`./daiban routing replay`: what rules would have done with past problems, before they are loaded."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from bot import replaying
from bot.command_line import AS_JSON, in_one_line, parts, say, stop
from bot.replay_words import table
from bot.siteconfig import read_site_document
from bot.wiring import Parts
from domain.site import Site, SiteProblems
from storage.store import Transaction


@click.group("routing")
def routing() -> None:
    """问题交办规则。"""


@routing.command()
@click.option("--from", "start", required=True, metavar="YYYY-MM-DD", help="反馈日期，含当日")
@click.option("--to", "end", required=True, metavar="YYYY-MM-DD", help="反馈日期，含当日")
@click.option("--rules", type=click.Path(path_type=Path), help="另一份站点配置目录，缺省用已装入的")
@AS_JSON
@in_one_line
def replay(start: str, end: str, rules: Path | None, *, as_json: bool) -> None:
    """用规则重放过去的问题：准确率、召回率、易混部门（不产生任何改动）。"""
    first, last = _day(start, "--from"), _day(end, "--to")
    if last < first:
        stop("--to 早于 --from，请核对日期", 2)
    wired = parts()
    with wired.store.reading() as tx:
        site = _site(wired, tx, rules)
        zone = wired.clock.zone
        begin = datetime.combine(first, time(), zone)
        until = datetime.combine(last + timedelta(days=1), time(), zone)
        found = replaying.replay(tx, site, begin, until)
    say(found.as_data(), table(found, site), as_json=as_json)


def _day(written: str, option: str) -> date:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        stop(f"{option} 应为日期，例如 2026-09-01", 2)
    if not date(2000, 1, 1) <= found <= date(2999, 1, 1):
        stop(f"{option} 不在可用范围，例如 2026-09-01", 2)
    return found


def _site(wired: Parts, tx: Transaction, rules: Path | None) -> Site:
    if rules is None:
        return wired.sites.get(tx).site
    try:
        return Site.from_document(read_site_document(rules))
    except SiteProblems as problems:
        stop("这份配置不能用：\n" + "\n".join(problems.problems))


COMMANDS: tuple[click.Command, ...] = (routing,)
