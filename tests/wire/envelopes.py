"""Callbacks as the platform sends them, sealed with wechatpy's own crypto, and answers opened with it."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from wechatpy.enterprise.crypto import WeChatCrypto

from bot.platform import CallbackQuery, CardClick, Channel, Content, IncomingMessage, Text
from bot.wecom.settings import TenantSettings

STAMP = 1760000000
NONCE = "nonce-1"


def app_crypto(settings: TenantSettings) -> WeChatCrypto:
    return WeChatCrypto(settings.callback_token, settings.callback_aes_key, settings.corp_id)


def bot_crypto(settings: TenantSettings) -> WeChatCrypto:
    return WeChatCrypto(settings.bot_token, settings.bot_aes_key, "")


def sealed_xml(crypto: WeChatCrypto, plain: str) -> tuple[CallbackQuery, bytes]:
    body = crypto.encrypt_message(plain, NONCE, str(STAMP))
    return CallbackQuery(ET.fromstring(body).findtext("MsgSignature"), str(STAMP), NONCE), body.encode()


def sealed_json(crypto: WeChatCrypto, plain: object) -> tuple[CallbackQuery, bytes]:
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    query, xml = sealed_xml(crypto, text)
    return query, json.dumps({"encrypt": ET.fromstring(xml).findtext("Encrypt")}).encode()


def opened_json(crypto: WeChatCrypto, answer: bytes) -> str:
    fields = json.loads(answer)
    assert isinstance(fields["timestamp"], int)
    stamp, nonce = str(fields["timestamp"]), fields["nonce"]
    return crypto.decrypt_message({"Encrypt": fields["encrypt"]}, fields["msgsignature"], stamp, nonce)


def opened_xml(crypto: WeChatCrypto, answer: bytes) -> str:
    root = ET.fromstring(answer)
    stamp, nonce = root.findtext("TimeStamp"), root.findtext("Nonce")
    return crypto.decrypt_message(answer, root.findtext("MsgSignature"), stamp, nonce)


def app_xml(kind: str, **fields: str) -> str:
    """`fields` in wire names; a value that begins with "<" is put in as it is."""
    common = {
        "ToUserName": "ww00corp",
        "FromUserName": "Chen.Jing",
        "CreateTime": str(STAMP),
        "MsgType": kind,
    }
    words = {**common, "MsgId": "4561255354251345929", "AgentID": "1000002", **fields}
    inner = "".join(
        f"<{name}>{value if value.startswith('<') else f'<![CDATA[{value}]]>'}</{name}>"
        for name, value in words.items()
        if value
    )
    return f"<xml>{inner}</xml>"


def app_event(event: str, **fields: str) -> str:
    return app_xml("event", MsgId="", Event=event, **fields)


def bot_json(kind: str, **fields: object) -> dict:
    return {
        "msgid": "m-001",
        "aibotid": "aib-77",
        "chatid": "wrkGROUP01",
        "chattype": "group",
        "from": {"userid": "Chen.Jing"},
        "response_url": "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1",
        "msgtype": kind,
        **fields,
    }


def bot_event(name: str, **fields: object) -> dict:
    return bot_json("event", create_time=STAMP, event={"eventtype": name, name: fields})


def message(content: Content | None = None, channel: Channel = Channel.BOT) -> IncomingMessage:
    return IncomingMessage("bot:m-001", channel, "chen.jing", content or Text("进度"), "wrkGROUP01", STAMP)


def click(task_id: str = "prj31_s4_v1", key: str = "prj31.s4.done") -> CardClick:
    return CardClick("button_interaction", task_id, key)
