"""问卷: served projects are asked once, answer by numbers, and only the supervisor sees the result (R164)."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from domain.surveys import count
from tests.returns import drawn_by
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk


def test_from_asking_to_the_result(talk: Talk) -> None:
    before = talk.stored()
    assert "问卷由督办人员发起" in talk.says(OFFICER, "发起问卷 三季度", "app")
    assert "没有需要您填写的问卷" in talk.says(CONTACT, "填问卷", "app")
    assert "请写明是哪一期" in talk.says(SUPERVISOR, "发起问卷", "app")
    assert talk.says(SUPERVISOR, "发起问卷 2020年", "app").startswith("2020年没有帮办代办的项目")
    assert talk.says(SUPERVISOR, "问卷汇总", "app").startswith("还没有发过问卷。")
    assert talk.stored() == before
    opened = talk.says(SUPERVISOR, "发起问卷 三季度", "app")
    assert opened.endswith("9月29日（周二）截止。结果请发送：问卷汇总")
    assert "已经发过了" in talk.says(SUPERVISOR, "发起问卷 三季度", "app")
    invited = [text for text in talk.sees(CONTACT) if "一分钟" in text]
    assert len(invited) == 1
    assert "发送“填问卷 YX-2026-001”开始" in invited[0]
    assert talk.sees(CONTACT, GROUP) == []
    _answer(talk)
    assert "没有需要您填写的问卷" in talk.says(SIGNATORY, "填问卷", "app")  # one for each project
    _result(talk)


def _answer(talk: Talk) -> None:
    asked = talk.says(CONTACT, "填问卷 YX-2026-001", "app")
    assert asked.startswith("1/7 最难办的是哪个事项？请回复数字：\n1. ")
    assert "请回复 0 到 9 之间" in talk.says(CONTACT, "12", "app")
    assert talk.says(CONTACT, "1", "app").startswith("2/7 ")
    assert talk.says(CONTACT, "3", "app").startswith("3/7 对材料要求满意吗？")
    assert talk.says(CONTACT, "9", "app").startswith("请回复 1 到 5 的数字")
    assert talk.says(CONTACT, "4", "app").startswith("4/7 对办理时限满意吗？")
    assert "岭南新材料" in talk.says(CONTACT, "进度", "app")  # something else in between
    assert talk.says(CONTACT, "3", "app").startswith("5/7 对服务态度满意吗？")
    assert talk.says(CONTACT, "5", "app").startswith("6/7 ")
    assert talk.says(CONTACT, "1", "app").startswith("7/7 ")
    assert (
        talk.says(CONTACT, "图审意见希望一次提完", "app") == "问卷已提交（YX-WJ-2026-0001），谢谢您的意见。"
    )


def _result(talk: Talk) -> None:
    shown = talk.says(SUPERVISOR, "问卷汇总 三季度", "app")
    assert "收回1份" in shown
    assert "满分5分：材料要求4.0分、办理时限3.0分、服务态度5.0分" in shown
    assert "平均跑动3.0次" in shown
    assert "建议：图审意见希望一次提完" in shown
    assert talk.sees(SUPERVISOR)[-1] == "问卷汇总（2026年第三季度）.xlsx"
    book = load_workbook(BytesIO(drawn_by(talk, "survey", "1")))
    row = [cell.value for cell in book["明细"][4]]
    assert row[0] == "云溪岭南新材料有限公司"
    assert row[3:9] == [3, "满意", "基本满意", "非常满意", "图审意见希望一次提完", "是"]
    assert "督办人员" in talk.says(OFFICER, "问卷汇总", "app")


def test_who_is_not_the_enterprise_does_not_answer_for_it(talk: Talk) -> None:
    talk.says(SUPERVISOR, "发起问卷 三季度", "app")
    before = talk.stored()
    for who in (OFFICER, REPRESENTATIVE, "zhou.min"):
        assert not talk.says(who, "填问卷 YX-2026-001", "app").startswith("1/7"), who
    assert "单聊" in talk.says(CONTACT, "填问卷", GROUP)
    assert talk.stored() == before
    talk.says(CONTACT, "填问卷 YX-2026-001", "app")
    assert "没有提交" in talk.says(CONTACT, "取消", "app")
    talk.time_is("2026-10-08T10:00:00")
    assert "没有需要您填写的问卷" in talk.says(CONTACT, "填问卷 YX-2026-001", "app")  # over


def test_nothing_is_averaged_of_nothing() -> None:
    found = count(3, [])
    assert (found.asked, found.answered, found.scores, found.trips) == (3, 0, {}, None)
