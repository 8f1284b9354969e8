"""What the last signature under a form sets off."""

from __future__ import annotations

from collections.abc import Mapping

from bot.moves import completing, guide, resuming
from bot.moves.signing import After

AFTER: Mapping[str, After] = {"F2": guide.confirmed, "F6": completing.closed, "F17": resuming.resumed}
