"""A problem fed back: the form by talk, corrected, cancelled, taken up again, confirmed by number or card."""

from __future__ import annotations

from domain.issues import Category, IssueStatus
from tests.county import Start
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, SIGNATORY, Talk

DETAIL = "窗口说施工许可的资金承诺书要重新盖章，之前没说过"


def test_a_bare_problem_is_asked_for_in_one_question(talk: Talk) -> None:
    assert talk.says(CONTACT, "反馈问题").startswith("请用一两句话说明问题")
    assert "内容：窗口说施工许可的资金承诺书要重新盖章" in talk.says(CONTACT, DETAIL)


def test_a_whole_first_sentence_goes_straight_to_the_confirmation(talk: Talk) -> None:
    assert talk.says(CONTACT, f"我要反馈：{DETAIL}").splitlines() == [
        "**意见反馈表**（请确认）",
        "项目：岭南新材料年产3万吨改性塑料厂房（YX-2026-001）",
        "类别：材料",
        "事项：施工许可",
        f"内容：{DETAIL}",
        "将转：住房和城乡建设局",
        "回复 1 提交，2 修改，3 取消",
    ]


def test_it_comes_as_words_and_card_and_nothing_is_filed_before_the_confirmation(talk: Talk) -> None:
    before = talk.stored()
    answer = talk.answer_to(CONTACT, f"反馈问题：{DETAIL}")
    assert answer["msgtype"] == "stream_with_template_card"
    assert talk.stored() == before


def test_confirmed_by_number_it_is_numbered_and_has_a_date(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    assert talk.says(CONTACT, "1").startswith(
        "已登记为**问题3**，将转责任部门代表办理，由服务专员李娜统一答复，时限9月21日（周一）17:30前。"
    )
    issue = talk.issue(3)
    assert (issue.status, issue.category, issue.item_id) == (
        IssueStatus.ASSIGNED,
        Category.MATERIAL,
        "sg_xuke",
    )
    assert issue.description == DETAIL


def test_confirmed_by_word(talk: Talk) -> None:
    problems = {
        "确认": DETAIL,
        "提交": "环评报告表的技术评估一直没有安排专家",
        "是的": "用电报装的外线路径没有批下来",
    }
    for word, problem in problems.items():
        talk.says(CONTACT, f"反馈问题：{problem}")
        assert talk.says(CONTACT, word).startswith("已登记为**问题")


def test_confirmed_after_another_problem_was_looked_at(talk: Talk) -> None:
    talk.files_problem()
    talk.says(CONTACT, "问题3 进度")
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    assert talk.says(CONTACT, "确认").startswith("已登记为**问题4**")


def test_confirmed_by_the_bots_card_the_card_changes_and_the_number_is_told(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    talk.sees(CONTACT, GROUP)
    update = talk.taps(CONTACT, _key(talk, "submit"), GROUP)
    assert update["template_card"]["sub_title_text"] == "已提交：问题3"
    assert [text for text in talk.sees(CONTACT, GROUP) if text.startswith("已登记为**问题3**")]
    assert talk.issue(3).status is IssueStatus.ASSIGNED


def test_the_second_click_finds_the_work_done(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    key, card = _key(talk, "submit"), talk.cards(CONTACT, GROUP)[-1]["id"]
    talk.says(CONTACT, "1")
    before = talk.stored("outbox", "cards")
    talk.taps_on(CONTACT, card, key)
    assert "这份意见反馈表已提交或已取消" in talk.sees(CONTACT, GROUP)[-1]
    assert talk.stored("outbox", "cards") == before


def test_somebody_else_cannot_confirm_it(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    before = talk.stored("outbox", "cards")
    talk.taps(SIGNATORY, _key(talk, "submit"), GROUP)
    assert talk.sees(SIGNATORY, GROUP)[-1] == "这份意见反馈表由陈静填写，请由本人确认。"
    assert talk.stored("outbox", "cards") == before
    assert talk.says(SIGNATORY, "1") == ""


def test_not_that_one_but_this_one(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    answer = talk.says(CONTACT, "不是施工证，是工规证")
    assert "事项：工规证" in answer
    assert "将转：自然资源局" in answer
    talk.says(CONTACT, "1")
    assert talk.issue(3).item_id == "gg_guihua_jz"


def test_item_category_and_words_are_changed_one_at_a_time(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    assert talk.says(CONTACT, "2") == "要修改哪一项？\n1. 问题描述\n2. 事项\n3. 类别"
    assert "10. 其他" in talk.says(CONTACT, "3")
    assert "类别：收费" in talk.says(CONTACT, "8")
    talk.says(CONTACT, "2")
    talk.says(CONTACT, "2")
    assert "没有认出这个事项" in talk.says(CONTACT, "那个东西")
    assert "事项：高压用电报装" in talk.says(CONTACT, "用电报装")
    talk.says(CONTACT, "2")
    talk.says(CONTACT, "1")
    assert "内容：供电方案一直没有收到" in talk.says(CONTACT, "供电方案一直没有收到")


def test_cancelled_nothing_is_filed(talk: Talk) -> None:
    before = talk.stored()
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    assert talk.says(CONTACT, "算了") == "好的，这份意见反馈表没有提交，已取消。需要时随时再发给我。"
    assert talk.says(CONTACT, "1") == ""
    assert talk.stored() == before


def test_a_question_in_between_does_not_lose_the_form(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    assert "**环评报告表**" in talk.says(CONTACT, "环评进度")
    assert talk.says(CONTACT, "1").startswith("已登记为**问题3**")


def test_a_question_back_while_the_form_is_open_takes_no_number(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    question = talk.says(CONTACT, "规划证办好没")
    assert "请直接写名称：地规证（立项用地规划许可）、工规证（工程建设许可）" in question
    assert "1." not in question


def test_the_form_goes_on_after_a_restart_and_in_another_chat(start: Start) -> None:
    with start() as talk:
        talk.says(CONTACT, f"反馈问题：{DETAIL}")
    with start() as talk:
        assert talk.says(CONTACT, "1", "app").startswith("已登记为问题3")
        assert talk.issue(3).status is IssueStatus.ASSIGNED


def test_the_form_is_still_there_the_next_day(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    talk.time_is("2026-09-16T09:00:00")
    assert talk.says(CONTACT, "1").startswith("已登记为**问题3**")


def test_after_a_week_it_is_forgotten(talk: Talk) -> None:
    talk.says(CONTACT, f"反馈问题：{DETAIL}")
    talk.time_is("2026-09-23T09:31:00")
    assert talk.says(CONTACT, "1") == ""


def test_too_many_words_are_told_with_the_limit(talk: Talk) -> None:
    assert "请控制在500字以内（现在507字）" in _answer_of_long(talk)


def test_the_window_is_where_people_stand_and_not_who_decides(talk: Talk) -> None:
    assert "将转：住房和城乡建设局" in talk.says(CONTACT, "反馈问题：窗口不收施工许可的资料")


def test_the_service_officer_files_for_the_enterprise(talk: Talk) -> None:
    talk.says(OFFICER, f"反馈问题：{DETAIL}")
    assert talk.says(OFFICER, "1").startswith("已登记为**问题3**")


def test_where_no_card_shows_the_numbers_work(talk: Talk) -> None:
    talk.platform.switch("card_in_group_hidden")
    assert talk.says(CONTACT, f"反馈问题：{DETAIL}").endswith("回复 1 提交，2 修改，3 取消")
    assert talk.says(CONTACT, "1").startswith("已登记为**问题3**")
    assert talk.sees(REPRESENTATIVE)[-1].startswith("问题3：请您办理")


def _answer_of_long(talk: Talk) -> str:
    talk.says(CONTACT, "反馈问题")
    return talk.says(CONTACT, "施工许可" + "很难办" * 167 + "啊啊")


def _key(talk: Talk, what: str) -> str:
    buttons = talk.cards(CONTACT, GROUP)[-1]["buttons"]
    return str(next(b["key"] for b in buttons if b["key"].startswith(f"form.{what}")))


def test_a_short_question_in_between_is_answered_and_the_form_waits(talk: Talk) -> None:
    assert "请用一两句话说明问题" in talk.says(CONTACT, "我要反馈问题")
    assert "已办结11项" in talk.says(CONTACT, "进度")
    assert "意见反馈表" in talk.says(CONTACT, "施工许可窗口要求清单外的村委会证明")
