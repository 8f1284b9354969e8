"""Every intent of contract §6 over the wire: what people write, what it is understood as, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.understanding.acts import Intent
from storage.tables import inbox
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

# Who says what where, what it is understood as, and what the answer must have in it.
Turn = tuple[str, str, str, Intent, str]

ASKED: tuple[Turn, ...] = (
    (CONTACT, GROUP, "施工许可到哪了", Intent.PROGRESS, "**施工许可**"),
    (CONTACT, GROUP, "施工许可要什么材料", Intent.MATERIALS, "**施工许可材料清单**"),
    (CONTACT, GROUP, "发一下申请表", Intent.TEMPLATE, "《帮办代办首席服务申请表》由应用单独发给您"),
    (CONTACT, GROUP, "施工许可要几天", Intent.GUIDE, "法定时限：7日"),
    (CONTACT, GROUP, "告知承诺是什么规定", Intent.POLICY, "依据：曲江区帮办代办首席服务工作实施细则"),
    (CONTACT, GROUP, "施工许可找谁", Intent.CONTACT, "黄志坚"),
    (CONTACT, GROUP, "反馈问题：工改系统打不开，附件传不上去", Intent.REPORT_PROBLEM, "意见反馈表"),
    (CONTACT, GROUP, "取消", Intent.CANCEL, "没有提交"),
    (CONTACT, GROUP, "催一下施工许可", Intent.URGE, "李娜"),
    (CONTACT, GROUP, "补正要补什么", Intent.SUPPLEMENT, "补正"),
    (CONTACT, GROUP, "材料发你了，查收", Intent.SUBMIT_MATERIAL, "文件"),
    (CONTACT, GROUP, "投诉窗口的人态度太差，让我白跑三趟", Intent.COMPLAIN, "单聊"),
    (CONTACT, "app", "取消", Intent.CANCEL, "没有提交"),
    (CONTACT, GROUP, "预约明天上午10点上门", Intent.MEETING, "预约"),
    (CONTACT, GROUP, "证寄给我吧", Intent.MAIL, "单聊"),
    (CONTACT, GROUP, "转人工", Intent.HUMAN, "已转告服务专员李娜"),
    (CONTACT, GROUP, "帮助", Intent.HELP, "**我能帮您：**"),
    (CONTACT, GROUP, "待办", Intent.TODO, ""),
    (CONTACT, GROUP, "推荐一家靠谱的环评公司", Intent.REFUSED_REQUEST, "不作推荐"),
    (CONTACT, GROUP, "你好", Intent.GREET, "我是代办助手"),
    (CONTACT, GROUP, "谢谢", Intent.THANKS, "不客气"),
    (CONTACT, "bot", "确认", Intent.CONFIRM, "没有等您确认的内容"),
    (CONTACT, "bot", "不对", Intent.DENY, "没有等您确认的内容"),
    (CONTACT, "bot", "取消", Intent.CANCEL, "没有等您确认的内容"),
    (CONTACT, GROUP, "施工许可到哪了", Intent.PROGRESS, "**施工许可**"),
    (CONTACT, GROUP, "不是施工许可，是环评报告表", Intent.PROGRESS, "**环评报告表**"),
    (CONTACT, GROUP, "asdkfj", Intent.NONE, ""),
    (OFFICER, "app", "汇总", Intent.DIGEST, "您负责的在办项目"),
    (SUPERVISOR, "app", "汇总", Intent.DIGEST, "超期"),
    (OFFICER, "app", "记录 YX-2026-001 上午陪同到窗口递交材料", Intent.LOG_WORK, "已记入台账"),
)  # fmt: skip


def last_understood(talk: Talk) -> dict[str, Any]:
    with talk.parts.store.engine.connect() as connection:
        row = connection.execute(select(inbox.c.understood).order_by(inbox.c.id.desc()).limit(1)).one()
    return dict(row.understood)


def run(talk: Talk, turns: tuple[Turn, ...]) -> None:
    for user, chat, text, intent, expected in turns:
        said = talk.says(user, text, chat)
        assert expected in said, (text, said)
        assert last_understood(talk)["acts"][0]["intent"] == intent, text


def test_what_people_ask(talk: Talk) -> None:
    run(talk, ASKED)


def test_receipts_and_silence(talk: Talk) -> None:
    for text in ("收到", "好的", "嗯嗯", "👌"):
        assert talk.says(CONTACT, text) == ""
    assert talk.unheard(CONTACT, "施工许可到哪了", mention=False)


def test_a_problem_through_the_officers_hands(talk: Talk, problem: int) -> None:
    run(
        talk,
        (
            (REPRESENTATIVE, "app", f"我来办 {problem}", Intent.ACCEPT_ISSUE, "已由黄志坚接办"),
            (
                REPRESENTATIVE,
                "app",
                f"申请延期 {problem} 2个工作日 等市局书面意见",
                Intent.EXTEND_ISSUE,
                "延期",
            ),
            (REPRESENTATIVE, "app", f"不属本部门 {problem} 属街道事权", Intent.ESCALATE_ISSUE, "李娜"),
            (
                OFFICER,
                "app",
                f"转办 {problem} 住建局 请核实清单",
                Intent.TRANSFER_ISSUE,
                "仍要分派给它请回复 1",
            ),
        ),
    )
    assert "住房和城乡建设局" in talk.says(OFFICER, "1", "app")
    run(
        talk,
        (
            (REPRESENTATIVE, "app", f"办结 {problem}", Intent.CLOSE_ISSUE, "由项目单位确认解决后结束"),
            (REPRESENTATIVE, "app", f"回复 {problem} 自9月16日起按清单收件", Intent.REPLY_ISSUE, "李娜"),
        ),
    )
    talk.says(OFFICER, f"立即发送 {problem}", "app")
    run(talk, ((CONTACT, GROUP, f"问题{problem} 未解决 窗口还是不收", Intent.DENY, "已重新交办"),))


def test_items_and_materials_of_officers(talk: Talk) -> None:
    run(
        talk,
        (
            (REPRESENTATIVE, "app", "施工许可 审查中", Intent.UPDATE_ITEM, "施工许可"),
            (OFFICER, "app", "通过 施工许可 全部", Intent.REVIEW_MATERIAL, "已通过1份"),
            (
                OFFICER,
                "app",
                "一次性告知 施工许可 1.补交资金承诺书原件 9月25日前",
                Intent.REQUEST_MATERIAL,
                "施工许可",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("资金没到位，先停一停", Intent.SUSPEND, "中止"),
        ("不用代办了，我们自己办", Intent.TERMINATE, "终止"),
        ("资金到位了，可以继续办了", Intent.RESUME, "中止"),
        ("确认办结单", Intent.SIGN_OFF, ""),
        ("服务非常满意", Intent.RATE, ""),
        ("申请代办", Intent.APPLY, ""),
        ("撤回代办申请", Intent.WITHDRAW, "不能撤回申请"),
    ],
)
def test_what_changes_a_case_is_asked_first(talk: Talk, text: str, intent: Intent, expected: str) -> None:
    """Nothing changes before the enterprise has confirmed it, or because there is nothing to change."""
    before = talk.stored("outbox")
    said = talk.says(SIGNATORY if intent is Intent.SIGN_OFF else CONTACT, text)
    assert said
    assert expected in said
    assert last_understood(talk)["acts"][0]["intent"] == intent
    assert talk.stored("outbox") == before


def test_every_intent_has_its_turn() -> None:
    """What is not here has a talk of its own, or belongs to who builds it."""
    here = {turn[3] for turn in ASKED} | {
        Intent.ACCEPT_ISSUE, Intent.EXTEND_ISSUE, Intent.ESCALATE_ISSUE, Intent.TRANSFER_ISSUE, Intent.CLOSE_ISSUE,
        Intent.REPLY_ISSUE, Intent.UPDATE_ITEM, Intent.REVIEW_MATERIAL, Intent.REQUEST_MATERIAL, Intent.SUSPEND,
        Intent.TERMINATE, Intent.RESUME, Intent.SIGN_OFF, Intent.RATE, Intent.APPLY, Intent.WITHDRAW,
    }  # fmt: skip
    assert set(Intent) - here == {
        Intent.CALL_MEETING,
        Intent.CORRECT,
    }  # meetings; corrections: test_pointing.py
