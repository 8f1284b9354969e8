"""docs/requirements.md names for every requirement the talk that shows it, or says why there is none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^\| (R\d{3}) \| (.+?) \| (.*) \|$", re.M)
EXPECTED = {f"R{n:03d}" for n in range(1, 155)}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def listed() -> dict[str, str]:
    text = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
    found = LINE.findall(text)
    assert len({number for number, _, _ in found}) == len(found), "a requirement is listed twice"
    return {number: where for number, where, _ in found}


def test_every_requirement_is_answered_for() -> None:
    assert sorted(EXPECTED - listed().keys()) == []


def test_each_names_a_test_that_is_there_or_says_later_or_outside() -> None:
    wrong = {}
    for number, where in listed().items():
        tests = TEST.findall(where)
        if not tests and where not in {"later", "outside"}:
            wrong[number] = where
        for file, name in tests:
            path = ROOT / file
            names = _tests_of(path) if path.exists() else set()
            if name not in names:
                wrong[number] = f"{file}::{name}"
    assert wrong == {}


def _tests_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
