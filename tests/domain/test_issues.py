"""What can become of a problem fed back, and what is told of it when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import IllegalMove, InvalidAnswer
from domain.issues import NEXT, Category, Issue, IssueStatus, Step, StepKind

NOW = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def _issue(status: IssueStatus = IssueStatus.NEW) -> Issue:
    return Issue(3, 1, 1, Category.MATERIAL, "窗口要求盖章", raised_by=1, raised_at=NOW, status=status)


def _assigned() -> Issue:
    issue = _issue()
    issue.assign("zjj", 7, "事项=施工许可")
    issue.steps = (Step(LATER, StepKind.REMIND, "respond"), Step(LATER, StepKind.REMIND, "answer"))
    return issue


def test_a_released_answer_is_told_when_its_moment_has_come() -> None:
    issue = _assigned()
    issue.reply("按清单收件。", 7)
    issue.release(LATER)
    assert (issue.told(NOW), issue.shown_status(NOW)) == (False, IssueStatus.ANSWERED)
    assert (issue.told(LATER), issue.shown_status(LATER)) == (True, IssueStatus.RELEASED)


def test_an_answer_taken_back_is_a_draft_again() -> None:
    issue = _assigned()
    issue.reply("按清单收件。", 7)
    issue.release(LATER)
    issue.take_back()
    assert (issue.status, issue.released_at, issue.told(LATER)) == (IssueStatus.ANSWERED, None, False)


def test_a_draft_may_be_written_anew_but_not_what_was_released() -> None:
    issue = _assigned()
    issue.reply("按清单收件。", 7)
    issue.reply("9月16日起按清单收件。", 7)
    assert issue.answer == "9月16日起按清单收件。"
    issue.release(NOW)
    with pytest.raises(IllegalMove):
        issue.reply("再改一下", 7)


def test_the_clock_stays_with_a_draft_because_it_may_come_back() -> None:
    issue = _assigned()
    issue.reply("按清单收件。", 7)
    assert all(step.moot(issue.status) for step in issue.steps)
    issue.return_draft()
    assert [step.about for step in issue.steps if not step.moot(issue.status)] == ["answer"]


def test_on_the_desk_nobody_holds_it() -> None:
    issue = _assigned()
    issue.to_triage("住建局认为不属本部门")
    assert (issue.department, issue.representative_id, issue.steps) == (None, None, ())


def test_not_solved_goes_back_to_whoever_answered() -> None:
    issue = _assigned()
    issue.reply("按清单收件。", 7)
    issue.release(NOW)
    issue.reopen()
    assert (issue.status, issue.representative_id, issue.returns) == (IssueStatus.ASSIGNED, 7, 1)


@pytest.mark.parametrize("answer", ["", "   ", "好" * 501])
def test_an_answer_has_words_and_not_too_many(answer: str) -> None:
    issue = _assigned()
    with pytest.raises(InvalidAnswer):
        issue.reply(answer, 7)
    assert issue.status is IssueStatus.ASSIGNED


def test_what_was_withdrawn_stays_withdrawn() -> None:
    assert NEXT[IssueStatus.WITHDRAWN] == frozenset()
    issue = _issue(IssueStatus.WITHDRAWN)
    with pytest.raises(IllegalMove):
        issue.assign("zjj", 7, "")
