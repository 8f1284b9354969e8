"""容缺 and 告知承诺: what is promised, by when, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import clipped, day, lines, short_day
from domain.project import Project


def never(item: str, name: str) -> str:
    return f"{item}的《{name}》按目录不能容缺，须在提交前备齐。"


def how_to_ask(item: str, name: str) -> str:
    return f"请写明补交日期和书面承诺，例如：容缺 {item} {clipped(name, 12)} 9月30日 承诺按期补齐并对真实性负责。"


def bad_day(until: date) -> str:
    return f"补交日期应是今天以后的工作日（您写的是{day(until)}），请换一个日期。"


def others_missing(item: str, names: Sequence[str]) -> str:
    listed = "、".join(clipped(name, 16) for name in names[:4])
    return f"容缺须主要材料齐全：{item}还缺{listed}{'等' if len(names) > 4 else ''}。请先提交这些材料。"


def asked(item: str, name: str, until: date, who: str) -> str:
    return (
        f"已登记容缺申请：{item}《{name}》，承诺{short_day(until)}前补齐，已转{who}答复，答复后单独告知您。"
    )


def to_grant(project: Project, item: str, name: str, until: date, promise: str) -> str:
    return lines(
        f"**容缺申请**：{project.name}·{item}",
        f"材料：{name}，承诺{day(until)}前补齐",
        f"书面承诺：{clipped(promise, 200)}",
        f"请回复“同意容缺 {project.code} {item} {name}”，或“不同意容缺 {project.code} {item} {name} 原因”。",
    )


def only_department(department: str) -> str:
    return f"目录没有写明这份材料能否容缺，须由{department}的代表答复，已请其答复。"


def not_asked(item: str, name: str) -> str:
    return f"{item}的《{name}》没有待答复的容缺申请。容缺由项目单位提出，例如：容缺 {item} 材料名称 9月30日 承诺补齐。"


def why_not(item: str, name: str) -> str:
    return f"请写明不同意的原因，例如：不同意容缺 {item} {clipped(name, 12)} 属于主要材料。"


def granted(project: Project, item: str, name: str, until: date) -> str:
    return f"{project.name}·{item}：同意《{name}》容缺，请在{day(until)}前补齐；到期未补，按承诺处理。"


def denied(project: Project, item: str, name: str, reason: str) -> str:
    return f"{project.name}·{item}：《{name}》不同意容缺。原因：{clipped(reason, 200)}。请备齐后引用文件提交给我。"


def answered(name: str, *, yes: bool) -> str:
    return f"已{'同意' if yes else '登记不同意'}《{name}》容缺，已告知项目单位。"


def chase(project: Project, item: str, name: str, until: date) -> str:
    return f"提醒：{project.name}·{item}容缺的《{name}》请在{day(until)}前补交，引用文件并写“{item} {clipped(name, 20)}”发给我即可。"


def lapsed(project: Project, item: str, name: str, until: date) -> str:
    return (
        f"{project.name}·{item}：容缺的《{name}》应于{day(until)}前补齐，到期未收到，容缺已失效。"
        "请项目单位补交；能否继续办理由审批部门依承诺处理。"
    )


# ---------------------------------------------------------------- 告知承诺 of R104


def how_to_commit(item: str) -> str:
    return f"请写明承诺内容，例如：告知承诺 {item} 已知悉条件并承诺符合，愿承担不实的法律责任。"


def committed(item: str, officer: str) -> str:
    return f"{item}的告知承诺已登记，由服务专员{officer}转审批部门；办结后将核查承诺履行情况。是否适用以审批部门为准。"


def to_check(project: Project, item: str, words: str) -> str:
    return lines(
        f"**告知承诺**：{project.name}·{item}",
        f"承诺内容：{clipped(words, 300)}",
        "请核对是否适用告知承诺制；已列入日志：办结后核查承诺履行情况。",
    )


def notice_due(project: Project, item: str, due: date) -> str:
    return (
        f"提醒：{project.name}·{item}的补正材料请在{day(due)}前补齐，引用文件并写上事项和材料名称发给我即可。"
    )
