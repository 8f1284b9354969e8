"""Higher rungs of the ladder: what to type next, and what the enterprise hears in its group: who, what, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.texts.phrases import clipped, day, moment
from domain.issue_turns import Turn, TurnKind
from domain.issues import Issue
from domain.meetings import Meeting
from domain.rungs import Rung
from domain.site import Site

_COMMANDS: dict[Rung, str] = {
    Rung.SLOTS: "发送“联席会议 {no} 9月17日上午9点半、9月18日下午3点”请有关部门选时间。",
    Rung.VOTES: "发送“会议 {no}”看投票，“定 {no} 1”确定时间。",
    Rung.MINUTES: "会后发送“会议纪要 {no}”登记，不开了发送“取消会议 {no} 原因”。",
    Rung.TASKS: "发送“会议 {no}”看议定事项，“回复 {no} 内容”拟答复，或“提交政府 {no} 请求事项”。",
    Rung.GOVERNMENT_SEND: "报送后发送“已报送 {no} 9月16日”。",
    Rung.GOVERNMENT_ANSWER: "有答复发送“政府答复 {no} 内容”，没有发送“跟进 {no} 情况”。",
    Rung.LETTER_SEND: "发出后发送“函已发出 {no} 粤政易 9月16日”。",
    Rung.LETTER_ANSWER: "有反馈发送“函复 {no} 内容”，没有发送“跟进 {no} 情况”。",
}
_TURNS: dict[TurnKind, str] = {
    TurnKind.ROUTED: "系统分派给{to}",
    TurnKind.ASSIGNED: "{who}分派给{to}",
    TurnKind.PASSED_ON: "{of}{who}转办给{to}",
    TurnKind.NOT_OURS: "{of}{who}认为不属本部门",
    TurnKind.TAKEN: "{to}{who}接办",
    TurnKind.NOT_OUR_PART: "{of}{who}认为协办内容不属本部门",
    TurnKind.JOINT_MEETING: "{who}提请联席会议",
}


def next_command(issue: Issue) -> str:
    return _COMMANDS.get(issue.rung, "").format(no=issue.no)


def tried(
    turns: Sequence[Turn], names: dict[int, str], site: Site, zone: tzinfo, most: int = 60
) -> list[str]:
    """Whose hands it went through and why, a line each, oldest first."""
    return [_turn(one, names, site, zone, most) for one in turns if one.kind in _TURNS]


def _turn(turn: Turn, names: dict[int, str], site: Site, zone: tzinfo, most: int) -> str:
    told = _TURNS[turn.kind].format(
        who=names.get(turn.person_id or 0, ""),
        of=site.departments[turn.department].short if turn.department else "",
        to=site.departments[turn.to_department].short if turn.to_department else "有关部门",
    )
    reason = f"：{clipped(turn.words, most)}" if turn.words and most else ""
    return f"{day(turn.at.astimezone(zone).date())}{told}{reason}"


# ---------------------------------------------------------------- into the work group


def _head(issue: Issue) -> str:
    return f"**【问题{issue.no}进展】**"


def called(issue: Issue, officer: str, by: str) -> str:
    return f"{_head(issue)}已由服务专员{officer}提请联席会议协调，{by}前确定会议时间，确定后在本群告知。"


def fixed(issue: Issue, officer: str, meeting: Meeting, by: str, zone: tzinfo) -> str:
    at = moment(meeting.at, zone) if meeting.at else ""
    return f"{_head(issue)}有关部门定于{at}召开联席会议研究，服务专员{officer}在{by}前告知会议结果。"


def cancelled(issue: Issue, officer: str, by: str) -> str:
    return f"{_head(issue)}联席会议不再召开，由服务专员{officer}继续协调，{by}前明确责任部门。"


def held(issue: Issue, officer: str, meeting: Meeting, count: int, by: str, zone: tzinfo) -> str:
    at = day(meeting.at.astimezone(zone).date()) if meeting.at else ""
    what = f"议定{count}项措施，已分别明确责任人和期限" if count else "已形成会议纪要"
    return f"{_head(issue)}{at}已召开联席会议，{what}，由服务专员{officer}在{by}前统一答复。"


def up(issue: Issue, officer: str, government: str, by: str) -> str:
    return f"{_head(issue)}由服务专员{officer}提请{government}协调，{by}前报送，报送后在本群告知。"


def letter(issue: Issue, officer: str, to: str, by: str) -> str:
    return f"{_head(issue)}所反映情况超出本机构协调范围，由服务专员{officer}发函转请{to}办理，{by}前发出。"


def sent(issue: Issue, officer: str, where: str, on: str, by: str) -> str:
    """`where`: 报送县政府, 发函至市供电局"""
    return f"{_head(issue)}{on}已{where}，由服务专员{officer}跟进，{by}前告知进展。"


def followed(issue: Issue, officer: str, to: str, by: str) -> str:
    return f"{_head(issue)}服务专员{officer}已向{to}了解办理情况，目前尚无答复，{by}前再次告知进展。"


def by(instant: datetime | None, zone: tzinfo) -> str:
    return moment(instant, zone) if instant else ""
