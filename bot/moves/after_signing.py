"""What the last signature under a form sets off."""

from __future__ import annotations

from collections.abc import Mapping

from bot.moves import guide
from bot.moves.signing import After

AFTER: Mapping[str, After] = {guide.FORM: guide.confirmed}
