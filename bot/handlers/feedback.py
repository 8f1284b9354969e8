"""The enterprise's side of an issue: feed back a problem, and say whether the answer solved it."""

from __future__ import annotations

import re

from bot.context import SILENCE, Answer, Context, Handler, words
from bot.dialogs import feedback_form
from bot.dialogs.officer_words import work_of
from bot.holding import must_be_seen
from bot.texts import help as help_texts
from bot.understanding.acts import Act, Intent
from bot.understanding.understand import JUDGED
from domain.errors import IllegalMove, InvalidAnswer, NotFound
from domain.issues import IssueStatus
from domain.people import Action


def report(context: Context, act: Act) -> Answer:
    return feedback_form.start(context, act)


def judge(context: Context, act: Act) -> Answer:
    """“问题12 已解决” / “问题12 未解决 原因”; without a number the one answer that waits for it. A bare yes or no
    says nothing about an answer."""
    if JUDGED not in act.evidence:
        return SILENCE if context.message.in_group else words(help_texts.NOTHING_OPEN)
    if act.issue_no is None:
        act = Act(act.intent, {**act.slots, "issue_no": str(_waiting(context))}, act.score, act.rest)
    work = work_of(context)
    issue, project = work.locked(act.issue_no)
    must_be_seen(context, issue, project)
    context.must_be_allowed(Action.JUDGE_ANSWER)
    if issue.status is IssueStatus.RELEASED and not issue.told(context.now):
        raise IllegalMove("issue", IssueStatus.ANSWERED, IssueStatus.CLOSED)
    if act.intent is Intent.CONFIRM:
        told = work.close(issue, project)
        return words(f"好的，问题{issue.no}已确认解决，感谢反馈。").and_tell(*told)
    reason = _reason(context.message.text)
    told = work.reopen(issue, project, reason)
    officer = context.tx.people.get(project.officer_id)
    due = f"，答复时限{work.notices.when(issue.answer_by)}前" if issue.representative_id else ""
    return words(f"问题{issue.no}已重新交办，服务专员{officer.name}会继续跟进并答复{due}。").and_tell(*told)


def _waiting(context: Context) -> int:
    found = [
        issue.no for issue in context.tx.issues.of_project(context.must_project.id) if issue.told(context.now)
    ]
    if not found:
        raise NotFound("issue")
    if len(found) > 1:
        listed = "、".join(f"问题{no}" for no in found)
        raise InvalidAnswer(
            f"有{len(found)}个问题等您确认，请写明问题号，例如：问题{found[0]} 已解决；目前有{listed}。"
        )
    return found[0]


def _reason(text: str) -> str:
    found = re.search(
        r"(?:未|没有?|不)(?:得到)?解决[\s:：,，。]*(?:原因)?[\s:：,，]*(?P<why>.*)$", text, re.S
    )
    return found["why"].strip() if found else ""


HANDLER = Handler(frozenset({Intent.REPORT_PROBLEM, Intent.COMPLAIN}), report)
JUDGEMENT = Handler(frozenset({Intent.CONFIRM, Intent.DENY}), judge)
