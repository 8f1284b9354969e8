"""`./daiban returns …`: the tables of returns as files."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from domain.returns import ReturnState
from tests.commands import daiban
from tests.returns import EVENT, FOOT, filled, number_of
from tests.talk import Talk


def test_out_in_and_out_again(talk: Talk, tmp_path: Path) -> None:
    assert daiban("returns", "list").stdout == "目前没有需要报送的表。\n"
    nothing = daiban("returns", "export", "互动", "-", str(tmp_path / "x.xlsx"))
    assert (nothing.returncode, nothing.stderr) == (
        1,
        "还没有发起过这一期的《各单位开展政企互动情况统计表》报送\n",
    )
    talk.time_is("2026-10-08T09:05:00")
    no = number_of(talk, "zjj")
    assert "应报10个部门，已报0个；未报：" in daiban("returns", "list").stdout
    blank = tmp_path / "空白.xlsx"
    assert daiban("returns", "template", str(no), str(blank)).returncode == 0
    empty = daiban("returns", "import", str(blank))
    assert empty.returncode == 1
    assert empty.stderr.startswith("没有导入：\n填报：没有可以导入的内容")
    full = tmp_path / "住建局.xlsx"
    full.write_bytes(filled(talk, no, [EVENT], FOOT))
    done = daiban("returns", "import", str(full))
    assert (done.returncode, done.stderr) == (0, "")
    assert "已报送，共1条。" in done.stdout
    listed = json.loads(daiban("returns", "list", "--json").stdout)
    states = {one["no"]: one["state"] for campaign in listed for one in campaign["returns"]}
    assert states[no] == ReturnState.RETURNED
    out = tmp_path / "汇总.xlsx"
    assert daiban("returns", "export", "互动", "2026年三季度", str(out)).returncode == 0
    assert load_workbook(out)["住建局"]["B4"].value == "三楼会议室"
    again = daiban("returns", "export", "互动", "2026年三季度", str(out))
    assert again.returncode == 1
    assert "已存在" in again.stderr


def test_what_is_none_is_said_in_a_line(talk: Talk, tmp_path: Path) -> None:
    talk.time_is("2026-10-08T09:05:00")
    no_table = tmp_path / "a.xlsx"
    no_table.write_text("nothing")
    for words in (
        ("import", str(tmp_path / "none.xlsx")),
        ("import", str(no_table)),
        ("import", str(no_table), "--no", "1"),
        ("import", str(no_table), "--no", "999"),
        ("template", "999", str(tmp_path / "b.xlsx")),
        ("export", "问候", "-", str(tmp_path / "c.xlsx")),
        ("export", "互动", "何时", str(tmp_path / "c.xlsx")),
    ):
        done = daiban("returns", *words)
        assert done.returncode in (1, 2), words
        assert done.stderr.strip(), words
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == ["a.xlsx"]
