"""The application by talk: lines to copy, good ones kept and bad ones named, agreed to, submitted, looked at for doubles."""

from __future__ import annotations

from dataclasses import replace

from domain.case import CaseStatus, ContactChannel, Scope, ServiceLevel
from domain.project import Project
from tests.conversations.intake import CREDIT, PHONE, applied, form, invited
from tests.talk import OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk

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
    assert "服务对象：符合（社会投资新建项目）。" in said
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
    assert "服务对象：符合（社会投资新建项目）" in facts
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
    assert "服务对象：符合（社会投资新建项目）。" in talk.says(OUTSIDER, "机械加工", "app")


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
    assert "向服务专员要登记码" in talk.says(OUTSIDER, NEW, "app")
    assert "还没有在本系统登记" in talk.says(OUTSIDER, NEW, "app")
    for who in (REPRESENTATIVE, SUPERVISOR):
        assert talk.says(who, NEW, "app").startswith("为项目单位登记申请，请在单聊里发送“窗口申请”")
    assert cases(talk) == count


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
