"""What was found, in lines one can go on from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.texts.phrases import clipped
from bot.texts.progress import ISSUE_STATES
from domain.filled_forms import FilledForm
from domain.issues import Issue
from domain.people import Person
from domain.project import Project

MOST = 12
NOT_IN_GROUP = "搜索结果只给本人看，请到与我的单聊里发送“搜 名称或编号”。"
NOTHING = "没有找到您能查看的内容。请换个说法，或写编号，例如：搜 YX-2026-001、搜 12。"


def project(one: Project) -> str:
    return f"- {one.name}：发送“{one.code} 进度”"


def issue(one: Issue, of: Project, now: datetime) -> str:
    state = ISSUE_STATES[one.shown_status(now)]
    return f"- 问题{one.no}（{of.short_name}，{state}）：{clipped(one.description, 30)}"


def person(one: Person, duties: str, of: Project | None) -> str:
    return f"- {one.name}：{'，'.join(part for part in (duties, of.short_name if of else '') if part)}"


def paper(one: FilledForm, title: str, of: Project) -> str:
    return f"- 《{title}》{one.no}（{of.short_name}）：发送“调阅 {one.no}”"


def found(lines: Sequence[str], url: str) -> str:
    more = f"另有{len(lines) - MOST}条没有列出，请写得更具体些。" if len(lines) > MOST else ""
    here = f"[在网页上搜索]({url})" if url else ""
    return "\n".join(part for part in ("找到：", *lines[:MOST], more, here) if part)
