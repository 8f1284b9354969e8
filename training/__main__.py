"""`python -m training [--out FILE]`: needs requirements-train.txt; the product itself does not."""

from __future__ import annotations

import argparse
import json
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.siteconfig import read_site_document
from bot.understanding.characters import DATA, normalise
from bot.understanding.dictionary import FORM_WORDS, Dictionary
from bot.understanding.features import ROWS, features, row_of
from bot.understanding.judging import judged_text
from bot.understanding.marks import mark
from bot.understanding.model import ZERO
from domain.site import Site
from training.expand import Fillers, Message, messages
from training.fitting import fitted
from training.joined import by_hand, is_held_out, off_topic

TIMES, SEED = 4, 7
OFF_TOPIC = 0.5  # what one message of the class “none” weighs
BY_HAND = 8.0  # what one written by hand weighs
GATE = 3.0  # what one by hand or off topic weighs for telling business from other talk
NEITHER = ("greet", "thanks", "confirm", "deny", "cancel", "none/unclear")
RARE = 0.4  # how much more a message of a rare class weighs


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, default=DATA / "model.bin")
    options.add_argument(
        "--held-out",
        action="store_true",
        help="leave every fifth message by hand out, half of the off-topic ones",
    )
    chosen = options.parse_args()
    site = Site.from_document(read_site_document(Path("config")))
    dictionary = Dictionary(site)
    hand = [one for one in by_hand() if not (chosen.held_out and is_held_out(one.text))]
    data = [*messages(fillers(site, dictionary), SEED, TIMES), *hand]
    off = list(off_topic(half=chosen.held_out))
    classes = sorted({m.label for m in data})
    print(
        f"{len(data)} messages of {len(classes)} kinds, {len(hand)} by hand, {len(off)} off topic",
        file=sys.stderr,
    )
    table, labels = matrix([*data, *off], classes, dictionary)
    generated = len(data) - len(hand)
    weights, bias = fitted(table, labels, weighed(labels, generated, len(hand), len(classes)), len(classes))
    add_gate(weights, bias, table, labels, classes, range(generated, len(data)))
    write(chosen.out, classes, weights, bias)
    return 0


def add_gate(weights: Any, bias: Any, table: Any, labels: Any, classes: list[str], hand: range) -> None:
    """What a second model, which only tells business from other talk, says is added to the class “none”."""
    none = classes.index("none")
    some = ~np.isin(labels, [classes.index(one) for one in NEITHER])
    heavy = np.ones(len(labels), np.float32)
    heavy[hand.start :] = GATE
    is_other = (labels == none).astype(int)
    told, tilt = fitted(table[some], is_other[some], heavy[some], 2)
    weights[:, none] += told[:, 1] - told[:, 0]
    bias[none] += tilt[1] - tilt[0]


def fillers(site: Site, dictionary: Dictionary) -> Fillers:
    items = []
    for item in site.catalogue.items.values():
        more = dictionary.lexicon.paraphrases.get(item.id, ())
        items.append((item.id, [item.spoken] * 2 + list(item.aliases) * 2 + list(item.typos) + list(more)))
    departments = [word for one in site.departments.values() for word in (one.short, *one.aliases)]
    return Fillers(items, departments, list(FORM_WORDS), list(site.catalogue.stages))


def matrix(data: Iterable[Message], classes: list[str], dictionary: Dictionary) -> tuple[Any, Any]:
    indices: list[int] = []
    values: list[float] = []
    starts, labels = [0], []
    for message in data:
        masked, signs = judged_text(mark(normalise(message.text), dictionary), dictionary)
        rows = {row_of(one) for one in features(masked, message.role, signs)}
        indices += rows
        values += [1 / np.sqrt(len(rows))] * len(rows)
        starts.append(len(indices))
        labels.append(classes.index(message.label))
    table = csr_matrix((values, indices, starts), shape=(len(labels), ROWS), dtype=np.float32)
    return table, np.array(labels)


def weighed(labels: Any, generated: int, by_hand: int, classes: int) -> Any:
    """In the order of the table: generated messages, those by hand, those off topic."""
    weights = (1 / np.maximum(1, np.bincount(labels, minlength=classes))[labels]) ** RARE
    weights /= weights.mean()
    weights[generated : generated + by_hand] *= BY_HAND
    weights[generated + by_hand :] = OFF_TOPIC
    return weights.astype(np.float32)


def write(path: Path, classes: list[str], weights: Any, bias: Any) -> None:
    """Bytes: the length of the head, the head (JSON), one byte for each row and class."""
    scale = float(np.percentile(np.abs(weights[np.abs(weights) > 0]), 99.98)) / (ZERO - 1)
    bytes_ = np.clip(np.round(weights / scale), -(ZERO - 1), ZERO - 1).astype(np.int16) + ZERO
    head = json.dumps(
        {"classes": classes, "bias": [round(float(one), 4) for one in bias], "scale": scale}
    ).encode()
    path.write_bytes(struct.pack("<I", len(head)) + head + bytes_.astype(np.uint8).tobytes())
    print(f"{path}: {path.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
