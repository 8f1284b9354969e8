"""The mobile pages over HTTP, as the sandbox's client opens them: the same moves as talk and cards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.aloud import read_aloud
from tests.conversations.conftest import Start
from tests.talk import CONTACT, OFFICER, REPRESENTATIVE, Talk, talking
from tests.web import Web

OUTSIDER = "sun.liang"


@pytest.fixture
def talk(start: Start, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    """With pages: cards lead to them."""
    with start():
        pass  # lays out this test's database
    with talking(
        f"sqlite:///{tmp_path / 'county.db'}", redis_url, tmp_path, monkeypatch, {"PAGES": "1"}
    ) as started:
        yield started
        read_aloud(started)


def test_smoke(talk: Talk) -> None:
    no = talk.files_problem()
    for user, path in (
        (REPRESENTATIVE, "/m/"),
        (OFFICER, "/m/"),
        (CONTACT, "/m/"),
        (CONTACT, f"/m/issue/{no}"),
        (REPRESENTATIVE, f"/m/issue/{no}"),
        (OFFICER, f"/m/issue/{no}"),
        (OFFICER, "/m/project/YX-2026-001"),
        (CONTACT, "/m/project/YX-2026-001"),
        (CONTACT, "/m/feedback/YX-2026-001"),
        (CONTACT, "/m/rating/YX-2026-001"),
        (CONTACT, "/m/apply/new"),
        (OFFICER, "/m/item/1"),
        (OFFICER, "/m/item/5"),
        (REPRESENTATIVE, "/m/item/5"),
    ):
        seen = Web(talk, user).opens(path)
        print("=====", user, path, seen.status, seen.path, len(seen.html))
        print(seen.words[:700])
    assert 0
