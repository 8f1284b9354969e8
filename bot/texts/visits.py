"""上门服务: how to write a visit down, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from bot.texts.phrases import clipped, day, lines, short_day
from domain.events import VisitWish
from domain.project import Project

HOW = (
    "请这样写：走访 YX-2026-001 9月14日 参加：住建局黄志坚、供电局谢国栋 服务：协调 "
    "问题：临时用电容量不足 答复：供电局10月20日前增容 后续：10月21日回访。没有问题的可以不写问题。"
)

ABOUT_A_PERSON = "针对个人的反映不写入走访记录，请由项目单位发送“投诉 情况”，只给服务专员和督办人员。"


WISHES_IN_PRIVATE = "走访需求涉及多个项目，请到与我的单聊里查看。"
HOW_TO_WISH = "请把事由控制在300字以内，例如：希望走访 临时用电方案谈不下来，想请供电局到现场看看。"


def how_to_plan(code: str) -> str:
    return f"请写明日期，今天起60天以内，例如：安排走访 {code} 9月18日。"


def wished(officer: str) -> str:
    return f"走访需求已登记并转告服务专员{officer}，定下日期后由我告诉您。急事请直接发送“反馈问题 情况”。"


def wished_already(when: str, visit: date | None) -> str:
    stands = f"已定在{day(visit)}走访" if visit else "正在等服务专员安排日期"
    return f"{when}登记过走访需求，{stands}，不用重复登记。有具体问题请发送“反馈问题 情况”。"


def wish_told(project: Project, who: str, words: str) -> str:
    return (
        f"走访需求：{project.name}（{who}）——{clipped(words, 100) or '没有写事由'}。"
        f"定日期发送“安排走访 {project.code} 日期”，走访后发送“走访 {project.code} …”记录。"
    )


def planned(project: Project, day_: date, count: int) -> str:
    told = f"已告知{count}位经办人、代表人" if count else "项目单位没有可以告知的人，请您当面告知"
    return f"{project.name}的走访定在{day(day_)}，{told}。走访后请发送“走访 {project.code} …”记录，需求随之办结。"


def plan_told(project: Project, day_: date, officer: str) -> str:
    return f"走访安排：服务专员{officer}定于{day(day_)}到{project.name}走访，请准备好要谈的问题。"


def wishes(found: Sequence[tuple[VisitWish, Project, str]], zone: tzinfo) -> str:
    if not found:
        return "目前没有待走访的需求。"
    listed = [
        f"· {project.code}（{project.short_name}）{who}{short_day(one.asked_at.astimezone(zone).date())}提出："
        f"{clipped(one.words, 60) or '没有写事由'}，{f'{day(one.day)}走访' if one.day else '待定日期'}"
        for one, project, who in found
    ]
    return lines(f"**走访需求**（{len(found)}项）", *listed, "定日期请发送：安排走访 项目编号 日期")


def which_department(description: str) -> str:
    return f"“{clipped(description, 30)}”由哪个部门负责？请在后面写明“部门：供电局”，再发送一次。"


def logged(on: date, present: str, problems: Sequence[str]) -> str:
    said = f"现场问题：{'；'.join(problems)}" if problems else "现场没有提出问题"
    return f"{short_day(on)}上门服务，参加：{present}。{said}"


def recorded(no: str, title: str, signers: Sequence[str], filed: Sequence[tuple[int, str]]) -> str:
    """`filed`: problems without an answer on the spot, with the department each went to."""
    to_sign = f"已请{'、'.join(signers)}签字。" if signers else ""
    listed = "、".join(f"问题{no}（{department}）" for no, department in filed)
    return lines(
        f"《{title}》（{no}）已生成并记入台账，{to_sign}",
        f"现场没有答复的已登记跟踪：{listed}，按问题办理时限答复。" if filed else "",
    )
