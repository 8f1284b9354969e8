"""Binding a group to its project, and what the daily comparison notices."""

from __future__ import annotations

import pytest

from tests.talk import (
    CONTACT,
    FOREIGN_GROUP,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    OTHER_OFFICER,
    OUTSIDER,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)

ROAD, ROAD_CONTACT = "yx2026003", "he.wei"
NOT_YOURS = "工作群的绑定和解绑由该项目的服务专员操作。"


def test_until_it_is_bound_the_group_learns_only_what_is_missing(talk: Talk) -> None:
    assert talk.says(ROAD_CONTACT, "进度", ROAD) == (
        "本群还没有绑定项目，我不能提供项目信息。请本项目的服务专员在群里发送：@代办助手 绑定 项目编号。"
    )


def test_the_projects_officer_binds_it_and_the_group_is_told(talk: Talk) -> None:
    answer = talk.says(OTHER_OFFICER, "绑定 yx-2026-003", ROAD)
    assert answer.startswith("已绑定：本群为**云溪大道改造工程**（YX-2026-003）的工作群。")
    assert "没有收到，说明绑错了群" in answer
    assert talk.sees(ROAD_CONTACT, ROAD)[-1].startswith("王磊已把代办助手绑定到**云溪大道改造工程**的工作群")
    assert talk.says(ROAD_CONTACT, "进度", ROAD).startswith("**云溪大道改造工程**（YX-2026-003）进度")


def test_bound_twice_it_is_bound_once(talk: Talk) -> None:
    talk.says(OTHER_OFFICER, "绑定 YX-2026-003", ROAD)
    before = talk.stored()
    assert "无需重复绑定" in talk.says(OTHER_OFFICER, "绑定 YX-2026-003", ROAD)
    assert talk.stored() == before


@pytest.mark.parametrize("who", [ROAD_CONTACT, "ye.zirong", "peng.changgen"])
def test_nobody_else_binds(talk: Talk, who: str) -> None:
    before = talk.stored()
    assert talk.says(who, "绑定 YX-2026-003", ROAD) == NOT_YOURS
    assert talk.says(who, "解绑 YX-2026-003", ROAD) == NOT_YOURS
    assert talk.stored() == before


@pytest.mark.parametrize("who", [OUTSIDER, REPRESENTATIVE, SUPERVISOR])
def test_a_foreign_chat_cannot_be_bound_by_its_people(talk: Talk, who: str) -> None:
    before = talk.stored()
    for code in ("YX-2026-001", "YX-2026-003", "YX-2026-099"):
        assert talk.says(who, f"绑定 {code}", FOREIGN_GROUP) == NOT_YOURS
    assert talk.stored() == before
    assert talk.says(who, "进度", FOREIGN_GROUP).startswith("本群还没有绑定项目")


def test_an_officer_cannot_bind_a_foreign_chat_to_a_project_bound_already(talk: Talk) -> None:
    talk.platform.ask("/sandbox/members", {"chat": FOREIGN_GROUP, "add": [OFFICER]})
    before = talk.stored()
    assert "已绑定另一个群。请先在原群发送“解绑 YX-2026-001”" in talk.says(
        OFFICER, "绑定 YX-2026-001", FOREIGN_GROUP
    )
    assert "您不在该项目工作群的成员名单中" in talk.says(OFFICER, "绑定 YX-2026-003", FOREIGN_GROUP)
    assert talk.stored() == before


def test_a_group_of_one_project_cannot_become_anothers(talk: Talk) -> None:
    talk.says(OFFICER, "解绑 YX-2026-001")
    before = talk.stored()
    assert talk.says(OFFICER, "绑定 YX-2026-001", OTHER_GROUP).startswith("本群是另一个项目的工作群。")
    assert talk.stored() == before


def test_unbound_and_bound_again(talk: Talk) -> None:
    assert talk.says(OFFICER, "解绑 YX-2026-001").startswith("已解绑岭南新材料")
    assert talk.says(CONTACT, "进度").startswith("本群还没有绑定项目")
    assert talk.says(OFFICER, "绑定 YX-2026-001").startswith("已绑定")
    assert "已办结11项" in talk.says(CONTACT, "进度")


def test_unbinding_what_is_not_bound_is_told(talk: Talk) -> None:
    assert talk.says(OTHER_OFFICER, "解绑 YX-2026-003", ROAD) == "云溪大道改造工程还没有绑定工作群。"


def test_binding_is_done_in_the_group_itself(talk: Talk) -> None:
    assert talk.says(OTHER_OFFICER, "绑定 YX-2026-003", "app") == (
        "请在项目工作群里发送：@代办助手 绑定 项目编号。"
    )


def test_a_project_without_a_group_of_the_app_can_be_bound_but_not_posted_into(talk: Talk) -> None:
    answer = talk.says(OTHER_OFFICER, "绑定 YX-2026-004", ROAD)
    assert answer.startswith("已绑定：本群为**云溪县实验小学扩建工程**（YX-2026-004）的工作群。")
    assert answer.endswith("系统还不能在本群主动发言（没有群聊接口），周报和答复将请您转发。")


def test_when_both_ids_are_equal_a_group_cannot_be_bound_to_another_project(talk: Talk) -> None:
    talk.platform.switch("chat_ids_equal")
    talk.says(OFFICER, "解绑 YX-2026-001")
    assert talk.says(OFFICER, "绑定 YX-2026-001", OTHER_GROUP).startswith("本群是另一个项目的工作群。")
    assert talk.says(OFFICER, "绑定 YX-2026-001").startswith("已绑定")


def test_renamed_joined_and_left_are_told_to_the_officer_once(talk: Talk) -> None:
    _change(talk, GROUP, name="岭南厂房群", add=[OUTSIDER, OTHER_OFFICER], remove=["xie.guodong"])
    talk.time_is("2026-09-16T08:35:00")
    assert talk.sees(OFFICER)[-1] == (
        "**岭南新材料年产3万吨改性塑料厂房**的工作群有变化：\n"
        "群名改为：岭南厂房群\n"
        "新入群：未登记成员（sun.liang）、王磊\n"
        "已退群：谢国栋\n"
        "如有项目单位经办人或部门代表退出，请及时补入。"
    )
    talk.time_is("2026-09-16T10:00:00")
    talk.time_is("2026-09-17T08:35:00")
    assert not [text for text in talk.sees(OFFICER) if "工作群有变化" in text]


def test_whoever_joined_may_ask_in_the_single_chat_after_the_comparison(talk: Talk) -> None:
    _change(talk, GROUP, add=["zhou.min"])
    assert talk.says("zhou.min", "YX-2026-001 进度", "app").startswith("没有找到您可以查看的项目YX-2026-001")
    talk.time_is("2026-09-16T08:35:00")
    assert talk.says("zhou.min", "YX-2026-001 进度", "app").startswith("岭南新材料")


def test_a_dissolved_group_is_told_once_and_answers_go_by_hand(talk: Talk) -> None:
    talk.says("deng.shaowen", "回复 1 9月22日前由市政接到红线。", "app")
    _change(talk, OTHER_GROUP, dissolve=True)
    talk.time_is("2026-09-16T08:35:00")
    assert len([text for text in talk.sees(OFFICER) if "已经找不到（可能已解散）" in text]) == 1
    talk.time_is("2026-09-17T08:35:00")
    assert not [text for text in talk.sees(OFFICER) if "已经找不到" in text]
    talk.says(OFFICER, "立即发送 1", "app")
    passed_on = talk.sees(OFFICER)[-1]
    assert passed_on.startswith(
        "系统不能在清溪食品冷链仓库项目帮办群发言，请把下面的内容转到群里：\n@周敏 **【问题1答复】**"
    )


def test_nothing_is_compared_on_a_day_off(talk: Talk) -> None:
    talk.time_is("2026-09-18T10:00:00")
    talk.sees(OFFICER)
    _change(talk, GROUP, name="岭南厂房群")
    talk.time_is("2026-09-19T10:00:00")
    assert talk.sees(OFFICER) == []
    talk.time_is("2026-09-20T10:00:00")
    assert any("群名改为：岭南厂房群" in text for text in talk.sees(OFFICER))


def _change(talk: Talk, chat: str, **what: object) -> None:
    talk.platform.ask("/sandbox/members", {"chat": chat, **what})
