"""问题分析 in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.texts.phrases import lines
from domain.issue_analysis import Analysis, Line
from domain.issues import CATEGORY_NAMES, Category
from domain.site import Site

MOST = 4


def names(site: Site) -> tuple[Callable[[str], str], Callable[[str], str], Callable[[str], str]]:
    """How categories, departments and items are called."""
    items, departments = site.catalogue.items, site.departments
    return (
        lambda key: CATEGORY_NAMES[Category(key)],
        lambda key: departments[key].short if key in departments else "未分派",
        lambda key: items[key].spoken if key in items else "未涉及具体事项",
    )


def shown(found: Analysis, site: Site) -> str:
    if not found.whole.count:
        return f"{found.period.name}没有项目单位反馈的问题（上期{found.whole.before}个）。"
    category, department, item = names(site)
    whole = found.whole
    days = f"，答复平均用时{whole.days:.1f}个工作日" if whole.days is not None else ""
    again = [
        f"{item(one.item)}的{category(one.category)}问题（{one.projects}个项目，问题{'、'.join(map(str, one.numbers[:5]))}）"
        for one in found.again[:MOST]
    ]
    return lines(
        f"**{found.period.name}问题分析**",
        f"共{whole.count}个（上期{whole.before}个），已解决{whole.solved}个，待答复{found.open}个，超期{whole.late}个{days}",
        f"类别：{_listed(found.categories, category)}",
        f"责任部门：{_listed(found.departments, department)}",
        f"事项：{_listed(found.items, item)}",
        f"多个项目反复提出：{'；'.join(again)}" if again else "",
        "明细表随后发到您的应用会话。",
    )


def _listed(found: Sequence[Line], name: Callable[[str], str]) -> str:
    told = "、".join(f"{name(one.key)}{one.count}个{_change(one)}" for one in found[:MOST])
    left = sum(one.count for one in found[MOST:])
    return f"{told}，其他{left}个" if left else told


def _change(one: Line) -> str:
    """Beside the period before, and what is over time."""
    said = (
        [f"比上期{'多' if one.count > one.before else '少'}{abs(one.count - one.before)}个"]
        if one.count != one.before
        else []
    )
    said += [f"超期{one.late}个"] if one.late else []
    return f"（{'，'.join(said)}）" if said else ""
