"""One problem: what it is, whose hands it went through, and everything this person may do with it."""

from __future__ import annotations

from datetime import datetime

from bot.context import Answer
from bot.dialogs import DIALOGS
from bot.handlers import extensions, feedback, meetings, replies
from bot.holding import must_grant, must_hold, must_know
from bot.moves import file_checks
from bot.notices import files_with
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.pages.words import TURNS
from bot.texts.phrases import day
from bot.texts.progress import ISSUE_STATES
from bot.understanding.acts import Act, Intent
from bot.understanding.understand import JUDGED
from domain.deadlines import issue_clock
from domain.errors import InvalidAnswer
from domain.issues import CATEGORY_NAMES, WITH_DEPARTMENT, Issue, IssueStatus
from domain.people import OFFICERS, Action
from domain.project import Project
from storage.files import KnownFile

_S = IssueStatus
_MAY_BE_ANSWERED = WITH_DEPARTMENT | {_S.TRIAGE, _S.ANSWERED}


def show(visit: Visit, no: int) -> Shown:
    issue, project = must_know(visit.context, no)
    visit.about(project)
    inside = bool(visit.context.standing.roles & OFFICERS)
    told = issue.shown_status(visit.context.now) in {_S.RELEASED, _S.CLOSED}
    site = visit.context.site
    item = site.catalogue.items.get(issue.item_id or "")
    values = {
        "issue": issue,
        "project": project,
        "item": item.spoken if item else "",
        "category": CATEGORY_NAMES[issue.category],
        "state": ISSUE_STATES[issue.shown_status(visit.context.now)],
        "department": site.departments[issue.department].name if issue.department else "",
        "holder": _name(visit, issue.representative_id),
        "raiser": _name(visit, issue.raised_by),
        "clock": issue_clock(issue, visit.context.now, visit.context.calendar, site.deadlines.lamp),
        "answer": issue.answer if inside or told else "",
        "answerer": _name(visit, issue.answered_by) if inside else "",
        "files": files(visit, no),
        "history": _history(visit, issue, inside=inside),
        "parts": _parts(visit, issue, inside=inside),
        "inside": inside,
        "waits": issue.status is _S.RELEASED and not told,
        "may": _buttons(visit, issue, project),
        "departments": list(site.departments.values()),
        "phrases": site.pages.ready_answers(_next_day(visit)),
        "reasons": site.pages.answer_reasons,
        "wish": visit.tx.extensions.asked(issue.no) if inside else None,
        "again": _assign_again(visit, issue),
    }
    return Shown("issue.html", f"问题{issue.no}", values)


def _next_day(visit: Visit) -> str:
    return day(visit.context.calendar.add_working_days(visit.context.today, 1))


def _name(visit: Visit, person_id: int | None) -> str:
    return visit.tx.people.get(person_id).name if person_id else ""


def _history(visit: Visit, issue: Issue, *, inside: bool) -> list[dict[str, object]]:
    """Reasons of departments are the officers' business; the enterprise sees the way it went."""
    departments = visit.context.site.departments
    found = []
    for turn in visit.tx.turns.of(issue.no):
        to = departments[turn.to_department].short if turn.to_department else ""
        own = departments[turn.department].short if turn.department else ""
        found.append(
            {
                "at": turn.at,
                "what": TURNS[turn.kind],
                "who": _name(visit, turn.person_id) if inside else "",
                "from": own,
                "to": to,
                "words": turn.words if inside or turn.person_id == visit.person.id else "",
            }
        )
    return found


def _parts(visit: Visit, issue: Issue, *, inside: bool) -> list[dict[str, str]]:
    departments = visit.context.site.departments
    return [
        {
            "department": departments[part.department].name,
            "who": _name(visit, part.representative_id),
            "answer": part.answer if inside else "",
        }
        for part in visit.tx.parts.of(issue.no)
    ]


def _buttons(visit: Visit, issue: Issue, project: Project) -> frozenset[str]:
    """What may be done now, by the same checks the actions make."""
    context = visit.context
    holds = visit.allowed(lambda: must_hold(context, issue, project, Action.HANDLE_ISSUE))
    releases = visit.allowed(lambda: must_hold(context, issue, project, Action.RELEASE_ANSWER))
    grants = visit.allowed(lambda: must_grant(context, issue, project))
    visit.about(project)
    judges = context.standing.may(Action.JUDGE_ANSWER) and issue.told(context.now)
    mine = issue.representative_id == visit.person.id
    at_work = issue.status in WITH_DEPARTMENT
    asked = visit.tx.extensions.asked(issue.no)
    offered = visit.person.id == issue.offered_to
    checks = {
        "accept": holds and not releases and (issue.status is _S.ASSIGNED or offered),
        "reply": holds and issue.status in _MAY_BE_ANSWERED,
        "transfer": holds and at_work | (issue.status is _S.TRIAGE),
        "not_ours": holds and not releases and at_work,
        "extend": mine and at_work and asked is None,
        "decide": grants and asked is not None and at_work,
        "release": releases and issue.status is _S.ANSWERED,
        "undo": releases and issue.status is _S.RELEASED,
        "now": releases and issue.status is _S.RELEASED and not issue.told(context.now),
        "meeting": releases and issue.is_open and issue.status is not _S.RELEASED,
        "judge": judges,
    }
    return frozenset(name for name, may in checks.items() if may)


def _assign_again(visit: Visit, issue: Issue) -> str:
    """The department that would get it back: the officer says so twice (a talk that waits for a yes)."""
    open_ = visit.tx.dialogs.open_for(visit.person.id, issue.project_id, _since(visit))
    if open_ is None or open_.kind != "assign_again" or open_.answers.get("issue") != issue.no:
        return ""
    return visit.context.site.departments[open_.answers["department"]].name


def _since(visit: Visit) -> datetime:
    return visit.context.now - DIALOGS["assign_again"].lives


# ---------------------------------------------------------------- what the buttons do


def _act(intent: Intent, no: int, rest: str = "", *evidence: str) -> Act:
    return Act(intent, {"issue_no": str(no)}, 1.0, rest, evidence=evidence)


def _needed(visit: Visit, name: str, what: str) -> str:
    words = visit.form.words(name)
    if not words:
        raise InvalidAnswer(f"请填写{what}。")
    return words


def accept(visit: Visit, no: int) -> Answer:
    return replies.accept(visit.context, _act(Intent.ACCEPT_ISSUE, no))


def reply(visit: Visit, no: int) -> Answer:
    """Files are looked at first; they go out behind the words when those are released."""
    text = _needed(visit, "text", "答复内容")
    for upload in visit.form.uploads:
        wrong = file_checks.problem(upload.name, upload.data, visit.context.site.progress)
        if wrong:
            raise InvalidAnswer(f"文件“{upload.name[-60:]}”没有收下：{wrong}。答复没有提交。")
    answer = replies.reply(visit.context, _act(Intent.REPLY_ISSUE, no, text))
    _attach(visit, no)
    return answer


def _attach(visit: Visit, no: int) -> None:
    context = visit.context
    for upload in visit.form.uploads:
        file_id = visit.tx.files.add(
            upload.name, upload.data, context.now,
            project_id=context.must_project.id, uploaded_by=visit.person.id, inbox_id=context.inbox_id,
        )  # fmt: skip
        inbox_id = context.inbox_id or 0
        attached = visit.tx.files.attach(inbox_id, "issue", no, visit.person.id, context.now)
        visit.tx.files.settle(attached, "kept", file_id)


def files(visit: Visit, no: int) -> list[KnownFile]:
    """Of the answer, for whoever may read it."""
    issue, project = must_know(visit.context, no)
    visit.about(project)
    inside = bool(visit.context.standing.roles & OFFICERS)
    if not inside and issue.shown_status(visit.context.now) not in {_S.RELEASED, _S.CLOSED}:
        return []
    found = (visit.tx.files.described(one) for one in files_with(visit.tx, issue))
    return [one for one in found if one]


def transfer(visit: Visit, no: int) -> Answer:
    department = visit.context.site.departments.get(visit.form.raw("department"))
    if department is None:
        raise InvalidAnswer("请选择要转到的部门。")
    reason = _needed(visit, "text", "转办原因")
    return replies.transfer(visit.context, _act(Intent.TRANSFER_ISSUE, no, f"{department.name} {reason}"))


def assign_again(visit: Visit, no: int) -> Answer:
    """The second yes, as in the chat."""
    issue, project = must_know(visit.context, no)
    open_ = visit.tx.dialogs.open_for(visit.person.id, project.id, _since(visit))
    if open_ is None or open_.kind != "assign_again" or open_.answers.get("issue") != issue.no:
        raise InvalidAnswer("改派确认已过期，请重新选择部门和原因。")
    visit.says("1")
    answer = DIALOGS["assign_again"].take(visit.context, open_, Act(Intent.CONFIRM))
    return answer or Answer()


def not_ours(visit: Visit, no: int) -> Answer:
    return replies.not_ours(visit.context, _act(Intent.ESCALATE_ISSUE, no, _needed(visit, "text", "原因")))


def extend(visit: Visit, no: int) -> Answer:
    days = visit.form.number("days")
    wish = f"{days}个工作日 {_needed(visit, 'text', '延期原因')}"
    return extensions.ask(visit.context, _act(Intent.EXTEND_ISSUE, no, wish))


def grant(visit: Visit, no: int) -> Answer:
    return extensions.grant(visit.context, {"no": str(no)})


def refuse(visit: Visit, no: int) -> Answer:
    reason = _needed(visit, "text", "不同意的原因")
    return extensions.refuse(visit.context, {"no": str(no), "rest": reason})


def release(visit: Visit, no: int) -> Answer:
    return replies.release(visit.context, {"no": str(no)})


def send_now(visit: Visit, no: int) -> Answer:
    return replies.hurry(visit.context, {"no": str(no)})


def give_back(visit: Visit, no: int) -> Answer:
    reason = _needed(visit, "text", "退回原因")
    return replies.return_draft(visit.context, {"no": str(no), "rest": reason})


def undo(visit: Visit, no: int) -> Answer:
    return replies.undo(visit.context, {"no": str(no)})


def meeting(visit: Visit, no: int) -> Answer:
    return meetings.call(visit.context, {"no": str(no)})


def solved(visit: Visit, no: int) -> Answer:
    return feedback.judge(visit.context, _act(Intent.CONFIRM, no, "", JUDGED))


def unsolved(visit: Visit, no: int) -> Answer:
    visit.says(f"未解决 {_needed(visit, 'text', '没有解决的情况')}")
    return feedback.judge(visit.context, _act(Intent.DENY, no, "", JUDGED))


PAGE = PageKind(
    "/issue/<int:no>",
    show,
    {
        "accept": accept,
        "reply": reply,
        "transfer": transfer,
        "assign_again": assign_again,
        "not_ours": not_ours,
        "extend": extend,
        "grant": grant,
        "refuse": refuse,
        "release": release,
        "now": send_now,
        "return": give_back,
        "undo": undo,
        "meeting": meeting,
        "solved": solved,
        "unsolved": unsolved,
    },
)
