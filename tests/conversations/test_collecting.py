"""R061: after the first meeting the project's basic facts are a paper, known things filled in."""

from __future__ import annotations

from tests.talk import CONTACT, OFFICER, Talk


def test_the_officer_gets_the_facts_as_a_paper(talk: Talk) -> None:
    talk.sees(OFFICER)
    said = talk.says(OFFICER, "采集 YX-2026-001 Wifi机房用电要增容", "app")
    assert said.startswith("《项目信息采集表》（YX-CJ-2026-0001，第1版）由应用单独发给您。")
    assert "还不知道：" in said
    assert "补充信息 YX-2026-001" in said
    assert talk.sees(OFFICER)[-1] == "项目信息采集表（YX-CJ-2026-0001）.docx"
    with talk.parts.store.reading() as tx:
        form = tx.forms.by_no("YX-CJ-2026-0001")
        assert form is not None
        assert form.values["collected_by"] == "李娜"
        assert form.values["difficulties"] == "Wifi机房用电要增容"
        assert {"item": "投资项目赋码(项目代码)"}.items() <= form.values["done"][0].items()
        assert tx.ledger.of_project(form.project_id)[-1].milestone == "意向"


def test_collected_again_it_is_a_new_version(talk: Talk) -> None:
    talk.says(OFFICER, "采集")
    assert "第2版" in talk.says(OFFICER, "采集表")


def test_it_is_the_projects_own_officer_who_collects(talk: Talk) -> None:
    before = talk.stored()
    assert "服务专员办理" in talk.says(CONTACT, "采集")
    assert "没有找到" in talk.says("zhou.min", "采集 YX-2026-001", "app")
    assert talk.stored() == before
