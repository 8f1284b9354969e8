"""Accepted or refused from the phone, entrusted by two signatures, changed by a new version, withdrawn in time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.case import Case, CaseStatus, ContactChannel, Scope, ServiceLevel
from domain.filled_forms import FilledForm, FormState
from tests.conversations.intake import PHONE, accepted, applied, code, form, invited, number
from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_OFFICER,
    OUTSIDER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)

NO = "YX-SQ-2026-0005"


def case(talk: Talk, no: str = NO) -> Case:
    with talk.parts.store.reading() as tx:
        found = tx.cases.by_no(no)
    assert found is not None
    return found


def paper(talk: Talk, key: str, no: str = NO) -> FilledForm:
    with talk.parts.store.reading() as tx:
        found = tx.forms.newest(case(talk, no).id, key)
    assert found is not None
    return found


def items(talk: Talk, no: str = NO) -> list[str]:
    with talk.parts.store.reading() as tx:
        found = tx.cases.items([case(talk, no).id])
    return [one.item_id for one in found.get(case(talk, no).id, [])]


def signed(talk: Talk, user: str = SIGNATORY) -> None:
    """A signatory comes, both sides sign."""
    given = code(talk.says(OFFICER, "发码 YX-2026-005 代表人", "app"))
    talk.says(user, f"登记 {given}", "app")
    no = paper(talk, "F13").no
    talk.says(user, f"签署 {no}", "app")
    talk.says(OFFICER, f"签署 {no}", "app")


# ---------------------------------------------------------------- accept


def test_accepted_by_words(talk: Talk) -> None:
    applied(talk)
    said = talk.says(OFFICER, f"受理 {NO}", "app")
    assert said.startswith(f"已受理{NO}，列入")
    assert said.endswith("受理单已发给项目单位。委托协议待双方签署。")
    assert case(talk).status is CaseStatus.SIGNING
    assert "sg_xuke" in items(talk)
    seen = talk.sees(OUTSIDER)
    assert "帮办代办受理单（YX-SL-2026-0001）.docx" in seen
    assert f"申请{NO}已受理，服务专员李娜。" in seen[-1]
    slip, application = paper(talk, "F14"), paper(talk, "F1")
    assert (slip.values["service"], slip.values["accepted_by"]) == ("代办", "李娜")
    assert application.values["decision"] == "受理"
    assert "施工许可" in application.values["involved_items"]


def test_accepted_by_card_and_every_card_shows_it(talk: Talk) -> None:
    applied(talk)
    key = f"case.accept:{case(talk).id}"
    update = talk.taps(OFFICER, key)
    assert update["TemplateCard"]["SubTitleText"] == "李娜已受理"
    assert case(talk).status is CaseStatus.SIGNING
    assert not any(key in str(card["buttons"]) for card in talk.cards(OFFICER))


def test_decided_twice_the_second_hears_who_and_when(talk: Talk) -> None:
    accepted(talk)
    before = talk.stored()
    said = talk.says(OFFICER, f"受理 {NO}", "app")
    assert said == f"申请{NO}已由李娜于9月15日受理，无需重复操作。"
    assert talk.says(OFFICER, f"不予受理 {NO} 1 超出范围", "app") == said
    assert talk.stored() == before


def test_the_deputy_may_decide(talk: Talk) -> None:
    applied(talk)
    talk.says(OFFICER, "B岗 YX-2026-005 王磊", "app")
    assert "已受理" in talk.says(OTHER_OFFICER, f"受理 {NO}", "app")


@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE, OTHER_OFFICER, "zeng.fangang"])
@pytest.mark.parametrize("order", ["受理", "不予受理", "经研究受理", "变更委托"])
def test_for_everybody_else_there_is_no_such_application(talk: Talk, who: str, order: str) -> None:
    applied(talk)
    before = talk.stored()
    said = talk.says(who, f"{order} {NO} 1 说明", "app")
    assert said == f"没有找到您可以办理的申请{NO}，请核对申请编号，例如：受理 YX-SQ-2026-0005。"
    assert talk.says(who, f"{order} YX-SQ-2026-0099 1 说明", "app") == said.replace("0005，", "0099，")
    assert talk.stored() == before
    assert case(talk).status is CaseStatus.APPLIED


@pytest.mark.parametrize("who", [OUTSIDER, SUPERVISOR])
def test_the_applicant_and_the_supervisor_do_not_decide(talk: Talk, who: str) -> None:
    applied(talk)
    before = talk.stored()
    assert talk.says(who, f"受理 {NO}", "app").startswith("这项操作由该项目的服务专员办理。")
    assert talk.stored() == before


def test_another_projects_group_hears_nothing(talk: Talk) -> None:
    applied(talk)
    before = talk.stored()
    assert talk.says(OFFICER, f"受理 {NO}", GROUP).startswith(f"没有找到您可以办理的申请{NO}")
    assert talk.stored() == before


def test_whoever_is_named_is_in_charge(talk: Talk) -> None:
    applied(talk)
    assert "没有找到叫“黄志坚”的服务专员" in talk.says(OFFICER, f"受理 {NO} 黄志坚", "app")
    assert case(talk).status is CaseStatus.APPLIED
    talk.says(OFFICER, f"受理 {NO} 王磊", "app")
    with talk.parts.store.reading() as tx:
        assert tx.people.get(tx.projects.get(case(talk).project_id).officer_id).userid == OTHER_OFFICER
    assert any("由您负责" in line for line in talk.sees(OTHER_OFFICER))
    assert "服务专员王磊" in talk.sees(OUTSIDER)[-1]


def test_help_without_an_entrustment_begins_at_once(talk: Talk) -> None:
    applied(talk, level="帮办")
    assert "委托协议" not in talk.says(OFFICER, f"受理 {NO}", "app")
    assert case(talk).status is CaseStatus.ACTIVE
    assert any("帮办服务即日开始" in line for line in talk.sees(OUTSIDER))


# ---------------------------------------------------------------- who may be served


def test_outside_the_rules_only_by_decision_with_a_note(talk: Talk) -> None:
    applied(talk, 项目类型="政府投资房屋建筑类", 资金来源="自筹资金")
    assert any("服务对象：暂不符合" in line for line in talk.sees(OFFICER))
    before = talk.stored()
    said = talk.says(OFFICER, f"受理 {NO}", "app")
    assert said.startswith(f"{NO}暂不符合服务范围：政府投资项目但资金来源不是财政资金。")
    assert talk.says(OFFICER, f"经研究受理 {NO}", "app").startswith("请写明研究情况")
    assert talk.stored() == before
    assert "已受理" in talk.says(OFFICER, f"经研究受理 {NO} 9月14日专题会同意", "app")
    with talk.parts.store.reading() as tx:
        summaries = [entry.summary for entry in tx.ledger.of_case(case(talk).id)]
    assert "申请受理（经研究：9月14日专题会同意）" in summaries


def test_a_key_project_names_who_certified_it_and_when(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, "申请代办 新项目", "app")
    said = talk.says(OUTSIDER, form(重点项目级别="市级"), "app")
    assert "重点项目认定单位：" in said
    said = talk.says(OUTSIDER, "重点项目认定单位：市发改局\n重点项目认定日期：2026年3月1日", "app")
    assert "服务对象：符合（市级重点项目，市发改局2026-03-01认定）。" in said


# ---------------------------------------------------------------- refuse


def test_refused_with_reason_and_what_can_be_done(talk: Talk) -> None:
    applied(talk)
    said = talk.says(OFFICER, f"不予受理 {NO} 1 属市级审批权限", "app")
    assert said == f"{NO}已不予受理，告知书已发给项目单位。"
    assert case(talk).status is CaseStatus.REFUSED
    words, notice = talk.sees(OUTSIDER)[-2:]
    assert "原因：不属于受理范围。属市级审批权限" in words
    assert "您可以：可向有审批权限的部门申请" in words
    assert notice == "不予受理告知书（YX-BSL-2026-0001）.docx"
    assert paper(talk, "F15").values["reason"] == "不属于受理范围"
    assert paper(talk, "F1").values["decision"] == "不予受理"


def test_refused_by_card_the_reason_is_asked_for(talk: Talk) -> None:
    applied(talk)
    talk.taps(OFFICER, f"case.refuse:{case(talk).id}")
    assert talk.sees(OFFICER)[-1].startswith(f"请直接回复{NO}不予受理的原因编号和说明")
    assert case(talk).status is CaseStatus.APPLIED
    assert talk.says(OFFICER, "④ 申请人不是项目单位", "app").endswith("已不予受理，告知书已发给项目单位。")
    assert paper(talk, "F15").values["reason"] == "申请人不符合资格"


@pytest.mark.parametrize("reason", ["8 说明", "没有编号", "1"])
def test_a_refusal_needs_number_and_words(talk: Talk, reason: str) -> None:
    applied(talk)
    before = talk.stored()
    assert "请写明原因编号和说明" in talk.says(OFFICER, f"不予受理 {NO} {reason}", "app")
    assert talk.stored() == before
    assert case(talk).status is CaseStatus.APPLIED


def test_the_group_learns_that_there_is_an_answer_only(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        found = tx.projects.by_code("YX-2026-001")
        person = tx.people.by_userid(CONTACT)
        assert found is not None
        assert person is not None
        for one in tx.cases.open_of_project(found.id):
            tx.cases.save(replace(one, status=CaseStatus.CLOSED))
        tx.cases.add(
            Case(
                0, NO, found.id, ServiceLevel.ACT_FOR, Scope.WHOLE, CaseStatus.APPLIED,
                channel=ContactChannel.GROUP, applied_by=person.id,
            )
        )  # fmt: skip
    talk.says(OFFICER, f"不予受理 {NO} 2 材料一直没有补齐", "app")
    post = talk.sees(CONTACT, GROUP)[-1]
    assert NO in post
    assert "补齐" not in post
    assert "不予受理" not in post
    assert any("材料一直没有补齐" in line for line in talk.sees(CONTACT))
    said = talk.says(CONTACT, "进度")
    assert said.startswith(f"申请{NO}不予受理。原因已单独告知项目单位。")
    assert "材料一直没有补齐" in talk.says(CONTACT, "进度", "app")


# ---------------------------------------------------------------- entrust


def test_nothing_is_handled_before_both_have_signed(talk: Talk) -> None:
    accepted(talk)
    assert "还没有登记项目单位代表人" in talk.sees(OFFICER)[-1]
    given = code(talk.says(OFFICER, "发码 YX-2026-005 代表人", "app"))
    talk.says(SIGNATORY, f"登记 {given}", "app")
    no = paper(talk, "F13").no
    card = next(line for line in talk.sees(SIGNATORY) if line.startswith("请签署：帮办代办委托协议"))
    assert (
        "全流程：项目代码、规划条件、招标等20项。服务免费；申报主体仍为项目单位；不保证审批时间或结果。"
        in card
    )
    assert "还待李娜签署" in talk.says(SIGNATORY, f"签署 {no}", "app")
    assert case(talk).status is CaseStatus.SIGNING
    assert "各方已签署" in talk.says(OFFICER, f"签署 {no}", "app")
    assert case(talk).status is CaseStatus.ACTIVE
    assert any("委托协议双方已签署，代办服务即日开始" in line for line in talk.sees(OUTSIDER))
    assert paper(talk, "F13").values["signed_on"] == "2026-09-15"


def test_the_agreement_names_both_contacts_and_the_duties(talk: Talk) -> None:
    accepted(talk)
    values = paper(talk, "F13").values
    assert (values["owner"], values["owner_contact"], values["owner_phone"]) == (
        "云溪精密零件有限公司",
        "孙亮",
        PHONE,
    )
    assert (values["officer_name"], values["agent"]) == ("李娜", "云溪县行政服务中心")
    assert values["owner_papers"] is True
    assert values["free"] is True
    assert "no_subdelegation" not in values
    assert values["entrusted"].startswith("全流程：")


def test_the_enterprise_does_not_sign_for_the_office(talk: Talk) -> None:
    accepted(talk)
    no = paper(talk, "F13").no
    assert "应由李娜签署" in talk.says(OUTSIDER, f"签署 {no}", "app")
    assert case(talk).status is CaseStatus.SIGNING


def test_a_changed_scope_is_a_new_version_and_holds_when_signed(talk: Talk) -> None:
    accepted(talk)
    signed(talk)
    first = paper(talk, "F13")
    said = talk.says(OFFICER, f"变更委托 {NO} 阶段 施工许可、竣工验收", "app")
    assert said.startswith(f"{NO}变更委托：服务范围拟改为阶段性（施工许可、竣工验收）")
    second = paper(talk, "F13")
    assert (second.no, second.version, second.state) == (first.no, 2, FormState.ISSUED)
    assert case(talk).scope is Scope.WHOLE
    talk.says(SIGNATORY, f"签署 {second.no}", "app")
    talk.says(OFFICER, f"签署 {second.no}", "app")
    assert (case(talk).scope, case(talk).stages) == (Scope.STAGE, ("施工许可", "竣工验收"))
    assert case(talk).status is CaseStatus.ACTIVE
    assert any("服务范围改为阶段性（施工许可、竣工验收）" in line for line in talk.sees(OUTSIDER))


@pytest.mark.parametrize("scope", ["", "很多", "阶段 开业", "事项 修路"])
def test_a_change_says_the_new_scope(talk: Talk, scope: str) -> None:
    accepted(talk)
    before = talk.stored()
    assert f"变更委托 {NO} 全流程" in talk.says(OFFICER, f"变更委托 {NO} {scope}", "app")
    assert talk.stored() == before


def test_before_full_service_its_notice_is_read(talk: Talk) -> None:
    accepted(talk, level="包办")
    assert any(line.startswith("**包办前告知**") for line in talk.sees(OUTSIDER))
    assert talk.says(OUTSIDER, f"阅知 {NO}", "app") == f"已记录：孙亮阅知{NO}的包办前告知。"
    assert f"孙亮已阅知{NO}的包办前告知" in talk.sees(OFFICER)[-1]
    before = talk.stored()
    assert "无需重复确认" in talk.says(OUTSIDER, f"阅知 {NO}", "app")
    assert talk.says(CONTACT, f"阅知 {NO}", "app").startswith("没有找到您可以办理的申请")
    assert talk.stored() == before


# ---------------------------------------------------------------- withdraw


def test_withdrawn_before_the_decision(talk: Talk) -> None:
    applied(talk)
    assert talk.says(OUTSIDER, "撤回申请", "app") == (
        f"确定撤回云溪精密零件厂房的申请{NO}吗？回复 1 撤回，2 不撤回。"
    )
    assert case(talk).status is CaseStatus.APPLIED
    assert talk.says(OUTSIDER, "1", "app").startswith(f"{NO}已撤回。")
    assert case(talk).status is CaseStatus.WITHDRAWN
    assert f"孙亮已撤回云溪精密零件厂房的帮办代办申请{NO}" in talk.sees(OFFICER)[-1]
    assert "已撤回申请" in talk.says(OFFICER, f"受理 {NO}", "app")


def test_withdrawn_while_it_waits_for_signatures_the_agreement_is_void(talk: Talk) -> None:
    accepted(talk)
    no = paper(talk, "F13").no
    talk.says(OUTSIDER, "撤回申请", "app")
    talk.says(OUTSIDER, "1", "app")
    assert case(talk).status is CaseStatus.WITHDRAWN
    assert "已作废" in talk.says(OFFICER, f"签署 {no}", "app")


def test_not_withdrawn_after_all(talk: Talk) -> None:
    applied(talk)
    talk.says(OUTSIDER, "撤回申请", "app")
    assert talk.says(OUTSIDER, "2", "app") == "好的，没有撤回，申请继续办理。"
    assert case(talk).status is CaseStatus.APPLIED


def test_under_way_nothing_is_withdrawn(talk: Talk) -> None:
    before = talk.stored()
    assert "已开始办理，不能撤回申请" in talk.says(CONTACT, "撤回申请")
    assert talk.says(REPRESENTATIVE, "撤回申请").startswith("撤回、中止、恢复、终止由项目单位登记的")
    assert talk.stored() == before


def test_refused_or_withdrawn_it_may_be_applied_for_again(talk: Talk) -> None:
    applied(talk)
    talk.says(OFFICER, f"不予受理 {NO} 3 规模与备案不一致", "app")
    assert "**云溪精密零件厂房**（YX-2026-005）" in talk.says(OUTSIDER, "申请代办", "bot")
    talk.says(OUTSIDER, form(项目名称="", 单位名称="", 统一社会信用代码=""), "app")
    talk.says(OUTSIDER, "同意", "app")
    assert number(talk.says(OUTSIDER, "提交", "app")) == "YX-SQ-2026-0006"
