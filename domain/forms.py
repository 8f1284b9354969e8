"""The papers of the service: which there are, how they are numbered, and what each asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.configuration import Section


class FieldType(StrEnum):
    AUTO = "auto"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    CREDIT_CODE = "credit_code"
    PROJECT_CODE = "project_code"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    TICK = "tick"
    ITEMS = "items"  # approval items of the catalogue
    DEPARTMENT = "department"
    FILE = "file"
    SIGNATURE = "signature"
    TABLE = "table"


@dataclass(frozen=True)
class FieldSpec:
    """`when` says in words when a field is required that otherwise is not; `columns` belong to a table."""

    key: str
    label: str
    type: FieldType
    required: bool
    when: str = ""
    section: str = ""
    options: tuple[str, ...] = ()
    columns: tuple[FieldSpec, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class FormSpec:
    """`number_kind`: letters of its numbers, "" for a paper without one. `issued` is False for papers of the
    approving department, which are read and never made."""

    key: str
    title: str
    number_kind: str
    source: str
    published: bool
    issued: bool
    fields: tuple[FieldSpec, ...]
    note: str = ""

    @property
    def caveat(self) -> str:
        """The source names most forms without showing their fields."""
        return "" if self.published else "待主管部门确认"


# What a template calls the paper itself and the words without boxes.
RESERVED = frozenset({"paper", "plain"})
WITH_OPTIONS = frozenset({FieldType.CHOICE, FieldType.MULTI_CHOICE})


def read_forms(document: Section) -> Mapping[str, FormSpec]:
    """Reads and checks; what is wrong goes to the section's flaws."""
    forms = {key: _form(key, section) for key, section in document.section("forms").named()}
    document.end()
    kinds = [form.number_kind for form in forms.values() if form.number_kind]
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        document.flaw("forms", f"编号字母 {kind} 用于多张表，应各不相同")
    return forms


def _form(key: str, section: Section) -> FormSpec:
    form = FormSpec(
        key,
        section.text("title", like="意见反馈表"),
        section.text("number_kind", default=""),
        section.text("source", like="曲江2024 附件5"),
        section.flag("published"),
        section.flag("issued", default=True),
        _fields(section, "fields"),
        section.text("note", default=""),
    )
    section.end()
    if form.number_kind and not (form.number_kind.isascii() and form.number_kind.isupper()):
        section.flaw("number_kind", "应为大写字母，例如 FK")
    return form


def _fields(section: Section, key: str) -> tuple[FieldSpec, ...]:
    fields = tuple(_field(one) for one in section.sections(key))
    names = [one.key for one in fields]
    for name in sorted({name for name in names if names.count(name) > 1}):
        section.flaw(key, f"栏目 {name} 写了两次")
    for name in sorted(RESERVED & set(names)):
        section.flaw(key, f"栏目不能叫 {name}，模板中另有所指")
    return fields


def _field(section: Section) -> FieldSpec:
    field = FieldSpec(
        section.text("key", like="project_name"),
        section.text("label", like="项目名称"),
        section.choice("type", FieldType),
        section.flag("required"),
        section.text("when", default=""),
        section.text("section", default=""),
        section.texts("options"),
        _fields(section, "columns"),
        section.text("source", default=""),
    )
    section.end()
    if bool(field.options) != (field.type in WITH_OPTIONS):
        section.flaw("options", "选择类栏目要列出选项，其他栏目不要")
    if bool(field.columns) != (field.type is FieldType.TABLE):
        section.flaw("columns", "表格类栏目要列出各列，其他栏目不要")
    return field
