"""An answer that goes out by itself when the officer stays silent: off as shipped, and never for what is private (R130)."""

from __future__ import annotations

import json

from sqlalchemy import text

from domain.issues import IssueStatus
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, Talk

ANSWER = "自9月16日起窗口按清单收件。"


def _release_after(talk: Talk, days: int) -> None:
    with talk.parts.store.engine.begin() as connection:
        row = connection.execute(
            text("SELECT version, document FROM site_versions ORDER BY version DESC")
        ).first()
        assert row
        document = json.loads(row.document)
        document["deadlines"]["auto_release"] = days
        connection.execute(
            text("UPDATE site_versions SET document = :d WHERE version = :v"),
            {"d": json.dumps(document), "v": row.version},
        )
    talk.parts.sites._facts = None


def _answers(talk: Talk) -> list[str]:
    return [said for said in talk.sees(CONTACT, GROUP) if "答复】" in said]


def test_as_shipped_nothing_goes_out_by_itself(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app")
    for day in (16, 17, 18, 20, 21, 22, 23):
        talk.time_is(f"2026-09-{day}T09:30:00")
    assert _answers(talk) == []
    assert talk.issue(3).status is IssueStatus.ANSWERED


def test_after_the_officers_silence_it_goes_out_and_says_by_which_rule(talk: Talk) -> None:
    _release_after(talk, 2)
    talk.files_problem()
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app")
    talk.time_is("2026-09-16T11:00:00")
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}不用盖章。", "app")  # counted from the newest words
    talk.time_is("2026-09-17T09:30:00")
    talk.time_is("2026-09-18T08:59:00")
    assert _answers(talk) == []
    talk.sees(OFFICER)
    talk.time_is("2026-09-18T09:00:00")
    assert [t for t in talk.sees(OFFICER) if "自动" in t] == [
        "问题3（岭南新材料厂房）的部门答复满2个工作日未发布或退回，将于9月18日（周五）09:05按规则自动发到工作群。"
        "不同意请在此之前发送“撤销 3”。"
    ]
    assert _answers(talk) == []
    talk.time_is("2026-09-18T09:06:00")
    (answer,) = _answers(talk)
    assert f"答复：{ANSWER}不用盖章。" in answer
    assert answer.endswith("（部门答复满2个工作日未由服务专员发布，按本地答复时限规则自动发布）")
    talk.time_is("2026-09-20T09:06:00")
    assert _answers(talk) == []


def test_taken_back_by_the_officer_it_does_not_go_out_again(talk: Talk) -> None:
    _release_after(talk, 1)
    talk.files_problem()
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app")
    talk.time_is("2026-09-16T09:00:00")
    assert "答复没有发出" in talk.says(OFFICER, "撤销 3", "app")
    for day in (17, 18, 20, 21):
        talk.time_is(f"2026-09-{day}T09:30:00")
    assert _answers(talk) == []


def test_what_is_about_a_person_or_the_officers_own_waits_for_the_officer(talk: Talk) -> None:
    _release_after(talk, 1)
    talk.says(CONTACT, "我要投诉窗口态度太差，资料被扔出来", "app")
    talk.says(CONTACT, "1", "app")
    talk.says(OFFICER, "转办 3 住建局 请核实", "app")
    talk.says(REPRESENTATIVE, "回复 3 已核实。", "app")
    talk.says(OFFICER, "回复 3 已核实并致歉。", "app")
    talk.files_problem("反馈问题：用电报装外线走廊没有人确定")
    talk.says(OFFICER, "回复 4 外线走廊9月20日前确定。", "app")
    talk.says(OFFICER, "转办 4 住建局 请核实", "app")
    for day in (16, 17, 18, 20, 21):
        talk.time_is(f"2026-09-{day}T09:30:00")
    assert {talk.issue(no).released_at for no in (3, 4)} == {None}


def test_a_returned_draft_does_not_go_out(talk: Talk) -> None:
    _release_after(talk, 1)
    talk.files_problem()
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app")
    talk.says(OFFICER, "退回 3 请写明从哪天起", "app")
    for day in (16, 17, 18):
        talk.time_is(f"2026-09-{day}T09:30:00")
    assert _answers(talk) == []
