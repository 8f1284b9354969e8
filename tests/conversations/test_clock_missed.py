"""The scheduler was off, the clock jumped, two of them ran, somebody put it into maintenance: told once, by day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from click.testing import CliRunner

from scheduler.cli import main
from scheduler.lines import LINES, run, run_due
from storage.reminders import Reminder
from tests.talk import ADMINISTRATOR, CONTACT, GROUP, OFFICER, SIGNATORY, SUPERVISOR, Talk

OCCASIONS = ("【本周小结】", "今日提醒", "工作清单", "督办简报**", "督办周报**", "督办月报**")


def _told(talk: Talk) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for user, chat in (
        (CONTACT, GROUP),
        (CONTACT, "app"),
        (SIGNATORY, "app"),
        (OFFICER, "app"),
        (SUPERVISOR, "app"),
    ):
        for said in talk.sees(user, chat):
            found.update((user, one) for one in OCCASIONS if one in said)
    return found


def _remind(talk: Talk, at: str, *texts: str) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=talk.parts.clock.zone)
    with talk.parts.store.transaction() as tx:
        tx.reminders.add([Reminder(SIGNATORY, "test", said, now) for said in texts], now)


def test_off_from_friday_afternoon_to_monday_morning_everything_comes_once(talk: Talk) -> None:
    talk.time_is("2026-10-16T15:59:00")
    _told(talk)
    _remind(talk, "2026-10-16T16:30:00", "提醒：一。")
    _remind(talk, "2026-10-19T08:41:00", "提醒：二。")
    for night in ("2026-10-16T23:00:00", "2026-10-17T10:00:00", "2026-10-19T03:00:00"):
        talk.time_is(night)
    assert not _told(talk)
    for moment in (
        "2026-10-19T10:00:00",
        "2026-10-19T10:00:20",
        "2026-10-19T10:20:00",
        "2026-10-19T11:50:00",
    ):
        talk.time_is(moment)
    told = _told(talk)
    assert told[CONTACT, "【本周小结】"] == 1
    assert told[SIGNATORY, "今日提醒"] == 1
    assert told[OFFICER, "工作清单"] == 1
    assert told[SUPERVISOR, "督办简报**"] == 1
    assert told[SUPERVISOR, "督办周报**"] == 1
    assert not [key for key, count in told.items() if count > 1 and key[0] != CONTACT]


def test_two_schedulers_and_a_clock_put_back_and_forward_double_nothing(talk: Talk) -> None:
    _remind(talk, "2026-09-16T08:41:00", "提醒：一。", "提醒：二。")
    at = datetime(2026, 9, 16, 9, 0, tzinfo=talk.parts.clock.zone)
    talk.platform.set_clock("2026-09-16T09:00:00")
    talk.parts.clock._asked = 0.0
    for name in ("supervisor_digests", "morning_lists", "reminders") * 2:
        run(talk.parts, LINES[name], at)
    for moment in ("2026-09-16T09:01:00", "2026-09-15T10:00:00", "2026-09-16T09:02:00"):
        talk.time_is(moment)
    told = _told(talk)
    assert told[SIGNATORY, "今日提醒"] == 1
    assert told[SUPERVISOR, "督办简报**"] <= 2  # the 16th, and the 15th the clock was put back to
    assert told[OFFICER, "工作清单"] <= 2


def test_maintenance_holds_what_speaks_by_itself_and_lets_it_out_merged(talk: Talk) -> None:
    assert CliRunner().invoke(main, ["maintenance", "on"]).exit_code == 0
    _remind(talk, "2026-09-16T08:41:00", "提醒：一。")
    talk.time_is("2026-09-16T09:00:00")
    _remind(talk, "2026-09-16T11:00:00", "提醒：二。")
    talk.time_is("2026-09-16T14:45:00")
    assert not _told(talk)
    assert "岭南" in talk.says(CONTACT, "进度")  # whoever asks is answered
    _told(talk)
    assert CliRunner().invoke(main, ["maintenance", "off"]).exit_code == 0
    talk.time_is("2026-09-16T14:50:00")
    assert _told(talk)[SIGNATORY, "今日提醒"] == 1
    assert CliRunner().invoke(main, ["maintenance", "perhaps"]).exit_code == 2


def test_a_late_queue_is_told_to_the_administrator_once_an_hour(talk: Talk) -> None:
    talk.no_worker = True
    _remind(talk, "2026-09-16T08:41:00", "提醒：一。")
    talk.time_is("2026-09-16T09:00:00")
    for moment in ("09:09:00", "09:12:00", "09:30:00"):
        talk.platform.set_clock(f"2026-09-16T{moment}")
        talk.parts.clock._asked = 0.0
        at = datetime.fromisoformat(f"2026-09-16T{moment}").replace(tzinfo=talk.parts.clock.zone)
        run_due(talk.parts, at)
    talk.no_worker = False
    talk.time_is("2026-09-16T09:31:00")
    late = [said for said in talk.sees(ADMINISTRATOR) if said.startswith("消息积压")]
    assert len(late) == 1
    assert "最早一条已等" in late[0]


def test_a_tenant_whose_minute_is_full_waits_for_the_next(talk: Talk) -> None:
    talk.platform.fault("/cgi-bin/message/send", errcode=45009, times=1)
    _remind(talk, "2026-09-16T08:41:00", "提醒：一。")
    talk.time_is("2026-09-16T09:00:00")
    tried = len(talk.platform.log("message/send"))
    talk.work()
    talk.time_is("2026-09-16T09:00:30")
    assert len(talk.platform.log("message/send")) == tried  # nobody calls in a full minute
    talk.time_is("2026-09-16T09:02:00")
    assert any("提醒：一。" in said for said in talk.sees(SIGNATORY))
