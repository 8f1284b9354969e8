"""R150: whoever was part of a case can ask for its record, also after its end; nobody else can."""

from __future__ import annotations

from tests.case.archives import signed_form
from tests.talk import CONTACT, OFFICER, OTHER_GROUP, OUTSIDER, REPRESENTATIVE, Talk


def test_the_enterprise_finds_its_record_and_fetches_a_paper(talk: Talk) -> None:
    form = signed_form(talk)
    said = talk.says(CONTACT, "我的档案", "bot")
    assert "YX-SQ-2026-0001" in said
    assert f"代办委托协议 {form.no}" in said or form.no in said
    assert "调阅 " + form.no in said
    assert "由应用单独发给您" in talk.says(CONTACT, f"调阅 {form.no}", "bot")
    assert any(form.no in str(message.get("name", "")) for message in talk.platform.history(CONTACT, "app"))


def test_the_service_officer_reads_it_in_the_group_too(talk: Talk) -> None:
    form = signed_form(talk)
    assert form.no in talk.says(OFFICER, "档案")


def test_nobody_else_learns_that_there_is_a_paper(talk: Talk) -> None:
    form = signed_form(talk)
    before = talk.stored()
    for user, chat in ((OUTSIDER, "bot"), (REPRESENTATIVE, "bot"), ("zhou.min", OTHER_GROUP)):
        assert form.no not in talk.says(user, "我的档案", chat)
        assert "没有找到" in talk.says(user, f"调阅 {form.no}", chat) or "登记" in talk.heard[-1]
    assert talk.stored() == before
