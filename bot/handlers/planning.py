"""“计划”, and the officer's changes to it: 加事项, 删事项, 改期, 套餐, 并联, 更新计划."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Answer, Context, words
from bot.moves import item_names, joint, planning
from bot.moves.naming import project_called, project_meant
from bot.moves.work import CaseWork, case_work
from bot.texts import planning as texts
from bot.understanding.days import day_in
from bot.understanding.understand import original_tail
from domain.case import Case
from domain.errors import InvalidAnswer
from domain.items import ENDED, ItemState
from domain.milestones import milestones
from domain.people import Action, Role
from domain.plan_rules import Package
from domain.project import Project
from domain.schedule import slipped, working_days_in_all
from storage.dialogs import Recent

Arguments = dict[str, str]


def show(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.ASK)
    work = case_work(context)
    plan = planning.plan_of(work, project, planning.shown_case(work, project))
    names = {view.item.item_id: view.entry.spoken for view in plan.views}
    items = [view.item for view in plan.views]
    parts = (
        texts.slips(slipped(plan.views, work.today), names),
        texts.milestones(milestones(work.site.plan.milestones, items, plan.case.accepted_on)),
        texts.difference(plan.change, work.site, project.code),
        texts.questions(plan.found, work.site.plan, work.site, project.code),
    )
    said = texts.plan(project, plan.views, plan.slots, work.today, _total(work, project, plan), parts)
    return words(said, recent=Recent(project.id))


def _total(work: CaseWork, project: Project, plan: planning.Plan) -> str:
    rules = work.site.plan
    counted = [
        plan.slots[view.entry.id]
        for view in plan.views
        if view.entry.stage in rules.counted and view.item.state not in ENDED - {ItemState.COMPLETED}
    ]
    targets = [f"{one.scope}目标{one.days}个工作日" for one in rules.targets if project.type in one.types]
    return texts.total(working_days_in_all(counted, work.calendar), targets)


def add(context: Context, arguments: Arguments) -> Answer:
    work, project, case = _to_change(context, arguments)
    entries = [
        item_names.called(work, word, case)
        for word in item_names.words_of(arguments["rest"], "加事项 施工许可 图审")
    ]
    new = planning.put_in(work, project, case, [one.id for one in entries], "")
    names = [one.spoken for one in entries if one.id in new]
    already = [one.spoken for one in entries if one.id not in new]
    return words(texts.added(project, names, already), recent=Recent(project.id))


def drop(context: Context, arguments: Arguments) -> Answer:
    work, project, case = _to_change(context, arguments)
    name, _, reason = arguments["rest"].strip().partition(" ")
    if not reason.strip():
        raise InvalidAnswer(f"请写明事项和原因，例如：删事项 {project.code} 取水许可 用自来水，不取水。")
    entry = item_names.called(work, name, case)
    typed = original_tail(context.message.text, reason)
    planning.take_out(work, project, case, entry.id, typed)
    return words(texts.dropped(project, entry.spoken, typed), recent=Recent(project.id))


def put_off(context: Context, arguments: Arguments) -> Answer:
    work, project, case = _to_change(context, arguments)
    name, _, when = arguments["rest"].strip().partition(" ")
    day = day_in(when, context.today)
    if day is None:
        raise InvalidAnswer(f"请写明事项和提交日期，例如：改期 {project.code} 施工许可 9月30日。")
    entry = item_names.called(work, name, case)
    slot = planning.put_off(work, project, case, entry.id, day)
    return words(texts.moved(project, entry.spoken, slot, work.today), recent=Recent(project.id))


def package(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    found = _packages(context)
    wanted = next((one for one in found if one.name == arguments["rest"].strip()), None)
    if wanted is None:
        return words(texts.packages(found, context.site, project.code))
    work = case_work(context)
    case = planning.open_case(work, project)
    present = [item.item_id for item in planning.items_of(work, case)]
    swapped = [one for one in wanted.items if not set(work.site.plan.others(one)) & set(present)]
    new = planning.put_in(work, project, case, swapped, f"套餐：{wanted.name}")
    names = [context.site.catalogue.items[one].spoken for one in new]
    already = [context.site.catalogue.items[one].spoken for one in swapped if one not in new]
    answer = words(texts.added(project, names, already), recent=Recent(project.id))
    ended = {item.item_id for item in planning.items_of(work, case) if item.state in ENDED}
    beside = [one for one in swapped if one not in ended]
    if not wanted.parallel or len(beside) < 2:
        return answer
    planning.side_by_side(work, project, case, beside)
    return answer


def _packages(context: Context) -> Sequence[Package]:
    """Those of the project's type."""
    kind = context.must_project.type
    items = context.site.catalogue.items
    return [one for one in context.site.plan.packages if any(kind in items[i].applies_to for i in one.items)]


def parallel(context: Context, arguments: Arguments) -> Answer:
    """Joint approval (R105): the departments' representatives are told and asked for an opinion."""
    work, project, case = _to_change(context, arguments)
    entries = [
        item_names.called(work, word, case)
        for word in item_names.words_of(arguments["rest"], "并联 工规证 施工许可")
    ]
    if len(entries) < 2:
        raise InvalidAnswer(f"并联至少要两个事项，例如：并联 {project.code} 工规证 施工许可。")
    group = planning.side_by_side(work, project, case, [one.id for one in entries])
    asked, told = joint.ask(work, project, entries)
    names = "、".join(one.spoken for one in entries)
    return words(texts.parallel(names, group, asked), recent=Recent(project.id)).and_tell(*told)


def opinion(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    work = case_work(context)
    case = planning.shown_case(work, project)
    entry = item_names.called(work, arguments["item"], case)
    officer = Role.SERVICE_OFFICER in context.standing.roles
    if not officer and not set(entry.departments) & context.must_sender.departments(Role.REPRESENTATIVE):
        raise InvalidAnswer(f"{entry.spoken}的意见由该事项的部门代表提出。")
    verdict, reason = arguments["verdict"], original_tail(context.message.text, arguments["rest"])
    if verdict == "不同意" and not reason:
        raise InvalidAnswer(f"不同意请写明理由，例如：意见 {entry.spoken} 不同意 总平图退距不足。")
    told = joint.note(work, project, case, entry, verdict, reason)
    holder = context.tx.people.get(project.officer_id).name
    return words(texts.opinion_noted(entry.spoken, verdict, holder), recent=Recent(project.id)).and_tell(
        *told
    )


def update(context: Context, arguments: Arguments) -> Answer:
    work, project, case = _to_change(context, arguments)
    change = planning.update(work, project, case)
    return words(texts.updated(project, change, context.site), recent=Recent(project.id))


def _to_change(context: Context, arguments: Arguments) -> tuple[CaseWork, Project, Case]:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    return work, project, planning.open_case(work, project)
