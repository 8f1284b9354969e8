"""One place turns a refusal into words, with what the person can do next."""

from __future__ import annotations

import re

from bot.texts import moves
from bot.texts.phrases import numbered
from domain.errors import DomainError, IllegalMove, InvalidAnswer, NotAllowed, NotFound, Unclear

_ACTIONS = {
    "ask": "您不是该项目的相关人员，不能查询该项目。",
    "file_issue": "问题反馈由项目单位登记的经办人或代表人提交，您可以请他们发送。",
    "judge_answer": "答复是否解决，由项目单位登记的经办人或代表人确认。",
    "bind_group": "工作群的绑定和解绑由该项目的服务专员操作。",
    "handle_issue": "这个问题由责任部门代表和服务专员办理。",
    "release_answer": "答复由该项目的服务专员核对发布。",
    "apply": "帮办代办申请由项目单位登记的经办人、代表人提出，或由服务专员代为登记。",
    "ask_case": "撤回、中止、恢复、终止由项目单位登记的经办人或代表人提出。",
    "manage_case": "这项操作由该项目的服务专员办理。",
    "invite": "登记码由该项目的服务专员发放。",
    "hand_in": "材料由项目单位登记的经办人、代表人提交，或由服务专员代为登记。",
    "review_material": "材料由服务专员和责任部门代表审核。",
    "report_demand": "清单外要求由项目单位登记的经办人或代表人反映。",
    "follow_up": "回访由督办人员或被评价人以外的服务人员登记。",
    "decide_appeal": "误评申诉由督办人员核实决定。",
    "tell_paid": "缴费由项目单位登记的经办人、代表人告知，或由服务专员登记。",
    "rate": "评价由项目单位登记的经办人或代表人作出。",
    "log_work": "工作记录由服务专员和部门代表登记。",
    "grant_extension": "延期由该项目的服务专员或督办人员决定。",
    "urge": "催办由项目单位登记的经办人、代表人，或本项目的服务专员、督办人员提出。",
    "press": "督办由该项目的服务专员或督办人员发出和销号。",
    "see_board": "看板供督办人员、部门负责人和服务专员查看，您可以发送“进度”查看本项目。",
    "close_press": "这份督办单由督办人员销号。",
    "answer_press": "督办由被督办人或其业务负责人反馈。",
    "update_item": "事项进度由责任部门代表和服务专员登记。",
    "return": "报送由部门登记的代表办理。",
    "approve_study": "案例由督办人员审定。",
    "survey": "问卷由督办人员发起和汇总。",
    "oversee_returns": "报送由督办人员和服务专员发起、退回和汇总。",
    "plan_event": "培训和互动活动由服务专员和督办人员安排、登记。",
    "wish_visit": "走访由项目单位登记的经办人或代表人预约；服务专员可直接发送“安排走访 项目编号 日期”。",
    "visit_wishes": "走访需求供服务专员和督办人员查看。",
    "sign": "这份表不需要您签署。",
    "see_all": "汇总供督办人员、部门负责人和服务专员查看，您可以发送“进度”查看本项目。",
}
_NOT_FOUND = {
    "project": "请说明是哪个项目，写上项目编号，例如：YX-2026-001 进度。",
    "paper": "没有找到您要办理的这份表，请核对编号，例如：签署 YX-WT-2026-0001。",
    "form": "这份意见反馈表已提交或已取消。需要时请重新发送“反馈问题 情况”。",
    "draft": "这份申请已提交或已取消。需要时请重新发送“申请代办”。",
    "meeting": "没有找到您可以答复的这个预约，请核对预约号，例如：同意预约 3。",
    "joint_meeting": "没有找到请您参加的联席会议，请核对问题号，例如：投票 12 1。",
    "fee": "没有找到这笔待缴费用，请发送“缴费清单”查看。",
    "task": "没有找到您的这项任务，请发送“待办”查看任务编号，例如：完成任务 5 结果。",
    "case": "该项目目前没有在办的帮办代办服务。如需委托，请发送“申请代办”。",
    "item": "没有找到这个事项，请换个说法，例如：施工许可、工规证、环评报告表。",
    "press": "这个问题没有未销号的督办单。发送“督办清单”可查看。",
    "log": "没有找到这条记录，请先发送“台账 项目编号”查看编号，例如：台账 YX-2026-001。",
    "return": "没有找到需要您报送的这一项，发送“报送”可查看编号。",
    "event": "没有找到这场培训或互动活动，请核对编号：收到的通知里有，服务专员和督办人员也可发送“培训计划”“互动计划”查看。",
    "visit_wish": "本项目没有待安排的走访需求。直接记录走访请发送“走访 项目编号 日期 参加：… 服务：…”。",
    "study": "没有找到您可以查看的这个案例，请核对编号，例如：案例 3。",
    "department": "没有找到这个部门，请写部门名称，例如：转办 12 住建局 原因。",
}


def explain(refusal: DomainError) -> str:
    if isinstance(refusal, NotAllowed):
        return _not_allowed(refusal)
    if isinstance(refusal, IllegalMove):
        return moves.explain(refusal)
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
        return (
            f"您好，您还没有在本系统登记，暂时不能办理。如需办理请联系{refusal.ask}登记；"
            "已有登记码的，请在与我的单聊里发送“登记 登记码 姓名”。"
        )
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
    if refusal.what == "application":
        return f"没有找到您可以办理的申请{refusal.name}，请核对申请编号，例如：受理 YX-SQ-2026-0005。"
    if refusal.what == "submission":
        return f"问题{refusal.name}没有在办的呈报或函件，请先发送“提交政府 {refusal.name} 请求事项”或“问题反馈函 {refusal.name} 单位 建议”。"
    return _NOT_FOUND.get(refusal.what, "没有找到，请核对后再试。")
