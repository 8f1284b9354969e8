"""What the last signature under a form sets off."""

from __future__ import annotations

from collections.abc import Mapping

from bot.moves import completing, entrusting, guide, resuming
from bot.moves.signing import After

AFTER: Mapping[str, After] = {
    "F2": guide.confirmed,
    "F6": completing.closed,
    "F13": entrusting.signed,
    "F17": resuming.resumed,
}
# Jobs wanted after the commit, with the project's id.
JOBS: Mapping[str, str] = {"F13": "create_group"}
