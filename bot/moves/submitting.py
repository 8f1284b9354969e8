"""Papers that leave the house: to the government (R132) and 问题反馈函 (F18, R133) – made, sent, followed up, answered."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.moves.climbing import LONGEST, Climb
from bot.texts import rungs as rung_texts
from bot.texts.phrases import day, short_day
from bot.understanding import days
from domain.errors import InvalidAnswer, NotFound
from domain.filled_forms import FilledForm
from domain.issue_parts import Part
from domain.issues import CATEGORY_NAMES, IssueLevel, checked_answer
from domain.people import Role
from domain.rungs import MEETING_RUNGS, PaperRules, Rung
from domain.submissions import Submission, SubmissionKind, SubmissionState
from storage.outbox import NewMessage

GOVERNMENT, LETTER = SubmissionKind.GOVERNMENT, SubmissionKind.LETTER
FORMS = {GOVERNMENT: "F29", LETTER: "F18"}
LEVELS = {GOVERNMENT: IssueLevel.GOVERNMENT, LETTER: IssueLevel.OUT_OF_SCOPE}
SEND = {GOVERNMENT: Rung.GOVERNMENT_SEND, LETTER: Rung.LETTER_SEND}
WAIT = {GOVERNMENT: Rung.GOVERNMENT_ANSWER, LETTER: Rung.LETTER_ANSWER}
CHANNELS = {"oa": "OA", "办公": "OA", "粤政易": "粤政易"}
LONGEST_NAME = 30


def rules(climb: Climb, kind: SubmissionKind) -> PaperRules:
    return climb.site.rungs.submission if kind is GOVERNMENT else climb.site.rungs.letter


def live(climb: Climb, *kinds: SubmissionKind) -> Submission:
    found = climb.tx.submissions.live(climb.issue.no)
    if found is None or (kinds and found.kind not in kinds):
        raise NotFound("submission", str(climb.issue.no))
    return found


# ---------------------------------------------------------------- made


def to_government(climb: Climb, request: str) -> tuple[Submission, FilledForm, list[NewMessage]]:
    _must_be_written(request, f"提交政府 {climb.issue.no} 请协调明确占道费用的承担单位")
    return _made(climb, GOVERNMENT, climb.site.rungs.government, _paper(climb, request))


def refer(climb: Climb, to: str, proposal: str) -> tuple[Submission, FilledForm, list[NewMessage]]:
    _must_be_written(proposal, f"问题反馈函 {climb.issue.no} 市供电局 请研究提前送电")
    known = climb.site.department_called(to)
    name = known.name if known else to
    if not 2 <= len(name) <= LONGEST_NAME:
        raise InvalidAnswer(
            f"请先写收文单位，再写建议，例如：问题反馈函 {climb.issue.no} 市供电局 请研究提前送电。"
        )
    return _made(climb, LETTER, name, _letter(climb, name, proposal))


def _made(
    climb: Climb, kind: SubmissionKind, to: str, values: dict[str, Any]
) -> tuple[Submission, FilledForm, list[NewMessage]]:
    climb.must_climb()
    issue = climb.issue
    if climb.tx.meetings.live(issue.no) and issue.rung in MEETING_RUNGS:
        raise InvalidAnswer(
            f"问题{issue.no}的联席会议还没有开完，请先发送“会议纪要 {issue.no}”登记，或“取消会议 {issue.no} 原因”。"
        )
    waiting = climb.tx.submissions.live(issue.no)
    if waiting and waiting.kind is kind and issue.rung in (SEND[kind], WAIT[kind]):
        raise InvalidAnswer(
            f"问题{issue.no}已有一份致{waiting.to_whom}的文件在办，发送“问题{issue.no} 进度”可查看。"
        )
    climb.drop_papers()
    form = climb.case.fill(FORMS[kind], climb.project, climb.open_case, values)
    made = Submission(0, kind, issue.no, climb.project.id, form.id, to, climb.by.id, climb.work.now)
    made = climb.tx.submissions.add(made)
    told = climb.work.notices.settle_cards(issue, climb.project, "已提请协调")
    climb.to(LEVELS[kind], SEND[kind], climb.working_days_on(rules(climb, kind).send_days), f"{kind}.make")
    said = rung_texts.up if kind is GOVERNMENT else rung_texts.letter
    posted = climb.tell_group(said(issue, climb.officer.name, to, climb.due))
    return made, form, [*told, climb.case.send_form(climb.by, form), posted]


def _must_be_written(text: str, example: str) -> None:
    if len(text) < 4 or len(text) > LONGEST:
        raise InvalidAnswer(f"请写明请求或建议（{LONGEST}字以内），例如：{example}。")


def _paper(climb: Climb, request: str) -> dict[str, Any]:
    return {
        "to": climb.site.rungs.government,
        "title": f"关于提请协调解决{climb.project.short_name}有关问题的呈报",
        "facts": _facts(climb),
        "positions": _positions(climb, most=200),
        "request": request,
        **_sender(climb),
    }


def _letter(climb: Climb, to: str, proposal: str) -> dict[str, Any]:
    reply_by = climb.work.calendar.add_working_days(climb.work.today, climb.site.rungs.letter.reply_days)
    people = {role: one for one, role in climb.tx.people.of_project(climb.project.id)}
    contact = people.get(Role.ENTERPRISE_CONTACT) or people.get(Role.ENTERPRISE_SIGNATORY)
    return {
        "to": to,
        "title": f"关于转办{climb.project.short_name}有关诉求的函",
        "contact": contact.name if contact else "",
        "request": climb.issue.description,
        "known": _positions(climb),  # who had it, not what was said among departments
        "proposal": proposal,
        "reply_by": reply_by.isoformat(),
        **_sender(climb),
    }


def _sender(climb: Climb) -> dict[str, str]:
    hall = climb.site.hall
    return {"sender": hall.name, "sender_contact": climb.officer.name, "sender_phone": hall.phone}


def _facts(climb: Climb) -> str:
    issue = climb.issue
    at = issue.raised_at.astimezone(climb.zone).date()
    raised = f"{at.year}年{short_day(at)}"
    item = climb.site.catalogue.items.get(issue.item_id or "")
    about = f"，涉及事项：{item.spoken}" if item else ""
    return f"{raised}项目单位反映（问题{issue.no}，{CATEGORY_NAMES[issue.category]}类{about}）：{issue.description}"


def _positions(climb: Climb, most: int = 0) -> str:
    """What was tried and what a meeting resolved; with `most` characters also what each department said. Numbered."""
    found = climb.tried(most)
    found += [_said(climb, part) for part in climb.tx.parts.of(climb.issue.no) if part.answer and most]
    for meeting in climb.tx.meetings.of_issue(climb.issue.no):
        form = climb.tx.forms.get(meeting.form_id) if meeting.form_id else None
        if form and meeting.at:
            at = day(meeting.at.astimezone(climb.zone).date())
            said = f"，各部门意见：{form.values.get('opinions', '')}" if most else ""
            found.append(f"{at}召开联席会议（纪要{form.no}）{said}")
    for task in climb.tx.tasks.of_issue(climb.issue.no):
        owner = climb.tx.people.get(task.owner_id)
        done = f"已完成，{task.note}" if task.note else f"{short_day(task.due)}前完成"
        found.append(f"会议议定：{climb.called(owner)}{task.text}（{done}）")
    return (
        "\n".join(f"{n}. {line}" for n, line in enumerate(found, 1)) or "由服务专员直接提请，此前未分派部门。"
    )


def _said(climb: Climb, part: Part) -> str:
    return f"{climb.site.departments[part.department].short}协办意见：{part.answer}"


# ---------------------------------------------------------------- sent, followed up, answered


def sent(climb: Climb, one: Submission, said: str) -> tuple[Submission, list[NewMessage]]:
    """On which day, and a letter through which channel (R133)."""
    one.must_go_to(SubmissionState.SENT)
    channel = next((name for word, name in CHANNELS.items() if word in said.lower()), "")
    if one.kind is LETTER and not channel:
        raise InvalidAnswer(
            f"请写明发送渠道（办公系统或粤政易），例如：函已发出 {climb.issue.no} 粤政易 9月16日。"
        )
    on = _day_said(climb, said, one.made_at.astimezone(climb.zone).date())
    values = {"sent_on": on.isoformat(), **({"channel": channel} if one.kind is LETTER else {})}
    form = _next(climb, one, values)
    one = climb.tx.submissions.save(one.send(form.id, on, channel))
    wait = rules(climb, one.kind)
    days_on = wait.reply_days if one.kind is LETTER else wait.follow_every
    climb.to(LEVELS[one.kind], WAIT[one.kind], climb.working_days_on(days_on, on), f"{one.kind}.send")
    climb.log(f"向{one.to_whom}报送或发函：{form.no}", "已送出", f"{climb.due}前跟进")
    where = f"{'发函至' if one.kind is LETTER else '报送'}{one.to_whom}"
    posted = rung_texts.sent(climb.issue, climb.officer.name, where, day(on), climb.due)
    return one, [climb.case.send_form(climb.by, form), climb.tell_group(posted)]


def follow(climb: Climb, one: Submission, said: str) -> list[NewMessage]:
    """实时跟进 (R132): a row in the ledger, and the day of the next one."""
    if one.state is not SubmissionState.SENT:
        raise InvalidAnswer(f"问题{climb.issue.no}的文件还没有送出，送出后再登记跟进情况。")
    _must_be_written(said, f"跟进 {climb.issue.no} 已电话询问，仍在会签")
    every = rules(climb, one.kind).follow_every
    climb.to(LEVELS[one.kind], WAIT[one.kind], climb.working_days_on(every), f"{one.kind}.follow")
    climb.log(f"跟进{one.to_whom}：{said}", "尚无答复", f"{climb.due}前再次跟进")
    return [climb.tell_group(rung_texts.followed(climb.issue, climb.officer.name, one.to_whom, climb.due))]


def answered(climb: Climb, one: Submission, said: str) -> tuple[Submission, list[NewMessage]]:
    """Recorded on the paper; for the enterprise a draft the officer releases (R130)."""
    one.must_go_to(SubmissionState.ANSWERED)
    answer = checked_answer(said)
    form = _next(climb, one, {"reply": answer, "replied_on": climb.work.today.isoformat()})
    one = climb.tx.submissions.save(one.answered(form.id, climb.work.today, answer))
    climb.case.audit(climb.project.id, f"{one.kind}.answer", f"submission:{one.id}", {"state": one.state})
    climb.log(f"{one.to_whom}答复{form.no}", answer, "核对后答复项目单位")
    return one, climb.work.reply(climb.issue, climb.project, climb.by, answer)


def _next(climb: Climb, one: Submission, values: dict[str, Any]) -> FilledForm:
    old = climb.tx.forms.get(one.form_id, lock=True)
    if old is None:
        raise NotFound("submission", str(climb.issue.no))
    case = climb.tx.cases.get(old.case_id) if old.case_id else None
    return climb.case.next_version(old, climb.project, case, {**old.values, **values})


def _day_said(climb: Climb, said: str, not_before: date) -> date:
    hit = re.search(days.DAY, said)
    on = days.read_day(hit[0], climb.work.today) if hit else climb.work.today
    if on is None or not not_before <= on <= climb.work.today:
        raise InvalidAnswer(f"送出的日期应在{short_day(not_before)}至今天之间，请核对后重新发送。")
    return on
