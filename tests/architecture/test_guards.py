"""The rules of the house that no other tool holds."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.handlers import CARDS, COMMANDS, HANDLERS
from bot.queue import JOBS
from bot.understanding.acts import Intent
from bot.understanding.commands import COMMANDS as COMMAND_WORDS
from domain.people import ALLOWED, Action
from scheduler.lines import WORK
from scheduler.timetable import TIMETABLE

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "storage", "bot", "scheduler", "sandbox")
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_and_no_function_outgrows_its_room() -> None:
    long_files = [
        str(p) for p in _files(*PACKAGES, "tests") if len(p.read_text().splitlines()) > LONGEST_FILE
    ]
    assert long_files == []
    long_functions = [
        f"{path.relative_to(ROOT)}:{name} {size}"
        for path in _files(*PACKAGES)
        for name, size in _functions(path)
        if size > LONGEST_FUNCTION
    ]
    assert long_functions == []


def test_functions_stay_short_on_the_whole() -> None:
    sizes = sorted(size for path in _files(*PACKAGES) for _, size in _functions(path))
    assert sizes[len(sizes) // 2] <= 9
    assert sizes[int(len(sizes) * 0.95)] <= 25


def test_every_intent_has_exactly_one_handler() -> None:
    answered = [intent for handler in HANDLERS for intent in handler.intents]
    assert sorted(answered) == sorted(Intent)


def test_every_handler_module_is_in_a_table() -> None:
    named = {handler.answer.__module__ for handler in HANDLERS}
    named |= {answer.__module__ for answer in COMMANDS.values()}
    named |= {action.answer.__module__ for action in CARDS.values()}
    modules = {f"bot.handlers.{m.name}" for m in pkgutil.iter_modules([str(ROOT / "bot" / "handlers")])}
    assert modules - named == set()


def test_every_command_word_has_its_answer_and_the_other_way_round() -> None:
    assert {command.name for command in COMMAND_WORDS} == set(COMMANDS)


def test_every_action_says_who_may() -> None:
    assert set(ALLOWED) == set(Action)
    assert all(ALLOWED.values())


def test_every_line_of_the_timetable_has_its_work_and_names_its_days() -> None:
    assert {line.name for line in TIMETABLE} == set(WORK)
    for line in TIMETABLE:
        if line.cron:
            # APScheduler counts weekdays from Monday = 0: "5" would be Saturday.
            assert not re.search(r"\d", line.cron.split()[4])
        assert bool(line.cron) != bool(line.every)


def test_every_job_on_the_queue_can_be_imported() -> None:
    for name in JOBS.values():
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function))


def test_every_line_of_the_procfile_names_something_that_is_there() -> None:
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert set(lines) == {"release", "web", "worker", "scheduler"}
    for module in re.findall(r"-m (bot\.\w+|scheduler)", "\n".join(lines.values())):
        assert importlib.util.find_spec(module)
    assert "bot.app:create()" in lines["web"]
    assert (ROOT / "daiban").exists()


def test_tests_fake_only_what_lies_outside() -> None:
    forbidden = re.compile(r"\bpatch\(|unittest\.mock|monkeypatch\.setattr|mocker\b")
    found = [
        str(path.relative_to(ROOT))
        for path in _files("tests")
        if path != Path(__file__) and forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_clock_is_read_in_one_place_only() -> None:
    allowed = {"bot/clock.py", "bot/doctor.py"}
    reading = re.compile(r"datetime\.now\(|date\.today\(|\.utcnow\(")
    found = {
        str(path.relative_to(ROOT))
        for path in _files("domain", "storage", "bot", "scheduler")
        if reading.search(path.read_text(encoding="utf-8"))
    }
    assert found <= allowed


def test_importing_every_module_opens_no_socket_and_needs_no_environment() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in _files("domain", "storage", "bot", "scheduler")
        if path.name not in {"__main__.py", "gunicorn_conf.py"}
    ]
    script = (
        "import socket, importlib\n"
        "def refuse(*a, **k): raise SystemExit('a socket was opened')\n"
        "socket.socket.connect = refuse\n"
        f"[importlib.import_module(m) for m in {modules!r}]\n"
    )
    env = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, env=env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]


GLOSSARY = (
    ("domain.people", "Role"), ("domain.people", "Duty"), ("domain.project", "Enterprise"), ("domain.project", "Project"),
    ("domain.project", "WorkGroup"), ("domain.case", "Case"), ("domain.case", "ServiceLevel"), ("domain.case", "Scope"),
    ("domain.catalogue", "CatalogueItem"), ("domain.items", "CaseItem"), ("domain.materials", "Material"),
    ("domain.issues", "Issue"), ("domain.issues", "IssueLevel"), ("domain.deadlines", "Lamp"),
)  # fmt: skip


@pytest.mark.parametrize(("module", "name"), GLOSSARY)
def test_the_glossarys_names_are_the_codes_names(module: str, name: str) -> None:
    assert hasattr(importlib.import_module(module), name)
    assert name in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
