"""Rating on a page, the appeal against a mistaken one, and who may read what was rated."""

from __future__ import annotations

from tests.conversations.test_ratings import CODE, paper, rating
from tests.talk import CONTACT, GROUP, OFFICER, SIGNATORY, SUPERVISOR, Talk
from tests.web import Web

PAGE = f"/m/rating/{CODE}"


def closes(talk: Talk) -> None:
    talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")
    talk.says(OFFICER, f"办结 {CODE} 未完成：其余事项由项目单位自行办理", "app")
    talk.says(SIGNATORY, "签字确认", GROUP)
    talk.says(OFFICER, "签署 YX-BJ-2026-0001", "app")


def test_rated_with_one_thumb_appealed_and_decided(paged: Talk) -> None:
    contact, supervisor = Web(paged, CONTACT), Web(paged, SUPERVISOR)
    assert "服务办结后才能评价" in contact.opens(PAGE).words
    closes(paged)
    card = paged.cards(CONTACT)[-1]["card"]
    assert card["card_action"]["url"].endswith(PAGE)
    assert "请评价本次服务" in contact.opens("/m/").words
    stored = paged.stored()
    assert "请选择一个评价等级" in contact.sends(PAGE, "give", text="很好").words
    officer = Web(paged, OFFICER)
    refused = officer.sends(PAGE, "give", token=officer.opens("/m/issue/2").token, grade="5")
    assert "评价由项目单位登记的经办人或代表人作出" in refused.words
    assert paged.stored() == stored
    done = contact.sends(PAGE, "give", grade="2", attitude="1", text="材料补了三次", anonymous="1")
    assert "不满意" in done.words
    given = rating(paged)
    assert given is not None
    assert (given.grade, given.anonymous, given.comment) == (2, True, "材料补了三次")
    assert Web(paged, OFFICER).opens(f"/m/paper/{paper(paged).id}").status == 404
    assert contact.opens(f"/m/paper/{paper(paged).id}").status == 200
    assert "至少4个字" in contact.sends(PAGE, "appeal", text="错").words
    assert "申诉" in contact.sends(PAGE, "appeal", text="点错了，应为满意").words
    assert "点错了" in supervisor.opens(PAGE).words
    assert not Web(paged, OFFICER).opens(PAGE).offers("grant")
    assert "重新评价" in supervisor.sends(PAGE, "grant").words
    assert "满意" in contact.sends(PAGE, "give", grade="4").words
    again = rating(paged)
    assert again is not None
    assert again.grade == 4
