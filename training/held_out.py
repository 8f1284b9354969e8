"""`python -m training.held_out MODEL`: what a model of `--held-out` makes of the messages by hand it has not seen,
by class and by confusion; on these, features, figures and thresholds are chosen."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bot.siteconfig import calendar_of, read_site_document
from bot.understanding import judging
from bot.understanding.dictionary import Dictionary
from bot.understanding.lines import understand_line
from bot.understanding.model import Model
from domain.site import Site
from tests.understanding.measures import Measures, measure
from tests.understanding.rows import NOW
from training.joined import by_hand, is_held_out


def main() -> int:
    chosen = Model(Path(sys.argv[1]))
    judging.model = lambda: chosen  # type: ignore[assignment]
    site = Site.from_document(read_site_document(Path("config")))
    dictionary, calendar = Dictionary(site), calendar_of(site)
    left = [one for one in by_hand() if is_held_out(one.text)]
    rows = [
        {
            "text": one.text,
            "role": one.role,
            "chat": "single",
            "now": NOW,
            "gold": {"acts": [{"intent": one.label.partition("/")[0], "slots": {}}], "decision": ""},
        }
        for one in left
    ]
    answers = [understand_line(row, dictionary, calendar) for row in rows]
    show(measure(rows, answers))
    confusions: Counter[tuple[str, str]] = Counter()
    for row, answer in zip(rows, answers, strict=True):
        gold, said = row["gold"]["acts"][0]["intent"], "+".join(act["intent"] for act in answer["acts"])  # type: ignore[index]
        confusions[gold, said] += gold != said
    for (gold, said), count in confusions.most_common(40):
        print(f"{count:4} {gold} → {said}")
    return 0


def show(found: Measures) -> None:
    print(f"{sum(found.wanted.values())} messages: macro-F1 {found.macro:.3f}")
    for intent in sorted(found.wanted, key=found.f1):
        print(
            f"  {intent:<18} P {found.precision(intent):.2f}  R {found.recall(intent):.2f}  F1 {found.f1(intent):.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
