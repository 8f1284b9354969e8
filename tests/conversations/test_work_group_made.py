"""The work group of a case that is under way: made once, with everybody the plan needs, or asked for by hand."""

from __future__ import annotations

import pytest

from bot import group_making
from domain.project import WorkGroup
from tests.conversations.intake import accepted, applied
from tests.conversations.test_acceptance import NO, case, signed
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, OUTSIDER, REPRESENTATIVE, Talk

CHAT = "yx2026005"
NAME = "云溪精密零件厂房项目帮办群"


def group(talk: Talk) -> WorkGroup | None:
    with talk.parts.store.reading() as tx:
        project = tx.projects.by_code("YX-2026-005")
        return tx.groups.of_project(project.id) if project else None


def created(talk: Talk) -> int:
    return len([call for call in talk.platform.log("appchat/create") if call.get("errcode") == 0])


def test_when_the_entrustment_is_signed_the_group_is_made(talk: Talk) -> None:
    accepted(talk)
    assert group(talk) is None
    signed(talk)
    found = group(talk)
    assert found is not None
    assert (found.appchat, found.name, found.bot_chat) == (CHAT, NAME, None)
    assert {OFFICER, OUTSIDER, REPRESENTATIVE, "ye.zirong"} <= set(found.members)
    assert "luo.yan" not in found.members  # the B post is asked when A is away
    welcome = talk.sees(OUTSIDER, CHAT)[-1]
    assert "服务团队" in welcome
    assert "首席服务专员：李娜" in welcome
    assert "住建局代表：黄志坚" in welcome
    assert "1381234" not in welcome
    assert (
        f"已建立工作群“{NAME}”。请把代办助手机器人加入该群，并在群里@代办助手发送：绑定 YX-2026-005。"
        in (talk.sees(OFFICER)[-1])
    )


def test_help_without_an_entrustment_gets_its_group_too(talk: Talk) -> None:
    accepted(talk, level="帮办")
    found = group(talk)
    assert found is not None
    assert found.appchat == CHAT


def test_the_job_runs_twice_and_the_group_is_there_once(talk: Talk) -> None:
    accepted(talk, level="帮办")
    talk.time_is("2026-09-15T09:31")
    before = talk.stored()
    group_making.make(talk.parts, case(talk).project_id)
    talk.time_is("2026-09-15T09:32")
    assert talk.stored() == before
    assert created(talk) == 1


def test_whoever_died_after_the_platform_finds_the_group_again(talk: Talk) -> None:
    """The platform made it, the database never heard: a repeat takes it as it is."""
    applied(talk, level="帮办")
    talk.no_worker = True
    talk.says(OFFICER, f"受理 {NO}", "app")
    talk.parts.platform.create_group(chat_id=CHAT, name=NAME, owner=OFFICER, members=[OFFICER, OUTSIDER])
    talk.no_worker = False
    talk.time_is("2026-09-15T09:31")
    found = group(talk)
    assert found is not None
    assert found.appchat == CHAT
    assert REPRESENTATIVE in found.members
    assert created(talk) == 1


def test_a_lost_job_is_found_by_the_sweep(talk: Talk) -> None:
    applied(talk, level="帮办")
    talk.no_worker = True
    talk.says(OFFICER, f"受理 {NO}", "app")
    talk.redis.flushall()
    talk.no_worker = False
    assert group(talk) is None
    talk.time_is("2026-09-15T09:31")
    assert group(talk) is not None


def test_a_busy_platform_is_asked_again(talk: Talk) -> None:
    talk.platform.fault("appchat/create", errcode=45009, times=1)
    accepted(talk, level="帮办")
    assert group(talk) is None
    talk.time_is("2026-09-15T09:35")
    assert group(talk) is not None
    assert sum("已建立工作群" in line for line in talk.sees(OFFICER)) == 1


def test_without_the_right_the_officer_makes_it_by_hand(talk: Talk) -> None:
    talk.platform.switch("no_appchat_right")
    accepted(talk, level="帮办")
    assert group(talk) is None
    told = [line for line in talk.sees(OFFICER) if "手工建立工作群" in line]
    assert len(told) == 1
    assert f"“{NAME}”" in told[0]
    assert "黄志坚" in told[0]
    assert "绑定 YX-2026-005" in told[0]
    talk.time_is("2026-09-15T10:00")
    assert not any("手工建立工作群" in line for line in talk.sees(OFFICER))


def test_a_case_that_ended_wants_no_group(talk: Talk) -> None:
    applied(talk, level="帮办")
    talk.no_worker = True
    talk.says(OFFICER, f"受理 {NO}", "app")
    with talk.parts.store.transaction() as tx:
        found = tx.cases.by_no(NO, lock=True)
        assert found is not None
        tx.cases.save(found.terminate(talk.parts.today(talk.parts.clock.now())))
    talk.no_worker = False
    talk.time_is("2026-09-15T10:00")
    assert group(talk) is None
    with talk.parts.store.reading() as tx:
        assert group_making.wanted(tx) == []


def test_whoever_the_plan_needs_is_added_to_a_group_that_is_there(talk: Talk) -> None:
    accepted(talk, level="帮办")
    made = group(talk)
    assert made is not None
    talk.platform.ask("/sandbox/members", {"chat": CHAT, "remove": [REPRESENTATIVE]})
    with talk.parts.store.transaction() as tx:
        members = tuple(one for one in made.members if one != REPRESENTATIVE)
        tx.groups.refresh(made.id, name=made.name, owner=made.owner, members=members)
        tx.runs.claim("group_wanted", str(made.project_id), "again", talk.parts.clock.now())
    talk.time_is("2026-09-15T10:00")
    found = group(talk)
    assert found is not None
    assert REPRESENTATIVE in found.members
    assert any("已把黄志坚加入云溪精密零件厂房的工作群。" in line for line in talk.sees(OFFICER))


# ---------------------------------------------------------------- team and B post


def test_the_b_post_is_named_and_the_enterprise_told(talk: Talk) -> None:
    applied(talk)
    assert (
        talk.says(OFFICER, "B岗 YX-2026-005 王磊", "app")
        == "云溪精密零件厂房的B岗已设为王磊，已告知项目单位。"
    )
    assert "服务专员：李娜，B岗：王磊" in talk.sees(OUTSIDER)[-1]
    assert "B岗：王磊" in talk.sees(OTHER_OFFICER)[-1]
    before = talk.stored()
    assert "无需重复设置" in talk.says(OFFICER, "B岗 YX-2026-005 王磊", "app")
    assert "B岗请另选" in talk.says(OFFICER, "B岗 YX-2026-005 李娜", "app")
    assert "没有找到叫“黄志坚”的服务专员" in talk.says(OFFICER, "B岗 YX-2026-005 黄志坚", "app")
    assert talk.stored() == before


@pytest.mark.parametrize("who", ["zhou.min", REPRESENTATIVE])
def test_nobody_else_names_it(talk: Talk, who: str) -> None:
    applied(talk)
    before = talk.stored()
    assert talk.says(who, "B岗 YX-2026-005 王磊", "app").startswith("没有找到您可以查看的项目YX-2026-005")
    assert talk.stored() == before


def test_the_team_by_name_and_role(talk: Talk) -> None:
    said = talk.says(CONTACT, "团队")
    assert said.splitlines()[:3] == [
        "**岭南新材料年产3万吨改性塑料厂房**（YX-2026-001）服务团队",
        "首席服务专员：李娜",
        "B岗：王磊",
    ]
    assert "项目单位经办人：陈静" in said
    assert "住建局代表：黄志坚" in said
    assert "139" not in said
    assert talk.says(OFFICER, "团队 YX-2026-002", GROUP).startswith("本群只能办理")
    assert talk.says("zhou.min", "团队 YX-2026-001", "app").startswith("没有找到您可以查看的项目")
