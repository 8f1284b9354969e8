"""Nothing lost, nothing doubled, nobody kept waiting: what fell through before."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot import delivery, jobs
from bot.platform import Say
from bot.records import to_record
from scheduler.lines import run_due_in_office
from storage.errors import Conflict
from storage.outbox import NewMessage
from tests.doors.knocking import Doors
from tests.talk import CONTACT, GROUP, REPRESENTATIVE, Talk, talking

LATER = "已收到，稍后答复。"
PAPER = {"name": "环评修改稿.pdf", "text": "%PDF-1.4 revised"}


# ---------------------------------------------------------------- the spool


def test_a_spooled_file_nobody_can_read_does_not_stop_the_others(talk: Talk, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / "0.json").write_text(json.dumps({"at": 1, "record": {"message": {"_": "Gone"}}}))
    assert talk.says(CONTACT, "进度") == LATER  # it queues behind
    _until(lambda: not list(spool.glob("*.json")))
    assert [path.name for path in spool.glob("*.bad")] == ["0.bad"]
    talk.work()
    assert any("已办结11项" in words for words in talk.sees(CONTACT, GROUP))
    assert "已办结11项" in talk.says(CONTACT, "进度")


def test_a_repeat_gets_the_answer_given_while_others_wait_in_the_spool(talk: Talk, tmp_path: Path) -> None:
    doors = Doors(talk)
    first = doors.read(doors.say(msgid="twice"))
    with _held_spool(tmp_path):
        assert doors.read(doors.say(msgid="twice")) == first
        assert LATER in str(doors.read(doors.say(msgid="new")))


@contextmanager
def _held_spool(tmp_path: Path) -> Iterator[None]:
    """Another process imports just now, and something waits."""
    folder = tmp_path / "spool"
    folder.mkdir(exist_ok=True)
    waiting = folder / "waits.json"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting.write_text("{}")
        yield
        waiting.unlink()


def test_what_one_person_said_is_answered_in_order_whichever_job_runs_first(talk: Talk) -> None:
    _broken(talk, broken=True)
    talk.no_worker = True
    for said in ("反馈问题：施工许可窗口要求补交清单外的村委会证明", "1"):
        assert talk.says(CONTACT, said) == LATER
    _broken(talk, broken=False)
    jobs.answer(talk.parts, _inbox_ids(talk)[-1])
    assert talk.issue(3).description.startswith("施工许可窗口要求补交")


def test_a_message_the_database_always_refuses_is_given_up_and_the_administrator_told(talk: Talk) -> None:
    talk.says(CONTACT, "反馈问题：施工许可窗口要求补交清单外的村委会证明")
    with talk.parts.store.engine.begin() as connection:
        connection.execute(text("UPDATE counters SET value = 0 WHERE name = 'issue'"))
    talk.no_worker = True
    assert talk.says(CONTACT, "1") == LATER
    for _ in range(5):
        with pytest.raises(Conflict):
            jobs.answer(talk.parts, _inbox_ids(talk)[-1])
    assert _pending(talk) == 0
    delivery.drain(talk.parts)
    assert sum("还没有得到答复" in words for words in talk.sees("zhao.min")) == 1


# ---------------------------------------------------------------- files


def test_a_file_beside_a_message_that_was_put_off_is_kept(talk: Talk) -> None:
    _broken(talk, broken=True)
    assert talk.says(CONTACT, "环评报告表的修改稿", quote={"file": PAPER}) == LATER
    _broken(talk, broken=False)
    assert len(talk.files()) == 1


def test_without_redis_a_file_is_fetched_at_once(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "county.db").write_bytes(county.read_bytes())
    url = f"sqlite:///{tmp_path / 'county.db'}"
    with talking(url, "redis://127.0.0.1:1", tmp_path, monkeypatch) as talk:
        talk.no_worker = True
        talk.says(CONTACT, "环评报告表的修改稿", quote={"file": PAPER})
        _until(lambda: len(talk.files()) == 1)


# ---------------------------------------------------------------- sending


def test_a_send_in_doubt_is_not_repeated_when_the_platform_would_not_know_it_for_a_repeat(talk: Talk) -> None:
    talk.platform.fault("/cgi-bin/message/send", status=500, when="after", times=2)
    row = _told(talk)
    delivery.drain(talk.parts)  # cut off, and its repeat at once as well: both arrived, unknown to us
    talk.platform.ask("/sandbox/clock", {"advance": 40 * 60})  # no worker for forty minutes
    talk.parts.clock._asked = 0.0
    delivery.drain(talk.parts)
    assert sum("请看一下。" in words for words in talk.sees(REPRESENTATIVE)) == 1
    assert _state(talk, row) == "unknown"


def test_a_platform_that_is_away_for_an_hour_loses_nothing(talk: Talk) -> None:
    talk.platform.fault("/cgi-bin/message/send", errcode=45009, times=12)
    row = _told(talk)
    for _ in range(14):
        delivery.drain(talk.parts)
        talk.platform.ask("/sandbox/clock", {"advance": 601})
        talk.parts.clock._asked = 0.0
    assert _state(talk, row) == "sent"
    assert sum("请看一下。" in words for words in talk.sees(REPRESENTATIVE)) == 1


def test_a_message_that_cannot_be_made_does_not_hold_those_behind_it(talk: Talk) -> None:
    now = talk.parts.clock.now()
    with talk.parts.store.transaction() as tx:
        bad = NewMessage("person", CONTACT, {"_": "Gone"}, "bad", now, urgent=True)
        good = NewMessage("person", CONTACT, to_record(Say("请看一下。")), "good", now)
        bad_id, good_id = tx.outbox.add([bad, good], now)
    delivery.drain(talk.parts)
    assert (_state(talk, bad_id), _state(talk, good_id)) == ("failed", "sent")


def test_a_job_stops_between_two_sends_before_it_would_be_cut(talk: Talk) -> None:
    rows = [_told(talk, f"第{n}条。") for n in range(3)]
    assert delivery.drain(talk.parts, seconds=-1) == 0
    assert {_state(talk, row) for row in rows} == {"waiting"}
    assert delivery.drain(talk.parts) == 3


def test_a_later_answer_whose_address_is_dead_goes_by_the_app(talk: Talk) -> None:
    _broken(talk, broken=True)
    talk.no_worker = True
    assert talk.says(CONTACT, "进度") == LATER
    _broken(talk, broken=False)
    talk.platform.fault("/cgi-bin/aibot/response", errcode=40058, times=1)
    jobs.answer(talk.parts, _inbox_ids(talk)[-1])
    delivery.drain(talk.parts)
    assert any("已办结11项" in words for words in talk.sees(CONTACT))


def test_a_card_keeps_its_code_when_the_platform_was_busy(talk: Talk) -> None:
    no = talk.files_problem()
    talk.platform.fault("/cgi-bin/message/update_template_card", errcode=-1, times=1)
    talk.says(REPRESENTATIVE, f"回复 {no} 已安排周三踏勘，请带图纸。", "app")
    talk.time_is("2026-09-15T09:35:00")
    updates = [call["errcode"] for call in talk.platform.log("update_template_card")]
    assert updates == [-1, 0]


def test_a_clock_put_back_does_not_stop_the_mail(talk: Talk) -> None:
    talk.platform.set_clock("2026-10-15T10:00:00+08:00")
    talk.parts.clock._asked = 0.0
    for n in range(25):
        _told(talk, f"第{n}条。")
    delivery.drain(talk.parts)
    talk.platform.set_clock("2026-09-15T10:00:00+08:00")
    talk.parts.clock._asked = 0.0
    row = _told(talk)
    delivery.drain(talk.parts)
    assert _state(talk, row) == "sent"


# ---------------------------------------------------------------- the clock


def test_run_due_needs_neither_redis_nor_a_worker(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "county.db").write_bytes(county.read_bytes())
    url = f"sqlite:///{tmp_path / 'county.db'}"
    with talking(url, "redis://127.0.0.1:1", tmp_path, monkeypatch) as talk:
        talk.no_worker = True
        talk.files_problem()
        # Sunday the 20th is a working day; at night the summary of 16:20 is still due.
        run_due_in_office(talk.parts, datetime(2026, 9, 20, 21, tzinfo=ZoneInfo("Asia/Shanghai")))
        run_due_in_office(talk.parts, datetime(2026, 9, 20, 22, tzinfo=ZoneInfo("Asia/Shanghai")))
        assert talk.issue(3).status.value == "assigned"
        with talk.parts.store.reading() as tx:
            subjects = [row.subject for row in tx.outbox.in_state(["waiting"])]
        assert sorted(s for s in subjects if s.startswith("summary:")) == [
            f"summary:{n}:2026-W38" for n in (1, 2, 3)
        ]


def test_one_broken_issue_does_not_silence_the_others(talk: Talk) -> None:
    first, second = talk.files_problem(), talk.files_problem("反馈问题：用电报装窗口要求补交清单外的证明材料")
    with talk.parts.store.engine.begin() as connection:
        steps = '[{"at": "broken", "kind": "remind", "about": "respond", "to": ""}]'
        connection.execute(text("UPDATE issues SET steps = :s WHERE no = :n"), {"s": steps, "n": first})
    talk.time_is("2026-09-16T15:30:00")
    with talk.parts.store.reading() as tx:
        assert tx.audit.of_subject(f"issue:{second}")[-1][2] == "issue.remind"


def test_after_an_outage_nothing_is_posted_at_night_by_jobs_of_the_day(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.no_worker = True
    talk.parts.queue.enqueue_line("weekly_summary")
    assert talk.redis.llen("rq:queue:daiban") == 1
    talk.parts.queue.enqueue_line("weekly_summary")
    assert talk.redis.llen("rq:queue:daiban") == 1  # one waits already
    talk.platform.set_clock("2026-09-20T22:00:00+08:00")
    talk.parts.clock._asked = 0.0
    talk.no_worker = False
    talk.work()
    assert not talk.platform.log("appchat/send")


# ---------------------------------------------------------------- a database that falls silent


def test_a_database_that_neither_answers_nor_refuses_holds_nobody(on_postgres: Talk, tmp_path: Path) -> None:
    talk, doors = on_postgres, Doors(on_postgres)
    doors.say(msgid="warm")
    stopped = _backends(talk)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    took: list[float] = []

    def ask(n: int) -> None:
        begun = time.monotonic()
        assert doors.say(msgid=f"silent-{n}").status == 200
        took.append(time.monotonic() - begun)

    try:
        askers = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join(20)
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    assert len(took) == 4
    assert max(took) < 1.0 + 0.2  # the machine of the test may be busy
    _until(lambda: not list((tmp_path / "spool").glob("*.json")))
    with talk.parts.store.reading() as tx:
        assert all(tx.inbox.by_key(f"bot:silent-{n}") for n in range(4))


def _backends(talk: Talk) -> list[int]:
    """Server processes of this product's idle connections, the asking one too."""
    engine = talk.parts.store.engine
    with engine.connect() as one:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        return list(one.execute(text(query)).scalars())


# ---------------------------------------------------------------- helpers


def _told(talk: Talk, words: str = "请看一下。") -> int:
    now = talk.parts.clock.now()
    with talk.parts.store.transaction() as tx:
        message = NewMessage("person", REPRESENTATIVE, to_record(Say(words)), "test", now)
        return tx.outbox.add([message], now)[0]


def _state(talk: Talk, row_id: int) -> str:
    with talk.parts.store.reading() as tx:
        row = tx.outbox.get(row_id)
    assert row is not None
    return row.state


def _broken(talk: Talk, *, broken: bool) -> None:
    """An open dialog of a kind this version does not know stands for a defect in a handler."""
    with talk.parts.store.engine.begin() as connection:
        if not broken:
            connection.execute(text("DELETE FROM dialogs WHERE kind = 'gone'"))
            return
        row = (
            "INSERT INTO dialogs (person_id, project_id, kind, step, answers, updated_at)"
            " SELECT id, 1, 'gone', 's', '{}', :at FROM people WHERE userid = :who"
        )
        at = f"{talk.parts.clock.now() + timedelta(hours=1):%Y-%m-%d %H:%M:%S.%f}"
        connection.execute(text(row), {"at": at, "who": CONTACT})


def _inbox_ids(talk: Talk) -> list[int]:
    with talk.parts.store.engine.connect() as connection:
        return list(connection.execute(text("SELECT id FROM inbox ORDER BY id")).scalars())


def _pending(talk: Talk) -> int:
    with talk.parts.store.engine.connect() as connection:
        return int(
            connection.execute(text("SELECT count(*) FROM inbox WHERE state = 'pending'")).scalar() or 0
        )


def _until(true: object, seconds: float = 15) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.05)
    assert true()
