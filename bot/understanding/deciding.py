"""What is done with what was understood: act, confirm, ask or be silent (design/labels.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.acts import Act, Decision, Heard, Intent
from bot.understanding.slots import ISSUE_ORDERS

I = Intent  # noqa: E741
# An enterprise is asked before these: they change a case.
TO_CONFIRM = frozenset({I.APPLY, I.WITHDRAW, I.SUSPEND, I.RESUME, I.TERMINATE, I.SIGN_OFF, I.REPORT_PROBLEM})
_BARE_PROBLEM = re.compile(
    r"^(?:你好|您好|我|我们|这边|这里|有个|有|要|想|来|再|,|，|\s|一?下|一?个|反馈|反映|上报|提|报告|说|问题|情况|困难|事情|事|请|麻烦|帮忙|遇到|碰到|了|点|些|协调|解决|处理|跟你们?|向你们?|需要|：|:|吧)*[。!！?？~]*$"
)
_BARE_URGE = re.compile(
    r"^(?:请|麻烦|帮忙|帮我们?|能不能|可不可以|可以|能|再|给我们?|你们?|您|专员|老师|领导|一下|下|催+|办|跟|进|跟进|推|盯|快|点|些|抓紧|加急|尽快|急|很|特|吧|呗|啊|吗|了|的|,|，|\s|谢谢|辛苦|多?谢|太慢|等不及|紧|推进|推动|处理|批|审批|办理|加快)*[。!！?？~]*$"
)
_BARE_CONTACT = re.compile(
    r"^(?:请问|问下|麻烦|那个|这个|这事|这件事|这种事|这|它|应?该|要|应|我们?|想|的|去|到底|,|，|\s)*(?:找谁|找哪个部门|找哪个局|归谁管|谁负责|谁管|归哪个部门管?|联系谁|联系方式|联系人(?:是谁)?|电话(?:是)?多少|电话|哪个部门(?:负责|管)?|谁管的?|找哪个?科室|归谁)(?:办|问|啊|呢|呀|的|一下|发一下|给一下|有吗)*[。?？!]*$"
)
_NAMED_PAPER = re.compile(
    r"书|合同|协议|说明|委托|方案|证明|承诺|报告|函|纪要|申请表|反馈表|采集表|评价表|办结单|受理单|台账|清单|保函|声明|决议|授权"
)
_SERVICE = re.compile(
    r"代办|帮办|包办|你们|服务|大厅|窗口|政务中心|全流程|整个|一共|从头|全部手续|全程|办事流程|报批流程|报建流程|审批流程|平台|系统|政务网|保证金|配套费|补偿费|占道费|易地|环评(?:费)|委托|下一步|接下来|中止|终止|暂停|恢复|项目.{0,6}(?:手续|流程|步骤)|厂房|申请.{0,3}撤|上班|材料.{0,4}交到"
)


def decide(acts: Sequence[Act], heard: Heard) -> Decision:
    """The most careful one wins."""
    decisions = {_of(act, heard) for act in acts}
    return next(d for d in (Decision.ASK, Decision.CONFIRM, Decision.ACT, Decision.SILENT) if d in decisions)


def _of(act: Act, heard: Heard) -> Decision:
    if act.readings or _lacks(act):
        return Decision.ASK
    if act.intent in TO_CONFIRM and heard.role == "enterprise":
        return Decision.CONFIRM
    return Decision.ACT


def _lacks(act: Act) -> bool:
    """A slot that is needed is missing from text, quote and the last exchange."""
    if act.intent is I.NONE:
        return "off topic" not in act.evidence
    if act.intent in ISSUE_ORDERS:
        return _lacks_for_issue(act)
    check = _NEEDED.get(act.intent)
    return check is not None and check(act)


def _lacks_for_issue(act: Act) -> bool:
    if act.issue_no is None:
        return True
    if act.intent is I.TRANSFER_ISSUE:
        return "department" not in act.slots
    return act.intent is I.EXTEND_ISSUE and not {"due", "days"} & set(act.slots)


def _has_item(act: Act) -> bool:
    return bool(act.item or act.slots.get("stage"))


_NEEDED = {
    I.MATERIALS: lambda act: not _has_item(act),
    I.TEMPLATE: lambda act: not (_has_item(act) or "topic" in act.slots or _NAMED_PAPER.search(act.rest)),
    I.GUIDE: lambda act: (
        not (
            _has_item(act)
            or "department" in act.slots
            or "place" in act.evidence
            or _SERVICE.search(act.rest)
        )
    ),
    I.URGE: lambda act: (
        not (act.item or act.slots.get("issue_no") or act.slots.get("department"))
        and bool(_BARE_URGE.match(act.rest))
    ),
    I.CONTACT: lambda act: (
        not (act.item or "department" in act.slots) and bool(_BARE_CONTACT.match(act.rest))
    ),
    I.REPORT_PROBLEM: lambda act: bool(_BARE_PROBLEM.match(act.rest)),
    I.UPDATE_ITEM: lambda act: not (act.item and "state" in act.slots),
}
