"""How a case stands is said in so many words, and nobody forgets what has a day."""

from __future__ import annotations

from tests.conversations.intake import applied
from tests.review.test_attacks import rated
from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, Talk, reminded

CODE = "YX-2026-001"


def test_a_suspended_case_says_so_before_its_items(talk: Talk) -> None:
    talk.says(CONTACT, f"申请中止 {CODE} 项目资金紧张先停一停", "app")
    talk.says(CONTACT, "1", "app")
    talk.says(OFFICER, f"同意中止 {CODE}", "app")
    said = talk.says(CONTACT, f"{CODE} 进度", "app")
    assert "帮办代办服务自9月15日起中止，审批时限照常计算" in said
    assert f"恢复 {CODE}" in said


def test_what_was_told_discreetly_is_not_said_in_the_group(talk: Talk) -> None:
    for order in (
        f"中止 {CODE} S2c 提供虚假的验资材料",
        f"协调记录 {CODE} 已约谈项目单位",
        f"书面中止 {CODE}",
    ):
        talk.says(OFFICER, order, "app")
    assert "中止" not in talk.says(CONTACT, "进度", GROUP)
    assert "起中止" in talk.says(CONTACT, f"{CODE} 进度", "app")


def test_the_slip_that_is_missing_is_named(talk: Talk) -> None:
    talk.says(OFFICER, f"办结 {CODE} 未完成：施工许可等由项目单位自行办理", "app")
    assert "由代表人在办结单上签字确认" in talk.says(CONTACT, "进度", GROUP)


def test_an_application_that_waits_is_told_with_its_day(talk: Talk) -> None:
    no = applied(talk)
    said = talk.says(OUTSIDER, "进度", "app")
    assert f"申请{no}已于9月15日提交，由服务专员李娜在9月18日（周五）前答复是否受理" in said


def test_a_poor_rating_stands_in_the_officers_list(talk: Talk) -> None:
    rated(talk)
    said = talk.says(OFFICER, "待办", "app")
    assert f"发送“整改 {CODE} 措施”" in said
    talk.says(OFFICER, f"整改 {CODE} 已当面致歉并补寄材料", "app")
    assert "待整改" not in talk.says(OFFICER, "待办", "app")


def test_on_its_last_day_the_officer_is_reminded_of_an_application_once(talk: Talk) -> None:
    no = applied(talk)
    talk.time_is("2026-09-17T09:30")
    talk.sees(OFFICER)
    talk.time_is("2026-09-18T09:30")
    talk.time_is("2026-09-18T09:40")
    told = [one for one in reminded(talk.sees(OFFICER)) if no in one and "最后一天" in one]
    assert told == [
        f"云溪精密零件厂房的申请{no}待受理，今天是作出受理决定的最后一天（9月18日（周五））。请发送“受理 {no}”或“不予受理 {no}”。"
    ]


def test_what_was_decided_is_not_reminded_of(talk: Talk) -> None:
    no = applied(talk)
    talk.says(OFFICER, f"受理 {no}", "app")
    talk.sees(OFFICER)
    talk.time_is("2026-09-18T09:30")
    assert not [one for one in talk.sees(OFFICER) if "作出受理决定" in one]


def test_a_department_that_joins_an_item_has_standing_in_the_project(talk: Talk) -> None:
    """人防 only joins the 联合验收 of the works, which the housing bureau leads; 气象 has no part in it."""
    assert talk.says("liao.renfeng", f"{CODE} 进度", "app").startswith("岭南新材料")
    assert talk.says("qiu.qing", f"{CODE} 进度", "app").startswith("没有找到")
