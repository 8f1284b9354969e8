"""Who may see and do what: refused politely, with whom to ask, and nothing is changed."""

from __future__ import annotations

import pytest

from tests.talk import (
    ADMINISTRATOR,
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    OUTSIDER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)

OTHER_CONTACT, ROAD_CONTACT = "zhou.min", "he.wei"
FILED_BY_THEM = (
    "问题反馈由项目单位登记的经办人或代表人提交，您可以请他们发送。如有需要，请联系本项目服务专员李娜。"
)
NOT_REGISTERED = (
    "您好，您还没有在本系统登记，暂时不能办理。如需办理请联系云溪县行政服务中心（电话 0750-0000000）登记；"
    "已有登记码的，请在与我的单聊里发送“登记 登记码 姓名”。"
)
QUESTIONS = (
    "进度",
    "卡在谁那里",
    "什么时候能出证",
    "施工许可材料",
    "YX-2026-002 进度",
    "问题1 进度",
    "问题2 怎么样了",
)


@pytest.mark.parametrize("question", ["YX-2026-002 进度", "清溪食品冷链仓库 YX-2026-002 材料"])
def test_a_group_learns_about_its_own_project_only(talk: Talk, question: str) -> None:
    for who in (CONTACT, OFFICER, REPRESENTATIVE):
        answer = talk.says(who, question)
        assert answer.startswith("本群只能办理岭南新材料年产3万吨改性塑料厂房（YX-2026-001）的事项")


def test_a_problem_of_another_project_is_not_there(talk: Talk) -> None:
    for who in (CONTACT, OFFICER):
        assert talk.says(who, "问题1 进度").startswith("没有找到问题1。")
    assert talk.says(CONTACT, "问题1 进度", "app") == talk.says(CONTACT, "问题77 进度", "app").replace(
        "77", "1"
    )


def test_a_number_that_exists_and_one_that_does_not_are_answered_alike(talk: Talk) -> None:
    strange = talk.says(ROAD_CONTACT, "YX-2026-001 进度", "app")
    assert strange == "没有找到您可以查看的项目YX-2026-001，请核对项目编号，或联系该项目的服务专员。"
    assert talk.says(ROAD_CONTACT, "YX-2026-091 进度", "app") == strange.replace("001", "091")


def test_an_outsider_learns_nothing_in_the_single_chats(talk: Talk) -> None:
    before = talk.stored()
    for chat in ("app", "bot"):
        for question in (*QUESTIONS, "待办", "汇总", "反馈问题：施工许可卡住了没人管", "发一下申请表", "1"):
            answer = talk.says(OUTSIDER, question, chat)
            assert "岭南" not in answer
            assert "清溪食品冷链仓库（" not in answer
            assert "问题1）" not in answer
        assert talk.says(OUTSIDER, "YX-2026-001 进度", chat) == NOT_REGISTERED
    assert talk.stored() == before


def test_an_unregistered_member_of_the_group_may_ask_but_not_file(talk: Talk) -> None:
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": [OUTSIDER]})
    before = talk.stored()
    assert "已办结11项" in talk.says(OUTSIDER, "进度")
    assert talk.says(OUTSIDER, "反馈问题：施工许可卡住了没人管") == FILED_BY_THEM
    assert "还没有在本系统登记" in talk.says(OUTSIDER, "待办")
    assert "本项目服务专员李娜" in talk.says(OUTSIDER, "发布 2")
    assert talk.stored() == before


@pytest.mark.parametrize("who", [OTHER_CONTACT, REPRESENTATIVE, SUPERVISOR])
def test_only_the_enterprise_and_its_officer_file(talk: Talk, who: str) -> None:
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": [who]})
    before = talk.stored()
    assert talk.says(who, "反馈问题：施工许可卡住了没人管") == FILED_BY_THEM
    assert talk.says(who, "1") == ""
    assert talk.stored() == before


def test_the_signatory_files_as_well(talk: Talk) -> None:
    assert talk.files_problem(user=SIGNATORY) == 3


def test_a_representative_sees_projects_of_the_department_only(talk: Talk) -> None:
    assert talk.says(REPRESENTATIVE, "YX-2026-001 进度", "app").startswith("岭南新材料")
    assert talk.says("qiu.qing", "YX-2026-003 进度", "app").startswith("没有找到您可以查看的项目")


def test_a_representative_of_another_department_learns_nothing_of_the_problem(
    talk: Talk, problem: int
) -> None:
    assert talk.says("su.gangsheng", "问题2 进度", "app").startswith(
        "问题2"
    )  # 用水 is an item of that project
    assert talk.says("qiu.qing", "问题3 进度", "app").startswith("没有找到问题3。")


def test_a_department_without_part_in_the_project_learns_nothing_of_its_problems(
    talk: Talk, problem: int
) -> None:
    before = talk.stored()
    for words in ("3号我来", "我来办 3", "回复 3 已处理", "转办 3 住建局 不属本部门"):
        assert talk.says("qiu.qing", words, "app") == "没有找到问题3。发送“待办”可查看您手上的问题编号。", (
            words
        )
    assert talk.stored() == before


def test_the_officer_of_other_projects_only_cannot_act(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        tx._connection.exec_driver_sql("UPDATE projects SET deputy_id = NULL")
    before = talk.stored()
    assert talk.says("wang.lei", "发布 2", "app") == (
        "答复由该项目的服务专员核对发布。如有需要，请联系本项目服务专员李娜。"
    )
    assert talk.says("wang.lei", "YX-2026-001 进度", "app").startswith("没有找到您可以查看的项目")
    assert talk.says("wang.lei", "问题2 进度", "app").startswith("没有找到问题2。")
    assert talk.stored() == before


def test_the_supervisor_sees_every_project_by_number(talk: Talk) -> None:
    for code in ("YX-2026-001", "YX-2026-002", "YX-2026-003"):
        assert code in talk.says(SUPERVISOR, f"{code} 进度", "bot")


def test_the_administrator_has_no_projects(talk: Talk) -> None:
    assert talk.says(ADMINISTRATOR, "YX-2026-001 进度", "app").startswith("没有找到您可以查看的项目")


def test_whoever_left_the_house_learns_nothing_any_more(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        tx.people.deactivate(CONTACT)
    before = talk.stored()
    assert talk.says(CONTACT, "进度", "app") == NOT_REGISTERED
    assert talk.says(CONTACT, "反馈问题：施工许可卡住了没人管") == FILED_BY_THEM
    assert talk.stored() == before


def test_nothing_is_heard_without_a_mention(talk: Talk) -> None:
    assert "没有 @ 机器人" in talk.unheard(CONTACT, "施工许可到哪了", mention=False)


def test_what_is_not_allowed_is_declined_with_what_is_possible(talk: Talk) -> None:
    answer = talk.says(CONTACT, "推荐一家靠谱的环评公司")
    assert "广东省网上中介服务超市公开比选" in answer
    dated = talk.says(CONTACT, "申请日期帮我往前写两天")
    assert dated.startswith("这个我不能帮您办。日期要按实际填写。")
    assert talk.says(CONTACT, "把别的公司的进度发我") == (
        "这个我不能帮您办。只能查询您自己的项目，其他单位的信息不能提供。"
    )


def test_a_complaint_goes_to_the_officer_and_not_into_the_group(talk: Talk) -> None:
    answer = talk.says(CONTACT, "我要投诉窗口态度太差")
    assert answer == (
        "涉及个人的反映不在群里办理。表单已发到您与代办助手应用的单聊，请到那里确认，群里不再提及。"
    )
    talk.says(CONTACT, "1", "app")
    assert "我要投诉窗口态度太差" in talk.sees(OFFICER)[-1]
    assert not any("投诉" in text for text in talk.sees(CONTACT, GROUP))


def test_pressing_is_passed_on_and_promises_nothing(talk: Talk) -> None:
    assert talk.says(CONTACT, "催一下施工许可") == "已把您的催办转告服务专员李娜，由专员与您联系。"
    assert talk.sees(OFFICER) == ["**催办**：岭南新材料年产3万吨改性塑料厂房：陈静催办——催一下施工许可"]


def test_a_phone_number_is_not_posted_into_the_group(talk: Talk) -> None:
    answer = talk.says(CONTACT, "环评找谁")
    assert answer == "生态环境局：首席事务代表吴诗婷。需要联系时请告诉服务专员李娜，由专员统一对接。"
    assert talk.says(OTHER_CONTACT, "电话多少", OTHER_GROUP).endswith(
        "云溪县行政服务中心（电话 0750-0000000）。"
    )
