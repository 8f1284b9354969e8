"""Rating a service that is over, and appealing against a rating that was a mistake."""

from __future__ import annotations

from bot.context import Answer, words
from bot.moves import naming, rating
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts import ratings as texts
from domain.case import CaseStatus
from domain.errors import InvalidAnswer
from domain.people import Action
from domain.ratings import GRADE_NAMES, NEXT, RatingState
from storage.dialogs import Recent

PARTS = {"efficiency": "服务效率", "skill": "服务水平", "attitude": "服务态度"}
LONGEST = 300
_STATES = {
    RatingState.GIVEN: "已评价",
    RatingState.RECTIFY: "已评价，待整改",
    RatingState.RECTIFIED: "已整改，待回访",
    RatingState.FOLLOWED_UP: "已回访",
    RatingState.APPEALED: "误评申诉待督办人员核实",
    RatingState.REOPENED: "申诉成立，请重新评价",
}


def show(visit: Visit, code: str) -> Shown:
    context = visit.context
    project = naming.project_meant(context, code)
    rates, serves = context.standing.may(Action.RATE), context.standing.may(Action.MANAGE_CASE)
    closed = [one for one in visit.tx.cases.of_project(project.id) if one.status is CaseStatus.CLOSED]
    known = visit.tx.ratings.of_case(closed[-1].id) if closed else None
    appealable = known is not None and RatingState.APPEALED in NEXT[known.state]
    open_ = bool(closed) and (known is None or known.state is RatingState.REOPENED)
    officer = visit.tx.people.get(project.officer_id)
    values = {
        "project": project,
        "officer": officer.name,
        "closed": bool(closed),
        "known": known if rates or serves or context.standing.may(Action.SEE_ALL) else None,
        "state": _STATES[known.state] if known else "",
        "grades": sorted(GRADE_NAMES.items(), reverse=True),
        "parts": PARTS,
        "may_rate": rates and open_,
        "may_appeal": (rates or serves) and appealable,
        "may_decide": bool(known and known.state is RatingState.APPEALED)
        and context.standing.may(Action.SEE_ALL),
        "longest": LONGEST,
    }
    return Shown("rating.html", "服务评价", values)


# ---------------------------------------------------------------- what the buttons do


def give(visit: Visit, code: str) -> Answer:
    context, form = visit.context, visit.form
    project = naming.project_called(context, code, Action.RATE)
    grade = form.number("grade")
    if grade not in GRADE_NAMES:
        raise InvalidAnswer("请选择一个评价等级。")
    parts = {key: form.number(key) for key in PARTS if form.number(key) in GRADE_NAMES}
    case = rating.case_to_rate(visit.work, project)
    verdict = rating.Verdict(grade, _checked(form.words("text")), bool(form.raw("anonymous")), parts)
    new, told = rating.give(visit.work, project, case, verdict)
    return words(texts.thanks(new, f"：{new.name}"), recent=Recent(project.id)).and_tell(*told)


def appeal(visit: Visit, code: str) -> Answer:
    context = visit.context
    project = naming.project_meant(context, code)
    if not context.standing.may(Action.MANAGE_CASE):
        context.must_be_allowed(Action.RATE)
    why = _checked(visit.form.words("text"))
    if len(why) < 4:
        raise InvalidAnswer("请写明申诉原因，至少4个字，例如：点错了，应为满意。")
    _, told = rating.appeal(visit.work, project, why)
    names = "、".join(person.name for person in rating.supervisors(visit.work))
    return words(texts.appealed_answer(names), recent=Recent(project.id)).and_tell(*told)


def grant(visit: Visit, code: str) -> Answer:
    return _decided(visit, code, yes=True)


def uphold(visit: Visit, code: str) -> Answer:
    return _decided(visit, code, yes=False)


def _decided(visit: Visit, code: str, *, yes: bool) -> Answer:
    project = naming.project_called(visit.context, code, Action.SEE_ALL)
    new, told = rating.decide(visit.work, project, grant=yes)
    return words(texts.decided(project, new, grant=yes), recent=Recent(project.id)).and_tell(*told)


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise InvalidAnswer(f"请控制在{LONGEST}字以内（现在{len(text)}字）。")
    return text


PAGE = PageKind("/rating/<code>", show, {"give": give, "appeal": appeal, "grant": grant, "uphold": uphold})
