"""The plan of a case: proposed from the project's facts, changed by the service officer, with its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from bot.moves.work import CaseWork
from domain.case import Case, CaseStatus, ServiceLevel
from domain.errors import IllegalMove, InvalidAnswer, NotFound
from domain.filled_forms import FilledForm
from domain.items import ENDED, CaseItem, ItemState, ItemView
from domain.ledger import Milestone
from domain.materials import Material
from domain.plan import (
    Assessment,
    Difference,
    PlannedItem,
    Wanted,
    assess,
    conditions_of,
    difference,
    needs_of,
    notes_on,
    propose,
)
from domain.project import Project
from domain.schedule import Slot, Timetable
from storage.plans import Choice

PLANNABLE = (CaseStatus.SIGNING, CaseStatus.ACTIVE)
SHOWN = (*PLANNABLE, CaseStatus.SUSPENDED, CaseStatus.HANDOVER)


def proposed(
    work: CaseWork, project: Project, case: Case, items: Sequence[str] = ()
) -> tuple[PlannedItem, ...]:
    """What the facts decide; `items`: what was asked for, of a scope of single items. What is undecided is asked."""
    return propose(work.site.catalogue, wanted_of(project, case, items), work.site.plan)


def adopt(work: CaseWork, case: Case, planned: Sequence[PlannedItem]) -> None:
    """Into the case, behind what it has already, each with its checklist; what is there already stays as it is."""
    known = {item.item_id for item in items_of(work, case)}
    for position, one in enumerate(planned, len(known) + 1):
        if one.item_id not in known:
            _add(work, case, one, position)
    settle_days(work, work.tx.projects.get(case.project_id), case)


def items_of(work: CaseWork, case: Case) -> list[CaseItem]:
    return work.tx.cases.items([case.id]).get(case.id, [])


def wanted_of(project: Project, case: Case, items: Sequence[str] = (), present: Sequence[str] = ()) -> Wanted:
    return Wanted(project.type, project.facts, case.scope, case.stages, tuple(items), frozenset(present))


def _add(work: CaseWork, case: Case, planned: PlannedItem, position: int) -> None:
    case_item = work.tx.cases.add_item(
        case.id, planned.item_id, position, planned=(planned.submit, planned.done)
    )
    entry = work.site.catalogue.items[planned.item_id]
    work.tx.materials.add(
        [Material(0, case_item, spec.name, spec.required, spec.form) for spec in entry.materials]
    )
    work.audit(case.project_id, "item.plan", f"item:{case_item}", {"item": planned.item_id})


# ---------------------------------------------------------------- as it stands


@dataclass(frozen=True)
class Plan:
    """A case's plan as it stands today: items in order, their days, what is open, what new facts would change."""

    case: Case
    views: tuple[ItemView, ...]
    slots: Mapping[str, Slot]
    needs: Mapping[str, Sequence[str]]
    found: Assessment
    change: Difference
    choices: Mapping[str, Choice]

    @property
    def in_order(self) -> list[ItemView]:
        """By the days; what falls on the same ones stands by its name, so that the order is always the same."""

        def days(view: ItemView) -> tuple[date, date, str]:
            slot = self.slots[view.entry.id]
            return slot.submit or date.max, slot.done or date.max, view.entry.id

        return sorted(self.views, key=days)


def plan_of(work: CaseWork, project: Project, case: Case) -> Plan:
    views = views_of(work, case)
    present = [view.entry.id for view in views]
    wanted = wanted_of(project, case, present=present)
    catalogue, rules = work.site.catalogue, work.site.plan
    needs = needs_of(catalogue, rules, wanted, present)
    choices = work.tx.plans.choices(case.id)
    unbegun = [view.entry.id for view in views if view.item.state is ItemState.PLANNED]
    by_hand = {one: choice.wanted for one, choice in choices.items()}
    return Plan(
        case,
        views,
        timetable(work, project, case).slots(views, needs),
        needs,
        assess(catalogue, rules, wanted),
        difference(catalogue, rules, wanted, unbegun, by_hand),
        choices,
    )


def views_of(work: CaseWork, case: Case) -> tuple[ItemView, ...]:
    return tuple(
        ItemView(
            item, work.site.catalogue.items[item.item_id], work.calendar, work.site.deadlines.lamp, work.today
        )
        for item in items_of(work, case)
        if item.item_id in work.site.catalogue.items
    )


def timetable(work: CaseWork, project: Project, case: Case) -> Timetable:
    rules = work.site.plan
    conditions = conditions_of(rules, wanted_of(project, case))
    shorter = {
        one.item: one.days for one in rules.notes if one.days is not None and conditions.holds(one.when)
    }
    return Timetable(
        work.calendar,
        rules,
        work.site.catalogue.items,
        work.today,
        _day_of(project, "finish_planned"),
        shorter,
    )


def notes(work: CaseWork, project: Project, case: Case, item_id: str) -> tuple[str, ...]:
    return notes_on(item_id, work.site.plan, conditions_of(work.site.plan, wanted_of(project, case)))


def _day_of(project: Project, fact: str) -> date | None:
    try:
        return date.fromisoformat(str(project.facts.get(fact) or ""))
    except ValueError:
        return None


def shown_case(work: CaseWork, project: Project) -> Case:
    """The project's newest case that has a plan to look at. Raises NotFound."""
    found = [one for one in work.tx.cases.of_project(project.id) if one.status in SHOWN]
    if not found:
        raise NotFound("case")
    return found[-1]


def open_case(work: CaseWork, project: Project) -> Case:
    """The case whose plan may be changed, its row held. Raises NotFound, IllegalMove."""
    case = work.case_of(project, *SHOWN)
    if case.status not in PLANNABLE:
        raise IllegalMove("case", case.status, CaseStatus.ACTIVE)
    return case


# ---------------------------------------------------------------- changes


def settle_days(work: CaseWork, project: Project, case: Case) -> None:
    """The forward pass kept: what is not begun gets its days and its place behind what comes before it."""
    plan = plan_of(work, project, case)
    for position, view in enumerate(plan.in_order, 1):
        slot = plan.slots[view.entry.id]
        work.tx.cases.place_item(view.item.id, position)
        if view.item.state is ItemState.PLANNED:
            dated = replace(view.item, planned_submit=slot.submit, planned_done=slot.done)
            work.tx.cases.save_item(dated, view.item)


def put_in(work: CaseWork, project: Project, case: Case, items: Sequence[str], reason: str) -> list[str]:
    """By the officer's decision. The ids that are new in the plan."""
    here = {item.item_id for item in items_of(work, case)}
    new = [one for one in dict.fromkeys(items) if one not in here]
    for one in new:
        others = [other for other in work.site.plan.others(one) if other in here or other in new]
        if others:
            names = "、".join(work.site.catalogue.items[other].spoken for other in others)
            what = work.site.catalogue.items[one].spoken
            raise InvalidAnswer(
                f"{what}与{names}只办其一，计划没有改动。需要改办{what}的，请先发送：删事项 {names.split('、')[0]} 原因。"
            )
    for one in new:
        work.tx.plans.decide(case.id, _choice(work, one, reason, wanted=True))
    adopt(work, case, [PlannedItem(one) for one in new])
    if new:
        _logged(work, project, case, f"计划加入{_names(work, new)}", reason)
    return new


def take_out(work: CaseWork, project: Project, case: Case, item_id: str, reason: str) -> None:
    """Only what was never begun. Raises NotFound, InvalidAnswer."""
    item = _planned(work, case, item_id)
    if work.tx.cases.not_to_be_dropped([item.id]):
        name = _names(work, [item_id])
        raise InvalidAnswer(
            f"{name}已收到材料或已有告知，留在计划里备查，不能删除。暂不办理可改日期：改期 {project.code} {name} 9月30日。"
        )
    work.tx.plans.decide(case.id, _choice(work, item_id, reason, wanted=False))
    work.tx.cases.drop_item(item.id)
    work.audit(project.id, "item.drop", f"item:{item.id}", {"item": item_id})
    settle_days(work, project, case)
    _logged(work, project, case, f"计划删去{_names(work, [item_id])}", reason)


def put_off(work: CaseWork, project: Project, case: Case, item_id: str, day: date) -> Slot:
    """The day it is to be handed in. Raises InvalidAnswer for a day before what must be done first."""
    item = _planned(work, case, item_id)
    entry = work.site.catalogue.items[item_id]
    plan = plan_of(work, project, case)
    before = [plan.slots[need] for need in plan.needs[item_id] if need in plan.slots]
    first, waits = timetable(work, project, case).earliest(item_id, before)
    if day < work.today:
        raise InvalidAnswer(f"{day.month}月{day.day}日已经过去，请写今天以后的日期。")
    if not work.calendar.is_working_day(day):
        near = work.calendar.add_working_days(day, 1)
        raise InvalidAnswer(f"{day.month}月{day.day}日不是工作日，可以写{near.month}月{near.day}日。")
    if first and day < first:
        name = work.site.catalogue.items[waits].spoken if waits else "准备材料"
        raise InvalidAnswer(
            f"{entry.spoken}要等{name}，按计划最早{first.month}月{first.day}日提交；日期没有改。"
        )
    if first is None:
        raise InvalidAnswer(
            f"{entry.spoken}要等的前面环节还没有日期，暂时排不了。请先补充拟建成时间或前置事项。"
        )
    work.tx.cases.save_item(replace(item, planned_submit=day), item)
    work.audit(project.id, "item.reschedule", f"item:{item.id}", {"submit": day.isoformat()})
    settle_days(work, project, case)
    _logged(work, project, case, f"{entry.spoken}计划提交日改为{day.month}月{day.day}日", "")
    return plan_of(work, project, case).slots[item_id]


def side_by_side(work: CaseWork, project: Project, case: Case, items: Sequence[str]) -> str:
    """Handled together (R105, R106); the letter of the group. Checks first: what is ended joins nothing."""
    held = {item.item_id: item for item in items_of(work, case)}
    missing = [one for one in items if one not in held]
    if missing:
        raise InvalidAnswer(f"计划里没有{_names(work, missing)}，请先发送：加事项 {_names(work, missing)}。")
    ended = [one for one in items if held[one].state in ENDED]
    if ended:
        raise InvalidAnswer(f"{_names(work, ended)}已经办完，不用并联。")
    used = {item.parallel_group for item in held.values()}
    letters = "甲乙丙丁戊己庚辛壬癸"
    group: str = next(
        one for one in (*letters, *(a + b for a, b in product(letters, letters))) if one not in used
    )
    for one in items:
        work.tx.cases.save_item(replace(held[one], parallel_group=group), held[one])
        work.audit(project.id, "item.parallel", f"item:{held[one].id}", {"item": one})
    _logged(work, project, case, f"{_names(work, items)}并联办理", "")
    return group


def update(work: CaseWork, project: Project, case: Case) -> Difference:
    """What the facts say now, into the plan."""
    change = plan_of(work, project, case).change
    held = {item.item_id: item for item in items_of(work, case)}
    tied = work.tx.cases.not_to_be_dropped(held[one].id for one in change.drops)
    change = replace(
        change, drops={one: why for one, why in change.drops.items() if held[one].id not in tied}
    )
    for one in change.drops:
        work.tx.cases.drop_item(held[one].id)
        work.audit(project.id, "item.drop", f"item:{held[one].id}", {"item": one})
    adopt(work, case, change.adds)
    if not change.nothing:
        added = _names(work, [one.item_id for one in change.adds])
        dropped = _names(work, list(change.drops))
        told = "，".join(part for part in (added and f"加入{added}", dropped and f"删去{dropped}") if part)
        _logged(work, project, case, f"按项目信息更新计划：{told}", "")
    return change


def must_be_confirmed(work: CaseWork, case: Case) -> None:
    """包办: nothing is handled before both sides agree on a plan (R066). Raises InvalidAnswer."""
    if case.level is not ServiceLevel.FULL:
        return
    sent = [form for form in work.tx.forms.of_case(case.id) if form.form == "F2"]
    if not any(is_confirmed(form) for form in sent):
        todo = "请项目单位在收到的指南上确认" if sent else "请服务专员发送：发计划"
        raise InvalidAnswer(f"包办项目要先由双方确认办理计划，确认后才能办理。{todo}。")


def is_confirmed(form: FilledForm) -> bool:
    """Also of a version that a newer one took the place of."""
    return bool(form.signers) and not form.missing


def _planned(work: CaseWork, case: Case, item_id: str) -> CaseItem:
    item = next((one for one in items_of(work, case) if one.item_id == item_id), None)
    name = work.site.catalogue.items[item_id].spoken
    if item is None:
        raise InvalidAnswer(f"计划里没有{name}。发送“计划”可查看全部事项。")
    if item.state is not ItemState.PLANNED:
        raise InvalidAnswer(f"{name}已经开始办理，不能这样改。只有还没有申报的事项可以删除或改期。")
    return item


def _choice(work: CaseWork, item_id: str, reason: str, *, wanted: bool) -> Choice:
    return Choice(item_id, wanted, reason, work.actor.id if work.actor else 0, work.now)


def _names(work: CaseWork, items: Sequence[str]) -> str:
    return "、".join(work.site.catalogue.items[one].spoken for one in items)


def _logged(work: CaseWork, project: Project, case: Case, summary: str, reason: str) -> None:
    work.log(project, case, summary, reason, subject=f"case:{case.id}", milestone=Milestone.PLAN)
