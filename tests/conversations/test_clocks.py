"""The clock keeps going whatever becomes of an issue: silence, B post, the officer's own limits, urgent ones, holidays."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from bot import health
from domain.issues import IssueStatus
from scheduler.jobs import auditor
from tests.talk import (
    ADMINISTRATOR,
    CHIEF,
    DEPUTY,
    LEADER,
    OFFICER,
    OTHER_OFFICER,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)

PEOPLE = (OFFICER, OTHER_OFFICER, REPRESENTATIVE, DEPUTY, CHIEF, LEADER, SUPERVISOR)


def test_a_silent_representative_leads_to_every_level_through_the_spring_festival(talk: Talk) -> None:
    """Filed on Tuesday the 10th; the last day is Saturday the 14th +: nine days off from the 15th to the 23rd."""
    talk.time_is("2026-02-09T10:00:00")
    talk.files_problem()
    _heard(talk)
    for moment, told in (
        ("2026-02-10T15:29:00", ()),
        ("2026-02-10T15:30:00", (REPRESENTATIVE,)),  # to take it, two hours before the evening
        ("2026-02-11T08:30:00", (OFFICER, DEPUTY)),  # not taken
        ("2026-02-13T09:00:00", (REPRESENTATIVE,)),  # the working day before the last
        ("2026-02-14T17:30:00", ()),  # a Saturday made up for the holidays: the last day
        ("2026-02-14T23:00:00", ()),
        ("2026-02-16T10:00:00", ()),
        ("2026-02-20T10:00:00", ()),
        ("2026-02-23T12:00:00", ()),
        ("2026-02-24T08:29:00", ()),
        ("2026-02-24T08:30:00", (OFFICER, REPRESENTATIVE)),
        ("2026-02-25T08:29:00", ()),
        ("2026-02-25T08:30:00", (DEPUTY,)),
        ("2026-02-26T08:30:00", (CHIEF,)),
        ("2026-02-27T08:30:00", (LEADER,)),
        ("2026-02-28T08:29:00", ()),
        ("2026-02-28T08:30:00", (OFFICER, REPRESENTATIVE, CHIEF, SUPERVISOR)),  # a Saturday made up: pressed
        ("2026-02-28T16:00:00", ()),
        ("2026-03-01T10:00:00", ()),
        ("2026-03-04T08:29:00", ()),
        ("2026-03-04T08:30:00", (OFFICER, REPRESENTATIVE, CHIEF, SUPERVISOR)),  # no feedback in two days
        ("2026-03-06T08:29:00", ()),
        ("2026-03-06T08:30:00", (REPRESENTATIVE, SUPERVISOR)),  # and again five working days later
    ):
        talk.time_is(moment)
        assert _heard(talk) == told, moment


def test_the_levels_say_who_is_late_since_when_and_what_to_do(talk: Talk, problem: int) -> None:
    _heard(talk)
    talk.time_is("2026-09-17T08:30:00")
    (card,) = [t for t in talk.sees(DEPUTY) if "问题3" in t]  # to take it by one tap
    assert card.startswith("问题3：请您办理")
    assert "A岗黄志坚应于9月16日（周三）17:30前接办，现未接办，请您接办。您接办前仍由黄志坚负责。" in card
    assert "罗燕接办" in talk.says(DEPUTY, "我来办 3", "app")


def test_a_late_answer_is_told_to_the_b_post(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is("2026-09-22T08:30:00")
    _heard(talk)
    talk.time_is("2026-09-23T08:30:00")
    assert [t for t in talk.sees(DEPUTY) if "问题3" in t] == [
        "**抄告B岗**：问题3应于9月21日（周一）17:30前答复，现未答复。\n"
        "项目：岭南新材料年产3万吨改性塑料厂房\nA岗：黄志坚\n"
        "内容：施工许可窗口要求补交村委会盖章，清单上没有这一条\n"
        "您可以发送“我来办 3”接手，或“回复 3 答复内容”直接答复。"
    ]


def test_the_b_post_takes_over_where_the_site_says_so(talk: Talk) -> None:
    _configure(talk, lambda d: d["not_taken"].update(takes_over=True))
    talk.files_problem()
    by = talk.issue(3).answer_by
    _heard(talk)
    talk.time_is("2026-09-17T08:30:00")
    issue = talk.issue(3)
    assert issue.answer_by == by  # the date the enterprise was told stays
    assert any("问题3：请您办理" in t for t in talk.sees(DEPUTY))
    assert any("已转B岗罗燕办理" in t for t in talk.sees(REPRESENTATIVE))
    before = talk.stored()
    assert "已转由罗燕办理" in talk.says(REPRESENTATIVE, "我来办 3", "app")
    assert talk.stored() == before
    assert "罗燕接办" in talk.says(DEPUTY, "我来办 3", "app")


def test_taken_and_then_nothing_is_reminded_of_and_taken_back(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    _heard(talk)
    talk.time_is("2026-09-17T09:29:00")
    assert _heard(talk) == ()
    talk.time_is("2026-09-17T09:31:00")
    assert any("接办已满13个工作小时，还没有答复" in t for t in talk.sees(REPRESENTATIVE))
    for day in (22, 23, 24, 28):
        talk.time_is(f"2026-09-{day}T08:30:00")
    talk.time_is("2026-09-29T08:30:00")
    _heard(talk)
    talk.time_is("2026-09-29T09:32:00")
    assert talk.issue(3).status is IssueStatus.TRIAGE
    assert any("问题3：请分派" in t for t in talk.sees(OFFICER))
    assert any("已收回给服务专员李娜" in t for t in talk.sees(REPRESENTATIVE))


def test_an_answer_ends_the_watch_for_silence(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.says(REPRESENTATIVE, "回复 3 材料清单不含村委会证明。", "app")
    assert {step.about for step in talk.issue(3).steps} == {"release"}


def test_the_officers_desk_has_a_limit_too(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "不属本部门 3 盖章是镇街的要求", "app")
    _heard(talk)
    talk.time_is("2026-09-16T15:30:00")
    assert any("请在9月16日（周三）17:30前分派" in t for t in talk.sees(OFFICER))
    talk.time_is("2026-09-17T08:30:00")
    assert any("现未分派" in t for t in talk.sees(OFFICER))
    assert any("现未分派" in t and "服务专员李娜" in t for t in talk.sees(OTHER_OFFICER))
    talk.time_is("2026-09-20T08:30:00")
    assert any("按时限规则发出）：问题3应于9月16日（周三）17:30前分派" in t for t in talk.sees(SUPERVISOR))
    talk.says(OFFICER, "转办 3 住建局 属施工许可", "app")
    talk.says(OFFICER, "1", "app")  # it had given it back: asked once more
    assert not [step for step in talk.issue(3).steps if step.about == "triage"]


def test_a_draft_that_is_not_released_reminds_the_officer(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "回复 3 材料清单不含村委会证明。", "app")
    _heard(talk)
    talk.time_is("2026-09-16T15:30:00")
    assert any("前发布答复。发送“发布 3”即可" in t for t in talk.sees(OFFICER))
    talk.says(OFFICER, "发布 3", "app")
    talk.time_is("2026-09-22T09:00:00")
    assert not [t for who in PEOPLE for t in talk.sees(who) if "问题3" in t and "现未发布" in t]


def test_a_draft_returned_late_leaves_the_rest_of_the_ladder(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "回复 3 材料清单不含村委会证明。", "app")
    talk.time_is("2026-09-23T09:00:00")
    talk.says(OFFICER, "退回 3 请写明补正办法", "app")
    _heard(talk)
    talk.time_is("2026-09-24T08:30:00")
    assert _heard(talk) == (OFFICER, REPRESENTATIVE)
    talk.time_is("2026-09-28T08:30:00")
    assert DEPUTY in _heard(talk)


def test_what_is_urgent_climbs_also_at_night(talk: Talk) -> None:
    talk.time_is("2026-09-18T21:00:00")
    no = talk.files_problem("反馈问题：施工许可的工地停水了，没人处理")
    _heard(talk)
    for moment, told in (
        ("2026-09-18T21:29:00", ()),
        ("2026-09-18T21:31:00", (REPRESENTATIVE,)),
        ("2026-09-18T22:01:00", (OFFICER, DEPUTY)),
        ("2026-09-18T23:01:00", (CHIEF,)),
        ("2026-09-19T00:01:00", (LEADER,)),
        ("2026-09-19T01:01:00", (SUPERVISOR,)),
        ("2026-09-19T03:00:00", ()),
    ):
        talk.time_is(moment)
        assert _heard(talk, no) == told, moment
    talk.says(REPRESENTATIVE, f"我来办 {no}", "app")
    _heard(talk)
    talk.time_is("2026-09-19T10:00:00")
    assert _heard(talk, no) == ()


def test_nobody_is_pressed_on_a_guessed_calendar_and_the_officer_is_told_why(talk: Talk) -> None:
    talk.time_is("2026-12-30T10:00:00")
    talk.files_problem()
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    _heard(talk)
    for day in range(4, 30):
        talk.time_is(f"2027-01-{day:02d}T08:31:00")
    assert not [t for t in talk.sees(SUPERVISOR) if "问题3" in t]
    waits = [t for t in talk.sees(OFFICER) if "不作正式督办" in t]
    assert len(waits) == len(set(waits)) >= 1  # said once for each date
    assert [t for t in talk.sees(LEADER) if "问题3" in t]
    assert (
        "暂按周一至周五推算" in talk.says(REPRESENTATIVE, "灯 3", "app")
        or talk.issue(3).status is IssueStatus.TRIAGE
    )


def test_without_next_years_holidays_the_administrators_hear_of_it_once_a_week(talk: Talk) -> None:
    talk.time_is("2026-10-30T10:00:00")
    assert not [t for t in talk.sees(ADMINISTRATOR) if "2027年的放假安排" in t]
    for moment, told in (("2026-11-02T10:00:00", 1), ("2026-11-04T10:00:00", 0), ("2026-11-09T10:00:00", 1)):
        talk.time_is(moment)
        assert len([t for t in talk.sees(ADMINISTRATOR) if "2027年的放假安排" in t]) == told


def test_an_issue_without_a_next_step_is_found_repaired_and_reported(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-15T10:00:00")
    assert not [t for t in talk.sees(ADMINISTRATOR) if "巡检" in t]
    with talk.parts.store.engine.begin() as connection:
        connection.execute(text("UPDATE issues SET steps = '[]', next_step_at = NULL WHERE no = 3"))
    talk.time_is("2026-09-15T11:10:00")
    assert talk.sees(ADMINISTRATOR) == ["**巡检**：\n问题3：没有下一步，已补排提醒和时限"]
    assert talk.issue(3).next_step_at is not None


def test_an_issue_whose_holder_is_gone_comes_back_to_the_desk(talk: Talk, problem: int) -> None:
    with talk.parts.store.transaction() as tx:
        tx.people.deactivate(REPRESENTATIVE)
    talk.sees(OFFICER)
    talk.time_is("2026-09-15T11:10:00")
    assert talk.issue(3).status is IssueStatus.TRIAGE
    assert any("办理人已不在岗" in t for t in talk.sees(OFFICER))
    assert any("问题3：办理人已停用" in t for t in talk.sees(ADMINISTRATOR))


def test_nothing_in_the_sample_needs_the_auditor(talk: Talk, problem: int) -> None:
    before = talk.stored()
    assert health.auditor(talk.parts).level is health.Level.WARN
    auditor.run(talk.parts, talk.parts.clock.now())
    assert talk.stored() == before
    assert health.auditor(talk.parts).level is health.Level.OK


def test_an_auditor_that_stopped_is_a_failure(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        tx.runs.beat("auditor", talk.parts.clock.real_now() - timedelta(hours=1))
    found = health.auditor(talk.parts)
    assert found.level is health.Level.FAIL
    assert "60 分钟没有巡检" in found.what


def _heard(talk: Talk, no: int = 3) -> tuple[str, ...]:
    """Of the ladder; the lists of a morning name what is open anyway."""
    told = {who: [t for t in talk.sees(who) if f"问题{no}" in t and not _list(t)] for who in PEOPLE}
    return tuple(who for who in PEOPLE if told[who])


def _list(said: str) -> bool:
    return "督办简报" in said or "工作清单" in said or said.startswith("以上")


def _configure(talk: Talk, change: Callable[[dict[str, Any]], object]) -> None:
    """The site decides otherwise from now on."""
    with talk.parts.store.engine.begin() as connection:
        row = connection.execute(
            text("SELECT version, document FROM site_versions ORDER BY version DESC")
        ).first()
        assert row is not None
        document = json.loads(row.document)
        change(document["deadlines"])
        connection.execute(
            text("UPDATE site_versions SET document = :d WHERE version = :v"),
            {"d": json.dumps(document), "v": row.version},
        )
    talk.parts.sites._facts = None


def test_a_card_too_old_to_be_changed_is_not_tried(talk: Talk, problem: int) -> None:
    """Its code works for 72 hours; the platform would refuse it (40058)."""
    talk.time_is("2026-09-22T09:00:00")
    talk.says(OFFICER, f"回复 {problem} 按清单收件，不用补交。", "app")
    codes = [call["errcode"] for call in talk.platform.log("update_template_card")]
    assert codes
    assert set(codes) == {0}
