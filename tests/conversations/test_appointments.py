"""Half a sentence becomes an appointment; the officer agrees or moves it with one thumb; both know when."""

from __future__ import annotations

import pytest

from domain.appointments import Appointment, AppointmentState, MeetingKind
from tests.conversations.intake import invited
from tests.talk import CONTACT, OFFICER, OTHER_OFFICER, OUTSIDER, REPRESENTATIVE, Talk


def kept(talk: Talk, number: int = 1) -> Appointment:
    with talk.parts.store.reading() as tx:
        found = tx.appointments.get(number)
    assert found is not None
    return found


def test_asked_for_agreed_to_and_both_told(talk: Talk) -> None:
    assert talk.says(CONTACT, "预约 周三下午 视频") == (
        "已登记预约1：视频办，9月16日（周三）15:00。服务专员李娜在9月16日（周三）前答复。"
    )
    assert talk.sees(OFFICER)[-1].startswith("预约1：视频办｜岭南新材料年产3万吨改性塑料厂房")
    assert talk.says(OFFICER, "同意预约 1", "app") == "预约1已答复：9月16日（周三）15:00，已告知对方。"
    assert talk.sees(CONTACT)[-1].startswith("预约1（视频办）定在9月16日（周三）15:00，服务专员李娜。")
    with talk.parts.store.reading() as tx:
        project = tx.projects.by_code("YX-2026-001")
        assert project is not None
        assert tx.ledger.of_project(project.id)[-1].channel == "video"


def test_agreed_to_by_card(talk: Talk) -> None:
    talk.says(CONTACT, "预约 明天上午10点 上门")
    update = talk.taps(OFFICER, "meet.agree:1")
    assert update["TemplateCard"]["SubTitleText"] == "已同意"
    assert kept(talk).state is AppointmentState.AGREED
    assert "届时专员上门" in talk.sees(CONTACT)[-1]


def test_moved_to_another_time(talk: Talk) -> None:
    talk.says(CONTACT, "预约 周三下午")
    assert (
        talk.says(OFFICER, "改约 1 周四上午10点", "app") == "预约1已答复：9月17日（周四）10:00，已告知对方。"
    )
    assert "改约在9月17日（周四）10:00" in talk.sees(CONTACT)[-1]
    assert "已经答复过" in talk.says(OFFICER, "同意预约 1", "app")


def test_the_button_to_move_says_what_to_send(talk: Talk) -> None:
    talk.says(CONTACT, "预约 周三下午")
    talk.taps(OFFICER, "meet.move:1")
    assert talk.sees(OFFICER)[-1] == "请发送“改约 1 时间”，例如：改约 1 周四上午10点。"


def test_out_of_hours_is_noted_as_such(talk: Talk) -> None:
    assert "非工作时间服务，9月19日（周六）09:00（非工作时间）" in talk.says(CONTACT, "预约 周六上午")
    assert kept(talk).kind is MeetingKind.OUT_OF_HOURS


def test_without_a_day_the_officer_names_one(talk: Talk) -> None:
    assert "上门服务，时间待定" in talk.says(CONTACT, "能不能上门看看", "app")
    before = talk.stored()
    assert "没有写明时间" in talk.says(OFFICER, "同意预约 1", "app")
    assert "请写明今天以后的时间" in talk.says(OFFICER, "改约 1 有空再说", "app")
    assert talk.stored() == before


def test_what_is_past_cannot_be(talk: Talk) -> None:
    before = talk.stored()
    assert "预约的时间已经过去" in talk.says(CONTACT, "预约 今天上午9点 视频")
    assert talk.stored() == before


@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE, "zhou.min", "zeng.fangang"])
def test_for_everybody_else_there_is_no_such_appointment(talk: Talk, who: str) -> None:
    talk.says(CONTACT, "预约 周三下午 视频")
    before = talk.stored()
    said = "没有找到您可以答复的这个预约，请核对预约号，例如：同意预约 3。"
    for order in ("同意预约 1", "改约 1 周四上午10点", "同意预约 9"):
        assert talk.says(who, order, "app") == said
    assert talk.stored() == before


def test_the_deputy_may_answer(talk: Talk) -> None:
    talk.says(CONTACT, "预约 周三下午 视频")
    assert talk.says(OTHER_OFFICER, "同意预约 1", "app").startswith("预约1已答复")


def test_whoever_has_no_project_yet_may_come_too(talk: Talk) -> None:
    assert "还没有在本系统登记" in talk.says(OUTSIDER, "预约 周三下午", "app")
    invited(talk)
    assert "服务专员李娜" in talk.says(OUTSIDER, "预约 周三下午", "app")
    assert kept(talk).project_id is None
