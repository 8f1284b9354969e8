"""What officers and enterprises order in one line, understood; what only looks like it, not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.siteconfig import read_site_document
from bot.understanding import days
from bot.understanding.acts import Heard, Intent
from bot.understanding.dictionary import Dictionary
from bot.understanding.understand import understand
from domain.site import Site

TODAY = date(2026, 9, 15)
DICTIONARY = Dictionary(Site.from_document(read_site_document(Path(__file__).parents[2] / "config")))


def read(text: str, role: str = "representative", quote: str = ""):  # type: ignore[no-untyped-def]
    return understand(Heard(text, role, quote_kind=quote, today=TODAY), DICTIONARY).acts[0]


@pytest.mark.parametrize(
    ("text", "state", "more"),
    [
        ("施工许可 已受理", "accepted", {}),
        ("施工许可已经受理了", "accepted", {}),
        (
            "YX-2026-001 施工许可 9月14日受理",
            "accepted",
            {"day": "2026-09-14", "project_code": "YX-2026-001"},
        ),
        ("施工许可 受理 昨天", "accepted", {"day": "2026-09-14"}),
        ("施工许可 补正：缺图审合格书，请9月20日前补", "correction", {"due": "2026-09-20"}),
        ("施工许可 补正完成", "correction_done", {}),
        ("工规证 办结 建字第440299202600088号", "completed", {}),
        ("环评报告表 特别程序 专家评审 15个工作日", "special", {"days": 15, "day_unit": "working"}),
        ("环评报告表 评审结束", "special_done", {}),
        ("施工许可 不予受理 不属本机关职权", "not_accepted", {}),
        ("施工许可 不予许可 不符合规划条件", "rejected", {}),
        ("施工许可 撤件", "withdrawn", {}),
        ("施工许可 进入审查阶段", "in_review", {}),
    ],
)
def test_a_state_is_read_with_its_days(text: str, state: str, more: dict[str, object]) -> None:
    act = read(text)
    assert (act.intent, act.slots["state"]) == (Intent.UPDATE_ITEM, state)
    assert {key: act.slots.get(key) for key in more} == more


@pytest.mark.parametrize(
    "text",
    ["施工许可受理条件是什么", "施工许可办结了吗", "施工许可什么时候受理", "施工许可到哪了", "施工许可受理要几天", "施工许可 补正材料有哪些"],
)  # fmt: skip
def test_a_question_is_no_order(text: str) -> None:
    assert read(text).intent is not Intent.UPDATE_ITEM


@pytest.mark.parametrize("role", ["enterprise"])
def test_only_those_who_make_progress_record_it(role: str) -> None:
    assert read("施工许可 已受理", role).intent is not Intent.UPDATE_ITEM


@pytest.mark.parametrize(
    ("text", "role", "quote", "intent", "focus", "rest"),
    [
        ("通过 施工许可 施工合同", "service_officer", "", Intent.REVIEW_MATERIAL, "approve", "施工合同"),
        ("退回材料 施工许可 施工合同 Logo不清，再盖一次", "service_officer", "", Intent.REVIEW_MATERIAL, "give_back", "施工合同 Logo不清，再盖一次"),
        ("容缺 施工许可 水质报告 9月30日 承诺补齐", "enterprise", "", Intent.SUBMIT_MATERIAL, "defer", "水质报告 9月30日 承诺补齐"),
        ("施工许可 建筑工程施工许可证申请表", "enterprise", "file", Intent.SUBMIT_MATERIAL, "file", "建筑工程施工许可证申请表"),
        ("施工许可 建筑工程施工许可证申请表", "enterprise", "", Intent.TEMPLATE, "", None),
        ("被要求清单外材料 施工许可 村委会盖章", "enterprise", "", Intent.REQUEST_MATERIAL, "off_list", "村委会盖章"),
        ("容缺是什么政策", "enterprise", "", Intent.POLICY, "", None),
        ("告知承诺制怎么办", "enterprise", "", Intent.POLICY, "", None),
    ],
)  # fmt: skip
def test_orders_about_materials(
    text: str, role: str, quote: str, intent: Intent, focus: str, rest: str | None
) -> None:
    act = read(text, role, quote)
    assert (act.intent, act.focus) == (intent, focus)
    assert rest is None or act.rest == rest


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("9月20日", date(2026, 9, 20)), ("9.20", date(2026, 9, 20)), ("2027-01-05", date(2027, 1, 5)), ("1月5日", date(2027, 1, 5)),
        ("20号", date(2026, 9, 20)), ("昨天", date(2026, 9, 14)), ("13月40日", None), ("2月30日", None), ("尽快", None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(written: str, day: date | None) -> None:
    assert days.read_day(written, TODAY) == day


@given(st.dates(date(2026, 3, 20), date(2027, 3, 10)))
def test_month_and_day_mean_the_nearest_such_day(day: date) -> None:
    assert days.read_day(f"{day.month}月{day.day}日", TODAY) == day


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    for role in ("representative", "service_officer", "enterprise"):
        understand(Heard(text, role, today=TODAY), DICTIONARY)
        understand(Heard(f"施工许可 {text}", role, quote_kind="file", today=TODAY), DICTIONARY)
        understand(Heard(f"退回材料 施工许可 {text}", role, today=TODAY), DICTIONARY)
