"""Template cards, checked field by field: a broken structure is refused, a long text only noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.limits import BOT_ADVISED, RULES, Refused, Warnings, must_fit

INTERACTIVE = ("button_interaction", "vote_interaction", "multiple_interaction")
NOTICES = ("text_notice", "news_notice")
TASK = re.compile(r"[0-9A-Za-z_@-]+")

Json = dict[str, Any]


@dataclass(frozen=True)
class CardRules:
    """What differs between the senders. `media`: is this id a valid attachment; `user`: is this a member.
    `task_used` is None where the card replaces one that is shown already."""

    door: str  # app | bot | webhook
    media: Callable[[str], bool]
    user: Callable[[str], bool]
    task_used: Callable[[str], bool] | None
    has_callback: bool = True


def check_card(card: object, rules: CardRules) -> list[str]:
    """Raises Refused; returns warnings."""
    if not isinstance(card, dict):
        raise Refused("card_field", "template_card")
    warnings = Warnings(BOT_ADVISED) if rules.door == "bot" else Warnings()
    kind = _text(card, "card_type")
    if kind not in NOTICES + INTERACTIVE:
        raise Refused("card_type")
    if rules.door == "webhook" and kind not in NOTICES:
        raise Refused("webhook_card")
    _check_head(card, warnings)
    _check_lists(card, rules, warnings)
    _check_menu(card, warnings)
    _check_task(card, rules)
    PARTS[kind](card, warnings)
    return warnings.found


def _check_head(card: Json, warnings: Warnings) -> None:
    source, title = _part(card, "source"), _part(card, "main_title")
    if source.get("desc_color", 0) not in (0, 1, 2, 3):
        raise Refused("card_color")
    warnings.advise("source.desc", _text(source, "desc"))
    warnings.advise("main_title.title", _text(title, "title"))
    warnings.advise("main_title.desc", _text(title, "desc"))
    emphasis = _part(card, "emphasis_content")
    warnings.advise("emphasis_content.title", _text(emphasis, "title"))
    warnings.advise("emphasis_content.desc", _text(emphasis, "desc"))
    warnings.advise("sub_title_text", _text(card, "sub_title_text"))
    quote = _part(card, "quote_area")
    if quote:
        _check_link(quote, kinds=(0, 1, 2))
    if card.get("card_action") is not None:
        _check_link(_part(card, "card_action"), kinds=(1, 2))


def _check_link(part: Json, *, kinds: tuple[int, ...]) -> None:
    kind = part.get("type", 0)
    wanted = {0: (), 1: ("url",), 2: ("appid",)}
    if kind not in kinds or not all(_text(part, name) for name in wanted[kind]):
        raise Refused("card_link")


def _check_lists(card: Json, rules: CardRules, warnings: Warnings) -> None:
    for field in _items(card, "horizontal_content_list", "card_fields", least=0):
        _check_field(field, rules, warnings)
    for jump in _items(card, "jump_list", "card_jumps", least=0):
        _check_jump(jump, rules, warnings)
    for paragraph in _items(card, "vertical_content_list", "card_paragraphs", least=0):
        if not _text(paragraph, "title"):
            raise Refused("card_field", "vertical_content_list.title")


def _check_field(field: Json, rules: CardRules, warnings: Warnings) -> None:
    if not _text(field, "keyname"):
        raise Refused("card_field", "horizontal_content_list.keyname")
    warnings.advise("horizontal_content_list.keyname", _text(field, "keyname"))
    warnings.advise("horizontal_content_list.value", _text(field, "value"))
    kind = field.get("type", 0)
    if kind == 2 and rules.door == "app":
        if not rules.media(_text(field, "media_id")):
            raise Refused("media", "horizontal_content_list")
        return
    targets: dict[object, bool] = {
        0: True, 1: bool(_text(field, "url")), 3: rules.user(_text(field, "userid")),
    }  # fmt: skip
    if not targets.get(kind, False):
        raise Refused("card_field_type")


def _check_jump(jump: Json, rules: CardRules, warnings: Warnings) -> None:
    kind = jump.get("type", 0)
    if kind not in ((0, 1, 2, 3) if rules.door == "bot" else (0, 1, 2)):
        raise Refused("card_jump_type")
    if not _text(jump, "title"):
        raise Refused("card_field", "jump_list.title")
    warnings.advise("jump_list.title", _text(jump, "title"))
    must_fit("card_question", _text(jump, "question"))
    if kind != 3:
        _check_link(jump, kinds=(0, 1, 2))


def _check_menu(card: Json, warnings: Warnings) -> None:
    if card.get("action_menu") is None:
        return
    keys = set()
    for action in _items(_part(card, "action_menu"), "action_list", "card_menu"):
        keys.add(_check_key(action))
        warnings.advise("action_list.text", _text(action, "text"))
    if len(keys) != len(card["action_menu"]["action_list"]):
        raise Refused("card_keys_repeated")


def _check_task(card: Json, rules: CardRules) -> None:
    interactive = card["card_type"] in INTERACTIVE or card.get("action_menu") is not None
    task = _text(card, "task_id")
    if interactive and not rules.has_callback:
        raise Refused("card_callback")
    if interactive and not task:
        raise Refused("card_task")
    if not task:
        return
    if not TASK.fullmatch(task):
        raise Refused("card_task_charset")
    must_fit("card_task_long", task)
    if rules.task_used and rules.task_used(task):
        raise Refused("card_task_used")


def _text_notice(card: Json, _warnings: Warnings) -> None:
    if not (_text(_part(card, "main_title"), "title") or _text(card, "sub_title_text")):
        raise Refused("card_title")
    if not _part(card, "card_action"):
        raise Refused("card_action")


def _news_notice(card: Json, _warnings: Warnings) -> None:
    _must_have_title(card)
    if not _part(card, "card_action"):
        raise Refused("card_action")
    image, area = _part(card, "card_image"), _part(card, "image_text_area")
    if not _text(image, "url") and not _text(area, "image_url"):
        raise Refused("card_picture")
    ratio = image.get("aspect_ratio", 1.3)
    if not isinstance(ratio, int | float) or not 1.3 <= ratio <= 2.25:
        raise Refused("card_image_ratio")


def _button_interaction(card: Json, warnings: Warnings) -> None:
    _must_have_title(card)
    keys = []
    for button in _items(card, "button_list", "card_buttons"):
        warnings.advise("button_list.text", _text(button, "text"))
        if button.get("style", 1) not in (1, 2, 3, 4):
            raise Refused("card_button_style")
        if button.get("type", 0) == 1:
            if not (_text(button, "url") and _text(button, "text")):
                raise Refused("card_link", "button_list")
        else:
            keys.append(_check_key(button))
    if len(keys) != len(set(keys)):
        raise Refused("card_keys_repeated")
    selection = _part(card, "button_selection")
    if selection:
        _check_question(selection, "card_options", warnings)


def _vote_interaction(card: Json, warnings: Warnings) -> None:
    _must_have_title(card)
    checkbox = _part(card, "checkbox")
    if not checkbox:
        raise Refused("card_checkbox")
    if checkbox.get("mode", 0) not in (0, 1):
        raise Refused("card_mode")
    _check_question(checkbox, "card_checks", warnings)
    _check_submit(card, warnings)


def _multiple_interaction(card: Json, warnings: Warnings) -> None:
    _must_have_title(card)
    selects = _items(card, "select_list", "card_selects")
    for select in selects:
        warnings.advise("select_list.title", _text(select, "title"))
        _check_question(select, "card_options", warnings)
    if len({select["question_key"] for select in selects}) != len(selects):
        raise Refused("card_question_key")
    _check_submit(card, warnings)


PARTS: Mapping[str, Callable[[Json, Warnings], None]] = {
    "text_notice": _text_notice,
    "news_notice": _news_notice,
    "button_interaction": _button_interaction,
    "vote_interaction": _vote_interaction,
    "multiple_interaction": _multiple_interaction,
}


def _must_have_title(card: Json) -> None:
    if not _text(_part(card, "main_title"), "title"):
        raise Refused("card_title")


def _check_submit(card: Json, warnings: Warnings) -> None:
    button = _part(card, "submit_button")
    if not _text(button, "text") or not _text(button, "key"):
        raise Refused("card_submit")
    warnings.advise("submit_button.text", _text(button, "text"))
    _check_key(button)


def _check_question(question: Json, rule: str, warnings: Warnings) -> None:
    if not _text(question, "question_key"):
        raise Refused("card_question_key")
    must_fit("card_question_key", _text(question, "question_key"))
    options = _items(question, "option_list", rule)
    advice = "checkbox.text" if rule == "card_checks" else "option_list.text"
    ids = set()
    for option in options:
        if not _text(option, "id") or not _text(option, "text"):
            raise Refused("card_option")
        must_fit("card_option_id", _text(option, "id"))
        warnings.advise(advice, _text(option, "text"))
        ids.add(option["id"])
    if len(ids) != len(options) or question.get("selected_id", "") not in ids | {""}:
        raise Refused("card_option")


def _check_key(button: Json) -> str:
    key = _text(button, "key")
    if not key or not _text(button, "text"):
        raise Refused("card_button")
    must_fit("card_key", key)
    return key


def _part(card: Json, name: str) -> Json:
    part = card.get(name) or {}
    if not isinstance(part, dict):
        raise Refused("card_field", name)
    return part


def _text(part: Json, name: str) -> str:
    text = part.get(name)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise Refused("card_field", name)
    return text


def _items(part: Json, name: str, rule: str, *, least: int = 1) -> list[Json]:
    items = part.get(name) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Refused("card_field", name)
    if not least <= len(items) <= RULES[rule].most:
        raise Refused(rule)
    return items
