"""A card's two other forms: CamelCase XML for the app's passive update, numbered text where none shows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.platform import Card, CardKind, Channel
from bot.wecom.cards import card_json
from bot.wecom.limits import printable

# Where the XML name is not simply the JSON name in CamelCase (90241).
_NAMES = {"keyname": "KeyName", "userid": "UserId", "checkbox": "CheckBox"}


@dataclass(frozen=True)
class NumberedChoice:
    """One line of a card's text form. `question` is "" for a button, else the key of the choice."""

    number: int
    text: str
    key: str
    question: str = ""


def card_xml(card: Card) -> str:
    return element("TemplateCard", card_json(card, Channel.APP))


def element(name: str, value: object) -> str:
    """One element; a list repeats it."""
    if isinstance(value, list):
        return "".join(element(name, each) for each in value)
    if isinstance(value, dict):
        inner = "".join(element(_camel(key), each) for key, each in value.items())
        return f"<{name}>{inner}</{name}>"
    if isinstance(value, bool):
        return f"<{name}>{str(value).lower()}</{name}>"
    if isinstance(value, int | float):
        return f"<{name}>{value}</{name}>"
    return f"<{name}>{cdata(str(value))}</{name}>"


def cdata(text: str) -> str:
    return f"<![CDATA[{printable(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _camel(name: str) -> str:
    return _NAMES.get(name) or "".join(part.capitalize() for part in name.split("_"))


def numbered_choices(card: Card) -> tuple[NumberedChoice, ...]:
    """What a person may answer with a number instead of a tap, numbered through from 1."""
    if card.replaced is not None:
        return ()
    if card.kind is CardKind.BUTTONS:
        offered = [(button.text, button.key, "") for button in card.buttons if not button.url]
    else:
        open_choices = (choice for choice in card.choices if not choice.disabled)
        offered = [(text, key, choice.key) for choice in open_choices for key, text in choice.options]
    return tuple(NumberedChoice(number, *each) for number, each in enumerate(offered, start=1))


def card_as_text(card: Card) -> str:
    """Everything the card says, uncut, with what to type instead: its commands ("回复 3 内容"), else its choices numbered
    ("1 我来办")."""
    lines = [f"【{card.title}】", card.desc]
    if card.emphasis:
        lines.append("：".join(reversed(card.emphasis)))
    lines += [f"“{card.quote}”" if card.quote else "", card.body]
    lines += [f"{field.name}：{field.value} {field.url or ''}".rstrip() for field in card.fields]
    lines += _choice_lines(card)
    pages = (*card.links, *((button.text, button.url) for button in card.buttons if button.url))
    lines += [f"{text}：{url}" for text, url in pages]
    if card.url and card.url not in {url for _, url in pages}:
        lines.append(f"详情：{card.url}")
    lines.append(f"（{card.replaced}）" if card.replaced else "")
    return "\n".join(line for line in lines if line)


def _choice_lines(card: Card) -> list[str]:
    if card.commands:
        return ["请发送：", *card.commands]
    numbered = numbered_choices(card)
    lines: list[str] = []
    if card.kind is CardKind.BUTTONS:
        # The drop-down beside buttons only adds to them: its options are told, not numbered.
        for choice in card.choices:
            lines.append(f"{choice.title}：{' / '.join(text for _, text in choice.options)}")
        return lines + [f"{each.number} {each.text}" for each in numbered]
    for choice in card.choices:
        lines.append(f"{choice.title}：")
        lines += [f"{each.number} {each.text}" for each in numbered if each.question == choice.key]
    return lines
