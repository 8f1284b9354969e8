"""The enterprise's own record of a case, also after its end (R150)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.moves import CASE_STATES
from bot.texts.phrases import STATES, lines, short_day
from domain.case import SERVICE_LEVEL_NAMES, Case
from domain.filled_forms import FilledForm, FormState
from domain.items import ENDED, ItemView
from domain.project import Project
from domain.site import Site

MOST_FORMS = 12


def of_case(
    project: Project, case: Case, items: Sequence[ItemView], forms: Sequence[FilledForm], site: Site
) -> str:
    days = [f"受理{short_day(case.accepted_on)}" if case.accepted_on else ""]
    days += [f"结束{short_day(case.closed_on)}" if case.closed_on else ""]
    told = "，".join(part for part in (CASE_STATES[case.status], *days) if part)
    current = [form for form in forms if form.state is not FormState.VOID]
    return lines(
        f"**{project.name}**（{case.no}，{SERVICE_LEVEL_NAMES[case.level]}）{told}",
        *(_item(view) for view in items if view.item.state in ENDED),
        "留存的表单：" if current else "还没有留存的表单。",
        *(f"- {site.forms[form.form].title} {form.no}" for form in current[-MOST_FORMS:]),
        f"（另有{len(current) - MOST_FORMS}份较早的）" if len(current) > MOST_FORMS else "",
    )


def _item(view: ItemView) -> str:
    ended = f"{short_day(view.item.ended_on)}" if view.item.ended_on else ""
    number = f"，文号{view.item.result_no}" if view.item.result_no else ""
    return f"- {view.entry.spoken}：{ended}{STATES[view.item.state]}{number}"


def how_to_fetch(example: str) -> str:
    return f"需要哪份，请发送：调阅 {example}，文件由应用单独发给您。"


def sent(title: str, no: str) -> str:
    return f"《{title}》（{no}）由应用单独发给您，请在企业微信的帮办代办应用会话中查收。"
