"""The catalogue's conveniences as the departments stated them, and what becomes known when it changes."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.loading import load_site
from domain.site import SiteProblems
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, OUTSIDER, Talk

CONFIG = Path(__file__).parents[2] / "config"
LATER = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)


def load(talk: Talk, folder: Path, *changes: tuple[str, str]) -> None:
    changed = Path(shutil.copytree(CONFIG, folder, dirs_exist_ok=True))
    text = (changed / "catalogue.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (changed / "catalogue.yaml").write_text(text, encoding="utf-8")
    load_site(talk.parts.store, changed, LATER)
    talk.parts.sites._checked = 0.0
    talk.parts.queue.wake_delivery()
    talk.work()


NEW_PAPER = (
    "      - {name: 建设资金落实承诺书,",
    "      - {name: 扬尘防治方案, form: 电子, required: true}\n      - {name: 建设资金落实承诺书,",
)


# ------------------------------------------------------------ conveniences


@pytest.mark.parametrize(
    ("asked", "heard", "unheard"),
    [
        ("哪些能马上办", "立项备案（发改局）", "施工许可"),
        ("哪些可以网办？", "项目代码（发改局）", "施工许可"),
        ("哪些材料可以免提交", "施工许可（住建局）", "环评报告书"),
        ("哪些可以就近办", "各部门还没有公布可以就近办的事项", "1."),
    ],
)
def test_what_is_convenient_is_what_was_stated_and_no_more(
    talk: Talk, asked: str, heard: str, unheard: str
) -> None:
    said = talk.says(CONTACT, asked)
    assert heard in said
    assert unheard not in said
    assert "以广东政务服务网办事指南为准" in said


def test_a_paper_that_can_be_looked_up_need_not_be_handed_in(talk: Talk) -> None:
    said = talk.says(CONTACT, "施工许可材料清单")
    assert "建设工程规划许可证（免提交）" in said
    assert "标“免提交”的可调用电子证照或数据，调取不到时仍请提供。" in said
    assert "免提交" not in talk.says(CONTACT, "环评报告表材料清单")


def test_an_item_says_how_it_is_done_where_that_is_known(talk: Talk) -> None:
    assert "办理方式：技术评审不超过30个工作日，另计" in talk.says(CONTACT, "水保报告书要几天")
    assert "由项目单位自主选择中介服务机构，本服务不推荐" in talk.says(CONTACT, "图审要几天")
    assert "办理方式" not in talk.says(CONTACT, "取水许可要几天")


def test_strangers_are_told_to_register_first(talk: Talk) -> None:
    assert "还没有在本系统登记" in talk.says(OUTSIDER, "哪些能马上办", "app")
    assert "还没有在本系统登记" in talk.says(OUTSIDER, "目录变更", "app")


# ------------------------------------------------------------ policies and how things are done


def test_no_policy_is_invented(talk: Talk) -> None:
    said = talk.says(CONTACT, "有什么优惠政策")
    assert said.startswith("暂未收录与本项目匹配、有文件依据的优惠政策条款，我不能答复。已转给服务专员李娜")


def test_a_policy_of_the_site_is_told_with_source_and_day_where_it_fits(talk: Talk, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    clause = "policies:\n  - {title: 试行条款, text: 条款原文, source: 云府〔2026〕1号, since: 2026-01-01, when: 工业项目}"
    (folder / "plan.yaml").write_text(text.replace("policies: []", clause), encoding="utf-8")
    load_site(talk.parts.store, folder, LATER)
    talk.parts.sites._checked = 0.0
    assert "· 试行条款：条款原文（云府〔2026〕1号，2026-01-01起）" in talk.says(CONTACT, "有什么优惠政策")
    assert "暂未收录" in talk.says("zhou.min", "有什么优惠政策", "yx2026002")


def test_a_way_of_doing_things_is_told_with_its_source(talk: Talk) -> None:
    said = talk.says(CONTACT, "联合测绘是什么")
    assert "同一项目的测绘一次委托、一次测量、成果共享" in said
    assert "依据：广州2019-09-29 第19条" in said


# ------------------------------------------------------------ changes


def test_a_new_catalogue_is_told_once_to_the_officers_it_concerns(talk: Talk, tmp_path: Path) -> None:
    load(talk, tmp_path / "config", NEW_PAPER)
    told = talk.sees(OFFICER)
    assert len(told) == 1
    assert "· 施工许可：增加材料：扬尘防治方案" in told[0]
    assert "· 岭南新材料厂房（YX-2026-001）：施工许可" in told[0]
    assert "· 清溪食品冷链仓库（YX-2026-002）：施工许可" in told[0]
    assert talk.sees(CONTACT) == []
    assert talk.sees(CONTACT, GROUP) == []
    load(talk, tmp_path / "again", NEW_PAPER)
    assert talk.sees(OFFICER) == []


def test_what_concerns_no_open_project_is_not_told_but_stands_in_the_log(talk: Talk, tmp_path: Path) -> None:
    talk.sees(OFFICER)
    assert talk.says(CONTACT, "目录变更") == "事项目录自启用以来没有调整。"
    load(talk, tmp_path / "config", ("note: 广州承诺按期补正专家评审通过的复垦方案", "note: 可承诺按期补正"))
    assert talk.sees(OFFICER) == []
    assert "材料要求有变化：土地复垦方案(临时用地)" in talk.says(CONTACT, "目录变更")


def test_the_log_can_be_read_by_everybody_registered(talk: Talk, tmp_path: Path) -> None:
    load(talk, tmp_path / "config", NEW_PAPER)
    said = talk.says(CONTACT, "目录变更")
    assert said.splitlines()[:2] == [
        "**事项目录变更**（最近的在前）",
        "1. 9月15日 施工许可：增加材料：扬尘防治方案",
    ]
    assert talk.says(OTHER_OFFICER, "目录变更", "app") == said.replace("**", "")


def test_a_changed_limit_and_a_retired_item_are_named(talk: Talk, tmp_path: Path) -> None:
    text = (CONFIG / "catalogue.yaml").read_text(encoding="utf-8")
    at = text.index("  - id: yejian\n")
    gone = text[at : text.index("\n  - id: ", at + 5) + 1]
    plan = (CONFIG / "plan.yaml").read_text(encoding="utf-8")
    folder = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    permit = text.index("  - id: sg_xuke\n")
    limit = text[permit : text.index("promised:", permit) + 40]
    changed = text.replace(limit, limit.replace("value: 3", "value: 5")).replace(gone, "")
    (folder / "catalogue.yaml").write_text(changed, encoding="utf-8")
    kept = [line for line in plan.splitlines() if "yejian" not in line]
    (folder / "plan.yaml").write_text("\n".join(kept), encoding="utf-8")
    load_site(talk.parts.store, folder, LATER)
    talk.parts.sites._checked = 0.0
    said = talk.says(CONTACT, "目录变更")
    assert "施工许可：承诺时限由3个工作日改为5个工作日" in said
    assert "夜间施工证明：事项取消" in said


def test_a_vague_paper_is_refused_and_the_old_catalogue_stays(talk: Talk, tmp_path: Path) -> None:
    before = talk.stored()
    vague = (
        "      - {name: 建设资金落实承诺书,",
        "      - {name: 其他有关材料, form: 电子, required: true}\n      - {name: 建设资金落实承诺书,",
    )
    with pytest.raises(SiteProblems) as caught:
        load(talk, tmp_path / "config", vague)
    assert any("说不清要什么，请写明每一份材料的名称" in one for one in caught.value.problems)
    assert talk.stored() == before
    with talk.parts.store.reading() as tx:
        assert tx.sites.newest_version() == 1
