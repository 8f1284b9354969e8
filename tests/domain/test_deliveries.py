"""Things with their counts as officers type them, and what becomes of a delivery."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.completion_rules import read_completion
from domain.configuration import Flaw, Section
from domain.deliveries import Delivery, DeliveryMode, DeliveryState, Thing, things_of
from domain.errors import IllegalMove
from domain.suspension import Reason

NOW = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("工规证 原件1 复印件2", [Thing("工规证", "", 1, 2)]),
        ("工规证原件1份，图纸 复印件3份", [Thing("工规证", "", 1, 0), Thing("图纸", "", 0, 3)]),
        ("工规证；地规证", [Thing("工规证"), Thing("地规证")]),
        ("原件1", []),
        ("", []),
    ],
)
def test_names_and_counts(typed: str, wanted: list[Thing]) -> None:
    assert things_of(typed) == wanted


def test_what_arrived_neither_arrives_again_nor_comes_back() -> None:
    sent = Delivery(1, 1, DeliveryMode.POST, (), 1, NOW)
    arrived = sent.receive("陈静", date(2026, 9, 16))
    assert (sent.under_way, arrived.under_way, arrived.state) == (True, False, DeliveryState.RECEIVED)
    with pytest.raises(IllegalMove):
        arrived.receive("陈静", date(2026, 9, 17))
    with pytest.raises(IllegalMove):
        arrived.come_back()


def _read(document: dict[str, object]) -> list[str]:
    flaws: list[Flaw] = []
    read_completion(Section(document, "completion.yaml", (), flaws))
    return [str(flaw) for flaw in flaws]


def test_without_a_file_there_are_rules_all_the_same() -> None:
    flaws: list[Flaw] = []
    rules = read_completion(Section({}, "completion.yaml", (), flaws))
    assert flaws == []
    assert (rules.rectify_within, rules.deliver_within.shown, rules.is_tracking_no("SF1234567890")) == (
        15, "10个工作日", True,
    )  # fmt: skip
    assert rules.resume_condition(Reason.OTHER)


def test_a_slip_of_the_pen_is_named() -> None:
    assert _read({"suspension": {"resume_conditions": {"S7": "好"}}})[0].startswith(
        "completion.yaml：suspension.resume_conditions.S7 不是中止原因代码"
    )
    assert _read({"delivery": {"tracking_no": "["}}) == [
        "completion.yaml：delivery.tracking_no 不是正确的格式表达式，例如 [A-Z]{0,3}[0-9]{8,18}"
    ]
    assert _read({"rating": {"rectify_whitin": 15}})[0].startswith(
        "completion.yaml：rating.rectify_whitin 不认识的项目"
    )
