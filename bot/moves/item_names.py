"""Which items a person means by the words behind a command."""

from __future__ import annotations

import re

from bot.moves.work import CaseWork
from domain.case import Case
from domain.catalogue import CatalogueItem
from domain.errors import InvalidAnswer

_BETWEEN = re.compile(r"[\s、,，;；。]+")


def words_of(text: str, example: str) -> list[str]:
    found = [word for word in _BETWEEN.split(text.strip()) if word]
    if not found:
        raise InvalidAnswer(f"请写明事项，例如：{example}。")
    return found


def called(work: CaseWork, name: str, case: Case | None = None) -> CatalogueItem:
    """Of several the one in the plan, else the person is asked to say which. Raises InvalidAnswer."""
    found = work.site.catalogue.called(name)
    if len(found) > 1 and case:
        here = {item.item_id for item in work.tx.cases.items([case.id]).get(case.id, [])}
        found = tuple(one for one in found if one.id in here) or found
    if not found:
        raise InvalidAnswer(
            f"没有找到“{name[:20]}”这个事项，请换个说法，例如：施工许可、工规证、环评报告表。"
        )
    if len(found) > 1:
        names = "、".join(one.spoken for one in found[:6])
        raise InvalidAnswer(f"“{name[:20]}”有几项：{names}，请写全称。")
    return found[0]
