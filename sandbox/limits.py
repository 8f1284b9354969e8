"""Every limit and refusal of the platform as one table; a test makes one refused call per row.

`RULES[name] = (errcode, what it says, most)`. `most` is bytes, items, seconds or calls as the name says, 0
when there is nothing to count. Lengths in characters (字) are the documents' advice (`ADVISED`): they end as
warnings in the log. Texts the platform cuts without a word are in `CUT`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MINUTE, HOUR, DAY = 60, 3600, 86400
MB = 1024 * 1024

TOKEN_LIFE = 2 * HOUR
LOGIN_CODE_LIFE = 5 * MINUTE
RESPONSE_CODE_LIFE, OLD_RESPONSE_CODE_LIFE = 3 * DAY, DAY
RESPONSE_URL_LIFE = HOUR
FILE_URL_LIFE = 5 * MINUTE
MEDIA_LIFE = 3 * DAY
RECALL_LIFE = DAY
STREAM_LIFE = 6 * MINUTE
DUPLICATE_INTERVAL = 1800
TRIES = 4  # a callback and its three repetitions
MOST_IN_PROGRESS = 3  # interactions of one person with the bot

# Silent drops: (window in seconds, most), counted per member.
APP_PER_MEMBER = ((MINUTE, 30), (HOUR, 1000))
GROUP_PER_MEMBER = ((MINUTE, 200), (DAY, 10000))


@dataclass(frozen=True)
class Rule:
    errcode: int
    says: str
    most: int = 0


RULES: dict[str, Rule] = {
    # access
    "json": Rule(47001, "data format error"),
    "corp_id": Rule(40013, "invalid corpid"),
    "secret": Rule(40001, "invalid credential, secret is wrong"),
    "token_missing": Rule(41001, "access_token missing"),
    "token": Rule(40014, "invalid access_token"),
    "token_expired": Rule(42001, "access_token expired"),
    "calls_per_minute": Rule(45009, "api freq out of limit"),
    "agent_id": Rule(40056, "invalid agentid"),
    # message/send
    "nobody": Rule(82001, "touser, toparty and totag are all empty"),
    "receivers": Rule(40058, "touser: too many receivers", 1000),
    "parties": Rule(40058, "toparty: too many departments", 100),
    "tags": Rule(40058, "totag: too many tags", 100),
    "all_invalid": Rule(81013, "user & party & tag all invalid"),
    "message_type": Rule(40008, "invalid message type"),
    "parameter": Rule(40058, "missing or invalid parameter"),
    "safe": Rule(40058, "safe: invalid value"),
    "duplicate_interval": Rule(40058, "duplicate_check_interval: too long", 4 * HOUR),
    "app_per_day": Rule(45009, "person-times per day of the app", 200),
    "empty_text": Rule(44004, "empty content"),
    "media": Rule(40007, "invalid media_id"),
    "markdown": Rule(45002, "markdown content too long", 2048),
    "textcard": Rule(40058, "textcard: title, description and url are wanted"),
    "textcard_url": Rule(40058, "textcard.url too long", 2048),
    "video_title": Rule(45002, "video.title too long", 128),
    "video_description": Rule(45002, "video.description too long", 512),
    "articles": Rule(45008, "articles: 1 to 8", 8),
    "article_title": Rule(41016, "article without title"),
    "article_content": Rule(45002, "mpnews content too long", 666 * 1024),
    "miniprogram": Rule(40058, "miniprogram_notice: appid and title are wanted"),
    # template cards
    "card_type": Rule(40058, "template_card.card_type invalid"),
    "card_field": Rule(40058, "template_card: a field has the wrong shape"),
    "card_callback": Rule(40058, "this card needs a callback url"),
    "card_title": Rule(40058, "template_card: main_title.title or sub_title_text is wanted"),
    "card_action": Rule(40058, "template_card.card_action is wanted"),
    "card_picture": Rule(40058, "template_card: card_image or image_text_area is wanted"),
    "card_image_ratio": Rule(40058, "card_image.aspect_ratio: 1.3 to 2.25"),
    "card_color": Rule(40058, "source.desc_color: 0 to 3"),
    "card_link": Rule(40058, "template_card: a link without its target"),
    "card_menu": Rule(40058, "action_menu.action_list: 1 to 3", 3),
    "card_fields": Rule(40058, "horizontal_content_list: at most 6", 6),
    "card_field_type": Rule(40058, "horizontal_content_list: unknown type or missing target"),
    "card_jumps": Rule(40058, "jump_list: at most 3", 3),
    "card_jump_type": Rule(40058, "jump_list: unknown type"),
    "card_question": Rule(40058, "jump_list.question too long", 200),
    "card_paragraphs": Rule(40058, "vertical_content_list: at most 4", 4),
    "card_buttons": Rule(40058, "button_list: 1 to 6", 6),
    "card_button": Rule(40058, "button: text and key are wanted"),
    "card_button_style": Rule(40058, "button.style: 1 to 4"),
    "card_key": Rule(40058, "key too long", 1024),
    "card_keys_repeated": Rule(40058, "key repeated"),
    "card_task": Rule(40058, "task_id is wanted"),
    "card_task_charset": Rule(40058, "task_id: 0-9 A-Z a-z _ - @"),
    "card_task_long": Rule(40058, "task_id too long", 128),
    "card_task_used": Rule(40058, "task_id has been used"),
    "card_checkbox": Rule(40058, "checkbox is wanted"),
    "card_checks": Rule(40058, "checkbox.option_list: 1 to 20", 20),
    "card_mode": Rule(40058, "checkbox.mode: 0 or 1"),
    "card_submit": Rule(40058, "submit_button: text and key are wanted"),
    "card_selects": Rule(40058, "select_list: 1 to 3", 3),
    "card_options": Rule(40058, "option_list: 1 to 10", 10),
    "card_question_key": Rule(40058, "question_key missing, repeated or too long", 1024),
    "card_option": Rule(40058, "option: id and text are wanted, ids once"),
    "card_option_id": Rule(40058, "option id too long", 128),
    # update and recall
    "response_code": Rule(40058, "response_code invalid"),
    "response_code_used": Rule(40058, "response_code has been used"),
    "response_code_expired": Rule(40058, "response_code expired"),
    "update_receivers": Rule(40058, "userids, partyids, tagids or atall is wanted", 1000),
    "update_face": Rule(40058, "button.replace_name or template_card is wanted"),
    "recall_foreign": Rule(40058, "msgid is not of this app"),
    "recall_late": Rule(40058, "message is older than 24 hours"),
    # groups of the app
    "appchat_right": Rule(48002, "api forbidden: the app's visible range is not the root"),
    "group_name": Rule(86004, "invalid group name"),
    "group_owner": Rule(86005, "invalid owner"),
    "group_size": Rule(86006, "member count: 2 to 2000", 2000),
    "group_member": Rule(86007, "unknown member"),
    "group_member_id": Rule(86216, "illegal member id"),
    "group_owner_outside": Rule(86207, "owner is not in the member list"),
    "group_chat_id": Rule(86001, "chatid: 0-9 a-z A-Z, at most 32", 32),
    "group_exists": Rule(86215, "chatid exists"),
    "group_unknown": Rule(86003, "chatid unknown"),
    "group_foreign": Rule(86008, "not a group of this app"),
    "group_creates": Rule(45009, "groups created per day", 1000),
    "group_changes": Rule(45009, "groups changed per hour", 1000),
    "group_person_times": Rule(45009, "person-times per minute in groups", 20000),
    # media
    "media_type": Rule(40005, "type: image, voice, video or file"),
    "media_empty": Rule(44001, "empty media data", 5),
    "media_kind": Rule(40004, "file type does not fit"),
    "media_image_size": Rule(45001, "image too big", 10 * MB),
    "media_voice_size": Rule(45001, "voice too big", 2 * MB),
    "media_video_size": Rule(45001, "video too big", 10 * MB),
    "media_file_size": Rule(45001, "file too big", 20 * MB),
    "media_voice_long": Rule(45007, "voice longer than 60 s", 60),
    # webhook of a group
    "webhook_key": Rule(93000, "invalid webhook url or bot removed"),
    "webhook_rate": Rule(45009, "20 messages a minute", 20),
    "webhook_text": Rule(45002, "text too long", 2048),
    "webhook_markdown": Rule(45002, "markdown too long", 4096),
    "webhook_image": Rule(40058, "image: base64 and its md5, at most 2 MB", 2 * MB),
    "webhook_card": Rule(40058, "only text_notice and news_notice"),
    # people
    "userid": Rule(40003, "invalid userid"),
    "user_unknown": Rule(60111, "userid not found"),
    "department": Rule(60003, "department not found"),
    "login_code": Rule(40029, "invalid or used code"),
    "login_code_expired": Rule(42003, "code expired"),
    "redirect": Rule(50001, "redirect_uri: domain not trusted"),
    "userinfo_right": Rule(48001, "api unauthorized"),
    "plain_only": Rule(48002, "api forbidden in this edition"),
    # menu
    "menu_buttons": Rule(40016, "menu: 1 to 3 entries", 3),
    "menu_sub_buttons": Rule(40058, "sub_button: 1 to 5 entries", 5),
    "menu_type": Rule(40058, "menu: unknown type"),
    "menu_name": Rule(40058, "menu: name missing or too long", 16),
    "menu_sub_name": Rule(40058, "menu: name missing or too long", 40),
    "menu_key": Rule(40058, "menu: key missing or too long", 128),
    "menu_url": Rule(40058, "menu: url missing or too long", 1024),
    # the bot's later answer
    "bot_code": Rule(40058, "response_code invalid"),
    "bot_code_used": Rule(40058, "response_code has been used"),
    "bot_code_expired": Rule(40058, "response_code expired"),
    "bot_type": Rule(40008, "invalid message type"),
    "bot_markdown": Rule(45002, "markdown content too long", 20480),
    "bot_feedback": Rule(40058, "feedback.id too long", 256),
    "bot_card_in_group": Rule(40058, "template_card: single chats only"),
}

# Texts in bytes that the platform cuts without refusing.
CUT: dict[str, int] = {"text": 2048, "textcard.title": 128, "textcard.description": 512}

# Characters (字) beyond which a client may show an ellipsis.
ADVISED: dict[str, int] = {
    "main_title.title": 36,
    "main_title.desc": 44,
    "sub_title_text": 112,
    "emphasis_content.title": 10,
    "emphasis_content.desc": 15,
    "source.desc": 13,
    "horizontal_content_list.keyname": 5,
    "horizontal_content_list.value": 26,
    "jump_list.title": 13,
    "button_list.text": 10,
    "action_list.text": 10,
    "submit_button.text": 10,
    "checkbox.text": 11,
    "select_list.title": 13,
    "option_list.text": 10,
    "textcard.btntxt": 4,
}
BOT_ADVISED: dict[str, int] = {**ADVISED, "main_title.title": 26, "main_title.desc": 30}


class Refused(Exception):
    """The platform says no. `rule` is a name of RULES; `detail` goes into errmsg."""

    def __init__(self, rule: str, detail: str = "") -> None:
        super().__init__(rule)
        self.rule, self.detail = rule, detail

    @property
    def errcode(self) -> int:
        return RULES[self.rule].errcode

    @property
    def answer(self) -> dict[str, Any]:
        says = RULES[self.rule].says
        return {"errcode": self.errcode, "errmsg": f"{says}: {self.detail}" if self.detail else says}


def size(text: str) -> int:
    return len(text.encode())


def must_fit(rule: str, text: str) -> None:
    """At most RULES[rule].most bytes."""
    if size(text) > RULES[rule].most:
        raise Refused(rule)


def cut(text: str, most: int) -> str:
    """At most so many bytes, never through the middle of a character."""
    return text.encode()[:most].decode(errors="ignore")


@dataclass
class Warnings:
    """Advice that was not followed: the call goes through, the log tells."""

    advised: dict[str, int] = field(default_factory=lambda: ADVISED)
    found: list[str] = field(default_factory=list)

    def advise(self, name: str, text: str) -> None:
        most = self.advised[name]
        if len(text) > most:
            self.found.append(f"{name}: {len(text)} 字，建议不超过 {most} 字")

    def shorten(self, name: str, text: str) -> str:
        """The text as the platform shows it."""
        short = cut(text, CUT[name])
        if short != text:
            self.found.append(f"{name}: 超过 {CUT[name]} 字节，已截断")
        return short
