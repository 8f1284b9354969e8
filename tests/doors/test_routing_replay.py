"""`./daiban routing replay`: figures of the rules on past problems; nothing is changed by it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import ROOT, daiban
from tests.talk import OFFICER, Talk

DAYS = ("--from", "2026-09-01", "--to", "2026-09-30")


@pytest.fixture
def past(talk: Talk) -> Talk:
    """Two of the sample, one as the rules say, one the officer sorted elsewhere, one nobody has yet."""
    talk.files_problem()
    talk.files_problem("反馈问题：夜里工地噪声的事附近居民来堵门")
    talk.says(OFFICER, "转办 4 城管局 夜间投诉归城管", "app")
    talk.files_problem("反馈问题：门口的路灯坏了半个月一直没人管")
    return talk


def test_the_figures(past: Talk) -> None:
    before = past.stored()
    done = daiban("routing", "replay", *DAYS, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    rows = {row["department"]: row for row in found["rows"]}
    assert (found["issues"], found["skipped"], found["right"], found["unsure"]) == (4, 1, 3, 0)
    assert (rows["zjj"]["precision"], rows["zjj"]["recall"]) == (1.0, 1.0)
    assert (rows["cgj"]["own"], rows["cgj"]["recall"]) == (1, 0.0)
    assert (rows["sthj"]["given"], rows["sthj"]["precision"], rows["sthj"]["recall"]) == (1, 0.0, None)
    assert found["confused"] == [["cgj", "sthj", 1]]
    assert past.stored() == before


def test_as_a_table_without_anybodys_words(past: Talk) -> None:
    said = daiban("routing", "replay", *DAYS).stdout
    assert "问题 4 个（另有 1 个尚无责任部门，不计）" in said
    assert "易混：实为城管局，判给生态环境局，1 个" in said
    for word in ("噪声的事", "路灯", "陈静", "岭南", "村委"):
        assert word not in said


def test_with_other_rules(past: Talk, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "config", folder)
    rules = folder / "routing.yaml"
    added = "rules:\n  - {name: 扰民, words: [噪声], departments: [cgj], weight: 9, source: 试}\n"
    rules.write_text(rules.read_text().replace("rules:\n", added, 1))
    found = json.loads(daiban("routing", "replay", *DAYS, "--rules", str(folder), "--json").stdout)
    assert (found["right"], found["confused"]) == (4, [])
    assert json.loads(daiban("routing", "replay", *DAYS, "--json").stdout)["right"] == 3


def test_no_problems_in_those_days(past: Talk) -> None:
    done = daiban("routing", "replay", "--from", "2020-01-01", "--to", "2020-01-02")
    assert (done.returncode, done.stdout.strip()) == (0, "问题 0 个（另有 0 个尚无责任部门，不计）")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--from", "上周", "--to", "2026-09-30"), 2, "--from 应为日期"),
        (("--from", "2026-09-30", "--to", "2026-09-01"), 2, "--to 早于 --from"),
        (("--from", "2026-09-01"), 2, "--to"),
        ((*DAYS, "--rules", "/nowhere"), 1, "这份配置不能用"),
    ],
)
def test_a_slip_is_one_line(talk: Talk, words: tuple[str, ...], code: int, said: str) -> None:
    done = daiban("routing", "replay", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
