"""Limits of approval items that come near: one message a morning, to the department and the officer, told once."""

from __future__ import annotations

from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, Talk


def test_near_and_over_each_is_told_once_in_the_morning(talk: Talk) -> None:
    for who in (OFFICER, REPRESENTATIVE):
        talk.sees(who)
    told = []
    for moment in (
        "2026-09-15T10:00:00",
        "2026-09-16T08:59:00",
        "2026-09-17T08:59:00",
        "2026-09-17T09:00:00",
        "2026-09-17T09:01:00",
        "2026-09-17T20:00:00",
        "2026-09-18T08:59:00",
    ):
        talk.time_is(moment)
        if any("施工许可" in text for text in _reminders(talk, REPRESENTATIVE)):
            told.append(moment)
    assert told == ["2026-09-17T09:00:00"]  # the day after its last day, the 16th
    assert any("超期1个工作日" in text for text in _reminders(talk, OFFICER))


def test_the_enterprise_and_the_group_hear_nothing_of_it(talk: Talk) -> None:
    talk.time_is("2026-09-15T10:00:00")
    talk.time_is("2026-09-17T09:00:00")
    assert _reminders(talk, CONTACT) == []
    assert not [text for text in talk.sees(CONTACT, GROUP) if "办理时限提醒" in text]


def _reminders(talk: Talk, who: str) -> list[str]:
    return [text for text in talk.sees(who) if "办理时限提醒" in text]
