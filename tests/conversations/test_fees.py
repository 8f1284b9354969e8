"""Statutory fees with a day: told to the contact alone, reminded of, ended by “已缴费”."""

from __future__ import annotations

import pytest

from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OUTSIDER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
    reminded,
)

CODE = "YX-2026-001"
SAID = f"缴费 {CODE} 施工许可 10月20日前 占道费3200元"


def _told(talk: Talk, user: str = CONTACT) -> list[str]:
    heard = ("缴费提醒", "缴费通知", "缴费到期", "登记已缴费")
    return [said for said in reminded(talk.sees(user)) if any(one in said for one in heard)]


def test_a_fee_is_told_to_the_contact_alone_reminded_of_and_paid(talk: Talk) -> None:
    assert talk.says(OFFICER, SAID, "app") == (
        "施工许可缴费期限已登记：10月20日（周二），已单独告知陈静；到期前和当天由我提醒。"
        "缴好后发送“已缴费 施工许可”，取消发送“取消缴费 施工许可”。"
    )
    assert _told(talk) == [
        "**缴费通知**：岭南新材料年产3万吨改性塑料厂房·施工许可\n应缴：占道费3200元\n请在10月20日（周二）前（含当日）缴纳。"
        "帮办代办服务本身不收费；金额和缴纳方式以收费部门的缴费通知为准。\n缴好后请发送：已缴费 施工许可"
    ]
    assert "缴费：施工许可（10月20日前）" in talk.says(CONTACT, "待办", "app")
    for day in (14, 15, 16, 19, 20):
        talk.time_is(f"2026-10-{day}T09:30:00")
        said = _told(talk)
        if day == 15:
            assert said == [
                "缴费提醒：岭南新材料年产3万吨改性塑料厂房·施工许可（占道费3200元）请在10月20日（周二）前（含当日）缴纳。"
                "已缴的请发送“已缴费 施工许可”。"
            ]
        else:
            assert ["今天（10月20日（周二））是最后一天" in one for one in said] == [True] * (day == 20)
    talk.sees(OFFICER)
    assert talk.says(CONTACT, "已缴费").startswith("已登记施工许可已缴费")
    assert _told(talk, OFFICER) == [
        "岭南新材料年产3万吨改性塑料厂房·施工许可：项目单位登记已缴费，缴费提醒已停。"
    ]
    talk.time_is("2026-10-21T09:30:00")
    assert _told(talk) == []
    assert "3200" not in "".join(talk.sees(CONTACT, GROUP))


def test_a_day_gone_by_is_told_to_both_once(talk: Talk) -> None:
    talk.says(OFFICER, SAID, "app")
    for moment in ("2026-10-21T09:30:00", "2026-10-22T09:30:00"):
        talk.time_is(moment)
    assert [one for one in _told(talk) if "还没有收到" in one] == [
        "缴费提醒：岭南新材料年产3万吨改性塑料厂房·施工许可的费用应在10月20日（周二）前缴纳，还没有收到“已缴费”。"
        "已缴的请发送“已缴费 施工许可”；办不到的请今天告诉服务专员李娜。"
    ]
    assert len([one for one in _told(talk, OFFICER) if "请核实" in one]) == 1


def test_no_sum_in_a_group_nor_to_a_department(talk: Talk) -> None:
    assert "3200" not in talk.says(OFFICER, "缴费 施工许可 10月20日前 占道费3200元")
    for user, chat, sum_shown in (
        (CONTACT, GROUP, False),
        (REPRESENTATIVE, "app", False),
        (SIGNATORY, "app", True),
    ):
        said = talk.says(user, f"缴费清单 {CODE}", chat)
        assert "施工许可：10月20日（周二）前" in said
        assert ("3200" in said) is sum_shown
    assert "3200" not in talk.says(CONTACT, "待办")
    assert "施工许可：" not in talk.says(OUTSIDER, f"缴费清单 {CODE}", "app")


def test_a_second_day_takes_the_place_of_the_first_and_a_dropped_one_is_gone(talk: Talk) -> None:
    talk.says(OFFICER, SAID, "app")
    _told(talk)
    assert "缴费期限已改为10月26日（周一）" in talk.says(OFFICER, f"缴费 {CODE} 施工许可 10月26日前", "app")
    (moved,) = _told(talk)
    assert moved.startswith("**缴费通知（期限有变）**")
    assert "应缴：占道费3200元" in moved
    talk.time_is("2026-10-20T09:30:00")
    assert _told(talk) == []
    assert talk.says(OFFICER, f"取消缴费 {CODE} 施工许可", "app").startswith("已取消施工许可的缴费登记")
    assert "此前的缴费通知作废" in _told(talk)[0]
    talk.time_is("2026-10-26T09:30:00")
    assert _told(talk) == []


def test_of_several_one_is_asked_for(talk: Talk) -> None:
    talk.says(OFFICER, SAID, "app")
    talk.says(OFFICER, f"缴费 {CODE} 排水许可 10月22日", "app")
    assert talk.says(CONTACT, "已缴费", "app") == (
        "待缴费的有2项：施工许可、排水许可。请写明是哪一项，例如：已缴费 施工许可。"
    )
    assert talk.says(CONTACT, "已缴费 排水许可", "app").startswith("已登记排水许可已缴费")
    assert talk.says(CONTACT, "已缴费了", "app").startswith("已登记施工许可已缴费")
    assert talk.says(CONTACT, "已缴费", "app").startswith("本项目没有登记待缴的费用")


@pytest.mark.parametrize(
    ("user", "text", "refusal"),
    [
        (CONTACT, SAID, "这项操作由该项目的服务专员办理"),
        (REPRESENTATIVE, f"已缴费 {CODE} 施工许可", "缴费由项目单位登记的经办人、代表人告知"),
        (CONTACT, f"取消缴费 {CODE} 施工许可", "这项操作由该项目的服务专员办理"),
        (SUPERVISOR, SAID, "请"),
        (OUTSIDER, SAID, ""),
        (
            OFFICER,
            f"缴费 {CODE} 施工许可",
            "请写明事项和缴费期限，例如：缴费 YX-2026-001 施工许可 10月20日前",
        ),
        (OFFICER, f"缴费 {CODE} 施工许可 9月1日前", "请核对日期"),
        (OFFICER, f"缴费 {CODE} 无此事项 10月20日前", "没有找到"),
        (OFFICER, f"缴费 {CODE} 取水许可 10月20日前", "不在本项目的办理计划里"),
        (OFFICER, f"缴费 {CODE} 施工许可 10月20日前 " + "费" * 101, "100字以内"),
    ],
)
def test_who_may_not_and_what_will_not_do_changes_nothing(
    talk: Talk, user: str, text: str, refusal: str
) -> None:
    before = talk.stored()
    assert refusal in talk.says(user, text, "app")
    assert talk.stored() == before
