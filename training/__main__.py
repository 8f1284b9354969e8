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
from sklearn.linear_model import LogisticRegression

from bot.siteconfig import read_site_document
from bot.understanding.characters import DATA, normalise
from bot.understanding.dictionary import FORM_WORDS, Dictionary
from bot.understanding.features import ROWS, features, row_of
from bot.understanding.judging import judged_text
from bot.understanding.marks import mark
from bot.understanding.model import ZERO
from domain.site import Site
from training.expand import Fillers, Message, messages
from training.joined import by_hand, confirmed

TIMES, SEED = 9, 7
OFF_TOPIC = 0.3  # what one message of the class “none” weighs


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, default=DATA / "model.bin")
    options.add_argument("--c", type=float, default=30.0)
    chosen = options.parse_args()
    site = Site.from_document(read_site_document(Path("config")))
    dictionary = Dictionary(site)
    data = [*messages(fillers(site, dictionary), SEED, TIMES), *by_hand()]
    off = list(confirmed())
    print(
        f"{len({m.text for m in data})} messages of {len({m.label for m in data})} kinds, {len(off)} off topic",
        file=sys.stderr,
    )
    classes = sorted({m.label for m in data})
    table, labels, weights = matrix([*data, *off], classes, dictionary)
    model = LogisticRegression(C=chosen.c, max_iter=110, tol=2e-3)
    model.fit(table, labels, sample_weight=weights)
    assert list(model.classes_) == list(range(len(classes)))
    write(chosen.out, classes, model)
    return 0


def fillers(site: Site, dictionary: Dictionary) -> Fillers:
    items = []
    for item in site.catalogue.items.values():
        more = dictionary.lexicon.paraphrases.get(item.id, ())
        items.append((item.id, [item.spoken] * 2 + list(item.aliases) * 2 + list(item.typos) + list(more)))
    departments = [word for one in site.departments.values() for word in (one.short, *one.aliases)]
    return Fillers(items, departments, list(FORM_WORDS), list(site.catalogue.stages))


def matrix(data: Iterable[Message], classes: list[str], dictionary: Dictionary) -> tuple[Any, Any, Any]:
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
    table = csr_matrix((values, indices, starts), shape=(len(labels), ROWS), dtype=np.float64)
    counts = np.bincount(labels, minlength=len(classes))
    weights = np.array(
        [
            OFF_TOPIC
            if label == classes.index("none")
            else (len(labels) / len(classes) / counts[label]) ** 0.5
            for label in labels
        ]
    )
    return table, np.array(labels), weights


def write(path: Path, classes: list[str], model: Any) -> None:
    """Bytes: the length of the head, the head (JSON), one byte for each row and class."""
    weights = model.coef_.T
    scale = float(np.percentile(np.abs(weights), 99.98)) / (ZERO - 1)
    bytes_ = np.clip(np.round(weights / scale), -(ZERO - 1), ZERO - 1).astype(np.int16) + ZERO
    head = json.dumps(
        {"classes": classes, "bias": [round(float(one), 4) for one in model.intercept_], "scale": scale}
    ).encode()
    path.write_bytes(struct.pack("<I", len(head)) + head + bytes_.astype(np.uint8).tobytes())
    print(f"{path}: {path.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
