"""More time: asked for before expiry by the holder, granted or refused, and the enterprise hears the new date."""

from __future__ import annotations

import pytest

from tests.talk import (
    CHIEF,
    CONTACT,
    DEPUTY,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)

ASK = "申请延期 3 3个工作日 专家意见9月23日才能出具"
OLD, NEW = "9月21日（周一）17:30", "9月24日（周四）17:30"
TOLD = (
    f"问题3的答复时限调整为{NEW}前。原因：部门申请延期3个工作日——专家意见9月23日才能出具。"
    "发送“问题3 进度”可随时查看。"
)


@pytest.fixture
def asked(talk: Talk, problem: int) -> Talk:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.says(REPRESENTATIVE, ASK, "app")
    for who in (OFFICER, REPRESENTATIVE, SUPERVISOR):
        talk.sees(who)
    talk.sees(CONTACT, GROUP)
    return talk


def test_asked_for_in_half_a_sentence_the_officer_gets_a_card_with_both_dates(
    talk: Talk, problem: int
) -> None:
    talk.sees(OFFICER)
    assert talk.says(REPRESENTATIVE, ASK, "app") == (
        f"问题3延期3个工作日的申请已交李娜决定：同意后答复时限由{OLD}调整为{NEW}；决定之前时限不变。"
    )
    card = talk.sees(OFFICER)[-1]
    assert "问题3：申请延期" in card
    assert "专家意见9月23日才能出具" in card
    assert f"现在的时限:{OLD}" in card
    assert f"同意后:{NEW}" in card
    assert "答复时限：9月21日" in talk.says(REPRESENTATIVE, "问题3 进度", "app")


@pytest.mark.parametrize("by_card", [True, False])
def test_granted_the_clock_is_moved_and_the_enterprise_told_why(asked: Talk, by_card: bool) -> None:
    talk = asked
    before = talk.issue(3).answer_by
    if by_card:
        extension = next(
            button["key"]
            for card in talk.cards(OFFICER)
            for button in card["buttons"]
            if "extend.grant" in button["key"]
        )
        talk.taps(OFFICER, extension)
    else:
        assert talk.says(OFFICER, "同意延期 3", "app") == (
            f"问题3已同意延期，答复时限调整为{NEW}前，已告知申请人和项目单位。"
        )
    issue = talk.issue(3)
    assert before is not None
    assert issue.answer_by is not None
    assert (issue.answer_by - before).days == 3
    assert issue.extended == 1
    assert f"李娜已同意问题3延期，新的答复时限为{NEW}前。" in talk.sees(REPRESENTATIVE)
    assert any(text.endswith(TOLD) for text in talk.sees(CONTACT, GROUP))
    # What was planned for the old date is not done; what the new one asks for is.
    talk.time_is("2026-09-22T08:30:00")
    assert not [text for text in talk.sees(CHIEF) if "问题3" in text]
    talk.time_is("2026-09-28T08:30:00")
    assert [text for text in talk.sees(REPRESENTATIVE) if "应于9月24日（周四）17:30前答复" in text]


def test_refused_needs_a_reason_and_the_date_stays(asked: Talk) -> None:
    talk = asked
    assert "请直接回复不同意问题3延期的原因" in talk.says(OFFICER, "不同意延期 3", "app")
    assert talk.says(OFFICER, "材料已齐，请按期答复", "app") == (
        f"已告知申请人：问题3不予延期，答复时限仍为{OLD}前。"
    )
    assert talk.sees(REPRESENTATIVE) == [
        f"李娜不同意问题3延期：材料已齐，请按期答复。答复时限仍为{OLD}前，请直接发送“回复 3 答复内容”。"
    ]
    before = talk.stored()
    assert "没有等您决定的延期申请" in talk.says(OFFICER, "同意延期 3", "app")
    assert talk.stored() == before


def test_the_supervisor_may_decide_too(asked: Talk) -> None:
    assert "不予延期" in asked.says(SUPERVISOR, "不同意延期 3 事项已催办三次", "app")
    assert "不同意问题3延期：事项已催办三次" in asked.sees(REPRESENTATIVE)[-1]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("申请延期 3", "请写明延长几个工作日和原因"),
        ("申请延期 3 因为忙", "请写明延长几个工作日和原因"),
        ("申请延期 3 3个工作日", "请写明延期原因"),
        ("申请延期 3 0个工作日 忙不过来", "延期至少1个工作日"),
        ("申请延期 3 11个工作日 专家意见未到", "延期最多10个工作日"),
        ("申请延期 99 3个工作日 专家意见未到", "没有找到问题99"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(talk: Talk, problem: int, said: str, answer: str) -> None:
    before = talk.stored()
    assert answer in talk.says(REPRESENTATIVE, said, "app")
    assert talk.stored() == before


@pytest.mark.parametrize("who", [CHIEF, DEPUTY, OFFICER, CONTACT, "xie.guodong"])
def test_only_the_holder_asks(talk: Talk, problem: int, who: str) -> None:
    before = talk.stored()
    assert "黄志坚" in talk.says(who, ASK, "app")
    assert talk.stored() == before


def test_after_expiry_it_is_too_late_and_said_what_to_do(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-21T17:31:00")
    before = talk.stored()
    assert talk.says(REPRESENTATIVE, ASK, "app") == (
        f"问题3的答复时限{OLD}已过，不能再申请延期（延期须在到期前提出）。"
        "请直接发送“回复 3 答复内容”，有特殊情况请联系服务专员李娜。"
    )
    assert talk.stored() == before


def test_asked_twice_and_extended_twice_are_refused(asked: Talk) -> None:
    before = asked.stored()
    assert "还在等李娜决定" in asked.says(REPRESENTATIVE, ASK, "app")
    assert asked.stored() == before
    asked.says(OFFICER, "同意延期 3", "app")
    before = asked.stored()
    assert "已延期1次，不能再延" in asked.says(REPRESENTATIVE, ASK, "app")
    assert "没有等您决定的延期申请" in asked.says(OFFICER, "同意延期 3", "app")
    assert asked.stored() == before


@pytest.mark.parametrize("who", [REPRESENTATIVE, CONTACT, CHIEF])
@pytest.mark.parametrize("order", ["同意延期 3", "不同意延期 3 材料已齐"])
def test_whoever_may_not_decide_changes_nothing(asked: Talk, who: str, order: str) -> None:
    before = asked.stored()
    assert "延期由该项目的服务专员或督办人员决定" in asked.says(who, order, "app")
    assert asked.stored() == before


def test_another_project_learns_nothing_of_it(asked: Talk) -> None:
    before = asked.stored()
    assert "没有找到问题3" in asked.says(OFFICER, "同意延期 3", OTHER_GROUP)
    assert asked.stored() == before
    asked.says(OFFICER, "同意延期 3", "app")
    assert not [text for text in asked.sees(OFFICER, OTHER_GROUP) if "延期" in text]


def test_not_decided_on_the_last_morning_the_officer_is_reminded(asked: Talk) -> None:
    asked.time_is("2026-09-21T08:30:00")
    assert any("还没有决定。发送“同意延期 3”" in text for text in asked.sees(OFFICER))


def test_asked_by_a_holder_who_has_it_no_more_it_is_not_decided(asked: Talk) -> None:
    asked.says(OFFICER, "转办 3 发改局 属备案变更", "app")
    before = asked.stored()
    assert "没有等您决定的延期申请" in asked.says(OFFICER, "同意延期 3", "app")
    assert asked.stored() == before


def test_passed_on_later_the_enterprise_hears_the_new_date(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-17T10:00:00")
    talk.sees(CONTACT, GROUP)
    talk.says(OFFICER, "转办 3 发改局 属备案变更", "app")
    assert any(
        "问题3的答复时限调整为9月23日（周三）17:30前。现由发展和改革局办理，时限重新计算" in text
        for text in talk.sees(CONTACT, GROUP)
    )


def test_passed_on_the_same_day_the_date_stands_and_nothing_is_posted(talk: Talk, problem: int) -> None:
    talk.sees(CONTACT, GROUP)
    talk.says(OFFICER, "转办 3 发改局 属备案变更", "app")
    assert not [text for text in talk.sees(CONTACT, GROUP) if "调整" in text]
