"""典型案例: figures without names, the officer's lessons checked, approved by somebody else before it goes out (R170)."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from domain.case_studies import span_of, tells
from tests.returns import drawn_by
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

CODE = "YX-2026-001"
LESSONS = "提前介入图审，一次告知全部意见，材料没有退回"


@pytest.fixture
def closed(talk: Talk) -> None:
    talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")
    talk.says(OFFICER, f"办结 {CODE} 未完成：其余事项由项目单位自行办理", "app")
    talk.says(SIGNATORY, "签字确认", GROUP)
    talk.says(OFFICER, "签署 YX-BJ-2026-0001", "app")
    talk.says(CONTACT, "评价 5 很专业")


def test_from_the_draft_to_the_paper(talk: Talk, closed: None) -> None:
    draft = talk.says(OFFICER, f"写案例 {CODE}", "app")
    for said in (
        "某社会投资工业类项目，总投资1亿至5亿元",
        "全流程代办，从受理到办结",
        "办结审批事项11个",
        "服务评价：非常满意",
    ):
        assert said in draft
    for hidden in ("岭南", "云溪", "陈静", "李娜", CODE):
        assert hidden not in draft
    assert "已有案例1" in talk.says(OFFICER, f"写案例 {CODE}", "app")
    before = talk.stored()
    assert "还没有写经验做法" in talk.says(SUPERVISOR, "同意案例 1", "app")
    assert "请改写“岭南新材”" in talk.says(OFFICER, f"改案例 1 帮助岭南新材料厂房{LESSONS}", "app")
    assert "请改写“黄志坚”" in talk.says(OFFICER, f"改案例 1 黄志坚同志{LESSONS}", "app")
    assert "请改写“云溪”" in talk.says(OFFICER, f"改案例 1 云溪的做法是{LESSONS}", "app")
    assert "10到600字" in talk.says(OFFICER, "改案例 1 好", "app")
    assert "还没有审定，不能导出" in talk.says(OFFICER, "导出案例 1", "app")
    assert "由督办人员审定" in talk.says(OFFICER, "同意案例 1", "app")
    for who in (CONTACT, REPRESENTATIVE, "zhou.min"):
        assert "没有找到您可以查看的这个案例" in talk.says(who, "案例 1", "app")
    assert "单聊" in talk.says(OFFICER, "案例 1", GROUP)
    assert talk.stored() == before
    assert talk.says(OFFICER, f"改案例 1 {LESSONS}", "app") == "案例1已更新，已请许慧审定。"
    assert "请审定" in talk.sees(SUPERVISOR)[-1]
    assert talk.says(SUPERVISOR, "同意案例 1", "app") == "案例1已审定，可以导出。"
    assert "现在不能这样操作" in talk.says(SUPERVISOR, "同意案例 1", "app")
    assert talk.says(OFFICER, "导出案例 1", "app") == "案例1已发到您的应用会话。"
    assert talk.sees(OFFICER)[-1] == "帮办代办典型案例（1）.docx"
    text = "\n".join(p.text for p in Document(BytesIO(drawn_by(talk, "case_study", "1"))).paragraphs)
    assert f"经验做法：{LESSONS}" in text
    talk.says(OFFICER, f"改案例 1 {LESSONS}，值得推广", "app")  # changed: to be approved anew
    with pytest.raises(LookupError):
        drawn_by(talk, "case_study", "1")


def test_before_the_end_there_is_no_study(talk: Talk) -> None:
    before = talk.stored()
    assert "办结后才能整理案例" in talk.says(OFFICER, f"写案例 {CODE}", "app")
    assert "服务专员办理" in talk.says(SUPERVISOR, f"写案例 {CODE}", "app")
    assert "没有找到" in talk.says(OFFICER, "案例 7", "app")
    assert talk.stored() == before


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("请联系13900000001", "13900000001"), ("见YX-2026-001", "YX-2026-001"), ("云发改备〔2026〕37号", "〔2026〕"),
        ("岭南新材料的做法", "岭南新材"), ("陈静说", "陈静"), ("某有限公司的做法，2个月办结", ""),
    ],
)  # fmt: skip
def test_what_tells_who_it_was(text: str, word: str) -> None:
    assert tells(text, ["云溪岭南新材料有限公司", "陈静"]) == word


def test_money_is_told_as_a_span() -> None:
    assert [span_of(one) for one in (800, "3600", 12800, 60000, "未知")] == [
        "1000万元以下", "1000万至5000万元", "1亿至5亿元", "5亿元以上", "",
    ]  # fmt: skip
