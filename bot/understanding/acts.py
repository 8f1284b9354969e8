"""What a message is understood as (contract §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.understanding.days import WorkingDays


class Intent(StrEnum):
    PROGRESS = "progress"
    MATERIALS = "materials"
    TEMPLATE = "template"
    GUIDE = "guide"
    POLICY = "policy"
    CONTACT = "contact"
    REPORT_PROBLEM = "report_problem"
    URGE = "urge"
    SUPPLEMENT = "supplement"
    SUBMIT_MATERIAL = "submit_material"
    APPLY = "apply"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    TERMINATE = "terminate"
    SIGN_OFF = "sign_off"
    RATE = "rate"
    COMPLAIN = "complain"
    MEETING = "meeting"
    MAIL = "mail"
    HUMAN = "human"
    HELP = "help"
    TODO = "todo"
    REFUSED_REQUEST = "refused_request"
    ACCEPT_ISSUE = "accept_issue"
    REPLY_ISSUE = "reply_issue"
    TRANSFER_ISSUE = "transfer_issue"
    EXTEND_ISSUE = "extend_issue"
    ESCALATE_ISSUE = "escalate_issue"
    CLOSE_ISSUE = "close_issue"
    UPDATE_ITEM = "update_item"
    REQUEST_MATERIAL = "request_material"
    REVIEW_MATERIAL = "review_material"
    LOG_WORK = "log_work"
    DIGEST = "digest"
    CALL_MEETING = "call_meeting"
    GREET = "greet"
    THANKS = "thanks"
    CONFIRM = "confirm"
    DENY = "deny"
    CANCEL = "cancel"
    CORRECT = "correct"
    NONE = "none"


class Decision(StrEnum):
    ACT = "act"
    CONFIRM = "confirm"
    ASK = "ask"
    SILENT = "silent"


@dataclass(frozen=True)
class Act:
    """`rest`: the free words that belong to it (an answer, a reason). `readings`: catalogue ids when the item's
    word has several; `also`: items the word for `item` may mean as well. `evidence`: the rule or words that spoke for it."""

    intent: Intent
    slots: Mapping[str, Any] = field(default_factory=dict)
    score: float = 0.0
    rest: str = field(default="", repr=False)
    readings: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    question: str = ""
    focus: str = ""  # of a progress question: "who" holds it, "when" it will be done; of an order: which one
    evidence: tuple[str, ...] = ()

    @property
    def item(self) -> str | None:
        return self.slots.get("item")

    @property
    def issue_no(self) -> int | None:
        no = self.slots.get("issue_no")
        return int(no) if no and str(no).isdecimal() else None


@dataclass(frozen=True)
class Understood:
    acts: tuple[Act, ...]
    decision: Decision


@dataclass(frozen=True)
class Heard:
    """One line of contract §6's input. `role` and `chat` as there; `recent_issue`: as typed; `today`: the office's day,
    without it days are not read."""

    text: str = field(repr=False)
    role: str = "enterprise"
    group: bool = False
    mention: bool = True
    quote_kind: str = ""
    quote_text: str = field(default="", repr=False)
    recent_item: str | None = None
    recent_issue: str | None = None
    today: date | None = None
    calendar: WorkingDays | None = field(default=None, repr=False, compare=False)
