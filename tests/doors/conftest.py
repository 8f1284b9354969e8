"""The callback doors are knocked at by hand: with the right keys and wrong contents, and the other way round."""

from __future__ import annotations

from tests.conversations.conftest import county, talk

__all__ = ["county", "talk"]
