"""When the clock speaks unasked and how much, as the site sets it (R018: 无事不扰)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from domain.configuration import Section
from domain.people import OFFICERS, Role


@dataclass(frozen=True)
class ClockRules:
    """`remind_at`: when waiting reminders are told, one message a person each time; `most_a_day`: of these messages.
    `line_until`: minutes before the weekly summary until which the officer may add a line. `posts_a_minute`: of one
    occasion; more are spread. `calls_a_minute`: to the platform, all together. `late_after`: minutes after which a
    message that waits is told to the administrators."""

    line_until: int = 60
    morning_list_at: time = time(8, 50)
    digest_at: time = time(8, 40)
    remind_at: tuple[time, ...] = (time(9), time(14, 40))
    most_a_day: int = 3
    later_minutes: int = 120
    sign_days: int = 3
    material_days: int = 5
    fee_days: int = 3
    posts_a_minute: int = 60
    calls_a_minute: int = 4500
    late_after: int = 10
    morning_list_for: tuple[Role, ...] = (Role.SERVICE_OFFICER,)


def read_clock(document: Section) -> ClockRules:
    """Every figure has a default: a site kept by an older version has no such file."""
    usual = ClockRules()

    def at(key: str, default: time) -> time:
        return document.clock(key) if document.has(key) else default

    moments = tuple(sorted(_moments(document, "remind_at"))) or usual.remind_at

    def whole(key: str, default: int) -> int:
        return document.integer(key, least=1, default=default)

    rules = ClockRules(
        whole("line_until", usual.line_until), at("morning_list_at", usual.morning_list_at),
        at("digest_at", usual.digest_at), moments, whole("most_a_day", usual.most_a_day),
        whole("later_minutes", usual.later_minutes), whole("sign_days", usual.sign_days),
        whole("material_days", usual.material_days), whole("fee_days", usual.fee_days), whole("posts_a_minute", usual.posts_a_minute),
        whole("calls_a_minute", usual.calls_a_minute), whole("late_after", usual.late_after),
        _roles(document) or usual.morning_list_for,
    )  # fmt: skip
    document.end()
    return rules


def _moments(document: Section, key: str) -> list[time]:
    found = []
    for written in document.texts(key):
        try:
            found.append(time.fromisoformat(written))
        except ValueError:
            document.flaw(key, "应为时刻，例如 09:00")
    return found


def _roles(document: Section) -> tuple[Role, ...]:
    found = document.texts("morning_list_for")
    for one in found:
        if one not in OFFICERS:
            document.flaw("morning_list_for", f"没有「{one}」这种人员，可用：{'、'.join(sorted(OFFICERS))}")
    return tuple(Role(one) for one in found if one in OFFICERS)
