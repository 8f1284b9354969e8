"""A language model as a guest: off by default, asked after the answer, told no names, its words marked, never acting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask
import pytest

from bot.scrubbing import Scrubber
from tests.talk import CONTACT, GROUP, OFFICER, Talk, serving, talking

LOST = "就那个东西"


@dataclass
class StandIn:
    """An OpenAI-compatible endpoint that answers what it is told to."""

    content: str = "{}"
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> flask.Flask:
        app = flask.Flask("guest")

        @app.post("/v1/chat/completions")
        def complete() -> tuple[dict[str, Any], int]:
            self.asked.append(
                {**flask.request.get_json(), "auth": flask.request.headers.get("Authorization")}
            )
            return {"choices": [{"message": {"content": self.content}}]}, self.status

        return app


@contextmanager
def with_guest(model: StandIn, database: Path, redis_url: str, env: Any, **more: str) -> Iterator[Talk]:
    with serving(model.app()) as base:
        extra = {
            "LLM_BASE": f"{base}/v1",
            "LLM_MODEL": "some",
            "LLM_KEY": "secret",
            "LLM_SECONDS": "2",
            **more,
        }
        with talking(f"sqlite:///{database}", redis_url, database.parent, env, extra) as talk:
            yield talk


@pytest.fixture
def database(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "county.db"
    copy.write_bytes(county.read_bytes())
    return copy


def test_it_suggests_one_of_our_sentences_marked_and_does_nothing(
    database: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = StandIn(json.dumps({"intent": "materials", "item": "施工许可"}))
    with with_guest(model, database, redis_url, monkeypatch) as talk:
        before = talk.stored("outbox")
        assert talk.says(CONTACT, LOST)
        assert talk.sees(CONTACT, GROUP)[-1] == (
            "（以下由语言模型推测，仅供参考，没有办理任何事）您要说的是不是“施工许可材料”？是的话请直接发送这句话。"
        )
        assert talk.stored("outbox") == before
        asked = model.asked[0]
        assert asked["messages"][1]["content"] == LOST
        assert asked["auth"] == "Bearer secret"
        talk.says(CONTACT, "进度")
        assert len(model.asked) == 1, "what was understood is nobody else's business"


NONSENSE = (
    ("今天天气不错", 200),
    ('{"intent": "update_item", "item": "施工许可"}', 200),
    ('{"intent": "materials", "item": "登月许可"}', 200),
    ('{"intent": "none"}', 200),
    ('["progress"]', 200),
    ('{"intent": "help"}', 500),
    ('{"intent": ["help"]}', 200),
)


def test_whatever_else_it_says_is_not_passed_on(
    database: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = StandIn()
    with with_guest(model, database, redis_url, monkeypatch) as talk:
        for n, (content, status) in enumerate(NONSENSE, 1):
            model.content, model.status = content, status
            talk.says(CONTACT, LOST)
            assert len(model.asked) == n
            assert len(talk.sees(CONTACT, GROUP)) == 1, "only the bot's own answer"
        assert talk.sees(OFFICER) == []


def test_a_budget_of_one_a_day(database: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = StandIn('{"intent": "help"}')
    with with_guest(model, database, redis_url, monkeypatch, LLM_DAILY="1") as talk:
        talk.says(CONTACT, LOST)
        talk.says(CONTACT, LOST)
        assert len(model.asked) == 1
        talk.time_is("2026-09-16T10:00:00")
        talk.says(CONTACT, LOST)
        assert len(model.asked) == 2


def test_off_by_default(talk: Talk) -> None:
    assert talk.parts.settings.guest is None
    talk.says(CONTACT, LOST)
    assert len(talk.sees(CONTACT, GROUP)) == 1


def test_it_is_told_no_names_and_no_numbers() -> None:
    scrubber = Scrubber(["陈静", "林国华"], ["岭南新材料厂房", "云溪岭南新材料有限公司"])
    said = "陈静说云溪岭南新材料有限公司YX-2026-001的证，@李娜 王工电话13912345678，施工证证号11010519491231002X，合同20260915号"
    assert (
        scrubber.scrub(said)
        == "某人说某单位AA-0000-000的证， 某工电话某号码，施工证证号某号码，合同00000000号"
    )
