"""A person's phone with the mobile pages open: inside the sandbox's client, or in a browser of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import requests

from tests.talk import Talk

_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_TAGS = re.compile(r"<(script|style|option)\b.*?</\1>|<[^>]+>", re.S)


@dataclass
class Screen:
    """What is shown: `words` without tags."""

    status: int
    path: str
    html: str
    headers: Any = field(repr=False)
    data: bytes = field(default=b"", repr=False)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", unescape(_TAGS.sub(" ", self.html))).strip()

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.html)
        assert found, self.words
        return found[1]

    def offers(self, do: str) -> bool:
        return f'value="{do}"' in self.html


class Web:
    """`user`: in the sandbox's client, whose phone keeps its own cookies; None: a browser outside."""

    def __init__(self, talk: Talk, user: str | None = None) -> None:
        self.talk, self.http = talk, requests.Session()
        self.http.trust_env = False
        outside = f"http://{talk.parts.settings.bind}"
        self.base = f"{talk.platform.base}/phone/{user}" if user else outside

    def opens(self, path: str, **headers: str) -> Screen:
        return self._seen(self.http.get(self.base + path, headers=headers, timeout=30))

    def sends(
        self, path: str, do: str, *, token: str = "", file: tuple[str, bytes] | None = None, **typed: str
    ) -> Screen:
        """Looks at the page, fills in its form and sends it."""
        token = token or self.opens(path).token
        files = {"file": file} if file else None
        data = {"token": token, "do": do, **typed}
        answer = self.http.post(self.base + path.partition("?")[0], data=data, files=files, timeout=30)
        self.talk.work()
        return self._seen(answer)

    def _seen(self, answer: requests.Response) -> Screen:
        path = re.sub(r"^https?://[^/]+(/phone/[^/]+)?", "", answer.url)
        text = answer.text if "text" in answer.headers.get("Content-Type", "") else ""
        return Screen(answer.status_code, path, text, answer.headers, answer.content)
