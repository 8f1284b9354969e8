"""The platform's API on its good side: what is accepted, who sees it, what comes back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.limits import DAY, HOUR, MB
from tests.sandbox.conftest import Platform
from tests.sandbox.product import button_card

CHEN, LI, HUANG = "chen.jing", "li.na", "huang.zhijian"


def test_one_token_is_given_while_it_is_valid(alone: Platform) -> None:
    first = alone.get("gettoken", corpid="ww00daibansandbox", corpsecret="sandbox-app-secret")
    assert (first["errcode"], first["expires_in"]) == (0, 7200)
    alone.later(HOUR)
    second = alone.get("gettoken", corpid="ww00daibansandbox", corpsecret="sandbox-app-secret")
    assert second["access_token"] == first["access_token"]
    assert 3590 <= second["expires_in"] <= 3600
    alone.later(HOUR)
    assert alone.token() != first["access_token"]


def test_a_text_reaches_persons_and_names_who_was_missed(alone: Platform) -> None:
    answer = alone.send("Chen.Jing|Nobody.Here|tang.wei", text={"content": "项目A今日到期"})
    assert answer["errcode"] == 0
    assert (answer["invaliduser"], answer["unlicenseduser"]) == ("nobody.here", "tang.wei")
    assert "response_code" not in answer
    (shown,) = alone.history(CHEN, "app")
    assert (shown["id"], shown["from"], shown["kind"]) == (answer["msgid"], "app", "text")
    assert alone.history("tang.wei", "app") == []


def test_everybody_and_whole_departments_can_be_reached(alone: Platform) -> None:
    alone.send("@all", text={"content": "通知"})
    body = {"toparty": "2|99", "agentid": 1000002, "msgtype": "text", "text": {"content": "专班通知"}}
    assert alone.call("message/send", body)["invalidparty"] == "99"
    assert alone.texts("xu.hui", "app") == ["通知", "专班通知"]
    assert alone.texts(CHEN, "app") == ["通知"]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ({"markdown": {"content": "**办结**"}}, "markdown"),
        ({"textcard": {"title": "t", "description": "d", "url": "https://example.invalid/"}}, "textcard"),
        ({"news": {"articles": [{"title": "公示", "url": "https://example.invalid/"}]}}, "news"),
        ({"miniprogram_notice": {"appid": "wx1", "title": "提醒"}}, "textcard"),
    ],
)
def test_other_kinds_are_shown(alone: Platform, part: dict[str, object], kind: str) -> None:
    assert alone.send(CHEN, **part)["errcode"] == 0
    assert alone.history(CHEN, "app")[-1]["kind"] == kind


@pytest.mark.parametrize("kind", ["image", "voice", "file", "video", "mpnews"])
def test_media_is_uploaded_sent_and_fetched(alone: Platform, kind: str) -> None:
    names = {"image": "a.png", "voice": "a.amr", "video": "a.mp4"}
    up = alone.upload(
        names.get(kind, "通知.pdf"), b"#!AMR\n" + b"\x04" * 20, kind if kind != "mpnews" else "file"
    )
    assert isinstance(up["created_at"], str)
    part: dict[str, Any] = {"media_id": up["media_id"]}
    if kind == "mpnews":
        part = {"articles": [{"title": "t", "thumb_media_id": up["media_id"], "content": "x"}]}
    assert alone.send(CHEN, **{kind: part})["errcode"] == 0
    query = {"access_token": alone.token(), "media_id": up["media_id"]}
    whole = alone.client.get("/cgi-bin/media/get", query_string=query)
    assert whole.data.startswith(b"#!AMR")
    assert "attachment" in whole.headers["Content-Disposition"]
    piece = alone.client.get("/cgi-bin/media/get", query_string=query, headers={"Range": "bytes=0-4"})
    assert (piece.status_code, piece.data) == (206, b"#!AMR")
    alone.later(3 * DAY)
    assert alone.fetch("media/get", media_id=up["media_id"])["errcode"] == 40007


def test_big_pictures_are_allowed_on_the_good_side(alone: Platform) -> None:
    assert alone.upload("a.png", b"x" * (3 * MB), "image")["errcode"] == 0
    assert alone.upload("a.png", b"x" * (10 * MB + 1), "image")["errcode"] == 45001


def test_the_same_words_within_the_interval_are_shown_once(alone: Platform) -> None:
    check = {"enable_duplicate_check": 1, "duplicate_check_interval": 600}
    first = alone.send(CHEN, text={"content": "提醒"}, **check)
    again = alone.send(CHEN, text={"content": "提醒"}, **check)
    assert again == first
    assert alone.log("/cgi-bin/message/send")[-1]["effect"] == "duplicate"
    alone.send(LI, text={"content": "提醒"}, **check)
    assert alone.texts(CHEN, "app") == ["提醒"]
    alone.later(601)
    alone.send(CHEN, text={"content": "提醒"}, **check)
    assert alone.texts(CHEN, "app") == ["提醒", "提醒"]


def test_without_the_check_everything_is_shown(alone: Platform) -> None:
    for _ in range(2):
        alone.send(CHEN, text={"content": "提醒"})
    assert alone.texts(CHEN, "app") == ["提醒", "提醒"]


CARDS: list[dict[str, Any]] = [
    {"card_type": "text_notice", "sub_title_text": "2 项待办", "emphasis_content": {"title": "4/6"}},
    {"card_type": "news_notice", "main_title": {"title": "开工通知"},
     "card_image": {"url": "https://example.invalid/a.jpg", "aspect_ratio": 2.25},
     "vertical_content_list": [{"title": "地点", "desc": "云溪"}]},
    button_card("t1", action_menu={"action_list": [{"text": "转交", "key": "h"}]}),
    {"card_type": "vote_interaction", "main_title": {"title": "选时间"}, "task_id": "t1",
     "checkbox": {"question_key": "q", "mode": 1, "option_list": [{"id": "a", "text": "周三", "is_checked": True}]},
     "submit_button": {"text": "提交", "key": "k"}},
    {"card_type": "multiple_interaction", "main_title": {"title": "填报"}, "task_id": "t1",
     "select_list": [{"question_key": "q", "option_list": [{"id": "a", "text": "无"}]}],
     "submit_button": {"text": "提交", "key": "k"}},
]  # fmt: skip


@pytest.mark.parametrize("card", CARDS, ids=[str(card["card_type"]) for card in CARDS])
def test_the_five_cards_are_accepted(platform: Platform, card: dict[str, object]) -> None:
    link = {"card_action": {"type": 1, "url": "https://example.invalid/"}}
    answer = platform.send(CHEN, template_card={**link, **card})
    assert answer["errcode"] == 0
    assert ("response_code" in answer) == ("task_id" in card)
    shown = platform.history(CHEN, "app")[-1]
    assert shown["state"] == ("active" if "task_id" in card else "plain")
    assert shown["card"]["card_type"] == card["card_type"]


def test_a_card_is_updated_once_for_those_who_have_it(platform: Platform) -> None:
    sent = platform.send(f"{CHEN}|{LI}", template_card=button_card("t1"))
    body = {"agentid": 1000002, "userids": [CHEN, HUANG], "response_code": sent["response_code"]}
    new = button_card("t1", replace_text="已由李娜办理")
    assert platform.call("message/update_template_card", {**body, "template_card": new})["invaliduser"] == [
        HUANG
    ]
    assert platform.history(CHEN, "app")[-1]["state_text"] == "已由李娜办理"
    assert platform.history(LI, "app")[-1]["state"] == "active"


def test_a_card_is_updated_for_all(platform: Platform) -> None:
    sent = platform.send(f"{CHEN}|{LI}", template_card=button_card("t1"))
    body = {"agentid": 1000002, "atall": 1, "response_code": sent["response_code"]}
    platform.call("message/update_template_card", {**body, "button": {"replace_name": "已过期"}})
    assert {platform.history(user, "app")[-1]["state_text"] for user in (CHEN, LI)} == {"已过期"}


def test_old_editions_keep_response_codes_for_a_day(platform: Platform) -> None:
    platform.switch("response_code_24h")
    sent = platform.send(CHEN, template_card=button_card("t1"))
    platform.later(DAY)
    body = {"agentid": 1000002, "userids": [CHEN], "response_code": sent["response_code"]}
    body["button"] = {"replace_name": "x"}
    assert platform.call("message/update_template_card", body)["errcode"] == 40058


def test_a_message_is_recalled_within_a_day(alone: Platform) -> None:
    msgid = alone.send(CHEN, text={"content": "发错了"})["msgid"]
    assert alone.call("message/recall", {"msgid": msgid})["errcode"] == 0
    shown = alone.history(CHEN, "app")[-1]
    assert shown["recalled"]
    assert "发错了" not in str(shown)


def test_a_group_is_created_changed_and_written_to(alone: Platform) -> None:
    made = {"name": "长" * 60, "owner": LI, "userlist": [LI, CHEN], "chatid": "prj31"}
    assert alone.call("appchat/create", made)["chatid"] == "prj31"
    change: dict[str, Any] = {"chatid": "prj31", "name": "项目31工作群", "owner": CHEN}
    change |= {"add_user_list": [HUANG], "del_user_list": [LI]}
    assert alone.call("appchat/update", change)["errcode"] == 0
    info = alone.fetch("appchat/get", chatid="prj31")["chat_info"]
    assert info == {
        "chatid": "prj31",
        "name": "项目31工作群",
        "owner": CHEN,
        "userlist": [CHEN, HUANG],
        "chat_type": 0,
    }
    text = {"content": f"请<@{HUANG}>反馈"}
    sent = alone.call("appchat/send", {"chatid": "prj31", "msgtype": "text", "text": text})
    assert sent == {"errcode": 0, "errmsg": "ok"}
    assert alone.texts(CHEN, "prj31") == ["请@黄志坚 反馈"]
    assert "error" in alone.look("history", user=LI, chat="prj31")
    alone.switch("no_mention_markup")
    assert alone.texts(CHEN, "prj31") == [f"请<@{HUANG}>反馈"]


def test_a_new_group_has_a_name_of_fifty_characters_and_an_id(alone: Platform) -> None:
    chat = alone.call("appchat/create", {"name": "长" * 60, "userlist": [LI, CHEN]})["chatid"]
    assert len(alone.fetch("appchat/get", chatid=chat)["chat_info"]["name"]) == 50


def test_mentioned_people_are_called_in_a_group(alone: Platform) -> None:
    text = {"content": "请反馈", "mentioned_list": [HUANG, "@all"]}
    alone.call("appchat/send", {"chatid": "yx2026001", "msgtype": "text", "text": text})
    assert alone.texts(CHEN, "yx2026001") == ["请反馈 @黄志坚 @所有人"]


def test_a_group_takes_no_cards(platform: Platform) -> None:
    body = {"chatid": "yx2026001", "msgtype": "template_card", "template_card": button_card("t1")}
    assert platform.call("appchat/send", body)["errcode"] == 40008


def test_the_webhook_of_a_group_posts(alone: Platform) -> None:
    body = {"msgtype": "markdown_v2", "markdown_v2": {"content": "# 通报"}}
    answer = alone.client.post("/cgi-bin/webhook/send?key=sandbox-hook-officers", json=body)
    assert answer.get_json()["errcode"] == 0
    assert alone.history(HUANG, "yxofficers")[-1]["from"] == "webhook"
    assert "sandbox-hook" not in str(alone.log())


def test_people_and_departments_are_read(alone: Platform) -> None:
    user = alone.fetch("user/get", userid="CHEN.JING")
    assert (user["name"], user["department"]) == ("陈静", [13])
    assert "mobile" not in user
    assert alone.fetch("department/list")["department"][0]["id"] == 1
    assert [d["id"] for d in alone.fetch("department/list", id=3)["department"]] == [3]
    assert alone.fetch("getcallbackip")["ip_list"] == ["127.0.0.1"]


def login(platform: Platform, **more: str) -> str:
    query = {
        "appid": "ww00daibansandbox", "redirect_uri": "http://127.0.0.1:8000/m?a=1", "response_type": "code",
        "scope": "snsapi_base", "state": "s1", "agentid": "1000002", **more,
    }  # fmt: skip
    answer = platform.client.get("/connect/oauth2/authorize", query_string=query)
    assert answer.status_code == 302
    found = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (found["a"], found["state"]) == (["1"], ["s1"])
    return found["code"][0]


def test_a_login_gives_a_code_that_works_once(alone: Platform) -> None:
    code = login(alone, sandbox_user=CHEN)
    assert alone.fetch("auth/getuserinfo", code=code)["userid"] == CHEN
    assert alone.fetch("auth/getuserinfo", code=code)["errcode"] == 40029
    alone.client.set_cookie("sandbox_user", LI)
    assert alone.fetch("user/getuserinfo", code=login(alone))["UserId"] == LI


def test_a_login_without_a_person_asks_who_it_is(alone: Platform) -> None:
    query = {"appid": "ww00daibansandbox", "redirect_uri": "http://127.0.0.1:8000/m", "response_type": "code"}
    answer = alone.client.get("/connect/oauth2/authorize", query_string=query)
    assert "以谁的身份" in answer.text
    assert "sandbox_user=chen.jing" in answer.text


def test_the_menu_is_kept_and_deleted(alone: Platform) -> None:
    view = {"type": "view", "name": "项目列表", "url": "https://example.invalid/"}
    menu = [{"type": "click", "name": "待办", "key": "todo"}, {"name": "更多", "sub_button": [view]}]
    assert alone.call("menu/create", {"button": menu}, agentid=1000002)["errcode"] == 0
    assert alone.fetch("menu/get", agentid=1000002)["button"] == menu
    assert alone.fetch("menu/delete", agentid=1000002)["errcode"] == 0
    assert alone.fetch("menu/get", agentid=1000002)["button"] == []


def test_a_private_edition_has_text_logins_and_callbacks_only(platform: Platform) -> None:
    platform.switch("app_plain_only")
    assert platform.send(CHEN, text={"content": "提醒"})["errcode"] == 0
    assert platform.send(CHEN, markdown={"content": "x"})["errcode"] == 40008
    assert platform.send(CHEN, template_card=button_card("t1"))["errcode"] == 40008
    assert platform.upload("a.pdf", b"123456")["errcode"] == 48002
    assert platform.fetch("menu/get", agentid=1000002)["errcode"] == 48002
    assert platform.fetch("user/getuserinfo", code=login(platform, sandbox_user=CHEN))["UserId"] == CHEN
    assert platform.say(CHEN, "待办", chat="app")["status"] == 200
