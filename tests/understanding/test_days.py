"""Days and spans as people write them, relative to Tuesday 2026-09-15. The cases are our own, after design/labels.md;
below them other parsers' published ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.siteconfig import calendar_of, read_site_document
from bot.understanding import days
from domain.site import Site

HERE = Path(__file__).parent
TODAY = date(2026, 9, 15)
CALENDAR = calendar_of(Site.from_document(read_site_document(Path(__file__).parents[2] / "config")))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("今天", "2026-09-15"), ("明天上午", "2026-09-16"), ("后天前", "2026-09-17"), ("大后天", "2026-09-18"),
        ("周五前", "2026-09-18"), ("本周五", "2026-09-18"), ("星期四", "2026-09-17"), ("礼拜三", "2026-09-16"), ("周日", "2026-09-20"),
        ("下周三前", "2026-09-23"), ("下个星期一", "2026-09-21"), ("下下周一", "2026-09-28"), ("周一", "2026-09-14"),
        ("月底", "2026-09-30"), ("本月底前", "2026-09-30"), ("下月底", "2026-10-31"), ("10月底", "2026-10-31"), ("月初", "2026-10-01"), ("年底", "2026-12-31"),
        ("18号", "2026-09-18"), ("18号前", "2026-09-18"), ("10号", "2026-10-10"), ("下个月5号", "2026-10-05"), ("二十号前", "2026-09-20"),
        ("9月30日", "2026-09-30"), ("9.30", "2026-09-30"), ("5.18号前", "2026-05-18"), ("2026-10-09", "2026-10-09"), ("2026年10月9日", "2026-10-09"), ("十月八号", "2026-10-08"), ("明年1月5日", "2027-01-05"),
        ("下个工作日", "2026-09-16"), ("本月最后一个工作日", "2026-09-30"), ("这周最后一个工作日", "2026-09-20"),
        ("节后第一个工作日", "2026-09-28"), ("国庆后第二个工作日", "2026-10-09"), ("国庆节后", "2026-10-08"), ("节前", "2026-09-24"),
        ("三天后", "2026-09-18"), ("三个工作日后", "2026-09-18"), ("两周后", "2026-09-29"), ("一个月后", "2026-10-15"),
        ("从18号改到25号", "2026-09-25"), ("延到下周五", "2026-09-25"),
    ],
)  # fmt: skip
def test_the_day_a_request_names(written: str, day: str) -> None:
    assert days.due_in(written, TODAY, CALENDAR) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "written",
    ["尽快", "1.2个亿", "3.2万平", "施工图v3.2", "3号楼", "2号窗口", "13月40日", "5天", "80万", "第3步"],
)
def test_what_is_no_day(written: str) -> None:
    assert days.due_in(written, TODAY, CALENDAR) is None


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("三个工作日内", (3, "working")), ("15个工作日", (15, "working")), ("二十个工作日", (20, "working")), ("5天", (5, "calendar")),
        ("10日内", (10, "calendar")), ("一周", (7, "calendar")), ("两周", (14, "calendar")), ("一个星期", (7, "calendar")), ("再给三天", (3, "calendar")),
        ("下周二", None), ("三天后", None), ("9月3日", None), ("第3天", None), ("3号", None), ("最后一个工作日", None),
    ],
)  # fmt: skip
def test_a_number_of_days(written: str, span: tuple[int, str] | None) -> None:
    assert days.span(written) == span


def test_without_an_office_calendar_monday_to_friday_work() -> None:
    assert days.due_in("三个工作日后", date(2026, 9, 17)) == date(2026, 9, 22)


@pytest.mark.parametrize("line", (HERE / "published_days.jsonl").read_text(encoding="utf-8").splitlines())
def test_published_cases(line: str) -> None:
    """Of microsoft/Recognizers-Text (Specs/DateTime/Chinese, MIT) and dongrixinyu/JioNLP (test_time_parser.py,
    Apache 2.0): the expressions that name one day, where their reading is ours (design/labels.md). Out of scope and
    answered with no day: the moon's calendar, hours, days before yesterday, years alone."""
    case = json.loads(line)
    assert days.due_in(case["text"], date.fromisoformat(case["today"])) == date.fromisoformat(case["day"])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026.10.9", "2026-10-09"), ("26年10月9日", "2026-10-09"), ("二〇二六年十月九日", "2026-10-09"), ("十月二十三前", "2026-10-23"),
        ("明年底", "2027-12-31"), ("下周周六", "2026-09-26"), ("上周五", "2026-09-11"), ("上个月15号", "2026-08-15"),
        ("农历八月十五", None), ("八月初三", None), ("05/06/26", None), ("12-11-10", None), ("一月二十三个", None),
    ],
)  # fmt: skip
def test_what_the_published_cases_taught(written: str, day: str | None) -> None:
    assert days.due_in(written, TODAY, CALENDAR) == (date.fromisoformat(day) if day else None)
