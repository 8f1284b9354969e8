"""待办, 汇总, 帮助: each role its own."""

from __future__ import annotations

import pytest

from tests.talk import (
    ADMINISTRATOR,
    CHIEF,
    CONTACT,
    LEADER,
    OFFICER,
    OTHER_GROUP,
    OUTSIDER,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)


def test_the_enterprise_sees_what_it_has_to_bring(talk: Talk) -> None:
    assert talk.says("zhou.min", "待办", OTHER_GROUP).splitlines() == [
        "**清溪食品冷链仓库**需要贵单位办理：",
        "排水许可（待补正）还缺1份：水质水量检测/预测报告",
        "排水许可（待补正）退回1份，请修改后重交：内部排水管网、检测井、排放口图…",
        "招标还缺1份：中标通知书或直接发包手续",
        "质安监还缺3份：质量安全监督登记表、安全施工措施资料、五方责任主体项目负责人承诺书",
    ]


def test_the_enterprise_sees_answers_that_wait_for_it(talk: Talk) -> None:
    talk.says(OFFICER, "立即发送 2", "app")
    assert "问题2已答复，请回复“问题2 已解决”或“问题2 未解决 原因”" in talk.says("zhou.min", "待办", "app")


def test_the_representative_sees_problems_and_items_of_the_department(talk: Talk, problem: int) -> None:
    assert talk.says(REPRESENTATIVE, "待办", "app").splitlines() == [
        "等您办理：问题1个，临期或超期事项1项",
        "问题3（待接办，9月21日（周一）17:30前）施工许可窗口要求补交村委会盖章，清单上没有这一条",
        "🟡 岭南新材料厂房·施工许可：已受理，已用2个工作日，还剩1个工作日",
        "接办请回复“我来办 3”，答复请回复“回复 3 内容”。",
    ]


def test_the_officer_sees_what_a_department_left_unanswered(talk: Talk) -> None:
    talk.platform.set_clock("2026-09-16T09:00:00")
    talk.parts.clock._asked = 0.0
    answer = talk.says(OFFICER, "待办", "app")
    assert "🔴 问题1（部门逾期未答复）园区门口的污水井说不归他们管" in answer


def test_what_is_taken_already_needs_no_taking(talk: Talk) -> None:
    assert talk.says("deng.shaowen", "待办", "app").splitlines()[-1] == "答复请回复“回复 1 内容”。"


def test_the_officer_sees_what_is_to_be_sorted_and_released(talk: Talk) -> None:
    talk.files_problem("反馈问题：门口的路灯坏了半个月一直没人管")
    assert talk.says(OFFICER, "待办", "app").splitlines() == [
        "等您处理：问题2个，临期或超期事项2项，待审核材料3份",
        "问题2（待发布答复）窗口说要先去村委盖章才收施工许可资料，指南上没有这一条",
        "问题3（待分派）门口的路灯坏了半个月一直没人管",
        "🟡 岭南新材料厂房·施工许可：已受理，已用2个工作日，还剩1个工作日",
        "🔴 岭南新材料厂房·环评报告表：审查中，已用13日，超期6日",
        "📥 岭南新材料厂房·施工许可1份、岭南新材料厂房·高压用电报装1份、云溪大道改造·用地预审与选址1份待审核，看清单发送“施工许可材料”。",
        "发布请回复“发布 2”。分派请回复“转办 3 部门 原因”。",
    ]


def test_a_long_list_is_cut_by_lines_and_says_so(talk: Talk) -> None:
    for n in range(8):
        talk.files_problem(f"反馈问题：施工许可第{n}项资料窗口不收")
    answer = talk.says(REPRESENTATIVE, "待办", "app")
    assert answer.startswith("等您办理：问题8个")
    assert "……另有2个问题" in answer
    assert answer.endswith("答复请回复“回复 3 内容”。")


def test_the_supervisor_reads_red_before_yellow_in_ten_lines(talk: Talk) -> None:
    assert talk.says(SUPERVISOR, "汇总", "app").splitlines() == [
        "在办项目4个：超期1项，临期1项，逾期未答复问题0个",
        "🔴 岭南新材料厂房·环评报告表（生态环境局）超期6日（9月9日到期）",
        "🟡 岭南新材料厂房·施工许可（住建局）还剩1个工作日（9月16日到期）",
    ]
    assert talk.says(SUPERVISOR, "待办", "app") == talk.says(SUPERVISOR, "汇总", "app")


@pytest.mark.parametrize("who", [CHIEF, LEADER])
def test_a_departments_head_sees_the_department(talk: Talk, who: str) -> None:
    answer = talk.says(who, "汇总", "app")
    assert answer.startswith("本部门在办项目2个：超期0项，临期1项")
    assert "施工许可" in answer
    assert "环评" not in answer


def test_the_officers_figures_are_of_the_own_projects(talk: Talk) -> None:
    assert talk.says(OFFICER, "汇总", "app").startswith("您负责的在办项目4个：超期1项，临期1项")


@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE])
def test_the_figures_are_not_for_everybody(talk: Talk, who: str) -> None:
    assert talk.says(who, "汇总", "app").startswith("汇总供督办人员、部门负责人和服务专员查看")


def test_nothing_to_do_is_said(talk: Talk) -> None:
    assert talk.says("qiu.qing", "待办", "app") == "目前没有需要您处理的事项。"


@pytest.mark.parametrize(
    ("who", "has", "has_not"),
    [
        (CONTACT, "反馈问题 + 情况", "发布 12"),
        (REPRESENTATIVE, "我来办 12 / 回复 12 内容", "绑定"),
        (OFFICER, "发布 12 / 退回 12 原因 / 立即发送 12 / 撤销 12", "我来办"),
        (SUPERVISOR, "汇总 —— 在办项目和红黄灯", "反馈问题"),
        (LEADER, "待办 / 汇总 —— 本部门逾期的问题和红黄灯事项", "反馈问题"),
        (CHIEF, "我来办 12", "绑定"),
        (OUTSIDER, "向服务专员要登记码", "进度"),
        (ADMINISTRATOR, "您还没有登记", "发布"),
    ],
)
def test_help_lists_what_this_role_can_do(talk: Talk, who: str, has: str, has_not: str) -> None:
    answer = talk.says(who, "帮助", "app")
    assert has in answer
    assert has_not not in answer


def test_every_example_of_the_help_is_understood(talk: Talk) -> None:
    for example in (
        "进度",
        "施工许可进度",
        "卡在谁那里",
        "什么时候能出证",
        "施工许可材料",
        "发一下申请表",
        "待办",
    ):
        assert "没有完全听懂" not in talk.says(CONTACT, example), example


def test_help_about_one_topic_lists_what_belongs_to_it(talk: Talk) -> None:
    assert "更多请发送：帮助 申请" in talk.says(CONTACT, "帮助", "app")
    said = talk.says(CONTACT, "帮助 材料", "app")
    assert said.startswith("材料：")
    assert "被要求清单外材料" in said
    assert talk.says(OFFICER, "帮助 申请").startswith("**申请：**")
