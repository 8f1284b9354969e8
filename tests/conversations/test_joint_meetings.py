"""Joint meetings and their tasks: times in words, votes, minutes that cannot be kept, reminders, who may not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

from domain.issues import IssueStatus
from domain.rungs import Rung
from tests.conversations.ladder import (
    LEAD,
    MINUTES,
    OTHER,
    THIRD,
    held,
    in_group,
    kick,
    must_have_stayed_inside,
    voted,
)
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, REPRESENTATIVE, SUPERVISOR, Talk


@pytest.fixture
def kicked(talk: Talk, problem: int) -> Iterator[int]:
    kick(talk)
    yield problem
    must_have_stayed_inside(talk)


def test_times_and_departments_in_words_are_asked_at_once(talk: Talk, kicked: int) -> None:
    before = talk.stored()
    bad = (
        "联席会议 3 9月18日晚上9点",
        "联席会议 3 9月14日上午10点",
        "联席会议 3 办公室 看着办",
        "联席会议 3 林业局 9月18日上午10点",
    )
    for order in bad:  # at night, over, no time, nobody on duty
        assert "请" in talk.says(OFFICER, order, "app"), order
        assert talk.stored() == before, order
    said = talk.says(OFFICER, "联席会议 3 自然资源局 9月18日上午10点、9月21日下午3点", "app")
    assert said.startswith("已请发改局曾凡刚、住建局黄志坚、自然资源局叶梓荣选择问题3联席会议的时间")
    assert "2. 9月21日（周一）15:00" in talk.sees(THIRD)[-2]
    assert "已提请联席会议" in talk.says(OFFICER, "提请联席会议 3", "app")
    assert "请写1到2之间的序号" in talk.says(THIRD, "投票 3 7", "app")
    assert "都不能参加" in talk.says(THIRD, "投票 3 0", "app")
    assert "联席会议定于9月22日（周二）10:00，云溪县" in talk.says(OFFICER, "定 3 9月22日上午10点", "app")
    talk.sees(LEAD)
    talk.says(OFFICER, "定 3 9月22日上午11点", "app")  # moved: told again
    assert talk.sees(LEAD)[-1].startswith("**联席会议通知**：9月22日（周二）11:00")
    assert talk.says(OFFICER, "会议 3", "app").startswith("问题3联席会议：时间已定，9月22日（周二）11:00")
    assert "不再征求" in talk.says(THIRD, "投票 3 1", "app")


def test_a_late_meeting_is_told_to_officer_and_supervisor(talk: Talk, kicked: int) -> None:
    talk.says(OFFICER, "联席会议 3", "app")
    talk.time_is("2026-09-17T08:40:00")
    assert any("应于9月16日（周三）17:30前约定联席会议时间" in text for text in talk.sees(OFFICER))
    talk.sees(SUPERVISOR)
    talk.time_is("2026-09-21T08:40:00")
    assert any("督办" in text and "问题3应于9月16日" in text for text in talk.sees(SUPERVISOR))


def test_called_off_it_is_back_on_the_desk(talk: Talk, kicked: int) -> None:
    voted(talk)
    talk.says(OFFICER, "定 1 二楼会议室", "app")
    talk.sees(LEAD)
    assert "请写明取消原因" in talk.says(OFFICER, "取消会议 3", "app")
    talk.says(OFFICER, "取消会议 3 住建局已书面答复", "app")
    assert talk.sees(LEAD)[-1] == "问题3的联席会议已取消，原因：住建局已书面答复。"
    assert talk.issue(3).status is IssueStatus.TRIAGE
    assert "联席会议不再召开" in in_group(talk)[-1]
    assert "没有正在筹备的联席会议" in talk.says(OFFICER, "定 3 1", "app")
    talk.says(OFFICER, "转办 3 住建局 窗口归你们管", "app")
    talk.says(OFFICER, "1", "app")
    assert talk.issue(3).status is IssueStatus.ASSIGNED


def test_minutes_that_cannot_be_kept_change_nothing(talk: Talk, kicked: int) -> None:
    assert "没有正在筹备的联席会议" in talk.says(OFFICER, MINUTES, "app")
    voted(talk)
    assert "还没有定时间" in talk.says(OFFICER, MINUTES, "app")
    talk.says(OFFICER, "定 3 1", "app")
    assert "会后再登记" in talk.says(OFFICER, MINUTES, "app")
    talk.time_is("2026-09-17T11:00:00")
    before = talk.stored()
    for line, problem in (
        ("住建局黄志坚 出具书面意见", "没有写明期限"),
        ("王小二 9月25日前 出具书面意见", "没有写明登记在册的责任人"),
        ("住建局黄志坚 9月25日前", "没有写明要做什么"),
        ("黄志坚、曾凡刚 9月25日前 一起办", "写了不止一个人"),
        ("住建局黄志坚 2026年9月1日前 出具书面意见", "的期限已经过去"),
    ):
        assert problem in talk.says(OFFICER, f"会议纪要 3\n{line}", "app")
        assert talk.stored() == before, line
    talk.says(OFFICER, "会议纪要 3", "app")
    said = talk.says(OFFICER, "意见：各部门一致同意\n答复：窗口自9月18日起按清单收件。", "app")
    assert "答复已拟好" in said
    assert talk.issue(3).status is IssueStatus.ANSWERED
    assert "没有正在筹备的联席会议" in talk.says(OFFICER, MINUTES, "app")


def test_a_task_is_reminded_of_and_told_when_late_each_once(talk: Talk, kicked: int) -> None:
    held(talk)
    seen: list[str] = []
    for day in ("23", "24", "25"):
        for minute in ("06", "30"):
            talk.time_is(f"2026-09-{day}T09:{minute}:00")
        seen += [f"{day} {text}" for text in talk.sees(OTHER) if "任务2" in text and "**" not in text]
    assert seen == [
        "23 提醒：任务2应于9月24日（周四）完成：更正办事指南。完成后发送“完成任务 2 结果”。",
        "24 提醒：任务2应于今天完成：更正办事指南。完成后发送“完成任务 2 结果”。",
    ]
    talk.time_is("2026-09-28T09:06:00")
    late = [text for text in talk.sees(OFFICER) if text.startswith("**任务逾期**：任务2")]
    assert len(late) == 1
    assert late[0].startswith("**任务逾期**：任务2由曾凡刚负责，应于9月24日（周四）前完成")
    assert "任务2（9月24日前）更正办事指南" in talk.says(OTHER, "待办", "app")
    before = talk.stored()
    for who, order in (
        (THIRD, "完成任务 2 办好了"), (CONTACT, "完成任务 2 办好了"), (LEAD, "取消任务 2 不办了"),
        (OTHER, "完成任务 77 办好了"),
    ):  # fmt: skip
        assert "没有找到您的这项任务" in talk.says(who, order, "app")
    assert "请写明完成情况" in talk.says(OTHER, "完成任务 2", "app")
    assert "只在单聊里" in talk.says(OFFICER, "完成任务 2 办好了", GROUP)
    assert talk.stored() == before
    talk.says(OFFICER, "取消任务 2 指南由省里统一更正", "app")
    assert "指南由省里统一更正" in talk.sees(OTHER)[-1]
    assert "这项任务现在不能这样操作" in talk.says(OTHER, "完成任务 2 办好了", "app")


def test_who_may_not_and_where_not(talk: Talk, problem: int) -> None:
    """What is about a person climbs no ladder; nobody else climbs; in the group nothing is arranged."""
    orders = (
        "联席会议 3 9月18日上午10点", "定 3 1", "会议 3", "会议纪要 3 意见：无", "取消会议 3 不开了", "提交政府 3 请协调占道费用",
        "已报送 3", "跟进 3 仍在会签", "政府答复 3 同意", "问题反馈函 3 市供电局 请研究提前送电", "函复 3 已安排",
    )  # fmt: skip
    before = talk.stored()
    for who, order in zip(cycle((REPRESENTATIVE, CONTACT, SUPERVISOR)), orders, strict=False):
        assert "服务专员" in talk.says(who, order, "app"), (who, order)
    for order in ("联席会议 3", "会议 3", "跟进 3 仍在会签", "投票 3 1"):
        assert "只在单聊里" in talk.says(OFFICER, order, GROUP)
    assert "没有找到请您参加的联席会议" in talk.says(OTHER, "投票 3 1", "app")
    assert talk.stored() == before
    assert talk.says(OTHER_OFFICER, "召集联席会议 3", "app").startswith("问题3已提请联席会议")
    talk.says(CONTACT, "投诉 住建局黄志坚态度恶劣一直推诿", "app")
    talk.says(CONTACT, "1", "app")
    assert "针对个人的反映" in talk.says(OFFICER, "联席会议 4", "app")
    assert "针对个人的反映" in talk.says(OFFICER, "提交政府 4 请协调一下此事", "app")


def test_called_by_words_and_by_card(talk: Talk) -> None:
    talk.files_problem("反馈问题：两个部门互相推，路灯到底归谁养护")
    assert "问题3属跨部门（词=两个部门），可提请联席会议" in talk.sees(OFFICER)[-2]
    talk.taps(OFFICER, "issue.joint:3")
    assert any(text.startswith("问题3已提请联席会议") for text in talk.sees(OFFICER))
    assert talk.issue(3).rung is Rung.SLOTS
