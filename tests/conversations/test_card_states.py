"""Every card over the wire: as it comes, tapped (and sent twice), as it ends; and none is forgotten."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from bot import cards
from bot.handlers import CARDS
from bot.platform import Card
from tests.conversations.card_story import LATE, STORIES, Scene
from tests.talk import Talk, text_of

# Cards of a form that is filled in step by step, tested where the form is; what a final state shows is asked of every
# scene below.
ELSEWHERE = {"application_cards.draft": "test_application.py", "issue_cards.to_help": "test_hand_overs.py"}
ENDS = {"issue_cards.settled", "issue_cards.handled"}
KEYS_ELSEWHERE = {
    "form.merge": "test_same_problem.py", "form.change": "test_feedback_form.py", "form.cancel": "test_feedback_form.py",
    "apply.agree": "test_application.py", "apply.submit": "test_application.py", "apply.cancel": "test_application.py",
    "extend.refuse": "test_extension.py", "issue.assign": "test_hand_overs.py", "remind_no_more": "test_clock_words.py", "done": "greyed",
}  # fmt: skip


def test_no_card_is_forgotten() -> None:
    builders = {
        f"{name}.{found}"
        for _, name, _ in iter_modules(cards.__path__)
        for found, function in inspect.getmembers(import_module(f"bot.cards.{name}"), inspect.isfunction)
        if function.__module__ == f"bot.cards.{name}"
        and not found.startswith("_")
        and inspect.signature(function).return_annotation == Card.__name__
    }
    scenes = [scene for story in STORIES.values() for scene in story]
    assert builders <= {scene.builder for scene in scenes} | set(ELSEWHERE) | ENDS
    tapped = {scene.key.partition(":")[0] for scene in scenes} | set(KEYS_ELSEWHERE)
    assert set(CARDS) <= tapped


@pytest.mark.parametrize("story", STORIES)
def test_every_state_over_the_wire(talk: Talk, story: str) -> None:
    for scene in STORIES[story]:
        play(talk, scene)


def play(talk: Talk, scene: Scene) -> None:
    for before in scene.before:
        before(talk)
    card, key = shown(talk, scene)
    heard = len(talk.platform.history(scene.user, scene.chat))
    talk.taps_on(scene.user, card["id"], key, selected=dict(scene.selected), repeat=2)
    after = now(talk, scene, card["id"])
    if scene.line:
        assert scene.line in f"{text_of(after)}{after['state_text']}", (scene, text_of(after))
        assert after != card
        assert not any(one["key"] == key and not one["disabled"] for one in after["buttons"]), scene
        over = all(one["disabled"] or one["key"] == "done" for one in after["buttons"])
        assert not over or "时间:9月" in text_of(after) or scene.builder == "choice_cards.which", text_of(
            after
        )
    else:  # a question or an answer came beside it, once
        came = talk.platform.history(scene.user, scene.chat)[heard:]
        assert came, scene
        assert len({text_of(one) for one in came}) == len(came), scene


def shown(talk: Talk, scene: Scene) -> tuple[dict[str, Any], str]:
    """The newest open card with the button, and the button's whole key."""
    for card in reversed(talk.cards(scene.user, scene.chat)):
        for button in card["buttons"]:
            if button["key"].startswith(scene.key) and not button["disabled"]:
                return card, button["key"]
    raise AssertionError(
        (scene, [text_of(one) for one in talk.platform.history(scene.user, scene.chat)[-4:]])
    )


def now(talk: Talk, scene: Scene, message: str) -> dict[str, Any]:
    return next(one for one in talk.platform.history(scene.user, scene.chat) if one["id"] == message)


def test_a_late_tap_on_a_card_that_was_not_changed_changes_nothing_and_says_so(talk: Talk) -> None:
    for scene, words, answer in LATE:
        for before in scene.before:
            before(talk)
        card, key = shown(talk, scene)
        talk.platform.fault("/cgi-bin/message/update_template_card", errcode=-1, times=20)
        words(talk)
        talk.platform.fault("/cgi-bin/message/update_template_card", errcode=0, times=0)
        stored = talk.stored("outbox", "cards")
        talk.sees(scene.user)
        talk.taps_on(scene.user, card["id"], key)
        assert talk.stored("outbox", "cards") == stored, scene
        assert answer in talk.sees(scene.user)[-1], scene
