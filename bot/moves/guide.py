"""The project's own guide (F2): made from the plan, versioned, confirmed by the enterprise (R066, R076)."""

from __future__ import annotations

from dataclasses import replace

from bot.documents import guide_values
from bot.moves import planning, signing
from bot.moves.joint import representative_of
from bot.moves.work import CaseWork
from bot.texts import project_guide as texts
from domain.case import Case
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from domain.items import ItemView
from domain.ledger import LogStatus, Milestone
from domain.people import Person, Role
from domain.plan import conditions_of
from domain.plan_rules import PolicyClause
from domain.project import Project
from storage.outbox import NewMessage

FORM = "F2"


def send(work: CaseWork, project: Project, case: Case) -> tuple[FilledForm, list[NewMessage]]:
    """A new version, to whoever must confirm it. Raises InvalidAnswer for a plan that changed nothing or has nothing."""
    old = work.tx.forms.newest(case.id, FORM, lock=True)
    values = guide_of(work, project, case, old.version + 1 if old else 1)
    if not values["items"]:
        raise InvalidAnswer(f"计划里还没有事项，请先发送：加事项 {project.code} 事项名称。")
    if old and old.values.get("items") == values["items"] and old.state is not FormState.VOID:
        waits = "，正在等项目单位确认" if old.missing else "，项目单位已确认"
        raise InvalidAnswer(f"计划与第{old.version}版（{old.no}）相同{waits}，没有重复发送。")
    planning.settle_days(work, project, case)
    form = (
        work.next_version(old, project, case, values)
        if old
        else work.fill(FORM, project, case, values, signers=(_who_confirms(work, project),))
    )
    work.log(
        project, case, f"发出办理计划和专属办事指南{form.no}第{form.version}版", "", subject=f"form:{form.id}",
        milestone=Milestone.PLAN, next_step="项目单位确认",
    )  # fmt: skip
    return form, signing.ask_to_sign(work, form, project)


def confirmed(work: CaseWork, form: FilledForm, project: Project) -> list[NewMessage]:
    """Both sides agree on the plan."""
    case = work.tx.cases.get(form.case_id) if form.case_id else None
    who = form.signatures[-1].name
    work.log(
        project, case, f"项目单位确认办理计划{form.no}第{form.version}版", who, subject=f"form:{form.id}",
        milestone=Milestone.PLAN, status=LogStatus.DONE,
    )  # fmt: skip
    return [work.tell_officer(project, texts.confirmed(project, form, who), f"form:{form.id}")]


def checked(
    work: CaseWork, form: FilledForm, project: Project, person: Person, opinion: str
) -> list[NewMessage]:
    """A representative has looked at the guide (R076); what is to be changed goes to the officer."""
    so_far = str(form.values.get("checked_by", ""))
    names = [] if so_far.startswith("待") else so_far.split("、")
    if not opinion and person.name not in names:
        work.tx.forms.save(
            replace(form, values={**form.values, "checked_by": "、".join([*names, person.name])})
        )
    work.audit(project.id, "guide.check", f"form:{form.id}", {"agrees": not opinion})
    case = work.tx.cases.get(form.case_id) if form.case_id else None
    work.log(
        project,
        case,
        f"{person.name}核对专属办事指南{form.no}",
        opinion or "无修改意见",
        subject=f"form:{form.id}",
    )
    return [work.tell_officer(project, texts.checked(project, form, person.name, opinion), f"form:{form.id}")]


def guide_of(work: CaseWork, project: Project, case: Case, version: int) -> dict[str, object]:
    plan = planning.plan_of(work, project, case)
    names = {view.entry.id: view.entry.spoken for view in plan.views}
    items = [
        guide_values.GuideItem(
            view,
            plan.slots[view.entry.id],
            _representative(work, view),
            tuple(names[one] for one in plan.needs[view.entry.id] if one in names),
            _beside(view, plan.views),
            planning.notes(work, project, case, view.entry.id),
        )
        for view in plan.in_order
    ]
    guide = guide_values.Guide(
        project,
        items,
        work.tx.people.get(project.officer_id).name,
        _factors(work, list(names)),
        policies_for(work, project, case),
        version,
        work.today,
    )
    return guide_values.values(guide, work.site)


def policies_for(work: CaseWork, project: Project, case: Case) -> list[PolicyClause]:
    conditions = conditions_of(work.site.plan, planning.wanted_of(project, case))
    return [one for one in work.site.plan.policies if not one.when or conditions.holds(one.when)]


def _who_confirms(work: CaseWork, project: Project) -> Role:
    contact = Role.ENTERPRISE_CONTACT
    return contact if work.signatories(project, contact) else Role.ENTERPRISE_SIGNATORY


def _representative(work: CaseWork, view: ItemView) -> str:
    person = representative_of(work, view.entry)
    return f"{person.name} {person.phone}".strip() if person else ""


def _beside(view: ItemView, views: tuple[ItemView, ...]) -> tuple[str, ...]:
    group = view.item.parallel_group
    return tuple(
        one.entry.spoken for one in views if group and one.item.parallel_group == group and one != view
    )


def _factors(work: CaseWork, items: list[str]) -> list[str]:
    found = work.tx.plans.factors(items)
    return [
        f"{work.site.catalogue.items[item].spoken}：{one.text}（{work.tx.people.get(one.told_by).name}，"
        f"{one.told_at.astimezone(work.calendar.zone).date().isoformat()}）"
        for item in items
        for one in found.get(item, ())
    ]
