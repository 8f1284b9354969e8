"""中止, 终止 and 恢复: told at once, coordinated, in writing; resumed only when both sides say so."""

from __future__ import annotations

import pytest

from domain.case import CaseStatus
from domain.filled_forms import FilledForm, FormState
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

CODE = "YX-2026-001"
S1 = f"中止 {CODE} S1 用地手续被撤销，项目不具备办结条件"
TALKED = f"协调记录 {CODE} 9月15日与陈静电话沟通，暂无解决办法"


def status(talk: Talk, project: int = 1) -> CaseStatus:
    with talk.parts.store.reading() as tx:
        return tx.cases.of_project(project)[-1].status


def paper(talk: Talk, form: str) -> FilledForm:
    with talk.parts.store.reading() as tx:
        return next(one for one in reversed(tx.forms.of_project(1)) if one.form == form)


@pytest.fixture
def suspended(talk: Talk) -> None:
    for words in (S1, TALKED, f"书面中止 {CODE}"):
        talk.says(OFFICER, words, "app")
    for who, chat in ((OFFICER, "app"), (CONTACT, "app"), (SIGNATORY, "app"), (CONTACT, GROUP)):
        talk.sees(who, chat)


def test_the_enterprise_is_told_at_once_and_the_group_is_not(talk: Talk) -> None:
    talk.sees(CONTACT, GROUP)
    answer = talk.says(OFFICER, S1, "app")
    assert answer.splitlines() == [
        "已提出中止岭南新材料厂房的帮办代办服务，已告知陈静、林国华。",
        "原因：不符合法律法规和政策要求，或项目不具备办结条件。",
        f"下一步：先与项目单位协调，发送“协调记录 {CODE} 协调经过”。不中止了发送“不再中止 {CODE}”。",
    ]
    for who in (CONTACT, SIGNATORY):
        assert talk.sees(who)[0].splitlines()[1:4] == [
            "服务专员李娜于9月15日（周二）09:30提出中止帮办代办服务，现告知贵单位。",
            "原因：不符合法律法规和政策要求，或项目不具备办结条件。",
            "说明：用地手续被撤销，项目不具备办结条件",
        ]
    assert talk.sees(CONTACT, GROUP) == []
    assert status(talk) is CaseStatus.ACTIVE


def test_a_step_is_not_skipped(talk: Talk) -> None:
    talk.says(OFFICER, S1, "app")
    before = talk.stored()
    assert talk.says(OFFICER, f"书面中止 {CODE}", "app").startswith("还没有协调记录，不能书面中止")
    assert talk.stored() == before
    assert "没有待处理的终止" not in talk.says(OFFICER, f"书面终止 {CODE}", "app")
    assert status(talk) is CaseStatus.ACTIVE


def test_coordinated_and_put_in_writing_the_service_stands_still(talk: Talk) -> None:
    talk.says(OFFICER, S1, "app")
    talk.sees(CONTACT, GROUP)
    assert "书面中止" in talk.says(OFFICER, TALKED, "app")
    assert "告知书（YX-ZT-2026-0001）已发陈静、林国华" in talk.says(OFFICER, f"书面中止 {CODE}", "app")
    assert status(talk) is CaseStatus.SUSPENDED
    assert talk.sees(CONTACT, GROUP) == [
        "**【服务中止】**岭南新材料年产3万吨改性塑料厂房的帮办代办服务自9月15日（周二）起中止。"
        "原因消除并经双方确认后继续。审批事项由审批部门继续依法办理，时限不因此改变。"
    ]
    assert talk.sees(SIGNATORY)[-1] == "中止告知书、终止单（YX-ZT-2026-0001）.docx"
    form = paper(talk, "F16")
    assert form.state is FormState.SIGNED
    assert [one.name for one in form.signatures] == ["李娜"]
    wanted = {"kind": "中止", "effective_on": "2026-09-15", "resume_when": "项目具备办结条件，并提供说明材料"}
    assert {key: form.values[key] for key in wanted} == wanted
    assert {"name": "建设资金落实承诺书", "fate": "留存"} in form.values["papers"]
    assert "与陈静电话沟通" in form.values["coordination"]


def test_every_required_field_of_the_notice_is_filled(talk: Talk, suspended: None) -> None:
    form = paper(talk, "F16")
    with talk.parts.store.reading() as tx:
        site = talk.parts.sites.get(tx).site
    wanted = [one for one in site.forms["F16"].fields if one.required and one.type != "signature"]
    assert [one.key for one in wanted if not form.values.get(one.key)] == []
    reason = next(one for one in wanted if one.key == "reason")
    assert form.values["reason"] in reason.options


def test_a_proposal_is_dropped_and_everybody_told(talk: Talk) -> None:
    talk.says(OFFICER, S1, "app")
    talk.sees(CONTACT)
    assert talk.says(OFFICER, f"不再中止 {CODE}", "app") == (
        "岭南新材料厂房：李娜已撤回拟中止，服务照常继续。"
    )
    assert talk.sees(CONTACT) == ["岭南新材料厂房：李娜已撤回拟中止，服务照常继续。"]
    assert talk.says(OFFICER, f"书面中止 {CODE}", "app").startswith("没有待处理的中止")


def test_proposed_twice_the_next_step_is_said(talk: Talk) -> None:
    talk.says(OFFICER, S1, "app")
    before = talk.stored()
    assert "已有一项拟中止" in talk.says(OFFICER, f"终止 {CODE} S9 不再需要服务了", "app")
    assert talk.stored() == before


def test_not_handed_in_needs_a_reminder_of_an_earlier_day(talk: Talk) -> None:
    s3 = f"中止 {CODE} S3 资金落实承诺书经催告仍未提交"
    assert "请先催告：发送“催告 YX-2026-001" in talk.says(OFFICER, s3, "app")
    assert talk.says(OFFICER, f"催告 {CODE} 请于9月16日前提交资金落实承诺书", "app").startswith(
        "催告已发陈静、林国华"
    )
    assert "请于9月16日前提交资金落实承诺书" in talk.sees(CONTACT)[-1]
    before = talk.stored()
    assert "没有找到今天以前" in talk.says(OFFICER, s3, "app")
    assert talk.stored() == before
    talk.time_is("2026-09-17T09:30:00")
    assert (
        "依据：9月15日（周二）催告：请于9月16日前提交资金落实承诺书。"
        in talk.says(OFFICER, s3, "app").splitlines()
    )


def test_what_is_missing_is_asked_for_in_turn(talk: Talk) -> None:
    assert "6. 未按规定缴纳规费（S4）" in talk.says(OFFICER, f"中止 {CODE}", "app").splitlines()
    assert talk.says(OFFICER, "9", "app").startswith("请回复 1 到 8 之间的数字")
    assert "请写明欠缴的是哪一项规费" in talk.says(OFFICER, "6", "app")
    assert "请写明欠缴的是哪一项规费" in talk.says(OFFICER, "一直没有处理好", "app")
    assert "未按规定缴纳规费" in talk.says(OFFICER, "城市基础设施配套费应于9月1日缴清", "app")


def test_a_code_that_is_none_is_asked_for(talk: Talk) -> None:
    assert talk.says(OFFICER, f"中止 {CODE} S8 不知道什么原因", "app").startswith("中止的原因是哪一条")
    assert talk.says(OFFICER, f"中止 {CODE} S2 材料有问题的", "app").startswith("中止的原因是哪一条")
    assert talk.says(OFFICER, "取消", "app").startswith("好的，已放弃")


def test_fraud_goes_to_the_supervisor_and_never_into_the_group(talk: Talk) -> None:
    talk.sees(CONTACT, GROUP)
    words = f"中止 {CODE} S2c 环评报告表监测数据经查实系编造"
    assert (
        talk.says(OFFICER, words, GROUP)
        == "这类原因涉及对项目单位的认定，不在群里处理，请到与我的单聊里提出。"
    )
    talk.sees(CONTACT, GROUP)
    talk.says(OFFICER, words, "app")
    assert talk.sees(SUPERVISOR)[0].splitlines()[1] == "原因：弄虚作假。环评报告表监测数据经查实系编造"
    talk.says(OFFICER, TALKED, "app")
    talk.says(OFFICER, f"书面中止 {CODE}", "app")
    assert talk.sees(CONTACT, GROUP) == []
    assert status(talk) is CaseStatus.SUSPENDED
    assert len(talk.sees(SUPERVISOR)) == 1


@pytest.mark.parametrize("who", [REPRESENTATIVE, SUPERVISOR])
@pytest.mark.parametrize(
    "order",
    [
        S1,
        f"终止 {CODE} S9 不再办理了",
        f"书面中止 {CODE}",
        f"恢复 {CODE} 原因已消除：到账了",
        f"催告 {CODE} 请交材料",
    ],
)
def test_nobody_else_may(talk: Talk, who: str, order: str) -> None:
    before = talk.stored()
    assert "如有需要，请联系本项目服务专员李娜" in talk.says(who, order, "app")
    assert talk.stored() == before


@pytest.mark.parametrize(
    "order", [S1, f"书面中止 {CODE}", f"不再中止 {CODE}", f"恢复 {CODE} 原因已消除：到账了"]
)
def test_another_project_is_as_if_it_were_not_there(talk: Talk, order: str) -> None:
    before = talk.stored()
    for who in ("zhou.min", "he.wei"):
        assert talk.says(who, order, "app").startswith(f"没有找到您可以查看的项目{CODE}")
    assert "本群只能办理清溪食品冷链仓库" in talk.says(OFFICER, order, "yx2026002")
    assert talk.stored() == before


# ---------------------------------------------------------------- asked by the enterprise


def test_the_enterprise_asks_in_half_a_sentence_and_the_officer_taps(talk: Talk) -> None:
    assert "> 原因：资金没到位先停一停" in talk.says(CONTACT, "资金没到位先停一停")
    assert status(talk) is CaseStatus.ACTIVE
    assert talk.says(CONTACT, "1").startswith("中止申请已提交，服务专员李娜同意后出具告知书")
    assert talk.sees(OFFICER)[-1].startswith(
        "项目单位申请中止｜岭南新材料年产3万吨改性塑料厂房｜资金没到位先停一停"
    )
    talk.taps(OFFICER, "suspension.agree:1")
    assert status(talk) is CaseStatus.SUSPENDED
    assert paper(talk, "F16").values["reason"] == "项目单位主动提出"
    assert talk.cards(OFFICER)[-1]["card"]["sub_title_text"] == "已同意中止"
    assert "没有待处理的中止" in talk.says(OFFICER, f"同意中止 {CODE}", "app")


def test_the_officer_may_call_first_with_numbers_in_the_single_chat_only(talk: Talk) -> None:
    talk.says(CONTACT, "申请中止 资金没有到位")
    talk.says(CONTACT, "1")
    talk.taps(OFFICER, "suspension.talk:1")
    assert talk.sees(OFFICER)[-1].startswith("请联系陈静13900000001、林国华13900000002")
    assert "13900000001" not in "".join(talk.sees(CONTACT, GROUP))
    assert talk.sees(CONTACT)[-1].startswith("服务专员李娜已收到中止申请")


def test_the_enterprise_changes_its_mind(talk: Talk) -> None:
    talk.says(CONTACT, "申请中止 资金没有到位")
    assert talk.says(CONTACT, "2") == "好的，没有提交，服务照常继续。"
    talk.says(CONTACT, "申请中止 资金没有到位")
    talk.says(CONTACT, "1")
    assert talk.says(CONTACT, "不再中止").startswith("岭南新材料厂房：陈静已撤回拟中止")
    assert "没有待处理的中止" in talk.says(OFFICER, f"同意中止 {CODE}", "app")


def test_the_officers_proposal_is_not_the_enterprises_to_drop(talk: Talk) -> None:
    talk.says(OFFICER, S1, "app")
    assert talk.says(CONTACT, "不再中止").startswith("这一项由服务专员提出")
    assert "已有一项拟中止" in talk.says(OFFICER, f"同意中止 {CODE}", "app")


# ---------------------------------------------------------------- the end for good


def test_a_termination_cannot_be_resumed_and_a_suspension_ends_with_it(talk: Talk, suspended: None) -> None:
    talk.says(OFFICER, f"终止 {CODE} S9 项目单位已注销该项目", "app")
    talk.says(OFFICER, TALKED, "app")
    assert "终止后不能恢复" in talk.says(OFFICER, f"书面终止 {CODE}", "app")
    assert status(talk) is CaseStatus.TERMINATED
    assert paper(talk, "F16").values["kind"] == "终止"
    assert talk.says(OFFICER, f"恢复 {CODE} 原因已消除：又要办了", "app").startswith("这项帮办代办服务已终止")
    assert talk.says(CONTACT, "终止 不想办了也不需要了").startswith("该项目目前没有在办的帮办代办服务")


def test_the_enterprise_ends_it_by_confirming_twice(talk: Talk) -> None:
    assert "终止后不能恢复，需要时重新申请" in talk.says(SIGNATORY, "不用你们代办了，项目取消", GROUP)
    talk.says(SIGNATORY, "1", GROUP)
    assert "已终止" in talk.says(OFFICER, f"同意终止 {CODE}", "app")
    assert status(talk) is CaseStatus.TERMINATED


def test_the_permits_own_clocks_are_untouched(talk: Talk) -> None:
    before = talk.says(CONTACT, "进度", "app")
    for words in (S1, TALKED, f"书面中止 {CODE}"):
        talk.says(OFFICER, words, "app")
    now = talk.says(CONTACT, "进度", "app").splitlines()
    still = now.pop(1)
    assert "\n".join(now) == before
    assert still == (
        f"⏸ 帮办代办服务自9月15日起中止，审批时限照常计算。恢复请发送“恢复 {CODE} 原因已消除：具体情况”。"
    )
    talk.says(CONTACT, "恢复 原因已消除：用地手续已重新办妥")
    assert "已提出恢复，双方确认并签署续办委托书后继续" in talk.says(CONTACT, "进度", "app")


def test_a_discreet_suspension_is_not_seen_in_the_groups_progress(talk: Talk) -> None:
    for words in (f"中止 {CODE} S2c 环评报告表监测数据经查实系编造", TALKED, f"书面中止 {CODE}"):
        talk.says(OFFICER, words, "app")
    assert "中止" not in talk.says(CONTACT, "进度")
    assert "起中止" in talk.says(CONTACT, "进度", "app")


# ---------------------------------------------------------------- the way back


def test_resumed_when_both_confirmed_and_both_signed(talk: Talk, suspended: None) -> None:
    assert talk.says(CONTACT, "恢复 原因已消除：用地手续已重新办妥").startswith("已转请李娜确认")
    assert "恢复由您这一方提出，还需李娜确认" in talk.says(SIGNATORY, "确认恢复", GROUP)
    assert status(talk) is CaseStatus.SUSPENDED
    talk.taps(OFFICER, "suspension.resume:1")
    form = paper(talk, "F17")
    assert form.values["cause_gone"] == "用地手续已重新办妥"
    assert "正在等续办委托书（YX-XB-2026-0001）签署" in talk.says(OFFICER, f"确认恢复 {CODE}", "app")
    assert "应由林国华、李娜、王磊签署" in talk.says(CONTACT, f"签署 {form.no}")
    talk.says(SIGNATORY, f"签署 {form.no}", "app")
    assert status(talk) is CaseStatus.SUSPENDED
    talk.says(OTHER_OFFICER, f"签署 {form.no}", "app")
    assert status(talk) is CaseStatus.ACTIVE
    assert talk.sees(CONTACT, GROUP)[-1] == (
        "**【服务恢复】**岭南新材料年产3万吨改性塑料厂房的帮办代办服务自9月15日（周二）起恢复，续办委托书已由双方签署。"
    )
    assert paper(talk, "F17").values["signed_on"] == "2026-09-15"
    assert talk.says(OFFICER, f"恢复 {CODE} 原因已消除：再来一次", "app").startswith(
        "岭南新材料厂房的帮办代办服务没有中止"
    )


def test_resumed_by_the_officer_the_enterprise_confirms(talk: Talk, suspended: None) -> None:
    assert "恢复条件：项目具备办结条件" in talk.says(OFFICER, f"恢复 {CODE}", "app")
    assert talk.says(OFFICER, f"恢复 {CODE} 原因已消除：用地已办妥", "app").startswith(
        "已转请陈静、林国华确认"
    )
    assert "已提出恢复，等陈静、林国华确认" in talk.says(CONTACT, "恢复 原因已消除：我们也同意")
    assert "双方已确认" in talk.says(CONTACT, "确认恢复")


def test_the_other_side_does_not_agree(talk: Talk, suspended: None) -> None:
    talk.says(CONTACT, "恢复 原因已消除：用地手续已重新办妥")
    assert "请写明原因" in talk.says(OFFICER, f"不同意恢复 {CODE}", "app")
    talk.says(OFFICER, f"不同意恢复 {CODE} 还缺用地批文", "app")
    assert "李娜不同意现在恢复服务。原因：还缺用地批文" in talk.sees(CONTACT)[-1]
    assert status(talk) is CaseStatus.SUSPENDED
    assert "恢复" in talk.says(OFFICER, f"确认恢复 {CODE}", "app")
    assert status(talk) is CaseStatus.SUSPENDED
