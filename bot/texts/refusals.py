"""One place turns a refusal into words, with what the person can do next."""

from __future__ import annotations

import re

from bot.texts.phrases import numbered
from domain.errors import DomainError, IllegalMove, InvalidAnswer, NotAllowed, NotFound, Unclear

_ACTIONS = {
    "ask": "您不是该项目的相关人员，不能查询该项目。",
    "file_issue": "问题反馈由项目单位登记的经办人或代表人提交，您可以请他们发送。",
    "judge_answer": "答复是否解决，由项目单位登记的经办人或代表人确认。",
    "bind_group": "工作群的绑定和解绑由该项目的服务专员操作。",
    "handle_issue": "这个问题由责任部门代表和服务专员办理。",
    "release_answer": "答复由该项目的服务专员核对发布。",
    "see_all": "汇总供督办人员、部门负责人和服务专员查看，您可以发送“进度”查看本项目。",
}
_NOT_FOUND = {
    "project": "请说明是哪个项目，写上项目编号，例如：YX-2026-001 进度。",
    "form": "这份意见反馈表已提交或已取消。需要时请重新发送“反馈问题 情况”。",
    "case": "该项目目前没有在办的帮办代办服务。如需委托，请联系服务大厅。",
    "item": "没有找到这个事项，请换个说法，例如：施工许可、工规证、环评报告表。",
    "department": "没有找到这个部门，请写部门名称，例如：转办 12 住建局 原因。",
}
_ISSUE_NOW = {
    "new": "正在分派",
    "triage": "在服务专员处待分派",
    "assigned": "已转给部门代表、待接办",
    "accepted": "部门正在办理",
    "answered": "答复已拟好、待服务专员发布",
    "released": "已答复项目单位",
    "closed": "项目单位已确认解决",
    "withdrawn": "已撤回",
}


def explain(refusal: DomainError) -> str:
    if isinstance(refusal, NotAllowed):
        return _not_allowed(refusal)
    if isinstance(refusal, IllegalMove):
        now = _ISSUE_NOW.get(refusal.now, "")
        return f"这个问题{now}，现在不能这样操作。发送“待办”可查看可以处理的问题。"
    if isinstance(refusal, NotFound):
        return _not_found(refusal)
    if isinstance(refusal, Unclear):
        listed = numbered([meaning for _, meaning in refusal.choices])
        return f"{refusal.question}\n{listed}".rstrip()
    if isinstance(refusal, InvalidAnswer):
        return refusal.sentence
    raise refusal


def _not_allowed(refusal: NotAllowed) -> str:
    if refusal.action == "registered":
        return f"您好，您还没有在本系统登记，暂时不能办理。如需办理请联系{refusal.ask}登记。"
    what = _ACTIONS.get(refusal.action, "您不能进行这项操作。")
    return f"{what}如有需要，请联系{refusal.ask}。" if refusal.ask else what


def by_name(unclear: Unclear) -> str:
    """The same question where a number would mean something else."""
    question = re.sub(r"请回复数字.*$", "", unclear.question)
    return f"{question}请直接写名称：{'、'.join(meaning for _, meaning in unclear.choices)}。"


def _not_found(refusal: NotFound) -> str:
    if refusal.what == "project" and refusal.name:
        return f"没有找到您可以查看的项目{refusal.name}，请核对项目编号，或联系该项目的服务专员。"
    if refusal.what == "issue":
        return f"没有找到{f'问题{refusal.name}' if refusal.name else '这个问题'}。发送“待办”可查看您手上的问题编号。"
    return _NOT_FOUND.get(refusal.what, "没有找到，请核对后再试。")
