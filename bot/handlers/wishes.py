"""What the enterprise itself says of the plan: facts (“补充信息”), and what it wants of the menu (“按需点单”)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.context import Answer, Context, words
from bot.moves import collecting, item_names, planning
from bot.moves.naming import project_called, project_meant
from bot.moves.work import case_work
from bot.texts import planning as texts
from bot.understanding.understand import original_tail
from domain.catalogue import CatalogueItem
from domain.errors import InvalidAnswer
from domain.facts import read_fact
from domain.forms import FieldSpec
from domain.people import Action
from storage.dialogs import Recent

Arguments = dict[str, str]
_PAIR = re.compile(r"\s*([^:：=;；。]{2,40}?)\s*[:：=]\s*([^;；。]+)")
SERVICES = ("咨询", "指导", "协调", "代办")


def facts(context: Context, arguments: Arguments) -> Answer:
    """Kept at once; what they change of the plan is shown, and done when the officer confirms it (R073)."""
    project = project_called(context, arguments["code"], Action.APPLY)
    work = case_work(context)
    case = planning.open_case(work, project)
    told = _told(context, arguments["rest"], project.code)
    work.tx.projects.update_facts(project.id, {field.key: value for field, value in told})
    work.audit(project.id, "project.facts", f"project:{project.id}", {"facts": [f.key for f, _ in told]})
    renewed = work.tx.projects.get(project.id)
    plan = planning.plan_of(work, renewed, case)
    change = texts.difference(plan.change, work.site, project.code)
    labels = [work.site.plan.label(field.key).split("（")[0] for field, _ in told]
    answer = words(texts.facts_noted(labels, change, len(plan.found.questions)), recent=Recent(project.id))
    sender = context.must_sender
    if sender.id in (project.officer_id, project.deputy_id):
        return answer
    note = texts.facts_to_officer(project.name, sender.name, labels, change)
    return answer.and_tell(work.tell_officer(project, note, f"project:{project.id}"))


def _told(context: Context, text: str, code: str) -> list[tuple[FieldSpec, str]]:
    """All of it or nothing: each pair must name a fact and fit it."""
    pairs = _PAIR.findall(text)
    if not pairs:
        raise InvalidAnswer(f"请写明信息和内容，例如：补充信息 {code} 是否民用建筑：是；环评类别：报告表")
    told = []
    for label, said in pairs:
        field = context.site.plan.called(label)
        if field is None:
            raise InvalidAnswer(
                f"没有“{label.strip()[:20]}”这一项信息，没有作任何改动。发送“计划”可查看需要补充哪些。"
            )
        value = read_fact(field, said)
        if value is None:
            raise InvalidAnswer(f"{texts.wrong_fact(field)}没有作任何改动。")
        told.append((field, value))
    return told


def collect(context: Context, arguments: Arguments) -> Answer:
    """“采集 YX-2026-001 谈到的情况”: the basic facts as a paper, to the officer who met the enterprise."""
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    cases = work.tx.cases.of_project(project.id)
    said = original_tail(context.message.text, arguments["rest"]).strip()
    form = collecting.collect(work, project, cases[-1] if cases else None, said)
    missing = [
        one.label
        for one in context.site.forms[collecting.FORM].fields
        if one.required and not form.values.get(one.key)
    ]
    answer = words(texts.collected(form, missing, project.code), recent=Recent(project.id))
    return answer.and_tell(work.send_form(context.must_sender, form))


def menu(context: Context, arguments: Arguments) -> Answer:
    """按需点单 (R010): what could be had, or what was picked of it."""
    project = project_meant(context, arguments["code"])
    if not arguments["rest"].strip():
        context.must_be_allowed(Action.ASK)
        return words(texts.menu(_offered(context), project.code), recent=Recent(project.id))
    context.must_be_allowed(Action.APPLY)
    work = case_work(context)
    case = planning.shown_case(work, project)
    picked = item_names.words_of(arguments["rest"], "点单 用水报装 指导")
    services = [word for word in picked if word in SERVICES]
    items = [item_names.called(work, word, case).spoken for word in picked if word not in SERVICES]
    officer = work.tx.people.get(project.officer_id)
    note = texts.order_to_officer(project, context.must_sender.name, items, services)
    work.log(project, case, f"按需点单：{'、'.join((*items, *services))}", "", subject=f"case:{case.id}")
    row = work.tell(officer, note, f"project:{project.id}")
    return words(texts.ordered([*items, *services], officer.name), recent=Recent(project.id)).and_tell(row)


def _offered(context: Context) -> Mapping[str, list[CatalogueItem]]:
    """By stage: of the project's type, not in the plan, and no alternative to what is."""
    work, project = case_work(context), context.must_project
    case = planning.shown_case(work, project)
    here = {item.item_id for item in planning.items_of(work, case)}
    found: dict[str, list[CatalogueItem]] = {stage: [] for stage in work.site.catalogue.stages}
    for entry in work.site.catalogue.items.values():
        fits = project.type in entry.applies_to and not here & {entry.id, *work.site.plan.others(entry.id)}
        if fits:
            found[entry.stage].append(entry)
    return found
