"""好差评: after the end, once, anonymously if wished; a poor one is put right, followed up and watched."""

from __future__ import annotations

import pytest

from domain.filled_forms import FilledForm
from domain.ratings import Rating, RatingState
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

CODE = "YX-2026-001"


def rating(talk: Talk) -> Rating | None:
    with talk.parts.store.reading() as tx:
        return tx.ratings.of_case(1)


def paper(talk: Talk) -> FilledForm:
    with talk.parts.store.reading() as tx:
        return next(one for one in reversed(tx.forms.of_project(1)) if one.form == "F12")


@pytest.fixture
def closed(talk: Talk) -> None:
    talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")
    talk.says(OFFICER, f"办结 {CODE} 未完成：其余事项由项目单位自行办理", "app")
    talk.says(SIGNATORY, "签字确认", GROUP)
    talk.says(OFFICER, "签署 YX-BJ-2026-0001", "app")
    for who, chat in (
        (OFFICER, "app"),
        (CONTACT, "app"),
        (SIGNATORY, "app"),
        (SUPERVISOR, "app"),
        (CONTACT, GROUP),
    ):
        talk.sees(who, chat)


def test_before_the_end_the_next_step_is_said(talk: Talk) -> None:
    before = talk.stored()
    for words in ("满意", "评价 5 很专业"):
        assert "代表人签署办结单当天即可评价" in talk.says(CONTACT, words)
    assert talk.stored() == before


def test_half_a_sentence_is_a_rating_and_goes_to_the_supervisor(talk: Talk, closed: None) -> None:
    assert talk.says(CONTACT, "评价 5 很专业") == "已收到评价。感谢您的评价。"
    assert talk.sees(SUPERVISOR) == [
        "**【服务评价】**岭南新材料年产3万吨改性塑料厂房：非常满意（陈静）\n意见：很专业"
    ]
    assert (paper(talk).values["overall"], paper(talk).values["anonymous"]) == ("非常满意", "否")
    before = talk.stored()
    assert talk.says(SIGNATORY, "不满意", GROUP).startswith(
        "一事一评，岭南新材料厂房已评价。评错了请发送“误评申诉"
    )
    assert talk.stored() == before


def test_by_the_name_of_the_grade(talk: Talk, closed: None) -> None:
    talk.says(CONTACT, "基本满意", "app")
    found = rating(talk)
    assert found is not None
    assert (found.grade, found.state) == (3, RatingState.GIVEN)


def test_by_card_and_the_other_card_is_settled(talk: Talk, closed: None) -> None:
    update = talk.taps(SIGNATORY, "rate:1:4")
    assert update["TemplateCard"]["SubTitleText"] == "已评价：满意"
    assert talk.cards(CONTACT)[-1]["card"]["sub_title_text"] == "已评价：满意"
    assert "一事一评" in talk.says(CONTACT, "评价 1", "app")


def test_by_card_whoever_is_not_content_hears_what_follows(talk: Talk, closed: None) -> None:
    assert len({button["style"] for button in talk.cards(CONTACT)[-1]["buttons"]}) == 1, "none is preferred"
    talk.sees(CONTACT)
    talk.taps(CONTACT, "rate:1:2")
    assert "我们将在10月12日（周一）前整改，并由其他人员回访您" in talk.sees(CONTACT)[-1]


def test_a_grade_is_asked_for(talk: Talk, closed: None) -> None:
    before = talk.stored()
    for words in ("评价", "评价 6 很好", "评价 0", "我要评价"):
        assert talk.says(CONTACT, words).startswith("请回复满意程度，例如：评价 5 很专业。")
    assert talk.stored() == before


def test_an_anonymous_one_names_nobody(talk: Talk, closed: None) -> None:
    assert "匿名评价请到与我的单聊里发送" in talk.says(CONTACT, "匿名评价 2 太慢")
    said = talk.says(CONTACT, f"匿名评价 {CODE} 2 来回跑了三趟 服务效率1", "app")
    assert said.endswith("评价人不对服务专员和督办人员显示。")
    shown = talk.sees(OFFICER) + talk.sees(SUPERVISOR)
    assert len(shown) == 2
    assert all("不满意（匿名）" in text and "陈静" not in text for text in shown)
    assert talk.cards(SIGNATORY)[-1]["card"]["sub_title_text"] == "已评价"
    form = paper(talk)
    assert (form.values["anonymous"], form.values["efficiency"], form.made_by) == ("是", "非常不满意", None)
    with talk.parts.store.reading() as tx:
        assert [
            actor for _, actor, action, _ in tx.audit.of_subject("rating:1") if action == "rating.give"
        ] == ["clock"]
        assert "陈静" not in {row.recorded_by for row in tx.ledger.of_case(1) if row.subject == "rating:1"}


def test_a_poor_one_is_put_right_and_followed_up_by_somebody_else(talk: Talk, closed: None) -> None:
    assert "我们将在10月12日（周一）前整改" in talk.says(CONTACT, "评价 1 没人接电话")
    assert f"请在10月12日（周一）前整改，完成后发送“整改 {CODE} 措施”。" in talk.sees(OFFICER)[-1]
    assert "没有登记整改" in talk.says(SUPERVISOR, f"回访 {CODE} 满意，已解决", "app")
    assert talk.says(OFFICER, f"整改 {CODE}", "app").startswith("请写明整改措施")
    talk.says(OFFICER, f"整改 {CODE} 已公布值班电话并致歉", "app")
    assert "已登记整改——已公布值班电话并致歉" in talk.sees(SUPERVISOR)[-1]
    assert talk.says(OFFICER, f"整改 {CODE} 已公布值班电话", "app").startswith("岭南新材料厂房的整改已登记")
    assert (
        talk.says(OFFICER, f"回访 {CODE} 满意，已解决", "app")
        == "回访由被评价人以外的人员进行，请由许慧回访。"
    )
    assert talk.says(SUPERVISOR, f"回访 {CODE} 满意，已解决", "app") == "回访已登记。"
    found = rating(talk)
    assert found is not None
    assert (found.state, found.follow_up) == (RatingState.FOLLOWED_UP, "满意，已解决")
    assert talk.says(SUPERVISOR, f"回访 {CODE} 满意，已解决", "app").startswith("这次评价已回访")


def test_still_not_content_it_begins_anew(talk: Talk, closed: None) -> None:
    talk.says(CONTACT, "评价 2 太慢")
    talk.says(OTHER_OFFICER, f"整改 {CODE} 已补充人手", "app")
    assert talk.says(OTHER_OFFICER, f"回访 {CODE} 满意，已解决", "app").startswith(
        "回访由被评价人以外的人员进行"
    )
    assert "已请服务专员在10月12日（周一）前再次整改" in talk.says(
        SUPERVISOR, f"回访 {CODE} 仍不满意，还是慢", "app"
    )
    found = rating(talk)
    assert found is not None
    assert found.state is RatingState.RECTIFY


def test_not_put_right_in_time_the_supervisor_hears_of_it_once(talk: Talk, closed: None) -> None:
    talk.says(CONTACT, "评价 2 太慢")

    def overdue() -> list[str]:
        return [text for text in talk.sees(SUPERVISOR) if "整改逾期" in text]

    talk.time_is("2026-10-12T09:10:00")
    assert overdue() == []
    talk.time_is("2026-10-13T09:10:00")
    assert overdue() == [
        "**【整改逾期】**岭南新材料年产3万吨改性塑料厂房的评价（不满意）应在10月12日（周一）前整改，"
        "服务专员李娜尚未登记，请督办。"
    ]
    talk.time_is("2026-10-14T09:10:00")
    assert overdue() == []


def test_a_good_one_may_be_followed_up_too(talk: Talk, closed: None) -> None:
    talk.says(CONTACT, "评价 5 很专业")
    assert talk.says(SUPERVISOR, f"回访 {CODE} 抽查，满意", "app") == "回访已登记。"


def test_the_supervisor_draws_whom_to_call(talk: Talk, closed: None) -> None:
    assert talk.says(SUPERVISOR, "抽查回访", "app") == "近三个月没有可抽查回访的项目。"
    talk.says(CONTACT, "评价 5 很专业")
    assert (
        f"1. 岭南新材料年产3万吨改性塑料厂房（{CODE}）"
        in talk.says(SUPERVISOR, "抽查回访", "app").splitlines()
    )
    assert talk.says(OFFICER, "抽查回访", "app").startswith("回访由督办人员")
    talk.says(SUPERVISOR, f"回访 {CODE} 满意，无问题", "app")
    assert talk.says(SUPERVISOR, "抽查回访", "app") == "近三个月没有可抽查回访的项目。"


def test_whoever_says_nothing_is_asked_once_more(talk: Talk, closed: None) -> None:
    talk.time_is("2026-09-17T09:10:00")
    assert talk.sees(CONTACT) == []
    talk.time_is("2026-09-18T08:40:00")
    assert talk.sees(CONTACT) == []
    talk.time_is("2026-09-18T09:10:00")
    assert [text[:11] for text in talk.sees(CONTACT)] == ["请评价帮办代办服务｜岭"]
    talk.time_is("2026-09-22T09:10:00")
    assert talk.sees(CONTACT) == []


def test_whoever_rated_is_not_asked_again(talk: Talk, closed: None) -> None:
    talk.says(CONTACT, "满意")
    talk.time_is("2026-09-18T09:10:00")
    assert not any(text.startswith("请评价") for text in talk.sees(SIGNATORY))


def test_a_mistake_is_looked_into_by_the_supervisor(talk: Talk, closed: None) -> None:
    talk.says(CONTACT, "评价 1")
    assert talk.says(CONTACT, "误评申诉").startswith("请写明原因")
    assert talk.says(CONTACT, "误评申诉 手滑点错了，应为满意") == "误评申诉已转许慧核实，结果会通知您。"
    assert any("陈静：手滑点错了，应为满意" in text for text in talk.sees(SUPERVISOR))
    assert "正在申诉复核" in talk.says(OFFICER, f"整改 {CODE} 已致歉并整改", "app")
    assert "误评申诉由督办人员核实决定" in talk.says(OFFICER, f"同意改评 {CODE}", "app")
    talk.says(SUPERVISOR, f"同意改评 {CODE}", "app")
    talk.says(CONTACT, "评价 4")
    found = rating(talk)
    assert found is not None
    assert (found.grade, found.state, found.rectify_by) == (4, RatingState.GIVEN, None)
    assert "没有待核实的误评申诉" in talk.says(SUPERVISOR, f"维持 {CODE}", "app")


def test_an_appeal_that_is_not_followed(talk: Talk, closed: None) -> None:
    talk.says(CONTACT, "评价 2")
    talk.says(OFFICER, f"误评申诉 {CODE} 评价内容与本项目无关", "app")
    assert "维持原评价（不满意）。整改期限仍为10月12日（周一）。" in talk.says(
        SUPERVISOR, f"维持 {CODE}", "app"
    )
    found = rating(talk)
    assert found is not None
    assert found.state is RatingState.RECTIFY


@pytest.mark.parametrize("who", ["zhou.min", "he.wei"])
def test_another_project_is_not_there_to_be_rated(talk: Talk, closed: None, who: str) -> None:
    before = talk.stored()
    for words in (f"评价 {CODE} 1 很差", f"误评申诉 {CODE} 点错了吧", f"签收 {CODE}"):
        assert talk.says(who, words, "app").startswith(f"没有找到您可以查看的项目{CODE}")
    assert talk.stored() == before


@pytest.mark.parametrize("who", [OFFICER, SUPERVISOR])
def test_only_the_enterprise_rates(talk: Talk, closed: None, who: str) -> None:
    before = talk.stored()
    assert talk.says(who, f"评价 {CODE} 5 很好", "app").startswith("评价由项目单位登记的经办人或代表人作出")
    assert talk.stored() == before


def test_a_representative_learns_nothing_of_a_closed_case(talk: Talk, closed: None) -> None:
    before = talk.stored()
    assert talk.says(REPRESENTATIVE, f"回访 {CODE} 满意，已解决", "app")
    assert talk.stored() == before
