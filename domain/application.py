"""The application form (F1) as a talk fills it: what is asked for, what a line of it says, what is still missing.

Rules of the fields: domain.md §2 F1 (areas and amounts above 0, an address is not all digits, start before finish).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.case import Scope, ServiceLevel
from domain.errors import InvalidAnswer
from domain.forms import FieldSpec, FieldType, FormSpec
from domain.identifiers import is_credit_code, is_national_code, is_phone

BLOCKS = ("项目单位", "项目情况", "服务需求")
TRUTHFUL, VOLUNTARY = "truthful", "voluntary"
LEVELS = {"帮办": ServiceLevel.ASSIST, "代办": ServiceLevel.ACT_FOR, "包办": ServiceLevel.FULL}
SCOPES = {"全流程": Scope.WHOLE, "阶段性": Scope.STAGE, "单个事项": Scope.ITEM}
NOT_KEY = "非重点"
LONGEST = {FieldType.TEXT: 100, FieldType.LONG_TEXT: 500, FieldType.ITEMS: 300}
_NOT_ASKED = frozenset({FieldType.AUTO, FieldType.SIGNATURE, FieldType.TICK, FieldType.FILE, FieldType.TABLE})
# Service types that come with a level (R006, R008): asked for only where somebody wants it otherwise.
_TYPES_OF_LEVEL = {
    "帮办": "咨询、指导、协调",
    "代办": "咨询、指导、协调、代办",
    "包办": "咨询、指导、协调、代办",
}
_INVESTMENT = {"政府投资": "政府投资", "社会投资": "社会投资"}
_WORKS = {"市政": "市政基础设施", "房屋建筑": "房屋建筑", "装饰装修": "装饰装修"}
# What people call a field besides its label.
_ALSO = {
    "信用代码": "credit_code", "社会信用代码": "credit_code", "项目单位": "enterprise", "申请单位": "enterprise",
    "开工时间": "start_planned", "建成时间": "finish_planned", "竣工时间": "finish_planned", "投资": "investment",
    "建筑面积": "floor_area", "占地面积": "land_area", "经办人": "contact_name", "经办人电话": "contact_phone",
    "负责人": "leader_name", "负责人电话": "leader_phone", "范围": "scope", "阶段": "scope_stages",
    "事项": "scope_items", "建设规模": "scale", "地址": "address", "地点": "site", "当前进度": "progress",
    "服务级别": "level",
}  # fmt: skip
# What is required only when another answer says so (`when` in forms.yaml says it in words).
_WHEN: Mapping[str, Callable[[Mapping[str, str]], bool]] = {
    "scope_stages": lambda values: values.get("scope") == "阶段性",
    "scope_items": lambda values: values.get("scope") == "单个事项",
    "key_certified_by": lambda values: values.get("key_level", NOT_KEY) != NOT_KEY,
    "key_certified_on": lambda values: values.get("key_level", NOT_KEY) != NOT_KEY,
}

NamesOfItems = Callable[[str], str | None]


@dataclass(frozen=True)
class Application:
    """`values`: by the keys of F1, as text. `later`: required ones that may follow. Both statements are ticked by the
    applicant's own word (R011)."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    later: frozenset[str] = frozenset()
    agreed: bool = False

    def missing(self, form: FormSpec) -> list[FieldSpec]:
        return [
            one
            for one in asked(form)
            if _is_wanted(one, self.values) and not self.values.get(one.key) and one.key not in self.later
        ]


def asked(form: FormSpec) -> list[FieldSpec]:
    """In the order of the blocks: who, what, which service."""
    found = [
        f for f in form.fields if f.section in BLOCKS and f.type not in _NOT_ASKED and f.key != "signed_on"
    ]
    return sorted(found, key=lambda one: BLOCKS.index(one.section))


def _is_wanted(spec: FieldSpec, values: Mapping[str, str]) -> bool:
    when = _WHEN.get(spec.key)
    return when(values) if when else spec.required


def plain(label: str) -> str:
    """Without what stands in brackets and without blanks: how people type a label."""
    return re.sub(r"[（(].*?[）)]|[\s*]", "", unicodedata.normalize("NFKC", label))


def called(form: FormSpec, label: str) -> FieldSpec | None:
    """The field with this label or one of its usual names; a piece of exactly one label does as well."""
    wanted = plain(label)
    fields = asked(form)
    exact = next((one for one in fields if plain(one.label) == wanted), None)
    if exact or wanted in _ALSO:
        return exact or next((one for one in fields if one.key == _ALSO[wanted]), None)
    near = [one for one in fields if len(wanted) > 2 and wanted in plain(one.label)]
    return near[0] if len(near) == 1 else None


def completed(values: Mapping[str, str]) -> dict[str, str]:
    """With what follows from other answers and need not be asked for."""
    found = dict(values)
    for key, when in _WHEN.items():
        if not when(found):
            found.pop(key, None)  # no longer asked for
    kind = found.get("project_type", "")
    for key, table in (("investment_type", _INVESTMENT), ("works_class", _WORKS)):
        follows = next((value for word, value in table.items() if word in kind), "")
        if follows:  # the type says it by its name, also after it was corrected
            found[key] = follows
    said = found.get("service_types") or ""
    if found.get("level") in _TYPES_OF_LEVEL and (not said or said in _TYPES_OF_LEVEL.values()):
        found["service_types"] = _TYPES_OF_LEVEL[found["level"]]
    if not found.get("site") and found.get("address"):
        found["site"] = found["address"]
    return found


def must_fit_together(values: Mapping[str, str]) -> None:
    start, finish = values.get("start_planned"), values.get("finish_planned")
    if start and finish and start >= finish:
        raise InvalidAnswer("“拟开工时间”应早于“拟建成时间”，请核对后重发。")


def read(spec: FieldSpec, text: str, items: NamesOfItems) -> str:
    """The answer as it is kept. Raises InvalidAnswer with what it should look like. `items`: what a catalogue item is
    called in full, None for an unknown one."""
    words = unicodedata.normalize("NFKC", text).strip(" 。;；")
    if spec.type in _READERS:
        return _READERS[spec.type](spec, words)
    if spec.type is FieldType.ITEMS:
        return _items(spec, words, items)
    return _text(spec, text.strip(" 。;；"))


def _wrong(spec: FieldSpec, like: str) -> InvalidAnswer:
    return InvalidAnswer(f"“{spec.label}”应为{like}。")


def _text(spec: FieldSpec, text: str) -> str:
    most = LONGEST.get(spec.type, 100)
    if not text or len(text) > most:
        raise _wrong(spec, f"1至{most}字的文字")
    if (
        spec.key in {"address", "site", "enterprise_address", "project_name", "enterprise"}
        and text.isdecimal()
    ):
        raise _wrong(spec, "文字，不能全是数字")
    return text


def _number(spec: FieldSpec, text: str) -> str:
    found = re.fullmatch(
        r"(\d{1,12}(?:\.\d{1,6})?)(亿|万)?(?:元|㎡|m2|平方米|平方|平米)?", text.replace(",", "")
    )
    if found is None or Decimal(found[1]) <= 0:
        raise _wrong(spec, "大于0的数字，例如：3600")
    value = Decimal(found[1])
    money = "万元" in spec.label
    if found[2]:
        value *= {"亿": 10_000 if money else 100_000_000, "万": 1 if money else 10_000}[found[2]]
    return format(value.normalize(), "f")


def _date(spec: FieldSpec, text: str) -> str:
    found = re.fullmatch(r"(20\d\d)[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?月?", text)
    wrong = _wrong(spec, "日期，例如：2027年3月1日")
    if found is None:
        raise wrong
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)).isoformat()
    except ValueError:
        raise wrong from None


def _checked(like: str, fits: Callable[[str], bool]) -> Callable[[FieldSpec, str], str]:
    def read_it(spec: FieldSpec, text: str) -> str:
        value = text.upper().replace(" ", "")
        if "*" in value:
            raise _wrong(spec, f"{like}（号码没有完整收到，请只发这一行）")
        if not fits(value):
            raise _wrong(spec, like)
        return value

    return read_it


def _choice(spec: FieldSpec, text: str) -> str:
    found = _picked(spec, text)
    if found is None:
        raise _wrong(spec, f"其中之一：{shown_options(spec)}")
    return found


def _several(spec: FieldSpec, text: str) -> str:
    """Words or numbers with 、 or blanks between; 134 means three of them."""
    flat = re.sub(r"[、,，;；/\s和及]+", " ", text).strip()
    parts: Sequence[str] = list(flat) if flat.isdecimal() and len(spec.options) < 10 else flat.split()
    found = [_picked(spec, part) for part in parts]
    if not found or None in found:
        raise _wrong(spec, f"其中一项或几项：{shown_options(spec)}")
    return "、".join(one for one in spec.options if one in found)


def _picked(spec: FieldSpec, text: str) -> str | None:
    word = text.strip().strip("()（）.")
    if word.isdecimal():
        return spec.options[int(word) - 1] if len(word) < 3 and 1 <= int(word) <= len(spec.options) else None
    plain_options = {unicodedata.normalize("NFKC", one): one for one in spec.options}
    if word in plain_options:
        return plain_options[word]
    near = [one for key, one in plain_options.items() if word and word in key]
    return near[0] if len(near) == 1 else None


def shown_options(spec: FieldSpec) -> str:
    return " ".join(f"{n}{option}" for n, option in enumerate(spec.options, 1))


def _items(spec: FieldSpec, text: str, items: NamesOfItems) -> str:
    parts = [part for part in re.split(r"[、,，;；\s]+", text) if part]
    names = [items(part) for part in parts]
    unknown = [part for part, name in zip(parts, names, strict=True) if name is None]
    if not parts or unknown:
        raise _wrong(spec, "审批事项的名称，用顿号隔开，例如：施工许可、用电报装")
    return "、".join(dict.fromkeys(name for name in names if name))


_READERS: Mapping[FieldType, Callable[[FieldSpec, str], str]] = {
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.PHONE: _checked("电话，例如：0750-1234567 或11位手机号码", is_phone),
    FieldType.CREDIT_CODE: _checked("18位统一社会信用代码，请与营业执照核对", is_credit_code),
    FieldType.PROJECT_CODE: _checked("国家平台赋的项目代码，形如 2605-440299-04-01-100001", is_national_code),
    FieldType.CHOICE: _choice,
    FieldType.MULTI_CHOICE: _several,
}
