"""People's words as they were typed: normalising lower-cases and squeezes them."""

from __future__ import annotations

from bot.understanding.characters import normalise


def original_tail(original: str, normalised_rest: str) -> str:
    """What was typed at the end; `normalised_rest` as normalised."""
    words = normalised_rest.strip()
    at = normalise(original).rfind(words) if words else -1
    squeezed = " ".join(original.split())
    return (
        squeezed[at : at + len(words)].strip()
        if at >= 0 and len(squeezed) == len(normalise(original))
        else words
    )
