"""Periods an office counts by, as people say them: 9月, 上月, 三季度, 2026年."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import InvalidAnswer

ONE_DAY = timedelta(days=1)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SAID = re.compile(
    r"(?:(?P<year>\d{4}|今|本|去)年)?(?:(?P<month>\d{1,2})月份?|第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年)?"
)


@dataclass(frozen=True)
class Period:
    """Office days, both inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise InvalidAnswer("开始日期不能晚于结束日期。")

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def name(self) -> str:
        """2026年9月, 2026年第三季度, or from day to day."""
        for months, called in ((1, f"{self.first.month}月"), (3, self._quarter), (12, "")):
            if self.first.day == 1 and self == months_from(self.first, months) and called is not None:
                return f"{self.first.year}年{called}"
        return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in (self.first, self.last))

    @property
    def _quarter(self) -> str | None:
        begins = (self.first.month - 1) % 3 == 0
        return f"第{'一二三四'[(self.first.month - 1) // 3]}季度" if begins else None


def said(words: str, today: date) -> Period:
    """Raises InvalidAnswer when it names no period, or one that has not begun."""
    text = re.sub(r"\s+", "", words)
    period = _relative(text, today) or _named(text, today)
    if period is None:
        raise InvalidAnswer("请写明统计哪一段，例如：统计 9月、统计 上月、统计 三季度、统计 2026年。")
    if period.first > today:
        raise InvalidAnswer(f"{period.name}还没有开始，请写已经开始的月份、季度或年份。")
    return period


def _relative(text: str, today: date) -> Period | None:
    month = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    if text in ("本月", "这个月", "当月"):
        return months_from(month, 1)
    if text in ("上月", "上个月"):
        return months_from((month - ONE_DAY).replace(day=1), 1)
    if text in ("本季度", "这个季度"):
        return months_from(quarter, 3)
    if text in ("上季度", "上个季度"):
        before = quarter - ONE_DAY
        return months_from(date(before.year, before.month - 2, 1), 3)
    return None


def _named(text: str, today: date) -> Period | None:
    found = _SAID.fullmatch(text)
    if not found or not text:
        return None
    written = found["year"] or "今"
    year = {"今": today.year, "本": today.year, "去": today.year - 1}.get(written) or int(written)
    month = int(found["month"] or 1)
    if not 2000 <= year <= 2100 or not 1 <= month <= 12:
        return None
    if found["month"]:
        if not found["year"] and date(year, month, 1) > today:
            year -= 1  # 12月 said in January
        return months_from(date(year, month, 1), 1)
    if found["quarter"]:
        return months_from(date(year, _QUARTERS[found["quarter"]] * 3 - 2, 1), 3)
    if found["half"]:
        return months_from(date(year, 1 if found["half"] == "上" else 7, 1), 6)
    return months_from(date(year, 1, 1), 12)


def months_from(first: date, count: int) -> Period:
    """That many whole months from the first of one."""
    after = first.month - 1 + count
    return Period(first, date(first.year + after // 12, after % 12 + 1, 1) - ONE_DAY)
