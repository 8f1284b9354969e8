"""Every card the product sends, in one day of the sample county: how it comes, what is tapped, how it ends.

One table for the test of the states of cards and for the pictures of all of them (`make gallery`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.conversations.intake import applied
from tests.conversations.ladder import LEAD, OTHER, kick
from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, SIGNATORY, Talk

CODE = "YX-2026-001"
Says = Callable[[Talk], object]


class Speaks(Protocol):
    def says(self, user: str, text: str, chat: str = GROUP, **more: Any) -> str: ...


@dataclass(frozen=True)
class Scene:
    """One card. `builder`: the function that makes it; `key`: how the key of the tapped button begins; `line`: what
    the card says afterwards, "" where a question is asked back or a message follows and the card stays as it is;
    `before`: what brings it."""

    builder: str
    user: str
    key: str
    line: str
    before: tuple[Says, ...] = ()
    chat: str = "app"
    selected: dict[str, list[str]] = field(default_factory=dict)


def said(user: str, text: str, chat: str = GROUP) -> Says:
    return lambda talk: talk.says(user, text, chat)


PROBLEM = (
    Scene("feedback_form.card", CONTACT, "form.submit", "已提交：问题3", (said(CONTACT, "反馈问题：施工许可窗口要求补交村委会盖章，清单上没有这一条"),), GROUP),
    Scene("issue_cards.to_handle", LEAD, "issue.accept", "黄志坚已接办"),
    Scene("issue_cards.to_extend", OFFICER, "extend.grant", "已同意", (said(LEAD, "延期 3 2个工作日 等待专家意见", "app"),)),
    Scene("issue_cards.to_release", OFFICER, "issue.release", "待发送", (said(LEAD, "回复 3 清单不含，可直接申报", "app"),)),
    Scene("issue_cards.released", OFFICER, "issue.undo", "已撤销"),
    Scene("issue_cards.to_release", OFFICER, "issue.release", "待发送"),
    Scene("issue_cards.settled", OFFICER, "issue.now", "已发到工作群"),
)  # fmt: skip
