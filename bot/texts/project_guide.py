"""What is said about the project's own guide: sent, confirmed, checked; factors beyond the lists."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import clipped
from domain.filled_forms import FilledForm
from domain.project import Project


def sent(project: Project, form: FilledForm, people: Sequence[str]) -> str:
    who = "、".join(people) or "项目单位"
    return f"{project.short_name}：专属办事指南和办理计划（{form.no}，第{form.version}版）已发给{who}确认。"


def plan_confirmed(project: Project, form: FilledForm) -> str:
    return f"已确认{project.short_name}的办理计划（{form.no}，第{form.version}版），按此办理；有变化会重新发您确认。"


def nobody_confirms(project: Project) -> str:
    return f"{project.short_name}还没有登记经办人或代表人，没有人可以确认计划。请先发放登记码。"


def confirmed(project: Project, form: FilledForm, who: str) -> str:
    return f"{project.name}：{who}已确认办理计划（{form.no}，第{form.version}版），可以按计划办理。"


def checked(project: Project, form: FilledForm, who: str, opinion: str) -> str:
    if not opinion:
        return f"{project.name}：{who}已核对专属办事指南（{form.no}），无修改意见。"
    return f"{project.name}：{who}对专属办事指南（{form.no}）的修改意见：{opinion}。改好后请发送：发计划 {project.code}"


def check_noted(form: FilledForm, officer: str, opinion: str) -> str:
    what = "修改意见" if opinion else "核对结果"
    return f"已记录您对专属办事指南（{form.no}）的{what}，并转告服务专员{officer}。"


def none_yet(project: Project) -> str:
    return f"{project.short_name}还没有专属办事指南，由服务专员发送：发计划 {project.code}"


def paper_sent(name: str) -> str:
    return f"{name}由应用单独发给您，请在企业微信的帮办代办应用会话中查收。"


def no_font() -> str:
    return "服务器上没有中文字体，画不了图，请看文字计划：发送“计划”。"


def factor_noted(item: str, text: str) -> str:
    return f"已记录{item}的清单外要素：{clipped(text, 80)}。会写进有关项目的专属办事指南，谢谢。"


def factors(item: str, found: Sequence[tuple[int, str, str]]) -> str:
    if not found:
        return f"{item}还没有登记清单外要素。部门代表可发送：要素 {item} 内容"
    told = [f"{n}. {text}（{who}，要素{number}）" for n, (number, text, who) in enumerate(found, 1)]
    return "\n".join([f"**{item}清单外要素**", *told, "清单以外的要求不作为收件条件，仅作准备参考。"])


def factor_withdrawn(number: int) -> str:
    return f"要素{number}已撤下。"
