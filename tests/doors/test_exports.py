"""`./daiban export …`: papers and tables as files, whole or not at all."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.moves.work import CaseWork
from domain.filled_forms import FilledForm
from domain.people import Role
from tests.commands import daiban
from tests.talk import OFFICER, SIGNATORY, Talk

MONTH = ("--from", "2026-09-01", "--to", "2026-09-30")


@pytest.fixture
def agreement(talk: Talk) -> FilledForm:
    """F13 in its second version, signed by the enterprise; and F14."""
    with talk.parts.store.transaction() as tx:
        facts = talk.parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, talk.parts.clock.now(), tx.people.by_userid(OFFICER))
        project = tx.projects.get(1)
        case = work.case_of(project)
        signers = (Role.ENTERPRISE_SIGNATORY, Role.SERVICE_OFFICER)
        first = work.fill("F13", project, case, {"entrusted": "全部"}, signers=signers)
        work.fill("F14", project, case, {})
        form = work.next_version(first, project, case, {"entrusted": "施工许可"})
    assert talk.says(SIGNATORY, f"签署 {form.no}", "app").startswith("已签署")
    return form


def test_the_papers_of_a_case_are_written_under_chinese_names(
    talk: Talk, agreement: FilledForm, tmp_path: Path
) -> None:
    out = tmp_path / "文书"
    done = daiban("export", "forms", "yx-sq-2026-0001", str(out))
    assert (done.returncode, done.stdout) == (0, f"已导出 3 个文件到 {out}\n")
    assert sorted(path.name for path in out.iterdir()) == [
        "YX-SL-2026-0001 帮办代办受理单.docx",
        "YX-SQ-2026-0001 台账.xlsx",
        "YX-WT-2026-0001 帮办代办委托协议（第2版）.docx",
    ]
    document = Document(str(out / "YX-WT-2026-0001 帮办代办委托协议（第2版）.docx"))
    text = "\n".join(
        [p.text for p in document.paragraphs] + [c.text for t in document.tables for c in t.rows[0].cells]
    )
    assert "具体事项（阶段）：施工许可" in text
    assert "林国华（企业微信确认，2026年9月15日 09:30）" in text


def test_by_project_code_everything_of_the_project_is_written(
    talk: Talk, agreement: FilledForm, tmp_path: Path
) -> None:
    done = daiban("export", "forms", "YX-2026-001", str(tmp_path / "甲"), "--json")
    assert json.loads(done.stdout) == {"files": 3, "forms": 2}
    other = daiban("export", "forms", "YX-2026-002", str(tmp_path / "乙"), "--json")
    assert json.loads(other.stdout) == {"files": 1, "forms": 0}


def test_what_is_there_is_not_written_over_silently(
    talk: Talk, agreement: FilledForm, tmp_path: Path
) -> None:
    assert daiban("export", "forms", "YX-SQ-2026-0001", str(tmp_path)).returncode == 0
    paper = tmp_path / "YX-SL-2026-0001 帮办代办受理单.docx"
    paper.write_bytes(b"signed on paper")
    said = daiban("export", "forms", "YX-SQ-2026-0001", str(tmp_path))
    assert said.returncode == 1
    assert "里已有" in said.stderr
    assert paper.read_bytes() == b"signed on paper"
    assert daiban("export", "forms", "YX-SQ-2026-0001", str(tmp_path), "--overwrite").returncode == 0
    assert paper.read_bytes() != b"signed on paper"


@pytest.mark.parametrize("kind", ["ledger", "statistics"])
def test_a_table_of_a_period_is_written_once(talk: Talk, kind: str, tmp_path: Path) -> None:
    talk.says(OFFICER, "记录 YX-2026-001 电话 与住建局核对图审意见", "app")
    out = tmp_path / "九月.xlsx"
    done = daiban("export", kind, *MONTH, str(out), "--json")
    assert json.loads(done.stdout) == {
        "file": str(out), "from": "2026-09-01", "to": "2026-09-30", "projects": 4, "entries": 1,
    }  # fmt: skip
    load_workbook(BytesIO(out.read_bytes()))
    again = daiban("export", kind, *MONTH, str(out))
    assert (again.returncode, again.stderr) == (
        1,
        f"{out} 已存在，没有改动。请换个文件名，或加 --overwrite\n",
    )
    assert daiban("export", kind, *MONTH, str(out), "--overwrite").returncode == 0


@pytest.mark.parametrize("kind", ["ledger", "statistics"])
def test_a_period_without_anything_is_a_table_that_says_so(talk: Talk, kind: str, tmp_path: Path) -> None:
    out = tmp_path / "空.xlsx"
    done = daiban("export", kind, "--from", "2020-01-01", "--to", "2020-01-31", str(out))
    assert done.returncode == 0
    cells = [c.value for t in load_workbook(out).worksheets for row in t.iter_rows() for c in row]
    assert "本期没有记录" in cells


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (
            ("forms", "YX-SQ-2026-0999", "x"),
            1,
            "没有找到 YX-SQ-2026-0999：请写申请编号（如 YX-SQ-2026-0001）",
        ),
        (("ledger", "--from", "2026-09-30", "--to", "2026-09-01", "x.xlsx"), 2, "--from 不能晚于 --to"),
        (("statistics", "--from", "9月", "--to", "2026-09-01", "x.xlsx"), 2, "--from 和 --to 应为日期"),
        (("ledger", *MONTH, "/proc/nowhere/x.xlsx"), 1, "/proc/nowhere/x.xlsx 写不进去，请换个位置"),
        (("forms", "YX-2026-001", "/proc/nowhere"), 1, "写不进去，请换个位置"),
    ],
)
def test_what_cannot_be_done_is_one_line(talk: Talk, words: tuple[str, ...], code: int, line: str) -> None:
    said = daiban("export", *words)
    assert said.returncode == code
    assert line in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
    assert not Path("x.xlsx").exists()


def test_every_export_explains_itself() -> None:
    for name in ("forms", "ledger", "statistics"):
        assert daiban("export", name, "--help").returncode == 0
    assert daiban("export", "ledger", "x.xlsx").returncode == 2
