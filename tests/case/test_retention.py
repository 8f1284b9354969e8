"""What has been kept long enough goes, what belongs to a project stays, and every deletion is written down."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.talk import CONTACT, OUTSIDER, Talk

STRAY = {"name": "无关.pdf", "text": "%PDF-1.4 nothing"}


def messages(talk: Talk) -> list[str]:
    with talk.parts.store.reading() as tx:
        rows = tx._connection.exec_driver_sql("SELECT message FROM inbox ORDER BY id").scalars()
        return [json.dumps(json.loads(row), ensure_ascii=False) for row in rows]


def deletions(talk: Talk) -> list[dict[str, Any]]:
    with talk.parts.store.reading() as tx:
        found = [
            tx.audit.of_subject(f"class:{name}") for name in ("stray_messages", "stray_files", "dialogs")
        ]
    return [dict(row[3]) for rows in found for row in rows]


def test_words_about_no_project_go_after_their_days_and_the_rest_stays(talk: Talk) -> None:
    talk.says(OUTSIDER, "今天天气不错", "bot")
    talk.says(CONTACT, "施工许可办到哪了")
    talk.says(OUTSIDER, "", "bot", file=STRAY)
    talk.time_is("2026-12-20T02:45")  # 96 days later
    left = messages(talk)
    assert not any("天气" in one for one in left)
    assert any("施工许可办到哪了" in one for one in left)
    assert talk.files() == []
    logged = deletions(talk)
    assert [one["count"] for one in logged] == [2, 1]
    with talk.parts.store.reading() as tx:
        assert tx.audit.broken_at(0) is None


def test_nothing_goes_before_its_day(talk: Talk) -> None:
    talk.says(OUTSIDER, "今天天气不错", "bot")
    talk.time_is("2026-12-10T02:45")  # 86 days later
    assert any("天气" in one for one in messages(talk))
    assert deletions(talk) == []


def test_a_file_of_a_project_stays(talk: Talk) -> None:
    talk.unheard(CONTACT, "", file=STRAY)
    posted = talk.platform.history(CONTACT, "yx2026001")[-1]["id"]
    talk.says(CONTACT, "施工许可 施工合同", quote=posted)
    talk.time_is("2027-01-20T02:45")
    assert len(talk.files()) == 1


def test_messages_of_a_project_are_kept_while_a_case_is_open(talk: Talk) -> None:
    talk.says(CONTACT, "施工许可办到哪了")
    with talk.parts.store.transaction() as tx:
        later = talk.parts.clock.now() + timedelta(days=4000)
        assert tx.retired.project_messages(later) == 0
        project = tx.projects.by_code("YX-2026-001")
        assert project
        for case in tx.cases.of_project(project.id):
            tx.cases.save(case.terminate(later.date() - timedelta(days=2)))
        assert tx.retired.project_messages(later) == 1
        assert tx.retired.project_messages(later) == 0
