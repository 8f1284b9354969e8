"""Greetings, help by role, refusals of what is not allowed."""

from __future__ import annotations

from bot.texts.phrases import clipped, lines
from bot.understanding.acts import Intent
from domain.people import ENTERPRISE, Person, Role, Standing
from domain.site import Site

GREETING = "您好，我是代办助手。可以问我：进度、材料清单、卡在哪里、反馈问题。发送“帮助”查看全部。"
THANKS = "不客气，有需要随时@我。"
NOTHING_OPEN = "现在没有等您确认的内容。发送“帮助”可查看我能做什么。"

_ENTERPRISE = (
    "进度 —— 项目整体进度；“施工许可进度”看单个事项",
    "卡在谁那里 / 什么时候能出证",
    "施工许可材料 —— 清单和还缺的材料；“发一下申请表”要空白表",
    "施工许可 施工合同 —— 引用文件一起发，登记为材料；先发文件的回复“刚才的文件是 施工许可 施工合同”",
    "容缺 事项 材料 日期 承诺 / 告知承诺 事项 内容 / 被要求清单外材料 事项 内容",
    "反馈问题 + 情况 —— 转责任部门，由服务专员统一答复",
    "问题12 进度 / 问题12 已解决 / 问题12 未解决 原因",
    "待办 —— 需要贵单位办理的事",
    "我的档案 —— 办过的服务、结果和留存的表单（办结后也能查）；调阅 表单编号",
    "邮寄材料 快递公司 单号 / 证照帮我寄过来（单聊） / 签收",
    "签字确认 —— 代表人签署办结单；评价 5 意见 / 匿名评价 5 意见（单聊） / 误评申诉 项目编号 原因",
    "申请中止 原因 / 终止 原因 / 恢复 原因已消除：情况",
    "计划 / 指南图 / 发指南 —— 办理计划和专属办事指南；补充信息 内容；按需点单",
    "哪些能马上办 / 目录变更",
)
_ITEMS = (
    "施工许可 9月14日受理 / 补正：内容 / 审查中 / 特别程序 名称天数 / 办结 文号 —— 登记进度，“撤销”收回",
    "通过 施工许可 全部 / 退回材料 施工许可 材料 原因 / 一次性告知 施工许可 1.… 2.… 日期前",
    "同意容缺 施工许可 材料 / 不同意容缺 施工许可 材料 原因",
    "申请代办 / 撤回申请 —— 填表、提交、撤回帮办代办申请",
    "预约 周三下午 视频 / 渠道 —— 约窗口、视频、上门；看地点和时间",
    "团队 —— 本项目的服务专员和部门代表",
)
_REPRESENTATIVE = (
    "待办 —— 等我办理的问题和临期事项",
    "记录 YX-2026-001 电话 内容 —— 记入台账；台账 YX-2026-001",
    *_ITEMS,
    "我来办 12 / 回复 12 内容 / 转办 12 部门 原因 / 不属本部门 12 原因",
    "要素 事项 内容 —— 清单外要素；核对指南 项目编号；意见 事项 同意",
)
_OFFICER = (
    "待办 —— 待分派的问题、待发布的答复、临期事项；汇总 —— 本人负责的项目",
    "YX-2026-001 进度 / 问题12 进度",
    "发布 12 / 退回 12 原因 / 立即发送 12 / 撤销 12",
    *_ITEMS,
    "提交 施工许可 / 绿色通道 项目编号 / 清单外 编号 属实 说明",
    "转办 12 部门 原因 —— 分派；回复 12 内容 —— 直接答复或修改答复",
    "记录 YX-2026-001 电话 内容 —— 记入台账；台账 YX-2026-001；改记录 12 内容",
    "统计 9月 / 台账 9月 —— 统计表、台账发给本人",
    "办结 项目编号 / 当面移交 项目编号 文号 原件1 / 邮寄 项目编号 快递公司 单号 / 已签收 项目编号 姓名 日期 / 收件 / 退件；整改 项目编号 措施",
    "催告 项目编号 内容 / 中止 项目编号 原因 → 协调记录 → 书面中止；终止同；恢复 项目编号 原因已消除：情况",
    "计划 / 更新计划 / 发计划 / 指南图 项目编号",
    "加事项、删事项、改期、套餐、并联 项目编号 内容；补充信息 项目编号 内容",
    "发码 YX-2026-001 经办人（或代表人）/ 发码 新项目 —— 登记码，单独交给本人",
    "窗口申请 / 电话申请 —— 替项目单位登记申请",
    "受理 申请号 / 不予受理 申请号 原因编号 说明 / 经研究受理 申请号 说明",
    "变更委托 申请号 范围；B岗 项目编号 姓名；同意预约 3 / 改约 3 时间",
    "绑定 项目编号 / 解绑 项目编号（在工作群里@我发送）",
)
_DEPARTMENT = (
    "待办 / 汇总 —— 本部门逾期的问题和红黄灯事项",
    "问题12 进度 / YX-2026-001 进度 —— 本部门参与的项目",
)
_SUPERVISOR = (
    "汇总 —— 在办项目和红黄灯；统计 9月 / 台账 9月 —— 表格发给本人",
    "抽查回访 / 回访 项目编号 结果 / 同意改评 项目编号 / 维持 项目编号",
    "YX-2026-001 进度 / 问题12 进度",
)


def help_for(roles: frozenset[Role], standing: Standing, site: Site) -> str:
    known: list[str] = []
    if roles & ENTERPRISE:
        known += _ENTERPRISE
    if roles & {Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF}:
        known += _REPRESENTATIVE
    if roles & {Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER}:
        known += _DEPARTMENT
    if Role.SERVICE_OFFICER in roles:
        known += _OFFICER
    if Role.SUPERVISOR in roles:
        known += _SUPERVISOR
    if not known and standing.member:
        known += _ENTERPRISE[:2]
    hall = f"{site.hall.name}（电话 {site.hall.phone}）"
    if not known:
        return f"您好，我是{site.name}工程建设项目代办助手。您还没有登记为项目联系人或部门人员，需要使用请联系{hall}登记。"
    listed = [f"{n}. {one}" for n, one in enumerate(dict.fromkeys(known), 1)]
    return lines("**我能帮您：**", *listed, f"咨询：{hall}")


def welcome(person: Person, site: Site) -> str:
    return f"{person.name}您好，我是{site.name}工程建设项目代办助手。可以直接问“进度”“施工许可材料”“待办”，发送“帮助”查看全部。"


def told_officer(officer: str, intent: Intent) -> str:
    what = {
        Intent.URGE: "已把您的催办转告",
        Intent.COMPLAIN: "已单独转告（不在群内公开）",
    }.get(intent, "已转告")
    return f"{what}服务专员{officer}，由专员与您联系。"


def passed_on(project: str, who: str, intent: Intent, text: str) -> str:
    what = {Intent.URGE: "催办", Intent.COMPLAIN: "投诉"}.get(intent, "找专员")
    return f"{project}：{who}{what}——{clipped(text, 100)}"


def refused(site: Site) -> str:
    return (
        f"这个我不能帮您办。{site.intermediary_note}。其他项目的信息、提前日期或省略法定步骤，依法都不能办理；"
        "正常办理有困难请发送“反馈问题 情况”。"
    )


def not_understood(whom: str) -> str:
    return f"没有完全听懂。您可以说“进度”“施工许可材料”“反馈问题 情况”，发送“帮助”查看全部，或联系{whom}。"
