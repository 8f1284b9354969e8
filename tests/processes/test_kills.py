"""kill -9 of web, worker, scheduler and Redis: nothing is lost, nothing doubled, the cut-off send excepted
(contract §8, last line). Real processes; the platform's answer is held by a fault, the kill falls into the window."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import text

from bot.queue import NAME
from storage.outbox import OutboxState
from tests.processes.house import RealHouse, real_house, until
from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE

pytestmark = pytest.mark.processes
PROBLEM = "反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收"


def test_a_worker_killed_in_mid_send_doubles_nothing_and_tells_what_is_in_doubt(
    postgres_url: str, tmp_path: Path
) -> None:
    with real_house(tmp_path, postgres_url) as house:
        house.start_redis()
        house.start("sandbox", "web", "worker")  # the clock's own messages would meet the fault first
        house.platform.fault("/cgi-bin/message/send", delay=30, times=1)
        _file_a_problem(house)
        # The card has reached the phone, its answer has not reached the worker: kill it there.
        until(lambda: house.shown(REPRESENTATIVE, "app", "问题3：请您办理") == 1)
        house.kill("worker")
        house.platform.ask("/sandbox/fault", {"path": "/cgi-bin/message/send", "times": 0})
        house.start("worker", "scheduler")
        until(lambda: _states(house, "issue:3") == {OutboxState.SENT})
        sends = [c for c in house.platform.log("/cgi-bin/message/send") if "问题3" in str(c["body"])]
        assert [call["effect"] for call in sends] == ["delivered", "duplicate"]
        assert house.shown(REPRESENTATIVE, "app", "问题3：请您办理") == 1
        _a_group_post_in_doubt_is_never_repeated(house)


def _a_group_post_in_doubt_is_never_repeated(house: RealHouse) -> None:
    house.says(REPRESENTATIVE, "回复 3 材料清单不含村委会证明，窗口已纠正。", "app")
    house.platform.fault("/cgi-bin/appchat/send", delay=30, times=1)
    house.says(OFFICER, "发布 3", "app")
    house.says(OFFICER, "立即发送 3", "app")
    until(lambda: house.shown(CONTACT, GROUP, "问题3答复") == 1)
    house.kill("worker")
    house.platform.ask("/sandbox/fault", {"path": "/cgi-bin/appchat/send", "times": 0})
    house.start("worker")
    until(lambda: _states(house, "release:3") == {OutboxState.UNKNOWN})
    until(lambda: house.shown(OFFICER, "app", "没有收到平台确认") == 1)
    assert len(house.platform.log("/cgi-bin/appchat/send")) == 1
    assert house.shown(CONTACT, GROUP, "问题3答复") == 1


def test_a_web_process_killed_before_its_commit_answers_the_repeat_once(
    postgres_url: str, tmp_path: Path
) -> None:
    # The platform repeats after a tenth of its patience: three seconds are enough for a new web process.
    with real_house(tmp_path, postgres_url, SANDBOX_CALLBACK_TIMEOUT="30") as house:
        house.start_redis()
        house.start("sandbox", "web")
        house.says(CONTACT, PROBLEM, GROUP)
        answers: list[Any] = []
        asking = threading.Thread(target=lambda: answers.append(house.says(CONTACT, "1", GROUP)))
        with house.store.engine.connect() as other:
            # Somebody else holds the person's row: the web process waits inside its transaction.
            other.execute(text("SELECT 1 FROM people WHERE userid = :u FOR UPDATE"), {"u": CONTACT})
            asking.start()
            until(lambda: _waits_for_a_lock(house))
            house.kill("web")
            other.rollback()
        house.start("web")
        asking.join(30)
        assert answers[0]["status"] == 200
        assert "问题3" in str(answers[0]["answer"])
        with house.store.reading() as tx:
            assert [issue.no for issue in tx.issues.of_project(1)] == [3]
        assert not (tmp_path / "spool").exists() or not list((tmp_path / "spool").glob("*.json"))


def test_a_killed_scheduler_and_a_second_one_post_each_weekly_summary_once(
    postgres_url: str, tmp_path: Path
) -> None:
    with real_house(tmp_path, postgres_url) as house:
        house.start_redis()
        house.start("sandbox", "web", "worker", "scheduler")
        house.platform.set_clock("2026-09-20T16:19:57+08:00")
        until(lambda: house.shown(CONTACT, GROUP, "本周小结") >= 1)
        house.kill("scheduler")
        house.start("scheduler")
        second = house.children["scheduler"].__class__(
            "second", house.children["scheduler"].command, house.env
        )
        house.children["second"] = second
        second.start()
        house.platform.set_clock("2026-09-20T16:40:00+08:00")
        until(lambda: _beats(house) >= 2)
        for chat in ("yx2026001", "yx2026002", "yx2026003"):
            sends = [c for c in house.platform.log("/cgi-bin/appchat/send") if c["body"]["chatid"] == chat]
            assert sum("本周小结" in str(call["body"]) for call in sends) == 1


def test_a_restarted_redis_still_has_the_queue(postgres_url: str, tmp_path: Path) -> None:
    with real_house(tmp_path, postgres_url) as house:
        house.start_redis()
        house.start("sandbox", "web")
        _file_a_problem(house)
        until(lambda: _jobs_waiting(house) >= 1 and _is_written(house))
        house.kill_redis()
        house.start_redis()
        assert _jobs_waiting(house) >= 1
        # On a busy machine Redis may seem away when a job is put there: then the scheduler's sweep finds the work.
        house.start("worker", "scheduler")
        until(lambda: house.shown(REPRESENTATIVE, "app", "问题3：请您办理") == 1)


def _file_a_problem(house: RealHouse) -> None:
    house.says(CONTACT, PROBLEM, GROUP)
    answer = house.says(CONTACT, "1", GROUP)
    assert "问题3" in str(answer["answer"])


def _jobs_waiting(house: RealHouse) -> int:
    with Redis.from_url(house.settings.redis_url) as client:
        return int(Queue(NAME, connection=client).count)


def _is_written(house: RealHouse) -> bool:
    """Redis keeps its file waiting while the disk is busy, for two seconds at most; what was lost then, the sweep
    would find."""
    with Redis.from_url(house.settings.redis_url) as client:
        return int(client.info("persistence")["aof_buffer_length"]) == 0


def _states(house: RealHouse, subject: str) -> set[str]:
    with house.store.engine.connect() as connection:
        rows = connection.execute(text("SELECT state FROM outbox WHERE subject = :s"), {"s": subject})
        return set(rows.scalars())


def _waits_for_a_lock(house: RealHouse) -> bool:
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%people%'"
    with house.store.engine.connect() as connection:
        return bool(connection.execute(text(query)).scalar())


def _beats(house: RealHouse) -> int:
    """How often the sweep ran since the clock moved: the schedulers are at work."""
    house_beats = getattr(house, "_beats_seen", set())
    with house.store.reading() as tx:
        house_beats.add(tx.runs.last_beat("scheduler"))
    house._beats_seen = house_beats  # type: ignore[attr-defined]
    return len(house_beats)
