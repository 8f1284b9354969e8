"""One call per row of the table of limits that the platform must refuse for exactly that reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from sandbox.limits import DAY, HOUR, MB, RESPONSE_CODE_LIFE
from tests.sandbox.conftest import Platform
from tests.sandbox.product import button_card

Json = dict[str, Any]
Refusal = Callable[[Platform], Any]
CHEN = "chen.jing"
URL = {"type": 1, "url": "https://example.invalid/"}
OPTION = {"id": "a", "text": "甲"}


def _send(**part: Any) -> Refusal:
    return lambda p: p.send(CHEN, **part)


def _body(**body: Any) -> Refusal:
    text = {"touser": CHEN, "agentid": 1000002, "msgtype": "text", "text": {"content": "x"}}
    return lambda p: p.call("message/send", {**text, **body})


def _card(**more: Any) -> Refusal:
    """A good button card with something wrong in it, from an app that has a callback."""
    return lambda p: p.send(CHEN, template_card=button_card(**more))


def _of_kind(kind: str, **more: Any) -> Refusal:
    return _send(template_card={"card_type": kind, "main_title": {"title": "标题"}, "task_id": "t1", **more})


def _vote(**more: Any) -> Refusal:
    box = {"question_key": "q", "option_list": [OPTION]}
    return _of_kind(
        "vote_interaction", **{"checkbox": box, "submit_button": {"text": "提交", "key": "k"}, **more}
    )


def _form(selects: list[Json]) -> Refusal:
    return _of_kind("multiple_interaction", select_list=selects, submit_button={"text": "提交", "key": "k"})


def _select(key: str = "q", **more: Any) -> Json:
    return {"question_key": key, "option_list": [OPTION], **more}


def _used_task(p: Platform) -> None:
    p.send(CHEN, template_card=button_card("t1"))
    p.send(CHEN, template_card=button_card("t1"))


def _no_callback(p: Platform) -> None:
    bare = Platform(p.settings.__class__.from_env({"SANDBOX_APP_CALLBACK": "", "SANDBOX_BOT_CALLBACK": ""}))
    bare.send(CHEN, template_card=button_card())
    p.world.log = bare.world.log


def _update(code: str | None = None, *, wait: float = 0, times: int = 1, **body: Any) -> Refusal:
    def call(p: Platform) -> None:
        given = p.send(CHEN, template_card=button_card("t1")).get("response_code")
        p.later(wait)
        wish = {"agentid": 1000002, "userids": [CHEN], "button": {"replace_name": "已提交"}, **body}
        for _ in range(times):
            p.call("message/update_template_card", {"response_code": code or given, **wish})

    return call


def _late_recall(p: Platform) -> None:
    msgid = p.send(CHEN, text={"content": "x"})["msgid"]
    p.later(DAY)
    p.call("message/recall", {"msgid": msgid})


def _group(**more: Any) -> Refusal:
    good = {"name": "项目31工作群", "owner": "li.na", "userlist": ["li.na", CHEN]}
    return lambda p: p.call("appchat/create", {**good, **more})


def _group_update(**more: Any) -> Refusal:
    return lambda p: p.call("appchat/update", {"chatid": "yx2026001", **more})


def _many(times: int, call: Refusal) -> Refusal:
    def run(p: Platform) -> None:
        for _ in range(times):
            call(p)

    return run


def _full(key: str, times: int, call: Refusal) -> Refusal:
    """As if the window had been filled already."""

    def run(p: Platform) -> None:
        p.world.rates.allow(key, ((DAY, times + 1),), p.world.now(), times=times)
        call(p)

    return run


def _switched(name: str, call: Refusal) -> Refusal:
    def run(p: Platform) -> None:
        p.switch(name)
        call(p)

    return run


def _upload(name: str, data: bytes, kind: str) -> Refusal:
    return lambda p: p.upload(name, data, kind)


def _hook(key: str = "sandbox-hook-officers", **part: Any) -> Refusal:
    kind = next(iter(part))

    def run(p: Platform) -> None:
        query = {"key": key}
        p.client.post("/cgi-bin/webhook/send", query_string=query, json={"msgtype": kind, kind: part[kind]})

    return run


def _login(wait: float) -> Refusal:
    def run(p: Platform) -> None:
        code = p.world.codes.login(CHEN, p.world.now())
        p.later(wait)
        p.fetch("auth/getuserinfo", code=code)

    return run


def _authorize(**query: str) -> Refusal:
    good = {"appid": "ww00daibansandbox", "response_type": "code", "redirect_uri": "http://127.0.0.1:8000/m"}
    return lambda p: p.client.get("/connect/oauth2/authorize", query_string={**good, **query})


def _menu(*buttons: Json) -> Refusal:
    return lambda p: p.call("menu/create", {"button": list(buttons)}, agentid=1000002)


def _click(name: str = "待办", **more: Any) -> Json:
    return {"type": "click", "name": name, "key": "k", **more}


def _bot(body: Json, *, group: bool = False, wait: float = 0, times: int = 1, code: str = "") -> Refusal:
    def run(p: Platform) -> None:
        thread = "group/yx2026001" if group else f"bot/{CHEN}"
        given = p.world.codes.bot_url(thread, p.world.now(), group=group, quotes="")
        p.later(wait)
        for _ in range(times):
            p.client.post("/cgi-bin/aibot/response", query_string={"response_code": code or given}, json=body)

    return run


def _words(text: str = "好", **more: Any) -> Json:
    return {"msgtype": "markdown", "markdown": {"content": text, **more}}


def _expired_token(p: Platform) -> None:
    token = p.token()
    p.later(2 * HOUR)
    p.get("getcallbackip", access_token=token)


def _broken_json(p: Platform) -> None:
    p.client.post(f"/cgi-bin/message/send?access_token={p.token()}", data=b"{")


def _calls(p: Platform) -> None:
    p.world.rates.allow("cgi/getcallbackip", ((60, 10000),), p.world.now(), times=10000)
    p.fetch("getcallbackip")


def _upload_nothing(p: Platform) -> None:
    p.upload("a.pdf", b"12345")


AMR = b"#!AMR\n" + (b"\x04" + b"\0" * 12) * 3001
NEWS = {"title": "标题", "url": "https://example.invalid/"}
DIGEST = hashlib.md5(b"x", usedforsecurity=False).hexdigest()

REFUSALS: dict[str, Refusal] = {
    "json": _broken_json,
    "corp_id": lambda p: p.get("gettoken", corpid="ww1", corpsecret="sandbox-app-secret"),
    "secret": lambda p: p.get("gettoken", corpid="ww00daibansandbox", corpsecret="wrong"),
    "token_missing": lambda p: p.get("getcallbackip"),
    "token": lambda p: p.get("getcallbackip", access_token="invented"),
    "token_expired": _expired_token,
    "calls_per_minute": _calls,
    "agent_id": _body(agentid=7),
    "nobody": _body(touser=""),
    "receivers": _body(touser="|".join(f"u{n}" for n in range(1001))),
    "parties": _body(toparty="|".join(["1"] * 101)),
    "tags": _body(totag="|".join(["1"] * 101)),
    "all_invalid": _body(touser="Nobody.Here|tag"),
    "message_type": _body(msgtype="taskcard"),
    "parameter": _body(text="x"),
    "safe": _body(safe=2),
    "duplicate_interval": _body(enable_duplicate_check=1, duplicate_check_interval=14401),
    "app_per_day": _full("app", 200_000, _body()),
    "empty_text": _send(text={"content": " "}),
    "media": _send(file={"media_id": "gone"}),
    "markdown": _send(markdown={"content": "长" * 683}),
    "textcard": _send(textcard={"title": "标题"}),
    "textcard_url": _send(textcard={"title": "t", "description": "d", "url": "http://x/" + "a" * 2048}),
    "video_title": _send(video={"media_id": "m", "title": "长" * 43}),
    "video_description": _send(video={"media_id": "m", "description": "长" * 171}),
    "articles": _send(news={"articles": [NEWS] * 9}),
    "article_title": _send(news={"articles": [{"url": "https://example.invalid/"}]}),
    "article_content": _send(mpnews={"articles": [{**NEWS, "content": "x" * (666 * 1024 + 1)}]}),
    "miniprogram": _send(miniprogram_notice={"title": "x"}),
    "card_type": _card(card_type="invoice"),
    "card_field": _card(main_title="标题"),
    "card_callback": _no_callback,
    "card_title": _card(main_title={"desc": "只有说明"}),
    "card_action": _of_kind("text_notice"),
    "card_picture": _of_kind("news_notice", card_action=URL),
    "card_image_ratio": _of_kind(
        "news_notice", card_action=URL, card_image={"url": "https://example.invalid/a.png", "aspect_ratio": 3}
    ),
    "card_color": _card(source={"desc_color": 4}),
    "card_link": _card(card_action={"type": 1}),
    "card_menu": _card(action_menu={"action_list": [{"text": "x", "key": str(n)} for n in range(4)]}),
    "card_fields": _card(horizontal_content_list=[{"keyname": "x"}] * 7),
    "card_field_type": _card(horizontal_content_list=[{"keyname": "x", "type": 3, "userid": "nobody"}]),
    "card_jumps": _card(jump_list=[{"title": "x"}] * 4),
    "card_jump_type": _card(jump_list=[{"title": "x", "type": 3, "question": "进度"}]),
    "card_question": _card(jump_list=[{"title": "x", "question": "长" * 67}]),
    "card_paragraphs": _card(vertical_content_list=[{"title": "x"}] * 5),
    "card_buttons": _card(button_list=[{"text": "x", "key": str(n)} for n in range(7)]),
    "card_button": _card(button_list=[{"text": "没有键"}]),
    "card_button_style": _card(button_list=[{"text": "x", "key": "k", "style": 5}]),
    "card_key": _card(button_list=[{"text": "x", "key": "k" * 1025}]),
    "card_keys_repeated": _card(button_list=[{"text": "x", "key": "k"}] * 2),
    "card_task": _card(task=""),
    "card_task_charset": _card(task="项目31"),
    "card_task_long": _card(task="t" * 129),
    "card_task_used": _used_task,
    "card_checkbox": _vote(checkbox={}),
    "card_checks": _vote(
        checkbox={"question_key": "q", "option_list": [{"id": str(n), "text": "x"} for n in range(21)]}
    ),
    "card_mode": _vote(checkbox={"question_key": "q", "mode": 2, "option_list": [OPTION]}),
    "card_submit": _vote(submit_button={"text": "提交"}),
    "card_selects": _form([_select(str(n)) for n in range(4)]),
    "card_options": _form([_select(option_list=[{"id": str(n), "text": "x"} for n in range(11)])]),
    "card_question_key": _form([_select(), _select()]),
    "card_option": _form([_select(selected_id="b")]),
    "card_option_id": _form([_select(option_list=[{"id": "i" * 129, "text": "x"}])]),
    "response_code": _update("invented"),
    "response_code_used": _update(times=2),
    "response_code_expired": _update(wait=RESPONSE_CODE_LIFE),
    "update_receivers": _update(userids=[]),
    "update_face": _update(button={}),
    "recall_foreign": lambda p: p.call("message/recall", {"msgid": "foreign"}),
    "recall_late": _late_recall,
    "appchat_right": _switched("no_appchat_right", lambda p: p.fetch("appchat/get", chatid="yx2026001")),
    "group_name": _group(name=" "),
    "group_owner": _group(owner="nobody"),
    "group_size": _group(userlist=["li.na"]),
    "group_member": _group(userlist=["li.na", CHEN, "nobody"]),
    "group_member_id": _group(userlist=["li.na", CHEN, "陈静"]),
    "group_owner_outside": _group_update(del_user_list=["li.na"]),
    "group_chat_id": _group(chatid="prj-31"),
    "group_exists": _group(chatid="yx2026001"),
    "group_unknown": lambda p: p.fetch("appchat/get", chatid="wrkYX001aibot"),
    "group_foreign": lambda p: p.call(
        "appchat/send", {"chatid": "wrkFOREIGN1", "msgtype": "text", "text": {"content": "x"}}
    ),
    "group_creates": _many(1001, _group()),
    "group_changes": _many(1001, _group_update(name="新名")),
    "group_person_times": _full(
        "appchat",
        19_999,
        lambda p: p.call(
            "appchat/send", {"chatid": "yx2026001", "msgtype": "text", "text": {"content": "x"}}
        ),
    ),
    "media_type": _upload("a.pdf", b"123456", "document"),
    "media_empty": _upload_nothing,
    "media_kind": _upload("a.gif", b"123456", "image"),
    "media_image_size": _switched("small_images", _upload("a.png", b"x" * (2 * MB + 1), "image")),
    "media_voice_size": _upload("a.amr", b"x" * (2 * MB + 1), "voice"),
    "media_video_size": _upload("a.mp4", b"x" * (10 * MB + 1), "video"),
    "media_file_size": _upload("a.pdf", b"x" * (20 * MB + 1), "file"),
    "media_voice_long": _upload("a.amr", AMR, "voice"),
    "webhook_key": _hook("wrong", text={"content": "x"}),
    "webhook_rate": _many(21, _hook(text={"content": "x"})),
    "webhook_text": _hook(text={"content": "长" * 683}),
    "webhook_markdown": _hook(markdown={"content": "长" * 1366}),
    "webhook_image": _hook(image={"base64": "eA==", "md5": DIGEST[::-1]}),
    "webhook_card": _hook(template_card=button_card()),
    "userid": lambda p: p.fetch("user/get"),
    "user_unknown": lambda p: p.fetch("user/get", userid="nobody"),
    "department": lambda p: p.fetch("department/list", id=99),
    "login_code": lambda p: p.fetch("auth/getuserinfo", code="invented"),
    "login_code_expired": _login(301),
    "redirect": _authorize(redirect_uri="https://elsewhere.invalid/"),
    "userinfo_right": _switched("old_userinfo_only", _login(0)),
    "plain_only": _switched("app_plain_only", lambda p: p.fetch("appchat/get", chatid="yx2026001")),
    "menu_buttons": _menu(*[_click()] * 4),
    "menu_sub_buttons": _menu({"name": "更多", "sub_button": [_click()] * 6}),
    "menu_type": _menu(_click(type="shake")),
    "menu_name": _menu(_click("名字太长了吧")),
    "menu_sub_name": _menu({"name": "更多", "sub_button": [_click("长" * 14)]}),
    "menu_key": _menu(_click(key="k" * 129)),
    "menu_url": _menu({"type": "view", "name": "列表", "url": "http://x/" + "a" * 1024}),
    "bot_code": _bot(_words(), code="invented"),
    "bot_code_used": _bot(_words(), times=2),
    "bot_code_expired": _bot(_words(), wait=HOUR),
    "bot_type": _bot({"response_type": "update_template_card", "template_card": button_card()}),
    "bot_markdown": _bot(_words("长" * 6827)),
    "bot_feedback": _bot(_words(feedback={"id": "f" * 257})),
    "bot_card_in_group": _bot({"msgtype": "template_card", "template_card": button_card()}, group=True),
}
