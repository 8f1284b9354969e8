"""Days and spans as people write them, relative to Tuesday 2026-09-15. The cases are our own, after design/labels.md;
they were not run against another parser's published cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.siteconfig import calendar_of, read_site_document
from bot.understanding import days
from domain.site import Site

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
