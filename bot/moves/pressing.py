"""督办: a numbered form (F27) with a day for its feedback; the pressed person, their chief and the supervisors are told;
it ends with a reason. Never on a guessed calendar, and one at a time for an issue."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from bot.moves import carding
from bot.moves.urging import called, who_has
from bot.moves.work import CaseWork
from bot.platform import Card, CardButton, CardField, CardKind
from bot.texts import pressing as texts
from bot.texts.phrases import clipped, moment
from bot.understanding.days import DAY, day_in
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.escalation import rests_on_a_guess
from domain.filled_forms import FormState
from domain.issues import WITH_DEPARTMENT, Issue, IssueStatus
from domain.ledger import LogStatus
from domain.people import Person, Role
from domain.pressing import (
    Press,
    PressState,
    checked_words,
    days_overdue,
    feedback_day,
    overdue_since,
)
from domain.project import Project
from storage.outbox import NewMessage

FORM = "F27"
_BY = re.compile(rf"({DAY})\s*(?:之|以)?前")
Said = tuple[str, list[NewMessage]]


# ---------------------------------------------------------------- issued


def issue_press(work: CaseWork, issue: Issue, project: Project, by: Person, opinion: str) -> Said:
    """By the officer or a supervisor. What is said, and who is told."""
    due = must_be_pressable(work, issue)
    opinion = checked_words(opinion, "督办意见", f"督办 {issue.no} 请于9月18日前说明退件依据。")
    whom = who_has(work, issue, project)
    if whom.id == by.id:
        raise InvalidAnswer(texts.own_desk(issue))
    press, rows = _issue(work, (issue, project, whom), due, opinion, _feedback_day(work, opinion))
    chiefs, supervisors = _chiefs(work, press, by), _supervisors(work, by)
    names = ["、".join(one.name for one in people) for people in (chiefs, supervisors)]
    said = texts.issued(press, called(work, issue, whom), names[0], names[1], _when(work, press.due_by))
    return said, rows


def by_the_clock(work: CaseWork, issue: Issue, project: Project) -> list[NewMessage]:
    """What the last level of the ladder does: the same form; nothing when one is open, or the day was guessed."""
    due = overdue_since(issue, work.now)
    if due is None or issue.private or _must_not(work, issue) or work.tx.presses.open_of(issue.no):
        return []
    rule, calendar = work.site.deadlines.press, work.calendar
    day = calendar.add_working_days(work.today, rule.answer_within)
    if calendar.rests_on_a_guess(work.today, day):
        return []
    whom = who_has(work, issue, project)
    opinion = texts.by_the_clock(issue, _late(work, issue, due))
    return _issue(work, (issue, project, whom), due, opinion, day)[1]


def must_be_pressable(work: CaseWork, issue: Issue) -> datetime:
    """The limit that is over."""
    if issue.private:
        raise InvalidAnswer(texts.private(issue))
    if issue.told(work.now) or not issue.is_open:
        raise InvalidAnswer(texts.nothing_to_urge(issue))
    press = work.tx.presses.open_of(issue.no)
    if press:
        raise InvalidAnswer(texts.pressed_already(press, _when(work, press.due_by)))
    limit = issue.answer_by if issue.status in WITH_DEPARTMENT else issue.desk_by
    due = overdue_since(issue, work.now)
    if due is None:
        raise InvalidAnswer(texts.not_late(issue, _when(work, limit) if limit else ""))
    if _must_not(work, issue):
        raise InvalidAnswer(texts.guessed(issue, _when(work, due)))
    return due


def _must_not(work: CaseWork, issue: Issue) -> bool:
    return rests_on_a_guess(issue, work.calendar) or work.calendar.is_provisional(work.today)


def _feedback_day(work: CaseWork, opinion: str) -> date:
    named = _BY.search(opinion)
    day = day_in(named[1], work.today) if named else None
    return feedback_day(day, work.today, work.site.deadlines.press, work.calendar)


def _issue(
    work: CaseWork, about: tuple[Issue, Project, Person], due: datetime, opinion: str, day: date
) -> tuple[Press, list[NewMessage]]:
    issue, project, whom = about
    department = _department(issue, whom)
    days = days_overdue(due, work.now, work.calendar)
    case = work.tx.cases.open_of_project(project.id)
    form = work.fill(
        FORM, project, case[0] if case else None,
        {
            "department": department,
            "item": f"{project.name}问题{issue.no}：{clipped(issue.description, 120)}",
            "basis": f"{_late(work, issue, due)}",
            "due": day.isoformat(), "days_overdue": days, "opinion": opinion,
        },
    )  # fmt: skip
    by = work.actor
    press = Press(
        0, form.no, project.id, issue.no, department, whom.id, form.id, by.id if by else None, work.now,
        work.calendar.closing(day), opinion,
    )  # fmt: skip
    look_at = work.calendar.opening(work.calendar.add_working_days(day, 1))
    press = replace(press, look_at=look_at)
    press = replace(press, id=work.tx.presses.add(press))
    work.audit(project.id, "issue.press", f"issue:{issue.no}", {"form": form.id, "to": whom.userid})
    work.log(
        project, case[0] if case else None, f"督办问题{issue.no}（{press.no}）", subject=f"press:{press.id}"
    )
    return press, _tell(work, press, (issue, project, whom), _late(work, issue, due))


def _tell(work: CaseWork, press: Press, about: tuple[Issue, Project, Person], late: str) -> list[NewMessage]:
    """The pressed person gets a card to answer by; the chief words; whoever watches over it the paper too."""
    issue, project, whom = about
    by = f"{_who(work.actor)}发出" if work.actor else "按时限规则发出"
    due, form = _when(work, press.due_by), work.tx.forms.get(press.form_id)
    first = texts.head(press, by, late)
    text = texts.pressed(press, issue, project, first, due)
    chiefs = _chiefs(work, press, work.actor)
    told = [work.tell(one, text, _subject(press)) for one in (whom, *chiefs)]
    told.append(carding.send(work, whom, _card(press, project, due), _subject(press)))
    copy = texts.copied(issue, project, first, called(work, issue, whom), due)
    officer = work.tx.people.get(project.officer_id)
    watching = {one.id: one for one in (*_supervisors(work, work.actor), officer)}
    for person in watching.values():
        if person.id not in {whom.id, *(one.id for one in chiefs), work.actor.id if work.actor else 0}:
            told.append(work.tell(person, copy, _subject(press)))
    papers = {one.id: one for one in (*watching.values(), whom, *([work.actor] if work.actor else []))}
    return [*told, *(work.send_form(one, form) for one in papers.values() if form)]


def _card(press: Press, project: Project, due: str) -> Card:
    return Card(
        CardKind.BUTTONS,
        title=f"督办：问题{press.issue_no}",
        desc=clipped(project.name, 30),
        quote=clipped(press.opinion, 120),
        fields=(CardField("督办单", press.no), CardField("反馈时限", due)),
        buttons=(
            CardButton("反馈督办", f"press.answer:{press.issue_no}:{press.id}", 1),
            CardButton("回复问题", f"issue.reply:{press.issue_no}", 2),
        ),
        commands=(f"反馈督办 {press.issue_no} 办理情况和完成日期", f"回复 {press.issue_no} 答复内容"),
    )


# ---------------------------------------------------------------- answered, closed


def open_press(work: CaseWork, no: int, press_id: int | None = None) -> Press:
    """By a card that very one."""
    press = work.tx.presses.open_of(no)
    if press is None or press_id not in (None, press.id):
        raise NotFound("press")
    return press


def must_answer(work: CaseWork, press: Press, by: Person) -> None:
    own = by.departments(Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF)
    if by.id != press.person_id and press.department not in own:
        raise NotAllowed("answer_press", called_person(work, press))


def answer(work: CaseWork, project: Project, press: Press, by: Person, text: str) -> Said:
    must_answer(work, press, by)
    said = checked_words(text, "督办反馈", f"反馈督办 {press.issue_no} 已联系窗口，9月18日前答复。")
    answered = press.answered(said, by.id, work.now)
    work.tx.presses.save(answered, press.state)
    work.audit(project.id, "press.answer", f"press:{press.id}", {"issue": press.issue_no})
    settled = carding.settle(work, _subject(press), f"督办单{press.no}", project.name, "已反馈")
    people = [one for one in _watching(work, press, project) if one.id != by.id]
    text = texts.feedback(press, _of_department(work, press, by), said)
    rows = [work.tell(one, text, _subject(press)) for one in people]
    names = "、".join(one.name for one in people)
    return texts.feedback_taken(press, names), [*settled, *rows]


def close(work: CaseWork, project: Project, press: Press, by: Person, text: str) -> Said:
    """销号: the form is kept anew with feedback, end and reason."""
    reason = checked_words(text, "销号原因", f"办结督办 {press.issue_no} 已于9月17日答复。")
    closed = press.closed(reason, by.id, work.now)
    old = work.tx.forms.get(press.form_id, lock=True)
    if old is None:
        raise NotFound("press")
    feedback = "；".join(part for part in (press.feedback, f"销号原因：{reason}") if part)
    case = work.tx.cases.open_of_project(project.id)
    values = {**old.values, "feedback": feedback, "closed_on": work.today.isoformat()}
    form = work.next_version(old, project, case[0] if case else None, values, state=FormState.SIGNED)
    closed = replace(closed, form_id=form.id)
    work.tx.presses.save(closed, press.state)
    work.audit(project.id, "press.close", f"press:{press.id}", {"issue": press.issue_no})
    work.log(
        project, None, f"督办单{press.no}销号", reason, subject=f"press:{press.id}", status=LogStatus.DONE
    )
    settled = carding.settle(work, _subject(press), f"督办单{press.no}", project.name, "已销号")
    people = {one.id: one for one in (work.tx.people.get(press.person_id), *_watching(work, press, project))}
    told = [
        work.tell(one, texts.closed_told(closed, by.name), _subject(press))
        for one in people.values()
        if one.id != by.id
    ]
    papers = [work.send_form(one, form) for one in {**people, by.id: by}.values()]
    return texts.closed(press), [*settled, *told, *papers]


def overdue(work: CaseWork, press: Press) -> list[NewMessage]:
    """No feedback in time: the pressed person, the chief and whoever watches over it are told once; an issue that
    was answered in between asks for nobody's feedback any more."""
    work.tx.presses.save(replace(press, look_at=None), press.state)
    issue = work.tx.issues.get(press.issue_no)
    if press.state is not PressState.OPEN or issue is None or not _still_late(issue):
        return []
    project = work.tx.projects.get(press.project_id)
    whom = work.tx.people.get(press.person_id)
    people = {one.id: one for one in (whom, *_chiefs(work, press, None), *_watching(work, press, project))}
    text = texts.no_feedback(press, _of_department(work, press, whom), _when(work, press.due_by))
    return [
        work.tell(one, text, _subject(press), once=f"press-late:{press.id}:{one.id}")
        for one in people.values()
    ]


def _still_late(issue: Issue) -> bool:
    return issue.is_open and issue.status is not IssueStatus.RELEASED


# ---------------------------------------------------------------- who


def called_person(work: CaseWork, press: Press) -> str:
    return _of_department(work, press, work.tx.people.get(press.person_id))


def _of_department(work: CaseWork, press: Press, person: Person) -> str:
    return f"{work.site.departments[press.department].short}{person.name}"


def _department(issue: Issue, whom: Person) -> str:
    if issue.representative_id == whom.id and issue.department:
        return issue.department
    return min(whom.departments(Role.SERVICE_OFFICER), default=issue.department or "")


def _chiefs(work: CaseWork, press: Press, by: Person | None) -> list[Person]:
    found = work.tx.people.of_department(press.department, Role.DEPARTMENT_CHIEF)
    return [one for one in found if one.id != press.person_id and (by is None or one.id != by.id)]


def _supervisors(work: CaseWork, by: Person | None) -> list[Person]:
    return [one for one in work.tx.people.with_role(Role.SUPERVISOR) if by is None or one.id != by.id]


def _watching(work: CaseWork, press: Press, project: Project) -> list[Person]:
    """Supervisors, who issued it, and the service officer, each once; not the pressed one."""
    issuer = [work.tx.people.get(press.by_id)] if press.by_id else []
    officer = work.tx.people.get(project.officer_id)
    people = {one.id: one for one in (*_supervisors(work, None), *issuer, officer)}
    return [one for one in people.values() if one.id != press.person_id]


def _who(person: Person) -> str:
    return f"{'督办人员' if Role.SUPERVISOR in person.roles else '服务专员'}{person.name}"


def _late(work: CaseWork, issue: Issue, due: datetime) -> str:
    return texts.late_since(issue, due, days_overdue(due, work.now, work.calendar), work.calendar.zone)


def _when(work: CaseWork, instant: datetime) -> str:
    return moment(instant, work.calendar.zone)


def _subject(press: Press) -> str:
    return f"press:{press.id}"
