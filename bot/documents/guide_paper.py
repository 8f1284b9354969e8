"""The project's own guide as a paper: an overview to read in a minute, then one block per item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta, timezone
from typing import Any

from bot.documents.guide_values import DONE, UNSURE
from bot.documents.office_paper import line, new_paper, row, saved, table, title_row
from domain.filled_forms import FilledForm
from domain.forms import FormSpec
from domain.site import Site

_CHINA = timezone(timedelta(hours=8))
_WIDTHS = (3.4, 12.4)
_OVERVIEW = (1.2, 5.3, 2.7, 2.7, 3.9)
_HEAD = ("project_name", "project_type", "officer_name", "version", "valid_from", "made_by", "checked_by")
_FOOT = ("off_list", "policies")


def draw(filled: FilledForm, form: FormSpec, site: Site) -> bytes:
    document = new_paper(form.title)
    line(document, f"编号：{filled.no}　　{site.hall.name}　电话：{site.hall.phone}", small=True)
    labels = {field.key: field.label for field in form.fields}
    head = table(document, _WIDTHS)
    for key in _HEAD:
        row(head, _WIDTHS, (labels[key], _text(filled.values.get(key))))
    items = filled.values.get("items") or []
    line(document, f"一、办理顺序（共{len(items)}项）")
    _overview(document, items, site)
    line(document, "二、各事项怎么办（已办结的不再列出）")
    columns = {column.key: column.label for field in form.fields for column in field.columns}
    for number, item in enumerate(items, 1):
        if DONE in _text(item.get("done_planned")):
            continue  # how it is done is of no more use
        _block(document, number, item, columns)
    line(document, "三、其他")
    rest = table(document, _WIDTHS)
    for key in _FOOT:
        row(rest, _WIDTHS, (labels[key], _text(filled.values.get(key))))
    _foot(document, filled, form, site)
    return saved(document)


def _overview(document: Any, items: Sequence[Mapping[str, Any]], site: Site) -> None:
    grid = table(document, _OVERVIEW, ("序号", "事项", "审批部门", "计划提交", "计划办结"))
    shorts = {one.name: one.short for one in site.departments.values()}
    for number, item in enumerate(items, 1):
        lead = str(item.get("department", "")).split("、")[0]
        days = (_dots(item.get("submit_planned")), _dots(item.get("done_planned")))
        row(grid, _OVERVIEW, (str(number), item["name"], shorts.get(lead, lead), *days))
    if any(UNSURE in _text(item.get("done_planned")) for item in items):
        line(document, f"* {UNSURE}，暂按周一至周五推算。", small=True)


def _dots(day: object) -> str:
    """A day that no line's end parts; what it rests on as a mark."""
    text = _text(day).replace("-", ".")
    marks = f"{'*' if UNSURE in text else ''}{'估算' if '估算' in text else ''}"
    return f"{text.split('（')[0]}{marks}"


def _block(document: Any, number: int, item: Mapping[str, Any], columns: Mapping[str, str]) -> None:
    grid = table(document, _WIDTHS)
    title_row(grid, f"{number}. {item['name']}")
    for key, label in columns.items():
        if key != "name":
            row(grid, _WIDTHS, (label, _text(item.get(key))))
    line(document, "")


def _foot(document: Any, filled: FilledForm, form: FormSpec, site: Site) -> None:
    for one in filled.signatures:
        day = one.at.astimezone(_CHINA).date()
        line(document, f"项目单位确认：{one.name}　{day}")
    line(document, f"{site.caveat}。{site.policy_footer}。", small=True)
    line(document, "项目的申报主体为项目单位；计划日期不代表审批部门的承诺；服务免费。", small=True)
    if not form.published:
        line(document, "本表栏目根据公开资料整理，待主管部门确认。", small=True)


def _text(value: object) -> str:
    return "" if value is None else str(value)
