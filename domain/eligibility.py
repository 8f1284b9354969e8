"""Whether a project may be served at all, for which reason, and what can be done where it may not (R021–R025)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.intake import EligibilityRules


class EligibilityClass(StrEnum):
    GOVERNMENT = "government"  # R021: public money, own authority, buildings and city works
    SOCIAL = "social"  # R022
    KEY_PROJECT = "key_project"  # R023
    BY_DECISION = "by_decision"  # R024 经研究
    UNRESTRICTED = "unrestricted"  # R025


@dataclass(frozen=True)
class Eligibility:
    """`kind` is None where the rules do not open the door; then `can_do` says what would."""

    kind: EligibilityClass | None
    reason: str
    can_do: str = ""

    @property
    def open(self) -> bool:
        return self.kind is not None


_BY_DECISION = "可补充重点项目认定，或由服务专员报经研究后受理"


def assess(rules: EligibilityRules, facts: Mapping[str, object]) -> Eligibility:
    """`facts`: by the keys of F1. Whatever class fits first; nothing is guessed from what is not known."""
    if rules.unrestricted:
        return Eligibility(EligibilityClass.UNRESTRICTED, "本地对工程建设项目不设范围限制")
    level = _word(facts, "key_level")
    if level in rules.key_levels:
        return _key_project(level, facts)
    if _word(facts, "investment_type") == "政府投资":
        return _government(rules, facts)
    return _social(rules, facts)


def by_decision(who: str) -> Eligibility:
    return Eligibility(EligibilityClass.BY_DECISION, f"经研究可开展帮办代办（{who}登记）")


def _key_project(level: str, facts: Mapping[str, object]) -> Eligibility:
    by, on = _word(facts, "key_certified_by"), _word(facts, "key_certified_on")
    if not by or not on:
        return Eligibility(
            None, f"{level}重点项目还缺认定单位或认定日期", "请补充“重点项目认定单位”和“重点项目认定日期”"
        )
    return Eligibility(EligibilityClass.KEY_PROJECT, f"{level}重点项目，{by}{on}认定")


def _government(rules: EligibilityRules, facts: Mapping[str, object]) -> Eligibility:
    funding, works, department = (
        _word(facts, key) for key in ("funding", "works_class", "approval_department")
    )
    if funding not in rules.funding:
        return Eligibility(None, "政府投资项目但资金来源不是财政资金", _BY_DECISION)
    if works not in rules.works:
        return Eligibility(None, "政府投资项目但不是房屋建筑或城市基础设施工程", _BY_DECISION)
    if any(word in department for word in rules.higher_authority):
        return Eligibility(None, "立项属上级审批权限", _BY_DECISION)
    return Eligibility(EligibilityClass.GOVERNMENT, f"使用财政资金、本级审批权限的{works}工程")


def _social(rules: EligibilityRules, facts: Mapping[str, object]) -> Eligibility:
    nature, kind = _word(facts, "nature"), _word(facts, "investment_type")
    if kind == "社会投资" and nature in rules.natures:
        return Eligibility(EligibilityClass.SOCIAL, f"社会投资{nature}项目")
    return Eligibility(None, "不属于规定的服务范围", _BY_DECISION)


def _word(facts: Mapping[str, object], key: str) -> str:
    return str(facts.get(key) or "")
