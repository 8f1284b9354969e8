"""What an office writes down: by hand in half a sentence, listed, put right, and printed as tables."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.documents import ledger_sheet
from bot.documents.service_figures import Reach
from bot.moves.work import CaseWork
from domain.case import ContactChannel, ServiceType
from domain.errors import DomainError
from domain.ledger import LogStatus, Milestone
from domain.periods import said
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk

RECORD = "记录 YX-2026-001 电话 与住建局核对图审意见，9月18日答复"
REFUSED = "工作记录由服务专员和部门代表登记。如有需要，请联系本项目服务专员李娜。"


def _entries(talk: Talk, project: int = 1) -> list[Any]:
    with talk.parts.store.reading() as tx:
        return tx.ledger.of_project(project)


def _reach(talk: Talk, tx: Any, words: str = "9月") -> Reach:
    facts = talk.parts.sites.get(tx)
    now = talk.parts.clock.now()
    return Reach(tx, facts.site, facts.calendar, said(words, talk.parts.today(now)), now)


def _sheets(talk: Talk, words: str = "9月") -> dict[str, list[list[Any]]]:
    with talk.parts.store.reading() as tx:
        book = load_workbook(BytesIO(ledger_sheet.draw(_reach(talk, tx, words))))
    return {
        table.title: [[cell.value for cell in row] for row in table.iter_rows()] for table in book.worksheets
    }


def test_half_a_sentence_is_a_row_of_the_ledger(talk: Talk) -> None:
    assert talk.says(OFFICER, RECORD, "app") == (
        "已记入台账，编号1（渠道：电话，事项：图审）。修改请发送“改记录 1 新的内容”。"
    )
    (entry,) = _entries(talk)
    assert (entry.summary, entry.channel) == ("与住建局核对图审意见，9月18日答复", ContactChannel.PHONE)
    assert (entry.recorded_by, entry.status, entry.case_id) == ("李娜", LogStatus.DONE, 1)


def test_channel_kind_of_service_node_item_and_next_step_are_read(talk: Talk) -> None:
    said_ = talk.says(
        OFFICER,
        "记录 YX-2026-001 上门 协调 踏勘 施工许可现场已看。下一步：住建局黄志坚9月20日前出意见",
        "app",
    )
    assert "渠道：上门，事项：" in said_
    (entry,) = _entries(talk)
    assert (entry.channel, entry.service_type, entry.milestone) == (
        ContactChannel.VISIT,
        ServiceType.COORDINATE,
        Milestone.VISIT,
    )
    assert (entry.summary, entry.next_step) == ("施工许可现场已看", "住建局黄志坚9月20日前出意见")
    assert (entry.item_id, entry.departments, entry.status) == ("sg_xuke", "住房和城乡建设局", LogStatus.OPEN)


def test_in_the_group_the_project_is_known_and_words_stay_as_typed(talk: Talk) -> None:
    talk.says(OFFICER, "记录 电话 A座BIM模型不是问题，是图纸未盖章；另外、再核对一次，然后报", GROUP)
    (entry,) = _entries(talk)
    assert entry.summary == "A座BIM模型不是问题，是图纸未盖章；另外、再核对一次，然后报"
    talk.heard.clear()


def test_a_representative_may_write_too(talk: Talk) -> None:
    assert "已记入台账" in talk.says(REPRESENTATIVE, RECORD, "app")
    assert _entries(talk)[0].recorded_by == "黄志坚"


@pytest.mark.parametrize("who", [CONTACT, SUPERVISOR])
def test_nobody_else_writes(talk: Talk, who: str) -> None:
    before = talk.stored()
    assert talk.says(who, RECORD, "app") in (
        REFUSED,
        "没有找到您可以查看的项目YX-2026-001，请核对项目编号，或联系该项目的服务专员。",
    )
    assert talk.stored() == before
    assert _entries(talk) == []


@pytest.mark.parametrize(
    "text", ["记录 YX-2026-001", "记录 YX-2026-001 电话 。", "记录 YX-2026-001 " + "长" * 501]
)
def test_nothing_or_too_much_is_not_kept(talk: Talk, text: str) -> None:
    before = talk.stored()
    said_ = talk.says(OFFICER, text, "app")
    assert "记录" in said_
    assert talk.stored() == before


def test_without_a_project_it_is_asked_for(talk: Talk) -> None:
    assert "哪个项目" in talk.says(OFFICER, "记录 电话 与住建局核对图审意见", "app")
    assert "已记入台账" in talk.says(OFFICER, "1", "app")
    assert _entries(talk)[0].summary == "与住建局核对图审意见"


def test_own_words_are_put_right_and_marked(talk: Talk) -> None:
    talk.says(OFFICER, RECORD, "app")
    assert talk.says(OFFICER, "改记录 1 与住建局核对图审意见，9月19日答复", "app") == (
        "台账编号1已改，台账上注明“已修改”。"
    )
    (entry,) = _entries(talk)
    assert (entry.summary, entry.edited) == ("与住建局核对图审意见，9月19日答复", True)


def test_the_systems_rows_are_the_officers_to_edit(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        facts = talk.parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, talk.parts.clock.now())
        work.log(tx.projects.get(1), None, "施工许可已受理", milestone=Milestone.ACCEPTED)
    before = talk.stored()
    assert "由系统登记" in talk.says(REPRESENTATIVE, "改记录 1 别的话", "app")
    assert talk.stored() == before
    assert "已改" in talk.says(OFFICER, "改记录 1 施工许可已受理，资料齐", "app")


def test_other_peoples_words_stay_theirs(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, RECORD, "app")
    before = talk.stored()
    assert "由黄志坚登记" in talk.says(OFFICER, "改记录 1 别的话", "app")
    assert talk.stored() == before


@pytest.mark.parametrize("who", ["zhou.min", OUTSIDER])
def test_strangers_learn_nothing_of_a_row(talk: Talk, who: str) -> None:
    talk.says(OFFICER, RECORD, "app")
    talk.says(who, "您好", "app")  # a stranger's first words are answered with the introduction
    before = talk.stored()
    answers = [talk.says(who, f"改记录 {number} 别的话", "app") for number in (1, 77)]
    assert answers[0] == answers[1]
    assert talk.stored() == before


def test_a_row_of_another_project_is_not_there_in_this_group(talk: Talk) -> None:
    talk.says(OFFICER, RECORD, "app")
    assert "没有找到这条记录" in talk.says(OFFICER, "改记录 1 别的话", OTHER_GROUP)


def test_the_last_ten_are_listed_with_their_numbers(talk: Talk) -> None:
    for number in range(12):
        talk.says(OFFICER, f"记录 YX-2026-001 电话 第{number}次核对", "app")
    lines = talk.says(OFFICER, "台账 YX-2026-001", "app").splitlines()
    assert lines[0] == "岭南新材料年产3万吨改性塑料厂房台账（最近10条）："
    assert lines[1] == "3. 9月15日 电话 第2次核对（李娜）"
    assert len(lines) == 12
    assert talk.says(OFFICER, "日志 YX-2026-001", "app").splitlines() == lines
    assert "台账（最近10条）" in talk.says(SUPERVISOR, "台账 YX-2026-001", "app")


def test_the_ledger_is_not_read_out_in_the_group(talk: Talk) -> None:
    talk.says(OFFICER, RECORD, "app")
    assert talk.says(OFFICER, "台账", GROUP) == "台账只在单聊里查看，请在与我的单聊里发送“台账 YX-2026-001”。"
    assert talk.says(CONTACT, "台账", GROUP) == REFUSED


def test_ledger_and_log_have_the_columns_of_their_forms(talk: Talk) -> None:
    talk.says(OFFICER, RECORD, "app")
    talk.says(REPRESENTATIVE, "记录 YX-2026-001 上门 踏勘 =1+1 现场已看", "app")
    sheets = _sheets(talk)
    with talk.parts.store.reading() as tx:
        forms = talk.parts.sites.get(tx).site.forms
    for name, key in (("工作台账", "F3"), ("日志", "F10"), ("难点问题台账", "F11")):
        assert sheets[name][0][0] == forms[key].title
        assert sheets[name][1][0] == "云溪县行政服务中心　2026年9月"
        assert sheets[name][2] == [field.label for field in forms[key].fields]
    first, second = sheets["工作台账"][3:5]
    assert first[:7] == [
        1, "岭南新材料年产3万吨改性塑料厂房", "2605-440299-04-01-100001", "云溪岭南新材料有限公司",
        "陈静 13900000001", "2026-09-15", "电话",
    ]  # fmt: skip
    assert "=1+1 现场已看" in second
    assert sheets["工作台账"][5][0] == "合计：2条，涉及1个项目；代办2次。"
    assert sheets["日志"][5][0] == "合计：2条，其中关键节点1条。"


def test_the_sheets_print_across_with_their_head_on_every_page(talk: Talk) -> None:
    with talk.parts.store.reading() as tx:
        book = load_workbook(BytesIO(ledger_sheet.draw(_reach(talk, tx))))
    for table in book.worksheets:
        assert (table.page_setup.orientation, table.page_setup.paperSize) == ("landscape", 9)
        assert table.print_title_rows == "$1:$3"
        assert not [c for row in table.iter_rows() for c in row if c.data_type == "f"]


def test_a_period_without_rows_is_still_a_table(talk: Talk) -> None:
    sheets = _sheets(talk, "1月")
    assert sheets["工作台账"][3][0] == "本期没有记录"
    assert sheets["工作台账"][4][0] == "合计：0条，涉及0个项目。"


def test_every_open_problem_has_a_next_step_somebody_and_a_day(talk: Talk, problem: int) -> None:
    """R139."""
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    rows = [row for row in _sheets(talk)["难点问题台账"][3:] if str(row[2] or "").startswith("问题")]
    assert [row[2] for row in rows] == ["问题1", "问题2", "问题3"]
    for row in rows:
        assert "下一步：" in row[12]
        assert row[9]
        assert row[10]
    mine = rows[-1]
    assert mine[12].startswith("下一步：办理并答复；责任人：黄志坚；期限：2026年9月")
    assert (mine[13], mine[14], mine[15]) == ("部门办理中", "否", None)


def test_a_draft_answer_stands_in_no_ledger(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "回复 3 不需要村委会盖章", "app")
    row = next(row for row in _sheets(talk)["难点问题台账"] if row[2] == "问题3")
    assert row[13] == "答复已拟好，待发布"


def test_a_solved_problem_says_when_and_who_confirmed(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "回复 3 不需要村委会盖章", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    talk.says(CONTACT, "问题3 已解决", GROUP)
    row = next(row for row in _sheets(talk)["难点问题台账"] if row[2] == "问题3")
    assert row[12:17] == ["无（已结束）", "已解决：不需要村委会盖章", "否", "2026-09-15", "陈静"]


def test_tables_of_a_month_come_as_a_file(talk: Talk) -> None:
    talk.says(OFFICER, RECORD, "app")
    talk.sees(OFFICER)
    assert talk.says(OFFICER, "台账 9月", "app").startswith("2026年9月的台账已单独发给您，包括")
    assert talk.sees(OFFICER)[-1] == "首席服务台账（2026年9月）.xlsx"


def test_periods_are_read_as_people_say_them() -> None:
    today = date(2026, 9, 15)
    names = {
        "9月": "2026年9月", "上月": "2026年8月", "本季度": "2026年第三季度", "二季度": "2026年第二季度",
        "去年12月": "2025年12月", "12月": "2025年12月", "2026年": "2026年", "上季度": "2026年第二季度",
        "上半年": "2026年1月1日至2026年6月30日",
    }  # fmt: skip
    assert {words: said(words, today).name for words in names} == names
    for wrong in ("13月", "2027年", "明天", "", "2026年10月"):
        with pytest.raises(DomainError):
            said(wrong, today)
