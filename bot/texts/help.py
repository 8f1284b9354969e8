"""Greetings, help by role, refusals of what is not allowed."""

from __future__ import annotations

from bot.texts.phrases import clipped, lines
from bot.understanding.acts import Intent
from domain.people import ENTERPRISE, Person, Role, Standing
from domain.site import Site

GREETING = "您好，我是代办助手。可以问我：进度、材料清单、卡在哪里、反馈问题。发送“帮助”查看全部。"
THANKS = "不客气，有需要随时@我。"
NOTHING_OPEN = "现在没有等您确认的内容。发送“帮助”可查看我能做什么。"

_ENTERPRISE = (
    "进度 —— 项目整体进度；“施工许可进度”看单个事项",
    "卡在谁那里 / 什么时候能出证",
    "施工许可材料 —— 清单和还缺的材料；“发一下申请表”要空白表",
    "反馈问题 + 情况 —— 转责任部门，由服务专员统一答复",
    "问题12 进度 / 问题12 已解决 / 问题12 未解决 原因",
    "待办 —— 需要贵单位办理的事",
    "我的档案 —— 办过的服务、结果和留存的表单（办结后也能查）；调阅 表单编号",
)
_REPRESENTATIVE = (
    "待办 —— 等我办理的问题和临期事项",
    "我来办 12 / 回复 12 内容 / 转办 12 部门 原因 / 不属本部门 12 原因",
    "申请延期 12 3个工作日 原因 —— 到期前提出；灯 12 —— 为什么是黄灯、红灯",
)
_OFFICER = (
    "待办 —— 待分派的问题、待发布的答复、临期事项；汇总 —— 本人负责的项目",
    "YX-2026-001 进度 / 问题12 进度",
    "发布 12 / 退回 12 原因 / 立即发送 12 / 撤销 12",
    "同意延期 12 / 不同意延期 12 原因；灯 12 —— 为什么是黄灯、红灯",
    "转办 12 部门 原因 —— 分派；回复 12 内容 —— 直接答复或修改答复",
    "绑定 项目编号 / 解绑 项目编号（在工作群里@我发送）",
)
_DEPARTMENT = (
    "待办 / 汇总 —— 本部门逾期的问题和红黄灯事项",
    "问题12 进度 / YX-2026-001 进度 —— 本部门参与的项目",
)
_SUPERVISOR = (
    "汇总 —— 在办项目和红黄灯",
    "YX-2026-001 进度 / 问题12 进度",
)


def help_for(roles: frozenset[Role], standing: Standing, site: Site) -> str:
    known: list[str] = []
    if roles & ENTERPRISE:
        known += _ENTERPRISE
    if roles & {Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF}:
        known += _REPRESENTATIVE
    if roles & {Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER}:
        known += _DEPARTMENT
    if Role.SERVICE_OFFICER in roles:
        known += _OFFICER
    if Role.SUPERVISOR in roles:
        known += _SUPERVISOR
    if not known and standing.member:
        known += _ENTERPRISE[:2]
    hall = f"{site.hall.name}（电话 {site.hall.phone}）"
    if not known:
        return f"您好，我是{site.name}工程建设项目代办助手。您还没有登记为项目联系人或部门人员，需要使用请联系{hall}登记。"
    listed = [f"{n}. {one}" for n, one in enumerate(dict.fromkeys(known), 1)]
    return lines("**我能帮您：**", *listed, f"咨询：{hall}")


def welcome(person: Person, site: Site) -> str:
    return f"{person.name}您好，我是{site.name}工程建设项目代办助手。可以直接问“进度”“施工许可材料”“待办”，发送“帮助”查看全部。"


def told_officer(officer: str, intent: Intent) -> str:
    what = {
        Intent.URGE: "已把您的催办转告",
        Intent.COMPLAIN: "已单独转告（不在群内公开）",
        Intent.MEETING: "已把您的约见需求转告",
    }.get(intent, "已转告")
    return f"{what}服务专员{officer}，由专员与您联系。"


def passed_on(project: str, who: str, intent: Intent, text: str) -> str:
    what = {Intent.URGE: "催办", Intent.COMPLAIN: "投诉", Intent.MEETING: "约见"}.get(intent, "找专员")
    return f"{project}：{who}{what}——{clipped(text, 100)}"


def refused(site: Site) -> str:
    return (
        f"这个我不能帮您办。{site.intermediary_note}。其他项目的信息、提前日期或省略法定步骤，依法都不能办理；"
        "正常办理有困难请发送“反馈问题 情况”。"
    )


def not_understood(whom: str) -> str:
    return f"没有完全听懂。您可以说“进度”“施工许可材料”“反馈问题 情况”，发送“帮助”查看全部，或联系{whom}。"
