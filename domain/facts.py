"""What people type for a fact, as it is kept: text by the keys of F1, F9 and plan.yaml."""

from __future__ import annotations

import re
from datetime import date

from domain.conditions import number_of
from domain.forms import FieldSpec, FieldType

_NUMBER_AND_UNIT = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?\s*[^\d\s]{0,8}")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_BETWEEN = re.compile(r"[、,，/\s]+")
NONE = "无"
LONGEST = 200


def read_fact(field: FieldSpec, text: str) -> str | None:
    """None for what does not fit the field."""
    said = text.strip().rstrip("。.")
    match field.type:
        case FieldType.CHOICE:
            return _option(field, said)
        case FieldType.MULTI_CHOICE:
            return _options(field, said)
        case FieldType.NUMBER:
            return _number(field, said)
        case FieldType.DATE:
            return _day(said)
        case _:
            return said if 0 < len(said) <= LONGEST else None


def _option(field: FieldSpec, said: str) -> str | None:
    if said in field.options:
        return said
    fitting = [one for one in field.options if one in said] if "是" not in field.options else []
    return fitting[0] if len(fitting) == 1 else None


def _options(field: FieldSpec, said: str) -> str | None:
    if said in (NONE, "没有", "都没有", "不涉及"):
        return NONE
    chosen = [word for word in _BETWEEN.split(said) if word]
    return "、".join(chosen) if chosen and all(one in field.options for one in chosen) else None


def _number(field: FieldSpec, said: str) -> str | None:
    """With no unit, or with the one the field is in: anything else would be off by its factor."""
    if said in (NONE, "没有", "不需要"):
        return "0"
    found = _NUMBER_AND_UNIT.fullmatch(said)
    number = number_of(said)
    if found is None or number is None:
        return None
    unit = re.sub(r"[\d,.\s]", "", said)
    own = re.search(r"（(.+)）", field.label)
    if unit and not (own and unit in _same_units(own[1])):
        return None
    return f"{number:.10g}"


def _same_units(unit: str) -> set[str]:
    same = {
        "㎡": {"㎡", "平方米", "平米", "平方"},
        "立方米": {"立方米", "方", "立方"},
        "吨标准煤": {"吨", "吨标准煤"},
    }
    return same.get(unit, set()) | {unit}


def _day(said: str) -> str | None:
    found = _DAY.fullmatch(said)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None
