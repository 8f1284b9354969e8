"""Cards as the platform's JSON and XML, cut to its limits by construction (101032, 90236).

What cannot be cut without changing its meaning (ids, keys, a missing button) is refused with ValueError: a
card is built by our own code, so that is a mistake of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.platform import Card, CardButton, CardField, CardKind, Channel, Choice
from bot.wecom.limits import cut_chars, one_line

Json = dict[str, object]

_TASK_ID = re.compile("[0-9A-Za-z_@-]{1,128}")
_URL = re.compile(r"https?://\S+")
_INTERACTIVE = frozenset({CardKind.BUTTONS, CardKind.VOTE, CardKind.FORM})


@dataclass(frozen=True)
class _Most:
    """Characters of the two headings; everything else is the same for both channels."""

    title: int
    desc: int


_MOST = {Channel.APP: _Most(36, 44), Channel.BOT: _Most(26, 30)}
_BUTTONS, _BUTTON_TEXT, _FIELDS, _LINKS, _MENU = 6, 10, 6, 3, 3


def card_json(card: Card, channel: Channel) -> Json:
    """The `template_card` of a message, an answer or an update."""
    card = _possible(card, channel)
    _refuse_mistakes(card)
    most = _MOST[channel]
    json: Json = {"card_type": str(card.kind)}
    if card.source:
        json["source"] = {"desc": one_line(card.source, 13), "desc_color": 0}
    if card.menu:
        json["action_menu"] = {"desc": "更多", "action_list": [_entry(*entry) for entry in card.menu[:_MENU]]}
    if card.task_id:
        json["task_id"] = card.task_id
    json["main_title"] = _heading(card, most)
    json |= _PARTS[card.kind](card, channel)
    return json


def _possible(card: Card, channel: Channel) -> Card:
    """The bot's buttons cannot open pages: those become the card's own link, and without others a notice."""
    if channel is Channel.APP or card.kind is not CardKind.BUTTONS:
        return card
    pages = tuple((button.text, button.url) for button in card.buttons if button.url is not None)
    if not pages:
        return card
    clicks = tuple(button for button in card.buttons if not button.url)
    kind, choices = (card.kind, card.choices) if clicks else (CardKind.NOTICE, ())
    links, url = (*card.links, *pages), card.url or pages[0][1]
    return replace(card, kind=kind, choices=choices, buttons=clicks, links=links, url=url)


def _refuse_mistakes(card: Card) -> None:
    if card.task_id and not _TASK_ID.fullmatch(card.task_id):
        raise ValueError("a task_id has 1 to 128 letters, digits, _, - or @")
    if (card.kind in _INTERACTIVE or card.menu) and not card.task_id:
        raise ValueError(f"a {card.kind} card with something to click needs a task_id")
    if not card.title.strip():
        raise ValueError("a card needs a title")
    choices, (least, most) = len(card.choices), _CHOICES[card.kind]
    if not least <= choices <= most:
        raise ValueError(f"a {card.kind} card has {least} to {most} choices")
    for url in (card.url, card.image_url, *(url for _, url in card.links), *(b.url for b in card.buttons)):
        if url is not None and not (_URL.fullmatch(url) and len(url.encode()) <= 2048):
            raise ValueError("a card's addresses are http(s) and at most 2048 bytes")


_CHOICES = {
    CardKind.NOTICE: (0, 0),
    CardKind.NEWS: (0, 0),
    CardKind.BUTTONS: (0, 1),
    CardKind.VOTE: (1, 1),
    CardKind.FORM: (1, 3),
}


# ---------------------------------------------------------------- one function per kind


def _notice(card: Card, channel: Channel) -> Json:
    json = _details(card, channel)
    if card.emphasis:
        number, meaning = card.emphasis
        json["emphasis_content"] = {"title": one_line(number, 10), "desc": one_line(meaning, 15)}
    return json | _jumps(card) | _required_action(card)


def _news(card: Card, channel: Channel) -> Json:
    if not card.image_url:
        raise ValueError("a news_notice card needs an image")
    json = _details(card, channel)
    body = json.pop("sub_title_text", "")
    if body:
        json["vertical_content_list"] = [{"title": "说明", "desc": body}]
    json["card_image"] = {"url": card.image_url, "aspect_ratio": 2.25}
    return json | _jumps(card) | _required_action(card)


def _buttons(card: Card, channel: Channel) -> Json:
    json = _details(card, channel)
    url = card.url or next((url for _, url in card.links), None)
    if url:
        json["card_action"] = {"type": 1, "url": url}
    if card.choices:
        (choice,) = card.choices
        json["button_selection"] = _selection(card, choice)
    buttons = [_button(button) for button in card.buttons]
    if not buttons:
        raise ValueError("a button_interaction card needs a button")
    if channel is Channel.BOT and card.replaced is not None:
        # The bot's cards know no greyed text: one grey button stays; its click repeats what is already done.
        buttons = [buttons[0] | {"text": one_line(card.replaced, _BUTTON_TEXT), "style": 2}]
    json["button_list"] = buttons[:_BUTTONS]
    return json | _replaced(card, channel)


def _vote(card: Card, channel: Channel) -> Json:
    (choice,) = card.choices
    options = [
        {"id": _id(key), "text": one_line(text, 11), "is_checked": key in choice.selected}
        for key, text in choice.options[:20]
    ]
    checkbox: Json = {"question_key": _id(choice.key), "mode": int(choice.many), "option_list": options}
    if _closed(card, choice):
        checkbox["disable"] = True
    return {"checkbox": checkbox} | _submit(card, channel)


def _form(card: Card, channel: Channel) -> Json:
    return {"select_list": [_selection(card, choice) for choice in card.choices]} | _submit(card, channel)


_PARTS = {
    CardKind.NOTICE: _notice,
    CardKind.NEWS: _news,
    CardKind.BUTTONS: _buttons,
    CardKind.VOTE: _vote,
    CardKind.FORM: _form,
}


# ---------------------------------------------------------------- pieces


def _heading(card: Card, most: _Most) -> Json:
    # Cards to vote and to fill in have no body: what there is of it goes under the title.
    bodiless = card.kind in (CardKind.VOTE, CardKind.FORM)
    desc = " ".join(filter(None, (card.desc, card.body))) if bodiless else card.desc
    heading: Json = {"title": one_line(card.title, most.title)}
    return heading | ({"desc": one_line(desc, most.desc)} if desc else {})


def _details(card: Card, channel: Channel) -> Json:
    json: Json = {}
    if card.quote:
        json["quote_area"] = {"type": 0, "quote_text": cut_chars(card.quote, 200)}
    if card.body:
        json["sub_title_text"] = cut_chars(card.body, 112)
    if card.fields:
        json["horizontal_content_list"] = [_field(field, channel) for field in card.fields[:_FIELDS]]
    return json


def _field(field: CardField, channel: Channel) -> Json:
    json: Json = {"keyname": one_line(field.name, 5), "value": one_line(field.value, 26)}
    if field.url:
        return json | {"type": 1, "url": field.url}
    if field.media_id and channel is Channel.APP:
        return json | {"type": 2, "media_id": field.media_id}
    if field.userid:
        return json | {"type": 3, "userid": field.userid}
    return json


def _button(button: CardButton) -> Json:
    json: Json = {"text": one_line(button.text, _BUTTON_TEXT), "style": button.style}
    return json | ({"type": 1, "url": button.url} if button.url else {"key": _key(button.key)})


def _selection(card: Card, choice: Choice) -> Json:
    options = [{"id": _id(key), "text": one_line(text, 10)} for key, text in choice.options[:10]]
    json: Json = {
        "question_key": _id(choice.key),
        "title": one_line(choice.title, 13),
        "option_list": options,
    }
    if choice.selected:
        json["selected_id"] = choice.selected[0]
    if _closed(card, choice):
        json["disable"] = True
    return json


def _closed(card: Card, choice: Choice) -> bool:
    return choice.disabled or card.replaced is not None


def _submit(card: Card, channel: Channel) -> Json:
    if not card.submit:
        raise ValueError(f"a {card.kind} card needs a submit button")
    text, key = card.submit
    shown = card.replaced if channel is Channel.BOT and card.replaced is not None else text
    return {"submit_button": _entry(shown, key)} | _replaced(card, channel)


def _replaced(card: Card, channel: Channel) -> Json:
    if channel is Channel.BOT or card.replaced is None:
        return {}
    return {"replace_text": one_line(card.replaced, _BUTTON_TEXT)}


def _entry(text: str, key: str) -> Json:
    return {"text": one_line(text, _BUTTON_TEXT), "key": _key(key)}


def _jumps(card: Card) -> Json:
    links = [{"type": 1, "title": one_line(text, 13), "url": url} for text, url in card.links[:_LINKS]]
    return {"jump_list": links} if links else {}


def _required_action(card: Card) -> Json:
    url = card.url or next((url for _, url in card.links), None)
    if not url:
        raise ValueError(f"a {card.kind} card needs an address to open")
    return {"card_action": {"type": 1, "url": url}}


def _key(key: str) -> str:
    if not 1 <= len(key.encode()) <= 1024:
        raise ValueError("a key has 1 to 1024 bytes")
    return key


def _id(key: str) -> str:
    if not 1 <= len(key.encode()) <= 128:
        raise ValueError("an option's id has 1 to 128 bytes")
    return key
