"""A blank form of the service (F1, F5 …), filled in with what is known of the project."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.office_paper import line, new_paper, row, saved, table
from domain.site import FormSpec, Site

_WIDTHS = (5.0, 10.8)


def draw(form: FormSpec, site: Site, known: Mapping[str, str]) -> bytes:
    document = new_paper(form.title)
    line(document, f"编号：________________　　{site.hall.name}　电话：{site.hall.phone}", small=True)
    grid = table(document, _WIDTHS)
    for field in form.fields:
        mark = " *" if field.required else ""
        row(grid, _WIDTHS, (f"{field.label}{mark}", known.get(field.key, "")))
    line(
        document,
        "带 * 为必填。项目的申报主体仍为项目单位，帮办代办服务免费（法律法规规定由项目单位交纳的费用除外）。",
        small=True,
    )
    if not form.published:
        line(document, "本表栏目根据公开资料整理，待主管部门确认。", small=True)
    return saved(document)
