from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.platform import (
    AnswerLost,
    DeliveryFailed,
    GroupInfo,
    Receipt,
    Say,
    SendFile,
    TextCard,
    UpdateCard,
)
from bot.wecom.tenant import WeComTenant, menu_buttons
from tests.wire.conftest import settings_for
from tests.wire.standin import Reply, says
from tests.wire.test_cards import BUTTONS


def bodies(platform, name: str) -> list[dict]:
    return [call.json for call in platform.asked(name)]


# ---------------------------------------------------------------- saying


def test_words_to_a_person_are_checked_for_duplicates_by_the_platform(tenant, platform):
    platform.will("message/send", says(msgid="MID", response_code="RC", invaliduser="", unlicenseduser=""))
    assert tenant.send_to_person("chen.jing", Say("项目 A 今日到期")) == Receipt("MID", "RC", ())
    assert bodies(platform, "message/send") == [
        {
            "touser": "chen.jing",
            "agentid": 1000002,
            "msgtype": "text",
            "text": {"content": "项目 A 今日到期"},
            "safe": 0,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": 1800,
        }
    ]


def test_who_did_not_get_it_is_told(tenant, platform):
    platform.will("message/send", says(invaliduser="Li.Wei|wu", unlicenseduser="wu|zhao"))
    assert tenant.send_to_person("a|b", Say("x")).missed == ("li.wei", "wu", "zhao")


@pytest.mark.parametrize(
    ("speech", "part"),
    [
        (Say("**好**", markdown=True), {"msgtype": "markdown", "markdown": {"content": "**好**"}}),
        (
            TextCard("题" * 50, "文" * 200, "https://a.example", "查看详情吧"),
            {
                "msgtype": "textcard",
                "textcard": {
                    "title": "题" * 41 + "…",
                    "description": "文" * 169 + "…",
                    "url": "https://a.example",
                    "btntxt": "查看详…",
                },
            },
        ),
    ],
)
def test_other_words_to_a_person(tenant, platform, speech, part):
    tenant.send_to_person("chen.jing", speech)
    (body,) = bodies(platform, "message/send")
    assert part.items() <= body.items()


def test_a_card_to_a_person_is_a_template_card(tenant, platform):
    tenant.send_to_person("chen.jing", BUTTONS)
    (body,) = bodies(platform, "message/send")
    assert body["template_card"]["button_list"][0]["key"] == "done"


def test_long_words_are_cut_to_2048_bytes_at_a_character(tenant, platform):
    tenant.send_to_person("u", Say("进" * 1000))
    tenant.send_to_group("g", Say("进" * 1000, mentions=("chen.jing",)))
    content = bodies(platform, "message/send")[0]["text"]["content"]
    assert content == "进" * 681 + "…"
    assert len(content.encode()) == 2046
    mentioned = bodies(platform, "appchat/send")[0]["text"]["content"]
    assert mentioned.startswith("<@chen.jing> 进")
    assert len(mentioned.encode()) <= 2048


def test_a_group_gets_words_with_mentions_and_cards_as_text(tenant, platform):
    tenant.send_to_group("prj31", Say("**请反馈**", markdown=True, mentions=("chen.jing", "li.wei")))
    tenant.send_to_group("prj31", BUTTONS)
    first, second = bodies(platform, "appchat/send")
    assert first == {
        "chatid": "prj31",
        "msgtype": "markdown",
        "markdown": {"content": "<@chen.jing><@li.wei> **请反馈**"},
        "safe": 0,
    }
    assert second["msgtype"] == "text"
    assert "1 已完成\n2 办理中" in second["text"]["content"]


# ---------------------------------------------------------------- later answers and changes


def test_a_later_answer_goes_to_its_address_without_token(tenant, platform):
    url = f"{platform.base}/cgi-bin/aibot/response?response_code=RC1"
    tenant.answer_later(url, Say('**好** <font color="info">x</font>', markdown=True))
    tenant.answer_later(url, BUTTONS)
    words, card = platform.asked("aibot/response")
    assert words.json == {"msgtype": "markdown", "markdown": {"content": "**好** x"}}
    assert words.query == {"response_code": "RC1"}
    assert card.json["msgtype"] == "template_card"
    assert platform.tokens == 0


def test_a_later_answer_can_be_refused_or_lost(tenant, platform):
    url = f"{platform.base}/cgi-bin/aibot/response?response_code=RC1"
    platform.will("aibot/response", says(errcode=40058), Reply(cut=True))
    with pytest.raises(DeliveryFailed, match="40058"):
        tenant.answer_later(url, Say("x"))
    with pytest.raises(AnswerLost) as lost:
        tenant.answer_later(url, Say("x"))
    assert "RC1" not in str(lost.value)
    with pytest.raises(ValueError, match="words or a card"):
        tenant.answer_later(url, SendFile("a", b"x" * 10))


def test_a_card_is_closed_or_replaced_with_its_one_time_code(tenant, platform):
    platform.will("message/update_template_card", says(invaliduser=["Li.Wei"]))
    assert tenant.update_card("RC", ["chen.jing"], UpdateCard(None, "已提交")).missed == ("li.wei",)
    tenant.update_card("RC2", ["chen.jing"], UpdateCard(replace(BUTTONS, replaced="已完成")))
    closed, replaced = bodies(platform, "message/update_template_card")
    assert closed == {
        "userids": ["chen.jing"],
        "agentid": 1000002,
        "response_code": "RC",
        "button": {"replace_name": "已提交"},
    }
    assert replaced["template_card"]["replace_text"] == "已完成"


def test_a_message_is_recalled(tenant, platform):
    tenant.recall("MID")
    assert bodies(platform, "message/recall") == [{"msgid": "MID"}]


# ---------------------------------------------------------------- groups


def test_a_group_is_created_changed_and_read(tenant, platform):
    platform.will("appchat/create", says(chatid="prj31"))
    members = ["chen.jing", "li.wei"]
    assert tenant.create_group(chat_id="prj31", name="群" * 60, owner="chen.jing", members=members) == "prj31"
    tenant.update_group("prj31", add=["wu"])
    tenant.update_group("prj31", name="新名", owner="li.wei", remove=["chen.jing"])
    platform.will(
        "appchat/get",
        says(chat_info={"chatid": "prj31", "name": "新名", "owner": "Li.Wei", "userlist": ["Li.Wei", "wu"]}),
    )
    assert tenant.group("prj31") == GroupInfo("prj31", "新名", "li.wei", ("li.wei", "wu"))
    (created,) = bodies(platform, "appchat/create")
    assert created == {"chatid": "prj31", "name": "群" * 49 + "…", "owner": "chen.jing", "userlist": members}
    assert bodies(platform, "appchat/update") == [
        {"chatid": "prj31", "add_user_list": ["wu"]},
        {"chatid": "prj31", "name": "新名", "owner": "li.wei", "del_user_list": ["chen.jing"]},
    ]


@pytest.mark.parametrize("chat_id", ["", "prj-31", "x" * 33, "项目"])
def test_a_group_id_the_platform_would_refuse_is_a_mistake_of_ours(tenant, chat_id):
    with pytest.raises(ValueError, match="letters and digits"):
        tenant.create_group(chat_id=chat_id, name="n", owner="o", members=["a", "b"])


def test_a_group_that_exists_or_is_unknown_is_told(tenant, platform):
    platform.will("appchat/create", says(errcode=86215))
    with pytest.raises(DeliveryFailed, match="86215"):
        tenant.create_group(chat_id="prj31", name="n", owner="o", members=["a", "b"])
    platform.will("appchat/get", says())
    with pytest.raises(AnswerLost):
        tenant.group("prj31")


# ---------------------------------------------------------------- login


def test_the_login_address_has_what_the_platform_asks_for(tenant, platform):
    url = tenant.login_url("https://bot.example/m/login?next=/m/1&x=项目", "s1")
    parts = urlsplit(url)
    assert url.startswith(
        f"{platform.base}/connect/oauth2/authorize?appid=ww00corp&redirect_uri=https%3A%2F%2F"
    )
    assert {name: values[0] for name, values in parse_qs(parts.query).items()} == {
        "appid": "ww00corp",
        "redirect_uri": "https://bot.example/m/login?next=/m/1&x=项目",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "s1",
        "agentid": "1000002",
    }
    assert parts.fragment == "wechat_redirect"
    with pytest.raises(ValueError, match="state"):
        tenant.login_url("https://bot.example", "a&b")


def test_who_logs_in_is_asked_by_the_new_path(tenant, platform):
    platform.will("auth/getuserinfo", says(userid="Chen.Jing"))
    assert tenant.person_of_login("CODE") == "chen.jing"
    assert platform.asked("auth/getuserinfo")[0].query["code"] == "CODE"
    assert platform.asked("user/getuserinfo") == []


@pytest.mark.parametrize(
    "missing", [says(errcode=48001), says(errcode=48002), says(errcode=40058), Reply(status=404, body=b"no")]
)
def test_an_older_edition_is_asked_by_the_older_path(tenant, platform, missing):
    platform.will("auth/getuserinfo", missing)
    platform.will("user/getuserinfo", says(UserId="Chen.Jing", DeviceId="D"))
    assert tenant.person_of_login("CODE") == "chen.jing"


def test_a_used_code_and_an_outsider_are_refused(tenant, platform):
    platform.will("auth/getuserinfo", says(errcode=40029), says(openid="o-1"))
    for code in ("40029", "60111"):
        with pytest.raises(DeliveryFailed, match=code):
            tenant.person_of_login("CODE")


# ---------------------------------------------------------------- the app itself


def test_a_menu_of_three_lies_flat(tenant, platform):
    tenant.set_menu([("今日待办", "todo"), ("我的项目", "https://bot.example/m"), ("帮助", "help")])
    (call,) = platform.asked("menu/create")
    assert call.query["agentid"] == "1000002"
    assert call.json["button"] == [
        {"type": "click", "name": "今日待办", "key": "todo"},
        {"type": "view", "name": "我的项目", "url": "https://bot.example/m"},
        {"type": "click", "name": "帮助", "key": "help"},
    ]


@pytest.mark.parametrize("count", range(1, 16))
def test_every_menu_fits_three_by_five_and_keeps_all_entries_in_order(count):
    buttons = menu_buttons([(f"第{number}个很长的名称", str(number)) for number in range(count)])
    assert len(buttons) <= 3
    keys = []
    for button in buttons:
        inner = button.get("sub_button", [button])
        assert len(inner) <= 5
        assert all(len(each["name"].encode()) <= (40 if inner[0] is not button else 16) for each in inner)
        keys += [each["key"] for each in inner]
    assert keys == [str(number) for number in range(count)]


@pytest.mark.parametrize("count", [0, 16])
def test_a_menu_that_cannot_be_shown_is_a_mistake_of_ours(count):
    with pytest.raises(ValueError, match="1 to 15"):
        menu_buttons([("x", "y")] * count)


def test_the_addresses_callbacks_come_from(tenant, platform):
    platform.will("getcallbackip", says(ip_list=["1.2.3.4", "5.6.7.8"]))
    assert tenant.callback_ips() == ("1.2.3.4", "5.6.7.8")


def test_two_tenants_are_two_values(platform, transport):
    first = WeComTenant(settings_for(platform.base), transport=transport)
    other = replace(settings_for(platform.base + "/"), corp_id="wl99", agent_id=7, secret="s2")
    second = WeComTenant(other, transport=transport)
    first.send_to_person("a", Say("x"))
    second.send_to_person("b", Say("x"))
    assert [call.query["corpid"] for call in platform.asked("gettoken")] == ["ww00corp", "wl99"]
    assert [body["agentid"] for body in bodies(platform, "message/send")] == [1000002, 7]
