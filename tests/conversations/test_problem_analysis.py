"""问题分析: problems by category, department and item, beside the month before; by itself once a month (R165)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from bot.siteconfig import calendar_of
from domain.issue_analysis import analyse, before
from domain.issues import Category, Issue, IssueStatus
from domain.periods import Period, months_from
from tests.bot.workbooks import SITE
from tests.returns import drawn_by
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, SUPERVISOR, Talk


def test_the_month_is_counted_and_sent_as_a_table(talk: Talk) -> None:
    talk.files_problem()
    talk.files_problem("投诉：黄志坚态度恶劣，拒绝接收材料", chat="app")
    answer = talk.says(SUPERVISOR, "问题分析 9月", "app")
    first, second = answer.splitlines()[:2]
    assert first == "2026年9月问题分析"
    assert second.startswith("共3个（上期0个）")  # nothing of what is about a person
    assert "住建局2个" in answer
    assert talk.sees(SUPERVISOR)[-1] == "问题分析（2026年9月）.xlsx"
    book = load_workbook(BytesIO(drawn_by(talk, "problem_analysis", "2026-09-01:2026-09-30:all")))
    assert book.sheetnames == ["按类别", "按部门", "按事项", "明细"]
    rows = [[cell.value for cell in row] for row in book["明细"].iter_rows(min_row=4)]
    assert len(rows) == 3
    assert not any("态度" in str(row[-1]) for row in rows)
    assert talk.says(SUPERVISOR, "问题分析 8月", "app") == "2026年8月没有项目单位反馈的问题（上期0个）。"


def test_only_who_answers_for_projects_is_told_and_not_in_a_group(talk: Talk) -> None:
    assert "共" in talk.says(OFFICER, "问题分析", "app")
    assert "汇总供督办人员" in talk.says(CONTACT, "问题分析 9月", "app")
    assert "汇总供督办人员" in talk.says(REPRESENTATIVE, "问题分析 9月", "app")
    assert "单聊" in talk.says(OFFICER, "问题分析 9月", GROUP)


def test_last_months_comes_by_itself_once(talk: Talk) -> None:
    talk.time_is("2026-09-30T10:00:00")
    talk.sees(SUPERVISOR)
    talk.time_is("2026-10-08T09:25:00")
    talk.time_is("2026-10-09T09:25:00")
    told = [text for text in talk.sees(SUPERVISOR) if "问题分析" in text]
    assert [text.splitlines()[0] for text in told] == ["**2026年9月问题分析**", "问题分析（2026年9月）.xlsx"]
    talk.time_is("2026-11-02T09:25:00")
    assert [text for text in talk.sees(SUPERVISOR) if "问题分析" in text] == []  # October had none


NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)


def issue(no: int, project: int, **more: object) -> Issue:
    at = datetime(2026, 9, 1, 2, tzinfo=UTC)
    return Issue(no, project, None, Category.MATERIAL, "缺章", 1, at, **{"item_id": "sg_xuke", **more})  # type: ignore[arg-type]


def test_what_is_late_and_what_comes_again() -> None:
    due = datetime(2026, 9, 4, 9, tzinfo=UTC)
    issues = [
        issue(
            1, 1, answer_by=due, released_at=datetime(2026, 9, 3, 2, tzinfo=UTC), status=IssueStatus.CLOSED
        ),
        issue(
            2, 2, answer_by=due, released_at=datetime(2026, 9, 7, 2, tzinfo=UTC), status=IssueStatus.RELEASED
        ),
        issue(3, 2, answer_by=due, status=IssueStatus.ACCEPTED),
        issue(4, 3, item_id=None),
    ]
    found = analyse(months_from(date(2026, 9, 1), 1), issues, [issue(0, 1)], calendar_of(SITE), NOW)
    assert (found.whole.count, found.whole.before, found.whole.solved, found.whole.late) == (4, 1, 1, 2)
    assert found.whole.days == 3.0  # two working days, and four
    assert found.open == 2
    assert [(one.item, one.projects, one.numbers) for one in found.again] == [("sg_xuke", 2, (1, 2, 3))]


def test_the_period_before() -> None:
    assert before(months_from(date(2026, 1, 1), 1)) == months_from(date(2025, 12, 1), 1)
    assert before(months_from(date(2026, 7, 1), 3)) == months_from(date(2026, 4, 1), 3)
    assert before(months_from(date(2026, 1, 1), 12)) == months_from(date(2025, 1, 1), 12)
    assert before(Period(date(2026, 9, 8), date(2026, 9, 14))) == Period(date(2026, 9, 1), date(2026, 9, 7))
