"""The catalogue of approval items: what each needs, how long it may take, where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from domain.configuration import Flaw, Section, SiteProblems

FILE = "catalogue.yaml"
# 审批服务便民化: a checklist must name each paper; these names say "whatever else we think of".
VAGUE_NAMES = ("其他材料", "有关材料", "相关材料", "等材料", "其他资料", "有关资料", "相关资料", "等资料")


class LimitUnit(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"
    MONTH = "month"


# How a limit is written decides how it is counted: 行政许可法 means 工作日, elsewhere 日 is a calendar day.
UNITS = {
    "工作日": LimitUnit.WORKING,
    "日": LimitUnit.CALENDAR,
    "自然日": LimitUnit.CALENDAR,
    "月": LimitUnit.MONTH,
}


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Limit:
    """A time limit with its unit as written, and on what, where and how surely it rests."""

    value: int
    unit: LimitUnit
    written: str = "工作日"
    basis: str = ""
    scope: str = ""
    confidence: str = Confidence.HIGH
    # The limit's first day is the start_offset-th after the day it began; 广州 2021 has 2 (domain.md §5.3).
    start_offset: int = 1

    @property
    def shown(self) -> str:
        if self.value == 0:
            return "即时"
        return f"{self.value}日" if self.written == "日" else f"{self.value}个{self.written}"


@dataclass(frozen=True)
class MaterialSpec:
    """A paper of the checklist; `can_defer` is None while the department has not said if 容缺 is possible. `e_license`,
    `shared_data`: the office reads it itself, nobody need bring it (R084, R085)."""

    name: str
    form: str
    required: bool
    can_defer: bool | None = None
    note: str = ""
    e_license: bool = False  # 电子证照可调用 (R084)
    shared_data: bool = False  # 数据查询互认 (R085)

    @property
    def need_not_be_handed_in(self) -> bool:
        return self.e_license or self.shared_data


@dataclass(frozen=True)
class TechnicalReview:
    """A step whose time is not part of the limit (R114)."""

    name: str
    limit: Limit


@dataclass(frozen=True)
class Convenience:
    """马上办、网上办、就近办、一次办 (R110); None while nobody has said so. `agency`: done by an agency of the
    enterprise's own choice (R031)."""

    same_day: bool | None = None
    online: bool | None = None
    nearby: bool | None = None
    visits: int | None = None
    agency: bool | None = None
    link: str = ""


@dataclass(frozen=True)
class ReferenceLimit:
    """A figure from elsewhere, for whoever sets the site's own; never told to an enterprise as a promise."""

    where: str
    value: str
    source: str


@dataclass(frozen=True)
class CatalogueItem:
    """One approval item, filing or utility connection. `spoken` is what people call it in a chat."""

    id: str
    name: str
    spoken: str
    aliases: tuple[str, ...]
    typos: tuple[str, ...]
    stage: str
    kind: str
    lead: str
    with_departments: tuple[str, ...]
    statutory: Limit | None
    promised: Limit | None
    prerequisites: tuple[str, ...]
    prerequisites_by_type: Mapping[str, tuple[str, ...]]
    materials: tuple[MaterialSpec, ...]
    materials_verified: bool
    applies_to: tuple[str, ...]
    result_document: str
    validity: str
    notes: str
    fee: str
    sources: tuple[str, ...]
    confidence: str
    version: str
    legal_basis: str = ""
    clock_notes: str = ""
    department_note: str = ""
    reference_limits: tuple[ReferenceLimit, ...] = ()
    convenience: Convenience = Convenience()
    reviews: tuple[TechnicalReview, ...] = ()

    @property
    def limit(self) -> Limit | None:
        """The one that decides a due day: what was promised, else what the law allows."""
        return self.promised or self.statutory

    @property
    def departments(self) -> tuple[str, ...]:
        return (self.lead, *self.with_departments)

    def is_free(self, material: str) -> bool:
        """免提交: nobody need bring it (R084, R085)."""
        return any(one.name == material and (one.e_license or one.shared_data) for one in self.materials)

    def needs(self, project_type: str) -> tuple[str, ...]:
        """What comes before it in a project of this type; conditions that are no type are left to people."""
        return tuple(dict.fromkeys((*self.prerequisites, *self.prerequisites_by_type.get(project_type, ()))))


@dataclass(frozen=True)
class Catalogue:
    version: str
    items: Mapping[str, CatalogueItem]
    stages: tuple[str, ...]
    project_types: Mapping[str, str]
    sources: Mapping[str, str]

    @classmethod
    def from_document(cls, doc: object) -> Catalogue:
        """Raises SiteProblems with everything that is wrong."""
        flaws: list[Flaw] = []
        catalogue = read_catalogue(Section(doc, FILE, (), flaws))
        if flaws:
            raise SiteProblems(flaws)
        return catalogue

    def get(self, item_id: str) -> CatalogueItem | None:
        return self.items.get(item_id)

    def in_stage(self, stage: str) -> tuple[CatalogueItem, ...]:
        return tuple(item for item in self.items.values() if item.stage == stage)

    def led_by(self, department: str) -> tuple[CatalogueItem, ...]:
        return tuple(item for item in self.items.values() if item.lead == department)

    def called(self, text: str) -> tuple[CatalogueItem, ...]:
        """What people may mean by this name: the one so called, else those with the word in their names."""
        word = text.strip().lower()
        exact = [one for one in self.items.values() if word in (one.id, one.spoken.lower(), one.name.lower())]
        alias = [one for one in self.items.values() if word in map(str.lower, (*one.aliases, *one.typos))]
        near = [
            one for one in self.items.values() if len(word) > 1 and word in f"{one.spoken} {one.name}".lower()
        ]
        return tuple(exact or alias or near)

    def in_order(self) -> tuple[str, ...]:
        """Every item after all that may be needed before it. Raises graphlib.CycleError."""
        return tuple(TopologicalSorter(_all_prerequisites(self.items)).static_order())


def read_catalogue(document: Section) -> Catalogue:
    """Reads and checks; what is wrong goes to the section's flaws."""
    version = document.text("version", like="2026-11")
    stages = document.texts("stages", required=True)
    types = _names(document.section("project_types"))
    sources = _names(document.section("sources"))
    document.raw("about")
    document.raw("flow_targets")
    items: dict[str, CatalogueItem] = {}
    for section in document.sections("items"):
        item = _item(section, version)
        if item.id in items:
            section.flaw("id", f"编号 {item.id} 重复，每个事项的编号只能用一次")
        items[item.id] = item
        _check_item(section, item, stages, types)
        _check_sources(section, item, sources)
    document.end()
    catalogue = Catalogue(version, items, stages, types, sources)
    _check_order(document, catalogue)
    return catalogue


def _item(section: Section, version: str) -> CatalogueItem:
    item = CatalogueItem(
        id=section.text("id", like="sg_xuke"),
        name=section.text("name", like="建筑工程施工许可证核发"),
        spoken=section.text("spoken", like="施工许可"),
        aliases=section.texts("aliases"),
        typos=section.texts("typos"),
        stage=section.text("stage", like="施工许可"),
        kind=section.text("kind", like="行政许可"),
        lead=section.text("lead", like="zjj"),
        with_departments=section.texts("with"),
        statutory=_limit(section, "statutory"),
        promised=_limit(section, "promised"),
        prerequisites=section.texts("prerequisites"),
        prerequisites_by_type=_by_type(section),
        materials=tuple(_material(one) for one in section.sections("materials")),
        materials_verified=section.flag("materials_verified"),
        applies_to=section.texts("applies_to", required=True),
        result_document=section.text("result_document", like="建筑工程施工许可证"),
        validity=section.text("validity", default=""),
        notes=section.text("notes", default=""),
        fee=section.text("fee", default=""),
        sources=section.texts("sources", required=True),
        confidence=section.choice("confidence", Confidence),
        version=section.text("version", default=version),
        legal_basis=section.text("legal_basis", default=""),
        clock_notes=section.text("clock_notes", default=""),
        department_note=section.text("department_note", default=""),
        reference_limits=tuple(_reference(one) for one in section.sections("reference_limits")),
        convenience=_convenience(section),
        reviews=tuple(_review(one) for one in section.sections("technical_review")),
    )
    section.end()
    return item


def _convenience(section: Section) -> Convenience:
    visits = section.integer("visits") if section.has("visits") else None
    section.raw("visits")
    return Convenience(
        section.maybe_flag("same_day"),
        section.maybe_flag("online"),
        section.maybe_flag("nearby"),
        visits,
        section.maybe_flag("agency_service"),
        section.text("link", default=""),
    )


def _review(section: Section) -> TechnicalReview:
    review = TechnicalReview(section.text("name", like="技术评审"), read_limit(section))
    section.end()
    return review


def _limit(section: Section, key: str) -> Limit | None:
    if not section.has(key):
        section.raw(key)
        return None
    limit = section.section(key)
    for remark in ("verification", "as_of"):
        limit.text(remark, default="")
    read = read_limit(limit)
    limit.end()
    return read


def read_limit(limit: Section) -> Limit:
    value, written = limit.integer("value"), limit.text("unit", like="工作日")
    if written not in UNITS:
        limit.flaw("unit", f"应为以下之一：{'、'.join(UNITS)}")
    return Limit(
        value,
        UNITS.get(written, LimitUnit.WORKING),
        written,
        limit.text("basis", default=""),
        limit.text("scope", default=""),
        limit.choice("confidence", Confidence, default=Confidence.HIGH),
        limit.integer("start_offset", least=1, default=1),
    )


def _material(section: Section) -> MaterialSpec:
    name = section.text("name", like="施工合同")
    vague = next((one for one in VAGUE_NAMES if one in name), None)
    if vague:
        section.flaw("name", f"「{vague}」说不清要什么，请写明每一份材料的名称")
    material = MaterialSpec(
        name,
        section.text("form", like="电子"),
        section.flag("required"),
        section.maybe_flag("can_defer"),
        section.text("note", default=""),
        section.flag("e_license", default=False),
        section.flag("shared_data", default=False),
    )
    section.end()
    return material


def _reference(section: Section) -> ReferenceLimit:
    reference = ReferenceLimit(section.text("where"), section.text("value"), section.text("source"))
    section.end()
    return reference


def _names(section: Section) -> Mapping[str, str]:
    return {name: section.text(name) for name in section.values}


def _by_type(section: Section) -> Mapping[str, tuple[str, ...]]:
    if not section.has("prerequisites_by_type"):
        section.raw("prerequisites_by_type")
        return {}
    by_type = section.section("prerequisites_by_type")
    return {name: by_type.texts(name, required=True) for name in by_type.values}


def _check_item(
    section: Section, item: CatalogueItem, stages: tuple[str, ...], types: Mapping[str, str]
) -> None:
    if item.stage not in stages:
        section.flaw("stage", f"没有「{item.stage}」这个阶段，可用：{'、'.join(stages)}")
    for one in item.applies_to:
        if one not in types:
            section.flaw("applies_to", f"没有 {one} 这个项目类型，可用：{'、'.join(types)}")
    names = [material.name for material in item.materials]
    for name in sorted({name for name in names if names.count(name) > 1}):
        section.flaw("materials", f"材料「{name}」写了两次")


def _check_sources(section: Section, item: CatalogueItem, sources: Mapping[str, str]) -> None:
    for source in (*item.sources, *(one.source for one in item.reference_limits)):
        if source not in sources and not source.startswith(("http://", "https://")):
            section.flaw("sources", f"出处 {source} 没有登记在 sources 中，也不是网址")


def _check_order(document: Section, catalogue: Catalogue) -> None:
    for item in catalogue.items.values():
        for needed in _all_of(item):
            if needed not in catalogue.items:
                what = f"{item.spoken}（{item.id}）的前置事项 {needed} 不在目录中，应为某个事项的 id"
                document.flaw("items", what)
    known = {
        key: needed & catalogue.items.keys() for key, needed in _all_prerequisites(catalogue.items).items()
    }
    try:
        TopologicalSorter(known).prepare()
    except CycleError as cycle:
        document.flaw("items", f"前置事项互相等待：{' → '.join(cycle.args[1])}，请去掉其中一处")


def _all_of(item: CatalogueItem) -> Iterator[str]:
    yield from item.prerequisites
    for needed in item.prerequisites_by_type.values():
        yield from needed


def _all_prerequisites(items: Mapping[str, CatalogueItem]) -> dict[str, set[str]]:
    return {item.id: set(_all_of(item)) for item in items.values()}
