"""What the last signature under a form sets off."""

from __future__ import annotations

from collections.abc import Mapping

from bot.moves import resuming
from bot.moves.signing import After

AFTER: Mapping[str, After] = {"F17": resuming.resumed}
