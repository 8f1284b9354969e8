"""Nothing of another project comes into a group or to somebody who has no part in it."""

from __future__ import annotations

from typing import Any

from tests.doors.knocking import Doors
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, REPRESENTATIVE, SUPERVISOR, Talk

OTHERS = ("清溪食品冷链仓库", "YX-2026-002", "云溪大道", "问题1", "问题2")
ORDERS = (
    "回复 1 已安排",
    "我来办 1",
    "转办 1 住建局 原因",
    "不属本部门 1 原因",
    "办结 1",
    "发布 1",
    "撤销 1",
)
FORGED = (
    "form.submit",
    "form.submit:x",
    "form.submit:1:2:3",
    "form.submit:999:999",
    "form.change:1:99999999999999999999",
    "issue.accept:99999999999",
    "issue.reply:",
    "issue.release:١",
    "nothing",
    "",
)


def test_an_officers_list_in_a_group_is_about_this_project_only(talk: Talk) -> None:
    officers = (OFFICER, REPRESENTATIVE, SUPERVISOR, "deng.shaowen", "feng.jianping")
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": list(officers)})
    for who in officers:
        for asked in ("待办", "汇总"):
            answer = talk.says(who, asked)
            assert not [name for name in OTHERS if name in answer], (who, asked)
    assert "在办项目1个" in talk.says(SUPERVISOR, "汇总")
    assert "问题2" in talk.says(OFFICER, "待办", "app")


def test_an_order_about_another_projects_problem_is_refused_in_a_group(talk: Talk) -> None:
    before = talk.stored()
    for who in (CONTACT, REPRESENTATIVE, OFFICER):
        for order in ORDERS:
            assert talk.says(who, order).startswith("没有找到问题1。"), (who, order)
    assert talk.stored() == before


def test_a_contact_of_another_project_cannot_find_out_whether_a_problem_exists(talk: Talk) -> None:
    talk.files_problem()
    for order in ("回复 3 已安排", "我来办 3", "问题3 已解决", "问题3 未解决", "发布 3"):
        there = talk.says("zhou.min", order, "app")
        assert there == talk.says("zhou.min", order.replace("3", "77"), "app").replace("77", "3")


def test_words_asked_for_by_a_button_do_not_answer_what_was_passed_on_meanwhile(talk: Talk) -> None:
    no = talk.files_problem()
    talk.taps(REPRESENTATIVE, f"issue.reply:{no}")
    talk.says(OFFICER, f"转办 {no} 自然资源局 属规划范围", "app")
    before = talk.issue(no)
    talk.says(REPRESENTATIVE, "已安排周三踏勘，请带图纸。", "app")
    assert talk.issue(no).answer == before.answer == ""
    assert talk.issue(no).representative_id == before.representative_id


def test_a_forged_key_does_nothing_and_is_done_with(talk: Talk) -> None:
    doors, before = Doors(talk), talk.stored("outbox")
    for key in FORGED:
        assert _clicks(doors, key, msgid=f"forged-{key}") == 200
    with talk.parts.store.engine.connect() as connection:
        assert set(connection.exec_driver_sql("SELECT state FROM inbox").scalars()) == {"answered"}
    assert talk.stored("outbox") == before


def test_a_forged_form_tells_nobodys_name(talk: Talk) -> None:
    with talk.parts.store.reading() as tx:
        zhou = tx.people.by_userid("zhou.min")
        other = tx.projects.by_code("YX-2026-002")
    assert zhou is not None
    assert other is not None
    talk.says("zhou.min", "反馈问题：排水许可窗口要求补交清单外的证明", OTHER_GROUP)  # a form is open there
    _clicks(Doors(talk), f"form.submit:{zhou.id}:{other.id}", response_url="http://127.0.0.1:9/x")
    with talk.parts.store.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT speech FROM outbox").scalars().all()
    assert len(told) == 1
    assert zhou.name not in str(told).encode().decode("unicode_escape")


def test_what_is_to_be_corrected_is_told_in_the_single_chat_too(talk: Talk) -> None:
    alone = talk.says("zhou.min", "补正了哪些", "app")
    assert "化粪池与市政井接驳标高不符" in alone
    assert talk.says("zhou.min", "补正了哪些", OTHER_GROUP).replace("**", "") == alone


def _clicks(doors: Doors, key: str, **more: Any) -> int:
    click = {"card_type": "button_interaction", "event_key": key, "task_id": "forged"}
    event = {"eventtype": "template_card_event", "template_card_event": click}
    return doors.say(msgtype="event", event=event, text=None, **more).status
