"""The shipped templates, made from forms.yaml, so that a site can begin with them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.documents import letter_templates
from bot.documents.template_layout import CENTRE, RIGHT, Grid, Sheet
from domain.forms import FieldSpec, FieldType, FormSpec

_ENTERPRISES = frozenset({"enterprise", "owner", "applicant", "project_name"})
_PAIR = (2.1, 3.6, 2.1, 3.6)
# More columns than this have no room beside each other on an upright sheet, and more than that on none.
_UPRIGHT, _ACROSS = 6, 13
_SHORT_OPTIONS = 8
_LONG_LABEL = 16
_LONG, _SIGNED, _LOW = 1.4, 1.8, 0.75
_WHOLE_LINE = frozenset(
    {FieldType.LONG_TEXT, FieldType.ITEMS, FieldType.FILE, FieldType.MULTI_CHOICE, FieldType.TICK}
)
_SHARES = {
    FieldType.LONG_TEXT: 3.0, FieldType.DATE: 2.3, FieldType.NUMBER: 1.1, FieldType.PHONE: 1.8, FieldType.CHOICE: 1.3,
}  # fmt: skip


def make(form: FormSpec) -> bytes:
    if letter_templates.suits(form):
        return letter_templates.make(form)
    sheet = Sheet(across=_is_across(form), size=9.5 if _is_across(form) else 10.5)
    sheet.title("{{ paper.title }}")
    if any(field.key == "no" for field in form.fields):
        sheet.text(f"{_called(form, 'no')}：{{{{ no }}}}", align=RIGHT)
    for is_table, fields in groupby(_shown(form), lambda field: field.type is FieldType.TABLE):
        if is_table:
            for field in fields:
                _list(sheet, field)
        else:
            _fields(sheet, list(fields))
    _foot(sheet, form)
    return sheet.saved()


def _shown(form: FormSpec) -> list[FieldSpec]:
    return [field for field in form.fields if field.key != "no"]


def _called(form: FormSpec, key: str) -> str:
    return next(field.label for field in form.fields if field.key == key)


def _is_across(form: FormSpec) -> bool:
    """A wide list, or a paper that is little else than a list."""
    widest = max((len(f.columns) for f in form.fields if f.columns), default=0)
    others = sum(not f.columns for f in form.fields)
    return _UPRIGHT < widest <= _ACROSS or (widest > 4 and others <= 5)


def _fields(sheet: Sheet, fields: Sequence[FieldSpec]) -> None:
    sheet.gap()
    grid = sheet.grid(_PAIR)
    section = ""
    for line in _lines(fields):
        if line[0].section and line[0].section != section:
            grid.section(line[0].section)
        section = line[0].section
        _line(grid, line)


def _lines(fields: Sequence[FieldSpec]) -> Iterator[tuple[FieldSpec, ...]]:
    """Two short fields of one section side by side; a long one, or one left over, on a line of its own."""
    waiting: FieldSpec | None = None
    for field in fields:
        if waiting and not _go_together(waiting, field):
            yield (waiting,)
            waiting = None
        if not _is_short(field):
            yield (field,)
        elif waiting:
            yield (waiting, field)
            waiting = None
        else:
            waiting = field
    if waiting:
        yield (waiting,)


def _go_together(left: FieldSpec, right: FieldSpec) -> bool:
    signed = {field.type is FieldType.SIGNATURE for field in (left, right)}
    return _is_short(right) and left.section == right.section and len(signed) == 1


def _is_short(field: FieldSpec) -> bool:
    if field.options:
        return len(field.options) <= 3 and sum(map(len, field.options)) <= _SHORT_OPTIONS
    return field.type not in _WHOLE_LINE and len(field.label + field.when) <= _LONG_LABEL


def _line(grid: Grid, line: tuple[FieldSpec, ...]) -> None:
    signed = any(field.type is FieldType.SIGNATURE for field in line)
    long = line[0].type is FieldType.LONG_TEXT
    texts = [text for field in line for text in (_label(field), f"{{{{ {field.key} }}}}")]
    grid.row(
        texts,
        spans=(1, 1, 1, 1) if len(line) == 2 else (1, 3),
        labels=(0, 2),
        height=_SIGNED if signed else _LONG if long else _LOW,
        whole=not long,
        together=signed or any(field.label in ("日期", "时间") for field in line),
    )


def _label(field: FieldSpec) -> str:
    when = f"（{field.when}）" if field.when else ""
    return f"{field.label}{when}{'{{ paper.star }}' if field.required else ''}"


def _list(sheet: Sheet, field: FieldSpec) -> None:
    sheet.text(field.label, bold=True, before=8, align=CENTRE, together=True)
    if len(field.columns) > _ACROSS:
        _blocks(sheet, field)
        return
    columns = field.columns
    grid = sheet.grid([0.7, *(_share(column) for column in columns)])
    grid.row(["序号", *(_label(column) for column in columns)], head=True)
    grid.repeat(field.key, ["{{ row.xuhao }}", *(f"{{{{ row.{column.key} }}}}" for column in columns)])


def _share(column: FieldSpec) -> float:
    return max(_SHARES.get(column.type, 2.0), min(len(column.label), 8) * 0.25)


def _blocks(sheet: Sheet, field: FieldSpec) -> None:
    """Too many columns for any sheet: a list of all rows, then a small table for every row."""
    shown = [*field.columns[1:3], *(one for one in field.columns if one.type is FieldType.DATE)]
    overview = sheet.grid([0.7, 3.2, 1.8, *(2.0 for _ in shown[2:])])
    overview.row(["序号", *(_label(column) for column in shown)], head=True)
    overview.repeat(field.key, ["{{ row.xuhao }}", *(f"{{{{ row.{column.key} }}}}" for column in shown)])
    sheet.text(f"{{%p for row in {field.key} %}}")
    sheet.gap()
    grid = sheet.grid(_PAIR)
    title, *others = field.columns[:2]
    head = "　".join(f"{{{{ row.{column.key} }}}}" for column in (title, *others))
    grid.section(f"{{{{ row.xuhao }}}}　{head}")
    for line in _lines(field.columns[2:]):
        texts = [text for column in line for text in (_label(column), f"{{{{ row.{column.key} }}}}")]
        spans = (1, 1, 1, 1) if len(line) == 2 else (1, 3)
        grid.row(texts, spans=spans, labels=(0, 2), whole=line[0].type is not FieldType.LONG_TEXT)
    sheet.text("{%p endfor %}")


def _foot(sheet: Sheet, form: FormSpec) -> None:
    free = "项目的申报主体仍为项目单位；帮办代办服务免费（法律法规规定由项目单位交纳的费用除外）。"
    theirs = _ENTERPRISES & {field.key for field in form.fields}
    said = f"{{{{ paper.how_to }}}}{{{{ paper.note }}}}{{{{ paper.caveat }}}}{free if theirs else ''}"
    sheet.text(f"{said}{{{{ paper.hall }}}}　电话：{{{{ paper.phone }}}}", size=8.5, before=4)
