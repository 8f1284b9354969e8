"""What hangs on an item of the plan is not torn off with it."""

from __future__ import annotations

from tests.talk import CONTACT, OFFICER, Talk

CODE = "YX-2026-001"
PDF = {"name": "报告.pdf", "text": "%PDF-1.4 report"}


def test_an_item_whose_material_came_in_is_not_dropped_from_the_plan(talk: Talk) -> None:
    assert "《放线测量报告》" in talk.says(CONTACT, "放线验线 放线测量报告", quote={"file": PDF})
    before = talk.stored()
    said = talk.says(OFFICER, f"删事项 {CODE} 放线验线 项目单位自己办", "app")
    assert said.startswith("放线验线已收到材料或已有告知，留在计划里备查，不能删除。")
    assert talk.stored() == before


def test_an_item_somebody_was_told_of_is_not_dropped_either(talk: Talk) -> None:
    talk.says(CONTACT, "被要求清单外材料 放线验线 村委会盖章", "app")
    before = talk.stored()
    said = talk.says(OFFICER, f"删事项 {CODE} 放线验线 项目单位自己办", "app")
    assert "不能删除" in said
    assert talk.stored() == before


def test_more_joint_approvals_than_letters(talk: Talk) -> None:
    for _ in range(12):
        assert "并联" in talk.says(OFFICER, f"并联 {CODE} 施工许可 环评报告表", "app")
        assert "并联" in talk.says(OFFICER, f"并联 {CODE} 用水报装 排水许可", "app")
