"""The platform's table of limits: every row is refused for its own reason, every silent one stays silent."""

from __future__ import annotations

import pytest

from sandbox.limits import DAY, RULES
from tests.sandbox.conftest import Platform
from tests.sandbox.product import button_card
from tests.sandbox.refusals import REFUSALS

CHEN, LI = "chen.jing", "li.na"


def test_every_row_of_the_table_has_a_refused_call() -> None:
    assert set(REFUSALS) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_platform_refuses(platform: Platform, rule: str) -> None:
    REFUSALS[rule](platform)
    last = platform.log()[-1]
    assert last["effect"] == "refused"
    assert last["errcode"] == RULES[rule].errcode
    assert last.get("rule", rule) == rule


def test_a_long_text_is_cut_between_characters_and_noted(platform: Platform) -> None:
    assert platform.send(CHEN, text={"content": "长" * 700})["errcode"] == 0
    (shown,) = platform.texts(CHEN, "app")
    assert shown == "长" * 682
    assert "2048" in platform.log("/cgi-bin/message/send")[-1]["warnings"][0]


def test_long_titles_are_advice(platform: Platform) -> None:
    card = button_card(
        "t1", main_title={"title": "长" * 40, "desc": "短"}, button_list=[{"text": "按" * 11, "key": "k"}]
    )
    assert platform.send(CHEN, template_card=card)["errcode"] == 0
    assert len(platform.log("/cgi-bin/message/send")[-1]["warnings"]) == 2


def test_more_than_thirty_messages_a_minute_are_dropped_in_silence(platform: Platform) -> None:
    answers = [
        platform.send(f"{CHEN}|{LI}" if n < 3 else CHEN, text={"content": f"第{n}条"}) for n in range(31)
    ]
    assert {answer["errcode"] for answer in answers} == {0}
    assert len(platform.texts(CHEN, "app")) == 30
    last = platform.log("/cgi-bin/message/send")[-1]
    assert (last["effect"], last["dropped"]) == ("dropped", [CHEN])
    platform.later(61)
    platform.send(CHEN, text={"content": "又来了"})
    assert len(platform.texts(CHEN, "app")) == 31


def test_a_member_gets_a_thousand_messages_an_hour(platform: Platform) -> None:
    platform.world.rates.allow(f"app/{CHEN}", ((DAY, 1000),), platform.world.now() - 120, times=1000)
    platform.send(CHEN, text={"content": "第1001条"})
    assert platform.texts(CHEN, "app") == []


def test_a_group_member_gets_two_hundred_a_minute(platform: Platform) -> None:
    platform.world.rates.allow(f"appchat/{CHEN}", ((60, 200),), platform.world.now(), times=200)
    body = {"chatid": "yx2026001", "msgtype": "text", "text": {"content": "提醒"}}
    assert platform.call("appchat/send", body)["errcode"] == 0
    assert platform.texts(CHEN, "yx2026001") == []
    assert platform.texts(LI, "yx2026001") == ["提醒"]
    assert platform.log("/cgi-bin/appchat/send")[-1]["dropped"] == [CHEN]
