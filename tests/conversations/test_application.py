"""The application by talk: lines to copy, good ones kept and bad ones named, agreed to, submitted, looked at for doubles."""

from __future__ import annotations

from dataclasses import replace

from domain.case import CaseStatus, ContactChannel, Scope, ServiceLevel
from domain.filled_forms import FormState
from domain.people import Role
from domain.project import Project
from tests.conversations.intake import CREDIT, PHONE, applied, code, form, invited, number
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk

NEW = "申请代办 新项目"


def project(talk: Talk, code: str) -> Project:
    with talk.parts.store.reading() as tx:
        found = tx.projects.by_code(code)
    assert found is not None
    return found


def ended(talk: Talk, code: str = "YX-2026-001") -> None:
    """The sample's own service of this project is over, so that it may apply anew."""
    with talk.parts.store.transaction() as tx:
        found = tx.projects.by_code(code)
        assert found is not None
        for case in tx.cases.open_of_project(found.id):
            tx.cases.save(replace(case, status=CaseStatus.CLOSED))


def cases(talk: Talk) -> int:
    with talk.parts.store.reading() as tx:
        return int(tx._connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one())


def test_from_the_first_line_to_a_number(talk: Talk) -> None:
    invited(talk)
    said = talk.says(OUTSIDER, NEW, "app")
    assert "服务免费、自愿" in said
    assert "代办：签委托协议后由专员代为申报" in said
    assert said.splitlines()[-8] == "单位名称："
    said = talk.says(OUTSIDER, form(), "app")
    assert "服务范围：符合（社会投资新建项目）。" in said
    assert "尾号1111" in said
    assert "13900001111" not in said
    assert "均已确认" in talk.says(OUTSIDER, "同意", "app")
    said = talk.says(OUTSIDER, "提交", "app")
    assert said == (
        "已提交，申请编号YX-SQ-2026-0005，项目编号YX-2026-005。\n"
        "由服务专员李娜在9月18日（周五）前答复是否受理。受理前可发送“撤回申请”。"
    )
    with talk.parts.store.reading() as tx:
        case = tx.cases.by_no("YX-SQ-2026-0005")
        assert case is not None
        filled = tx.forms.newest(case.id, "F1")
        ledger = tx.ledger.of_case(case.id)
    assert (case.level, case.scope, case.status, case.channel) == (
        ServiceLevel.ACT_FOR,
        Scope.WHOLE,
        CaseStatus.APPLIED,
        ContactChannel.CHAT,
    )
    assert filled is not None
    assert filled.no == case.no
    assert filled.values["leader_phone"] == "13900001111"
    assert filled.values["contact_phone"] == PHONE
    assert filled.values["truthful"] is True
    assert [entry.summary for entry in ledger] == ["提交帮办代办申请（全流程）"]
    found = project(talk, "YX-2026-005")
    assert found.facts["investment"] == "3600"
    assert "address" in found.facts


def test_the_officer_sees_facts_scope_and_proposed_items(talk: Talk) -> None:
    applied(talk)
    facts, plan, card = talk.sees(OFFICER)[-3:]
    assert "**新申请 YX-SQ-2026-0005**：云溪精密零件厂房（YX-2026-005）" in facts
    assert "服务范围：符合（社会投资新建项目）" in facts
    assert PHONE not in facts
    assert "住建局：" in plan
    assert "个部门（受理后可增减）" in plan
    assert card.startswith("申请待受理：YX-SQ-2026-0005｜云溪精密零件厂房")


def test_bad_lines_are_named_and_good_ones_kept(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    said = talk.says(
        OUTSIDER, form(总投资="很多", 建设性质="拆除", 项目负责人电话="12345", 详细地址="12345"), "app"
    )
    assert "“总投资（万元）”应为大于0的数字，例如：3600。" in said
    assert "“建设性质”应为其中之一：1新建 2改建 3扩建。" in said
    assert "“项目负责人电话”应为电话" in said
    assert "“详细地址”应为文字，不能全是数字。" in said
    assert "【项目单位】已填" in said
    said = talk.says(OUTSIDER, "项目负责人电话：0750-1234567\n总投资：3600万元", "app")
    assert "建设性质（1新建 2改建 3扩建）：" in said
    assert "总投资" not in said


def test_the_finish_comes_after_the_start(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    said = talk.says(OUTSIDER, form(拟建成时间="2027-02-01"), "app")
    assert "“拟开工时间”应早于“拟建成时间”" in said
    assert said.endswith("拟建成时间（例如2027年3月1日）：")


def test_a_single_answer_goes_to_the_first_line(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, form(建设性质="", 行业类别=""), "app")
    assert "行业类别：" in talk.says(OUTSIDER, "1", "app")
    assert "服务范围：符合（社会投资新建项目）。" in talk.says(OUTSIDER, "机械加工", "app")


def test_a_question_in_between_is_a_question_and_the_form_waits(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    assert talk.says(OUTSIDER, "帮助", "app").startswith("我能帮您") or "登记" in talk.heard[-1]
    assert "接着填" in talk.says(OUTSIDER, NEW, "app")


def test_it_goes_on_the_next_day_in_another_chat(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, "单位名称：云溪精密零件有限公司", "app")
    talk.time_is("2026-09-16T10:00")
    said = talk.says(OUTSIDER, f"统一社会信用代码：{CREDIT}", "bot")
    assert said.startswith("【项目单位】已填7项")


def test_something_may_follow_and_something_not(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    said = talk.says(OUTSIDER, form(行业类别="待补", 项目名称="待补"), "app")
    assert "“项目名称”现在就要填，不能待补。" in said
    said = talk.says(OUTSIDER, "项目名称：云溪精密零件厂房", "app")
    assert "待补：行业类别" in said
    talk.says(OUTSIDER, "同意", "app")
    talk.says(OUTSIDER, "提交", "app")
    assert any("待补：行业类别" in line for line in talk.sees(OFFICER))


def test_all_that_may_follow_is_put_off_at_once(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, form(行业类别="", 土地来源="", 拟开工时间=""), "app")
    assert "待补：土地来源、行业类别、拟开工时间" in talk.says(OUTSIDER, "其余待补", "app")


def test_a_correction_changes_one_answer(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, form(), "app")
    assert "总投资：4800" in talk.says(OUTSIDER, "改 总投资 4800", "app")
    assert "服务方式：包办" in talk.says(OUTSIDER, "改 服务方式 包办", "app")
    assert "请写明要改的栏目和内容" in talk.says(OUTSIDER, "改 天气 晴", "app")


def test_a_stage_or_single_items(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    said = talk.says(OUTSIDER, form(服务范围="2"), "app")
    assert "涉及阶段（1立项用地规划许可 2工程建设许可 3施工许可" in said
    assert "服务范围：阶段性" in talk.says(OUTSIDER, "23", "app")
    said = talk.says(OUTSIDER, "服务范围：单个事项", "app")
    assert "涉及事项（用顿号隔开）：" in said
    assert "“涉及事项”应为审批事项的名称" in talk.says(OUTSIDER, "涉及事项：修路", "app")
    assert "涉及事项：施工许可、质安监" in talk.says(OUTSIDER, "涉及事项：施工许可、质安监", "app")


def test_nothing_is_submitted_without_both_statements(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, form(), "app")
    before, count = talk.stored(), cases(talk)
    assert "提交前请先确认声明，回复“同意”" in talk.says(OUTSIDER, "提交", "app")
    assert (talk.stored(), cases(talk)) == (before, count)


def test_nothing_is_submitted_while_something_is_missing(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, form(总投资=""), "app")
    talk.says(OUTSIDER, "同意", "app")
    count = cases(talk)
    assert talk.says(OUTSIDER, "提交", "app") == "还缺：总投资，补好后再提交。"
    assert cases(talk) == count


def test_cancelled_nothing_is_left(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, form(), "app")
    assert talk.says(OUTSIDER, "取消", "app").startswith("好的，这份申请没有提交，已取消。")
    assert "还需29项" in talk.says(OUTSIDER, NEW, "app")


def test_the_draft_comes_as_a_paper(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    talk.says(OUTSIDER, form(), "app")
    talk.says(OUTSIDER, "发草稿", "app")
    assert talk.sees(OUTSIDER)[-1] == "帮办代办首席服务申请表（草稿）.docx"


def test_by_card_in_the_bots_chat(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "bot")
    talk.says(OUTSIDER, form(), "bot")
    key = next(
        b["key"] for b in talk.cards(OUTSIDER, "bot")[-1]["buttons"] if b["key"].startswith("apply.agree")
    )
    talk.taps(OUTSIDER, key, "bot")
    talk.taps(OUTSIDER, key.replace("agree", "submit"), "bot")
    assert any("申请编号**YX-SQ-2026-0005**" in line for line in talk.sees(OUTSIDER, "bot"))
    count = cases(talk)
    talk.says(OUTSIDER, "你好", "bot")
    assert cases(talk) == count


def test_an_outsider_and_a_representative_do_not_apply(talk: Talk) -> None:
    count = cases(talk)
    assert "还没有在本系统登记" in talk.says(OUTSIDER, NEW, "app")
    for who in (REPRESENTATIVE, SUPERVISOR):
        assert talk.says(who, NEW, "app").startswith("为项目单位登记申请，请在单聊里发送“窗口申请”")
    assert cases(talk) == count


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
    assert "各方已签署" in talk.says("lin.guohua", f"签署 {no}", "app")


def test_before_the_state_gave_a_code_a_project_may_begin(talk: Talk) -> None:
    applied(talk)
    assert project(talk, "YX-2026-005").national_code == ""


def test_a_code_for_a_project_leads_to_its_application(talk: Talk) -> None:
    ended(talk)
    given = code(talk.says(OFFICER, "发码 YX-2026-001 经办人", "app"))
    talk.says(OUTSIDER, f"登记 {given} 孙亮", "app")
    assert "岭南新材料" in talk.says(OUTSIDER, "申请代办", "app")


def test_long_answers_still_fit_a_message(talk: Talk) -> None:
    invited(talk)
    talk.says(OUTSIDER, NEW, "app")
    labels = ("项目名称", "行业类别", "详细地址", "单位名称", "单位地址", "项目负责人姓名", "立项部门")
    long = dict.fromkeys(labels, "长" * 100)
    talk.says(OUTSIDER, form(建设规模及内容="长" * 500, 项目当前进度="长" * 500), "app")
    said = talk.says(OUTSIDER, "\n".join(f"{label}：{value}" for label, value in long.items()), "app")
    assert len(said.encode()) <= 2048
    talk.says(OUTSIDER, "同意", "app")
    assert "已提交" in talk.says(OUTSIDER, "提交", "app")


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
