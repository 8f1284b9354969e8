"""The sandbox in this process, with a tiny product on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from sandbox.server import create_app
from sandbox.settings import Settings
from sandbox.world import World
from tests.sandbox.product import Product

Json = dict[str, Any]


class Platform:
    """The sandbox as a test holds it: `call` is the API with a good token, `control` the rest."""

    def __init__(self, settings: Settings) -> None:
        app = create_app(settings)
        self.world: World = app.extensions["world"]
        self.client: FlaskClient = app.test_client()
        self.settings = settings

    def token(self) -> str:
        found = self.get("gettoken", corpid=self.settings.corp_id, corpsecret=self.settings.secret)
        return str(found["access_token"])

    def get(self, path: str, **query: Any) -> Json:
        return dict(self.client.get(f"/cgi-bin/{path}", query_string=query).get_json())

    def fetch(self, path: str, **query: Any) -> Json:
        return self.get(path, access_token=self.token(), **query)

    def call(self, path: str, body: Json, **query: Any) -> Json:
        asked = {"access_token": self.token(), **query}
        return dict(self.client.post(f"/cgi-bin/{path}", query_string=asked, json=body).get_json())

    def send(self, to: str = "chen.jing", **part: Any) -> Json:
        kind = next(iter(part))
        more = {name: value for name, value in part.items() if name != kind}
        body = {"touser": to, "agentid": self.settings.agent_id, "msgtype": kind, kind: part[kind], **more}
        return self.call("message/send", body)

    def upload(self, name: str, data: bytes, kind: str = "file") -> Json:
        query = {"access_token": self.token(), "type": kind}
        head = f'--b\r\nContent-Disposition: form-data; name="media"; filename="{name}"\r\n\r\n'
        form = head.encode() + data + b"\r\n--b--\r\n"
        kind_of_body = "multipart/form-data; boundary=b"
        answer = self.client.post(
            "/cgi-bin/media/upload", query_string=query, data=form, content_type=kind_of_body
        )
        return dict(answer.get_json())

    def control(self, what: str, **wish: Any) -> Any:
        return self.client.post(f"/sandbox/{what}", json=wish).get_json()

    def look(self, what: str, **query: Any) -> Any:
        return self.client.get(f"/sandbox/{what}", query_string=query).get_json()

    def say(self, user: str, text: str = "", chat: str = "yx2026001", **more: Any) -> Json:
        return dict(self.control("say", user=user, chat=chat, text=text, **more))

    def history(self, user: str, chat: str) -> list[Json]:
        return list(self.look("history", user=user, chat=chat))

    def texts(self, user: str, chat: str) -> list[str]:
        return [m["text"] for m in self.history(user, chat) if m.get("text") and m["kind"] != "system"]

    def log(self, path: str = "") -> list[Json]:
        return list(self.look("log", path=path))

    def later(self, seconds: float) -> None:
        self.control("clock", advance=seconds)

    def switch(self, name: str) -> None:
        self.control("switch", name=name, on=True)


def settings_for(product: Product, **env: str) -> Settings:
    known = {
        "SANDBOX_APP_CALLBACK": product.door_url("app"),
        "SANDBOX_BOT_CALLBACK": product.door_url("bot"),
        "SANDBOX_CALLBACK_TIMEOUT": "0.5",
        "SANDBOX_BIND": "127.0.0.1:8100",
    }
    return Settings.from_env({**known, **env})


@pytest.fixture
def product() -> Iterator[Product]:
    tiny = Product()
    yield tiny
    tiny.close()


@pytest.fixture
def platform(product: Product) -> Platform:
    return Platform(settings_for(product))


@pytest.fixture
def alone(tmp_path: Path) -> Platform:
    """Without callbacks: for the API alone, with one member who has no licence."""
    seed = Path("sandbox/tenant.yaml").read_text("utf-8")
    more = (
        "  - {userid: tang.wei, name: 唐伟, position: 无, department: 14, kind: outsider, licensed: false}\n"
    )
    tenant = tmp_path / "tenant.yaml"
    tenant.write_text(seed.replace("groups:\n", f"{more}groups:\n"), "utf-8")
    env = {"SANDBOX_APP_CALLBACK": "", "SANDBOX_BOT_CALLBACK": "", "SANDBOX_TENANT": str(tenant)}
    return Platform(Settings.from_env(env))
