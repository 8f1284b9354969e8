"""Applying for a project we know, in its group, and at the window: nothing twice, nothing of somebody else's."""

from __future__ import annotations

from domain.case import ContactChannel
from domain.filled_forms import FormState
from domain.people import Role
from tests.conversations.intake import applied, code, form, invited, number
from tests.conversations.test_application import NEW, cases, ended, project
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, OUTSIDER, Talk

# ---------------------------------------------------------------- a project we know


def test_what_is_known_is_not_asked_again(talk: Talk) -> None:
    ended(talk)
    said = talk.says(CONTACT, "我们想委托代办", "app")
    assert "**岭南新材料年产3万吨改性塑料厂房**（YX-2026-001）" in said or "岭南新材料" in said
    assert "单位名称" not in said
    assert "统一社会信用代码" not in said
    assert "项目负责人姓名：" in said


def test_in_its_group_the_private_part_is_asked_for_elsewhere(talk: Talk) -> None:
    ended(talk)
    said = talk.says(CONTACT, "申请代办")
    assert "电话、地址等请到与我的单聊里填" in said
    assert "12800" not in said


def test_while_a_service_runs_nothing_is_applied_for(talk: Talk) -> None:
    count = cases(talk)
    said = talk.says(CONTACT, "申请代办")
    assert "YX-SQ-2026-0001正在办理，调整范围请联系服务专员变更委托" in said
    assert cases(talk) == count


def test_one_application_at_a_time(talk: Talk) -> None:
    applied(talk)
    said = talk.says(OUTSIDER, "申请代办", "app")
    assert "已有申请YX-SQ-2026-0005（待受理），不能重复申请" in said


def test_a_project_of_somebody_else_is_not_opened_twice(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    count = cases(talk)
    said = talk.says(OUTSIDER, form(项目代码="2605-440299-04-01-100001"), "app")
    assert said.startswith("这个项目已有登记，这次的内容没有记下。")
    assert "岭南" not in said
    said = talk.says(
        OUTSIDER, form(项目名称="清溪食品冷链仓库", 统一社会信用代码="91440299MA5YX00232"), "app"
    )
    assert said.startswith("这个项目已有登记")
    assert cases(talk) == count


def test_a_project_of_ones_own_is_found_again(talk: Talk) -> None:
    ended(talk)
    talk.says(CONTACT, NEW, "app")
    said = talk.says(CONTACT, "项目代码：2605-440299-04-01-100001", "app")
    assert "项目代码" not in said
    with talk.parts.store.reading() as tx:
        person = tx.people.by_userid(CONTACT)
        assert person is not None
        dialog = tx.dialogs.open_for(
            person.id, project(talk, "YX-2026-001").id, talk.parts.clock.now().replace(year=2025)
        )
    assert dialog is not None
    assert dialog.kind == "application"


def test_among_several_projects_one_is_chosen_by_number(talk: Talk) -> None:
    ended(talk, "YX-2026-003")
    said = talk.says("he.wei", "申请代办", "app")
    assert said.splitlines()[0] == "为哪个项目申请？请回复数字："
    assert "3. 新项目" in said
    assert "云溪大道改造工程" in talk.says("he.wei", "1", "app")


def test_another_projects_number_is_not_there(talk: Talk) -> None:
    said = talk.says(CONTACT, "申请代办 YX-2026-002", "app")
    assert said == "没有找到您可以查看的项目YX-2026-002，请核对项目编号，或联系该项目的服务专员。"
    assert talk.says(CONTACT, "申请代办 YX-2026-099", "app") == said.replace("002", "099")


# ---------------------------------------------------------------- at the window


def test_at_the_window_the_officer_fills_it_in(talk: Talk) -> None:
    assert "开始填新项目" in talk.says(OTHER_OFFICER, "窗口申请", "app")
    talk.says(
        OTHER_OFFICER, form(项目经办人姓名="孙亮", 项目经办人电话="0750-1234567", 服务方式="代办"), "app"
    )
    assert "请向申请人宣读" in talk.says(OTHER_OFFICER, "草稿", "app")
    talk.says(OTHER_OFFICER, "同意", "app")
    no = number(talk.says(OTHER_OFFICER, "提交", "app"))
    with talk.parts.store.reading() as tx:
        case = tx.cases.by_no(no)
        assert case is not None
        tied = tx.people.of_project(case.project_id)
        found = tx.projects.get(case.project_id)
        officer = tx.people.get(found.officer_id)
    assert case.channel is ContactChannel.WINDOW
    assert tied == []
    assert officer.userid == OTHER_OFFICER


def test_by_phone_and_by_the_department_named_by_the_site(talk: Talk) -> None:
    assert "开始填新项目" in talk.says("zeng.fangang", "电话申请", "app")
    assert talk.says("huang.zhijian", "电话申请", "app").startswith("帮办代办申请由项目单位登记的经办人")
    assert talk.says(CONTACT, "窗口申请", "app").startswith("帮办代办申请由项目单位登记的经办人")
    assert "请到单聊里发送" in talk.says(OFFICER, "窗口申请", GROUP)


def test_a_contact_of_the_new_project_is_its_contact(talk: Talk) -> None:
    applied(talk)
    with talk.parts.store.reading() as tx:
        person = tx.people.by_userid(OUTSIDER)
        found = tx.projects.by_code("YX-2026-005")
        assert person is not None
        assert found is not None
        assert tx.people.project_roles(person.id, found.id) == {Role.ENTERPRISE_CONTACT}


def test_the_signatory_signs_the_application_too(talk: Talk) -> None:
    ended(talk)
    talk.says("lin.guohua", "申请代办", "app")
    talk.says(
        "lin.guohua",
        form(项目名称="岭南新材料年产3万吨改性塑料厂房", 统一社会信用代码="", 单位名称=""),
        "app",
    )
    talk.says("lin.guohua", "项目经办人姓名：陈静\n项目经办人电话：0750-1234567\n服务方式：帮办", "app")
    talk.says("lin.guohua", "同意", "app")
    no = number(talk.says("lin.guohua", "提交", "app"))
    with talk.parts.store.reading() as tx:
        case = tx.cases.by_no(no)
        assert case is not None
        filled = tx.forms.newest(case.id, "F1")
    assert filled is not None
    assert filled.state is FormState.SIGNED
    assert [one.name for one in filled.signatures] == ["林国华"]
    assert "林国华已为岭南新材料年产3万吨改性塑料厂房提交帮办代办申请" in talk.sees(CONTACT)[-1]


def test_a_contacts_application_goes_to_the_signatory(talk: Talk) -> None:
    ended(talk)
    talk.says(CONTACT, "申请代办", "app")
    talk.says(CONTACT, form(项目名称="", 统一社会信用代码="", 单位名称=""), "app")
    talk.says(CONTACT, "同意", "app")
    no = number(talk.says(CONTACT, "提交", "app"))
    assert any(line.startswith("请签署：帮办代办首席服务申请表") for line in talk.sees("lin.guohua"))
    assert "即日生效" in talk.says("lin.guohua", f"签署 {no}", "app")


def test_before_the_state_gave_a_code_a_project_may_begin(talk: Talk) -> None:
    applied(talk)
    assert project(talk, "YX-2026-005").national_code == ""


def test_a_code_for_a_project_leads_to_its_application(talk: Talk) -> None:
    ended(talk)
    given = code(talk.says(OFFICER, "发码 YX-2026-001 经办人", "app"))
    talk.says(OUTSIDER, f"登记 {given} 孙亮", "app")
    assert "岭南新材料" in talk.says(OUTSIDER, "申请代办", "app")


def test_in_a_group_idle_talk_fills_nothing_in(talk: Talk) -> None:
    ended(talk)
    first = talk.says(CONTACT, "申请代办")
    talk.says(CONTACT, "今天会下雨")
    known = talk.says(CONTACT, "草稿")
    assert known.splitlines()[-1] == first.splitlines()[-1]


def test_a_member_of_the_group_without_part_in_it_does_not_apply(talk: Talk) -> None:
    ended(talk)
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": ["zhou.min"]})
    count = cases(talk)
    assert talk.says("zhou.min", "申请代办").startswith("帮办代办申请由项目单位登记的经办人")
    assert cases(talk) == count
