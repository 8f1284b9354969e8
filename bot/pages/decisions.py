"""The decision about an application: what was applied for, whether it is within the service, accept or refuse."""

from __future__ import annotations

from bot.context import Answer
from bot.handlers import applications
from bot.moves import accepting, applying
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts import applications as texts
from bot.texts.moves import CASE_STATES
from bot.texts.phrases import day
from domain.case import SERVICE_LEVEL_NAMES, Case, CaseStatus
from domain.errors import InvalidAnswer, NotFound
from domain.filled_forms import FilledForm
from domain.people import Action
from domain.project import Project

LONGEST = 200
_FACTS = (
    ("enterprise", "申请单位"), ("project_type", "项目类型"), ("investment_type", "立项类型"), ("funding", "资金来源"),
    ("approval_route", "审批流程"), ("needs", "服务需求"),
)  # fmt: skip


def _found(visit: Visit, no: str) -> tuple[Case, Project]:
    """Whether there is such an application is nobody else's business."""
    case = visit.tx.cases.by_no(no)
    project = visit.tx.projects.get(case.project_id) if case else None
    if case is None or project is None or not visit.context.standing_towards(project).roles:
        raise NotFound("application", no.upper())
    visit.about(project)
    visit.context.must_be_allowed(Action.MANAGE_CASE)
    return case, project


def show(visit: Visit, no: str) -> Shown:
    case, project = _found(visit, no)
    form, judged = accepting.application_of(visit.work, case), accepting.judged(visit.work, case)
    values = {
        "case": case,
        "project": project,
        "form": form,
        "facts": _facts(visit, case, form),
        "eligible": judged is None or judged.open,
        "why": judged.reason if judged else "",
        "state": CASE_STATES[case.status],
        "open": case.status is CaseStatus.APPLIED,
        "officer": visit.tx.people.get(project.officer_id).name,
        "reasons": list(enumerate((one.reason for one in visit.context.site.intake.refusals), 1)),
        "longest": LONGEST,
    }
    return Shown("decision.html", f"申请{case.no}", values)


def _facts(visit: Visit, case: Case, form: FilledForm | None) -> list[tuple[str, str]]:
    given = form.values if form else {}
    facts = [(name, str(given.get(key) or "")) for key, name in _FACTS]
    facts.append(("总投资", f"{given['investment']}万元" if given.get("investment") else ""))
    facts.append(("服务方式", SERVICE_LEVEL_NAMES[case.level]))
    facts.append(("服务范围", texts.scope(case, str(given.get("scope_items") or ""))))
    if case.status is CaseStatus.APPLIED:
        facts.append(("答复期限", day(applying.decided_until(visit.work, case))))
    return facts


# ---------------------------------------------------------------- what the buttons do


def accept(visit: Visit, no: str) -> Answer:
    return applications.accept(visit.context, {"code": no})


def decide(visit: Visit, no: str) -> Answer:
    """Outside the rules, with what was decided (R024)."""
    note = visit.form.words("text")
    if not 2 <= len(note) <= LONGEST:
        raise InvalidAnswer(f"请写明研究情况（{LONGEST}字以内），例如：9月14日专题会研究同意。")
    visit.says(note)
    return applications.decide(visit.context, {"code": no, "rest": note})


def refuse(visit: Visit, no: str) -> Answer:
    number, text = visit.form.number("reason"), visit.form.words("text")
    if not number:
        raise InvalidAnswer("请选择不予受理的原因。")
    if not 2 <= len(text) <= LONGEST:
        raise InvalidAnswer(f"请写明不予受理的具体说明（{LONGEST}字以内），例如：属市级审批权限。")
    said = f"{number} {text}"
    visit.says(said)
    return applications.refuse(visit.context, {"code": no, "rest": said})


PAGE = PageKind("/application/<no>", show, {"accept": accept, "decide": decide, "refuse": refuse})
