"""Exact command words: matched before understanding, not scored (contract §6). The first that fits wins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.patterns import END, NO

_CODE = r"(?P<code>[a-z0-9][a-z0-9-]{2,40})"
# A project's number, where it may be left out: behind it other words follow.
_PROJECT = (
    rf"(?:(?P<code>[a-z]{{1,6}}-\d{{4}}-\d{{3,4}}|\d{{4}}-\d{{6}}-\d{{2}}-\d{{2}}-\d{{6}})(?!\d){END})?"
)
_CASE = r"(?P<code>[a-z]{1,6}-[a-z]{1,4}-\d{4}-\d{4,6})"


@dataclass(frozen=True)
class Command:
    """`pattern` takes normalised text; what it names goes to the command of this name."""

    name: str
    pattern: re.Pattern[str]


def _command(name: str, words: str, argument: str) -> Command:
    return Command(name, re.compile(rf"^(?:{words}){END}{argument}{END}$", re.S))


_PERIOD = (
    r"[本上这当]个?(?:月|季度)|(?:(?:\d{4}|[今本去])\s*年)?\s*(?:\d{1,2}\s*月份?|第?[一二三四1-4]季度?|[上下]半年)"
    r"|(?:\d{4}|[今本去])年"
)


_EVENT, _EVENT_NO = "(?P<kind>培训|互动)", r"(?P<no>\d{1,6})(?!\d)"

_RETURN_WORDS = "(?:本期|本季度)?(?:无|没有(?:活动|内容)?|零报送|零)[!！]*|模板|空白表|盖章件"

_ASKING = r".*(?:[?？吗呢]|怎么|如何|哪|多少|什么|要不要|能不能)"


def _of_case(name: str, words: str, argument: str = r"(?P<rest>.*?)") -> Command:
    """About a project's case: its number and more words may follow, but never without a gap, so that “中止了吗”
    stays a question."""
    gap = r"(?=[\s:,。;]|[a-z0-9]|$)"
    return Command(name, re.compile(rf"^(?:{words}){gap}{END}{_PROJECT}{END}{argument}{END}$", re.S))


COMMANDS: tuple[Command, ...] = (
    _command("bind", "绑定", rf"(?:项目)?{END}{_CODE}"),
    _command("unbind", "解绑", rf"(?:项目)?{END}{_CODE}"),
    _command("release", "发布(?:答复)?", rf"(?:{NO})?"),
    _command("hurry", "立即发送|马上发", rf"(?:{NO})?"),
    _command("return", "退回", rf"(?:{NO}{END}(?P<rest>.*))?"),
    _command("take_back", "撤回", NO),
    _command("undo", "撤销", rf"(?:{NO})?"),
    _command("joint_meeting", "(?:提请|提交|召集|召开|组织)?联席会议", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("meeting_vote", "投票", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("fix_meeting", r"定(?:时间|会议)?(?=[\s\d])", r"(?P<no>\d{1,6})(?:\s+(?P<rest>.*))?"),
    _command("cancel_meeting", "取消(?:联席)?会议", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("show_meeting", "(?:查看?)?会议", NO),
    _command("minutes", "(?:登记)?(?:会议)?纪要", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("finish_task", "完成任务|任务完成", r"(?P<no>\d{1,9})(?!\d)(?:[\s:：,，。;；]*(?P<rest>.*))?"),
    _command("cancel_task", "取消任务", r"(?P<no>\d{1,9})(?!\d)(?:[\s:：,，。;；]*(?P<rest>.*))?"),
    _command("to_government", "(?:提交|提请|报送|呈报)[区县市]?政府", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("government_answer", "[区县市]?政府(?:答复|批复|回复)", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("refer", "问题反馈函|反馈函", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("paper_sent", "已报送|函已(?:发出|发送|发)", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("letter_answer", "函复|回函|复函", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("chase", "跟进", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("grant_extension", "同意延期", rf"(?:{NO})?"),
    _command("refuse_extension", "不同意延期", rf"(?:{NO}{END}(?P<rest>.*))?"),
    _command("urge", "催办", NO),
    _command("press_answer", "反馈督办|督办反馈", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("press_close", "办结督办|督办办结|销号", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("presses", "督办(?:清单|台账|列表)?", ""),
    _command("press", "督办", rf"{NO}(?:{END}(?P<rest>.*))?"),
    _command("lamp", "灯", rf"(?:{NO})?"),
    _command(
        "lamp",
        rf"(?:{NO})?{END}(?:为什么|为何|怎么)(?:是|亮|变)?(?:成|了)?[红黄绿]灯(?:了|啊|呢)?[?？]?",
        "",
    ),
    _command("board", "(?:看|打开)?(?:督办)?看板", ""),
    _command("search", r"搜索(?:一下)?|搜一下|搜(?=[\s:：]|$)", r"[:：]?\s*(?P<rest>.*)"),
    _command("records", "(?:我的|办件|电子)?档案", rf"(?:{_CODE})?"),
    _command("fetch", "调阅", _CODE),
    _command("edit_log", "改(?:工作)?(?:记录|日志|台账)", r"(?P<no>\d{1,9})\b(?P<rest>.*)"),
    _command(
        "tables",
        "(?P<what>统计表?|汇总表?|(?:工作)?台账表?|日志表?|难点(?:问题)?台账)",
        rf"(?P<period>{_PERIOD})",
    ),
    _command("achievements", "服务成果(?:展示)?", rf"(?P<period>{_PERIOD})?"),
    _command("invite", "发(?:登记)?码", rf"(?:(?P<new>新项目)|{_CODE})?{END}(?P<role>经办人|代表人)?"),
    _command("redeem", "登记", r"(?P<no>\d{4,12})(?!\d)(?P<rest>.*)"),
    _command("take_in", "(?P<how>窗口|电话|视频|上门)申请(?:帮办|代办)*", "(?P<rest>.*)"),
    _command("refuse_case", "不予受理", rf"{_CASE}(?:{END}(?P<rest>.*))?"),
    _command("decide_case", "经研究受理", rf"{_CASE}(?:{END}(?P<rest>.*))?"),
    _command("accept_case", "受理", rf"{_CASE}(?:{END}(?P<rest>.*))?"),
    _command("change_entrustment", "变更委托", rf"{_CASE}(?:{END}(?P<rest>.*))?"),
    _command("notice_read", "阅知|已阅知", _CASE),
    _command("deputy", "b岗", rf"{_CODE}\s+(?P<rest>\S+)"),
    _command("team", "(?:服务)?团队", rf"(?:{_CODE})?"),
    _command("agree_meeting", "同意预约", r"(?P<no>\d{1,9})"),
    _command("move_meeting", "改约", r"(?P<no>\d{1,9})\s*(?P<rest>.*)"),
    _command("channels", "(?:服务|联系)?渠道|怎么联系(?:你们)?[?？]?", ""),
    _command("sign", "确认签署|签署", _CODE),
    _command("stamped", "盖章件", _CODE),
    _of_case("suspend", "(?:申请)?中止(?:服务|委托)?"),
    _of_case("terminate", "(?:申请)?终止(?:服务|委托)?"),
    _of_case("coordinate", "协调记录"),
    _of_case("notice", "书面(?P<kind>中止|终止)"),
    _of_case("drop_suspension", "不再(?P<kind>中止|终止)"),
    _of_case("agree_suspension", "同意(?P<kind>中止|终止)"),
    _of_case("remind", "催告"),
    _of_case("resume", "(?:申请)?恢复(?:服务|委托|办理)?"),
    _of_case("confirm_resume", "(?:确认|同意)恢复"),
    _of_case("refuse_resume", "不同意恢复"),
    # “办结 12” is said of a problem.
    _of_case("complete", "办结|移交", r"(?P<rest>(?:未完成.*?)?)"),
    _of_case("hand_over", "当面移交"),
    _of_case("post", "邮寄(?:材料|资料)?|寄材料"),
    _of_case("came_back", "退件"),
    _of_case("receipt", "签收|收件"),
    _of_case("told_receipt", "已签收"),
    _of_case("sign_off", "确认办结|签字确认"),
    _of_case("return_slip", "退回办结单?"),
    _of_case("rate", "(?P<anonymous>匿名)?评价"),
    _of_case("rectify", "整改"),
    _of_case("follow_up", "回访"),
    _command("draw", "抽查回访(?:名单)?", ""),
    _of_case("appeal", "误评申诉"),
    _of_case("grant_appeal", "同意改评"),
    _of_case("uphold", "维持(?:原?评价)?"),
    _command("analysis", "问题分析", rf"(?P<period>{_PERIOD})?"),
    _command("survey_call", "发起问卷", rf"(?P<period>{_PERIOD})?"),
    _command("survey_fill", "(?:我要)?填(?:写)?问卷", _PROJECT),
    _command("survey_result", "问卷(?:汇总|结果)", rf"(?P<period>{_PERIOD})?"),
    _of_case("study_draft", "写案例", ""),
    _command("study_show", "案例", r"(?P<no>\d{1,9})"),
    _command("study_lessons", "改案例", r"(?P<no>\d{1,9})\b(?P<rest>.*)"),
    _command("study_approve", "同意案例", r"(?P<no>\d{1,9})"),
    _command("study_export", "导出案例", r"(?P<no>\d{1,9})"),
    _of_case("visit", "走访"),
    _of_case("visit_plan", "安排走访"),
    _of_case("visit_wish", "(?:希望|预约|申请)(?:上门)?走访"),
    _command("visit_wishes", "走访需求(?:清单)?", ""),
    # A day follows, or nothing: “培训计划什么时候出来” is a sentence.
    _command("event_plan", f"{_EVENT}计划", r"(?P<rest>[\d明后大下本周今昨].*)?"),
    _command("event_move", f"{_EVENT}改期", rf"{_EVENT_NO}(?:{END}(?P<rest>.*))?"),
    _command("event_cancel", f"取消{_EVENT}", rf"{_EVENT_NO}(?:{END}(?P<rest>.*))?"),
    _command("event_record", f"{_EVENT}记录", rf"{_EVENT_NO}(?:{END}(?P<count>\d{{1,5}})\s*[人位名]?)?"),
    _command("event_ask", f"{_EVENT}提问", rf"{_EVENT_NO}{END}{_PROJECT}(?P<rest>.*)"),
    _command("returns", "报送(?:情况|清单)?", ""),
    _command("return_result", "报送汇总表?", "(?P<rest>.*)"),
    # Only these words: “报送3份材料了” is a sentence of an enterprise.
    _command("return_in", "报送", rf"{NO}{END}(?P<rest>{_RETURN_WORDS})?"),
    _command("return_back", "退回报送", rf"{NO}{END}(?P<rest>.*)"),
    _command("return_call", "发起报送", "(?P<rest>.*)"),
    _of_case("fee_paid", "已经?(?:缴|交)(?:过|清)?(?:费|款)了?", rf"(?!{_ASKING}|.*(?:但|没))(?P<rest>.*?)"),
    _of_case("fee_drop", "取消缴费"),
    _command("fees", "(?:待)?缴费(?:清单|期限)?", _PROJECT),
    _of_case("fee", "缴费", rf"(?!{_ASKING})(?P<rest>.*?)"),
    _command("plan", "(?:看|查看?)?(?:办理|代办|项目)?计划", _PROJECT),
    _command("plan_add", "加事项", rf"{_PROJECT}(?P<rest>.*)"),
    _command("plan_drop", "删事项", rf"{_PROJECT}(?P<rest>.*)"),
    _command("plan_day", "改期", rf"{_PROJECT}(?P<rest>.*)"),
    _command("plan_update", "更新计划", _PROJECT),
    _command("package", "套餐", rf"{_PROJECT}(?P<rest>.*)"),
    _command("parallel", "并联", rf"{_PROJECT}(?P<rest>.*)"),
    _command(
        "opinion", r"意见(?=\s)", rf"{_PROJECT}(?P<item>\S+){END}(?P<verdict>不同意|同意){END}(?P<rest>.*)"
    ),
    _command("plan_confirm", "(?:确认|同意)(?:办理|代办)?计划|计划确认", _PROJECT),
    _command("plan_send", "发(?:送)?计划", _PROJECT),
    _command("guide_send", "发(?:送)?(?:专属)?(?:办事)?指南", _PROJECT),
    _command("guide_picture", "(?:发)?(?:指南|计划)图", _PROJECT),
    _command("guide_check", "核对指南", rf"{_PROJECT}(?P<rest>.*)"),
    _command("factor", r"(?:清单外)?要素(?=\s|$)", r"(?P<rest>.*)"),
    _command("factor_withdraw", "撤要素|撤下要素", r"(?P<no>\d{1,6})"),
    _command(
        "kinds",
        "(?:有)?(?:哪些|什么)(?:事项|业务|材料)?(?:能|可以|可|是)?",
        "(?P<kind>马上办好|马上办|即办|当天办|当场办|网上办理|网上办|网办|在线办|线上办|就近办|一次办好|一次办|只跑一次|最多跑一次|免提交|免交材料)"
        "(?:结|件|理)?(?:的)?(?:事项)?[吗呢?？]?",
    ),
    _command("catalogue_changes", "目录变更|目录调整|事项目录变更", ""),
    _command("web_login", "网页登录|登录网页|网页", r"(?:问题)?(?P<no>\d{1,9})?"),
    _command("collect", r"采集(?:表|信息)?(?=[\s:：]|$)", rf"{_PROJECT}(?P<rest>.*)"),
    _command("facts", "补充信息", rf"{_PROJECT}(?P<rest>.*)"),
    _command("menu", "按需点单|点单", rf"{_PROJECT}(?P<rest>.*)"),
    _command("digest_day", "晨报|日报|简报|督办简报", ""),
    _command("digest_period", "督办(?P<what>周报|月报)", ""),
    _command("remind_later", "稍后提醒|晚点(?:再)?提醒|(?:过会儿?|等会儿?)再提醒", ""),
    _command("remind_no_more", "今天(?:不要|别|不用|不)再?提醒(?:我)?了?", ""),
    _command("week_line", r"(?:周报|周小结|本周小结)\s*[加补]一句", rf"{_PROJECT}(?P<rest>.*)"),
    _command("week_line_drop", r"(?:周报|周小结|本周小结)\s*删一句", _PROJECT),
    _command("week_correct", "更正(?:周报|周小结|本周小结)", rf"{_PROJECT}(?P<rest>.*)"),
    _command("week", "(?:看|预览)?(?:周报|周小结|本周小结)", _PROJECT),
    Command("fine", re.compile(rf"^(?:{_CODE}[\s:：,，]*)?(?:一切|进展|推进)?(?:都)?正常[。!！~]*$")),
)
