"""Notes with a source: found by words, silent where nothing is known, honest about other figures and old papers."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.siteconfig import read_site_document
from bot.texts import knowledge as texts
from domain.configuration import SiteProblems
from domain.knowledge import Hit, Library, Note, read_notes
from domain.site import Site
from tests.conftest import CONFIG

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def site() -> Site:
    return Site.from_document(read_site_document(CONFIG))


@pytest.mark.parametrize(
    ("question", "item", "aspect", "key"),
    [
        ("我们这个改造才80万，要不要办施工许可", "sg_xuke", "threshold", "sg_xuke_threshold"),
        ("证拿了还没开工，施工许可会不会作废", "sg_xuke", "validity", "sg_xuke_validity"),
        ("农民工工资保证金可以用保函吗", "nongmingong", "", "baohan"),
        ("人防费一平方多少钱", "rf_yidi", "fee", "renfang_fee"),
        ("厂房要不要交人防易地费", "rf_yidi", "threshold", "renfang_changfang"),
        ("代办服务收费吗", None, "fee", "shoufei_daiban"),
        ("如果中止了以后能恢复吗", None, "", "zhongzhi"),
        ("告知承诺是什么意思，我们能用不", None, "", "chengnuo"),
        ("容缺受理哪个文件规定的", None, "", "rongque"),
        ("听说可以先开工后补证，有这个规定吗", None, "", "xian_kaigong"),
        ("系统提示要补正，是退件了吗", None, "", "buzheng"),
        ("消防到底是找住建还是消防队", None, "", "xiaofang_zhize"),
        ("专家评审的时间算不算在时限里", None, "", "tebie"),
        ("联合测绘怎么规定的", None, "", "plan:联合测绘"),
    ],
)
def test_found(site: Site, question: str, item: str | None, aspect: str, key: str) -> None:
    found = site.library.find(question, TODAY, item=item, aspect=aspect)
    assert found is not None
    assert found.note.key == key


@pytest.mark.parametrize(
    "question",
    [
        "有没有技改补贴之类的政策", "标准地有没有文件", "今天中午吃什么", "配套费减免政策有吗", "可以拖欠工程款吗",
        "海绵城市要求多少", "装配式建筑比例有规定吗", "外地企业要交保证金吗", "要原件吗", "", "？？？",
    ],
)  # fmt: skip
def test_rather_nothing_than_something_else(site: Site, question: str) -> None:
    assert site.library.find(question, TODAY) is None


def test_a_note_of_another_item_or_aspect_is_none(site: Site) -> None:
    assert site.library.find("企业投资备案证多久失效", TODAY, item="qiye_beian", aspect="validity") is None
    found = site.library.find("会不会作废", TODAY, item="qushui")
    assert found is None or not found.note.items


def test_every_shipped_note_is_whole_and_fits_a_group(site: Site) -> None:
    assert len(site.notes) >= 30
    for note in site.notes:
        assert note.source
        assert note.place
        assert all(one in site.catalogue.items for one in note.items), note.key
        hit = Hit(
            note, 9.0, tuple(n for n in site.notes if n.topic and n.topic == note.topic and n is not note)
        )
        said = texts.answer(hit, site, "李娜", TODAY, in_group=True)
        assert len(said) <= texts.LONGEST_IN_GROUP + 20, (note.key, len(said))
        assert note.source in said
        assert site.policy_footer in said


def test_other_figures_are_told(site: Site) -> None:
    found = site.library.find("小工程80万要不要办施工许可", TODAY, item="sg_xuke", aspect="threshold")
    assert found is not None
    said = texts.answer(found, site, "李娜", TODAY, in_group=True)
    assert said.startswith("**工程投资额100万元以下")
    assert "2019年9月1日起施行" in said
    assert "您可能见到另一种说法“30万元或300平方米”（不适用于本地），出处是事项目录（省外旧口径）" in said


def _note(**more: Any) -> Note:
    usual = {"points": (), "source": "某办法", "place": "广东", "words": ("密闭",)}
    return Note("a", "甲", "渣土车要密闭运输。", **{**usual, **more})


def test_what_ended_is_found_no_more_but_named_beside_the_new() -> None:
    old = _note(until=date(2020, 1, 1), topic="t", figure="旧数")
    assert Library.of((old,)).find("密闭运输", TODAY) is None
    new = Note(
        "b", "甲", "渣土车要密闭运输。", (), "新办法", "广东", words=("密闭",), topic="t", figure="新数"
    )
    found = Library.of((old, new)).find("渣土车要密闭运输吗", TODAY)
    assert found is not None
    assert (found.note.key, [one.key for one in found.others]) == ("b", ["a"])


def test_old_and_foreign_papers_are_said_to_be_so(site: Site) -> None:
    old = texts.answer(Hit(_note(since=date(2010, 1, 1)), 9.0), site, "李娜", TODAY, in_group=True)
    assert "该依据施行已久，请核对是否有新规定。" in old
    elsewhere = texts.answer(Hit(_note(place="广州"), 9.0), site, "李娜", TODAY, in_group=True)
    assert "这是广州的做法，仅供参考。" in elsewhere
    assert "施行日期未载明" in elsewhere


def test_a_long_note_is_cut_in_the_group_only(site: Site) -> None:
    long = _note(points=tuple("要点" * 25 for _ in range(4)))
    group = texts.answer(Hit(long, 9.0), site, "李娜", TODAY, in_group=True)
    assert "点，请在与我的单聊里问）" in group
    assert "4. 要点" in texts.answer(Hit(long, 9.0), site, "李娜", TODAY, in_group=False)


def test_a_kept_document_without_notes_still_reads() -> None:
    document = read_site_document(CONFIG)
    del document["knowledge"]
    assert Site.from_document(document).notes == ()
    assert read_notes(None, {}, []) == ()


def test_flaws_name_file_and_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    notes = folder / "knowledge"
    (notes / "a.md").write_text("没有开头", encoding="utf-8")
    (notes / "b.md").write_text("---\ntitle: 乙\nsource: 出处\n---\n结论。\n", encoding="utf-8")
    (notes / "c.md").write_text(
        "---\ntitle: 丙\nsource: 出处\nplace: 广东\neffective: 去年\nwrong: 1\n---\n" + "很长" * 60,
        encoding="utf-8",
    )
    (notes / "d.md").write_text("---\ntitle: [\n---\n结论", encoding="utf-8")
    with pytest.raises(SiteProblems) as first:
        read_site_document(folder)
    assert first.value.problems[0].startswith("knowledge/a.md 第 1 行：应以“---”开头")
    assert any(one.startswith("knowledge/d.md 第") for one in first.value.problems)
    for name in "ad":
        (notes / f"{name}.md").unlink()
    with pytest.raises(SiteProblems) as second:
        read_site_document(folder)
    found = "\n".join(second.value.problems)
    assert "knowledge/b.md：place 缺少" in found or "knowledge/b.md 第" in found
    assert "knowledge/c.md 第 5 行：effective 应为日期" in found
    assert "text 第一行是结论，应在80字以内" in found
    assert "wrong" in found
