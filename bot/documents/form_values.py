"""A form's values as its paper shows them: each field of forms.yaml as text, whatever of it is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from domain.filled_forms import SIGNED_HOW_NAMES, Signature, SignedHow
from domain.forms import FieldSpec, FieldType, FormSpec
from domain.people import Role
from domain.site import Site

OFFICE = ZoneInfo("Asia/Shanghai")
BLANK_ROWS = 4
NOTHING = "无"
EMPTY_DAY = "　　　　年　　月　　日"
BY_THE_OFFICE = "（由服务中心填写）"
REQUIRED = " *"
# Longer options stand in pairs or one below the other, or a box parts from its word at the line's end.
_BESIDE, _IN_PAIRS = 7, 14
LINE = "＿" * 8
# Fields that the service's side signs; every other signature is the enterprise's.
OFFICERS_FIELDS = frozenset({"agent_seal", "officer_signature", "seal"})
# Only a stamp fills these: a confirmation in the client is a signature, no seal.
SEALS = frozenset({"applicant_seal"})
# What XML cannot hold; pasted words bring it along.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def shown(
    form: FormSpec,
    site: Site,
    values: Mapping[str, Any],
    signatures: Sequence[Signature] = (),
    *,
    blank: bool = False,
    zone: tzinfo = OFFICE,
) -> dict[str, Any]:
    """What a template may name: every field by its key, `plain.<key>` (a choice as its word, without boxes) and
    `paper` (title, hall …)."""
    show = _Shower(site, zone, blank=blank)
    found: dict[str, Any] = {
        "paper": _paper(form, site, blank=blank),
        "plain": SimpleNamespace(
            **{
                f.key: "" if f.type is FieldType.TABLE else show.plain(f, values.get(f.key))
                for f in form.fields
            }
        ),
    }
    for field in form.fields:
        value = values.get(field.key)
        if field.type is FieldType.SIGNATURE and value in (None, ""):
            found[field.key] = signed(field.key, signatures, zone)
        elif field.type is FieldType.TABLE:
            found[field.key] = show.rows(field, value or [])
        else:
            found[field.key] = show.boxed(field, value)
    return found


def signed(key: str, signatures: Iterable[Signature], zone: tzinfo) -> str:
    """林国华（企业微信确认，2026年9月15日 10:32）, or where the stamped copy is."""
    officers = key in OFFICERS_FIELDS
    side = [one for one in signatures if (one.role is Role.SERVICE_OFFICER) is officers]
    if any(one.how is SignedHow.STAMPED for one in side):
        return "见盖章件"
    if key in SEALS:
        return ""
    return "\n".join(
        f"{clean(one.name)}（{SIGNED_HOW_NAMES[one.how]}，{moment(one.at, zone)}）" for one in side
    )


def moment(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{day(local.date())} {local:%H:%M}"


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def number(value: object) -> str:
    """Without a fraction that says nothing; what is no number stays as it was typed."""
    try:
        exact = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return clean(value)
    if not exact.is_finite():
        return clean(value)
    written = f"{exact:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def clean(value: object) -> str:
    return _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


class _Shower:
    def __init__(self, site: Site, zone: tzinfo, *, blank: bool) -> None:
        self._site, self._zone, self._blank = site, zone, blank

    def boxed(self, field: FieldSpec, value: object) -> str:
        if field.type in {FieldType.CHOICE, FieldType.MULTI_CHOICE}:
            return _boxes(field.options, [clean(one) for one in _several(value)])
        if field.type is FieldType.TICK:
            return "☑" if value is True else "□"
        if value in (None, "", []) and self._blank:
            return {FieldType.DATE: EMPTY_DAY, FieldType.AUTO: BY_THE_OFFICE}.get(field.type, "")
        return self.plain(field, value)

    def plain(self, field: FieldSpec, value: object) -> str:
        if value in (None, "", []):
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if field.type is FieldType.NUMBER:
            return number(value)
        if field.type in {FieldType.DATE, FieldType.AUTO}:
            return self._day(value)
        return "、".join(clean(self._name(field.type, one)) for one in _several(value))

    def rows(self, field: FieldSpec, rows: Sequence[Mapping[str, Any]]) -> list[SimpleNamespace]:
        if rows or self._blank:
            wanted = list(rows) or [{} for _ in range(BLANK_ROWS)]
            return [self._row(field, one, str(n) if rows else "") for n, one in enumerate(wanted, 1)]
        first, *others = field.columns
        empty = {column.key: "" for column in others}
        return [SimpleNamespace(xuhao="", **{first.key: NOTHING}, **empty)]

    def _row(self, field: FieldSpec, row: Mapping[str, Any], running: str) -> SimpleNamespace:
        cells = {column.key: self.plain(column, row.get(column.key)) for column in field.columns}
        return SimpleNamespace(xuhao=running, **cells)

    def _day(self, value: object) -> str:
        if isinstance(value, datetime):
            return moment(value, self._zone)
        if isinstance(value, date):
            return day(value)
        text = clean(value)
        try:
            return day(date.fromisoformat(text))
        except ValueError:
            pass
        try:
            return self._day(datetime.fromisoformat(text)) if "T" in text else text
        except ValueError:
            return text

    def _name(self, kind: FieldType, value: object) -> object:
        if kind is FieldType.ITEMS and value in self._site.catalogue.items:
            return self._site.catalogue.items[str(value)].name
        if kind is FieldType.DEPARTMENT and value in self._site.departments:
            return self._site.departments[str(value)].name
        return value


def _several(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (None, "") else [value]


def _boxes(options: Sequence[str], chosen: Sequence[str]) -> str:
    """An answer that is no option any more (the site changed its form) is shown too."""
    widest = max(map(len, options))
    listed = [*options, *(one for one in chosen if one not in options)]
    boxes = [f"{'☑' if option in chosen else '□'} {option}" for option in listed]
    if widest <= _BESIDE:
        return "　".join(boxes)
    if widest > _IN_PAIRS:
        return "\n".join(boxes)
    boxes[0::2] = [box + "　" * (widest + 2 - len(box)) for box in boxes[0::2]]
    return "\n".join("　".join(boxes[n : n + 2]).rstrip() for n in range(0, len(boxes), 2))


def _paper(form: FormSpec, site: Site, *, blank: bool) -> SimpleNamespace:
    return SimpleNamespace(
        title=form.title,
        hall=site.hall.name,
        phone=site.hall.phone,
        address=site.hall.address,
        place=site.name,
        caveat=f"本表栏目根据公开资料整理，{form.caveat}。" if form.caveat else "",
        note=f"{form.note}。" if form.note else "",
        line=LINE if blank else "",
        star=REQUIRED if blank else "",
        how_to="带 * 为必填。" if blank else "",
        blank=blank,
    )
