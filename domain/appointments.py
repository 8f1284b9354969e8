"""Appointments: by which channel, when, and what an officer has said to it (R080, R117)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.errors import InvalidAnswer


class MeetingKind(StrEnum):
    WINDOW = "window"
    VIDEO = "video"
    VISIT = "visit"
    OUT_OF_HOURS = "out_of_hours"


KIND_NAMES = {
    MeetingKind.WINDOW: "到窗口",
    MeetingKind.VIDEO: "视频办",
    MeetingKind.VISIT: "上门服务",
    MeetingKind.OUT_OF_HOURS: "非工作时间服务",
}


class AppointmentState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"


@dataclass(frozen=True)
class Appointment:
    """`wished_at` is None where no day was named. `agreed_at`: the moment both now expect."""

    id: int
    project_id: int | None
    kind: MeetingKind
    wish: str = field(repr=False)
    wished_at: datetime | None
    asked_by: int
    asked_at: datetime
    officer_id: int
    state: AppointmentState = AppointmentState.ASKED
    agreed_at: datetime | None = None
    answer: str = field(default="", repr=False)

    def agree(self) -> Appointment:
        """As wished; only once, and only to a moment that was named."""
        if self.state is AppointmentState.AGREED:
            raise InvalidAnswer(f"预约{self.id}已经答复过，要换时间请发送“改约 {self.id} 时间”。")
        if self.wished_at is None:
            raise InvalidAnswer(
                f"预约{self.id}没有写明时间，请发送“改约 {self.id} 时间”，例如：改约 {self.id} 周四上午10点。"
            )
        return replace(self, state=AppointmentState.AGREED, agreed_at=self.wished_at)

    def move(self, at: datetime, words: str) -> Appointment:
        return replace(self, state=AppointmentState.AGREED, agreed_at=at, answer=words)


_WEEKDAYS = "一二三四五六日"
_HALVES = {
    "上午": time(9),
    "早上": time(9),
    "中午": time(12),
    "下午": time(15),
    "晚上": time(19),
    "傍晚": time(18),
}
_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {"两": 2, "十一": 11, "十二": 12}
_CLOCK = re.compile(r"(\d{1,2}|十[一二]?|[一二两三四五六七八九])(?::(\d{2})|[点时](半|\d{1,2}分?)?)")


def kind_of(text: str) -> MeetingKind:
    if re.search(r"视频|线上|远程", text):
        return MeetingKind.VIDEO
    return MeetingKind.VISIT if re.search(r"上门|到现场|来现场|到厂|到工地", text) else MeetingKind.WINDOW


def moment_of(text: str, today: date, zone: tzinfo) -> datetime | None:
    """周三下午, 明天上午10点, 9月17日15:30; a day without an hour is its morning. None where no day is named."""
    day = _day_of(text, today)
    return datetime.combine(day, _hour_of(text), zone) if day else None


def outside_hours(at: datetime, calendar: WorkCalendar) -> bool:
    day = at.astimezone(calendar.zone).date()
    return not calendar.is_working_day(day) or calendar.next_office_moment(at) != at


def _day_of(text: str, today: date) -> date | None:
    for word, days in (("大后天", 3), ("后天", 2), ("明天", 1), ("明日", 1), ("今天", 0), ("今日", 0)):
        if word in text:
            return today + timedelta(days=days)
    named = re.search(r"(?:(\d{1,2})月)(\d{1,2})[日号]", text)
    if named:
        return _next_such(today, int(named[1]), int(named[2]))
    week = re.search(r"(下)?(?:周|星期|礼拜)([一二三四五六日天])", text)
    if week is None:
        return None
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_WEEKDAYS.index(week[2].replace("天", "日")) + (7 if week[1] else 0))
    return day if day >= today else day + timedelta(days=7)


def _next_such(today: date, month: int, day: int) -> date | None:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _hour_of(text: str) -> time:
    half = next((word for word in _HALVES if word in text), "")
    clock = _CLOCK.search(text)
    if clock is None:
        return _HALVES.get(half, time(9))
    hour = _DIGITS.get(clock[1]) if not clock[1].isdecimal() else int(clock[1])
    minutes = 30 if clock[3] == "半" else int(clock[2] or (clock[3] or "0").rstrip("分") or 0)
    if half in {"下午", "晚上", "傍晚"} and hour is not None and hour < 12:
        hour += 12
    if hour is None or hour > 23 or minutes > 59:
        return _HALVES.get(half, time(9))
    return time(hour, minutes)
