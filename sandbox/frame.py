"""Pages of the product inside a phone. Every phone has cookies of its own, as on real ones: the browser sees
one address, and this room keeps one cookie jar per person."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import requests
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.world import World

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
PASSED_ON = (
    "Accept", "Accept-Language", "Content-Type", "User-Agent", "Range", "If-None-Match", "X-Requested-With",
)  # fmt: skip
PASSED_BACK = (
    "Content-Type", "Content-Disposition", "Cache-Control", "ETag", "Content-Security-Policy",
    "Content-Range", "Accept-Ranges", "X-Frame-Options",
)  # fmt: skip
NO_ANSWER = "页面打不开：办事系统没有响应，请稍后再试。"
PREFIX = "/phone/"
AGENT = " wxwork/5.0.6"

Login = Callable[[World, str], AnyResponse]


class Jars:
    """Cookies per person; forgotten when the sandbox is reset."""

    def __init__(self) -> None:
        self._jars: dict[tuple[int, str], requests.Session] = {}
        self._lock = threading.Lock()

    def of(self, epoch: int, userid: str) -> requests.Session:
        with self._lock:
            if (epoch, userid) not in self._jars:
                session = requests.Session()
                session.trust_env = False
                self._jars[epoch, userid] = session
            return self._jars[epoch, userid]


def blueprint(world: World, login: Login) -> Blueprint:
    doors = Blueprint("frame", __name__)
    jars = Jars()

    def show(userid: str, path: str) -> AnyResponse:
        if path == "connect/oauth2/authorize":
            return _inside(world, userid, login(world, userid))
        return _fetch(world, jars.of(world.epoch, userid), userid, path)

    def stray(path: str) -> AnyResponse:
        return _back_into_the_phone(path)

    doors.add_url_rule(f"{PREFIX}<userid>/", "top", lambda userid: show(userid, ""), methods=METHODS)
    doors.add_url_rule(f"{PREFIX}<userid>/<path:path>", "show", show, methods=METHODS)
    doors.add_url_rule("/<path:path>", "stray", stray, methods=METHODS)
    return doors


def _fetch(world: World, jar: requests.Session, userid: str, path: str) -> AnyResponse:
    origin = world.settings.product_origin
    headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
    headers["User-Agent"] = headers.get("User-Agent", "") + AGENT
    if "Origin" in request.headers:
        headers["Origin"] = origin
    if "Referer" in request.headers:
        headers["Referer"] = origin + _inner(request.headers["Referer"])
    try:
        answer = jar.request(
            request.method, f"{origin}/{path}", params=list(request.args.items(multi=True)),
            data=request.get_data(), headers=headers, allow_redirects=False, timeout=30,
        )  # fmt: skip
    except requests.RequestException:
        return Response(NO_ANSWER, status=502, content_type="text/plain; charset=utf-8")
    shown = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
    # Links to absolute paths find their way back by the referrer.
    shown["Referrer-Policy"] = "same-origin"
    response = Response(_localised(answer, origin, userid), status=answer.status_code, headers=shown)
    if "Location" in answer.headers:
        response.headers["Location"] = answer.headers["Location"]
    return _inside(world, userid, response)


def _localised(answer: requests.Response, origin: str, userid: str) -> bytes:
    if "text/html" not in answer.headers.get("Content-Type", ""):
        return answer.content
    return answer.content.replace(origin.encode() + b"/", f"{PREFIX}{userid}/".encode())


def _inside(world: World, userid: str, response: AnyResponse) -> AnyResponse:
    """A redirect to the product or to the login stays on this phone."""
    target = response.headers.get("Location")
    if target:
        response.headers["Location"] = phone_url(world, userid, target)
    return response


def phone_url(world: World, userid: str, url: str) -> str:
    """The address of a page inside this person's phone; foreign addresses stay as they are."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    if origin not in ("", world.settings.product_origin, world.settings.public_url):
        return url
    if parts.path.startswith(PREFIX):
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{PREFIX}{userid}{parts.path or '/'}{query}"


def _inner(referrer: str) -> str:
    path = urlsplit(referrer).path
    return "/" + path.removeprefix(PREFIX).partition("/")[2] if path.startswith(PREFIX) else path


def _back_into_the_phone(path: str) -> AnyResponse:
    """A page in a phone asked for an absolute path: 307 keeps method and body."""
    came_from = urlsplit(request.headers.get("Referer", "")).path
    if not came_from.startswith(PREFIX):
        return Response("没有这个页面", status=404, content_type="text/plain; charset=utf-8")
    userid = came_from.removeprefix(PREFIX).partition("/")[0]
    query = f"?{urlencode(list(request.args.items(multi=True)))}" if request.args else ""
    return redirect(f"{PREFIX}{userid}/{path}{query}", code=307)
