"""办结: every result handed over and received, then the signatory's signature, then the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.case import CaseStatus
from domain.filled_forms import FilledForm, FormState
from domain.items import ItemEvent, ItemState
from domain.ledger import LogEntry
from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_OFFICER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
    reminded,
)

CODE = "YX-2026-001"
TODAY = date(2026, 9, 15)
DONE = f"办结 {CODE} 未完成：施工许可等事项由项目单位自行办理"
PERMIT = "建字第440299202600045号"
SLIP = "YX-BJ-2026-0001"


def status(talk: Talk) -> CaseStatus:
    with talk.parts.store.reading() as tx:
        return tx.cases.of_project(1)[-1].status


def papers(talk: Talk, form: str) -> list[FilledForm]:
    with talk.parts.store.reading() as tx:
        return [one for one in tx.forms.of_project(1) if one.form == form]


def ledger(talk: Talk) -> list[LogEntry]:
    with talk.parts.store.reading() as tx:
        return tx.ledger.of_project(1)


@pytest.fixture
def handed_over(talk: Talk) -> None:
    talk.says(OFFICER, DONE, "app")
    talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")
    for who, chat in ((OFFICER, "app"), (CONTACT, "app"), (SIGNATORY, "app"), (CONTACT, GROUP)):
        talk.sees(who, chat)


def test_what_is_not_finished_is_named_and_needs_an_explanation(talk: Talk) -> None:
    before = talk.stored()
    answer = talk.says(OFFICER, f"办结 {CODE}", "app")
    assert answer.startswith("还有未办结的事项：施工许可、环评报告表、节能审查、")
    assert f"办结 {CODE} 未完成：原因和后续安排" in answer
    assert talk.stored() == before
    assert talk.says(OFFICER, DONE, "app").startswith(
        "岭南新材料厂房的事项办理结束，进入移交。\n还没有移交的结果10项"
    )
    assert status(talk) is CaseStatus.HANDOVER
    assert "未完成事项：施工许可、" in talk.sees(CONTACT)[-1]


def test_no_signature_before_everything_is_handed_over_and_received(talk: Talk) -> None:
    assert "还在办理，没有到签字确认的时候" in talk.says(SIGNATORY, "签字确认")
    talk.says(OFFICER, DONE, "app")
    assert talk.says(SIGNATORY, "签字确认").startswith("还不能签字确认：项目代码、立项备案、")
    talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890", "app")
    assert talk.says(SIGNATORY, "签字确认").startswith(
        "还不能签字确认：邮寄的结果（顺丰SF1234567890）还没有签收"
    )
    assert status(talk) is CaseStatus.HANDOVER
    assert [one.state for one in papers(talk, "F6")] == [FormState.DRAFT]
    assert f"办结单（{SLIP}）已发林国华、李娜、王磊签署" in talk.says(CONTACT, "签收")
    assert talk.says(SIGNATORY, "签字确认").startswith(f"已签署《帮办代办首席服务办结单》（{SLIP}）")


def test_handed_over_face_to_face_the_signature_is_the_receipt(talk: Talk, handed_over: None) -> None:
    assert "应由林国华、李娜、王磊签署" in talk.says(CONTACT, "签字确认")
    talk.says(SIGNATORY, "确认办结", GROUP)
    assert status(talk) is CaseStatus.HANDOVER
    talk.taps(OFFICER, "sign:1")
    assert status(talk) is CaseStatus.CLOSED
    with talk.parts.store.reading() as tx:
        found = tx.deliveries.of_case(1)
    assert [(one.state, one.received_by) for one in found] == [("received", "陈静"), ("received", "林国华")]
    assert talk.sees(CONTACT, GROUP)[-1] == (
        "**【服务办结】**岭南新材料年产3万吨改性塑料厂房的帮办代办服务已于9月15日（周二）办结，"
        f"办结单（{SLIP}）经双方签署。感谢支持，欢迎评价。"
    )
    assert talk.sees(SIGNATORY)[-1].startswith("请评价帮办代办服务｜岭南新材料年产3万吨改性塑料厂房")


def test_beside_a_slip_being_signed_nothing_more_goes_out(talk: Talk, handed_over: None) -> None:
    before = talk.stored()
    for order in (f"当面移交 {CODE} 图纸", f"邮寄 {CODE} 顺丰 SF1234567890 图纸"):
        assert talk.says(OFFICER, order, "app").startswith(f"办结单（{SLIP}）正在签署，不能再补充移交")
    assert talk.stored() == before


def test_what_was_issued_is_delivered_after_a_termination_too(talk: Talk) -> None:
    for words in (f"终止 {CODE} S9 项目单位注销该项目", f"协调记录 {CODE} 已电话沟通", f"书面终止 {CODE}"):
        talk.says(OFFICER, words, "app")
    assert "等10项，顺丰SF1234567890" in talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890", "app")
    assert "签收人陈静" in talk.says(CONTACT, "签收")
    assert status(talk) is CaseStatus.TERMINATED


def test_every_required_field_of_the_slip_is_filled(talk: Talk, handed_over: None) -> None:
    form = papers(talk, "F6")[0]
    with talk.parts.store.reading() as tx:
        site = talk.parts.sites.get(tx).site
    wanted = [one for one in site.forms["F6"].fields if one.required and one.type != "signature"]
    assert [one.key for one in wanted if not form.values.get(one.key)] == ["signed_on"]
    permit = {"item": "工规证", "number": PERMIT, "issued_on": "2026-08-03"}
    assert any(permit.items() <= row.items() for row in form.values["results"])
    assert {"name": f"工规证（{PERMIT}）", "originals": 1, "copies": 0} in form.values["handed_over"]
    assert form.values["delivery"] == ["当面"]
    assert "说明：施工许可等事项由项目单位自行办理" in form.values["unfinished"]


def test_closed_the_departments_list_and_the_ledger_are_there(talk: Talk, handed_over: None) -> None:
    talk.says(SIGNATORY, "签字确认")
    talk.says(OTHER_OFFICER, f"签署 {SLIP}", "app")
    assert papers(talk, "F6")[0].values["signed_on"] == "2026-09-15"
    remarks = [row["remark"] for row in papers(talk, "F28")[0].values["papers"]]
    assert "施工许可" in remarks
    summaries = [row.summary for row in ledger(talk)]
    assert f"办结单（{SLIP}）双方签署，服务办结" in summaries
    assert "与相关部门办理交接（YX-JJ-2026-0001），资料整理归档" in summaries
    assert "YX-JJ-2026-0001" in "".join(talk.sees(OFFICER))
    before = talk.stored()
    assert "该项目目前没有在办" in talk.says(OFFICER, f"办结 {CODE}", "app")
    assert "该项目目前没有在办" in talk.says(SIGNATORY, "签字确认")
    assert talk.stored() == before


def test_the_signatory_sends_it_back(talk: Talk, handed_over: None) -> None:
    before = talk.stored()
    assert talk.says(CONTACT, f"退回办结 {CODE} 少一份工规证原件").startswith(
        "退回办结由项目单位代表人林国华提出"
    )
    assert talk.says(SIGNATORY, "退回办结").startswith("请写明退回的原因")
    assert talk.stored() == before
    assert (
        talk.says(SIGNATORY, "退回办结 少一份工规证原件") == "已退回办结，原因已转告服务专员李娜，服务继续。"
    )
    assert status(talk) is CaseStatus.ACTIVE
    assert [one.state for one in papers(talk, "F6")] == [FormState.VOID]
    assert "林国华退回办结，原因：少一份工规证原件" in talk.sees(OFFICER)[-1]
    assert "这份表已作废" in talk.says(SIGNATORY, f"签署 {SLIP}")
    assert "已发林国华、李娜、王磊签署" in talk.says(OFFICER, DONE, "app")


@pytest.mark.parametrize("who", [REPRESENTATIVE, SUPERVISOR, CONTACT])
@pytest.mark.parametrize("order", [DONE, f"当面移交 {CODE} 全部", f"退件 {CODE}"])
def test_only_the_service_officer_hands_over(talk: Talk, who: str, order: str) -> None:
    before = talk.stored()
    assert (
        talk.says(who, order, "app") == "这项操作由该项目的服务专员办理。如有需要，请联系本项目服务专员李娜。"
    )
    assert talk.stored() == before


def test_a_proposed_suspension_comes_first(talk: Talk) -> None:
    talk.says(OFFICER, f"中止 {CODE} S1 用地手续被撤销", "app")
    assert talk.says(OFFICER, DONE, "app").startswith("有一项拟中止还没有处理")
    assert status(talk) is CaseStatus.ACTIVE


# ---------------------------------------------------------------- face to face


def test_counts_are_kept_and_the_enterprise_reads_them(talk: Talk) -> None:
    assert talk.says(OFFICER, f"当面移交 {CODE} {PERMIT} 原件1 复印件2、施工图 原件2", "app") == (
        f"已登记当面移交：工规证（{PERMIT}）原件1 复印件2、施工图原件2。"
    )
    assert f"已当面移交：工规证（{PERMIT}）原件1 复印件2、施工图原件2。" in talk.sees(CONTACT)[-1]
    before = talk.stored()
    assert "已移交，不用重复登记" in talk.says(OFFICER, f"当面移交 {CODE} 工规证", "app")
    assert "本项目没有文号为“建字第999号”的结果" in talk.says(OFFICER, f"当面移交 {CODE} 建字第999号", "app")
    assert "还没有移交的结果9项" in talk.says(OFFICER, f"当面移交 {CODE}", "app")
    assert talk.stored() == before
    assert "签收人陈静，9月15日（周二）" in talk.says(CONTACT, "签收")
    assert "没有等签收的移交或邮寄" in talk.says(CONTACT, "签收")
    assert any(row.milestone == "送达" and row.answer == "陈静" for row in ledger(talk))


# ---------------------------------------------------------------- by post


def test_one_mail_for_all_with_its_record(talk: Talk) -> None:
    assert "等10项，顺丰SF1234567890，邮寄记录YX-YJ-2026-0001" in talk.says(
        OFFICER, f"邮寄 {CODE} 顺丰 sf1234567890", "app"
    )
    record = papers(talk, "F19")[0].values
    wanted = {
        "courier": "顺丰",
        "courier_no": "SF1234567890",
        "payer": "政府",
        "sent_on": "2026-09-15",
        "way": "邮寄",
    }
    assert {key: record[key] for key in wanted} == wanted
    assert len(record["papers"]) == 10
    talk.says(OFFICER, f"已签收 {CODE} 门卫老王 9月15日", "app")
    record = papers(talk, "F19")[0].values
    assert (record["received_by"], record["received_on"]) == ("门卫老王", "2026-09-15")


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        (f"邮寄 {CODE} SF1234567890", "请写明快递公司（顺丰、邮政、"),
        (f"邮寄 {CODE} 顺丰 12", "这个快递单号不对"),
        (f"邮寄 {CODE} 顺丰 ABCDEFGHIJ", "这个快递单号不对"),
        (f"邮寄 {CODE} 顺丰 SF1234567890 建字第999号", "本项目没有文号为“建字第999号”的结果"),
        (f"邮寄 {CODE}", "还没有移交的结果10项"),
        (f"退件 {CODE}", "没有等签收的移交或邮寄"),
        (f"已签收 {CODE} 陈静", "没有等签收的移交或邮寄"),
    ],
)
def test_bad_input_changes_nothing(talk: Talk, order: str, answer: str) -> None:
    before = talk.stored()
    assert talk.says(OFFICER, order, "app").startswith(answer)
    assert talk.stored() == before


def test_a_receipt_has_a_name_and_a_day_that_can_be(talk: Talk) -> None:
    talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890", "app")
    before = talk.stored()
    assert "不能晚于今天" in talk.says(OFFICER, f"已签收 {CODE} 陈静 9月20日", "app")
    assert "早于移交或寄出日期" in talk.says(OFFICER, f"已签收 {CODE} 陈静 9月14日", "app")
    assert "日期不对" in talk.says(OFFICER, f"已签收 {CODE} 陈静 9月31日", "app")
    assert "请写明签收人" in talk.says(OFFICER, f"已签收 {CODE}", "app")
    assert "已登记过" in talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890 图纸", "app")
    assert talk.stored() == before


@pytest.mark.parametrize("words", ["已签收", "快递收到了", f"签收 {CODE}"])
def test_the_enterprise_says_in_a_word_that_it_arrived(talk: Talk, words: str) -> None:
    talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890", "app")
    assert "签收人陈静，9月15日（周二）" in talk.says(CONTACT, words)
    assert "签收人陈静，9月15日（周二）" in talk.sees(OFFICER)[-1]


@pytest.mark.parametrize("who", [REPRESENTATIVE, SUPERVISOR])
def test_nobody_else_says_that_it_arrived(talk: Talk, who: str) -> None:
    talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890", "app")
    before = talk.stored()
    assert "如有需要，请联系本项目服务专员李娜" in talk.says(who, f"已签收 {CODE} 陈静", "app")
    assert talk.stored() == before


def test_a_mail_that_came_back_is_sent_again(talk: Talk) -> None:
    talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890", "app")
    assert talk.says(OFFICER, f"退件 {CODE} SF1234567890", "app").startswith(
        "已登记退件。还没有移交的结果10项"
    )
    assert "中通7312345678901" in talk.says(OFFICER, f"邮寄 {CODE} 中通 7312345678901", "app")


def test_no_address_in_the_group(talk: Talk) -> None:
    assert talk.says(CONTACT, "证照帮我寄过来").startswith(
        "可以免费邮寄（邮费由政府支付）。收件地址请不要发在群里"
    )
    assert "登记地址：云溪县工业园区新材路8号，收件人陈静" in talk.says(CONTACT, "证照帮我寄过来", "app")
    assert talk.says(CONTACT, "2", "app").startswith("请直接回复收件地址")
    assert "请写明完整的收件地址" in talk.says(CONTACT, "公司", "app")
    said = talk.says(CONTACT, "云溪县云溪大道9号三楼前台", "app")
    assert said.startswith("已记入邮寄记录YX-YJ-2026-0001")
    assert papers(talk, "F19")[0].values["receiver_address"] == "云溪县云溪大道9号三楼前台"
    talk.says(OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890", "app")
    assert [one.no for one in papers(talk, "F19")] == ["YX-YJ-2026-0001"]
    record = papers(talk, "F19")[0]
    assert (record.values["receiver_address"], record.state) == (
        "云溪县云溪大道9号三楼前台",
        FormState.SIGNED,
    )
    assert not any("前台" in text or "新材路" in text for text in talk.sees(CONTACT, GROUP))


def test_papers_by_post_to_the_office(talk: Talk) -> None:
    assert "寄到云溪县云溪大道1号" in talk.says(CONTACT, "材料可以快递吗")
    assert talk.says(CONTACT, "邮寄材料 中通 7312345678901 承诺书 原件1").startswith(
        "已登记（邮寄记录YX-YJ-2026-0001）"
    )
    assert f"收到后发送“收件 {CODE}”" in talk.sees(OFFICER)[-1]
    assert talk.says(OFFICER, f"收件 {CODE}", "app") == "已收到项目单位邮寄的材料：承诺书，9月15日（周二）。"
    assert talk.sees(CONTACT)[-1] == "您邮寄的材料（承诺书）服务专员李娜已收到，9月15日（周二）。"
    assert talk.says(OFFICER, f"收件 {CODE}", "app") == "没有在途的项目单位邮件。"


# ---------------------------------------------------------------- the ten days


@pytest.fixture
def issued(talk: Talk) -> None:
    """The building permit, of today: nobody has handed it over."""
    with talk.parts.store.transaction() as tx:
        item = next(one for one in tx.cases.items([1])[1] if one.item_id == "sg_xuke")
        done = replace(
            item.record(ItemEvent(ItemState.COMPLETED, TODAY), TODAY), result_no="云施工许可〔2026〕9号"
        )
        tx.cases.save_item(done, item)


def reminders(talk: Talk) -> list[str]:
    return [text for text in reminded(talk.sees(OFFICER)) if "送达提醒" in text]


def test_the_officer_is_reminded_once_before_the_days_are_over(talk: Talk, issued: None) -> None:
    talk.time_is("2026-09-22T09:10:00")
    assert reminders(talk) == []
    talk.time_is("2026-09-23T08:40:00")
    assert reminders(talk) == []
    talk.time_is("2026-09-23T09:10:00")
    assert [one.splitlines()[1] for one in reminders(talk)] == [
        "施工许可（云施工许可〔2026〕9号），9月29日（周二）前送达"
    ]
    talk.time_is("2026-09-24T09:10:00")
    assert reminders(talk) == []


def test_what_is_delivered_is_not_reminded_of(talk: Talk, issued: None) -> None:
    talk.says(OFFICER, f"当面移交 {CODE} 施工许可", "app")
    talk.time_is("2026-09-24T09:10:00")
    assert reminders(talk) == []
