"""`./daiban tickets …`: each ticket of the hotline is one problem here, and goes back with its answer (R141)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.documents.tickets_sheet import write_tickets_template
from domain.issues import IssueStatus
from domain.ticket_columns import TicketColumns
from tests.bot.workbooks import filled
from tests.commands import daiban
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, Talk

SAID = "施工许可窗口让我们重复提交人防易地建设的证明"
ROW: dict[str, object] = {
    "工单编号": "20260915000123",
    "受理日期": "2026-09-14",
    "诉求单位": "",
    "项目编号": "YX-2026-001",
    "诉求内容": f"{SAID}，联系电话13800138000",
}


def _sheet(folder: Path, *rows: dict[str, object]) -> str:
    path = folder / "工单.xlsx"
    write_tickets_template(path, TicketColumns())
    return str(filled(path, "工单", rows))


def test_a_ticket_becomes_a_problem_and_goes_back_with_its_answer(talk: Talk, tmp_path: Path) -> None:
    file = _sheet(tmp_path, ROW)
    done = daiban("tickets", "import", file)
    assert (done.returncode, done.stdout) == (0, "已导入 1 件\n20260915000123 → 问题3\n")
    assert "13800138000" not in talk.issue(3).description
    talk.time_is("2026-09-15T09:40:00")  # the sweep routes it
    assert talk.issue(3).status is IssueStatus.ASSIGNED
    out = tmp_path / "办理.xlsx"
    assert _exported(out)["办理状态"] == "办理中"
    talk.says(REPRESENTATIVE, "回复 3 已取消重复提交。", "app")
    assert _exported(out)["答复内容"] is None  # a draft is nobody's answer
    talk.says(OFFICER, "立即发送 3", "app")
    row = _exported(out)
    assert (row["工单编号"], row["本系统问题号"], row["办理状态"]) == ("20260915000123", 3, "已答复")
    assert (row["答复内容"], row["答复日期"]) == ("已取消重复提交。", "2026-09-15")
    assert row["承办部门"] == "住房和城乡建设局"
    before = talk.stored()
    again = daiban("tickets", "import", file)
    assert again.stdout == "已导入 0 件\n20260915000123 此前已导入（问题3），没有改动\n"
    assert talk.stored() == before
    assert any("已取消重复提交" in text for text in talk.sees(CONTACT, GROUP))


def test_what_is_handled_inside_already_is_not_handled_twice(talk: Talk, tmp_path: Path) -> None:
    talk.files_problem(f"反馈问题：{SAID}")
    before = talk.stored()
    refused = daiban("tickets", "import", _sheet(tmp_path, {**ROW, "诉求内容": SAID}))
    assert refused.returncode == 1
    assert refused.stderr == (
        "没有导入：\n工单 第 3 行 本系统问题号：与办理中的问题3相似：是同一件事请填 3，不是请填“新”\n"
    )
    assert talk.stored() == before
    tied = daiban("tickets", "import", _sheet(tmp_path, {**ROW, "诉求内容": SAID, "本系统问题号": 3}))
    assert tied.stdout == "已导入 0 件\n20260915000123 已并入问题3，不重复办理\n"
    other = {**ROW, "诉求内容": SAID, "本系统问题号": "新", "工单编号": "9"}
    assert daiban("tickets", "import", _sheet(tmp_path, other)).stdout == "已导入 1 件\n9 → 问题4\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"项目编号": "YX-2026-099"}, "第 4 行 项目编号：没有这个项目编号，请核对"),
        (
            {"项目编号": "", "诉求单位": "没有这个公司"},
            "第 4 行 诉求单位：没有找到该单位的项目，请核对全称或填项目编号",
        ),
        ({"项目编号": ""}, "第 4 行 诉求单位：请填写诉求单位或项目编号"),
        ({"项目编号": "", "诉求单位": "云溪县城市建设投资有限公司"}, "第 4 行 诉求单位：该单位有几个项目"),
        ({"受理日期": "2026-09-16"}, "第 4 行 受理日期：晚于今天"),
        ({"诉求内容": "好" * 501}, "第 4 行 诉求内容：请控制在 500 字以内（现在 501 字）"),
        ({"本系统问题号": "1"}, "第 4 行 本系统问题号：这个项目没有这个问题号"),
        ({"工单编号": "20260915000123"}, "第 4 行 工单编号：与第 3 行重复"),
    ],
)
def test_one_bad_row_and_nothing_is_imported(
    talk: Talk, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    before = talk.stored()
    bad = {**ROW, "工单编号": "2", "诉求内容": "用电报装外线走廊一直没有确定下来", **change}
    done = daiban("tickets", "import", _sheet(tmp_path, ROW, bad))
    assert done.returncode == 1
    assert said in done.stderr
    assert talk.stored() == before


def test_a_complaint_about_a_person_stays_private(talk: Talk, tmp_path: Path) -> None:
    talk.sees(CONTACT, GROUP)
    daiban("tickets", "import", _sheet(tmp_path, {**ROW, "诉求内容": "住建局窗口黄志坚态度恶劣，拒收材料"}))
    talk.time_is("2026-09-15T09:40:00")
    assert talk.issue(3).private
    talk.says(OFFICER, "回复 3 已当面核实并致歉。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    assert talk.sees(CONTACT, GROUP) == []
    assert _exported(tmp_path / "办理.xlsx")["答复内容"] == "（涉及个人，由服务专员单独答复）"


def test_the_empty_sheet_is_made_with_the_sites_headings(talk: Talk, tmp_path: Path) -> None:
    out = tmp_path / "空表.xlsx"
    assert daiban("template", "tickets", str(out)).returncode == 0
    titles = [cell.value for cell in load_workbook(out)["工单"][1]]
    assert titles == ["序号", "工单编号", "受理日期", "诉求单位", "项目编号", "诉求内容", "本系统问题号"]
    refused = daiban("tickets", "export", "--from", "2026-09-30", "--to", "2026-09-01", str(out))
    assert (refused.returncode, refused.stderr) == (2, "--from 不能晚于 --to\n")


def _exported(out: Path) -> dict[Any, Any]:
    done = daiban("tickets", "export", "--from", "2026-09-01", "--to", "2026-09-30", str(out), "--overwrite")
    assert done.returncode == 0, done.stderr
    table = load_workbook(out)["工单"]
    return dict(zip([cell.value for cell in table[3]], [cell.value for cell in table[4]], strict=True))
