"""Limits of approval items that come near: one message a morning, to the department and the officer, told once."""

from __future__ import annotations

from tests.talk import CONTACT, DEPUTY, GROUP, OFFICER, REPRESENTATIVE, Talk

ENVIRONMENT = "wu.shiting"  # whose item is over already when the clock first looks at it
MOMENTS = (
    "2026-09-15T10:00:00",
    "2026-09-16T08:59:00",
    "2026-09-16T09:00:00",
    "2026-09-16T09:01:00",
    "2026-09-17T08:59:00",
    "2026-09-17T09:00:00",
    "2026-09-17T09:01:00",
    "2026-09-17T20:00:00",
    "2026-09-18T08:59:00",
)


def test_near_and_over_each_is_told_once_in_the_morning(talk: Talk) -> None:
    for who in (OFFICER, REPRESENTATIVE):
        talk.sees(who)
    told = []
    for moment in MOMENTS:
        talk.time_is(moment)
        if any("施工许可" in text for text in _reminders(talk, REPRESENTATIVE)):
            told.append(moment)
    # Yellow when it was first looked at: the next morning. Its last day is the 16th: the day after.
    assert told == ["2026-09-16T09:00:00", "2026-09-17T09:00:00"]
    assert any("超期1个工作日" in text for text in _reminders(talk, OFFICER))


def test_the_representative_reads_until_when_and_how_to_answer(talk: Talk) -> None:
    talk.time_is("2026-09-15T10:00:00")
    talk.time_is("2026-09-16T09:00:00")
    (told,) = _reminders(talk, REPRESENTATIVE)
    assert told.splitlines()[1:] == [
        "🟡 岭南新材料厂房·施工许可（已受理）：9月16日到期（外地参考时限，以本地公布为准），已用3个工作日，时限已到",
        "例如：办结请回复“YX-2026-001 施工许可 办结 文号”，要补正请回复“YX-2026-001 施工许可 补正：内容”。",
    ]
    assert not any("例如：办结请回复" in text for text in _reminders(talk, OFFICER))


def test_red_already_when_first_looked_at_is_told_the_next_morning_and_no_more_for_a_change(
    talk: Talk,
) -> None:
    talk.time_is("2026-09-15T10:00:00")
    assert _reminders(talk, ENVIRONMENT) == []
    talk.time_is("2026-09-16T09:00:00")
    assert len(_reminders(talk, ENVIRONMENT)) == 1
    talk.says(ENVIRONMENT, "YX-2026-001 环评 审查中", "app")
    for moment in ("2026-09-16T10:00:00", "2026-09-17T09:00:00", "2026-09-18T09:00:00"):
        talk.time_is(moment)
        assert _reminders(talk, ENVIRONMENT) == []


def test_while_the_a_post_is_on_leave_the_b_post_is_told(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        tx._connection.exec_driver_sql(
            "UPDATE duties SET leave_from = '2026-09-14', leave_to = '2026-09-20' WHERE person_id = "
            f"(SELECT id FROM people WHERE userid = '{REPRESENTATIVE}')"
        )
    talk.time_is("2026-09-15T10:00:00")
    talk.time_is("2026-09-16T09:00:00")
    assert _reminders(talk, REPRESENTATIVE) == []
    assert len(_reminders(talk, DEPUTY)) == 1


def test_the_enterprise_and_the_group_hear_nothing_of_it(talk: Talk) -> None:
    for moment in MOMENTS:
        talk.time_is(moment)
    assert _reminders(talk, CONTACT) == []
    assert not [text for text in talk.sees(CONTACT, GROUP) if "办理时限提醒" in text]


def _reminders(talk: Talk, who: str) -> list[str]:
    return [text for text in talk.sees(who) if "办理时限提醒" in text]
