"""What is said when somebody is urged (催办) or pressed (督办): to whom, since when late, until when, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.texts.phrases import clipped, lines, moment, numbered
from domain.issues import Issue, IssueStatus
from domain.pressing import Press, PressState
from domain.project import Project

STATES = {PressState.OPEN: "待反馈", PressState.ANSWERED: "已反馈、待销号", PressState.CLOSED: "已销号"}


# ---------------------------------------------------------------- 催办

_ONCE = "为避免重复打扰，每人每个工作日只转告一次催办"


def urged(issue: Issue, whom: str, due: str) -> str:
    """To who urged: passed on now."""
    limit = f"，{due}" if due else ""
    return f"已向{whom}转告对问题{issue.no}的催办{limit}。发送“问题{issue.no} 进度”可随时查看。"


def urged_later(what: str, whom: str, when: str) -> str:
    return f"{what}的催办已记下，将于{when}转告{whom}（{_ONCE}）。"


def urged_today(what: str, whom: str, when: str, again: str) -> str:
    return f"{what}已于{when}催办过{whom}，{again}起可再催（{_ONCE}）。"


def waits_already(what: str, whom: str, when: str) -> str:
    return f"{what}的催办已经记下，将于{when}转告{whom}，不用重复发送。"


def nothing_to_urge(issue: Issue) -> str:
    if issue.is_open or issue.status is IssueStatus.CLOSED:
        return f"问题{issue.no}已答复，不用催办。还没有解决的，请由项目单位发送“问题{issue.no} 未解决 原因”。"
    return f"问题{issue.no}已撤回，不用催办。"


def own_desk(issue: Issue) -> str:
    return f"问题{issue.no}现在由您处理，不用催办。{how(issue)}"


def to_officer(officer: str) -> str:
    return f"已把您的催办转告服务专员{officer}，由专员与您联系。"


def urging(one_by_one: Sequence[str]) -> str:
    """To who is urged: everything at once."""
    if len(one_by_one) == 1:
        return f"**催办**：{one_by_one[0]}"
    return f"**催办**（{len(one_by_one)}件）：\n{numbered(list(one_by_one))}"


def urging_issue(issue: Issue, project: Project, who: str, due: str) -> str:
    limit = f"{due}。" if due else ""
    about = "" if issue.private else f"内容：{clipped(issue.description, 60)}。"
    return f"{project.short_name}的问题{issue.no}，{who}请您关注。{limit}{about}{how(issue)}"


def how(issue: Issue) -> str:
    if issue.status is IssueStatus.TRIAGE:
        return f"发送“转办 {issue.no} 部门 原因”即可分派。"
    if issue.status is IssueStatus.ANSWERED:
        return f"发送“发布 {issue.no}”即可发布答复。"
    taking = f"“我来办 {issue.no}”接办，或" if issue.status is IssueStatus.ASSIGNED else ""
    return f"发送{taking}“回复 {issue.no} 答复内容”答复即可。"


def urging_project(project: Project, who: str, said: str) -> str:
    return f"{project.name}：{who}催办——{clipped(said, 100)}"


# ---------------------------------------------------------------- 督办


def not_late(issue: Issue, due: str) -> str:
    limit = f"的时限{due}还没有到" if due else "现在没有在计的时限"
    return f"问题{issue.no}{limit}，正式督办只用于超过时限的问题。可先发送“催办 {issue.no}”。"


def guessed(issue: Issue, due: str) -> str:
    return (
        f"问题{issue.no}的到期日{due}暂按周一至周五推算，该年放假安排公布并装入前不作正式督办。"
        f"可先发送“催办 {issue.no}”。"
    )


def private(issue: Issue) -> str:
    return f"问题{issue.no}是针对个人的反映，不出督办单，请直接与处理人员联系。"


def pressed_already(press: Press, due: str) -> str:
    return (
        f"问题{press.issue_no}已有督办单{press.no}（{STATES[press.state]}，反馈时限{due}），不重复督办。"
        f"销号请发送“办结督办 {press.issue_no} 原因”。"
    )


def ask_opinion(issue: Issue) -> str:
    return f"请直接回复对问题{issue.no}的督办意见，可写明“几月几日前”（30分钟内有效，发送“取消”放弃）"


def ask_feedback(press: Press) -> str:
    return f"请直接回复督办单{press.no}的反馈：办理情况、原因和完成日期（30分钟内有效，发送“取消”放弃）"


def ask_reason(press: Press) -> str:
    return f"请直接回复督办单{press.no}的销号原因（30分钟内有效，发送“取消”放弃）"


def issued(press: Press, whom: str, chiefs: str, supervisors: str, due: str) -> str:
    """To who issued it."""
    also = f"，并告知业务负责人{chiefs}" if chiefs else "（该部门没有登记业务负责人）"
    copied = f"，抄送督办人员{supervisors}" if supervisors else ""
    return (
        f"督办单{press.no}已发出：问题{press.issue_no}，{whom}应于{due}前反馈{also}{copied}。"
        f"收到反馈后发送“办结督办 {press.issue_no} 原因”销号。"
    )


def head(press: Press, by: str, late: str) -> str:
    return f"**督办**（{press.no}，{by}）：问题{press.issue_no}{late}。"


def pressed(press: Press, issue: Issue, project: Project, first: str, due: str) -> str:
    """To the pressed person and the chief. `first`: the head."""
    return lines(
        first,
        f"项目：{project.name}",
        f"内容：{clipped(issue.description, 60)}",
        f"督办意见：{press.opinion}",
        f"请在{due}前反馈：发送“反馈督办 {issue.no} 办理情况和完成日期”。{how(issue)}",
    )


def copied(issue: Issue, project: Project, first: str, whom: str, due: str) -> str:
    """To the supervisors, and to the officer."""
    return lines(
        first,
        f"项目：{project.name}",
        f"负责：{whom}",
        f"内容：{clipped(issue.description, 60)}",
        f"已要求{due}前反馈。销号请发送“办结督办 {issue.no} 原因”。",
    )


def by_the_clock(issue: Issue, late: str) -> str:
    """The opinion of a press nobody wrote."""
    return f"问题{issue.no}{late}，请说明原因和完成日期。"


def late_since(issue: Issue, due: datetime, days: int, zone: tzinfo) -> str:
    what = {IssueStatus.TRIAGE: "分派", IssueStatus.ANSWERED: "发布答复"}.get(issue.status, "答复")
    if issue.status is IssueStatus.ASSIGNED and due == issue.respond_by:
        what = "接办"
    over = f"，已超过{days}个工作日" if days else ""
    return f"应于{moment(due, zone)}前{what}，现未{what}{over}"


def feedback_taken(press: Press, told: str) -> str:
    return f"督办单{press.no}的反馈已收到，已告知{told}。"


def feedback(press: Press, who: str, said: str) -> str:
    return (
        f"**督办反馈**（{press.no}）：{who}就问题{press.issue_no}反馈：{said}"
        f"。销号请发送“办结督办 {press.issue_no} 原因”。"
    )


def no_feedback(press: Press, whom: str, due: str) -> str:
    return (
        f"**督办逾期未反馈**（{press.no}）：问题{press.issue_no}，{whom}应于{due}前反馈，现未反馈。"
        f"反馈请发送“反馈督办 {press.issue_no} 办理情况”，销号请发送“办结督办 {press.issue_no} 原因”。"
    )


def closed(press: Press) -> str:
    return f"督办单{press.no}已销号，已告知被督办人。"


def closed_told(press: Press, by: str) -> str:
    return f"督办单{press.no}（问题{press.issue_no}）已由{by}销号：{press.reason}"


def listed(one_by_one: Sequence[str]) -> str:
    if not one_by_one:
        return (
            "现在没有未销号的督办单。发出请发送“督办 问题号 意见”，例如：督办 12 请于9月18日前说明退件依据。"
        )
    return f"**未销号的督办单**（{len(one_by_one)}份）：\n{numbered(list(one_by_one))}"


def in_list(press: Press, project: Project, whom: str, due: str) -> str:
    return f"{press.no}：{project.short_name}，问题{press.issue_no}，{whom}，{STATES[press.state]}，反馈时限{due}"
