"""A blank form of the service (F1, F5 …), filled in with what is known of the project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.documents.office_paper import line, new_paper, row, saved, table, title_row
from domain.forms import FieldSpec, FieldType, FormSpec
from domain.site import Site

_WIDTHS = (5.4, 10.4)
_WHOLE = sum(_WIDTHS)
# More columns than this have no room beside each other on an upright sheet.
_BESIDE = 8
_EMPTY_ROWS = 4
_SHORT = 7
# Room for a hand, a signature or a seal, in centimetres.
_HEIGHTS = {FieldType.LONG_TEXT: 1.6, FieldType.SIGNATURE: 1.6}
_LOW = 0.8


def draw(form: FormSpec, site: Site, known: Mapping[str, str]) -> bytes:
    document = new_paper(form.title)
    line(document, _head(form, site), small=True)
    grid = table(document, _WIDTHS)
    section = ""
    for field in form.fields:
        if field.type is FieldType.TABLE:
            continue
        if field.section and field.section != section:
            title_row(grid, field.section)
        section = field.section
        height = _HEIGHTS.get(field.type, _LOW)
        row(grid, _WIDTHS, (_label(field), _value(field, known.get(field.key, ""))), height=height)
    for field in form.fields:
        if field.type is FieldType.TABLE:
            _list(document, field)
    _foot(document, form)
    return saved(document)


def _head(form: FormSpec, site: Site) -> str:
    numbered = any(field.key == "no" for field in form.fields) or not form.number_kind
    return f"{'' if numbered else '编号：________________　　'}{site.hall.name}　电话：{site.hall.phone}"


def _label(field: FieldSpec) -> str:
    when = f"（{field.when}时填）" if field.when else ""
    return f"{field.label}{' *' if field.required else ''}{when}"


def _value(field: FieldSpec, known: str) -> str:
    match field.type:
        case FieldType.CHOICE | FieldType.MULTI_CHOICE:
            # Long ones stand one below the other, or a box parts from its word at the line's end.
            between = "\n" if max(map(len, field.options)) > _SHORT else "　"
            return between.join(f"{'☑' if option == known else '□'} {option}" for option in field.options)
        case FieldType.TICK:
            return "□ 是"
        case FieldType.DATE:
            return known or "　　　　年　　月　　日"
        case FieldType.AUTO:
            return known or "（由服务中心填写）"
        case _:
            return known


def _list(document: Any, field: FieldSpec) -> None:
    line(document, _label(field))
    labels = [_label(column) for column in field.columns]
    if len(labels) > _BESIDE:
        grid = table(document, _WIDTHS)
        for label in labels:
            row(grid, _WIDTHS, (label, ""), height=_LOW)
        return
    widths = (_WHOLE / len(labels),) * len(labels)
    grid = table(document, widths, tuple(labels))
    for _ in range(_EMPTY_ROWS):
        row(grid, widths, ("",) * len(labels), height=_LOW)


def _foot(document: Any, form: FormSpec) -> None:
    line(
        document,
        "带 * 为必填。项目的申报主体仍为项目单位，帮办代办服务免费（法律法规规定由项目单位交纳的费用除外）。",
        small=True,
    )
    if not form.published:
        line(document, "本表栏目根据公开资料整理，待主管部门确认。", small=True)
