"""Progress told by those who make it: one line, at once, with both dates, and a way back."""

from __future__ import annotations

import pytest

from domain.items import ItemState
from tests.talk import (
    CHIEF,
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)

OF_ANOTHER_DEPARTMENT = "zeng.fangang"
WATER = "deng.shaowen"
BOOKING = "施工许可 审查中"


def state(talk: Talk, item: str, code: str = "YX-2026-001") -> ItemState:
    with talk.parts.store.reading() as tx:
        project = tx.projects.by_code(code)
        assert project
        cases = [one.id for one in tx.cases.of_project(project.id)]
        return next(i for items in tx.cases.items(cases).values() for i in items if i.item_id == item).state


def test_one_line_says_how_it_stands_and_the_answer_has_both_dates(talk: Talk) -> None:
    answer = talk.says(REPRESENTATIVE, BOOKING)
    assert answer.splitlines() == [
        "岭南新材料厂房·**施工许可**：已登记“审查中”（9月15日）。",
        "承诺：3个工作日，9月16日（周三）前（外地参考时限，以本地公布为准）",
        "法定：7日，9月18日（周五）前",
        "登记有误请在30分钟内发送“撤销”。",
    ]
    assert state(talk, "sg_xuke") is ItemState.IN_REVIEW


def test_the_code_and_a_day_may_stand_with_it(talk: Talk) -> None:
    answer = talk.says(REPRESENTATIVE, "YX-2026-001 施工许可 9月14日审查中", "app")
    assert "已登记“审查中”（9月14日）" in answer


@pytest.mark.parametrize("who", [OFFICER, "luo.yan"])
def test_the_service_officer_and_a_colleague_may_as_well(talk: Talk, who: str) -> None:
    talk.says(who, "YX-2026-001 施工许可 审查中", "app")
    assert state(talk, "sg_xuke") is ItemState.IN_REVIEW


@pytest.mark.parametrize("who", [OF_ANOTHER_DEPARTMENT, CHIEF, SUPERVISOR])
def test_nobody_else_records_it(talk: Talk, who: str) -> None:
    before = talk.stored()
    talk.says(who, "YX-2026-001 施工许可 办结 云建许2026088号", "app")
    assert state(talk, "sg_xuke") is ItemState.ACCEPTED
    assert talk.stored() == before


def test_an_enterprise_saying_so_records_nothing(talk: Talk) -> None:
    before = talk.stored()
    talk.says(CONTACT, "施工许可 已受理")
    assert talk.stored() == before


def test_of_another_projects_item_nothing_is_learned(talk: Talk) -> None:
    before = talk.stored()
    answer = talk.says("qiu.qing", "YX-2026-002 排水许可 受理", "app")
    assert answer == "没有找到您可以查看的项目YX-2026-002，请核对项目编号，或联系该项目的服务专员。"
    assert talk.says("qiu.qing", "排水许可 补正：缺图", "app").startswith("没有找到这个事项")
    assert talk.stored() == before


def test_in_a_single_chat_the_only_project_with_this_item_under_way_is_meant(talk: Talk) -> None:
    assert talk.says(WATER, "排水许可 补正完成", "app").startswith(
        "清溪食品冷链仓库·排水许可：已登记“已补正”"
    )


def test_with_several_projects_the_number_picks_one(talk: Talk) -> None:
    assert talk.says("su.gangsheng", "用水报装 收件", "app").startswith(
        "是哪个项目的？请回复数字：\n1. 岭南新材料"
    )
    assert talk.says("su.gangsheng", "2", "app").startswith("清溪食品冷链仓库·用水报装：已登记“已收件”")
    assert state(talk, "yongshui", "YX-2026-002") is ItemState.RECEIVED
    assert state(talk, "yongshui") is ItemState.PLANNED


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("施工许可 补正", "请写明要补什么"),
        ("施工许可 不予许可", "请写明不予许可的原因"),
        ("施工许可 办结", "请写明批文或证书编号"),
        ("施工许可 特别程序", "请写明特别程序的名称或天数"),
        ("施工许可 受理", "该事项已经是“已受理”，不用重复登记。"),
        ("施工许可 9月20日审查中", "日期不能晚于今天"),
        ("施工许可 9月1日审查中", "日期早于上一次登记（9月11日）"),
        ("施工许可 13月40日审查中", "日期不对"),
        ("施工许可 不予受理 不属职权", "不能直接登记为“不予受理”"),
        ("施工许可 提交", "提交申报由该项目的服务专员登记"),
    ],
)
def test_what_is_wrong_changes_nothing(talk: Talk, said: str, answer: str) -> None:
    before = talk.stored()
    assert answer in talk.says(REPRESENTATIVE, said)
    assert state(talk, "sg_xuke") is ItemState.ACCEPTED
    assert talk.stored() == before


@pytest.mark.parametrize("said", ["施工许可受理了吗", "施工许可 办结了没", "施工许可什么时候办结？"])
def test_a_question_is_not_an_order(talk: Talk, said: str) -> None:
    before = talk.stored()
    assert "施工许可" in talk.says(REPRESENTATIVE, said)
    assert talk.stored() == before


def test_completed_with_its_number_the_ledger_has_a_milestone(talk: Talk) -> None:
    assert "已登记“已办结”" in talk.says(REPRESENTATIVE, "施工许可 办结 编号440299202609150101")
    assert "文号440299202609150101" in talk.says(CONTACT, "施工许可进度")
    with talk.parts.store.reading() as tx:
        entry = tx.ledger.of_project(1)[-1]
    assert (entry.summary, entry.milestone, entry.recorded_by) == ("施工许可已办结", "办结", "黄志坚")


def test_a_special_procedure_has_its_days_and_stops_the_clock(talk: Talk) -> None:
    answer = talk.says("wu.shiting", "环评报告表 特别程序 专家评审 15个工作日")
    assert "特别程序中，计时从当天起暂停。" in answer


# ---------------------------------------------------------------- told


def test_the_group_is_told_once_per_half_day_the_later_state_wins(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, BOOKING)
    talk.says("zeng.fangang", "节能审查 办结 云发改能审〔2026〕9号")
    talk.says(REPRESENTATIVE, "施工许可 办结 440299202609150101")
    talk.sees(CONTACT, GROUP)
    talk.time_is("2026-09-15T11:39:00")
    assert talk.sees(CONTACT, GROUP) == []
    talk.time_is("2026-09-15T11:41:00")
    assert [text.splitlines() for text in talk.sees(CONTACT, GROUP)] == [
        [
            "**进度更新**（9月15日上午）",
            "- 节能审查：已办结（9月15日，发改局曾凡刚），文号云发改能审〔2026〕9号",
            "- 施工许可：已办结（9月15日，住建局黄志坚），文号440299202609150101",
        ]
    ]
    talk.time_is("2026-09-15T12:30:00")
    talk.time_is("2026-09-15T17:11:00")
    assert talk.sees(CONTACT, GROUP) == []


def test_nothing_is_posted_on_a_day_off(talk: Talk) -> None:
    talk.time_is("2026-09-18T17:20:00")
    talk.says(REPRESENTATIVE, BOOKING)
    talk.sees(CONTACT, GROUP)
    talk.time_is("2026-09-19T11:41:00")
    assert talk.sees(CONTACT, GROUP) == []
    talk.time_is("2026-09-20T11:41:00")
    assert "- 施工许可：审查中（9月18日，住建局黄志坚）" in talk.sees(CONTACT, GROUP)[0]


def test_a_correction_is_told_to_the_contact_at_once_and_not_in_the_group(talk: Talk) -> None:
    answer = talk.says(REPRESENTATIVE, "施工许可 补正：缺图审合格书，请9月20日前补")
    assert "待补正，计时从当天起暂停。" in answer
    assert talk.sees(CONTACT) == [
        "岭南新材料年产3万吨改性塑料厂房·**施工许可**：住建局9月15日告知需要补正。\n"
        "内容：缺图审合格书，请9月20日前补\n"
        "补正不是退件。补好后请引用文件并写上事项和材料名称发给我，由服务专员李娜核对。"
    ]
    assert talk.sees(OFFICER) == [
        "岭南新材料厂房·施工许可：黄志坚登记“待补正”（9月15日）：缺图审合格书，请9月20日前补"
    ]
    assert talk.sees(SIGNATORY) == []
    talk.time_is("2026-09-15T11:41:00")
    assert talk.sees(CONTACT, GROUP)[-1].endswith("- 施工许可：待补正（9月15日，住建局黄志坚），计时暂停")


def test_a_second_correction_is_a_defect_for_officer_and_supervisor(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, "施工许可 补正：缺图审合格书")
    talk.says(REPRESENTATIVE, "施工许可 补正完成")
    talk.sees(SUPERVISOR)
    talk.says(REPRESENTATIVE, "施工许可 审查中")
    talk.says(REPRESENTATIVE, "施工许可 补正：还缺资金承诺书")
    told = talk.sees(SUPERVISOR)
    assert told[0].startswith("**一次性告知之后又提出补充要求**（编号1）\n项目：岭南新材料")
    assert "内容：还缺资金承诺书" in told[0]
    assert "清单外 1 属实" in talk.sees(OFFICER)[-1]


# ---------------------------------------------------------------- taken back


def test_taken_back_in_time_the_group_hears_nothing(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, BOOKING)
    assert talk.says(REPRESENTATIVE, "撤销") == (
        "岭南新材料厂房·**施工许可**：“审查中”已撤销，恢复为“已受理”。"
    )
    talk.sees(CONTACT, GROUP)
    talk.time_is("2026-09-15T11:41:00")
    assert talk.sees(CONTACT, GROUP) == []
    assert state(talk, "sg_xuke") is ItemState.ACCEPTED


def test_taken_back_after_the_post_a_correction_follows(talk: Talk) -> None:
    talk.time_is("2026-09-15T11:35:00")
    talk.says(REPRESENTATIVE, BOOKING)
    talk.time_is("2026-09-15T11:41:00")
    talk.sees(CONTACT, GROUP)
    assert "另发更正" in talk.says(REPRESENTATIVE, "撤销", "app")
    assert talk.sees(CONTACT, GROUP) == [
        "**【更正】**施工许可此前登记的“审查中”由黄志坚撤销，现为“已受理”，以本条为准。"
    ]


def test_after_half_an_hour_it_is_too_late(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, BOOKING)
    talk.time_is("2026-09-15T10:05:00")
    before = talk.stored()
    assert talk.says(REPRESENTATIVE, "撤销").startswith("没有可以撤销的登记：只能撤销本人30分钟内登记的")
    assert talk.stored() == before


def test_only_ones_own_is_taken_back(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, BOOKING)
    assert talk.says("luo.yan", "撤销", "app").startswith("没有可以撤销的登记")
    assert state(talk, "sg_xuke") is ItemState.IN_REVIEW


def test_what_was_recorded_upon_it_stays(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, BOOKING)
    talk.says("luo.yan", "YX-2026-001 施工许可 办结 440299202609150101", "app")
    assert "此后又有新的登记" in talk.says(REPRESENTATIVE, "撤销")
    assert state(talk, "sg_xuke") is ItemState.COMPLETED


def test_a_correction_taken_back_is_taken_back_with_the_contact_too_and_leaves_no_notice(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, "施工许可 补正：缺图审合格书")
    talk.says(REPRESENTATIVE, "撤销")
    assert talk.sees(CONTACT)[-1] == (
        "更正：岭南新材料年产3万吨改性塑料厂房·施工许可此前登记的“待补正”由黄志坚撤销，请以此为准。"
    )
    talk.says(REPRESENTATIVE, "施工许可 补正：缺图审合格书")
    assert talk.sees(SUPERVISOR) == []


# ---------------------------------------------------------------- the service suspended


def _case(talk: Talk, status: str, level: str = "act_for") -> None:
    with talk.parts.store.transaction() as tx:
        tx._connection.exec_driver_sql(
            f"UPDATE cases SET status = '{status}', level = '{level}' WHERE id = 1"
        )


def test_the_departments_progress_goes_on_while_we_are_suspended(talk: Talk) -> None:
    _case(talk, "suspended")
    assert "已登记“审查中”" in talk.says(REPRESENTATIVE, BOOKING)


@pytest.mark.parametrize(("status", "words"), [("suspended", "已中止"), ("signing", "待签委托协议")])
def test_we_hand_nothing_in_then(talk: Talk, status: str, words: str) -> None:
    _case(talk, status)
    before = talk.stored()
    assert words in talk.says(OFFICER, "提交 垃圾方案")
    assert talk.stored() == before


def test_without_a_confirmed_plan_nothing_is_handed_in_for_full_service(talk: Talk) -> None:
    _case(talk, "active", "full")
    assert "包办项目要先由双方确认办理计划" in talk.says(OFFICER, "提交 垃圾方案")


# ---------------------------------------------------------------- green channel


def test_a_green_channel_by_the_officer_only(talk: Talk) -> None:
    before = talk.stored()
    assert "由该项目的服务专员办理" in talk.says(REPRESENTATIVE, "绿色通道 YX-2026-001", "app")
    assert talk.stored() == before
    assert "已开通绿色通道（李娜批准）" in talk.says(OFFICER, "绿色通道 YX-2026-001", "app")
    assert "已由李娜开通绿色通道" in talk.says(OFFICER, "绿色通道 YX-2026-001", "app")
    assert "已取消" in talk.says(OFFICER, "取消绿色通道 YX-2026-001", "app")


def test_in_a_group_only_its_own_items(talk: Talk) -> None:
    before = talk.stored()
    talk.says(REPRESENTATIVE, "YX-2026-001 施工许可 审查中", OTHER_GROUP)
    assert state(talk, "sg_xuke") is ItemState.ACCEPTED
    assert talk.stored() == before


def test_a_green_channel_stands_first_in_the_list(talk: Talk) -> None:
    before = [
        line for line in talk.says(OFFICER, "待办", "app").splitlines() if line.startswith(("🔴", "🟡"))
    ]
    last = next(code for code, name in CODES.items() if name in before[-1])
    talk.says(OFFICER, f"绿色通道 {last}", "app")
    after = [line for line in talk.says(OFFICER, "待办", "app").splitlines() if line.startswith(("🔴", "🟡"))]
    assert CODES[last] in after[0]
    assert sorted(after) == sorted(before)


CODES = {"YX-2026-001": "岭南新材料", "YX-2026-002": "清溪食品", "YX-2026-003": "", "YX-2026-004": ""}


def test_an_item_of_several_departments_names_who_leads(talk: Talk) -> None:
    assert "牵头部门：" in talk.says(CONTACT, "联合验收进度")
    assert "；配合：" in talk.says(CONTACT, "联合验收进度")
