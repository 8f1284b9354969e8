"""Codes, registering, and the first words to somebody new."""

from __future__ import annotations

from datetime import date

from bot.texts.phrases import day, lines
from domain.people import Role
from domain.project import Project
from domain.site import Site

WRONG = "登记码不对、已用过或已过期，请核对后重发，或向服务专员要新的登记码。"
BLOCKED = "登记码连续多次不对，一小时内不能再试。如需帮助请联系服务大厅。"
NAME = "请把姓名写在登记码后面，例如：登记 12345678 张三 13800000000（电话可不写）。"
NOT_HERE = "登记码请到与我的单聊里发送，不要发在群里。"
STAFF = "您已登记为工作人员，不能同时登记为项目单位联系人。"
WHICH = "请写明项目和身份，例如：发码 YX-2026-001 经办人，发码 YX-2026-001 代表人，发码 新项目。"


def issued(code: str, project: Project | None, title: str, until: date) -> str:
    about = f"{project.name}（{project.code}）{title}" if project else "新项目申请"
    return lines(
        f"{about}的登记码：**{code}**，{day(until)}前有效，只能用一次。",
        f"请单独交给本人，让对方在与代办助手的单聊里发送：登记 {code} 姓名 电话",
    )


def registered(name: str, project: Project | None, role: Role, site: Site) -> str:
    if project is None:
        return f"{name}，已登记。现在可以发送“申请代办”，为新项目申请帮办代办服务。"
    able = (
        "签署委托协议和办结单、查进度、反馈问题、撤回申请"
        if role is Role.ENTERPRISE_SIGNATORY
        else "申请代办、交材料、查进度、反馈问题、预约"
    )
    return f"{name}，已登记为**{project.name}**（{project.code}）的{site.titles.of(role)}。现在可以：{able}。发送“帮助”查看全部。"


def told_officer(name: str, project: Project | None, title: str) -> str:
    return f"{name}已用登记码登记为{f'{project.name}的{title}' if project else '新项目申请人'}。"


def introduction(site: Site) -> str:
    hall = site.hall
    names = "、".join(dict.fromkeys(one.name for one in site.intake.channels))
    return lines(
        f"**{site.name}工程建设项目帮办代办服务**",
        "自愿、免费：专人指导填报、协调部门、代为申报和跟踪；法律、法规规定由项目单位交纳的费用除外，审批决定由审批部门依法作出。",
        f"地点：{hall.name}（{hall.address}）；电话：{hall.phone}；时间：{hall.hours}。",
        f"渠道：{names}，发送“渠道”看地点和时间。" if names else "",
        "想委托请到窗口登记，或向服务专员要登记码后发送“登记 登记码 姓名”。",
    )


def channels(site: Site) -> str:
    listed = [f"{n}. {one.name}：{one.place}；{one.hours}" for n, one in enumerate(site.intake.channels, 1)]
    hall = site.hall
    return lines(
        "**服务渠道**",
        *listed,
        f"大厅：{hall.name}，{hall.address}，电话 {hall.phone}，{hall.hours}",
        "预约请发送：预约 周三下午 视频，或 预约 周四上午10点 上门。",
    )
