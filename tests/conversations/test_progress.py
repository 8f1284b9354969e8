"""Progress, as the people of a work group ask for it."""

from __future__ import annotations

from tests.talk import CONTACT, GROUP, OTHER_GROUP, OUTSIDER, REPRESENTATIVE, Talk


def test_the_whole_case_shows_stages_departments_days_and_how_old_the_figures_are(talk: Talk) -> None:
    answer = talk.says(CONTACT, "进度")
    assert "岭南新材料年产3万吨改性塑料厂房" in answer
    assert "已办结11项，在办4项" in answer
    assert "🟡 施工许可（住建局）已受理，已用2个工作日，还剩1个工作日" in answer
    assert "🔴 环评报告表" in answer
    assert "最近一次部门反馈：9月14日，1天前" in answer
