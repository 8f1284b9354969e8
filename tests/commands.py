"""The command line as somebody types it, in this process: a start of its own costs more than most commands do.
That it also starts by itself is seen once, in tests/doors/test_command_line.py."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from scheduler.cli import main

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


def daiban(*words: str, given: str = "") -> Ran:
    result = CliRunner().invoke(main, words, input=given, prog_name="daiban")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)
