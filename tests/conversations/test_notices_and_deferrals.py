"""Told once what is missing; asked for outside the list; deferred with a promise; promised to be so."""

from __future__ import annotations

import pytest

from domain.items import ItemState
from domain.materials import MaterialState
from tests.conversations.test_hand_in import PDF, material
from tests.conversations.test_item_progress import state
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, REPRESENTATIVE, SUPERVISOR, Talk, reminded

OTHER_CONTACT, WATER, PLANNER = "zhou.min", "deng.shaowen", "ye.zirong"
NOTICE = "一次性告知 施工许可 1.施工合同 印章不清 2.资金落实承诺书 法人未签字 9月25日前补齐"
DEFER = "容缺 放线验线 工规证附图 9月30日 承诺按期补齐"


# ---------------------------------------------------------------- 一次性告知


def test_everything_missing_is_told_once_as_a_list_with_a_day(talk: Talk) -> None:
    assert talk.says(REPRESENTATIVE, NOTICE) == (
        "施工许可的一次性告知已登记（2项），已单独告知项目单位并发到工作群。"
    )
    assert talk.sees(CONTACT, GROUP)[-1].splitlines() == [
        "@陈静  **【一次性告知】**施工许可（住建局）",
        "1. 施工企业确定材料(中标通知书/施工合同)：印章不清",
        "2. 建设资金落实承诺书：法人未签字",
        "请在9月25日（周五）前补齐。",
        "补正不是退件。补好后请引用文件并写上事项和材料名称发给我，由服务专员李娜核对。",
    ]
    assert talk.sees(CONTACT)[0].startswith("岭南新材料年产3万吨改性塑料厂房\n**【一次性告知】**施工许可")
    assert state(talk, "sg_xuke") is ItemState.CORRECTION
    one = material(talk, "建设资金落实承诺书", "sg_xuke")
    assert (one.state, one.reason) == (MaterialState.RETURNED, "法人未签字")
    assert talk.sees(SUPERVISOR) == []
    assert "建设资金落实承诺书——法人未签字" in talk.says(CONTACT, "施工许可要补正什么")


def test_a_name_outside_the_list_is_kept_as_such_and_reported(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, "一次性告知 施工许可 1.村委会证明 未提供 9月25日前")
    one = material(talk, "村委会证明", "sg_xuke")
    assert (one.listed, one.state) == (False, MaterialState.RETURNED)
    assert talk.sees(OFFICER)[-1].startswith("**一次性告知中有清单外材料**（编号1）")
    assert talk.sees(SUPERVISOR)[-1].startswith("**一次性告知中有清单外材料**（编号1）")
    assert "清单外" in talk.says(CONTACT, "施工许可材料")


def test_a_second_notice_is_a_defect_said_politely(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, NOTICE)
    talk.says(REPRESENTATIVE, "施工许可 补正完成")
    answer = talk.says(REPRESENTATIVE, "一次性告知 施工许可 1.农民工工资专用账户 缺开户证明 9月28日前")
    assert "此前已一次性告知过" in answer
    assert talk.sees(SUPERVISOR)[0].startswith("**一次性告知之后又提出补充要求**（编号1）")
    with talk.parts.store.reading() as tx:
        item = next(i for i in tx.cases.items([1])[1] if i.item_id == "sg_xuke")
        assert [n.extra for n in tx.materials.notices([item.id])[item.id]] == [False, True]


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        (REPRESENTATIVE, "一次性告知 施工许可", "请一次写全要补的材料"),
        (REPRESENTATIVE, "一次性告知 施工许可 1.施工合同 印章不清 9月1日前", "补正日期应是今天以后"),
        ("zeng.fangang", NOTICE, "材料由服务专员和责任部门代表审核"),
        (REPRESENTATIVE, "一次性告知 质安监 1.登记表 缺章 9月25日前", "已办结"),
    ],
)
def test_a_notice_that_cannot_be_changes_nothing(talk: Talk, who: str, said: str, answer: str) -> None:
    before = talk.stored()
    assert answer in talk.says(who, said)
    assert talk.stored() == before


def test_a_notice_with_a_list_is_not_undone(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, NOTICE)
    before = talk.stored()
    assert talk.says(REPRESENTATIVE, "撤销").startswith("一次性告知已经转告项目单位，不能撤销")
    assert talk.stored() == before


def test_the_contact_is_reminded_before_the_day_of_the_notice(talk: Talk) -> None:
    talk.says(REPRESENTATIVE, NOTICE)
    talk.sees(CONTACT)
    talk.time_is("2026-09-23T09:30:00")
    assert not [t for t in talk.sees(CONTACT) if "补正材料" in t]
    talk.time_is("2026-09-24T09:30:00")
    talk.time_is("2026-09-24T10:30:00")
    assert [t for t in reminded(talk.sees(CONTACT)) if "补正材料" in t] == [
        "提醒：岭南新材料年产3万吨改性塑料厂房·施工许可的补正材料请在9月25日（周五）前补齐，引用文件并写上事项和材料名称发给我即可。"
    ]


# ---------------------------------------------------------------- outside the list


def test_reported_by_the_enterprise_officer_and_supervisor_learn_the_group_does_not(talk: Talk) -> None:
    answer = talk.says(CONTACT, "被要求清单外材料 施工许可 村委会盖章", "app")
    assert answer.startswith("已登记（编号1），不在群内公开，已转服务专员李娜和督办人员核实")
    assert talk.sees(SUPERVISOR) == [
        "**项目单位反映被要求清单外材料**（编号1）\n项目：岭南新材料年产3万吨改性塑料厂房（YX-2026-001）\n"
        "事项：施工许可（住建局）\n内容：村委会盖章\n"
        "已留痕；请核实是否属于清单以内、能否一次告知，结果由服务专员答复项目单位。"
    ]
    assert talk.sees(CONTACT, GROUP) == []
    assert talk.says(OFFICER, "清单外 1 属实 窗口已改正", "app").startswith("编号1已登记为“属实”")
    assert "核实结果：属实。窗口已改正。不需要提交" in talk.sees(CONTACT)[-1]
    assert talk.says(OFFICER, "清单外 1 属实 窗口已改正", "app") == "编号1已经答复过，不用重复登记。"


@pytest.mark.parametrize("said", ["清单外 1", "清单外 1 属实", "清单外 属实 已改正"])
def test_an_answer_needs_number_verdict_and_words(talk: Talk, said: str) -> None:
    talk.says(CONTACT, "被要求清单外材料 施工许可 村委会盖章", "app")
    before = talk.stored()
    assert talk.says(OFFICER, said, "app").startswith("请写明编号、结论和说明")
    assert talk.stored() == before


def test_only_the_service_officer_answers_it_and_others_learn_nothing(talk: Talk) -> None:
    talk.says(CONTACT, "被要求清单外材料 施工许可 村委会盖章", "app")
    before = talk.stored()
    assert "由该项目的服务专员办理" in talk.says(REPRESENTATIVE, "清单外 1 有依据 内部规定", "app")
    assert talk.says("qiu.qing", "清单外 1 有依据 内部规定", "app").startswith("没有找到编号1")
    assert talk.stored() == before


# ---------------------------------------------------------------- 容缺


@pytest.fixture
def survey(talk: Talk) -> None:
    """The other required paper is there."""
    talk.says(CONTACT, "放线验线 放线测量报告", quote={"file": PDF})
    for who in (CONTACT, OFFICER, PLANNER):
        talk.sees(who)


@pytest.mark.usefixtures("survey")
def test_where_the_catalogue_is_silent_only_the_department_grants(talk: Talk) -> None:
    assert talk.says(CONTACT, DEFER) == (
        "已登记容缺申请：放线验线《工规证附图》，承诺9月30日前补齐，已转叶梓荣答复，答复后单独告知您。"
    )
    assert "书面承诺：承诺按期补齐" in talk.sees(PLANNER)[-1]
    assert "已申请容缺，待答复" in talk.says(CONTACT, "放线验线材料")
    before = talk.stored()
    assert "须由自然资源局的代表答复" in talk.says(OFFICER, "同意容缺 放线验线 工规证附图")
    assert talk.stored() == before
    assert talk.says(PLANNER, "同意容缺 放线验线 工规证附图") == "已同意《工规证附图》容缺，已告知项目单位。"
    assert "同意《工规证附图》容缺，请在9月30日（周三）前补齐" in talk.sees(CONTACT)[-1]
    assert material(talk, "工规证附图").state is MaterialState.DEFERRED


@pytest.mark.usefixtures("survey")
def test_not_granted_has_a_reason(talk: Talk) -> None:
    talk.says(CONTACT, DEFER)
    assert talk.says(PLANNER, "不同意容缺 放线验线 工规证附图").startswith("请写明不同意的原因")
    talk.says(PLANNER, "不同意容缺 放线验线 工规证附图 属于主要材料")
    assert "不同意容缺。原因：属于主要材料" in talk.sees(CONTACT)[-1]
    one = material(talk, "工规证附图")
    assert (one.state, one.commitment) == (MaterialState.MISSING, "")


@pytest.mark.usefixtures("survey")
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("容缺 放线验线 工规证附图", "请写明补交日期和书面承诺"),
        ("容缺 放线验线 工规证附图 9月30日", "请写明补交日期和书面承诺"),
        ("容缺 放线验线 工规证附图 9月19日 承诺按期补齐", "补交日期应是今天以后的工作日"),
        ("容缺 放线验线 工规证附图 9月14日 承诺按期补齐", "补交日期应是今天以后的工作日"),
        ("容缺 放线验线 放线测量报告 9月30日 承诺按期补齐", "已收到、待审核"),
    ],
)
def test_asked_wrongly_nothing_is_changed(talk: Talk, said: str, answer: str) -> None:
    before = talk.stored()
    assert answer in talk.says(CONTACT, said)
    assert talk.stored() == before


def test_the_main_papers_must_be_there(talk: Talk) -> None:
    before = talk.stored()
    assert talk.says(CONTACT, DEFER).startswith("容缺须主要材料齐全：放线验线还缺放线测量报告。")
    assert talk.stored() == before


@pytest.mark.usefixtures("survey")
def test_chased_before_and_on_the_day_and_lapsed_after(talk: Talk) -> None:
    talk.says(CONTACT, DEFER)
    talk.says(PLANNER, "同意容缺 放线验线 工规证附图")
    heard: dict[str, list[str]] = {}
    for day in ("2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09"):
        talk.time_is(f"{day}T09:30:00")
        talk.time_is(f"{day}T10:30:00")
        heard[day] = [t for t in talk.sees(CONTACT) if "工规证附图" in t]
    assert [len(heard[day]) for day in heard] == [1, 1, 1, 1, 0]  # the grant is read on the first day
    assert heard["2026-09-29"][0].startswith("提醒：")
    assert "到期未收到，容缺已失效" in heard["2026-10-08"][0]
    assert [t for t in talk.sees(OFFICER) if "容缺已失效" in t and "工规证附图" in t]
    assert [t for t in talk.sees(PLANNER) if "容缺已失效" in t]
    assert material(talk, "工规证附图").state is MaterialState.LAPSED


@pytest.mark.usefixtures("survey")
def test_brought_in_time_nothing_is_chased(talk: Talk) -> None:
    talk.says(CONTACT, DEFER)
    talk.says(PLANNER, "同意容缺 放线验线 工规证附图")
    talk.says(CONTACT, "放线验线 工规证附图", quote={"file": PDF})
    talk.sees(CONTACT)
    talk.time_is("2026-09-29T09:30:00")
    assert not [t for t in talk.sees(CONTACT) if "工规证附图" in t]


def test_what_the_catalogue_excludes_is_never_deferred_and_policy_is_still_a_question(talk: Talk) -> None:
    before = talk.stored()
    assert "※ 以上回复内容，仅作为咨询服务意见" in talk.says(CONTACT, "容缺是什么政策")
    assert talk.stored() == before


# ---------------------------------------------------------------- 告知承诺


def test_a_commitment_is_kept_with_its_check(talk: Talk) -> None:
    answer = talk.says(OTHER_CONTACT, "告知承诺 排水许可 已知悉排放标准并承诺符合", OTHER_GROUP)
    assert answer.startswith("排水许可的告知承诺已登记")
    with talk.parts.store.reading() as tx:
        entry = tx.ledger.of_project(2)[-1]
        item = next(i for i in tx.cases.items([2])[2] if i.item_id == "paishui_xuke")
    assert entry.next_step == "办结后核查承诺履行情况"
    assert item.commitment == "已知悉排放标准并承诺符合"
    assert "已知悉排放标准并承诺符合" in talk.sees(WATER)[-1]
    assert talk.says(OTHER_CONTACT, "告知承诺 排水许可", OTHER_GROUP).startswith("请写明承诺内容")
