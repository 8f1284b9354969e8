"""`./daiban`: understanding starts at once (contract §6), the rest of the program is read when another command is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from bot.cli_understand import understand


def _others() -> Mapping[str, click.Command]:
    found: Mapping[str, click.Command] = import_module("scheduler.commands").ALL
    return found


class OnNeed(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted([*_others(), understand.name or ""])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return understand if cmd_name == understand.name else _others().get(cmd_name)


@click.group(cls=OnNeed, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """代办助手的命令行。"""


if __name__ == "__main__":
    main(prog_name="daiban")
