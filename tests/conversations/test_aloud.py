"""What reads every talk aloud must itself be able to object."""

from __future__ import annotations

import pytest

from tests.conversations import aloud
from tests.talk import Talk


@pytest.mark.parametrize(
    "said", ["我们会尽快答复。", "近期办理", "Traceback", "编号None", "（）", "说明：：无", "长" * 700]
)
def test_vague_words_are_heard(talk: Talk, said: str) -> None:
    heard, talk.heard = talk.heard, [said]
    with pytest.raises(AssertionError):
        aloud.read_aloud(talk)
    talk.heard = heard
