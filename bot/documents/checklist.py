"""The material checklist of an item as a paper to tick off."""

from __future__ import annotations

from bot.documents.office_paper import line, new_paper, row, saved, table
from domain.catalogue import CatalogueItem
from domain.site import Site

_WIDTHS = (1.2, 8.2, 2.2, 2.0, 2.2)


def draw(entry: CatalogueItem, site: Site, project: str) -> bytes:
    document = new_paper(f"{entry.spoken}材料清单")
    line(document, f"事项：{entry.name}　办理部门：{site.departments[entry.lead].name}")
    if project:
        line(document, f"项目：{project}")
    grid = table(document, _WIDTHS, ("序号", "材料名称", "形式", "必要", "已备"))
    for number, material in enumerate(entry.materials, 1):
        name = f"{material.name}（{material.note}）" if material.note else material.name
        form = "免提交" if material.need_not_be_handed_in else material.form
        row(grid, _WIDTHS, (str(number), name, form, "是" if material.required else "视情况", "□"))
    note = "" if entry.materials_verified else "本清单为行业通行项，待部门核对；"
    line(document, f"{note}{site.caveat}。", small=True)
    return saved(document)
