from __future__ import annotations

import json
import shutil
from datetime import UTC, date
from pathlib import Path

import pytest

from bot.siteconfig import calendar_of, read_site_document
from domain.catalogue import Limit, LimitUnit
from domain.site import FILES, Site, SiteProblems

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_in(folder: Path) -> list[str]:
    with pytest.raises(SiteProblems) as caught:
        read_site_document(folder)
    return caught.value.problems


def line_of(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if words in line)


def test_the_shipped_configuration_is_sound_and_plain_json() -> None:
    document = read_site_document(CONFIG)
    assert set(document) == {*FILES, "knowledge"}
    assert json.loads(json.dumps(document)) == document


def test_days_and_hours_need_no_quotes(folder: Path) -> None:
    change(folder / "calendar.yaml", "holidays: []", "holidays: [2027-01-04]")
    change(folder / "calendar.yaml", "make_up_days: []", "make_up_days: [2027-01-09]")
    change(folder / "calendar.yaml", "covered_years: []", "covered_years: [2027]")
    site = Site.from_document(read_site_document(folder))
    calendar = calendar_of(site)
    assert not calendar.is_working_day(date(2027, 1, 4))
    assert calendar.is_working_day(date(2027, 1, 9))
    assert not calendar.due_day(date(2026, 12, 30), Limit(10, LimitUnit.WORKING)).provisional


def test_the_sites_own_days_win_over_the_official_ones(folder: Path) -> None:
    change(folder / "calendar.yaml", "holidays: []", "holidays: [2026-09-20, 2026-09-16]")
    change(folder / "calendar.yaml", "make_up_days: []", "make_up_days: [2026-09-25]")
    calendar = calendar_of(Site.from_document(read_site_document(folder)))
    assert not calendar.is_working_day(date(2026, 9, 20))
    assert not calendar.is_working_day(date(2026, 9, 16))
    assert calendar.is_working_day(date(2026, 9, 25))


def test_the_calendar_covers_the_official_years_and_stands_in_the_offices_zone() -> None:
    site = Site.from_document(read_site_document(CONFIG))
    calendar = calendar_of(site)
    assert calendar.covered_years == frozenset(range(2004, 2027))
    assert calendar.opening(date(2026, 9, 15)).astimezone(UTC).hour == 0
    assert calendar_of(site, zone=UTC).opening(date(2026, 9, 15)).hour == 8


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "words.yaml").unlink()
    (folder / "forms.yaml").unlink()
    assert problems_in(folder) == [
        "forms.yaml：文件不存在，请从示例配置复制一份",
        "words.yaml：文件不存在，请从示例配置复制一份",
    ]


def test_bad_yaml_is_named_with_its_line(folder: Path) -> None:
    change(folder / "site.yaml", "triage_officer: li.na", "triage_officer: [li.na")
    (found,) = problems_in(folder)
    assert found.startswith("site.yaml 第 ")
    assert "缩进" in found


def test_a_key_written_twice_is_named_with_its_line(folder: Path) -> None:
    with (folder / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("code: AB\n")
    lines = len((folder / "site.yaml").read_text(encoding="utf-8").splitlines())
    assert problems_in(folder) == [f"site.yaml 第 {lines} 行：「code」写了两次，只留一处"]


def test_a_wrong_type_is_named_with_its_line(folder: Path) -> None:
    path = folder / "site.yaml"
    change(path, "code: YX", "code: 12")
    (first, *_) = problems_in(folder)
    assert (
        first == f"site.yaml 第 {line_of(path, 'code: 12')} 行：code 应为文字，例如「YX」，数字和日期请加引号"
    )


def test_a_missing_key_is_placed_where_it_should_stand(folder: Path) -> None:
    path = folder / "departments.yaml"
    change(path, "    short: 住建局\n", "")
    (found,) = problems_in(folder)
    assert found.startswith(f"departments.yaml 第 {line_of(path, '  zjj:')} 行：departments.zjj.short 缺少")


def test_a_vague_material_is_refused_with_its_line(folder: Path) -> None:
    path = folder / "catalogue.yaml"
    change(path, "{name: 登记申请书,", "{name: 其他材料,")
    assert problems_in(folder) == [
        f"catalogue.yaml 第 {line_of(path, '其他材料, form')} 行：items.1.materials.1.name "
        "「其他材料」说不清要什么，请写明每一份材料的名称"
    ]


def test_an_empty_file_is_a_problem_not_a_crash(folder: Path) -> None:
    (folder / "deadlines.yaml").write_text("# 空\n", encoding="utf-8")
    assert any(one.startswith("deadlines.yaml") for one in problems_in(folder))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", b"name: \x00", "名称：云溪".encode("gbk")])
def test_a_file_that_is_no_text_is_named(folder: Path, content: bytes) -> None:
    (folder / "site.yaml").write_bytes(content)
    (found,) = problems_in(folder)
    assert found.startswith("site.yaml：")


def test_words_that_yaml_takes_for_something_else_stay_words(folder: Path) -> None:
    change(folder / "words.yaml", "  规化: 规划", "  规化: 规划\n  no: on")
    site = Site.from_document(read_site_document(folder))
    assert site.typos["no"] == "on"


def test_no_yaml_tag_builds_anything(folder: Path) -> None:
    change(folder / "site.yaml", "name: 云溪县(示例)", "name: !!python/object/apply:os.getcwd []")
    (found,) = problems_in(folder)
    assert found.startswith("site.yaml 第 ")


def test_a_key_that_is_no_word_is_a_problem_not_a_crash(folder: Path) -> None:
    change(folder / "words.yaml", "  规化: 规划", "  ? [规化, 规]\n  : 规划")
    (found,) = problems_in(folder)
    assert found.startswith("words.yaml 第 ")


def test_a_document_kept_before_there_was_a_file_of_progress_still_reads() -> None:
    document = read_site_document(CONFIG)
    older = {key: value for key, value in document.items() if key != "progress"}
    assert Site.from_document(older).progress == Site.from_document(document).progress


def test_a_slip_in_the_file_of_progress_is_found(folder: Path) -> None:
    path = folder / "progress.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("quiet_days: 5", "quiet_days: 五", 1), encoding="utf-8"
    )
    line = line_of(path, "quiet_days: 五")
    assert problems_in(folder)[0].startswith(f"progress.yaml 第 {line} 行：quiet_days")
