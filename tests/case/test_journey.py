"""One project from the first question of an unknown person to a verified archive, over the wire."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.case import journey_steps as step
from tests.case.journey_steps import CHAT, CODE, NAME, Journey
from tests.commands import daiban
from tests.talk import OUTSIDER, Talk

# Every paper this way leaves behind, by its number's kind.
PAPERS = ("SQ", "SL", "WT", "ZN", "JJ", "ZT", "XB", "BJ", "YJ", "PJ")


def test_from_the_first_question_to_a_verified_archive(talk: Talk, tmp_path: Path) -> None:
    way = Journey(talk)
    _is_taken_on(way)
    _is_handled(way)
    _ends(way)
    _leaves_its_papers(tmp_path / "papers")
    _stands_in_the_tables(tmp_path)
    _is_archived(tmp_path / "archive.zip")
    step.asks_for_its_record(way)


def _is_taken_on(way: Journey) -> None:
    step.is_introduced(way)
    step.is_refused(way, step.applies(way))
    step.is_accepted_and_entrusted(way, step.applies_again(way))
    step.has_its_group(way)
    step.has_a_plan(way)


def _is_handled(way: Journey) -> None:
    step.hands_in_materials(way)
    step.defers_one(way)
    step.is_corrected_once(way)
    step.reports_a_demand(way)
    step.feeds_back_a_problem(way)
    way.talk.time_is("2026-09-16T09:10")
    step.is_suspended(way)
    step.is_resumed(way)
    way.looked()
    way.talk.time_is("2026-09-17T09:10")
    assert "请在9月18日（周五）前补交" in way.sees(OUTSIDER)
    way.talk.time_is("2026-09-18T09:10")
    step.supplies_what_was_deferred(way)
    step.goes_through_a_special_procedure(way)
    _tells_the_group_once(way)


def _tells_the_group_once(way: Journey) -> None:
    way.looked()
    way.talk.time_is("2026-09-18T11:45")
    news = [one for one in way.talk.sees(OUTSIDER, CHAT) if "进度更新" in one]
    assert len(news) == 1
    assert "质安监：已办结（9月18日，住建局黄志坚），文号云质安监〔2026〕051号" in news[0]
    assert "设计方案审查：已办结（9月18日，自然资源局叶梓荣）" in news[0]
    way.talk.time_is("2026-09-18T11:59")
    assert way.sees(OUTSIDER, CHAT) == ""


def _ends(way: Journey) -> None:
    step.is_completed(way)
    step.gets_its_results(way)
    step.signs_off(way)
    step.rates_poorly(way)


def _leaves_its_papers(folder: Path) -> None:
    done = daiban("export", "forms", CODE, str(folder))
    assert done.returncode == 0, done.stderr
    names = [one.name for one in folder.rglob("*.docx")]
    for kind in PAPERS:
        assert any(f"YX-{kind}-2026-" in name for name in names), (kind, names)


def _stands_in_the_tables(folder: Path) -> None:
    for what in ("ledger", "statistics"):
        out = folder / f"{what}.xlsx"
        done = daiban("export", what, "--from", "2026-09-01", "--to", "2026-09-30", str(out))
        assert done.returncode == 0, done.stderr
        book = load_workbook(out)
        cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
        book.close()
        assert any(NAME in cell for cell in cells), what
        if what == "ledger":
            for milestone in ("申请受理", "开始办理", "一次性告知：质安监"):
                assert any(milestone in cell for cell in cells), milestone


def _is_archived(out: Path) -> None:
    made = daiban("archive", CODE, str(out))
    assert made.returncode == 0, made.stderr
    said = daiban("verify-archive", str(out))
    assert said.returncode == 0, said.stdout
    assert "档案完整" in said.stdout
