"""What a new catalogue says otherwise than the one before (R075), item by item and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.catalogue import Catalogue, CatalogueItem, Limit


@dataclass(frozen=True)
class ItemChange:
    item_id: str
    name: str
    what: tuple[str, ...]


def changes(old: Catalogue, new: Catalogue) -> tuple[ItemChange, ...]:
    """In the new catalogue's order; what was retired comes last."""
    found = [_changed(old.items.get(item.id), item, new) for item in new.items.values()]
    gone = [
        ItemChange(one.id, one.spoken, ("事项取消",)) for one in old.items.values() if one.id not in new.items
    ]
    return (*(one for one in found if one), *gone)


def _changed(old: CatalogueItem | None, new: CatalogueItem, catalogue: Catalogue) -> ItemChange | None:
    what = ("新增事项",) if old is None else tuple(_differences(old, new, catalogue))
    return ItemChange(new.id, new.spoken, what) if what else None


def _differences(old: CatalogueItem, new: CatalogueItem, catalogue: Catalogue) -> Iterator[str]:
    for label, before, after in (
        ("法定时限", old.statutory, new.statutory),
        ("承诺时限", old.promised, new.promised),
    ):
        if _shown(before) != _shown(after):
            yield f"{label}由{_shown(before)}改为{_shown(after)}"
    yield from _materials(old, new)
    had, has = _needs(old), _needs(new)
    if has - had:
        yield f"增加前置：{_names(has - had, catalogue)}"
    if had - has:
        yield f"取消前置：{_names(had - has, catalogue)}"
    if old.lead != new.lead:
        yield "办理部门有变化"


def _materials(old: CatalogueItem, new: CatalogueItem) -> Iterator[str]:
    before = {one.name: one for one in old.materials}
    after = {one.name: one for one in new.materials}
    added = [name for name in after if name not in before]
    gone = [name for name in before if name not in after]
    other = [name for name in after if name in before and after[name] != before[name]]
    for label, names in (("增加材料", added), ("取消材料", gone), ("材料要求有变化", other)):
        if names:
            yield f"{label}：{'、'.join(names)}"


def _needs(item: CatalogueItem) -> set[str]:
    return {*item.prerequisites, *(one for needs in item.prerequisites_by_type.values() for one in needs)}


def _names(items: set[str], catalogue: Catalogue) -> str:
    return "、".join(catalogue.items[one].spoken if one in catalogue.items else one for one in sorted(items))


def _shown(limit: Limit | None) -> str:
    return limit.shown if limit else "未公布"
