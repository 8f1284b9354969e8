"""Who may be served: each class opens the door by its own facts, and a closed door says what can be done."""

from __future__ import annotations

import pytest

from domain.eligibility import EligibilityClass, assess, by_decision
from domain.intake import EligibilityRules

RULES = EligibilityRules(
    False,
    ("财政资金",),
    ("房屋建筑", "市政基础设施"),
    ("省发展",),
    ("新建", "改建", "扩建"),
    ("市级", "省级"),
)
PUBLIC = {
    "investment_type": "政府投资", "funding": "财政资金", "works_class": "房屋建筑",
    "approval_department": "县发展和改革局", "key_level": "非重点",
}  # fmt: skip
PRIVATE = {"investment_type": "社会投资", "nature": "新建", "key_level": "非重点"}


def test_public_money_own_authority_buildings() -> None:
    assert assess(RULES, PUBLIC).kind is EligibilityClass.GOVERNMENT


@pytest.mark.parametrize(
    "other",
    [{"funding": "自筹资金"}, {"works_class": "装饰装修"}, {"approval_department": "省发展和改革委员会"}],
)
def test_each_condition_of_public_projects_counts(other: dict[str, str]) -> None:
    found = assess(RULES, PUBLIC | other)
    assert not found.open
    assert found.reason
    assert "经研究" in found.can_do


def test_private_projects_new_changed_or_extended() -> None:
    assert assess(RULES, PRIVATE).kind is EligibilityClass.SOCIAL
    assert not assess(RULES, PRIVATE | {"nature": "拆除"}).open


def test_a_key_project_says_who_certified_it_and_when() -> None:
    facts = {"investment_type": "社会投资", "nature": "拆除", "key_level": "市级"}
    assert not assess(RULES, facts).open
    certified = {"key_certified_by": "市发改局", "key_certified_on": "2026-03-01"}
    assert assess(RULES, facts | certified).kind is EligibilityClass.KEY_PROJECT


def test_a_site_may_lift_the_restriction_and_an_officer_may_decide() -> None:
    free = EligibilityRules(True, (), (), (), (), ())
    assert assess(free, {}).kind is EligibilityClass.UNRESTRICTED
    assert not assess(RULES, {}).open
    assert by_decision("李娜").kind is EligibilityClass.BY_DECISION
