"""Figures of the service: asked for in half a sentence, counted from rows one can look at, never typed."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.documents import papers, statistics_sheet
from bot.documents.service_figures import Reach, figures
from bot.platform import Paper
from domain.periods import Period
from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk

SEPTEMBER = "2026-09-01:2026-09-30:all"


def _desk(talk: Talk, tx: Any) -> papers.Desk:
    facts = talk.parts.sites.get(tx)
    return papers.Desk(tx, facts.site, facts.calendar, talk.parts.clock.now())


def _sheets(talk: Talk, key: str = SEPTEMBER) -> dict[str, list[list[Any]]]:
    with talk.parts.store.reading() as tx:
        drawn = papers.draw(Paper("statistics", key), _desk(talk, tx))
    book = load_workbook(BytesIO(drawn.data))
    return {
        table.title: [[cell.value for cell in row] for row in table.iter_rows()] for table in book.worksheets
    }


def _figures(sheets: dict[str, list[list[Any]]]) -> dict[str, Any]:
    return {row[0]: row[1] for row in sheets["统计表"][3:] if row[1] is not None}


def test_a_supervisor_gets_table_and_picture(talk: Talk) -> None:
    assert talk.says(SUPERVISOR, "统计 9月", "app") == "2026年9月的统计表和图已单独发给您，包括4个项目。"
    assert talk.sees(SUPERVISOR) == [
        "2026年9月的统计表和图已单独发给您，包括4个项目。",
        "首席服务统计表（2026年9月）.xlsx",
        "首席服务统计（2026年9月）.png",
    ]


def test_an_officer_gets_the_own_projects_only(talk: Talk) -> None:
    said = talk.says(OFFICER, "汇总 上月", "app")
    number = re.search(r"包括(\d)个项目", said)
    assert said.startswith("2026年8月的统计表和图已单独发给您")
    assert number
    with talk.parts.store.reading() as tx:
        officer = tx.people.by_userid(OFFICER)
        assert officer is not None
        own = tx.projects.of_officer(officer.id)
        assert len(own) == int(number[1])
    listed = _sheets(talk, f"2026-08-01:2026-08-31:{officer.id}")["项目明细"][3:]
    assert {row[11] for row in listed if row[2]} <= {"李娜", "王磊"}


@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE])
def test_nobody_else_gets_figures_of_projects(talk: Talk, who: str) -> None:
    before = talk.stored()
    assert talk.says(who, "统计 9月", "app").startswith("汇总供督办人员、部门负责人和服务专员查看")
    assert talk.stored() == before


@pytest.mark.parametrize("words", ["统计 10月 明年", "统计 2027年", "统计 2027年3月"])
def test_a_period_that_is_none_sends_nothing(talk: Talk, words: str) -> None:
    talk.says(SUPERVISOR, words, "app")
    assert [one for one in talk.sees(SUPERVISOR) if ".xlsx" in one] == []


def test_the_word_alone_still_is_the_digest(talk: Talk) -> None:
    assert talk.says(SUPERVISOR, "汇总", "app").startswith("在办项目4个：超期1项")
    assert len(talk.sees(SUPERVISOR)) == 1


def test_every_figure_can_be_traced_to_its_rows(talk: Talk) -> None:
    """R093: as many rows name the figure as it says."""
    talk.says(OFFICER, "记录 YX-2026-001 上门 协调 现场已看", "app")
    talk.says(OFFICER, "记录 YX-2026-001 电话 咨询 说明材料要求", "app")
    sheets = _sheets(talk)
    checked = 0
    for name, value, _, rows, where in (row[:5] for row in sheets["统计表"][3:] if row[4]):
        named = [row for row in sheets[where][3:] if name in str(row[-1] or "").split("、")]
        assert len(named) == rows, name
        if isinstance(value, int) and "平均" not in name:
            assert value == rows, name
            checked += 1
    assert checked >= 10
    found = _figures(sheets)
    assert (found["协调次数"], found["咨询次数"], found["上门次数"], found["指导次数"]) == (1, 1, 1, 0)


def test_what_is_counted_in_the_sample(talk: Talk) -> None:
    found = _figures(_sheets(talk))
    assert found["在办项目数"] == 4
    assert found["培训次数"] == "暂无数据"
    assert found["满意度"] == "暂无数据"
    assert found["办结事项数"] >= found["按时办结数"] >= 1
    with talk.parts.store.reading() as tx:
        facts = talk.parts.sites.get(tx)
        period = Period(date(2026, 9, 1), date(2026, 9, 30))
        statistics, counted = figures(Reach(tx, facts.site, facts.calendar, period, talk.parts.clock.now()))
    items = {f"item:{v.item.id}": v for one in counted.cases for v in one.items}
    on_time = [items[row] for row in statistics.items_on_time.rows]
    assert all(v.clock and v.item.ended_on and v.item.ended_on <= v.clock.due for v in on_time)
    assert all(period.has(items[row].item.ended_on) for row in statistics.items_completed.rows)


def test_a_quiet_period_is_counted_as_nothing_and_rates_say_so(talk: Talk) -> None:
    found = _figures(_sheets(talk, "2020-01-01:2020-01-31:all"))
    assert (found["在办项目数"], found["办结事项数"]) == (0, 0)
    assert {found[name] for name in ("按时办结率", "一次办好率", "退件率", "平均用时（工作日）")} == {
        "暂无数据"
    }


def test_satisfaction_is_the_share_of_the_three_better_grades(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        for case, grade in ((1, 5), (2, 2)):
            tx._connection.exec_driver_sql(
                "INSERT INTO ratings (case_id, grade, comment, anonymous, rated_by, rated_at, state, rectification,"
                f" follow_up, appeal) VALUES ({case}, {grade}, '', 0, 1, '2026-09-10 02:00:00.000000', 'given', '', '', '')"
            )
    sheets = _sheets(talk)
    assert _figures(sheets)["满意度"] == "50%"
    assert [row[2] for row in sheets["评价明细"][3:]] == ["非常满意", "不满意"]


def test_the_list_of_projects_has_the_columns_of_the_form(talk: Talk) -> None:
    sheets = _sheets(talk)
    with talk.parts.store.reading() as tx:
        fields = talk.parts.sites.get(tx).site.forms["F4"].fields
    columns = next(field.columns for field in fields if field.key == "projects")
    table = sheets["项目明细"]
    assert table[2] == [column.label for column in columns]
    line = next(row for row in table if row[0] == "岭南新材料年产3万吨改性塑料厂房")
    assert line[1:5] == ["云溪岭南新材料有限公司", "12800", "2026-05-18", "全流程"]
    assert line[5:9] == ["施工许可", 11, 4, 7]


@pytest.mark.usefixtures("chinese_font")
def test_the_picture_is_made_for_a_phone(talk: Talk) -> None:
    with talk.parts.store.reading() as tx:
        drawn = papers.draw(Paper("statistics_picture", SEPTEMBER), _desk(talk, tx))
    picture = Image.open(BytesIO(drawn.data))
    assert (drawn.kind, drawn.name, picture.format) == ("image", "首席服务统计（2026年9月）.png", "PNG")
    assert picture.width == 1080
    assert picture.height > picture.width
    assert len(drawn.data) < 2 * 1024 * 1024


def test_achievements_are_public_and_name_nobody(talk: Talk) -> None:
    said = talk.says(CONTACT, "服务成果", GROUP)
    lines = said.splitlines()
    assert lines[0] == "**云溪县(示例)帮办代办服务成果**（2026年，截至发送时）"
    assert lines[1] == "在办项目4个，新增4个，办结0个"
    assert "满意度暂无数据" in lines
    for private in ("岭南", "清溪", "陈静", "李娜", "1390"):
        assert private not in said


def test_whoever_is_not_registered_gets_none(talk: Talk) -> None:
    assert "没有在本系统登记" in talk.says(OUTSIDER, "服务成果", "app")


def test_the_names_of_levels_are_those_of_the_feedback_form(talk: Talk) -> None:
    with talk.parts.store.reading() as tx:
        fields = talk.parts.sites.get(tx).site.forms["F5"].fields
    options = next(field.options for field in fields if field.key == "level")
    assert tuple(statistics_sheet.LEVEL_NAMES.values()) == options
