"""Reminders before a deadline, escalation after it: once each, in office hours only."""

from __future__ import annotations

from domain.issues import IssueStatus
from tests.talk import CHIEF, CONTACT, DEPUTY, LEADER, OFFICER, REPRESENTATIVE, SUPERVISOR, Talk

EVERYBODY = (OFFICER, REPRESENTATIVE, DEPUTY, CHIEF, LEADER, SUPERVISOR)
TAKE = "提醒：问题3请在9月16日（周三）17:30前接办。回复“我来办 3”即可，内容：施工许可窗口要求补交村委会盖章，清单上没有这一条"


def test_two_hours_before_the_evening_the_holder_is_reminded_once(talk: Talk, problem: int) -> None:
    _quiet(talk)
    talk.time_is("2026-09-16T15:29:00")
    assert [text for text in talk.sees(REPRESENTATIVE) if "问题" in text] == []
    talk.time_is("2026-09-16T15:30:00")
    talk.time_is("2026-09-16T15:31:00")
    talk.time_is("2026-09-16T16:30:00")
    assert talk.sees(REPRESENTATIVE) == [TAKE]


def test_not_taken_the_officer_is_told_the_next_morning_and_not_at_night(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-16T16:00:00")
    _quiet(talk)
    for night in ("2026-09-16T17:31:00", "2026-09-16T23:00:00", "2026-09-17T08:29:00"):
        talk.time_is(night)
        assert talk.sees(OFFICER) == []
    talk.time_is("2026-09-17T08:30:00")
    assert [text for text in talk.sees(OFFICER) if "未接办" in text] == [
        "**超时提示**：问题3应于9月16日（周三）17:30前接办，现未接办。\n"
        "项目：岭南新材料年产3万吨改性塑料厂房\n"
        "在办：住建局黄志坚\n"
        "内容：施工许可窗口要求补交村委会盖章，清单上没有这一条\n"
        "请协调办理，可发送“转办 3 部门 原因”改派，或“问题3 进度”查看。"
    ]
    talk.time_is("2026-09-17T10:00:00")
    assert not [text for text in talk.sees(OFFICER) if "问题3" in text]


def test_taken_in_time_nobody_is_pressed_for_taking_it(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    _quiet(talk, "2026-09-15T18:00:00")
    talk.time_is("2026-09-16T16:00:00")
    talk.time_is("2026-09-17T09:00:00")
    assert not [text for text in (*talk.sees(REPRESENTATIVE), *talk.sees(OFFICER)) if "问题3" in text]


def test_the_answer_is_reminded_of_on_the_working_sunday_before(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    _quiet(talk)
    talk.time_is("2026-09-19T10:00:00")
    assert talk.sees(REPRESENTATIVE) == []
    talk.time_is("2026-09-20T09:00:00")
    assert [text[:34] for text in talk.sees(REPRESENTATIVE) if "问题3" in text] == [
        "提醒：问题3请在9月21日（周一）17:30前答复。发送“回复 3 "
    ]


def test_not_answered_it_climbs_the_ladder_one_level_after_the_other(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is("2026-09-21T09:00:00")
    _quiet(talk)
    for morning, told in (
        ("2026-09-21T17:31:00", ()),
        ("2026-09-22T08:30:00", (OFFICER, REPRESENTATIVE)),
        ("2026-09-23T08:30:00", (DEPUTY,)),
        ("2026-09-24T08:30:00", (CHIEF,)),
        ("2026-09-28T08:30:00", (LEADER,)),
        ("2026-09-29T08:30:00", (OFFICER, REPRESENTATIVE, CHIEF, SUPERVISOR)),  # pressed, with a form
        ("2026-09-29T09:29:00", ()),
    ):
        talk.time_is(morning)
        heard = tuple(who for who in EVERYBODY if _of_the_ladder(talk, who))
        assert heard == told, morning


def test_each_level_is_told_only_what_it_can_do(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is("2026-09-24T08:30:00")
    talk.time_is("2026-09-29T08:30:00")
    chief = next(text for text in talk.sees(CHIEF) if "问题3" in text)
    supervisor = next(text for text in talk.sees(SUPERVISOR) if "问题3" in text)
    assert chief.endswith("请协调办理，可发送“转办 3 部门 原因”改派，或“问题3 进度”查看。")
    assert supervisor.endswith("销号请发送“办结督办 3 原因”。")
    assert talk.says(SUPERVISOR, "问题3 进度", "app").startswith("问题3：部门代表办理中")


def test_after_an_outage_over_the_weekend_each_level_is_told_once(talk: Talk, problem: int) -> None:
    talk.sees(REPRESENTATIVE)
    talk.time_is("2026-09-30T08:31:00")
    for who in (REPRESENTATIVE, CHIEF, LEADER, SUPERVISOR):
        told = _of_the_ladder(talk, who)
        assert told
        assert len(told) == len(set(told))
    talk.time_is("2026-09-30T09:31:00")
    assert _of_the_ladder(talk, SUPERVISOR) == []


def test_answered_in_time_nothing_more_is_heard(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    _quiet(talk)
    for morning in (
        "2026-09-16T16:00:00",
        "2026-09-20T09:00:00",
        "2026-09-22T08:30:00",
        "2026-09-24T09:00:00",
    ):
        talk.time_is(morning)
    for who in EVERYBODY:
        assert not [text for text in talk.sees(who) if "问题3" in text]
    assert talk.issue(3).status is IssueStatus.RELEASED


def test_a_late_problem_stands_at_the_top_of_the_supervisors_list(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-22T09:00:00")
    lines = talk.says(SUPERVISOR, "汇总", "app").splitlines()
    assert lines[0] == "在办项目4个：超期3项，临期1项，逾期未答复问题2个"
    assert lines[1].startswith("🔴 问题1 水务局 园区门口的污水井")
    assert lines[2].startswith("🔴 问题3 住建局 施工许可窗口要求")
    assert len(lines) <= 10


def test_the_last_day_is_no_day_over(talk: Talk) -> None:
    talk.time_is("2026-09-16T10:00:00")
    assert "🟡 施工许可（住建局）已受理，已用3个工作日，时限已到" in talk.says(CONTACT, "进度")
    talk.time_is("2026-09-17T10:00:00")
    assert "🔴 施工许可（住建局）已受理，已用4个工作日，超期1个工作日" in talk.says(CONTACT, "进度")


def test_the_office_day_changes_at_midnight_in_china(talk: Talk) -> None:
    talk.time_is("2026-09-17T00:30:00")
    assert "超期1个工作日" in talk.says(CONTACT, "施工许可进度")


def _quiet(talk: Talk, moment: str = "") -> None:
    """What was heard so far is heard."""
    if moment:
        talk.time_is(moment)
    for who in EVERYBODY:
        talk.sees(who)


def _of_the_ladder(talk: Talk, who: str) -> list[str]:
    """What is told about problem 3; the lists of a morning name what is open anyway."""
    lists = ("督办简报", "工作清单", "点按钮等于")
    return [t for t in talk.sees(who) if "问题3" in t and not any(word in t for word in lists)]
