"""What can be typed, by role and topic: the first list is short, the rest one word away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.people import ENTERPRISE, Role


class Side(StrEnum):
    ENTERPRISE = "enterprise"
    REPRESENTATIVE = "representative"
    DEPARTMENT = "department"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"


def sides_of(roles: frozenset[Role]) -> tuple[Side, ...]:
    held = (
        (Side.ENTERPRISE, ENTERPRISE),
        (Side.REPRESENTATIVE, {Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF}),
        (Side.DEPARTMENT, {Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER}),
        (Side.OFFICER, {Role.SERVICE_OFFICER}),
        (Side.SUPERVISOR, {Role.SUPERVISOR}),
    )
    return tuple(side for side, wanted in held if roles & wanted)


# What somebody needs every day.
FIRST: Mapping[Side, Sequence[str]] = {
    Side.ENTERPRISE: (
        "进度 —— 项目整体进度；“施工许可进度”看单个事项",
        "卡在谁那里 / 什么时候能出证",
        "施工许可材料 —— 清单和还缺的材料；“发一下申请表”要空白表",
        "反馈问题 + 情况 —— 转责任部门，由服务专员统一答复",
        "投诉 + 情况 —— 针对个人的反映，不在群里公开，只给服务专员和督办人员",
        "问题12 进度 / 问题12 已解决 / 问题12 未解决 原因 / 撤回 12",
        "待办 —— 需要贵单位办理的事；网页登录 —— 在电脑上办理",
    ),
    Side.REPRESENTATIVE: (
        "待办 —— 等我办理的问题和临期事项；网页登录 —— 在电脑上办理",
        "我来办 12 / 回复 12 内容 / 转办 12 部门 原因 / 不属本部门 12 原因",
        "施工许可 已受理 / 施工许可 办结 文号 —— 登记进度，“撤销”收回",
    ),
    Side.DEPARTMENT: (
        "待办 / 汇总 —— 本部门逾期的问题和红黄灯事项",
        "问题12 进度 / YX-2026-001 进度 —— 本部门参与的项目",
    ),
    Side.OFFICER: (
        "待办 —— 待受理、待分派、待发布、待审核、临期；汇总 —— 本人负责的项目；网页登录 —— 在电脑上办理",
        "YX-2026-001 进度 / 问题12 进度；搜 名称或编号 —— 找项目、问题、人员、表单",
        "发布 12 / 退回 12 原因 / 立即发送 12 / 撤销 12",
        "转办 12 部门 原因 —— 分派；回复 12 内容 —— 直接答复或修改答复；联席会议 12",
        "绑定 项目编号 / 解绑 项目编号（在工作群里@我发送）",
    ),
    Side.SUPERVISOR: (
        "汇总 —— 在办项目和红黄灯；统计 9月 / 台账 9月 —— 表格发给本人；看板 —— 卡在哪里",
        "YX-2026-001 进度 / 问题12 进度；搜 名称或编号",
    ),
}


@dataclass(frozen=True)
class Topic:
    name: str
    lines: Mapping[Side, Sequence[str]] = field(default_factory=dict)


_REVIEW = (
    "通过 施工许可 施工合同（或“全部”）/ 退回材料 施工许可 施工合同 原因",
    "一次性告知 施工许可 1.… 2.… 9月25日前",
    "同意容缺 施工许可 材料 / 不同意容缺 施工许可 材料 原因",
)
_LOG = ("记录 YX-2026-001 电话 内容 —— 记入台账；台账 YX-2026-001；改记录 12 新内容",)
_LATER = "稍后提醒 / 今天不再提醒 —— 收到提醒之后"
_RETURN = (
    "报送 —— 要报的表和截止日；报送 12 无（零报送）/ 报送 12 模板 / 表格发到机器人单聊后发送“报送 12”",
)
_VISIT = "走访 YX-2026-001 9月14日 参加：… 服务：协调 问题：… 答复：… 后续：… —— 上门服务记录"
_WISHES = "走访需求 —— 想请我们走访的项目；安排走访 项目编号 9月18日"
_EVENTS = (
    "培训计划 10月20日 主题 部门 / 培训计划 —— 安排和看全年；互动计划 同样",
    "培训改期 2 日期 / 取消培训 2 原因 / 培训记录 2 35人 / 培训记录 2 —— 看提问和答复",
)
_ANALYSIS = "问题分析 9月 —— 按类别、部门、事项汇总反馈的问题"
_STUDY = "写案例 项目编号 / 改案例 3 做法和效果 / 案例 3 / 导出案例 3 —— 办结后整理，督办人员审定"
_OVERSEE = ("报送 —— 谁没有报；报送汇总 互动 三季度；退回报送 12 原因；发起报送 名单 10月20日前",)
_LAMP = "灯 12 —— 为什么是黄灯、红灯"
_TASK = "完成任务 5 结果 —— 会议议定事项办完后登记；待办里能看到"
_URGE = "催办 12 —— 请经办人关注，每人每个工作日转告一次"
_PRESS = "督办 12 意见，9月18日前 —— 督办单，只用于超过时限的；督办清单 / 办结督办 12 原因"
_GRANT = f"同意延期 12 / 不同意延期 12 原因；{_LAMP}"
TOPICS: tuple[Topic, ...] = (
    Topic(
        "申请",
        {
            Side.ENTERPRISE: (
                "申请代办 —— 分段填表、核对、提交；撤回申请",
                "预约 周三下午 视频 / 渠道 —— 约窗口、视频、上门；看地点和时间",
                "希望走访 事由 —— 请服务专员到现场；培训提问 2 问题 —— 收到培训、互动通知之后",
                "团队 —— 本项目的服务专员和部门代表；签署 表单编号",
            ),
            Side.OFFICER: (
                "发码 YX-2026-001 经办人（或代表人）/ 发码 新项目 —— 登记码，单独交给本人",
                "窗口申请 / 电话申请 —— 替项目单位登记申请；采集 项目编号 谈到的情况",
                "受理 申请号 / 不予受理 申请号 原因编号 说明 / 经研究受理 申请号 说明",
                "变更委托 申请号 范围；签署 表单编号；盖章件 表单编号（引用文件）",
                "B岗 项目编号 姓名；团队 项目编号；同意预约 3 / 改约 3 时间",
            ),
        },
    ),
    Topic(
        "计划",
        {
            Side.ENTERPRISE: (
                "计划 / 确认计划 / 指南图 / 发指南 —— 办理计划和专属办事指南",
                "补充信息 是否民用建筑：是；按需点单；哪些能马上办；目录变更",
            ),
            Side.REPRESENTATIVE: ("要素 事项 内容 —— 清单外要素；核对指南 项目编号；意见 事项 同意",),
            Side.OFFICER: (
                "计划 / 更新计划 / 发计划 / 发指南 / 指南图 项目编号",
                "加事项、删事项、改期、套餐、并联 项目编号 内容；补充信息 项目编号 内容",
            ),
        },
    ),
    Topic(
        "事项",
        {
            Side.REPRESENTATIVE: (
                "施工许可 9月14日受理 / 补正：内容 / 审查中 / 特别程序 名称天数 / 办结 文号 / 不予许可 原因",
                "告知承诺、特别程序、撤件照样写；“撤销”收回30分钟内的最后一次登记",
            ),
            Side.ENTERPRISE: ("缴费清单 —— 待缴费用和期限；已缴费 施工许可",),
            Side.OFFICER: (
                "缴费 项目编号 施工许可 10月20日前 费用名称和金额 / 取消缴费 项目编号 施工许可 —— 只告知项目单位经办人",
                "提交 施工许可 —— 材料核对齐后提交部门；施工许可 9月14日受理 / 补正：内容 / 办结 文号",
                "绿色通道 项目编号 / 取消绿色通道 项目编号",
            ),
        },
    ),
    Topic(
        "材料",
        {
            Side.ENTERPRISE: (
                "施工许可 施工合同 —— 引用文件一起发，登记为材料；先发文件的回复“刚才的文件是 施工许可 施工合同”",
                "承诺真实 —— 每个项目确认一次；容缺 事项 材料 日期 承诺；告知承诺 事项 内容",
                "被要求清单外材料 事项 内容 —— 只告诉督办人员和服务专员",
            ),
            Side.REPRESENTATIVE: _REVIEW,
            Side.OFFICER: (*_REVIEW, "清单外 编号 属实 说明 / 清单外 编号 有依据 说明"),
        },
    ),
    Topic(
        "时限",
        {
            Side.ENTERPRISE: (_LAMP, _URGE),
            Side.REPRESENTATIVE: (
                f"申请延期 12 3个工作日 原因 —— 到期前提出；{_LAMP}",
                "反馈督办 12 办理情况和完成日期；督办清单",
            ),
            Side.DEPARTMENT: (_LAMP, "督办清单"),
            Side.OFFICER: (_GRANT, _URGE, _PRESS),
            Side.SUPERVISOR: (_GRANT, _URGE, _PRESS),
        },
    ),
    Topic(
        "协调",
        {
            Side.REPRESENTATIVE: (_TASK, "投票 12 1 3 —— 选能参加的会议时间，都不行写0"),
            Side.DEPARTMENT: (_TASK,),
            Side.OFFICER: (
                "联席会议 12（可加部门和时间）→ 会议 12 看投票 → 定 12 1 → 会议纪要 12；取消会议 12 原因",
                "完成任务 5 结果 / 取消任务 5 原因",
                "提交政府 12 请求事项 → 已报送 12 → 跟进 12 情况 → 政府答复 12 内容",
                "问题反馈函 12 单位 建议 → 函已发出 12 粤政易 9月16日 → 函复 12 内容",
            ),
            Side.SUPERVISOR: (_TASK,),
        },
    ),
    Topic(
        "中止",
        {
            Side.ENTERPRISE: ("申请中止 原因 / 终止 原因 / 恢复 原因已消除：情况 / 确认恢复",),
            Side.OFFICER: (
                "催告 项目编号 内容；中止（或终止）项目编号 原因 → 协调记录 项目编号 经过 → 书面中止 项目编号",
                "恢复 项目编号 原因已消除：情况 / 确认恢复 / 不再中止",
            ),
        },
    ),
    Topic(
        "办结",
        {
            Side.ENTERPRISE: (
                "签收 / 签字确认 —— 收到结果、代表人签署办结单；退回办结 原因",
                "邮寄材料 快递公司 单号；证照帮我寄过来（在单聊里说）",
                "评价 5 意见 / 匿名评价 5 意见（单聊）/ 误评申诉 原因",
                "我的档案 —— 结果和留存的表单，办结后也能查；调阅 表单编号",
            ),
            Side.OFFICER: (
                "办结 项目编号（有未完成的写“未完成：原因”）",
                "当面移交 项目编号 文号 原件1 / 邮寄 项目编号 快递公司 单号 / 已签收 项目编号 姓名 日期 / 收件 / 退件",
                "整改 项目编号 措施 —— 差评之后；档案 项目编号；调阅 表单编号",
            ),
            Side.SUPERVISOR: ("抽查回访 / 回访 项目编号 结果 / 同意改评 项目编号 / 维持 项目编号",),
        },
    ),
    Topic(
        "提醒",
        {
            Side.ENTERPRISE: ("周报 —— 最近一份周小结；" + _LATER,),
            Side.REPRESENTATIVE: (_LATER,),
            Side.OFFICER: (
                "周报 项目编号 —— 预览（单聊）；周报 加一句 项目编号 内容 / 周报 删一句 项目编号 —— 发布前1小时截止",
                "更正周报 项目编号 内容 —— 按最新登记另发一份，注明更正",
                _LATER,
            ),
            Side.SUPERVISOR: (
                "晨报 —— 十行以内，红灯在前；督办周报 / 督办月报 —— 各部门情况，附统计表和图",
                _LATER,
            ),
        },
    ),
    Topic(
        "台账",
        {
            Side.REPRESENTATIVE: _LOG,
            Side.OFFICER: (
                *_LOG,
                _VISIT,
                _WISHES,
                _ANALYSIS,
                _STUDY,
                "统计 9月 / 台账 9月 / 难点台账 9月 —— 表格发给本人；服务成果",
            ),
            Side.SUPERVISOR: (
                "统计 9月 / 台账 9月 / 难点台账 9月 —— 表格发给本人；服务成果",
                _ANALYSIS,
                "案例 3 / 同意案例 3 / 导出案例 3",
            ),
        },
    ),
    Topic(
        "报送",
        {
            Side.REPRESENTATIVE: _RETURN,
            Side.DEPARTMENT: _RETURN,
            Side.OFFICER: (*_OVERSEE, *_EVENTS, "培训提问 2 项目编号 问题 —— 替到场的人登记"),
            Side.SUPERVISOR: (*_OVERSEE, *_EVENTS, "发起问卷 三季度 / 问卷汇总 —— 项目单位的意见"),
        },
    ),
)


def topics_for(sides: Sequence[Side]) -> list[str]:
    return [topic.name for topic in TOPICS if any(side in topic.lines for side in sides)]


def named_in(text: str, sides: Sequence[Side]) -> Topic | None:
    """“帮助 材料”"""
    known = topics_for(sides)
    return next((topic for topic in TOPICS if topic.name in known and topic.name in text), None)
