"""Every card the product sends, in a few talks: how it comes, what is tapped, what it shows then.

One table for the test of the states and for the pictures of all of them (`make gallery`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.reminders import Reminder
from tests.conversations.intake import applied
from tests.conversations.ladder import LEAD, OTHER, kick
from tests.talk import CONTACT, GROUP, OFFICER, SIGNATORY, SUPERVISOR, Talk

CODE, ITEM_REPRESENTATIVE = "YX-2026-001", "ye.zirong"
PDF = {"name": "放线测量报告.pdf", "text": "%PDF-1.4 survey"}
Before = Callable[[Talk], object]


@dataclass(frozen=True)
class Scene:
    """One card. `builder`: what makes it; `key`: how the tapped button's key begins; `line`: what the card says
    afterwards, "" where a question or a message follows and the card stays; `before`: what brings it."""

    builder: str
    user: str
    key: str
    line: str = ""
    before: tuple[Before, ...] = ()
    chat: str = "app"
    selected: Mapping[str, list[str]] = field(default_factory=dict)


def said(user: str, text: str, chat: str = "app", **more: Any) -> Before:
    return lambda talk: talk.says(user, text, chat, **more)


def at(moment: str) -> Before:
    return lambda talk: talk.time_is(moment)


def _reminded_of_two(talk: Talk) -> None:
    now = talk.parts.clock.now()
    with talk.parts.store.transaction() as tx:
        tx.reminders.add(
            [Reminder(SIGNATORY, "test", one, now) for one in ("提醒：补交合同。", "提醒：签署。")], now
        )


PROBLEM = (
    Scene("feedback_form._card", CONTACT, "form.submit", "已提交：问题3",
          (said(CONTACT, "反馈问题：施工许可窗口要求补交村委会盖章，清单上没有这一条", GROUP),), GROUP),
    Scene("issue_cards.to_handle", LEAD, "issue.accept", "黄志坚已接办"),
    Scene("issue_cards.to_handle", LEAD, "issue.reply"),
    Scene("issue_cards.to_extend", OFFICER, "extend.grant", "已同意", (said(LEAD, "申请延期 3 2个工作日 专家意见未到"),)),
    Scene("issue_cards.to_release", OFFICER, "issue.return", "", (said(LEAD, "回复 3 清单不含，可直接申报"),)),
    Scene("issue_cards.to_release", OFFICER, "issue.release", "待发送"),
    Scene("issue_cards.released", OFFICER, "issue.undo", "已撤销"),
    Scene("issue_cards.to_release", OFFICER, "issue.release", "待发送"),
    Scene("issue_cards.released", OFFICER, "issue.now", "已发到工作群"),
    Scene("choice_cards.which", CONTACT, "choose:", "已选择", (said(CONTACT, "规划证要什么材料", GROUP),), GROUP),
    Scene("appointment_cards.to_answer", OFFICER, "meet.move", "", (said(CONTACT, "预约 周三下午 视频", GROUP),)),
    Scene("appointment_cards.to_answer", OFFICER, "meet.agree", "已同意"),
    Scene("case_cards.wish", OFFICER, "suspension.talk", "",
          (said(CONTACT, "资金没到位先停一停", GROUP), said(CONTACT, "1", GROUP))),
    Scene("case_cards.wish", OFFICER, "suspension.agree", "已同意"),
    Scene("case_cards.to_resume", OFFICER, "suspension.resume", "已确认",
          (said(CONTACT, "恢复 原因已消除：用地手续已重新办妥", GROUP),)),
)  # fmt: skip

LADDER = (
    Scene("issue_cards.to_handle", LEAD, "issue.transfer", "", (lambda talk: talk.files_problem(),)),
    Scene("issue_cards.to_handle", LEAD, "issue.not_ours"),
    Scene("issue_cards.to_sort", OFFICER, "issue.joint", "", (kick,)),
    Scene("meeting_cards.to_vote", LEAD, "joint.vote", "已选", (said(OFFICER, "1"),), selected={"slots": ["1"]}),
    Scene("meeting_cards.to_fix", OFFICER, "joint.fix", "定于", (said(OTHER, "投票 3 1"),)),
)  # fmt: skip

APPLICATION = (
    Scene("application_cards.to_decide", OFFICER, "case.refuse", "", (applied,)),
    Scene("application_cards.to_decide", OFFICER, "case.accept", "李娜已受理"),
    Scene("form_cards.to_sign", OFFICER, "doubt"),
    Scene("form_cards.to_sign", OFFICER, "sign:", "已签署"),
    Scene("material_cards.to_review", OFFICER, "mat.back", "", (
        said(CONTACT, "承诺真实", GROUP), said(CONTACT, "放线验线 放线测量报告", GROUP, quote={"file": PDF}))),
    Scene("material_cards.to_review", OFFICER, "mat.ok", "李娜已通过"),
    Scene("material_cards.to_follow", ITEM_REPRESENTATIVE, "item.go", "", (
        said(CONTACT, "放线验线 工规证附图", GROUP, quote={"file": PDF}), said(OFFICER, "通过 放线验线 全部", GROUP),
        said(OFFICER, "提交 放线验线", GROUP))),
    Scene("material_cards.to_follow", ITEM_REPRESENTATIVE, "item.ask"),
    Scene("case_cards.to_rate", SIGNATORY, "rate:1:4", "满意", (
        said(OFFICER, f"当面移交 {CODE} 全部"), said(OFFICER, f"办结 {CODE} 未完成：其余事项由项目单位自行办理"),
        said(SIGNATORY, "签字确认", GROUP), said(OFFICER, "签署 YX-BJ-2026-0001"))),
)  # fmt: skip

CLOCK = (
    Scene("reminder_cards.merged", SIGNATORY, "remind_later", "已推迟", (_reminded_of_two, at("2026-09-15T10:00"))),
    Scene("reminder_cards.to_do", OFFICER, "show_issue", "", (
        lambda talk: talk.files_problem(), said(LEAD, "回复 3 9月16日起按清单收件。"), at("2026-09-16T08:50:00"))),
    Scene("pressing._card", LEAD, "press.answer", "", (
        said(OFFICER, "退回 3 请写明窗口"), at("2026-09-22T08:40:00"), said(SUPERVISOR, "督办 3 请于9月24日前说明退件依据并答复"))),
    Scene("digests.card", SUPERVISOR, "say:"),
)  # fmt: skip

STORIES = {"problem": PROBLEM, "ladder": LADDER, "application": APPLICATION, "clock": CLOCK}


# Done by words while the platform could not change the card; then it is tapped all the same.
LATE = (
    (Scene("issue_cards.to_release", OFFICER, "issue.release", "", (
        lambda talk: talk.files_problem(), said(LEAD, "回复 3 清单不含，可直接申报"))), said(OFFICER, "发布 3"), "已答复项目单位"),
    (Scene("appointment_cards.to_answer", OFFICER, "meet.agree", "", (said(CONTACT, "预约 周三下午 视频", GROUP),)),
     said(OFFICER, "同意预约 1"), "已经答复过"),
    (Scene("case_cards.wish", OFFICER, "suspension.agree", "",
           (said(CONTACT, "资金没到位先停一停", GROUP), said(CONTACT, "1", GROUP))), said(OFFICER, f"同意中止 {CODE}"), "已处理，不用重复操作"),
    (Scene("application_cards.to_decide", OFFICER, "case.accept", "", (applied,)), said(OFFICER, "受理 YX-SQ-2026-0005"), "已由李娜于9月15日受理"),
    (Scene("form_cards.to_sign", OFFICER, "sign:"), said(OFFICER, "签署 YX-WT-2026-0001"), "无需重复签署"),
)  # fmt: skip
