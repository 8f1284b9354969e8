"""The commands of `./daiban`: bot's and the clock's."""

from __future__ import annotations

from datetime import datetime

import click

from bot.cli import COMMANDS
from bot.cli_exports import COMMANDS as EXPORTS
from bot.command_line import in_one_line, parts, stop
from bot.delivery import drain
from bot.health import MAINTENANCE
from scheduler.lines import run_due_in_office


@click.command("run-due")
@click.option("--at", "at", help="到哪一刻为止（ISO，缺省为现在），例如 2026-09-18T16:20")
@click.option("--deliver", is_flag=True, help="也把写好的消息发出去")
@in_one_line
def run_due_command(at: str | None, *, deliver: bool) -> None:
    """把到期该做的事做一遍（每件只做一次）；不需要 Redis。"""
    wired = parts()
    instant = wired.clock.now()
    if at:
        try:
            instant = datetime.fromisoformat(at)
        except ValueError:
            stop("--at 应为 ISO 时间，例如 2026-09-18T16:20", 2)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=wired.clock.zone)
    ran = run_due_in_office(wired, instant)
    click.echo(f"已检查：{'、'.join(ran)}")
    if deliver:
        click.echo(f"已发送 {drain(wired, instant)} 条")


@click.command()
@click.argument("state", type=click.Choice(["on", "off"]))
@in_one_line
def maintenance(state: str) -> None:
    """维护：on 暂停主动提醒、清单和小结（照常应答和受理），off 恢复，攒下的合并发出。"""
    wired = parts()
    with wired.store.transaction() as tx:
        if state == "on":
            tx.runs.beat(MAINTENANCE, wired.clock.real_now())
        else:
            tx.runs.forget_beat(MAINTENANCE)
    click.echo(
        "已进入维护：主动消息暂停" if state == "on" else "维护结束：攒下的提醒在下一个提醒时刻合并发出"
    )


ALL = {one.name: one for one in (*COMMANDS, *EXPORTS, run_due_command, maintenance)}
