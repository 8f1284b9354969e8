"""What a site decides about suspension, delivery and rating (`config/completion.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.catalogue import Limit, LimitUnit, read_limit
from domain.configuration import Section
from domain.suspension import Reason

COURIERS = ("顺丰", "邮政", "京东", "中通", "圆通", "申通", "韵达", "德邦", "极兔")
TRACKING_NO = r"[A-Z]{0,3}[0-9]{8,18}[A-Z]{0,2}"


@dataclass(frozen=True)
class CompletionRules:
    """`resume_conditions`: by reason, what must be there before a case is resumed."""

    reminders_needed: int
    reminder_wait: int
    resume_conditions: Mapping[str, str]
    deliver_within: Limit
    deliver_remind_before: int
    couriers: tuple[str, ...]
    tracking_no: str
    invite_again_after: int
    invite_until: int
    rectify_within: int
    sample_percent: int

    def resume_condition(self, reason: Reason) -> str:
        return self.resume_conditions.get(reason, "中止原因消除，并经双方确认")

    def is_tracking_no(self, text: str) -> bool:
        return re.fullmatch(self.tracking_no, text) is not None


def read_completion(document: Section) -> CompletionRules:
    """A site kept before there was such a file gets the defaults."""
    suspension, delivery, rating = (_part(document, key) for key in ("suspension", "delivery", "rating"))
    conditions = _part(suspension, "resume_conditions")
    rules = CompletionRules(
        suspension.integer("reminders_needed", default=1, least=1),
        suspension.integer("reminder_wait", default=1),
        {key: conditions.text(key) for key in conditions.values},
        _limit(delivery),
        delivery.integer("remind_before", default=3),
        delivery.texts("couriers") or COURIERS,
        delivery.text("tracking_no", default=TRACKING_NO),
        rating.integer("invite_again_after", default=3, least=1),
        rating.integer("invite_until", default=30, least=1),
        rating.integer("rectify_within", default=15, least=1),
        rating.integer("sample_percent", default=10, least=1),
    )
    _check(rules, conditions, delivery)
    for section in (suspension, delivery, rating, document):
        section.end()
    return rules


def _part(document: Section, key: str) -> Section:
    return document.section(key) if document.has(key) else document.empty(key)


def _limit(delivery: Section) -> Limit:
    return read_limit(delivery.section("within")) if delivery.has("within") else Limit(10, LimitUnit.WORKING)


def _check(rules: CompletionRules, conditions: Section, delivery: Section) -> None:
    for key in conditions.values:
        if key not in set(Reason):
            conditions.flaw(key, f"不是中止原因代码，应为以下之一：{'、'.join(Reason)}")
    try:
        re.compile(rules.tracking_no)
    except re.error:
        delivery.flaw("tracking_no", "不是正确的格式表达式，例如 [A-Z]{0,3}[0-9]{8,18}")
