"""Materials, blank forms and files that people hand over."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any
from urllib.request import urlopen

from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, OUTSIDER, Talk

PAPER = {"name": "环境影响报告表（修改稿）.pdf", "text": "%PDF-1.4 revised"}
OTHER_CONTACT = "zhou.min"


def test_the_list_of_an_item_shows_what_is_still_missing(talk: Talk) -> None:
    answer = talk.says(OTHER_CONTACT, "排水许可材料", OTHER_GROUP)
    assert answer.startswith("**排水许可材料清单**（共6份），还缺2份")
    assert "1. ✅ 排水许可申请表（原件）——已通过" in answer
    assert "↩️ 内部排水管网、检测井、排放口图纸及说明（电子）——已退回：3号检查井标高与现场不符" in answer


def test_a_deferred_paper_has_its_day(talk: Talk) -> None:
    answer = talk.says(CONTACT, "施工许可要什么材料")
    assert "必要材料已齐" in answer
    assert "🕒 农民工工资专用账户/工资保证金(保函)资料（电子，视情况）——容缺，9月23日前补" in answer


def test_without_an_item_the_running_ones_are_offered(talk: Talk) -> None:
    assert "1. 施工许可" in talk.says(CONTACT, "要什么材料")
    assert talk.says(CONTACT, "1").startswith("**施工许可材料清单**")


def test_a_correction_says_what_came_back_and_that_it_is_no_refusal(talk: Talk) -> None:
    answer = talk.says(OTHER_CONTACT, "补正要交什么", OTHER_GROUP)
    assert "**排水许可**（水务局，9月10日告知）：化粪池与市政井接驳标高不符，请设计单位复核" in answer
    assert "- 内部排水管网、检测井、排放口图纸及说明——3号检查井标高与现场不符，请复核后重新出图" in answer
    assert "补正不是退件" in answer


def test_where_nothing_is_to_be_corrected_it_is_said(talk: Talk) -> None:
    assert "施工许可" not in talk.says(CONTACT, "施工许可要补正什么")


def test_a_template_arrives_as_a_real_file_with_its_chinese_name(talk: Talk) -> None:
    answer = talk.says(CONTACT, "发一下申请表")
    assert answer.startswith("《帮办代办首席服务申请表》由应用单独发给您")
    assert talk.sees(CONTACT) == ["帮办代办首席服务申请表.docx"]
    with zipfile.ZipFile(BytesIO(_bytes(talk, talk.platform.history(CONTACT, "app")[-1]))) as paper:
        text = paper.read("word/document.xml").decode()
    assert "岭南新材料年产3万吨改性塑料厂房" in text


def test_a_checklist_is_sent_as_a_file_when_the_form_belongs_to_the_department(talk: Talk) -> None:
    answer = talk.says(CONTACT, "施工许可申请的样表有吗")
    assert "各审批事项自己的申请表请在广东政务服务网对应事项下载" in answer
    assert talk.sees(CONTACT) == ["施工许可材料清单.docx"]


def test_a_template_nobody_named_is_asked_for(talk: Talk) -> None:
    assert talk.says(CONTACT, "给个模板").startswith("需要哪份表？")
    assert talk.sees(CONTACT) == []


def test_a_quoted_file_is_kept_with_bytes_and_name_and_the_officer_is_told(talk: Talk) -> None:
    answer = talk.says(CONTACT, "看一下这个", quote={"file": PAPER})
    assert answer.startswith("已收到文件，转服务专员李娜核对登记")
    assert "刚才的文件是 事项 材料名称" in answer
    assert talk.files() == [("环境影响报告表（修改稿）.pdf", b"%PDF-1.4 revised")]
    assert talk.sees(OFFICER) == ["岭南新材料年产3万吨改性塑料厂房：陈静发来文件，已存档，请核对后登记材料。"]


def test_a_quoted_file_of_which_only_the_item_is_said_is_kept_and_the_paper_asked_for(talk: Talk) -> None:
    answer = talk.says(CONTACT, "这是环评报告表的修改稿", quote={"file": PAPER})
    assert answer.startswith("是环评报告表的哪一份材料？请回复数字：\n1. 报批申请\n2. 环境影响报告表")
    assert len(talk.files()) == 1
    assert "《环境影响报告表》" in talk.says(CONTACT, "2")


def test_words_that_announce_a_file_which_did_not_come_say_so(talk: Talk) -> None:
    talk.platform.switch("no_quote_file_in_group")
    shown = _posted_file(talk)
    assert talk.says(CONTACT, "环评报告表的修改稿发过来了", quote=shown).startswith(
        "没有收到文件。请引用文件后@我再说一次"
    )
    assert talk.files() == []


def test_a_file_by_itself_in_the_single_chat_is_kept(talk: Talk) -> None:
    assert talk.says(CONTACT, "", "bot", file=PAPER).startswith("已收到文件。请引用这个文件")
    assert [name for name, _ in talk.files()] == ["环境影响报告表（修改稿）.pdf"]


def test_a_file_by_itself_in_the_group_never_reaches_the_bot(talk: Talk) -> None:
    assert "请引用它并 @ 机器人" in talk.unheard(CONTACT, "", file=PAPER)


def test_a_picture_with_words_in_the_group_is_kept(talk: Talk) -> None:
    picture = {"name": "回执.png", "base64": "iVBORw0KGgo="}
    assert "是施工许可的哪一份材料？" in talk.says(CONTACT, "施工许可回执", file=picture)
    assert [name for name, _ in talk.files()] == ["回执.png"]


def test_somebody_unregistered_may_see_the_list_but_gets_no_file(talk: Talk) -> None:
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": [OUTSIDER]})
    assert talk.says(OUTSIDER, "施工许可材料").startswith("**施工许可材料清单**")
    assert "还没有在本系统登记" in talk.says(OUTSIDER, "发一下申请表")
    assert talk.platform.history(OUTSIDER, "app") == []


def _posted_file(talk: Talk) -> str:
    talk.unheard(CONTACT, "", file=PAPER)
    return str(talk.platform.history(CONTACT, GROUP)[-1]["id"])


def _bytes(talk: Talk, message: dict[str, Any]) -> bytes:
    with urlopen(f"{talk.platform.base}/sandbox/file/{message['file']}") as answer:
        return bytes(answer.read())
