"""What is refused changes nothing, and what is done is told."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from domain.issues import IssueStatus
from scheduler.cli import main
from tests.talk import CONTACT, OFFICER, REPRESENTATIVE, Talk

REPLY = "材料清单不含村委会证明，窗口已纠正。"


def test_a_refusal_in_the_second_half_does_not_swallow_the_first(talk: Talk) -> None:
    no = talk.files_problem()
    before = talk.issue(no).representative_id
    said = talk.says(OFFICER, f"转办 {no} 自然资源局 属规划范围，另外问题77进度", "app")
    assert "没有找到问题77" in said
    assert f"问题{no}已转" in said
    holder = talk.issue(no).representative_id
    assert holder not in (None, before)
    with talk.parts.store.reading() as tx:
        userid = tx.people.get(holder or 0).userid
    assert any(f"问题{no}：请您办理" in words for words in talk.sees(userid))


def test_a_refused_transfer_leaves_the_card_for_the_release_alive(talk: Talk) -> None:
    no = talk.files_problem()
    talk.says(REPRESENTATIVE, f"回复 {no} {REPLY}", "app")
    before = talk.stored()
    talk.says(OFFICER, f"转办 {no} 自然资源局 属规划范围", "app")
    assert talk.stored() == before
    talk.taps(OFFICER, f"issue.release:{no}")
    assert talk.issue(no).status is IssueStatus.RELEASED


@pytest.mark.parametrize("order", ["转办 3 自然资源局 属规划范围", "不属本部门 3 属规划范围"])
def test_a_solved_problem_is_not_opened_again_by_an_order_of_the_officers(talk: Talk, order: str) -> None:
    no = talk.files_problem()
    talk.says(REPRESENTATIVE, f"回复 {no} {REPLY}", "app")
    talk.says(OFFICER, f"立即发送 {no}", "app")
    for status in (IssueStatus.RELEASED, IssueStatus.CLOSED):
        before = talk.stored()
        talk.says(OFFICER, order, "app")
        assert (talk.issue(no).status, talk.stored()) == (status, before)
        talk.says(CONTACT, f"问题{no} 已解决")


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["understand", "--jsonl"], b"\xff\xfe\n"),
        (["understand"], b"\xff\xfe\n"),
        (["outbox", "retry", "99999999999999999999"], b""),
        (["outbox", "drop", "99999999999999999999"], b""),
        (["run-due", "--at", "0001-01-01T00:00:00"], b""),
        (["import-roster", "/"], b""),
        (["load-config", "/nowhere"], b""),
        (["trace", "\ud800"], b""),
    ],
)
def test_whatever_is_typed_there_is_one_line_and_no_traceback(
    talk: Talk, arguments: list[str], given: bytes
) -> None:
    result = CliRunner().invoke(main, arguments, input=given)
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
