"""The board: what a supervisor sees at first sight and does from there; nobody sees what is not theirs."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from bot.documents import board_figures
from bot.documents.service_figures import Reach, figures
from domain.board import Board, BoardFacts, Wanted, from_record, look, to_record
from domain.items import ItemEvent, ItemState
from domain.periods import Period, said
from scheduler.jobs import board as board_job
from tests.talk import (
    CHIEF,
    CONTACT,
    LEADER,
    OFFICER,
    OTHER_OFFICER,
    OUTSIDER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)  # fmt: skip
from tests.web import Screen, Web

BOARD = "/m/board"
OPINION = "请于9月29日前书面说明退件依据。"


def late_problem(talk: Talk) -> int:
    no = talk.files_problem()
    talk.time_is("2026-09-24T10:00")
    return no


def rows(shown: Screen, sheet: str | None = None) -> list[list[object]]:
    book = load_workbook(io.BytesIO(shown.data))
    table = book[sheet] if sheet else book.worksheets[0]
    return [[cell for cell in row if cell not in (None, "")] for row in table.iter_rows(values_only=True)]


def seen(talk: Talk, facts: BoardFacts, period: Period) -> Board:
    with talk.parts.store.reading() as tx:
        site = talk.parts.sites.get(tx).site
    departments = {key: one.short for key, one in site.departments.items()}
    return look(facts, Wanted(period), board_figures.step_names(site), departments)


# ---------------------------------------------------------------- at first sight, and what is done from there


def test_a_supervisor_sees_where_it_hangs_and_presses_from_there(paged: Talk) -> None:
    no = late_problem(paged)
    web = Web(paged, SUPERVISOR)
    shown = web.opens(BOARD)
    assert "全部项目 2026年9月 数据截至9月24日（周四）10:00" in shown.words
    assert "在办项目 4 2026年9月新增1个" in shown.words
    assert "超期事项 4" in shown.words
    assert "住建局 超期1 共1项" in shown.words
    assert "施工许可 住建局 10天 1项" in shown.words
    late = f"问题{no}：施工许可窗口要求补交村委会盖章，清单上没有这一条 超3个工作日 住建局黄志坚"
    assert late in shown.words
    assert shown.words.index(late) < shown.words.index("环评报告表 超15日 生态环境局 审查中（9月3日")
    assert f"已向住建局黄志坚转告对问题{no}的催办" in web.sends(BOARD, "urge", no=str(no)).words
    assert any(f"问题{no}" in text for text in paged.sees(REPRESENTATIVE)[-2:])
    empty = web.sends(BOARD, "press", no=str(no), text="")
    assert "请填写督办意见" in empty.words
    pressed = web.sends(BOARD + "?period=今年", "press", no=str(no), text=OPINION)
    assert "督办单" in pressed.words
    assert any("请于9月29日前" in text for text in paged.sees(REPRESENTATIVE))
    again = web.sends(BOARD, "press", no=str(no), text=OPINION)
    assert again.status == 409
    assert "已督办（YX-DB-2026-" in again.words


def test_an_item_is_urged_with_its_service_officer_once_a_day(paged: Talk) -> None:
    late_problem(paged)
    web = Web(paged, SUPERVISOR)
    item = re.search(r'name="item" value="(\d+)"', web.opens(BOARD).html)
    assert item
    assert "已把您的催办转告服务专员李娜" in web.sends(BOARD, "urge", item=item[1]).words
    assert any("环评报告表" in text for text in paged.sees(OFFICER)[-2:])
    stored = paged.stored()
    assert web.sends(BOARD, "urge", item=item[1]).status == 409
    assert web.sends(BOARD, "urge", item="99999").status == 409
    assert paged.stored() == stored


def test_every_filter_narrows_it_down_and_leads_to_the_case(paged: Talk) -> None:
    late_problem(paged)
    web = Web(paged, SUPERVISOR)
    assert web.opens("/board").path.startswith(BOARD)
    shown = web.opens(BOARD + "?kind=social_industrial&department=zjj")
    assert "只看住建局" in shown.words
    assert "岭南新材料厂房" in shown.words
    assert "云溪大道改造" not in shown.words.partition("超期和临期")[2]
    assert 'href="/m/item/' in shown.html
    with paged.parts.store.reading() as tx:
        officer = tx.people.by_userid(OFFICER)
    assert officer
    narrowed = web.opens(f"{BOARD}?officer={officer.id}&stage=施工许可")
    assert "施工许可 超7个工作日" in narrowed.words
    assert "环评报告表 超15日" not in narrowed.words
    assert web.opens(BOARD + "?district=没有这个区").words.count("没有超期和临期的事项、问题") == 1
    assert "2026年第三季度" in web.opens(BOARD + "?period=本季度").words
    assert web.opens(BOARD + "?period=明年8月").status == 409
    assert web.opens(BOARD + "?kind=x&officer=abc").status == 409


# ---------------------------------------------------------------- whose


def test_an_officer_sees_the_own_cases_a_head_the_own_department_others_nothing(paged: Talk) -> None:
    no = late_problem(paged)
    with paged.parts.store.transaction() as tx:
        project, other_officer = tx.projects.by_code("YX-2026-003"), tx.people.by_userid(OTHER_OFFICER)
        assert project
        assert other_officer
        tx.projects.put_in_charge(project.id, other_officer.id, None)
    own = Web(paged, OFFICER).opens(BOARD)
    assert "本人负责的项目" in own.words
    assert "岭南新材料厂房" in own.words
    assert "云溪大道改造" not in own.words
    other = Web(paged, OTHER_OFFICER).opens(BOARD)
    assert "云溪大道改造" in other.words
    for head in (CHIEF, LEADER):
        shown = Web(paged, head).opens(BOARD)
        assert "本部门的事项" in shown.words
        assert f"问题{no}：" in shown.words
        assert "生态环境局" not in shown.words
        assert "满意度" not in shown.words
        assert not shown.offers("press")
        assert Web(paged, head).opens(BOARD + "/table/statistics").status == 403
    stored = paged.stored()
    for user in (CONTACT, SIGNATORY, REPRESENTATIVE, OUTSIDER):
        for path in (BOARD, BOARD + "/table/late", BOARD + "/table/statistics"):
            refused = Web(paged, user).opens(path)
            assert refused.status == 403, (user, path)
            assert "岭南" not in refused.html
            assert not refused.data.startswith(b"PK")
    token = Web(paged, CONTACT).opens("/m/feedback/YX-2026-001").token
    assert Web(paged, CONTACT).sends(BOARD, "press", token=token, no=str(no), text=OPINION).status == 403
    assert Web(paged).opens(BOARD).status == 401
    assert paged.stored() == stored


# ---------------------------------------------------------------- to take home


def test_tables_of_what_was_chosen_and_who_took_them(paged: Talk) -> None:
    no = late_problem(paged)
    web = Web(paged, SUPERVISOR)
    late = web.opens(BOARD + "/table/late?department=zjj")
    assert "filename*=UTF-8''%E8%B6%85%E6%9C%9F" in late.headers["Content-Disposition"]
    lines = rows(late)
    assert any(f"问题{no}：" in str(line) for line in lines)
    assert not any("生态环境局" in str(line) for line in lines)
    figures_ = rows(web.opens(BOARD + "/table/statistics?kind=social_industrial"), "项目明细")
    assert any("岭南" in str(line) for line in figures_)
    assert not any("云溪大道" in str(line) for line in figures_)
    assert any("村委会" in str(line) for line in rows(web.opens(BOARD + "/table/hard")))
    assert web.opens(BOARD + "/table/nothing").status == 404
    taken = [one for one in audit(paged) if one[0] == "board.export"]
    assert [one[1] for one in taken] == ["table:late", "table:statistics", "table:hard"]


def audit(talk: Talk) -> list[tuple[str, str]]:
    with talk.parts.store.engine.connect() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT action, subject FROM audit WHERE project_id = 0 ORDER BY id"
            )
        ]  # type: ignore[misc]


# ---------------------------------------------------------------- the figures


@pytest.mark.parametrize("words", ["本月", "上月", "本季度", "今年", "去年"])
def test_its_figures_are_those_of_the_statistics(paged: Talk, words: str) -> None:
    late_problem(paged)
    now = paged.parts.clock.now()
    with paged.parts.store.reading() as tx:
        known = paged.parts.sites.get(tx)
        period = said(words, now.astimezone(known.calendar.zone).date())
        statistics, _ = figures(Reach(tx, known.site, known.calendar, period, now))
        facts = board_figures.collect(tx, known.site, known.calendar, now)
    board = seen(paged, facts, period)
    shown = (board.cases_open, board.cases_new, board.cases_closed, board.on_time, board.satisfaction)
    counted = (
        statistics.cases_open, statistics.cases_new, statistics.cases_closed, statistics.on_time_rate,
        statistics.satisfaction,
    )  # fmt: skip
    assert shown == tuple(one.value for one in counted)
    assert seen(paged, from_record(to_record(facts)), period) == board


def test_a_large_site_is_counted_by_the_clock_and_shown_as_of_then(paged: Talk) -> None:
    now = paged.parts.clock.now()
    board_job.run(paged.parts, now)
    with paged.parts.store.reading() as tx:
        assert tx.boards.newest() is None  # four cases are counted while somebody looks
    grow(paged, 70)
    board_job.run(paged.parts, now)
    with paged.parts.store.reading() as tx:
        kept = tx.boards.newest()
    board_job.run(paged.parts, now)
    with paged.parts.store.reading() as tx:
        assert tx.boards.newest() == kept  # nothing happened since
    web = Web(paged, SUPERVISOR)
    assert "在办项目 74" in web.opens(BOARD).words
    no = late_problem(paged)
    shown = web.opens(BOARD).words
    assert f"问题{no}：" in shown  # problems are read while somebody looks
    assert "数据截至9月15日" not in shown  # the clock counted anew in between
    board_job.run(paged.parts, paged.parts.clock.now())
    with paged.parts.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM boards").scalar() == 1


def grow(talk: Talk, count: int) -> None:
    with talk.parts.store.transaction() as tx:
        tx._connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + str(count) + ")"
            " INSERT INTO cases (no, project_id, level, scope, status, accepted_on, version)"
            " SELECT 'B-' || i, 1, 'act_for', 'whole', 'active', '2026-09-01', 0 FROM n"
        )


def test_the_way_to_it_is_one_word(paged: Talk) -> None:
    assert "[打开督办看板](http" in paged.says(SUPERVISOR, "看板", "bot")
    assert "/m/board " in paged.says(LEADER, "打开看板", "app")
    assert "看板供督办人员、部门负责人和服务专员查看" in paged.says(CONTACT, "看板", "app")
    assert "请到与我的单聊里" in paged.says(OFFICER, "看板")


def test_my_list_of_a_large_site_is_read_from_what_was_kept_but_for_what_was_done_since(paged: Talk) -> None:
    late_problem(paged)
    lists = {user: Web(paged, user).opens("/m/").words for user in (OFFICER, REPRESENTATIVE)}
    assert all("超期" in one for one in lists.values())
    grow(paged, 70)
    board_job.run(paged.parts, paged.parts.clock.now())
    assert {user: Web(paged, user).opens("/m/").words for user in lists} == lists
    with paged.parts.store.transaction() as tx:
        site = paged.parts.sites.get(tx).site
        lit = tx.cases.running(item_ids=[one.id for one in site.catalogue.led_by("zjj")])
        assert lit
        for _, item in lit:
            ended = replace(item, events=(*item.events, ItemEvent(ItemState.WITHDRAWN, date(2026, 9, 24))))
            tx.cases.save_item(ended, item)
        assert tx.cases.running(item_ids=[one.item_id for _, one in lit]) == []
    names = {site.catalogue.items[item.item_id].spoken for _, item in lit}
    assert any(f"{name}：" in lists[REPRESENTATIVE] for name in names)
    shown = Web(paged, REPRESENTATIVE).opens("/m/").words
    assert not any(f"{name}：" in shown for name in names)
