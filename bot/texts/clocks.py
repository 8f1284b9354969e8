"""What the clock says: late with the officer, silent, taken over, extended, why a lamp has its colour."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.texts.phrases import LAMPS, clipped, day, lines, moment, provisional
from bot.texts.rungs import next_command
from domain.calendar import WorkCalendar
from domain.deadlines import IssueClock, Lamp
from domain.issues import Issue, Step
from domain.ladders import B_POST, Silence
from domain.people import Role
from domain.project import Project
from domain.rungs import WHAT
from domain.service_limits import IssueLimit, LampRule
from domain.site import Site

_NOBODY = {
    B_POST: "在岗的B岗",
    Role.DEPARTMENT_CHIEF: "业务负责人",
    Role.DEPARTMENT_LEADER: "分管领导",
    Role.SUPERVISOR: "督办人员",
}


def relieved(issue: Issue, holder: str) -> str:
    return (
        f"问题{issue.no}因超过时限已转由{holder}办理，您这里的按钮和“我来办”不再有效。"
        f"已有答复内容的，可直接发送“回复 {issue.no} 答复内容”。"
    )


def new_date(issue: Issue, site: Site, calendar: WorkCalendar, reason: str) -> str:
    """To the enterprise: another date than it was told, and why."""
    due = moment(issue.answer_by, calendar.zone) if issue.answer_by else ""
    guessed = issue.answer_by and calendar.is_provisional(issue.answer_by.astimezone(calendar.zone).date())
    department = site.departments[issue.department].name if issue.department else site.hall.name
    why = f"原因：{reason}" if reason else f"现由{department}办理，时限重新计算"
    return f"问题{issue.no}的答复时限调整为{due}前{provisional(bool(guessed))}。{why}。发送“问题{issue.no} 进度”可随时查看。"


# ---------------------------------------------------------------- the officer's own limits


def desk_due(issue: Issue, project: Project, about: str, zone: tzinfo) -> str:
    due = moment(issue.desk_by, zone) if issue.desk_by else ""
    what, how = _desk(issue, about)
    return f"提醒：问题{issue.no}（{project.short_name}）请在{due}前{what}。{how}内容：{clipped(issue.description, 60)}"


def desk_late(issue: Issue, project: Project, step: Step, officer: str, zone: tzinfo) -> str:
    due = moment(issue.desk_by, zone) if issue.desk_by else ""
    what, how = _desk(issue, step.about)
    mine = step.to in (Role.SERVICE_OFFICER, "deputy")
    return lines(
        f"**{'督办' if step.formal else '超时提示'}**：问题{issue.no}应于{due}前{what}，现未{what if step.about != 'coordinate' else '完成'}。",
        f"项目：{project.name}",
        f"负责：服务专员{officer}",
        f"内容：{clipped(issue.description, 60)}",
        how if mine else f"请督促办理，可发送“问题{issue.no} 进度”查看。",
    )


def _desk(issue: Issue, about: str) -> tuple[str, str]:
    if about == "triage":
        return "分派", f"发送“转办 {issue.no} 部门 原因”即可。"
    if about == "coordinate":
        return WHAT.get(issue.rung, "协调"), next_command(issue)
    return "发布答复", f"发送“发布 {issue.no}”即可。"


def released_by_rule(days: int) -> str:
    """In the group, below the answer."""
    return f"（部门答复满{days}个工作日未由服务专员发布，按本地答复时限规则自动发布）"


def will_be_released(issue: Issue, project: Project, days: int, when: str) -> str:
    return (
        f"问题{issue.no}（{project.short_name}）的部门答复满{days}个工作日未发布或退回，将于{when}按规则自动发到工作群。"
        f"不同意请在此之前发送“撤销 {issue.no}”。"
    )


# ---------------------------------------------------------------- late with the department


def holder_late(issue: Issue, zone: tzinfo) -> str:
    due = moment(issue.answer_by, zone) if issue.answer_by else ""
    return f"**超时提示**：问题{issue.no}应于{due}前答复，现已超时。请直接发送“回复 {issue.no} 答复内容”，内容：{clipped(issue.description, 60)}"


def b_post_asked(holder: str, due: str) -> str:
    """On the B post's card."""
    return f"A岗{holder}应于{due}前接办，现未接办，请您接办。您接办前仍由{holder}负责。"


def b_post_told(issue: Issue, project: Project, holder: str, zone: tzinfo) -> str:
    """A copy to the B post, who may step in."""
    due = moment(issue.answer_by, zone) if issue.answer_by else ""
    return lines(
        f"**抄告B岗**：问题{issue.no}应于{due}前答复，现未答复。",
        f"项目：{project.name}",
        f"A岗：{holder}",
        f"内容：{clipped(issue.description, 60)}",
        f"您可以发送“我来办 {issue.no}”接手，或“回复 {issue.no} 答复内容”直接答复。",
    )


def nobody_there(issue: Issue, rung: str, department: str) -> str:
    return f"（{department}没有登记{_NOBODY.get(rung, '这一级人员')}，问题{issue.no}请您直接协调。）"


def taken_over(holder: str, b_post: str) -> str:
    return f"{holder}未按时限办理，由B岗{b_post}接手，时限不变"


def lost_it(issue: Issue, to: str) -> str:
    return (
        f"问题{issue.no}因超过时限没有办理，已转{to}。已有答复内容的，可直接发送“回复 {issue.no} 答复内容”。"
    )


def lost_to_desk(issue: Issue, officer: str) -> str:
    return f"问题{issue.no}接办后没有答复，已收回给服务专员{officer}重新分派。"


def silent(holder: str, hours: int) -> str:
    return f"{holder}接办后{hours}个工作小时没有答复，已收回，请重新分派"


def still_silent(issue: Issue, rule: Silence, zone: tzinfo) -> str:
    due = f"，答复时限{moment(issue.answer_by, zone)}" if issue.answer_by else ""
    return (
        f"提醒：问题{issue.no}接办已满{rule.remind_after}个工作小时，还没有答复{due}。发送“回复 {issue.no} 答复内容”即可，"
        f"需要更多时间请发送“申请延期 {issue.no} 工作日数 原因”。"
    )


def press_waits(issue: Issue, calendar: WorkCalendar, due: datetime | None) -> str:
    when = f"（{moment(due, calendar.zone)}）" if due else ""
    return (
        f"问题{issue.no}的到期日{when}暂按周一至周五推算，该年放假安排公布并装入前不作正式督办，逐日顺延。"
        "请先与责任部门协调办理。"
    )


# ---------------------------------------------------------------- extension


def extension_asked(issue: Issue, days: int, whom: str, due: str, new: str) -> str:
    return f"问题{issue.no}延期{days}个工作日的申请已交{whom}决定：同意后答复时限由{due}调整为{new}；决定之前时限不变。"


def too_late_to_extend(issue: Issue, due: str, officer: str) -> str:
    return (
        f"问题{issue.no}的答复时限{due}已过，不能再申请延期（延期须在到期前提出）。"
        f"请直接发送“回复 {issue.no} 答复内容”，有特殊情况请联系服务专员{officer}。"
    )


def extended_already(issue: Issue, due: str) -> str:
    return f"问题{issue.no}已延期{issue.extended}次，不能再延。请在{due}前发送“回复 {issue.no} 答复内容”。"


def ask_refusal(issue: Issue) -> str:
    return f"请直接回复不同意问题{issue.no}延期的原因，将转告申请人（30分钟内有效，发送“取消”放弃）"


def extension_waits(issue: Issue, days: int, name: str) -> str:
    return f"提醒：{name}申请问题{issue.no}延期{days}个工作日，还没有决定。发送“同意延期 {issue.no}”或“不同意延期 {issue.no} 原因”。"


def granted(issue: Issue, due: str) -> str:
    return f"问题{issue.no}已同意延期，答复时限调整为{due}前，已告知申请人和项目单位。"


def granted_to_holder(issue: Issue, by: str, due: str) -> str:
    return f"{by}已同意问题{issue.no}延期，新的答复时限为{due}前。"


def refused_to_holder(issue: Issue, by: str, reason: str, due: str) -> str:
    return (
        f"{by}不同意问题{issue.no}延期：{reason}。答复时限仍为{due}前，请直接发送“回复 {issue.no} 答复内容”。"
    )


# ---------------------------------------------------------------- why a lamp


_NAMES = {Lamp.GREEN: "绿灯", Lamp.YELLOW: "黄灯", Lamp.RED: "红灯", Lamp.NONE: "不亮灯"}


def rule(lamp: LampRule) -> str:
    """The one rule, as the site set it."""
    share = f"{lamp.yellow_share * 100:g}%"
    return f"规则：时限用去{share}，或距到期只剩{lamp.yellow_days}个工作日（先到者）亮黄灯；过了时限亮红灯；时限按推算日历计算的不亮红灯。"


def why_issue(issue: Issue, clock: IssueClock | None, limit: IssueLimit, lamp: LampRule, zone: tzinfo) -> str:
    if clock is None:
        return lines(f"问题{issue.no}现在没有在计的答复时限，不亮灯。", rule(lamp))
    due = moment(clock.due, zone)
    left = (
        f"还剩{clock.left}个工作日"
        if clock.left > 0
        else "今天到期"
        if clock.left == 0 and not clock.late
        else "已超过时限"
    )
    extended = f"，已延期{issue.extended}次" if issue.extended else ""
    since = f"，{day(clock.since)}起算（当日不计）"
    return lines(
        f"{LAMPS[clock.lamp]} 问题{issue.no}现为{_NAMES[clock.lamp]}：按“{limit.name}”时限共{clock.limit}个工作日{extended}{since}，"
        f"已用{clock.used}个，{left}，{due}到期{provisional(clock.provisional)}。",
        rule(lamp),
        f"时限依据：{limit.source}",
    )


def why_item(name: str, lamp_now: Lamp, figures: str, due: str, lamp: LampRule) -> str:
    return lines(f"{LAMPS[lamp_now]} {name}现为{_NAMES[lamp_now]}：{figures}{due}。", rule(lamp))
