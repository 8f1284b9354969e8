"""What the model is shown of a message, and what it says: intents with their chances."""

from __future__ import annotations

from bot.understanding.dictionary import Dictionary
from bot.understanding.marks import Marked
from bot.understanding.model import model


def judged_text(marked: Marked, dictionary: Dictionary) -> tuple[str, tuple[str, ...]]:
    """The masked text in written words, and the signs rules have seen in it."""
    signs = tuple(sorted({f.kind for f in marked.found})) or ("nothing",)
    return dictionary.lexicon.plain(marked.masked), signs


def judge(marked: Marked, role: str, dictionary: Dictionary) -> list[tuple[str, float]]:
    """Kinds (an intent, or guide/aspect), most likely first."""
    masked, signs = judged_text(marked, dictionary)
    return model().chances(masked, role, signs)
