"""What is said about forms that are signed."""

from __future__ import annotations

from collections.abc import Callable

from bot.texts import completion
from bot.texts.phrases import clipped
from domain.filled_forms import FilledForm

MOST_NAMED = 4  # the paper names every item


def _entrusted(text: str) -> str:
    """Long lists are counted: what the signature means must stand whole behind them."""
    scope, _, names = text.partition("：")
    listed = names.split("、")
    if len(listed) <= MOST_NAMED:
        return text
    return f"{scope}：{'、'.join(listed[:3])}等{len(listed)}项"


# What a signatory reads on the card before signing, by form.
SUMMARIES: dict[str, Callable[[FilledForm], str]] = {
    "F6": completion.what_is_signed,
    "F17": lambda form: f"原因消除：{form.values.get('cause_gone', '')}。签署后继续办理。",
    "F2": lambda form: (
        f"第{form.version}版计划共{len(form.values.get('items', ()))}项，请先看发给您的专属办事指南；确认后按此办理，有变化会重新发您确认。"
    ),
    "F13": lambda form: (
        f"委托内容：{_entrusted(str(form.values.get('entrusted', '')))}。服务免费；申报主体仍为项目单位；不保证审批时间或结果。"
    ),
}


def what_is_signed(form: FilledForm) -> str:
    tell = SUMMARIES.get(form.form)
    return clipped(tell(form), 110) if tell else ""


def signed_line(name: str) -> str:
    return f"{name}已签署"


def signed_answer(title: str, no: str, waiting: list[str], *, alone: bool) -> str:
    """`alone`: nobody else had to sign."""
    whole = "即日生效。" if alone else "各方已签署，即日生效。"
    rest = f"还待{'、'.join(waiting)}签署。" if waiting else whole
    return f"已签署《{title}》（{no}）。{rest}"


def doubt_to_officer(project: str, title: str, no: str, who: str) -> str:
    return f"{project}：{who}对《{title}》（{no}）有疑问，尚未签署，请联系说明；需要修改的，改好后会重新发给各方签署。"


def doubt_noted(officer: str) -> str:
    return f"好的，先不签署。已转告服务专员{officer}，由专员与您联系。"
