"""When somebody wants to come, from half a sentence."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments import MeetingKind, kind_of, moment_of

ZONE, TUESDAY = ZoneInfo("Asia/Shanghai"), date(2026, 9, 15)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("周三下午 视频", "2026-09-16T15:00"), ("明天上午10点", "2026-09-16T10:00"),
        ("后天下午3点半上门", "2026-09-17T15:30"), ("下周一", "2026-09-21T09:00"),
        ("周一上午", "2026-09-21T09:00"), ("9月17日15:30", "2026-09-17T15:30"), ("1月5号", "2027-01-05T09:00"),
        ("周四十点", "2026-09-17T10:00"), ("星期天晚上七点", "2026-09-20T19:00"), ("今天14:00", "2026-09-15T14:00"),
    ],
)  # fmt: skip
def test_a_moment_is_understood(said: str, at: str) -> None:
    assert moment_of(said, TUESDAY, ZONE) == datetime.fromisoformat(at).replace(tzinfo=ZONE)


@pytest.mark.parametrize("said", ["上门", "有空过来", "2月30日"])
def test_no_day_is_guessed(said: str) -> None:
    assert moment_of(said, TUESDAY, ZONE) is None


@given(st.text(alphabet="上下午周星期一二三日天明后大今0123456789点半分:月号", max_size=20))
def test_whatever_is_said_is_never_in_the_past(said: str) -> None:
    at = moment_of(said, TUESDAY, ZONE)
    assert at is None or at.date() >= TUESDAY


def test_the_channel_is_named_or_it_is_the_window() -> None:
    assert [kind_of(t) for t in ("周三视频", "上门看看", "周三下午")] == [
        MeetingKind.VIDEO, MeetingKind.VISIT, MeetingKind.WINDOW,
    ]  # fmt: skip
