"""What people say when they want the service paused, ended, resumed, signed off, rated, or something posted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.siteconfig import read_site_document
from bot.understanding.acts import Decision, Heard, Intent
from bot.understanding.dictionary import Dictionary
from bot.understanding.understand import understand
from domain.site import Site

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary(Site.from_document(read_site_document(CONFIG)))


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("资金没到位先停一停", Intent.SUSPEND),
        ("我们想暂停一下代办", Intent.SUSPEND),
        ("申请中止，土地还没交付", Intent.SUSPEND),
        ("不用你们代办了", Intent.TERMINATE),
        ("我们要终止委托", Intent.TERMINATE),
        ("资金到位了，申请恢复", Intent.RESUME),
        ("可以继续办了", Intent.RESUME),
        ("办结单我来签一下", Intent.SIGN_OFF),
        ("签字确认", Intent.SIGN_OFF),
        ("证照帮我寄过来", Intent.MAIL),
        ("材料能不能快递给你们", Intent.MAIL),
    ],
)
def test_what_is_wanted_is_understood(dictionary: Dictionary, said: str, intent: Intent) -> None:
    assert understand(Heard(said), dictionary).acts[0].intent is intent


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("非常满意", 5),
        ("满意", 4),
        ("基本满意", 3),
        ("不满意", 2),
        ("非常不满意", 1),
        ("给你们打5分", 5),
        ("三星", 3),
    ],
)
def test_grades_by_name_and_by_points(dictionary: Dictionary, said: str, grade: int) -> None:
    act = understand(Heard(said), dictionary).acts[0]
    assert (act.intent, act.slots["rating"]) == (Intent.RATE, grade)


@pytest.mark.parametrize(
    "said",
    [
        "如果中止了以后能恢复吗",
        "补正期间时限要暂停吗",
        "中止了吗",
        "怎么终止",
        "办结单发我一份",
        "施工许可什么时候能恢复计时",
    ],
)
def test_a_question_about_it_is_not_the_request(dictionary: Dictionary, said: str) -> None:
    asked = {Intent.SUSPEND, Intent.RESUME, Intent.TERMINATE, Intent.SIGN_OFF}
    assert understand(Heard(said), dictionary).acts[0].intent not in asked


@pytest.mark.parametrize("said", ["资金没到位先停一停", "不用你们代办了", "签字确认"])
def test_what_changes_a_case_is_confirmed_by_the_enterprise(dictionary: Dictionary, said: str) -> None:
    assert understand(Heard(said), dictionary).decision is Decision.CONFIRM
    assert understand(Heard(said, role="service_officer"), dictionary).decision is Decision.ACT
