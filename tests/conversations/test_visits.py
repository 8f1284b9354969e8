"""走访: a visit is a form to sign, a row of the ledger, and problems nobody answered are followed up (R162, R167)."""

from __future__ import annotations

from domain.filled_forms import FormState
from tests.bot.workbooks import SITE
from tests.talk import CONTACT, OFFICER, OTHER_OFFICER, REPRESENTATIVE, SUPERVISOR, Talk

SAID = (
    "走访 YX-2026-001 9月14日 参加：住建局黄志坚、供电局谢国栋 服务：协调、指导 "
    "问题：临时用电容量不足 答复：供电局10月20日前增容 后续：10月21日回访 问题：围挡怎么设置 部门：城管局"
)
NO = "YX-DY-2026-0001"


def test_a_visit_is_kept_signed_and_followed_up(talk: Talk) -> None:
    answer = talk.says(OFFICER, SAID, "app")
    assert answer.splitlines() == [
        f"《现场调研（上门服务）记录》（{NO}）已生成并记入台账，已请陈静签字。",
        "现场没有答复的已登记跟踪：问题3（城管局），按问题办理时限答复。",
    ]
    issue = talk.issue(3)
    assert (issue.description, issue.department) == ("围挡怎么设置", "cgj")
    assert "现场调研（上门服务）记录（YX-DY-2026-0001）.docx" in talk.sees(CONTACT)[0]
    with talk.parts.store.reading() as tx:
        form = tx.forms.of_project(1)[-1]
        entry = tx.ledger.of_project(1)[-2:]
    assert form.values["departments"] == "住建局黄志坚、供电局谢国栋"
    assert form.values["service_type"] == ["指导", "协调"]
    assert [(row["department"], row["answer"]) for row in form.values["problems"]] == [
        (SITE.departments["gd"].name, "供电局10月20日前增容"),
        (SITE.departments["cgj"].name, ""),
    ]
    assert any("9月14日上门服务" in one.summary for one in entry)
    assert talk.says(CONTACT, f"签署 {NO}", "app").startswith("已签署")
    with talk.parts.store.reading() as tx:
        assert tx.forms.of_project(1)[-1].state is FormState.SIGNED


def test_what_is_not_said_is_asked_and_nothing_kept(talk: Talk) -> None:
    before = talk.stored()
    assert talk.says(OFFICER, "走访 YX-2026-001 去看了一下", "app").startswith("请这样写：走访 YX-2026-001")
    assert "今天或以前" in talk.says(OFFICER, SAID.replace("9月14日", "9月20日"), "app")
    assert "服务类型请写" in talk.says(OFFICER, SAID.replace("服务：协调、指导", "服务：聊天"), "app")
    assert talk.says(OFFICER, SAID.replace("部门：城管局", ""), "app") == (
        "“围挡怎么设置”由哪个部门负责？请在后面写明“部门：供电局”，再发送一次。"
    )
    assert "服务专员办理" in talk.says(REPRESENTATIVE, SAID, "app")
    assert "服务专员办理" in talk.says(SUPERVISOR, SAID, "app")
    assert "服务专员办理" in talk.says(CONTACT, SAID, "app")
    assert "没有找到" in talk.says("zhou.min", SAID, "app")
    assert talk.stored() == before
    assert OTHER_OFFICER  # the deputy stands in for the officer
    assert NO in talk.says(OTHER_OFFICER, SAID.split(" 问题", maxsplit=1)[0], "app")


WISH = "希望走访 临时用电方案谈不下来，想请供电局到现场看看"


def test_a_wish_is_kept_planned_and_ends_with_the_visit(talk: Talk) -> None:
    assert talk.says(CONTACT, WISH, "app") == (
        "走访需求已登记并转告服务专员李娜，定下日期后由我告诉您。急事请直接发送“反馈问题 情况”。"
    )
    assert any("临时用电方案谈不下来" in text for text in talk.sees(OFFICER))
    assert "不用重复登记" in talk.says(CONTACT, "预约走访", "app")
    listed = talk.says(SUPERVISOR, "走访需求", "app")
    assert "陈静9月15日提出：临时用电方案谈不下来，想请供电局到现场看看，待定日期" in listed
    assert "请写明日期" in talk.says(OFFICER, "安排走访 YX-2026-001 2027年9月18日", "app")
    assert "定在9月18日（周五），已告知" in talk.says(OFFICER, "安排走访 YX-2026-001 9月18日", "app")
    assert any("定于9月18日（周五）到" in text for text in talk.sees(CONTACT))
    talk.says(OFFICER, SAID, "app")  # of the day before it was wished for
    assert "9月18日（周五）走访" in talk.says(OFFICER, "走访需求", "app")
    talk.time_is("2026-09-18T16:00:00")
    assert "已生成" in talk.says(OFFICER, SAID.replace("9月14日", "9月18日"), "app")
    assert talk.says(OFFICER, "走访需求", "app") == "目前没有待走访的需求。"
    assert "没有待安排的走访需求" in talk.says(OFFICER, "安排走访 YX-2026-001 9月30日", "app")
    assert "已登记并转告" in talk.says(CONTACT, "预约走访", "app")


def test_a_wish_in_a_hurry_gets_its_reason_afterwards(talk: Talk) -> None:
    assert "已登记并转告" in talk.says(CONTACT, "希望走访", "app")
    assert "不用重复登记" in talk.says(CONTACT, "希望走访", "app")
    talk.sees(OFFICER)
    assert "已登记并转告" in talk.says(CONTACT, WISH, "app")
    assert any("临时用电方案谈不下来" in text for text in talk.sees(OFFICER))
    listed = talk.says(OFFICER, "走访需求", "app")
    assert "走访需求（1项）" in listed
    assert "临时用电方案谈不下来" in listed
    assert "不用重复登记" in talk.says(CONTACT, "希望走访 另有一事", "app")


def test_whose_wish_it_is_nobody_else_learns(talk: Talk) -> None:
    talk.says(CONTACT, WISH, "app")
    with talk.parts.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE projects SET deputy_id = NULL")
    before = talk.stored()
    assert "没有找到" in talk.says("zhou.min", "希望走访 YX-2026-001 看看", "app")
    assert "没有找到" in talk.says(OTHER_OFFICER, "安排走访 YX-2026-001 9月18日", "app")
    assert talk.says(OTHER_OFFICER, "走访需求", "app") == "目前没有待走访的需求。"
    assert "供服务专员和督办人员查看" in talk.says(CONTACT, "走访需求", "app")
    assert "由项目单位" in talk.says(OFFICER, "希望走访 YX-2026-001 看看", "app")
    assert "单聊" in talk.says(OFFICER, "走访需求")
    assert "300字以内" in talk.says("zhou.min", "希望走访 " + "很" * 301, "app")
    assert talk.stored() == before
