"""The main job once on the database a city uses."""

from __future__ import annotations

from domain.issues import IssueStatus
from tests.conversations.aloud import read_aloud
from tests.conversations.test_hand_in import material
from tests.conversations.test_pages import picture
from tests.county import Start
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE
from tests.web import Web


def test_from_the_question_to_the_weekly_summary(start_on_postgres: Start) -> None:
    with start_on_postgres() as talk:
        assert "已办结11项" in talk.says(CONTACT, "进度")
        assert talk.files_problem() == 3
        talk.taps(REPRESENTATIVE, "issue.accept:3")
        talk.taps(REPRESENTATIVE, "issue.reply:3")
        talk.says(REPRESENTATIVE, "9月16日起按清单收件。", "app")
        talk.taps(OFFICER, "issue.release:3")
        talk.time_is("2026-09-15T09:36:00")
        assert "答复：9月16日起按清单收件。" in talk.sees(CONTACT, GROUP)[-1]
        result = talk.exchange(CONTACT, "问题3 已解决", repeat=3, repeat_mode="parallel")
        assert {one["status"] for one in result["answers"]} == {200}
        assert talk.issue(3).status is IssueStatus.CLOSED
        talk.time_is("2026-09-20T16:20:00")
        assert any("本周新增1个、解决1个，未了结0个" in text for text in talk.sees(CONTACT, GROUP))
        read_aloud(talk)


def test_pages_and_files_on_it(start_on_postgres: Start) -> None:
    with start_on_postgres(PAGES="1") as talk:
        assert talk.files_problem() == 3
        hand, page = Web(talk, REPRESENTATIVE), "/m/issue/3"
        assert "已交服务专员" in hand.sends(page, "reply", text="9月16日起按清单收件。").words
        assert "将于" in Web(talk, OFFICER).sends(page, "release").words
        one = material(talk, "放线测量报告")
        done = Web(talk, CONTACT).sends(f"/m/material/{one.id}", "hand_in", file=("报告.png", picture()))
        assert "审核" in done.words
        assert Web(talk, OFFICER).opens(f"/m/material/{one.id}/1/file").data == picture()
        for path in ("/m/", "/m/project/YX-2026-001", f"/m/item/{one.case_item_id}", "/m/apply/new"):
            assert Web(talk, CONTACT).opens(path).status == 200
        read_aloud(talk)
