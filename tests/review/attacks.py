"""What somebody without a part in a project tries: every exact command word, every key of a card, each with arguments
that would do for whoever may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

CODE, NATIONAL = "YX-2026-001", "2605-440299-04-01-100001"
SLIP, CASE = "YX-BJ-2026-0001", "YX-SQ-2026-0001"
# Of the project and its people; nobody outside may hear any of it.
SECRETS = ("岭南", "陈静", "林国华", "13900000001", "13900000002", "新材路8号")
MARK = "第七车间防爆墙"  # a word of the enterprise's own

# By the name of the command. Whatever stands here must be words the pattern takes.
COMMANDS: Mapping[str, Sequence[str]] = {
    "bind": ("绑定 YX-2026-001",),
    "unbind": ("解绑 YX-2026-001",),
    "release": ("发布 3",),
    "hurry": ("立即发送 3",),
    "return": ("退回 3 请补充办理地点和时限",),
    "undo": ("撤销 3",),
    "joint_meeting": ("联席会议 3", "联席会议 3 住建局 9月18日上午10点"),
    "meeting_vote": ("投票 3 1 2", "投票 3 0"),
    "fix_meeting": ("定 3 1", "定 1"),
    "cancel_meeting": ("取消会议 3 不需要了",),
    "show_meeting": ("会议 3",),
    "minutes": ("会议纪要 3 意见：无", "会议纪要 3"),
    "finish_task": ("完成任务 1 已办完", "完成任务 999999999 已办完"),
    "cancel_task": ("取消任务 1 不需要了",),
    "to_government": ("提交区政府 3 请协调占道费用", "提交政府 3"),
    "government_answer": ("政府答复 3 同意减免",),
    "refer": ("问题反馈函 3 市供电局 请研究提前送电",),
    "paper_sent": ("已报送 3", "函已发出 3 OA 9月15日"),
    "letter_answer": ("函复 3 已安排送电",),
    "chase": ("跟进 3 仍在会签",),
    "records": ("我的档案 YX-2026-001", f"档案 {NATIONAL}"),
    "fetch": (f"调阅 {SLIP}", f"调阅 {CASE}"),
    "edit_log": ("改记录 1 电话沟通，已改为周三踏勘", "改记录 999999999 电话沟通"),
    "tables": ("统计 9月",),
    "achievements": ("服务成果 9月",),
    "invite": ("发码 YX-2026-001 经办人", "发码 YX-2026-001 代表人"),
    "redeem": ("登记 00000000 孙亮 13812345678",),
    "take_in": ("窗口申请 YX-2026-001",),
    "refuse_case": (f"不予受理 {CASE} 1 属市级审批权限",),
    "decide_case": (f"经研究受理 {CASE} 9月14日专题会研究同意",),
    "accept_case": (f"受理 {CASE}", f"受理 {CASE} 王磊"),
    "change_entrustment": (f"变更委托 {CASE} 全流程",),
    "notice_read": (f"阅知 {CASE}",),
    "deputy": ("B岗 YX-2026-001 王磊",),
    "team": ("团队 YX-2026-001",),
    "agree_meeting": ("同意预约 1", "同意预约 999999999"),
    "move_meeting": ("改约 1 周四上午10点",),
    "channels": ("服务渠道",),
    "sign": (f"签署 {SLIP}",),
    "web_login": ("网页登录 3",),
    "stamped": (f"盖章件 {SLIP}",),
    "suspend": ("中止 YX-2026-001 S1 项目资金没有到位", "申请中止 YX-2026-001 资金紧张先停一停"),
    "terminate": ("终止 YX-2026-001 S9 项目单位注销该项目", "申请终止 YX-2026-001 项目不做了"),
    "coordinate": ("协调记录 YX-2026-001 已电话沟通仍无法提交",),
    "notice": ("书面中止 YX-2026-001", "书面终止 YX-2026-001"),
    "drop_suspension": ("不再中止 YX-2026-001", "不再终止 YX-2026-001"),
    "agree_suspension": ("同意中止 YX-2026-001", "同意终止 YX-2026-001"),
    "remind": ("催告 YX-2026-001 请于9月20日前提交资金证明",),
    "resume": ("恢复 YX-2026-001 资金已经到位可以继续",),
    "confirm_resume": ("确认恢复 YX-2026-001",),
    "refuse_resume": ("不同意恢复 YX-2026-001 缺少缴费凭证",),
    "complete": ("办结 YX-2026-001 未完成：其余事项由项目单位自行办理",),
    "hand_over": ("当面移交 YX-2026-001 全部",),
    "post": ("邮寄 YX-2026-001 顺丰 SF1234567890",),
    "came_back": ("退件 YX-2026-001",),
    "receipt": ("签收 YX-2026-001",),
    "told_receipt": ("已签收 YX-2026-001 张三 9月15日",),
    "sign_off": ("确认办结 YX-2026-001",),
    "return_slip": ("退回办结 YX-2026-001 少一份工规证原件",),
    "rate": ("评价 YX-2026-001 5 很好", "匿名评价 YX-2026-001 1 很差"),
    "rectify": ("整改 YX-2026-001 已当面致歉并补寄材料",),
    "follow_up": ("回访 YX-2026-001 满意，问题已解决",),
    "draw": ("抽查回访",),
    "appeal": ("误评申诉 YX-2026-001 点错了，应为满意",),
    "grant_appeal": ("同意改评 YX-2026-001",),
    "uphold": ("维持评价 YX-2026-001",),
    "plan": ("计划 YX-2026-001",),
    "plan_add": ("加事项 YX-2026-001 取水许可",),
    "plan_drop": ("删事项 YX-2026-001 取水许可 用自来水，不取水",),
    "plan_day": ("改期 YX-2026-001 施工许可 9月30日",),
    "plan_update": ("更新计划 YX-2026-001",),
    "package": ("套餐 YX-2026-001 拿地即开工",),
    "parallel": ("并联 YX-2026-001 工规证 施工许可",),
    "opinion": ("意见 YX-2026-001 施工许可 同意", "意见 YX-2026-001 施工许可 不同意 总平图退距不足"),
    "plan_confirm": ("确认计划 YX-2026-001",),
    "plan_send": ("发计划 YX-2026-001",),
    "guide_send": ("发指南 YX-2026-001",),
    "guide_picture": ("指南图 YX-2026-001",),
    "guide_check": ("核对指南 YX-2026-001 无误",),
    "factor": ("要素 施工许可",),
    "factor_withdraw": ("撤要素 999999",),
    "kinds": ("哪些事项能网上办",),
    "catalogue_changes": ("目录变更",),
    "collect": ("采集 YX-2026-001 谈到的情况",),
    "facts": ("补充信息 YX-2026-001 环评类别：报告表",),
    "menu": ("点单 YX-2026-001 用水报装 指导",),
    "fine": ("YX-2026-001 一切正常",),
}

# Ids that stand in a key: the first of each kind is the project's own.
_IDS = ("1", "2", "3", "999999999", "99999999999999999999", "-1", "١", "x", "")
_TWO = {
    "joint.fix": ("1:1", "1:9", "999999999:1"),
    "rate": ("1:5", "1:9", "1:-1"),
    "mat.ok": ("1:1", "1:99999999999999999999"),
    "mat.back": ("1:1",),
    "item.go": ("1:received", "1:nothing"),
    "item.ask": ("1:done", "1:nothing"),
    "form.submit": ("1:1",),
    "form.change": ("1:1",),
    "form.cancel": ("1:1",),
    "apply.agree": ("1:1", "1:0"),
    "apply.submit": ("1:1", "1:0"),
    "apply.cancel": ("1:1", "1:0"),
}


def keys_of(name: str) -> list[str]:
    """The card's key with forged arguments, and without any."""
    return [name, *(f"{name}:{arguments}" for arguments in (*_IDS, *_TWO.get(name, ())))]
