"""The plan: proposed from facts, shown with its days and doubts, changed by the officer, never guessed."""

from __future__ import annotations

import pytest

from domain.case import Case
from domain.items import CaseItem
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk

SEWAGE = "deng.shaowen"
FACTS = "补充信息 是否民用建筑：部分；防空地下室建设方式：自建"


def items(talk: Talk, code: str = "YX-2026-001") -> dict[str, CaseItem]:
    with talk.parts.store.reading() as tx:
        project = tx.projects.by_code(code)
        assert project is not None
        case: Case = tx.cases.open_of_project(project.id)[-1]
        return {item.item_id: item for item in tx.cases.items([case.id])[case.id]}


def facts(talk: Talk, code: str = "YX-2026-001") -> dict[str, object]:
    with talk.parts.store.reading() as tx:
        project = tx.projects.by_code(code)
        assert project is not None
        return dict(project.facts)


# ------------------------------------------------------------ shown


def test_the_plan_says_what_comes_next_and_when(talk: Talk) -> None:
    said = talk.says(CONTACT, "计划").splitlines()
    assert said[0] == "**岭南新材料厂房办理计划**（YX-2026-001）"
    assert said[1].startswith("已办结11项，办理中4项，待办7项。")
    assert said[2] == "1. 建筑垃圾方案备案：9月21日报，9月24日前办结（估算）"
    assert "7. 房产证：2028年2月10日报，2月16日前办结*" in said
    assert "※ 带*的年份放假安排未公布，暂按周一至周五推算。" in said


def test_the_plan_says_what_it_does_not_know_and_how_to_tell_it(talk: Talk) -> None:
    said = talk.says(CONTACT, "计划")
    assert "需补充（共12项，未补充前不列入计划）：" in said
    assert "· 是否民用建筑 → 决定是否办理人防报建、人防易地建设、人防验收备案" in said
    assert "补充请发送：补充信息 YX-2026-001 涉及情况：涉路" in said


def test_the_plan_is_held_against_the_facts(talk: Talk) -> None:
    said = talk.says(OFFICER, "计划 YX-2026-001", "app")
    assert "与计划相比落后：环评报告表应9月9日办结，已过4个工作日。" in said
    assert "节点：早立项 5月25日；还没有达到：早注册、早开工、早投产。" in said
    assert "（参考：韶关2021目标42个工作日）" in said


def test_no_sum_is_told_to_a_group(talk: Talk) -> None:
    talk.says(CONTACT, "计划")
    talk.says(OFFICER, "更新计划")
    assert "12800" not in "".join([*talk.heard, *talk.sees(CONTACT, GROUP)])


@pytest.mark.parametrize(
    "order", ["计划 YX-2026-001", "更新计划 YX-2026-001", f"{FACTS[:4]} YX-2026-001 环评类别：报告表"]
)
def test_who_has_no_part_in_it_learns_nothing(talk: Talk, order: str) -> None:
    before = talk.stored()
    assert "岭南" not in talk.says("zhou.min", order, "app")
    assert "岭南" not in talk.says(OUTSIDER, order, "app")
    assert "岭南" not in talk.says("zhou.min", order, "yx2026002")
    assert talk.stored() == before


# ------------------------------------------------------------ facts


def test_facts_propose_a_change_that_the_officer_confirms(talk: Talk) -> None:
    said = talk.says(CONTACT, FACTS)
    assert said.startswith("已补充：是否民用建筑、防空地下室建设方式。")
    assert "加入人防报建（是否民用建筑：部分，防空地下室建设方式：自建）" in said
    assert "rf_baojian" not in items(talk)
    assert talk.sees(OFFICER)[-1].startswith("岭南新材料年产3万吨改性塑料厂房：陈静补充了是否民用建筑、")
    said = talk.says(OFFICER, "更新计划 YX-2026-001", "app")
    assert said.startswith("岭南新材料厂房：计划已更新，加入土地证、人防报建、")
    planned = items(talk)["rf_baojian"]
    assert planned.planned_submit is not None
    assert planned.planned_submit.isoformat() == "2026-09-18"
    assert (
        talk.says(OFFICER, "更新计划 YX-2026-001", "app") == "岭南新材料厂房：计划与项目信息一致，不用更新。"
    )


def test_a_fact_the_other_way_takes_out_what_was_not_begun(talk: Talk) -> None:
    talk.says(CONTACT, FACTS)
    talk.says(OFFICER, "更新计划")
    said = talk.says(CONTACT, "补充信息 是否民用建筑：否")
    assert "删去人防报建（不是应建防空地下室的民用建筑）" in said
    talk.says(OFFICER, "更新计划")
    assert "rf_baojian" not in items(talk)


def test_the_regional_assessment_of_the_park_takes_an_item_out_with_its_reason(talk: Talk) -> None:
    talk.says(OFFICER, "加事项 地灾压矿")
    talk.says(OFFICER, "补充信息 所在园区是否已完成区域评估：是")
    assert "dizai_yafu" in items(talk), "what a person put in stays"
    talk.says(OFFICER, "补充信息 YX-2026-002 所在园区是否已完成区域评估：否；涉及情况：涉路、河道", "app")
    assert "加入占道挖路（涉及情况：涉路、河道）" in talk.says(OFFICER, "计划 YX-2026-002", "app")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("补充信息", "请写明信息和内容"),
        ("补充信息 今天天气：好", "没有“今天天气”这一项信息，没有作任何改动"),
        ("补充信息 环评类别：大概是表吧", "“环评类别”请从报告书、报告表、登记表、不纳入环评管理中选一个"),
        ("补充信息 是否民用建筑：是；土石方量：很多", "“土石方量（立方米）”请只写数字"),
        ("补充信息 总投资：1.28亿", "“总投资（万元）”请只写数字"),
        ("补充信息 拟建成时间：明年", "“拟建成时间”请写日期"),
        ("补充信息 涉及情况：涉路、飞机", "“涉及情况”请从"),
    ],
)
def test_a_fact_that_does_not_fit_changes_nothing(talk: Talk, said: str, heard: str) -> None:
    before, known = talk.stored(), facts(talk)
    assert heard in talk.says(CONTACT, said)
    assert (talk.stored(), facts(talk)) == (before, known)


def test_a_number_with_its_own_unit_is_taken(talk: Talk) -> None:
    talk.says(CONTACT, "补充信息 土石方量：1,200方；用地面积：33400平方米")
    assert facts(talk)["earthwork"] == "1200"
    assert facts(talk)["land_area"] == "33400"


# ------------------------------------------------------------ the officer's changes


def test_an_item_is_added_with_its_checklist_and_once_only(talk: Talk) -> None:
    said = talk.says(OFFICER, "加事项 YX-2026-001 取水许可 用水报装", "app")
    assert said == "岭南新材料厂房：计划已加入取水许可。用水报装已在计划中。发送“计划 YX-2026-001”查看。"
    added = items(talk)["qushui"]
    with talk.parts.store.reading() as tx:
        assert tx.materials.of_items([added.id])[added.id]
    before = talk.stored()
    talk.says(OFFICER, "加事项 YX-2026-001 取水许可", "app")
    assert talk.stored() == before


def test_of_alternatives_only_one_stands_in_the_plan(talk: Talk) -> None:
    before = items(talk)
    said = talk.says(OFFICER, "加事项 环评报告书 取水许可")
    assert said.startswith("环评报告书与环评报告表只办其一，计划没有改动。")
    assert items(talk) == before


def test_an_item_is_dropped_with_a_reason_and_stays_out(talk: Talk) -> None:
    said = talk.says(OFFICER, "删事项 YX-2026-001 建筑垃圾方案备案 由施工单位另行办理", "app")
    assert said.startswith("岭南新材料厂房：计划已删去建筑垃圾方案备案（由施工单位另行办理）。")
    assert "laji_fangan" not in items(talk)
    talk.says(OFFICER, "更新计划 YX-2026-001", "app")
    assert "laji_fangan" not in items(talk)


@pytest.mark.parametrize(
    ("order", "heard"),
    [
        ("删事项 施工许可 不想办", "施工许可已经开始办理，不能这样改"),
        ("删事项 用水报装", "请写明事项和原因"),
        ("删事项 取水许可 用自来水", "计划里没有取水许可"),
        ("加事项 火箭发射", "没有找到“火箭发射”这个事项"),
        ("加事项", "请写明事项，例如"),
        ("加事项 验收", "有几项："),
        ("改期 用水报装 以后再说", "请写明事项和提交日期"),
        ("改期 用水报装 9月16日", "按计划最早9月18日提交；日期没有改"),
        ("改期 用水报装 10月1日", "10月1日不是工作日，可以写10月8日"),
        ("改期 施工许可 9月30日", "施工许可已经开始办理"),
        ("改期 联合验收 2027-01-04", "要等消防备案"),
        ("并联 用水报装", "并联至少要两个事项"),
        ("并联 用水报装 工规证", "工规证已经办完，不用并联"),
        ("并联 用水报装 取水许可", "计划里没有取水许可"),
    ],
)
def test_what_cannot_be_changed_is_said_and_nothing_is(talk: Talk, order: str, heard: str) -> None:
    before, was = talk.stored(), items(talk)
    assert heard in talk.says(OFFICER, order)
    assert talk.stored() == before
    assert items(talk) == was


def test_a_later_day_takes_along_what_comes_behind_it(talk: Talk) -> None:
    was = items(talk)
    talk.says(OFFICER, "改期 YX-2026-001 消防备案 2028-03-01", "app")
    now = items(talk)
    assert str(now["xf_beian"].planned_submit) == "2028-03-01"
    assert now["lianhe_yanshou"].planned_submit > was["lianhe_yanshou"].planned_submit  # type: ignore[operator]
    assert now["lianhe_yanshou"].planned_submit > now["xf_beian"].planned_done  # type: ignore[operator]
    assert now["yongshui"].planned_submit == was["yongshui"].planned_submit


@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE, SUPERVISOR])
@pytest.mark.parametrize(
    "order",
    [
        "加事项 取水许可",
        "删事项 用水报装 不用",
        "改期 用水报装 9月30日",
        "更新计划",
        "并联 用水报装 排水许可",
    ],
)
def test_nobody_but_the_officer_changes_it(talk: Talk, who: str, order: str) -> None:
    before, was = talk.stored(), items(talk)
    verb, _, rest = order.partition(" ")
    said = talk.says(who, f"{verb} YX-2026-001 {rest}".strip(), "app")
    assert said == "这项操作由该项目的服务专员办理。如有需要，请联系本项目服务专员李娜。"
    assert talk.stored() == before
    assert items(talk) == was


def test_the_deputy_may(talk: Talk) -> None:
    assert "计划已加入取水许可" in talk.says(OTHER_OFFICER, "加事项 YX-2026-001 取水许可", "app")


# ------------------------------------------------------------ packages, side by side, the menu


def test_a_package_is_put_in_as_one(talk: Talk) -> None:
    assert "· 水电气信报装：" in talk.says(OFFICER, "套餐")
    said = talk.says(OFFICER, "套餐 水电气信报装")
    assert "计划已加入用气报装、通信报装。用水报装、高压用电报装已在计划中。" in said
    now = items(talk)
    assert len({now[one].parallel_group for one in ("yongshui", "yongqi", "tongxin_baozhuang")}) == 1


def test_side_by_side_the_departments_are_asked_and_answer(talk: Talk) -> None:
    said = talk.says(OFFICER, "并联 排水许可 用水报装")
    assert said == "排水许可、用水报装列为并联甲组，同步办理。已请邓少文、苏港生提出意见。"
    assert talk.sees(SEWAGE)[-1].endswith(
        "发送：意见 YX-2026-001 排水许可 同意，或：意见 YX-2026-001 排水许可 不同意 说明"
    )
    said = talk.says(SEWAGE, "意见 YX-2026-001 排水许可 不同意 缺预处理设施图", "app")
    assert said == "已记录您对排水许可联合审批的意见：不同意，并转告服务专员李娜。"
    assert talk.sees(OFFICER)[-1].endswith("邓少文对排水许可联合审批的意见：不同意。缺预处理设施图")


def test_an_opinion_is_the_departments_own_and_a_no_has_a_reason(talk: Talk) -> None:
    before = talk.stored()
    said = talk.says(REPRESENTATIVE, "意见 YX-2026-001 排水许可 同意", "app")
    assert said == "排水许可的意见由该事项的部门代表提出。"
    assert "不同意请写明理由" in talk.says(SEWAGE, "意见 YX-2026-001 排水许可 不同意", "app")
    assert talk.stored() == before


def test_words_about_an_opinion_are_no_command(talk: Talk) -> None:
    assert "意见反馈表" in talk.says(CONTACT, "发一下意见反馈表")


def test_from_the_menu_only_what_was_picked_is_asked_for(talk: Talk) -> None:
    said = talk.says(CONTACT, "按需点单")
    assert "没有点的不会推送给您" in said
    assert "取水许可" in said
    assert "环评报告书" not in said, "an alternative to what is under way"
    was = items(talk)
    assert talk.says(CONTACT, "点单 取水许可 指导") == (
        "已点：取水许可、指导。服务专员李娜确认后列入计划，没有点的不推送。"
    )
    assert talk.sees(OFFICER)[-1].endswith(
        "点单：取水许可、指导。列入计划请发送：加事项 YX-2026-001 取水许可"
    )
    assert items(talk) == was


# ------------------------------------------------------------ states, length


def test_while_it_is_suspended_the_plan_is_read_and_not_changed(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        case = tx.cases.get(1, lock=True)
        assert case is not None
        tx.cases.save(case.suspend())
    before = talk.stored()
    assert "这项帮办代办服务已中止，现在不能这样操作" in talk.says(
        OFFICER, "加事项 YX-2026-001 取水许可", "app"
    )
    assert "这项帮办代办服务已中止" in talk.says(CONTACT, "补充信息 环评类别：报告表")
    assert talk.stored() == before
    assert "岭南新材料厂房办理计划" in talk.says(OFFICER, "计划 YX-2026-001", "app")


def test_the_longest_plan_arrives_whole(talk: Talk) -> None:
    everything = (
        "补充信息 YX-2026-001 涉及情况：涉路、绿地、树木、河道、文物、高压线；是否民用建筑：部分；"
        "防空地下室建设方式：自建；通信需求：光纤；用气需求量：20；是否外运余泥渣土：是"
    )
    said = talk.says(OFFICER, everything, "app")
    assert len(said.encode()) <= 2048
    talk.says(OFFICER, "更新计划 YX-2026-001", "app")
    said = talk.says(CONTACT, "计划")
    assert "项见“发指南”" in said
    assert len(said.encode()) <= 2048
