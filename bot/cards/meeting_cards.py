"""Cards of a joint meeting: times to choose from, and the one to fix."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.platform import Card, CardButton, CardKind, Choice
from bot.texts.phrases import clipped, short_day
from domain.issues import Issue
from domain.meetings import Meeting
from domain.project import Project


def to_vote(issue: Issue, project: Project, meeting: Meeting, zone: tzinfo) -> Card:
    """For whoever is to come. The words before it say what it is about; an option has eleven characters."""
    options = tuple((str(n), _option(slot, zone)) for n, slot in enumerate(meeting.slots, 1))
    return Card(
        CardKind.VOTE,
        title=f"问题{issue.no}联席会议：您哪些时间可以",
        desc=clipped(f"{project.short_name}，都不行请直接提交", 30),
        choices=(Choice("slots", "时间", options, many=True),),
        submit=("提交", f"joint.vote:{meeting.id}"),
        commands=(f"投票 {issue.no} 1 2",),
    )


def to_fix(issue: Issue, project: Project, meeting: Meeting, zone: tzinfo) -> Card:
    """For the officer: all have chosen."""
    return Card(
        CardKind.BUTTONS,
        page=f"/m/meeting/{issue.no}",
        title=f"问题{issue.no}：确定联席会议时间",
        desc=clipped(project.name, 30),
        body="各人能参加的时间见上一条消息，请点按一个时间。",
        buttons=tuple(
            CardButton(_button(slot, zone), f"joint.fix:{meeting.id}:{n}", 1)
            for n, slot in enumerate(meeting.slots, 1)
        ),
        commands=(f"定 {issue.no} 1",),
    )


def _option(slot: datetime, zone: tzinfo) -> str:
    local = slot.astimezone(zone)
    return f"{short_day(local.date())}{local:%H:%M}"


def _button(slot: datetime, zone: tzinfo) -> str:
    local = slot.astimezone(zone)
    return f"{local.month}/{local.day} {local:%H:%M}"
