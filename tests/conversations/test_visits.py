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
