"""The database, Redis or our own code fails: nobody is left without an answer and nothing is lost."""

from __future__ import annotations

import logging
import stat
import time
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import create_engine, text

from tests.servers import Postgres
from tests.talk import CONTACT, GROUP, Talk, talking

MARKER = "麒麟标记甲乙丙"


@pytest.fixture
def shuttable(on_postgres: Talk, postgres_templates: Postgres) -> tuple[Talk, str]:
    """And where its server is asked to shut it."""
    return on_postgres, postgres_templates.url("postgres")


def _allow(url: str, talk: Talk, *, allowed: bool) -> None:
    """Shut the database for everybody, or open it again."""
    name = talk.parts.store.engine.url.database
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}'))
        if not allowed:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :n"), {"n": name}
            )
    engine.dispose()


def test_while_the_database_is_away_messages_are_spooled_and_answered_later(
    shuttable: tuple[Talk, str], tmp_path: Path
) -> None:
    talk, server = shuttable
    _allow(server, talk, allowed=False)
    assert talk.says(CONTACT, "进度") == "已收到，稍后答复。"
    assert talk.says(CONTACT, "施工许可进度") == "已收到，稍后答复。"
    spooled = list((tmp_path / "spool").glob("*.json"))
    assert len(spooled) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in spooled} == {0o600}
    _allow(server, talk, allowed=True)
    _until(lambda: not list((tmp_path / "spool").glob("*.json")))
    talk.work()
    later = [
        words
        for words in talk.sees(CONTACT, GROUP)
        if "岭南新材料年产3万吨" in words or "**施工许可**" in words
    ]
    assert "已办结11项" in later[0]
    assert "黄志坚" in later[1]


def test_without_redis_people_are_answered_and_the_queue_is_caught_up_by_the_sweep(
    county: Path, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'county.db'}"
    (tmp_path / "county.db").write_bytes(county.read_bytes())
    with talking(url, "redis://127.0.0.1:1", tmp_path, monkeypatch) as talk:
        talk.no_worker = True
        talk.says(CONTACT, "反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收")
        assert "问题3" in talk.says(CONTACT, "1")
    with talking(url, redis_url, tmp_path, monkeypatch) as talk:
        talk.time_is("2026-09-15T09:31:00+08:00")
        talk.work()
        assert any("问题3：请您办理" in words for words in talk.sees("huang.zhijian"))


def test_a_defect_of_ours_keeps_the_message_and_answers_it_after_the_repair(talk: Talk) -> None:
    """An open dialog of a kind this version does not know stands for any defect in a handler."""
    row = "INSERT INTO dialogs (person_id, project_id, kind, step, answers, updated_at) VALUES (1, 1, 'gone', 's', '{}', :at)"
    with talk.parts.store.engine.begin() as connection:
        connection.execute(text(row), {"at": "2026-09-15 01:30:00.000000"})
    assert talk.says(CONTACT, "进度") == "已收到，稍后答复。"
    with talk.parts.store.engine.begin() as connection:
        assert connection.execute(text("SELECT state FROM inbox")).scalar() == "pending"
        connection.execute(text("DELETE FROM dialogs"))
    talk.time_is("2026-09-15T09:35:00+08:00")
    talk.work()
    assert any("已办结11项" in words for words in talk.sees(CONTACT, GROUP))


def test_nothing_people_wrote_reaches_logs_or_redis_even_when_a_constraint_fails(
    talk: Talk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    talk.says(CONTACT, f"反馈问题：施工许可窗口说{MARKER}，请协调处理一下")
    with talk.parts.store.engine.begin() as connection:
        # The next number is taken already: the INSERT of the issue, words and all, is refused.
        connection.execute(text("UPDATE counters SET value = 0 WHERE name = 'issue'"))
    assert talk.says(CONTACT, "1") == "已收到，稍后答复。"
    talk.time_is("2026-09-15T09:35:00+08:00")
    talk.work()
    said = caplog.text + "".join(capfd.readouterr())
    assert "Conflict" in said
    assert MARKER not in said
    assert MARKER not in _everything_in(talk.redis)


def _everything_in(redis: Redis) -> str:
    found = []
    for key in redis.scan_iter():
        found.append(key.decode())
        found.append(repr(redis.dump(key)))
        if redis.type(key) == b"hash":
            found += [f"{k!r}{v.decode(errors='replace')}" for k, v in redis.hgetall(key).items()]
    return "\n".join(found)


def _until(true: object, seconds: float = 15) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.1)
    assert true()
