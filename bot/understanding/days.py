"""Days and spans as people write them: 9月20日, 20号, 下周三前, 本月底, 节后第一个工作日, 三个工作日内.

Weeks start on Monday; 周五 is this week's, 下周三 next week's (design/labels.md).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Protocol

ONE_DAY = timedelta(days=1)
_WORDS = {
    "大大后天": 4, "大后天": 3, "大后日": 3, "后天": 2, "后日": 2, "明天": 1, "明日": 1, "听日": 1, "明早": 1, "明晚": 1, "明": 1,
    "今天": 0, "今日": 0, "今晚": 0, "昨天": -1, "昨日": -1, "大前天": -3, "前天": -2, "前日": -2,
}  # fmt: skip
_BY_LENGTH = sorted(_WORDS, key=len, reverse=True)
DAY = (
    r"(?:(?:\d{4}\s*[-年./]\s*)?\d{1,2}\s*[-月./]\s*\d{1,2}\s*[日号]?|\d{1,2}\s*[日号](?!\s*内)"
    r"|大后天|后天|明天|今天|今日|昨天|昨日|前天)"
)
_FULL = re.compile(r"(?:(\d{4})\s*[-年./]\s*)?(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_DAY_ONLY = re.compile(r"(\d{1,2})\s*[日号]")

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_MONTH = r"(?:十[一二]?|[一二三四五六七八九])"
_WEEKDAY = r"(?:周|星期|礼拜|拜)(?P<weekday>[一二三四五六日天末1-7])"
_HOLIDAY = r"(?P<holiday>国庆|中秋|春节|元旦|五一|清明|端午|十一|过年|长假|节)(?:节|假期?|长假)?"
_COMING = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        # By the moon, or counted within another month: no day is better than a wrong one.
        ("unread", r"(?:农历|阴历|旧历)[^,，。;；]{0,12}|[正腊]月(?:初|十|廿|二十|三十)[一二三四五六七八九十]?|大年(?:初[一二三四五六七八九十]|三十)|除夕"
         rf"|{_MONTH}月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九])|{_MONTH}月份?的?第[一二三四五]个(?:周|星期|礼拜)[一二三四五六日天]"),
        ("week_last", r"(?P<next>(?:下个?)*)(?:本|这个?)?(?:周|星期)的?最后一个工作日|(?:本|这)?周内最后一个工作日"),
        ("month_last", r"(?:(?P<next>(?:下个?)*)|本|这个?|当)月?的?(?:月底)?最后一个工作日"),
        ("after", rf"{_HOLIDAY}(?:过)?后(?:的?第(?P<nth>{_N})个?(?:工作日|上班日)|的?首个工作日|(?P<last>))?"),
        ("before", rf"{_HOLIDAY}(?:放假)?之?前(?:的?最后一个工作日)?"),
        ("next_working", r"下一?个?工作日|次一?工作日"),
        ("full", r"(?:(?<!\d)(?P<year>\d{4}\s*[-年./]|\d\d年|[今明去后前]年)\s*|(?<![\d.a-z\-/年]))(?P<month>\d{1,2})\s*[-月./·]\s*(?P<day>\d{1,2})(?![\d%]|[-/.]\d)\s*[日号]?(?!\s*(?:万|亿|平|米|个|元|亩|吨|公里|方))"),
        ("cn_full", rf"(?:(?P<year>[一二][零〇一二三四五六七八九]{{3}}年|[今明去后前]年)\s*)?(?P<month>{_MONTH})月(?:份的?)?(?:(?P<day>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})[日号]|(?P<bare>(?:二十|三十|十)[一二三四五六七八九]|十|二十|三十)(?![个多几来一二三四五六七八九十点天年月周]|工作))"),
        ("month_day", r"(?P<next>(?:下个?)+)?(?P<back>(?:上个?)+)?(?P<this>本|这个?|当)?月的?(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"),
        ("year_end", r"(?:(?P<year>[今本明后])年|(?<![\d两几一二三四五六七八九十])年)(?:底|末|终|内)"),
        ("month_part", r"(?:(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?的?|(?P<next>(?:下个?)+)月的?|(?P<back>(?:上个?)+)月的?|(?:本|这个?|当)?月的?)(?P<part>底|末|初(?![一二三四五六七八九十])|中旬|中(?!旬))"),
        ("week", rf"(?P<next>(?:下个?)*)(?P<back>(?:上个?)*)(?P<this>本|这个?|今)?(?:(?:周|星期|礼拜)的?(?=周|星期|礼拜))?{_WEEKDAY}"),
        ("week_bare", r"(?P<next>(?:下个?)+)(?:周|星期|礼拜)(?:内|之?前|以内)|(?:本|这个?)周(?:内|之?前|以内)"),
        ("later", rf"(?<![第\d])(?P<n>{_N})个?(?P<unit>工作日|天|日|周|星期|礼拜|月)(?:之后|以后|后)"),
        ("word", r"(?P<word>大大后天|大后天|大后日|后天|后日|明天|明日|听日|明早|明晚|今天|今日|今晚)"),
        ("dom", r"(?<![\d.\-])(?P<day>\d{1,2}|[一二三四五六七八九十]{2,3})\s*[日号](?!\s*(?:楼|线|窗口|地块|厂房|车间|门|院|问题|工单|内|文|令|机))"),
    )
)  # fmt: skip
_SPAN = re.compile(
    rf"(?<![第\d.周\-/月])(?P<n>{_N})\s*(?:个)?\s*(?P<unit>工作日|自然日|日历日|日历天|星期|礼拜|周(?!年|[一二三四五六日])|天|日(?![前号]))(?!前)"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "日": 7, "天": 7, "末": 6}
# The public holidays by the day they fall on, where it does not follow the moon.
_FIXED = {"国庆": (10, 1), "十一": (10, 1), "元旦": (1, 1), "五一": (5, 1), "清明": (4, 4)}


class WorkingDays(Protocol):
    def is_working_day(self, day: date) -> bool: ...


class MondayToFriday:
    """Where no office calendar is at hand."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5


def read_day(text: str, today: date) -> date | None:
    """One written like `DAY`; without a year the one nearest to today. None for a day that does not exist."""
    written = text.strip()
    for word in _BY_LENGTH:
        if written.startswith(word):
            return today + timedelta(days=_WORDS[word])
    full = _FULL.match(written)
    if full:
        years = [int(full[1])] if full[1] else [today.year - 1, today.year, today.year + 1]
        return _nearest([_day(year, int(full[2]), int(full[3])) for year in years], today)
    only = _DAY_ONLY.match(written)
    return _nearest([_day(today.year, today.month, int(only[1]))], today) if only else None


def first_day(text: str, today: date, calendar: WorkingDays | None = None) -> date | None:
    """The first day named in a text, looked for from today on."""
    hit = first_hit(text)
    return _resolve(hit, today, calendar or MondayToFriday()) if hit else None


def day_in(text: str, today: date, calendar: WorkingDays | None = None) -> date | None:
    return first_day(text, today, calendar)


def hits(text: str) -> list[re.Match[str]]:
    """Every day named, not overlapping, in order of place; of two at one place the rule that stands first."""
    found: list[re.Match[str]] = []
    for _, pattern in _COMING:
        for match in pattern.finditer(text):
            if match[0] and not any(match.start() < f.end() and f.start() < match.end() for f in found):
                found.append(match)
    return sorted(found, key=lambda match: match.start())


def first_hit(text: str) -> re.Match[str] | None:
    return next(iter(hits(text)), None)


def due_in(text: str, today: date, calendar: WorkingDays | None = None) -> date | None:
    """The day a request or promise names; behind 到/至 before any other."""
    found = hits(text)
    behind = [
        hit
        for hit in found
        if text[: hit.start()].rstrip().endswith(("到", "至", "在", "为", "成", "是", "改", "换", "于"))
    ]
    days = (_resolve(hit, today, calendar or MondayToFriday()) for hit in [*behind[-1:], *found])
    return next((day for day in days if day is not None), None)


def spans(text: str) -> list[re.Match[str]]:
    return list(_SPAN.finditer(text))


def span(text: str) -> tuple[int, str] | None:
    """(number, working | calendar)"""
    hit = next((one for one in _SPAN.finditer(text) if not text[: one.start()].endswith("最后")), None)
    if hit is None or text[hit.end() :].startswith(("后", "之后", "以后")):
        return None
    number, unit = _number(hit["n"]), hit["unit"]
    if hit["n"] == "半":
        return None
    weeks = unit in ("周", "星期", "礼拜")
    return (number * 7 if weeks else number, "working" if unit == "工作日" else "calendar")


def _number(written: str) -> int:
    """Arabic or Chinese, up to 99."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS.get(written[-1], 0)
    return (_DIGITS[tens[-1]] if tens else 1) * 10 + (_DIGITS[ones[0]] if ones else 0)


def _resolve(hit: re.Match[str], today: date, calendar: WorkingDays) -> date | None:
    name = next(name for name, pattern in _COMING if pattern is hit.re)
    given = {key: value for key, value in hit.groupdict().items() if value is not None}
    return _READ[name](given, today, calendar)


Given = dict[str, str]
_HALF_A_YEAR = timedelta(days=183)


def _full(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    month, day = _number(given["month"]), _number(given.get("day") or given["bare"])
    if "year" in given:
        return _day(_year(given["year"], today), month, day)
    found = _day(today.year, month, day)
    # 9月1日 said in the middle of September is over, and whoever asked for it is told so; 1月5日 in December is not.
    return _day(today.year + 1, month, day) if found and today - found > _HALF_A_YEAR else found


def _year(written: str, today: date) -> int:
    """2026年, 26年, 二〇二六年, 明年"""
    relative = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
    if written[0] in relative:
        return today.year + relative[written[0]]
    digits = "".join(
        c if c.isdecimal() else str(_DIGITS.get(c, 0)) for c in written if c in _DIGITS or c in "〇0123456789"
    )
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _unread(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    return None


def _steps(given: Given) -> int:
    """下下 is two ahead, 上 one back."""
    return given.get("next", "").count("下") - given.get("back", "").count("上")


def _month_day(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    year, month = _month_on(today, _steps(given))
    return _day(year, month, _number(given["day"]))


def _dom(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    day = _number(given["day"])
    if day < today.day:
        return _day(*_month_on(today, 1), day)
    return _day(today.year, today.month, day) or _day(*_month_on(today, 1), day)


def _month_part(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    year, month = _month_on(today, _steps(given))
    if "month" in given:
        month = _number(given["month"])
        year += month < today.month
    if not 1 <= month <= 12:
        return None
    part = given["part"]
    if part[-1] in "底末":
        return _month_end(year, month)
    day = date(year, month, 1 if "初" in part else 15)
    later = _month_on(today, 1)
    return day if day >= today or {"month", "next", "back"} & given.keys() else date(*later, day.day)


def _year_end(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    return date(_year(given.get("year", "今"), today), 12, 31)


def _week(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    weekday = given["weekday"]
    number = int(weekday) if weekday.isdecimal() else _DIGITS[weekday]
    return _monday(today) + timedelta(weeks=_steps(given), days=number - 1)


def _week_bare(given: Given, today: date, calendar: WorkingDays) -> date | None:
    friday = _monday(today) + timedelta(weeks=given.get("next", "").count("下"), days=4)
    return _back(friday + timedelta(days=2), calendar)


def _week_last(given: Given, today: date, calendar: WorkingDays) -> date | None:
    sunday = _monday(today) + timedelta(weeks=given.get("next", "").count("下"), days=6)
    return _back(sunday, calendar)


def _month_last(given: Given, today: date, calendar: WorkingDays) -> date | None:
    return _back(_month_end(*_month_on(today, given.get("next", "").count("下"))), calendar)


def _next_working(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    return _forward(today, 1, calendar)


def _later(given: Given, today: date, calendar: WorkingDays) -> date | None:
    number, unit = _number(given["n"]), given["unit"]
    if unit == "工作日":
        return _forward(today, number, calendar)
    if unit == "月":
        year, month = _month_on(today, number)
        return _day(year, month, today.day) or _month_end(year, month)
    return today + timedelta(days=number * (1 if unit in "天日" else 7))


def _word(given: Given, today: date, calendar: WorkingDays) -> date | None:  # noqa: ARG001
    return today + timedelta(days=_WORDS[given["word"]])


def _after(given: Given, today: date, calendar: WorkingDays) -> date | None:
    last = _holiday(given["holiday"], today, calendar)[1]
    return _forward(last, _number(given.get("nth", "一")), calendar)


def _before(given: Given, today: date, calendar: WorkingDays) -> date | None:
    return _back(_holiday(given["holiday"], today, calendar)[0] - ONE_DAY, calendar)


def _holiday(name: str, today: date, calendar: WorkingDays) -> tuple[date, date]:
    """First and last day off of the holiday meant: the named one, else the next that stops work on a weekday."""
    day = today
    if name in _FIXED:
        day = date(today.year, *_FIXED[name])
        day = day if day >= today - timedelta(days=7) else date(today.year + 1, *_FIXED[name])
    month = {"中秋": (9, 10), "端午": (5, 6), "春节": (1, 2), "过年": (1, 2)}.get(name)
    for _ in range(400):
        off = day.weekday() < 5 and not calendar.is_working_day(day)
        if off and (
            month is None or ((day.month in month and (day.month, day.day) < (10, 1)) or month == (1, 2))
        ):
            break
        day += ONE_DAY
    first = last = day
    while not calendar.is_working_day(first - ONE_DAY):
        first -= ONE_DAY
    while not calendar.is_working_day(last + ONE_DAY):
        last += ONE_DAY
    return first, last


_READ = {
    "unread": _unread,
    "week_last": _week_last, "month_last": _month_last, "after": _after, "before": _before, "next_working": _next_working,
    "full": _full, "cn_full": _full, "month_day": _month_day, "month_part": _month_part, "year_end": _year_end,
    "week": _week, "week_bare": _week_bare, "later": _later, "word": _word, "dom": _dom,
}  # fmt: skip


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_on(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.month - 1 + months, 12)
    return today.year + year, month + 1


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def _forward(day: date, number: int, calendar: WorkingDays) -> date:
    """The number-th working day behind it."""
    while number > 0:
        day += ONE_DAY
        number -= calendar.is_working_day(day)
    return day


def _back(day: date, calendar: WorkingDays) -> date:
    """It, or the working day before it."""
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(days: list[date | None], today: date) -> date | None:
    known = [day for day in days if day is not None]
    return min(known, key=lambda day: abs((day - today).days)) if known else None
