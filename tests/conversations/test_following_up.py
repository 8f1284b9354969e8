"""Who has been quiet is asked once a week; no answer reaches the officer."""

from __future__ import annotations

from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, Talk

ENVIRONMENT = "wu.shiting"


def _asked(talk: Talk, who: str) -> list[str]:
    return [text for text in talk.sees(who) if "有几天没有新消息" in text or "想了解贵单位" in text]


def test_a_quiet_item_is_asked_about_once_a_week_and_the_officer_learns_of_silence(talk: Talk) -> None:
    talk.time_is("2026-09-15T10:05:00")
    talk.time_is("2026-09-15T16:05:00")
    asked = _asked(talk, ENVIRONMENT)
    assert len(asked) == 1
    assert "- 环评报告表（审查中，9月3日起）" in asked[0]
    talk.sees(OFFICER)
    talk.time_is("2026-09-16T10:05:00")
    assert _asked(talk, ENVIRONMENT) == []
    assert not [t for t in talk.sees(OFFICER) if "没有回音" in t]
    talk.time_is("2026-09-17T10:05:00")
    assert [t for t in talk.sees(OFFICER) if "吴诗婷（环评报告表）询问情况，至今没有回音" in t]
    talk.time_is("2026-09-18T10:05:00")
    assert not [t for t in talk.sees(OFFICER) if "吴诗婷" in t]


def test_an_answer_ends_it(talk: Talk) -> None:
    talk.time_is("2026-09-15T10:05:00")
    talk.says(ENVIRONMENT, "环评报告表 特别程序 专家评审 10个工作日", "app")
    talk.sees(OFFICER)
    talk.time_is("2026-09-17T10:05:00")
    assert not [t for t in talk.sees(OFFICER) if "吴诗婷" in t]


def test_a_quiet_project_is_asked_privately_and_normal_is_an_answer(talk: Talk) -> None:
    for day in ("2026-09-21", "2026-09-22"):
        talk.time_is(f"{day}T10:05:00")
    asked = _asked(talk, CONTACT)
    assert len(asked) == 1
    assert "一切正常请回复“YX-2026-001 正常”" in asked[0]
    assert not [t for t in talk.sees(CONTACT, GROUP) if "想了解" in t]
    assert talk.says(CONTACT, "YX-2026-001 正常", "app").startswith("已记录：岭南新材料")
    talk.sees(OFFICER)
    talk.time_is("2026-09-24T10:05:00")
    assert not [t for t in talk.sees(OFFICER) if "陈静" in t]


def test_somebody_else_answers_nothing_for_the_project(talk: Talk) -> None:
    before = talk.stored()
    talk.says("zhou.min", "YX-2026-001 正常", "app")
    talk.says(REPRESENTATIVE, "正常", "app")
    assert talk.stored() == before


def test_a_project_in_which_nothing_runs_is_no_orphan_for_long(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        tx._connection.exec_driver_sql("UPDATE case_items SET events = '[]' WHERE case_id = 2")
    talk.time_is("2026-09-22T10:05:00")
    assert [t for t in talk.sees(OFFICER) if "清溪食品冷链仓库（YX-2026-002）没有在办事项" in t]
    talk.time_is("2026-09-23T10:05:00")
    assert not [t for t in talk.sees(OFFICER) if "没有在办事项" in t]
