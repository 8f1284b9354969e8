"""What is said about problems fed back: to the enterprise, to representatives, to the service officer."""

from __future__ import annotations

from datetime import tzinfo

from bot.texts.phrases import clipped, lines, moment
from domain.issues import CATEGORY_NAMES, Category, Issue, Step
from domain.people import Role
from domain.project import Project
from domain.site import Site

_MAY_PASS_ON = frozenset({Role.SERVICE_OFFICER, Role.DEPARTMENT_CHIEF})


def form(
    project: Project, description: str, category: Category, item: str, department: str, same: str = ""
) -> str:
    """The feedback form before it is confirmed, with the choices as numbers. `same`: asks whether it is known
    already."""
    return lines(
        "**意见反馈表**（请确认）",
        f"项目：{project.name}（{project.code}）",
        f"类别：{CATEGORY_NAMES[category]}",
        f"事项：{item}" if item else "",
        f"内容：{description}",
        f"将转：{department}" if department else "将转：由服务专员判断责任部门",
        same or "回复 1 提交，2 修改，3 取消",
    )


def filed(issue_no: int, officer: str, due: str) -> str:
    return f"已登记为**问题{issue_no}**，将转责任部门代表办理，由服务专员{officer}统一答复，时限{due}前。发送“问题{issue_no} 进度”可随时查看。"


def accepted(issue: Issue, name: str, when: str, due: str) -> str:
    return (
        f"问题{issue.no}已由{name}接办（{when}），请在{due}前答复：直接发送“回复 {issue.no} 答复内容”即可。"
    )


def answer_received(issue: Issue, officer: str) -> str:
    return f"问题{issue.no}的答复已交服务专员{officer}核对发布，感谢您的支持。"


def own_answer(issue: Issue) -> str:
    return (
        f"问题{issue.no}的答复已拟好，核对无误后发送“发布 {issue.no}”，要改请重新发送“回复 {issue.no} 内容”。"
    )


def ask_answer(issue: Issue) -> str:
    return f"请直接回复问题{issue.no}的答复内容（30分钟内有效，发送“取消”放弃）：{clipped(issue.description, 60)}"


def ask_transfer(issue: Issue) -> str:
    return f"问题{issue.no}转给哪个部门？请直接回复“部门 原因”，例如：住建局 属施工许可范围（30分钟内有效，发送“取消”放弃）"


def ask_reason_not_ours(issue: Issue) -> str:
    return (
        f"请直接回复问题{issue.no}不属本部门的原因，将连同问题一起交服务专员（30分钟内有效，发送“取消”放弃）"
    )


def ask_reason_return(issue: Issue) -> str:
    return f"请直接回复问题{issue.no}答复退回的原因，将转告答复人（30分钟内有效，发送“取消”放弃）"


def to_group(issue: Issue, site: Site, raised_by: str) -> str:
    """The released answer as the enterprise reads it in the work group; whole also at its longest."""
    item = site.catalogue.items.get(issue.item_id or "")
    about = item.spoken if item else CATEGORY_NAMES[issue.category]
    by_department = issue.department and issue.answered_by == issue.representative_id
    department = (
        site.departments[issue.department].name if by_department and issue.department else site.hall.name
    )
    return lines(
        f"**【问题{issue.no}答复】**{about}（{raised_by}反馈）",
        f"> 反馈：{clipped(issue.description, 80 if len(issue.answer) < 400 else 20)}",
        f"答复：{issue.answer}",
        f"答复部门：{department}",
        f"解决了请回复“@代办助手 问题{issue.no} 已解决”，未解决请回复“@代办助手 问题{issue.no} 未解决 原因”。",
    )


def withdrawn_answer(issue: Issue) -> str:
    return f"**【更正】**问题{issue.no}此前的答复已撤回，核对后另行答复，请以新的答复为准。"


def returned(issue: Issue, reason: str, officer: str) -> str:
    return f"问题{issue.no}的答复由服务专员{officer}退回：{reason}。请补充后发送“回复 {issue.no} 答复内容”。"


def reopened(issue: Issue, reason: str) -> str:
    return f"项目单位反映问题{issue.no}未解决{f'：{reason}' if reason else ''}，请继续办理。"


def remind(issue: Issue, about: str, zone: tzinfo) -> str:
    if about == "respond":
        due = moment(issue.respond_by, zone) if issue.respond_by else ""
        return f"提醒：问题{issue.no}请在{due}前接办。回复“我来办 {issue.no}”即可，内容：{clipped(issue.description, 60)}"
    due = moment(issue.answer_by, zone) if issue.answer_by else ""
    return f"提醒：问题{issue.no}请在{due}前答复。发送“回复 {issue.no} 答复内容”即可，内容：{clipped(issue.description, 60)}"


def escalated(issue: Issue, project: Project, step: Step, holder: str, site: Site, zone: tzinfo) -> str:
    """To whoever is told next: what is late, since when, with whom, and what this level can do."""
    about = step.about
    passing_on = f"发送“转办 {issue.no} 部门 原因”改派，或" if step.to in _MAY_PASS_ON else "发送"
    due = issue.respond_by if about == "respond" else issue.answer_by
    what = "未接办" if about == "respond" else "未答复"
    department = site.departments[issue.department].short if issue.department else ""
    when = moment(due, zone) if due else ""
    return lines(
        f"**超时提示**：问题{issue.no}应于{when}前{what[1:]}，现{what}。",
        f"项目：{project.name}",
        f"在办：{department}{holder}",
        f"内容：{clipped(issue.description, 60)}",
        f"请协调办理，可{passing_on}“问题{issue.no} 进度”查看。",
    )


def taken_back(issue: Issue, project: str, who: str) -> str:
    return f"问题{issue.no}（{project}）{who}已撤回，不用再办。"


def ask_take_back(issue: Issue) -> str:
    return f"确认撤回问题{issue.no}“{clipped(issue.description, 40)}”吗？撤回后不再办理。\n1. 撤回\n2. 不撤回"
