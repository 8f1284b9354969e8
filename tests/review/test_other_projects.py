"""Nothing of another project comes into a group or to somebody who has no part in it."""

from __future__ import annotations

import json

import pytest

from tests.doors.knocking import Doors
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, REPRESENTATIVE, SUPERVISOR, Talk

OTHERS = ("清溪食品冷链仓库", "YX-2026-002", "云溪大道", "问题1", "问题2")


@pytest.mark.parametrize("who", [OFFICER, REPRESENTATIVE, SUPERVISOR, "deng.shaowen", "feng.jianping"])
@pytest.mark.parametrize("asked", ["待办", "汇总"])
def test_an_officers_list_in_a_group_is_about_this_project_only(talk: Talk, who: str, asked: str) -> None:
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": [who]})
    answer = talk.says(who, asked)
    assert not [name for name in OTHERS if name in answer]


@pytest.mark.parametrize("order", ["回复 1 已安排", "我来办 1", "转办 1 住建局 原因", "不属本部门 1 原因", "办结 1", "发布 1", "撤销 1"])
@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE, OFFICER])
def test_an_order_about_another_projects_problem_is_refused_in_a_group(talk: Talk, order: str, who: str) -> None:
    before = talk.stored()
    assert talk.says(who, order).startswith("没有找到问题1。")
    assert talk.stored() == before


@pytest.mark.parametrize("order", ["回复 3 已安排", "我来办 3", "问题3 已解决", "问题3 未解决"])
def test_a_contact_of_another_project_cannot_find_out_whether_a_problem_exists(talk: Talk, order: str) -> None:
    talk.files_problem()
    there, nowhere = talk.says("zhou.min", order, "app"), talk.says("zhou.min", order.replace("3", "77"), "app")
    assert there == nowhere.replace("77", "3")


def test_words_asked_for_by_a_button_do_not_answer_what_was_passed_on_meanwhile(talk: Talk) -> None:
    no = talk.files_problem()
    talk.taps(REPRESENTATIVE, f"issue.reply:{no}")
    talk.says(OFFICER, f"转办 {no} 自然资源局 属规划范围", "app")
    before = talk.issue(no)
    talk.says(REPRESENTATIVE, "已安排周三踏勘，请带图纸。", "app")
    assert talk.issue(no).answer == "" == before.answer
    assert talk.issue(no).representative_id == before.representative_id


FORGED = ("form.submit", "form.submit:x", "form.submit:1:2:3", "form.submit:999:999", "form.change:1:99999999999999999999",
          "issue.accept:99999999999", "issue.reply:", "issue.release:١", "nothing", "")


@pytest.mark.parametrize("key", FORGED)
def test_a_forged_key_does_nothing_and_is_done_with(talk: Talk, key: str) -> None:
    doors = Doors(talk)
    before = talk.stored()
    event = {"eventtype": "template_card_event",
             "template_card_event": {"card_type": "button_interaction", "event_key": key, "task_id": "forged"}}
    knocked = doors.say(msgtype="event", event=event, text=None)
    assert knocked.status == 200
    with talk.parts.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT state FROM inbox").scalars().all() == ["answered"]
    assert talk.stored()[:2] == before[:2]


def test_a_forged_form_tells_nobodys_name(talk: Talk) -> None:
    doors = Doors(talk)
    event = {"eventtype": "template_card_event",
             "template_card_event": {"card_type": "button_interaction", "event_key": "form.submit:1:2", "task_id": "t"}}
    doors.say(msgtype="event", event=event, text=None, response_url="http://127.0.0.1:9/x")
    with talk.parts.store.reading() as tx:
        people = tx.people.get(1)
        rows = tx.outbox.in_state(["waiting", "sent", "failed", "unknown"])
    assert people.name not in json.dumps([dict(row.speech) for row in rows], ensure_ascii=False)


def test_what_is_to_be_corrected_is_told_in_the_single_chat_too(talk: Talk) -> None:
    assert "没有找到" not in talk.says("zhou.min", "补正了哪些", "app")
    assert talk.says("zhou.min", "补正了哪些", OTHER_GROUP) == talk.says("zhou.min", "补正了哪些", "app")
