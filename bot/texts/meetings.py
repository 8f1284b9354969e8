"""What is said of a joint meeting: times proposed, asked for, voted on, fixed; invitation and minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from bot.texts.phrases import clipped, lines, moment
from domain.issues import Issue
from domain.meetings import Ballot, Meeting, MeetingState, tally
from domain.project import Project

ONLY_ALONE = "联席会议、任务、呈报和函件只在单聊里办理，请在与我的单聊里发送。"


def called(issue: Issue, meeting: Meeting, names: Sequence[str], by: str, zone: tzinfo) -> str:
    """To the officer: what would be asked of whom, with one tap of a number."""
    whom = "、".join(names)
    ask = f"回复 1 发给{whom}选时间；" if whom else "还没有可请的部门，"
    return lines(
        f"问题{issue.no}已提请联席会议，请在{by}前约定时间。建议：",
        *listed(meeting.slots, zone),
        f"{ask}换时间或请其他部门请写：联席会议 {issue.no} 住建局 城管局 9月18日上午10点、9月21日下午3点。",
    )


def listed(slots: Sequence[datetime], zone: tzinfo) -> list[str]:
    return [f"{number}. {moment(slot, zone)}" for number, slot in enumerate(slots, 1)]


def later(issue: Issue) -> str:
    return f"好的，时间先不发。需要时发送“联席会议 {issue.no}”和时间。"


def asked(issue: Issue, names: Sequence[str], by: str) -> str:
    return f"已请{'、'.join(names)}选择问题{issue.no}联席会议的时间，{by}前由您确定。都选好后会告诉您，发送“会议 {issue.no}”随时可看。"


def ask_vote(issue: Issue, project: Project, meeting: Meeting, officer: str, zone: tzinfo) -> str:
    """To whoever is to come: all there is to know before choosing."""
    return lines(
        f"**联席会议征求时间**：问题{issue.no}（{project.name}），服务专员{officer}召集。",
        f"议题：{clipped(issue.description, 120)}",
        *listed(meeting.slots, zone),
        f"可以参加的请回复“投票 {issue.no} 1 2”（写序号，可多选），都不行回复“投票 {issue.no} 0”。",
    )


def voted(issue: Issue, meeting: Meeting, slots: Sequence[int], officer: str, zone: tzinfo) -> str:
    if not slots:
        return f"已记下：问题{issue.no}联席会议提议的时间您都不能参加，将由服务专员{officer}另定。"
    chosen = "、".join(moment(meeting.slots[one - 1], zone) for one in slots)
    return f"已记下：问题{issue.no}联席会议您可以参加{chosen}。时间由服务专员{officer}确定后通知您，改选请重新发送。"


def votes(
    issue: Issue, meeting: Meeting, ballots: Sequence[Ballot], names: Mapping[int, str], zone: tzinfo
) -> str:
    voted_already = [one for one in ballots if one.slots is not None]
    waiting = [names[one.person_id] for one in ballots if one.slots is None]
    return lines(
        f"问题{issue.no}联席会议：{len(ballots)}人已选{len(voted_already)}人。",
        *(
            f"{number}. {moment(slot, zone)}　{len(who)}人{f'（{_names(who, names)}）' if who else ''}"
            for number, slot, who in tally(meeting.slots, ballots)
        ),
        f"还没有选：{'、'.join(waiting)}" if waiting else "",
        f"发送“定 {issue.no} 1”确定时间，可加地点，例如：定 {issue.no} 1 二楼会议室。",
    )


def _names(ids: Sequence[int], names: Mapping[int, str]) -> str:
    return "、".join(names[one] for one in ids)


def invitation(
    issue: Issue, project: Project, meeting: Meeting, tried: Sequence[str], people: str, zone: tzinfo
) -> str:
    """Told once to everybody invited: time, place, agenda, and what was tried."""
    history = list(tried)[-5:]
    return lines(
        f"**联席会议通知**：{moment(meeting.at, zone) if meeting.at else ''}，{meeting.place}。",
        f"项目：{project.name}",
        f"议题：问题{issue.no}，{clipped(issue.description, 150)}",
        f"参加：{people}",
        "此前经过：" if history else "",
        *history,
        "请带本部门意见参加；不能参加的请安排熟悉情况的同事代为参加，并告知服务专员。",
    )


def fixed(issue: Issue, meeting: Meeting, names: Sequence[str], by: str, zone: tzinfo) -> str:
    at = moment(meeting.at, zone) if meeting.at else ""
    return f"问题{issue.no}联席会议定于{at}，{meeting.place}，已通知{'、'.join(names)}和工作群。会后请在{by}前发送“会议纪要 {issue.no}”登记。"


def reminder(issue: Issue, meeting: Meeting, zone: tzinfo) -> str:
    at = moment(meeting.at, zone) if meeting.at else ""
    return f"提醒：问题{issue.no}联席会议{at}在{meeting.place}召开，请准时参加。"


def needless(issue: Issue) -> str:
    """The problem is answered or assigned, and people are still invited."""
    return f"问题{issue.no}已不在联席会议协调中，会议不再需要的请发送“取消会议 {issue.no} 原因”通知参会人员。"


def cancelled(issue: Issue, reason: str) -> str:
    return f"问题{issue.no}的联席会议已取消，原因：{reason}。"


def cancelled_told(issue: Issue) -> str:
    return f"问题{issue.no}的联席会议已取消，已告知参会人员和工作群。请发送“转办 {issue.no} 部门 原因”分派，或“回复 {issue.no} 内容”答复。"


STATES: dict[MeetingState, str] = {
    MeetingState.PLANNED: "待约定时间",
    MeetingState.VOTING: "正在选时间",
    MeetingState.FIXED: "时间已定",
    MeetingState.HELD: "已召开",
    MeetingState.CANCELLED: "已取消",
}


def state(issue: Issue, meeting: Meeting, tasks: Sequence[str], zone: tzinfo) -> str:
    at = f"，{moment(meeting.at, zone)}，{meeting.place}" if meeting.at else ""
    return lines(f"问题{issue.no}联席会议：{STATES[meeting.state]}{at}", *tasks)


# ---------------------------------------------------------------- minutes


def ask_minutes(issue: Issue) -> str:
    return lines(
        f"请在一条消息里写问题{issue.no}联席会议的纪要，一行一条（当天内有效，发送“取消”放弃），例如：",
        "意见：住建局同意按清单收件；城管局无意见",
        "住建局黄志坚 9月25日前 出具书面意见",
        "未决：占道费用标准",
        "需要时另起一行写“参会：”“签发：”，有结论的写“答复：”和答复项目单位的内容。",
    )


def recorded(issue: Issue, number: str, tasks: Sequence[str], by: str, *, drafted: bool) -> str:
    after = (
        f"答复已拟好，核对无误后发送“发布 {issue.no}”。"
        if drafted
        else f"请在{by}前发送“回复 {issue.no} 内容”拟答复，或“提交政府 {issue.no} 请求事项”。"
    )
    return lines(f"问题{issue.no}联席会议纪要{number}已登记，文件发给您和参会人员。", *tasks, after)


def line_problem(line: str, what: str) -> str:
    return (
        f"“{clipped(line, 30)}”这一行{what}。议定事项请写成：住建局黄志坚 9月25日前 出具书面意见；其他内容请以“意见：”或“未决：”开头。"
        "没有登记任何内容，请改好后重新发送。"
    )
