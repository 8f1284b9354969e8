"""Changing an entrustment, the notice before 包办, the team and its B post."""

from __future__ import annotations

import re

from bot.context import Answer, Context, words
from bot.moves import applying, entrusting, grouping, naming
from bot.moves.work import case_work
from bot.texts import entrustment as texts
from domain.case import Scope, ServiceLevel
from domain.errors import InvalidAnswer
from domain.people import Action
from domain.project import Project
from storage.dialogs import Recent

_EXAMPLE = "例如：变更委托 {no} 全流程，变更委托 {no} 阶段 施工许可、竣工验收，变更委托 {no} 事项 施工许可、用电报装。"


def change(context: Context, arguments: dict[str, str]) -> Answer:
    case, project = naming.case_called(context, arguments["code"], Action.MANAGE_CASE)
    new = _scope(context, case.no, arguments.get("rest", ""))
    form, told, shown = entrusting.change(case_work(context), case, project, new)
    waiting = [p.name for role in form.missing for p in case_work(context).signatories(project, role)]
    said = texts.change_sent(case, form.no, shown, list(dict.fromkeys(waiting)))
    return words(said, recent=Recent(project.id)).and_tell(*told)


def _scope(context: Context, no: str, rest: str) -> entrusting.NewScope:
    text = rest.strip()
    if re.fullmatch(r"全流程|全程", text):
        return entrusting.NewScope(Scope.WHOLE)
    found = re.match(r"^(阶段性?|单个事项|事项)[\s:：]*(.+)$", text, re.S)
    if found is None:
        raise InvalidAnswer(f"请写明变更后的服务范围，{_EXAMPLE.format(no=no)}")
    parts = [part for part in re.split(r"[、,，;；\s]+", found[2]) if part]
    return _stages(context, no, parts) if found[1].startswith("阶段") else _items(context, no, parts)


def _stages(context: Context, no: str, parts: list[str]) -> entrusting.NewScope:
    known = {entry.stage for entry in context.site.catalogue.items.values()}
    unknown = [part for part in parts if part not in known]
    if unknown:
        raise InvalidAnswer(
            f"没有“{unknown[0][:20]}”这个阶段，可选：{'、'.join(sorted(known))}。{_EXAMPLE.format(no=no)}"
        )
    return entrusting.NewScope(Scope.STAGE, tuple(parts))


def _items(context: Context, no: str, parts: list[str]) -> entrusting.NewScope:
    found = [applying.item_called(context.site, part) for part in parts]
    if None in found:
        unknown = parts[found.index(None)]
        raise InvalidAnswer(f"没有认出“{unknown[:20]}”这个事项。{_EXAMPLE.format(no=no)}")
    return entrusting.NewScope(Scope.ITEM, items=tuple(one.id for one in found if one))


def notice_read(context: Context, arguments: dict[str, str]) -> Answer:
    """阅知: the receipt of the notice before 包办 (R064), once for each reader."""
    case, project = naming.case_called(context, arguments["code"], Action.ASK_CASE)
    if case.level is not ServiceLevel.FULL or case.decided_by is None:
        raise InvalidAnswer(f"{case.no}没有需要阅知的包办前告知。")
    work, person = case_work(context), context.must_sender
    if not work.tx.runs.claim("notice_read", str(case.id), str(person.id), work.now):
        raise InvalidAnswer(f"您已阅知{case.no}的包办前告知，无需重复确认。")
    work.audit(project.id, "case.notice_read", f"case:{case.id}")
    work.log(project, case, "包办前告知已阅知", subject=f"case:{case.id}")
    row = work.tell_officer(project, f"{person.name}已阅知{case.no}的包办前告知。", f"case:{case.id}")
    return words(f"已记录：{person.name}阅知{case.no}的包办前告知。").and_tell(row)


def deputy(context: Context, arguments: dict[str, str]) -> Answer:
    project = naming.project_called(context, arguments["code"], Action.MANAGE_CASE)
    person = naming.service_officer(context, arguments["rest"])
    if person.id == project.officer_id:
        raise InvalidAnswer(f"{person.name}已是{project.name}的A岗，B岗请另选一位服务专员。")
    if person.id == project.deputy_id:
        raise InvalidAnswer(f"{person.name}已是{project.name}的B岗，无需重复设置。")
    told = grouping.set_deputy(case_work(context), project, person)
    return words(f"{project.name}的B岗已设为{person.name}，已告知项目单位。").and_tell(*told)


def team(context: Context, arguments: dict[str, str]) -> Answer:
    """By name and role: phones are nothing for a group."""
    project = _asked_about(context, arguments["code"])
    cases = context.tx.cases.open_of_project(project.id)
    found = grouping.team(case_work(context), project, cases[-1] if cases else None)
    return words(texts.team(project, found.names), recent=Recent(project.id))


def _asked_about(context: Context, code: str) -> Project:
    if code or context.message.in_group:
        if context.message.in_group and not code:
            context.must_be_allowed(Action.ASK)
            return context.must_project
        return naming.project_called(context, code, Action.ASK)
    own = context.tx.projects.of_person(context.must_sender.id)
    if len(own) != 1:
        raise InvalidAnswer("请写上项目编号，例如：团队 YX-2026-001。")
    context.project = own[0]
    context.forget_project()
    context.must_be_allowed(Action.ASK)
    return own[0]
