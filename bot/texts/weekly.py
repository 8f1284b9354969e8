"""“周报”: what its preview, its added line and its correction are told with."""

from __future__ import annotations

from datetime import datetime

from bot.texts.phrases import day, lines, short_day
from domain.project import Project
from domain.week_report import WeekReport
from domain.weeks import Week

NUMBERS = "群里不发电话、证件和银行卡号，请去掉号码后再发；需要联系的请写姓名。"


def preview(project: Project, week: Week, until: datetime, text: str) -> str:
    posted = f"{day(week.last_day)}{week.posted:%H:%M}"
    return lines(
        f"预览，{posted}发到工作群。{short_day(until.date())}{until:%H:%M}前可发送“周报 加一句 {project.code} 内容”：",
        text,
    )


def none_yet(week: Week, officer: str) -> str:
    return f"本项目还没有发布过周小结，第一份在{day(week.last_day)}{week.posted:%H:%M}发到工作群。急着了解请发送“进度”，或联系服务专员{officer}。"


def nothing_open(project: Project) -> str:
    return f"{project.name}目前没有在办的代办服务，不发周小结。受理后自动开始。"


def added(project: Project, week: Week, line: str) -> str:
    posted = f"{day(week.last_day)}{week.posted:%H:%M}"
    return f"已记下，随{project.short_name}的周小结于{posted}发布：\n服务专员：{line}\n改写请再发一次；不要了请发送“周报 删一句 {project.code}”，预览请发送“周报 {project.code}”。"


def removed(project: Project) -> str:
    return f"已删去，{project.short_name}的周小结不再带这句话。"


def which_words(project: Project, *, most: int) -> str:
    return f"请写上要加的话（{most}字以内），例如：周报 加一句 {project.code} 节前窗口照常收件。"


def too_late(project: Project, week: Week) -> str:
    posted = f"{day(week.last_day)}{week.posted:%H:%M}"
    return f"周小结{posted}发布，加话已经截止。发布后需要补充的，请发送“更正周报 {project.code} 内容”，会另发一份注明更正的小结。"


def how_to_correct(project: Project, *, most: int) -> str:
    return f"请写上更正了什么（{most}字以内），例如：更正周报 {project.code} 施工许可已于9月18日办结。系统按最新登记另发一份，注明更正。"


def nothing_to_correct(project: Project) -> str:
    return f"{project.name}最近没有发布过周小结，不用更正。预览请发送“周报 {project.code}”。"


def corrected(told: WeekReport, group: str, text: str) -> str:
    return lines(f"更正后的周小结（第{told.version}版）已发到{group}：", text)


def at_once() -> str:
    return "刚才已有一份更正在发布，请发送“周报”核对后再发。"
