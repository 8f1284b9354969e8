"""The platform's doors over HTTP: the API with its log and faults, logins, downloads."""

from __future__ import annotations

import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox import control, frame
from sandbox.api.call import Call, Endpoint
from sandbox.api.media import disposition
from sandbox.api.table import API
from sandbox.calls import Entry, Fault
from sandbox.clock import iso
from sandbox.limits import MINUTE, RULES, Refused
from sandbox.page import page_blueprint
from sandbox.settings import Settings
from sandbox.world import World

Json = dict[str, Any]
METHODS = ["GET", "POST"]
DOWNLOADS = "/sandbox/cos"


def create_app(settings: Settings) -> Flask:
    app = Flask("sandbox", static_folder=None, template_folder="page/templates")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    world = World(settings)
    app.extensions["world"] = world
    app.add_url_rule("/cgi-bin/<path:name>", "api", lambda name: _answer(world, name), methods=METHODS)
    app.add_url_rule("/connect/oauth2/authorize", "authorize", lambda: authorize(world, ""))
    app.add_url_rule("/sandbox/cos/<ticket>", "cos", lambda ticket: _download(world, ticket))
    app.register_blueprint(control.blueprint(world))
    app.register_blueprint(frame.blueprint(world, authorize))
    app.register_blueprint(page_blueprint(world))
    return app


# ---------------------------------------------------------------- the API


def _answer(world: World, name: str) -> AnyResponse:
    fault = world.faults.take(request.path)
    if fault and fault.when == "before":
        time.sleep(fault.delay)
    call, readable = _read_call()
    entry = world.log.add(iso(world.now()), request.path, call.query, _logged_body(call))
    if fault and not fault.acts:
        return _spoil(fault, entry)
    with world.lock:
        response = _act(world, name, call, entry, readable=readable)
    return _spoil(fault, entry, response) if fault else response


def _read_call() -> tuple[Call, bool]:
    """False: the body is no JSON object."""
    call = Call(request.args.to_dict(), {}, byte_range=request.headers.get("Range", ""))
    if request.method == "GET":
        return call, True
    upload = request.files.get("media")
    if upload is not None:
        call.upload = (upload.filename or "", upload.read())
        upload.close()
        return call, True
    if request.mimetype == "multipart/form-data":
        return call, True
    try:
        body = json.loads(request.get_data())
    except ValueError:
        return call, False
    call.body = body if isinstance(body, dict) else {}
    return call, isinstance(body, dict)


def _logged_body(call: Call) -> Json | None:
    if call.upload:
        return {"filename": call.upload[0], "size": len(call.upload[1])}
    return call.body or None


def _act(world: World, name: str, call: Call, entry: Entry, *, readable: bool) -> AnyResponse:
    endpoint = API.get(name)
    if endpoint is None or endpoint.method != request.method:
        entry.status, entry.effect = 404, "unknown"
        return Response("", status=404)
    try:
        _let_in(world, endpoint, name, call)
        if not readable:
            return _refuse(Refused("json"), entry)
        answer = endpoint.handle(world, call)
    except Refused as refused:
        return _refuse(refused, entry)
    entry.effect, entry.detail = call.effect, {k: v for k, v in call.detail.items() if v}
    return jsonify(answer) if isinstance(answer, dict) else answer


def _let_in(world: World, endpoint: Endpoint, name: str, call: Call) -> None:
    limit = ((MINUTE, world.settings.calls_per_minute),)
    if not world.rates.allow(f"cgi/{name}", limit, world.now()):
        raise Refused("calls_per_minute")
    if endpoint.token:
        world.codes.check_token(call.query.get("access_token"), world.now())
    if not endpoint.plain and world.switches["app_plain_only"]:
        raise Refused("plain_only")


def _refuse(refused: Refused, entry: Entry) -> AnyResponse:
    entry.errcode, entry.effect = refused.errcode, "refused"
    entry.detail = {"rule": refused.rule}
    return jsonify(refused.answer)


def _spoil(fault: Fault, entry: Entry, response: AnyResponse | None = None) -> AnyResponse:
    """The answer as the fault wants it. `response` is None when nothing was done."""
    entry.detail["fault"] = {k: v for k, v in fault.shown().items() if v and k not in ("path", "times")}
    if fault.when != "before":
        time.sleep(fault.delay)
    if response is None:
        entry.effect = "fault"
    if fault.cut:
        _cut_connection()
        return Response("", status=500)
    if fault.status:
        entry.status, entry.errcode = fault.status, None
        return Response("", status=fault.status)
    if fault.errcode is not None:
        entry.errcode = fault.errcode
        says = next((rule.says for rule in RULES.values() if rule.errcode == fault.errcode), "system busy")
        return jsonify({"errcode": fault.errcode, "errmsg": says})
    return response or Response("", status=500)


def _cut_connection() -> None:
    """Whoever waits for the answer sees the connection end; writing afterwards fails inside the server."""
    wire = request.environ.get("gunicorn.socket") or request.environ.get("werkzeug.socket")
    if isinstance(wire, socket.socket):
        wire.shutdown(socket.SHUT_RDWR)


# ---------------------------------------------------------------- logins and downloads


def authorize(world: World, userid: str) -> AnyResponse:
    """The login of a web page: `userid` is who holds the phone, else a cookie or a parameter tells."""
    wanted = request.args.get("redirect_uri", "")
    userid = userid or request.args.get("sandbox_user") or request.cookies.get("sandbox_user") or ""
    entry = world.log.add(iso(world.now()), "/connect/oauth2/authorize", {}, {"user": userid})
    with world.lock:
        refused = _refused_login(world, wanted)
        if refused:
            entry.errcode, entry.effect = RULES[refused].errcode, "refused"
            return Response(render_template("refused.html", rule=RULES[refused]), status=400)
        user = world.tenant.user(userid)
        if user is None:
            entry.effect = "asked"
            return Response(render_template("who.html", users=world.tenant.users.values(), args=request.args))
        code = world.codes.login(user.userid, world.now())
    entry.effect = "done"
    join = "&" if urlsplit(wanted).query else "?"
    return redirect(f"{wanted}{join}code={code}&state={request.args.get('state', '')}")


def _refused_login(world: World, wanted: str) -> str:
    """The name of the rule that is broken, "" when the login may go on."""
    if request.args.get("appid") != world.settings.corp_id:
        return "corp_id"
    if request.args.get("response_type") != "code" or not wanted:
        return "parameter"
    own = urlsplit(world.settings.product_origin).hostname
    trusted = {own, "127.0.0.1", "localhost", *world.tenant.trusted_domains}
    return "" if urlsplit(wanted).hostname in trusted else "redirect"


def _download(world: World, ticket: str) -> AnyResponse:
    """A file sent to the bot: encrypted, for five minutes."""
    entry = world.log.add(iso(world.now()), DOWNLOADS, {}, None)
    fault = world.faults.take(DOWNLOADS)
    if fault and not fault.acts:
        return _spoil(fault, entry)
    with world.lock:
        file = world.files.by_ticket(ticket, world.now())
    if file is None:
        entry.status, entry.errcode, entry.effect = 403, None, "refused"
        abort(403)
    entry.effect = "done"
    headers = {} if world.switches["no_file_name"] else {"Content-Disposition": disposition(file.name)}
    sealed = world.bot_envelope.seal_file(file.data)
    response = Response(sealed, headers=headers, content_type="application/octet-stream")
    return _spoil(fault, entry, response) if fault else response
