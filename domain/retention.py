"""保存期限: how long each class of data is kept. None: never deleted by itself."""

from __future__ import annotations

from dataclasses import dataclass

from domain.configuration import Section


@dataclass(frozen=True)
class Retention:
    """Days. What is not named here is never deleted."""

    stray_messages: int | None = None
    project_messages: int | None = None
    stray_files: int | None = None
    dialogs: int | None = None
    codes: int | None = None


SHORTEST = 7  # days: a class is never emptied under people's hands


def read_retention(document: Section) -> Retention:
    found = Retention(*(_days(document, name) for name in Retention.__dataclass_fields__))
    document.end()
    return found


def _days(document: Section, name: str) -> int | None:
    if not document.has(name):
        document.raw(name)
        return None
    days = document.integer(name)
    if days < SHORTEST:
        document.flaw(name, f"应不少于 {SHORTEST} 天，或写 null 不自动删除")
    return days
