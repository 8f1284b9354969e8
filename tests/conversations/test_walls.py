"""Adversarial: internal talk and other projects' affairs never come into an enterprise's group, whatever is typed there."""

from __future__ import annotations

from tests.talk import (
    CHIEF,
    CONTACT,
    GROUP,
    LEADER,
    OFFICER,
    OTHER_GROUP,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)

OTHER_CONTACT = "zhou.min"
# Words of people, of which none may come into a group: reasons, opinions, drafts, what departments said.
_HIDDEN = {
    "transfer": "内部理由甲乙丙",
    "refusal": "推诿理由丁戊己",
    "draft": "草稿内容庚辛壬",
    "returned": "退回原因子丑寅",
    "opinion": "督办意见卯辰巳",
    "feedback": "督办反馈午未申",
    "closing": "销号原因酉戌亥",
    "extension": "不同意延期天地玄",
}


def _in_groups(talk: Talk) -> str:
    seen = [*talk.sees(CONTACT, GROUP), *talk.sees(OTHER_CONTACT, OTHER_GROUP)]
    posted = [str(call.get("body")) for call in talk.platform.log("/appchat/send")]
    return "\n".join([*seen, *posted])


def test_nothing_officers_say_among_themselves_reaches_an_enterprise(talk: Talk, problem: int) -> None:
    hidden = _HIDDEN
    talk.says(REPRESENTATIVE, f"转办 3 资源局 {hidden['transfer']}", "app")
    talk.says("ye.zirong", f"不属本部门 3 {hidden['refusal']}", "app")
    talk.says(OFFICER, f"转办 3 住建局 {hidden['transfer']}", "app")
    talk.says(OFFICER, "1", "app")
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.says(REPRESENTATIVE, "申请延期 3 3个工作日 专家意见9月25日才能出具", "app")
    talk.says(OFFICER, f"不同意延期 3 {hidden['extension']}", "app")
    talk.says(REPRESENTATIVE, f"回复 3 {hidden['draft']}", "app")
    talk.says(OFFICER, f"退回 3 {hidden['returned']}", "app")
    talk.time_is("2026-09-23T09:00:00")
    talk.says(SUPERVISOR, f"督办 3 {hidden['opinion']}", "app")
    talk.says(REPRESENTATIVE, f"反馈督办 3 {hidden['feedback']}", "app")
    talk.says(SUPERVISOR, f"办结督办 3 {hidden['closing']}", "app")
    talk.says(CONTACT, "催办 3")
    talk.says(OFFICER, "催办 3", "app")
    told = [
        *(
            talk.says(CONTACT, said)
            for said in ("问题3 进度", "待办", "进度", "灯 3", "督办清单", "档案", "卡在谁那里")
        ),
        *(talk.says(CONTACT, said, "app") for said in ("问题3 进度", "待办", "进度", "档案")),
        *talk.sees(CONTACT),
    ]
    for who, chat in ((CONTACT, "app"), (CONTACT, GROUP), (OFFICER, GROUP)):
        assert talk.says(who, "调阅 YX-DB-2026-0003", chat).startswith("没有找到您要办理的这份表")
    assert "督办单" not in talk.says(OFFICER, "档案", GROUP)
    assert "督办单" in talk.says(OFFICER, "档案 YX-2026-001", "app")
    talk.time_is("2026-09-30T16:30:00")  # the weekly summary
    everything = "\n".join([_in_groups(talk), *told, *talk.sees(CONTACT), *talk.sees(OTHER_CONTACT)])
    assert not [name for name, words in hidden.items() if words in everything]
    assert "督办单" not in everything


def test_orders_typed_in_another_projects_group_tell_and_change_nothing(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is("2026-09-23T09:00:00")
    talk.says(SUPERVISOR, "督办 3 请说明", "app")
    officers = (OFFICER, REPRESENTATIVE, SUPERVISOR, CHIEF, LEADER)
    talk.platform.ask("/sandbox/members", {"chat": OTHER_GROUP, "add": list(officers)})
    before = talk.stored()
    orders = (
        "催办 3", "问题3催一下", "督办 3 请说明", "反馈督办 3 在办", "办结督办 3 已办", "督办清单", "问题3 进度", "灯 3",
        "同意延期 3", "联席会议 3", "发布 3", "问题3 已解决",
    )  # fmt: skip
    for who in officers:
        for order in orders:
            answer = talk.says(who, order, OTHER_GROUP)
            assert "岭南" not in answer, (who, order)
            assert "黄志坚" not in answer, (who, order)
            assert "YX-DB" not in answer, (who, order)
    assert talk.stored() == before


def test_an_outsider_cannot_tell_a_known_number_from_one_that_is_not_there(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is("2026-09-23T09:00:00")
    talk.says(SUPERVISOR, "督办 3 请说明", "app")
    for who, chat in ((OTHER_CONTACT, "app"), (OTHER_CONTACT, OTHER_GROUP)):
        for order in ("催办 3", "督办 3 请说明", "反馈督办 3 在办", "办结督办 3 已办"):
            there = talk.says(who, order, chat)
            assert there == talk.says(who, order.replace("3", "77"), chat).replace("77", "3"), (who, order)
