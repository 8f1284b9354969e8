"""A linear model on the features, as trained by `python -m training`: pure Python, one addition a feature.

The file holds the classes, a bias for each and, for each row, one byte a class (weight + 128). A row is read as one
long number with sixteen bits a class, so that adding two numbers adds all classes at once.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.understanding.characters import DATA
from bot.understanding.features import ROWS, features, row_of

ZERO = 128
_AT_ONCE = 250  # of 255 at most, so that no sum runs over into its neighbour


class Model:
    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        (length,) = struct.unpack_from("<I", raw)
        head = json.loads(raw[4 : 4 + length])
        self.classes: tuple[str, ...] = tuple(head["classes"])
        self._bias: tuple[float, ...] = tuple(head["bias"])
        self._scale: float = head["scale"]
        weights = raw[4 + length :]
        self._width = len(self.classes)
        if len(weights) != ROWS * self._width:
            raise ValueError("the model file is of another make")
        self._rows = [_spread(weights[at : at + self._width]) for at in range(0, len(weights), self._width)]

    def margins(self, masked: str, role: str, signs: tuple[str, ...] = ()) -> list[float]:
        rows = {row_of(feature) for feature in features(masked, role, signs)}
        totals = [0] * self._width
        left, read = list(rows), self._rows.__getitem__
        for at in range(0, len(left), _AT_ONCE):
            part = left[at : at + _AT_ONCE]
            summed = sum(map(read, part)).to_bytes(2 * self._width, "little")
            found = struct.unpack(f"<{self._width}H", summed)
            off = ZERO * len(part)
            totals = [total + one - off for total, one in zip(totals, found, strict=True)]
        factor = self._scale / math.sqrt(len(left))
        return [bias + factor * total for bias, total in zip(self._bias, totals, strict=True)]

    def chances(self, masked: str, role: str, signs: tuple[str, ...]) -> list[tuple[str, float]]:
        """The classes, most likely first."""
        chances = softmax(self.margins(masked, role, signs))
        return sorted(zip(self.classes, chances, strict=True), key=lambda one: -one[1])


def _spread(weights: bytes) -> int:
    """Sixteen bits for each of these bytes, in one number."""
    wide = bytearray(2 * len(weights))
    wide[::2] = weights
    return int.from_bytes(wide, "little")


def softmax(margins: Sequence[float]) -> list[float]:
    top = max(margins)
    powers = [math.exp(margin - top) for margin in margins]
    whole = sum(powers)
    return [power / whole for power in powers]


@cache
def model() -> Model:
    return Model(DATA / "model.bin")
