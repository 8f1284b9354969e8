"""Whole talks about one case: its record, its archive, its way from application to the end."""

from __future__ import annotations

from tests.conversations.conftest import talk

__all__ = ["talk"]
