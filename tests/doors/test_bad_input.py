"""What must not come in, and what must not fall over: a refusal without detail, a counter, nothing stored."""

from __future__ import annotations

import base64
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import text

from tests.doors.knocking import Doors
from tests.talk import Talk

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "xxxxxxxxxx"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<xml><Encrypt>&c;</Encrypt></xml>"
)


@pytest.fixture
def doors(talk: Talk) -> Doors:
    return Doors(talk)


def _kept(talk: Talk) -> int:
    with talk.parts.store.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar() or 0)


def _counted(talk: Talk, reason: str) -> bool:
    with urlopen(f"{talk.parts.settings.public_url}/metrics", timeout=5) as answer:
        return f'reason="{reason}"' in answer.read().decode()


def test_a_wrong_signature_is_refused_without_detail_counted_and_not_kept(talk: Talk, doors: Doors) -> None:
    for door in ("bot", "app"):
        refused = doors.knock(door, doors.sealed(door, "{}"), signature="0" * 40)
        assert (refused.status, refused.body) == (403, b"")
    assert _kept(talk) == 0
    assert _counted(talk, "signature")


def test_a_foreign_receive_id_is_refused(talk: Talk, doors: Doors) -> None:
    for door in ("bot", "app"):
        refused = doors.knock(door, doors.sealed(door, '{"msgid":"1"}', receive_id="wwforeign"))
        assert (refused.status, refused.body) == (403, b"")
    assert _kept(talk) == 0


def test_unreadable_envelopes_are_refused(talk: Talk, doors: Doors) -> None:
    whole = doors.sealed("bot", '{"msgid":"1"}')
    for encrypt in (whole[:-7], whole[: len(whole) // 2], "不是base64", "", "AAAA"):
        assert doors.knock("bot", encrypt).status == 400
        assert doors.knock("app", encrypt).status == 400
    for body in (b"", b"[]", b"not json", b'{"encrypt": 5}', b"<xml></xml>", b"\xff\xfe"):
        assert doors.knock("bot", whole, body=body).status == 400
    assert _kept(talk) == 0


def test_pad_bytes_out_of_range_are_refused(talk: Talk, doors: Doors) -> None:
    key = base64.b64decode(talk.parts.settings.tenant.bot_aes_key + "=")
    for pad in (0, 33, 255):
        plain = b"r" * 16 + (2).to_bytes(4, "big") + b"{}" + bytes([pad]) * (64 - 22)
        cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
        encrypt = base64.b64encode(cipher.update(plain) + cipher.finalize()).decode()
        assert doors.knock("bot", encrypt).status == 400


def test_an_xml_bomb_and_a_megabyte_are_refused(talk: Talk, doors: Doors) -> None:
    whole = doors.sealed("app", "<xml/>")
    assert doors.knock("app", whole, body=BOMB.encode()).status == 400
    for door in ("bot", "app"):
        assert doors.knock(door, whole, body=b"x" * 1_100_000).status == 400
    assert _counted(talk, "too_large")
    assert _kept(talk) == 0


def test_an_unknown_message_type_is_kept_and_answered_politely(talk: Talk, doors: Doors) -> None:
    answered = doors.say(msgtype="hologram", chatid=None, chattype="single", text=None, hologram={"x": 1})
    assert answered.status == 200
    assert "请用文字说明" in doors.read(answered)["stream"]["content"]
    assert _kept(talk) == 1


def test_control_characters_in_a_chat_id_do_not_make_a_ghost_group(doors: Doors) -> None:
    answered = doors.say(chatid="wrkYX001aibot\x00\x07")
    assert "岭南新材料" in doors.read(answered)["stream"]["content"]


def test_a_missing_msgid_is_answered_and_its_repeat_recognised_by_its_body(talk: Talk, doors: Doors) -> None:
    first, second = doors.say(msgid=None), doors.say(msgid=None)
    assert doors.read(first) == doors.read(second)
    assert _kept(talk) == 1


def test_absurd_field_types_are_no_crash(doors: Doors) -> None:
    for fields in (
        {"from": "chen.jing"}, {"text": ["x"]}, {"chatid": 7}, {"msgid": {"a": 1}}, {"text": None}, {"from": {}},
        {"quote": {"msgtype": 3}}, {"event": "x", "msgtype": "event"},
    ):  # fmt: skip
        assert doors.say(**fields).status == 200


def test_url_verification_answers_the_plain_echo(doors: Doors) -> None:
    for door in ("bot", "app"):
        answered = doors.verify(door, doors.sealed(door, "6534946348215556778"))
        assert (answered.status, answered.body) == (200, b"6534946348215556778")
        assert doors.verify(door, doors.sealed(door, "1"), signature="bad").status == 403


def test_absurdly_long_ids_are_kept_shortened_and_their_repeat_recognised(talk: Talk, doors: Doors) -> None:
    long = "x" * 5000
    first = doors.say(msgid=long, chatid=f"wrk{long}", **{"from": {"userid": long}})
    again = doors.say(msgid=long, chatid=f"wrk{long}", **{"from": {"userid": long}})
    assert (first.status, again.status) == (200, 200)
    assert _kept(talk) == 1


def test_a_thumb_down_is_kept_and_taken_in_silence(talk: Talk, doors: Doors) -> None:
    feedback = {"id": "fb1", "type": 2, "content": "答非所问", "inaccurate_reason_list": [1]}
    event = {"eventtype": "feedback_event", "feedback_event": feedback}
    answered = doors.say(msgid="e-1", msgtype="event", event=event, text=None)
    assert (answered.status, answered.body) == (200, b"")
    assert _kept(talk) == 1


def test_every_documented_event_is_answered_legally(talk: Talk, doors: Doors) -> None:
    """The app's events as XML: none may fall over, each is kept once."""
    corp = talk.parts.settings.tenant.corp_id
    names = (
        "subscribe", "unsubscribe", "enter_agent", "LOCATION", "click", "view", "view_miniprogram", "scancode_push",
        "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select", "batch_job_result",
        "change_contact", "open_approval_change", "share_agent_change", "share_chain_change", "inactive_alert",
        "close_inactive_agent", "reopen_inactive_agent", "low_active_warning", "brand_new_event",
    )  # fmt: skip
    for number, name in enumerate(names):
        plain = (
            f"<xml><ToUserName>{corp}</ToUserName><FromUserName>chen.jing</FromUserName><CreateTime>{number}</CreateTime>"
            f"<MsgType>event</MsgType><Event>{name}</Event><EventKey>k</EventKey><AgentID>1000002</AgentID></xml>"
        )
        assert doors.knock("app", doors.sealed("app", plain)).status == 200
    assert _kept(talk) == len(names)
    with talk.parts.store.engine.connect() as connection:
        assert set(connection.execute(text("SELECT state FROM inbox")).scalars()) == {"answered"}
