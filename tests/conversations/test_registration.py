"""One-time codes: whoever holds one files in a project's name, nobody else; and the first words to somebody new."""

from __future__ import annotations

import pytest

from domain.people import Role
from tests.conversations.intake import PHONE, code, invited
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk

WRONG = "登记码不对、已用过或已过期，请核对后重发，或向服务专员要新的登记码。"


def roles(talk: Talk, user: str = OUTSIDER, project: str = "YX-2026-001") -> frozenset[Role]:
    with talk.parts.store.reading() as tx:
        person, found = tx.people.by_userid(user), tx.projects.by_code(project)
        return tx.people.project_roles(person.id, found.id) if person and found else frozenset()


def test_a_code_ties_whoever_redeems_it_to_project_and_role(talk: Talk) -> None:
    given = code(talk.says(OFFICER, "发码 YX-2026-001 经办人", "app"))
    said = talk.says(OUTSIDER, f"登记 {given} 孙亮 {PHONE}", "app")
    assert said.endswith(
        "孙亮，已登记为岭南新材料年产3万吨改性塑料厂房（YX-2026-001）的项目单位经办人。"
        "现在可以：申请代办、交材料、查进度、反馈问题、预约。发送“帮助”查看全部。"
    )
    assert roles(talk) == {Role.ENTERPRISE_CONTACT}
    assert talk.sees(OFFICER)[-1] == "孙亮已用登记码登记为岭南新材料年产3万吨改性塑料厂房的项目单位经办人。"
    assert "登记了新的项目单位经办人：孙亮" in talk.sees(CONTACT)[-1]
    with talk.parts.store.reading() as tx:
        person = tx.people.by_userid(OUTSIDER)
    assert person is not None
    assert (person.name, person.phone) == ("孙亮", PHONE)


def test_the_number_is_kept_in_its_field_only(talk: Talk) -> None:
    invited(talk)
    with talk.parts.store.reading() as tx:
        kept = tx._connection.exec_driver_sql("SELECT message, answer FROM inbox").all()
    assert not any(PHONE in str(row) for row in kept)


def test_a_used_code_is_forgotten_wherever_it_was_said(talk: Talk) -> None:
    given = code(talk.says(OFFICER, "发码 YX-2026-001 代表人", "app"))
    talk.says(OUTSIDER, f"登记 {given} 孙亮", "app")
    with talk.parts.store.engine.connect() as connection:
        kept = [
            str(row)
            for table in ("inbox", "outbox", "audit", "runs", "invitations", "recents", "dialogs")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}").all()
        ]
    assert not [row for row in kept if given in row]


def test_a_code_works_once(talk: Talk) -> None:
    given = code(talk.says(OFFICER, "发码 YX-2026-001 代表人", "app"))
    talk.says(OUTSIDER, f"登记 {given} 孙亮", "app")
    before = talk.stored()
    assert talk.says("zhou.min", f"登记 {given}", "app") == WRONG
    assert talk.stored() == before
    assert roles(talk, "zhou.min") == frozenset()


def test_a_code_runs_out(talk: Talk) -> None:
    given = code(talk.says(OFFICER, "发码 YX-2026-001 经办人", "app"))
    talk.time_is("2026-09-22T09:31")
    assert talk.says("zhou.min", f"登记 {given}", "app") == WRONG
    assert roles(talk, "zhou.min") == frozenset()


def test_after_five_wrong_tries_an_hours_pause(talk: Talk) -> None:
    for _ in range(5):
        assert talk.says("zhou.min", "登记 11111111", "app") == WRONG
    given = code(talk.says(OFFICER, "发码 YX-2026-001 经办人", "app"))
    assert talk.says("zhou.min", f"登记 {given}", "app").startswith("登记码连续多次不对，一小时内不能再试。")
    assert roles(talk, "zhou.min") == frozenset()
    talk.time_is("2026-09-15T10:31")
    assert "已登记为" in talk.says("zhou.min", f"登记 {given}", "app")


def test_a_stranger_says_the_name_first_and_learns_nothing_of_the_code(talk: Talk) -> None:
    given = code(talk.says(OFFICER, "发码 YX-2026-001 经办人", "app"))
    right = talk.says(OUTSIDER, f"登记 {given}", "app")
    assert right.endswith("例如：登记 12345678 张三 13800000000（电话可不写）。")
    assert right.endswith(talk.says(OUTSIDER, "登记 11111111", "app"))
    assert "已登记为" in talk.says(OUTSIDER, f"登记 {given} 孙亮", "app")


@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE, SUPERVISOR])
@pytest.mark.parametrize("what", ["YX-2026-001 经办人", "新项目"])
def test_only_the_service_officer_gives_codes(talk: Talk, who: str, what: str) -> None:
    before = talk.stored()
    assert talk.says(who, f"发码 {what}", "app").startswith("登记码由该项目的服务专员发放。")
    assert talk.stored() == before


def test_another_projects_code_is_not_given(talk: Talk) -> None:
    invited(talk)  # 孙亮 may apply, and is nobody in any project
    before = talk.stored()
    for number in ("YX-2026-001", "YX-2026-099"):
        assert talk.says(OUTSIDER, f"发码 {number} 经办人", "app") == (
            f"没有找到您可以查看的项目{number}，请核对项目编号，或联系该项目的服务专员。"
        )
    assert talk.stored() == before


def test_codes_are_nothing_for_a_group(talk: Talk) -> None:
    before = talk.stored()
    assert "人人可见" in talk.says(OFFICER, "发码 YX-2026-001 经办人")
    assert talk.says(CONTACT, "登记 12345678 陈静") == "登记码请到与我的单聊里发送，不要发在群里。"
    assert talk.stored() == before


def test_staff_do_not_become_contacts(talk: Talk) -> None:
    given = code(talk.says(OFFICER, "发码 YX-2026-001 经办人", "app"))
    assert talk.says(REPRESENTATIVE, f"登记 {given}", "app").startswith("您已登记为工作人员")
    assert roles(talk, REPRESENTATIVE) == frozenset()


def test_what_is_missing_is_asked_for(talk: Talk) -> None:
    assert talk.says(OTHER_OFFICER, "发码", "app").startswith(
        "请写明项目和身份，例如：发码 YX-2026-001 经办人"
    )


def test_the_service_is_introduced_once(talk: Talk) -> None:
    first = talk.says(OUTSIDER, "你们能帮忙办手续吗", "app")
    assert first.startswith("云溪县(示例)工程建设项目帮办代办服务")
    assert "免费" in first
    assert "电话：0750-0000000" in first
    again = talk.says(OUTSIDER, "你们能帮忙办手续吗", "app")
    assert not again.startswith("云溪县")
    assert "“登记 登记码 姓名”" in first
    assert "登记码" in again
    greeted = talk.says(OUTSIDER, "你好", "app")
    assert greeted.startswith("您好，我是云溪县(示例)工程建设项目代办助手。您还没有登记")
    assert "没有完全听懂" not in first + again + greeted
    assert talk.says("zhou.min", "你好", "app").startswith("您好，我是代办助手")


def test_in_a_group_nobody_is_introduced(talk: Talk) -> None:
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": [OUTSIDER]})
    assert "帮办代办服务\n" not in talk.says(OUTSIDER, "进度")


def test_channels_are_told_to_everybody(talk: Talk) -> None:
    for who in (OUTSIDER, CONTACT):
        said = talk.says(who, "渠道", "app")
        assert "1. 导办咨询窗口：行政服务中心一楼大厅；工作日 08:30—12:00、14:30—17:30" in said
        assert "视频办" in said
    assert "帮办代办室" in talk.says(CONTACT, "怎么联系")
