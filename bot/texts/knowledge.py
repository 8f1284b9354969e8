"""Answers with a source (domain.md §6.4): conclusion, at most five lines, basis with date, who next, caveat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import clipped, day, lines
from domain.knowledge import Hit, Note
from domain.site import Site

LONGEST_IN_GROUP = 300
VALID_HERE = frozenset({"", "全国", "广东", "全国、广东"})


def answer(hit: Hit, site: Site, officer: str, today: date, *, in_group: bool) -> str:
    note = hit.note
    below = (
        _basis(note, today),
        *(_other(one, today) for one in hit.others),
        f"本地是否适用请与服务专员{officer}确认。※ {site.policy_footer}。",
    )
    points = [f"{n}. {one}" for n, one in enumerate(note.points, 1)]
    while points and in_group and _length(note, points, below) > LONGEST_IN_GROUP:
        points.pop()
    left = len(note.points) - len(points)
    return lines(
        f"**{note.conclusion}**", *points, f"（另有{left}点，请在与我的单聊里问）" if left else "", *below
    )


def _length(note: Note, points: Sequence[str], below: Sequence[str]) -> int:
    return len(note.conclusion) + 20 + sum(len(one) + 1 for one in (*points, *below))


def _basis(note: Note, today: date) -> str:
    since = f"，{_date(note.since)}起施行" if note.since else "，施行日期未载明"
    told = f"依据：{note.source}{since if note.place else ''}。"
    if note.place not in VALID_HERE:
        told += f"这是{note.place}的做法，仅供参考。" if note.place != "本地未公布" else "本地标准尚未公布。"
    return told + ("该依据施行已久，请核对是否有新规定。" if note.is_old(today) else "")


def _other(note: Note, today: date) -> str:
    gone = "（已失效）" if note.ended(today) else "（不适用于本地）" if note.place not in VALID_HERE else ""
    return f"您可能见到另一种说法“{note.figure}”{gone}，出处是{note.source}，与上面不一致时以上面为准。"


def conflict(hit: Hit, today: date) -> str:
    """Beside figures of the catalogue."""
    return lines(*(_other(one, today) for one in hit.others))


def _date(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def no_source(officer: str, until: date, *, subsidy: bool = False) -> str:
    what = (
        "暂未收录与本项目匹配、有文件依据的优惠政策条款，我不能答复"
        if subsidy
        else "这个问题没有查到有出处的说法，我不确定，不作答复"
    )
    return f"{what}。已转给服务专员{officer}，{day(until)}前答复您。"


def to_officer(project: str, who: str, question: str, until: date) -> str:
    return f"{project}：{who}问了一个没有查到出处的问题——{clipped(question, 100)}\n请于{day(until)}前答复。"
