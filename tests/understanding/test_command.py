"""`./daiban understand` before anything is set up here: it answers from the shipped configuration and leaves nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli_understand import understand

ROOT = Path(__file__).parents[2]


def test_understanding_needs_nothing_set_up_and_leaves_nothing(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("WECOM_", "DATABASE_"))}
    line = json.dumps({"text": "施工许可办到哪了", "now": "2026-09-15T09:30:00+08:00"})
    said = subprocess.run(
        [sys.executable, "-m", "scheduler.cli", "understand", "--jsonl"], input=line, text=True, cwd=tmp_path,
        env={**env, "PYTHONPATH": str(ROOT), "DAIBAN_VAR": str(tmp_path / "var")}, capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(said.stdout)["acts"][0]["slots"] == {"item": "sg_xuke"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", ["[]", "7", '{"role": "enterprise"}', '{"text": "在吗", "now": "gestern"}'])
def test_a_line_of_another_shape_is_named_by_its_number(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAIBAN_VAR", str(tmp_path))
    monkeypatch.delenv("WECOM_CORP_ID", raising=False)
    said = CliRunner().invoke(understand, ["--jsonl"], input=f'{{"text": "在吗"}}\n{line}\n')
    assert said.exit_code == 2
    assert "第 2 行" in said.output


def test_understanding_starts_without_the_rest_of_the_program() -> None:
    loaded = "import scheduler.cli, sys; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"sqlalchemy", "bot.router", "redis"} & set(said.stdout.split())
