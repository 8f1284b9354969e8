"""The steps of one project from the first question to the end of its service; each returns or checks what is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.conversations.intake import PHONE, code, form, number
from tests.talk import OFFICER, OUTSIDER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

CODE, CHAT, NAME = "YX-2026-005", "yx2026005", "云溪精密零件厂房"
PLANNING, WATER = "ye.zirong", "su.gangsheng"
ITEMS = "设计方案审查、质安监、建筑垃圾方案备案"
DEFERRED = "五方责任主体项目负责人承诺书"
EVERYBODY = (OUTSIDER, OFFICER, SIGNATORY, REPRESENTATIVE, PLANNING, WATER, SUPERVISOR)


@dataclass
class Journey:
    """Who says what where; `at` a moment everything due is done."""

    talk: Talk

    def contact(self, text: str, chat: str = CHAT, **more: Any) -> str:
        return self.talk.says(OUTSIDER, text, chat, **more)

    def officer(self, text: str) -> str:
        return self.talk.says(OFFICER, text, "app")

    def hands_in(self, text: str, words: str = "first") -> str:
        file = {"name": "材料.pdf", "text": f"%PDF-1.4 {words}"}
        return self.contact(text, quote={"file": file})

    def sees(self, user: str, chat: str = "app") -> str:
        """All that is new there."""
        return "\n".join(self.talk.sees(user, chat))

    def looked(self) -> None:
        for user in EVERYBODY:
            self.talk.sees(user)
        self.talk.sees(OUTSIDER, CHAT)


# ---------------------------------------------------------------- applied for


def is_introduced(way: Journey) -> None:
    first = way.contact("你们是做什么的，能帮我办证吗", "app")
    assert "自愿、免费" in first
    assert "向服务专员要登记码" in first
    assert "没有完全听懂" not in first
    given = code(way.officer("发码 新项目"))
    assert "登记码不对" in way.contact(f"登记 {given[::-1]}1 孙亮 {PHONE}", "app")
    assert "现在可以发送“申请代办”" in way.contact(f"登记 {given} 孙亮 {PHONE}", "app")


def applies(way: Journey) -> str:
    way.contact("申请代办 新项目", "app")
    asked = way.contact(form(总投资="", 服务范围="单个事项", 涉及事项=ITEMS), "app")
    assert "还需1项。请直接回复这一项" in asked
    draft = way.contact("3600", "app")
    assert "【项目单位】单位名称：云溪精密零件有限公司" in draft
    changed = way.contact("改 项目负责人职务 副总经理", "app")
    assert changed.startswith("已改项目负责人职务：副总经理。")
    assert "建设规模" not in changed
    assert "请先确认声明" in way.contact("提交", "app")
    way.contact("同意", "app")
    no = number(way.contact("提交", "app"))
    assert f"申请{no}已于9月15日提交，由服务专员李娜在9月18日（周五）前答复" in way.contact("进度", "app")
    return no


def is_refused(way: Journey, no: str) -> None:
    assert "请直接回复" in way.officer(f"不予受理 {no}")
    way.officer("3 备案证上的单位名称不一致，请先变更")
    told = way.sees(OUTSIDER)
    assert "原因：补正后仍不符合。备案证上的单位名称不一致，请先变更" in told
    assert "您可以：按说明修改后可重新申请" in told
    assert "不予受理告知书（YX-BSL-2026-0001）.docx" in told
    said = way.contact("我的申请怎么样了", "app")
    assert f"申请{no}不予受理。原因：补正后仍不符合" in said
    assert "重新发送“申请代办”" in said


def applies_again(way: Journey) -> str:
    """What was told before is not asked for again."""
    asked = way.contact("申请代办", "app")
    assert "还需1项" in asked
    assert "服务范围" in asked
    way.contact(f"服务范围：单个事项\n涉及事项：{ITEMS}", "app")
    way.contact("同意", "app")
    no = number(way.contact("提交", "app"))
    assert no == "YX-SQ-2026-0006"
    assert f"申请待受理：{no}" in way.sees(OFFICER)
    return no


# ---------------------------------------------------------------- entrusted, planned


def is_accepted_and_entrusted(way: Journey, no: str) -> None:
    talk = way.talk
    with talk.parts.store.reading() as tx:
        found = tx.cases.by_no(no)
    assert found is not None
    talk.taps(OFFICER, f"case.accept:{found.id}")
    assert "受理单（YX-SL-2026-0001）.docx" in way.sees(OUTSIDER)
    assert "请先由双方签署委托协议" in way.officer(f"{CODE} 质安监 已受理")
    assert "还没有登记项目单位代表人" in way.contact("进度", "app")
    given = code(way.officer(f"发码 {CODE} 代表人"))
    talk.says(SIGNATORY, f"登记 {given}", "app")
    assert "请签署：帮办代办委托协议" in way.sees(SIGNATORY)
    assert "应由林国华、李娜签署" in way.contact("签署 YX-WT-2026-0001", "app")
    talk.says(SIGNATORY, "签署 YX-WT-2026-0001", "app")
    assert "委托协议YX-WT-2026-0001待李娜签署" in way.contact("进度", "app")
    way.officer("签署 YX-WT-2026-0001")
    assert "代办服务即日开始" in way.sees(OUTSIDER)
    told = way.sees(OFFICER)
    assert f"无误后发送“发计划 {CODE}”" in told
    assert f"绑定 {CODE}" in told


def has_its_group(way: Journey) -> None:
    assert "首席服务专员：李娜" in way.sees(OUTSIDER, CHAT)
    way.talk.platform.ask("/sandbox/members", {"chat": CHAT, "bot": True})
    assert "由该项目的服务专员操作" in way.contact(f"绑定 {CODE}")
    assert way.talk.says(OFFICER, f"绑定 {CODE}", CHAT).startswith("已绑定：本群为")
    assert "待办3项" in way.contact("进度")


def has_a_plan(way: Journey) -> None:
    way.looked()
    assert "3. 设计方案审查：10月12日报" in way.contact("计划")
    assert "计划已加入用水报装" in way.officer(f"加事项 {CODE} 用水报装")
    assert "已发给孙亮确认" in way.officer(f"发计划 {CODE}")
    assert "第1版计划共4项" in way.sees(OUTSIDER)
    assert "应由孙亮签署" in way.talk.says(SIGNATORY, f"确认计划 {CODE}", "app")
    assert "已确认云溪精密零件厂房的办理计划" in way.contact("确认计划")
    assert "孙亮已确认办理计划" in way.sees(OFFICER)
    way.officer(f"删事项 {CODE} 用水报装 由园区统一供水")
    assert "用水报装" not in way.contact("计划")


# ---------------------------------------------------------------- materials and items


def hands_in_materials(way: Journey) -> None:
    assert "缺核心材料3份" in way.officer(f"提交 {CODE} 质安监")
    assert "请回复“承诺真实”" in way.hands_in("质安监 1")
    way.contact("承诺真实")
    way.hands_in("质安监 安全施工措施")
    assert "已退回" in way.officer("退回材料 质安监 安全施工措施 印章不清，再扫一次")
    assert "由李娜退回，原因：印章不清，再扫一次" in way.sees(OUTSIDER)
    assert "退回1份，请修改后重交" in way.contact("待办", "app")
    way.hands_in("质安监 2", "second")
    assert "已通过2份" in way.officer("通过 质安监 全部")


def defers_one(way: Journey) -> None:
    way.looked()
    said = way.contact("容缺 质安监 3 9月18日 监理负责人出差，承诺9月18日前补交")
    assert "已转黄志坚答复" in said
    assert f"同意容缺 {CODE} 质安监 {DEFERRED}" in way.sees(REPRESENTATIVE)
    assert "须由住建局的代表答复" in way.officer(f"同意容缺 质安监 {DEFERRED}")
    way.talk.says(REPRESENTATIVE, f"同意容缺 {CODE} 质安监 {DEFERRED}", "app")
    assert "请在9月18日（周五）前补齐" in way.sees(OUTSIDER)
    assert "已登记“已提交”" in way.officer("提交 质安监")
    assert "已提交：质安监" in way.sees(REPRESENTATIVE)


def is_corrected_once(way: Journey) -> None:
    talk = way.talk
    assert "已登记“已受理”" in talk.says(REPRESENTATIVE, "质安监 已受理", CHAT)
    notice = "一次性告知 质安监 1.安全施工措施补充深基坑专项方案 2.村委会证明 未提供 9月25日前"
    said = talk.says(REPRESENTATIVE, notice, CHAT)
    assert "“村委会证明”不在质安监的材料清单里，已留痕" in said
    told = way.sees(OUTSIDER, CHAT)
    assert "1. 安全施工措施资料：安全施工措施补充深基坑专项方案" in told
    assert "一次性告知中有清单外材料" in way.sees(SUPERVISOR)
    talk.time_is("2026-09-15T11:45")
    assert "进度更新（9月15日上午）" in way.sees(OUTSIDER, CHAT).replace("*", "")
    way.hands_in("质安监 安全施工措施", "third")
    way.officer("通过 质安监 全部")
    assert "已登记“已补正”" in talk.says(REPRESENTATIVE, "质安监 补正完成", CHAT)


def reports_a_demand(way: Journey) -> None:
    way.looked()
    said = way.contact("被要求清单外材料 质安监 窗口要求交村委会盖章的证明")
    assert "不在群内公开" in said
    assert "窗口要求交村委会盖章的证明" in way.sees(SUPERVISOR)
    assert "村委会" not in way.sees(OUTSIDER, CHAT)
    way.officer("清单外 2 属实 窗口已改正，不再收取")
    assert "窗口已改正，不再收取" in way.sees(OUTSIDER)


def feeds_back_a_problem(way: Journey) -> None:
    talk = way.talk
    way.contact("反馈问题：自来水公司要求我们自己接管到主干道，不知道该找谁")
    assert "已登记为**问题3**" in way.contact("1")
    talk.says(WATER, "我来办 3", "app")
    talk.says(WATER, "回复 3 主干道接驳由我公司负责，9月22日进场。", "app")
    way.officer("发布 3")
    way.officer("立即发送 3")
    assert "主干道接驳由我公司负责" in way.sees(OUTSIDER, CHAT)
    assert "问题3已确认解决" in way.contact("问题3 已解决")


def supplies_what_was_deferred(way: Journey) -> None:
    assert "已登记到**质安监**" in way.hands_in(f"质安监 {DEFERRED}")
    assert "已通过1份" in way.officer("通过 质安监 全部")
    said = way.talk.says(REPRESENTATIVE, f"{CODE} 质安监 办结 云质安监〔2026〕051号", "app")
    assert "已登记“已办结”" in said


def goes_through_a_special_procedure(way: Journey) -> None:
    talk = way.talk
    for one in range(1, 5):
        way.hands_in(f"设计方案审查 {one}", str(one))
    way.officer("通过 设计方案审查 全部")
    way.officer("提交 设计方案审查")
    talk.says(PLANNING, "设计方案审查 已受理", CHAT)
    said = talk.says(PLANNING, "设计方案审查 特别程序 批前公示7天", CHAT)
    assert "计时从当天起暂停" in said
    assert "特别程序已结束" in talk.says(PLANNING, "设计方案审查 公示结束", CHAT)
    talk.says(PLANNING, "设计方案审查 办结 云自然资方案〔2026〕51号", CHAT)


# ---------------------------------------------------------------- stands still, goes on


def is_suspended(way: Journey) -> None:
    assert "已提出中止" in way.officer(f"中止 {CODE} S1 用地手续被撤销，项目不具备办结条件")
    assert "拟中止告知" in way.sees(OUTSIDER)
    assert "还没有协调记录，不能书面中止" in way.officer(f"书面中止 {CODE}")
    way.officer(f"协调记录 {CODE} 9月16日与孙亮电话沟通，暂无解决办法")
    clock = way.contact("质安监进度")
    assert "告知书（YX-ZT-2026-0001）已发" in way.officer(f"书面中止 {CODE}")
    assert "中止告知书、终止单（YX-ZT-2026-0001）.docx" in way.sees(SIGNATORY)
    assert "⏸ 帮办代办服务自9月16日起中止，审批时限照常计算" in way.contact("进度")
    assert way.contact("质安监进度") == clock
    assert "已中止" in way.officer(f"加事项 {CODE} 取水许可")


def is_resumed(way: Journey) -> None:
    assert "已转请李娜确认" in way.contact("恢复 原因已消除：用地手续已重新办妥")
    assert "确认恢复" in way.sees(OFFICER)
    assert "续办委托书（YX-XB-2026-0001）已发林国华、李娜签署" in way.officer(f"确认恢复 {CODE}")
    assert "应由林国华、李娜签署" in way.contact("签署 YX-XB-2026-0001")
    way.talk.says(SIGNATORY, "签署 YX-XB-2026-0001", "app")
    assert "起中止" in way.contact("进度")
    way.officer("签署 YX-XB-2026-0001")
    assert "【服务恢复】" in way.sees(OUTSIDER, CHAT)
    assert "中止" not in way.contact("进度")


# ---------------------------------------------------------------- completed


def is_completed(way: Journey) -> None:
    sign = "还在办理，没有到签字确认的时候"
    assert sign in way.talk.says(SIGNATORY, "签字确认", CHAT)
    assert "还有未办结的事项：建筑垃圾方案备案" in way.officer(f"办结 {CODE}")
    said = way.officer(f"办结 {CODE} 未完成：建筑垃圾方案由施工单位另行备案")
    assert "还没有移交的结果2项" in said
    assert "正在移交结果" in way.contact("进度")
    assert "的结果还没有移交" in way.talk.says(SIGNATORY, "签字确认", CHAT)


def gets_its_results(way: Journey) -> None:
    assert "已登记当面移交：质安监" in way.officer(f"当面移交 {CODE} 质安监 原件1")
    assert "签收人孙亮" in way.contact("签收")
    assert "收件人孙亮" in way.contact("证照帮我寄过来", "app")
    assert "邮寄记录YX-YJ-2026-0001" in way.contact("1", "app")
    assert "顺丰SF1234567890" in way.officer(f"邮寄 {CODE} 顺丰 SF1234567890")
    assert "还没有签收" in way.talk.says(SIGNATORY, "签字确认", CHAT)
    way.looked()
    assert "办结单（YX-BJ-2026-0001）已发林国华、李娜签署" in way.contact("快递收到了")


def signs_off(way: Journey) -> None:
    assert "交付方式：当面、邮寄" in way.sees(SIGNATORY)
    assert "应由林国华、李娜签署" in way.contact("签字确认")
    assert "还待李娜签署" in way.talk.says(SIGNATORY, "签字确认", CHAT)
    way.officer("签署 YX-BJ-2026-0001")
    assert "【服务办结】" in way.sees(OUTSIDER, CHAT)
    assert "请评价帮办代办服务" in way.sees(OUTSIDER)
    assert "已于9月18日（周五）办结。发送“我的档案”" in way.contact("进度")


def rates_poorly(way: Journey) -> None:
    assert "我们将在10月15日（周四）前整改" in way.contact("评价 1 没人接电话，来回跑了三趟")
    assert "非常不满意（孙亮）" in way.sees(SUPERVISOR)
    assert f"整改 {CODE} 措施" in way.sees(OFFICER)
    assert "整改已登记" in way.officer(f"整改 {CODE} 已公布值班电话并致歉")
    assert "回访由被评价人以外的人员进行" in way.officer(f"回访 {CODE} 满意，已解决")
    assert way.talk.says(SUPERVISOR, f"回访 {CODE} 满意，已解决", "app") == "回访已登记。"


def asks_for_its_record(way: Journey) -> None:
    said = way.contact("我的档案", "app")
    assert "结束9月18日" in said
    assert "文号云质安监〔2026〕051号" in said
    assert "帮办代办首席服务办结单 YX-BJ-2026-0001" in said
    way.sees(OUTSIDER)
    way.contact("调阅 YX-BJ-2026-0001", "app")
    assert "帮办代办首席服务办结单（YX-BJ-2026-0001）.docx" in way.sees(OUTSIDER)
