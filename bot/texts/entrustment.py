"""What is said around the entrustment, the team and its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.texts.phrases import lines
from domain.case import NEEDS_ENTRUSTMENT, SERVICE_LEVEL_NAMES, Case
from domain.project import Project


def _signed(case: Case) -> str:
    return "委托协议双方已签署，" if case.level in NEEDS_ENTRUSTMENT else ""


def begun_for_officer(case: Case, project: Project) -> str:
    return (
        f"**{project.name}**（{project.code}，{case.no}）{_signed(case)}可以开始办理。"
        f"请核对计划（计划 {project.code}），无误后发送“发计划 {project.code}”请项目单位确认。"
    )


def begun(case: Case, project: Project, officer: str) -> str:
    return f"**{project.name}**（{project.code}）{_signed(case)}{SERVICE_LEVEL_NAMES[case.level]}服务即日开始，编号{case.no}，服务专员{officer}。发送“进度”随时可查。"


def changed(project: Project, scope: str) -> str:
    return f"**{project.name}**（{project.code}）变更后的委托协议双方已签署，服务范围改为{scope}，即日起按新的范围办理。"


def change_sent(case: Case, no: str, scope: str, waiting: Sequence[str]) -> str:
    return f"{case.no}变更委托：服务范围拟改为{scope}，新的委托协议{no}已发{'、'.join(waiting)}签署，签署完毕后生效，此前仍按原范围办理。"


def team(project: Project, rows: Mapping[str, Sequence[str]]) -> str:
    listed = [f"{title}：{'、'.join(names)}" for title, names in rows.items() if names]
    return lines(f"**{project.name}**（{project.code}）服务团队", *listed)


def welcome(project: Project, rows: Mapping[str, Sequence[str]]) -> str:
    return lines(
        team(project, rows),
        "本群用于办理进度、材料和问题的沟通。请在群里@代办助手提问；电话、证件号等请不要发在群里。",
    )


def group_made(project: Project, name: str, left_out: Sequence[str]) -> str:
    missing = f"以下部门还没有登记代表，请补充名单：{'、'.join(left_out)}。" if left_out else ""
    return f"已建立工作群“{name}”。请把代办助手机器人加入该群，并在群里@代办助手发送：绑定 {project.code}。{missing}"


def group_by_hand(project: Project, name: str, names: Sequence[str]) -> str:
    return lines(
        f"系统没有建群权限或平台未受理，请手工建立工作群“{name}”。",
        f"成员：{'、'.join(names)}。",
        f"把代办助手机器人加入该群，并在群里@代办助手发送：绑定 {project.code}。",
    )


def add_by_hand(project: Project, names: Sequence[str]) -> str:
    return f"{project.name}的工作群还缺：{'、'.join(names)}，系统不能拉人入群，请手工添加。"


def added(project: Project, names: Sequence[str]) -> str:
    return f"已把{'、'.join(names)}加入{project.name}的工作群。"


def in_charge(project: Project, officer: str, deputy: str) -> str:
    return f"**{project.name}**（{project.code}）的服务专员：{officer}{f'，B岗：{deputy}' if deputy else ''}。联系人有变更，特此告知。"


def new_contact(project: Project, who: str, title: str) -> str:
    return f"{project.name}（{project.code}）登记了新的{title}：{who}。如有不符，请联系服务专员。"
