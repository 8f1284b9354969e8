"""Command words and the phrases that speak for an intent. The first rule that fits wins: the order is the
priority, so the narrow ones stand before the wide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.acts import Intent

NO = r"(?:问题)?\s*(?:第|#|no\.?)?\s*(?P<no>\d{1,6})\s*(?:号|#)?(?:问题)?"
ISSUE_NO = re.compile(r"(?:问题\s*(?:第|#)?\s*|#)(\d{1,6})|(\d{1,6})\s*号(?:问题)?")
PROJECT_CODE = re.compile(r"(?<![a-z0-9])([a-z]{1,6}-\d{4}-\d{3,4}|\d{4}-\d{6}-\d{2}-\d{2}-\d{6})(?![0-9])")
_END = r"[\s:：,，。;；]*"


@dataclass(frozen=True)
class Command:
    """An exact command word of officers: matched before understanding, not scored (contract §6)."""

    name: str
    pattern: re.Pattern[str]


def _command(name: str, words: str, argument: str) -> Command:
    return Command(name, re.compile(rf"^(?:{words}){_END}{argument}{_END}$", re.S))


_PERIOD = (
    r"[本上这当]个?(?:月|季度)|(?:(?:\d{4}|[今本去])\s*年)?\s*(?:\d{1,2}\s*月份?|第?[一二三四1-4]季度?|[上下]半年)"
    r"|(?:\d{4}|[今本去])年"
)
# What stands behind these are the officer's own words, kept as typed.
LOG = re.compile(r"^(?:工作)?(?:记录|日志|台账)(?:[\s:：,，]|$)")


def _of_case(name: str, words: str, argument: str = r"(?P<rest>.*?)") -> Command:
    """About a project's case: its number and more words may follow, but never without a gap, so that “中止了吗”
    stays a question."""
    gap = r"(?=[\s:,。;]|[a-z0-9]|$)"
    return Command(name, re.compile(rf"^(?:{words}){gap}{_END}(?:{_PROJECT})?{_END}{argument}{_END}$", re.S))


_PROJECT = r"(?P<code>[a-z]{1,6}-\d{4}-\d{3,4}|\d{4}-\d{6}-\d{2}-\d{2}-\d{6})(?![0-9-])"
_CODE = r"(?P<code>[a-z0-9][a-z0-9-]{2,40})"
# A project's number, where it may be left out: behind it other words follow.
_PROJECT = (
    rf"(?:(?P<code>[a-z]{{1,6}}-\d{{4}}-\d{{3,4}}|\d{{4}}-\d{{6}}-\d{{2}}-\d{{2}}-\d{{6}})(?!\d){_END})?"
)
_CASE = r"(?P<code>[a-z]{1,6}-[a-z]{1,4}-\d{4}-\d{4,6})"
COMMANDS: tuple[Command, ...] = (
    _command("bind", "绑定", rf"(?:项目)?{_END}{_CODE}"),
    _command("unbind", "解绑", rf"(?:项目)?{_END}{_CODE}"),
    _command("release", "发布(?:答复)?", rf"(?:{NO})?"),
    _command("hurry", "立即发送|马上发", rf"(?:{NO})?"),
    _command("return", "退回", rf"(?:{NO}{_END}(?P<rest>.*))?"),
    _command("undo", "撤销", rf"(?:{NO})?"),
    _command("records", "(?:我的|办件|电子)?档案", rf"(?:{_CODE})?"),
    _command("fetch", "调阅", _CODE),
    _command("edit_log", "改(?:工作)?(?:记录|日志|台账)", r"(?P<no>\d{1,9})\b(?P<rest>.*)"),
    _command(
        "tables",
        "(?P<what>统计表?|汇总表?|(?:工作)?台账表?|日志表?|难点(?:问题)?台账)",
        rf"(?P<period>{_PERIOD})",
    ),
    _command("achievements", "服务成果(?:展示)?", rf"(?P<period>{_PERIOD})?"),
    _command("invite", "发(?:登记)?码", rf"(?:(?P<new>新项目)|{_CODE})?{_END}(?P<role>经办人|代表人)?"),
    _command("redeem", "登记", r"(?P<no>\d{4,12})(?!\d)(?P<rest>.*)"),
    _command("take_in", "(?P<how>窗口|电话|视频|上门)申请(?:帮办|代办)*", "(?P<rest>.*)"),
    _command("refuse_case", "不予受理", rf"{_CASE}(?:{_END}(?P<rest>.*))?"),
    _command("decide_case", "经研究受理", rf"{_CASE}(?:{_END}(?P<rest>.*))?"),
    _command("accept_case", "受理", rf"{_CASE}(?:{_END}(?P<rest>.*))?"),
    _command("change_entrustment", "变更委托", rf"{_CASE}(?:{_END}(?P<rest>.*))?"),
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
    _command("plan", "(?:看|查看?)?(?:办理|代办|项目)?计划", _PROJECT),
    _command("plan_add", "加事项", rf"{_PROJECT}(?P<rest>.*)"),
    _command("plan_drop", "删事项", rf"{_PROJECT}(?P<rest>.*)"),
    _command("plan_day", "改期", rf"{_PROJECT}(?P<rest>.*)"),
    _command("plan_update", "更新计划", _PROJECT),
    _command("package", "套餐", rf"{_PROJECT}(?P<rest>.*)"),
    _command("parallel", "并联", rf"{_PROJECT}(?P<rest>.*)"),
    _command(
        "opinion", r"意见(?=\s)", rf"{_PROJECT}(?P<item>\S+){_END}(?P<verdict>不同意|同意){_END}(?P<rest>.*)"
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
    _command("collect", r"采集(?:表|信息)?(?=[\s:：]|$)", rf"{_PROJECT}(?P<rest>.*)"),
    _command("facts", "补充信息", rf"{_PROJECT}(?P<rest>.*)"),
    _command("menu", "按需点单|点单", rf"{_PROJECT}(?P<rest>.*)"),
    Command("fine", re.compile(rf"^(?:{_CODE}[\s:：,，]*)?(?:一切|进展|推进)?(?:都)?正常[。!！~]*$")),
)


@dataclass(frozen=True)
class IssueCommand:
    """An officer's order about an issue; its number may stand before or behind the verb."""

    intent: Intent
    pattern: re.Pattern[str]


def _order(intent: Intent, verbs: str) -> tuple[IssueCommand, IssueCommand]:
    rest = rf"{_END}(?P<rest>.*)$"
    return (
        IssueCommand(intent, re.compile(rf"^(?:{verbs}){_END}{NO}{rest}", re.S)),
        IssueCommand(intent, re.compile(rf"^{NO}{_END}(?:{verbs}){rest}", re.S)),
    )


NOT_OURS = "不属(?:于)?(?:本|我)(?:部门|局|单位|们)|不是我们的|不归我们管"
ISSUE_COMMANDS: tuple[IssueCommand, ...] = (
    *_order(Intent.ESCALATE_ISSUE, NOT_OURS),
    *_order(Intent.TRANSFER_ISSUE, "转办(?:给|到|至)?|转给|转到|转交"),
    *_order(Intent.REPLY_ISSUE, "回复|答复|回"),
    *_order(Intent.ACCEPT_ISSUE, "我来办理?|我来|接办|我接|收下"),
    *_order(Intent.CLOSE_ISSUE, "办结|关闭|结束"),
)

# What an enterprise says of an answer it got.
NOT_SOLVED = re.compile(r"(?:没有?|还没有?|未|不)(?:得到)?解决|没用|还是不行")
SOLVED = re.compile(r"(?:已经?|都|问题)?解决(?:了|啦|好了)|已解决")

RECEIPT = re.compile(
    r"^(?:收到|好的?|好嘞|嗯+|哦+|了解|知道了|明白了?|已阅|ok|okay|👌|👍|1+|辛苦了?|\[.{1,4}\]|[。.!！~～])+$"
)
GREETING = re.compile(
    r"^(?:大家好|各位好|您好|你好|hi|hello|在吗|在不在|早上好|上午好|下午好|早)[\s,，!！。~?？呀啊]*$"
)
THANKS = re.compile(
    r"^(?:好的?[,，]?)?(?:非常)?(?:谢谢|多谢|感谢|辛苦了?|谢了)(?:你|您|啦|了|大家|各位)?[!！。~]*$"
)
YES = re.compile(r"^(?:1|是的?|对的?|确认|确定|提交|没错|可以|同意|好的?|行|嗯)[!！。~]*$")
NO_WORD = re.compile(r"^(?:不是|不对|否|不行|先别.*|错了)[!！。~]*$")
CANCEL = re.compile(r"^(?:取消|算了|不填了|不反馈了?|退出|不用了|作罢)[!！。~]*.{0,6}$")
CORRECT = re.compile(r"不是(?P<wrong>[^,，。]{1,20})[,，。\s]*(?:而?是|应该?是)(?P<right>[^,，。]{1,30})")

_GRADES = (
    (r"非常不满意|很不满意", 1),
    (r"(?<!非常)(?<!很)不(?:太)?满意", 2),
    (r"基本满意", 3),
    (r"(?:非常|很|十分)满意", 5),
    (r"(?<!非常)(?<!很)(?<!十分)(?<!基本)(?<!不)(?<!不太)满意", 4),
)
_POINTS = re.compile(r"(?:评价?|打|给)?\s*(?:了|个)?\s*([1-5一二三四五])\s*(?:分|颗?星)")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


def grade_in(text: str) -> int | None:
    """One of the five grades, by its name or as points."""
    points = _POINTS.search(text)
    if points:
        return _NUMERALS.get(points[1]) or int(points[1])
    return next((grade for words, grade in _GRADES if re.search(words, text)), None)


# A question about it, or about the clock of a permit, is not the request.
_NOT_ASKED = r"^(?!.*(?:如果|要是|假如|万一|怎么|会不会|能不能|什么|时限|计时|多久|几天|[吗么][?。!]*$))"

PHRASES: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(words))
    for intent, words in (
        # Whoever says that it is a problem fed back is taken at the word, whatever else stands in it.
        (Intent.REPORT_PROBLEM, r"^(?:我|我们)?(?:这边|这里)?(?:想|要|来|再)*(?:反馈|反映)(?!表)"),
        (
            Intent.REFUSED_REQUEST,
            r"推荐(?:一?[家个下])|(?:哪|那)家.{0,6}(?:靠谱|好)|日期.{0,4}(?:往前|提前写|倒签)|(?:别的|其他|别家).{0,4}(?:公司|企业|项目).{0,8}(?:进度|情况|资料)",
        ),
        (Intent.COMPLAIN, r"投诉|态度(?:太|很|这么)?(?:差|恶劣|不好)"),
        (Intent.HUMAN, r"人工|真人|找专员|(?:想|要|能).{0,4}跟人(?:说|聊)"),
        (
            Intent.HELP,
            r"^(?:帮助(?:[\s:：]*(?:申请|计划|事项|材料|中止|办结|台账))?|help|菜单|怎么用.{0,4}|你(?:会|能)(?:做|干|些)?(?:什么|啥).*|使用说明|功能)$",
        ),
        (
            Intent.RESUME,
            _NOT_ASKED + r".*(?:恢复(?:办理|服务|委托|代办|帮办)|(?:申请|要求)恢复|(?:可以|要|想)继续办)",
        ),
        (
            Intent.SUSPEND,
            _NOT_ASKED
            + r".*(?:中止|停一停|(?:先|暂时|想|要|申请).{0,6}(?:停一下|暂停|停下来?|缓一缓|缓一下|放一放|搁一搁))(?!不了)",
        ),
        (
            Intent.TERMINATE,
            _NOT_ASKED
            + r".*(?:终止|解除委托|不委托了|不(?:用|需要|想|要)(?:你们)?(?:再)?(?:继续)?(?:代办|帮办)了?)",
        ),
        (
            Intent.SIGN_OFF,
            r"确认办结|同意办结|签字确认|办结单.{0,6}(?:签(?!收)|确认)|(?:签|确认)(?:一?下)?办结单",
        ),
        (
            Intent.RATE,
            r"^(?:对?(?:你们|这次|此次|本次)?(?:的)?(?:服务|专员|办理|代办)?.{0,4})?(?:非常|很|十分|基本|不太?|非常不)?满意(?!的?答复)|"
            r"(?:打|评|给)\s*(?:个|了)?\s*[1-5一二三四五]\s*(?:分|颗?星)|^[1-5一二三四五](?:颗?星|分)|^(?:我)?(?:要|想)评价|好评|差评",
        ),
        (Intent.MAIL, r"邮寄|快递|寄(?:过来|过去|给|回来|到|出|了|材料|一?下|送)|包邮"),
        (
            Intent.REPORT_PROBLEM,
            r"(?:反馈|反映|上报|提)(?:一?[个下])?.{0,8}(?:问题|困难|情况)|有(?:一?个)?(?:问题|困难)|遇到.{0,10}(?:问题|困难)|互相推|踢皮球|推来推去|没人管|不知道(?:该)?找谁解决|清单(?:以)?外|额外(?:要求|材料)|(?:系统|网站|平台|网页).{0,10}(?:打不开|登不|报错|提交不了|上不去|崩|不行|出错|卡死)|(?:窗口|他们|对方).{0,8}不(?:收|给办|受理|认)|办不了|办不下去|说法不一|口径不一|(?:帮忙|请|需要|麻烦).{0,6}协调|停[水电]了",
        ),
        (Intent.SUPPLEMENT, r"补正(?!(?:的)?(?:材料|资料)?(?:已经?)?(?:交|补|传|发))"),
        (
            Intent.SUBMIT_MATERIAL,
            r"发(?:给)?你(?:们)?了|发(?:过|上)来了|(?:材料|资料|清单|图纸|表)(?:都|已经?)?(?:交|报|传|补)(?:了|上去|好了|齐了)|补(?:交|齐|上)(?:了|的)|修改稿|请?查收|请收一?下|帮.{0,3}看.{0,4}(?:填|写|做|弄)得",
        ),
        (
            Intent.TODO,
            r"待办|等我|(?:我|我们|我这边)(?:还)?(?:要|需要|该)(?:做|办|处理)(?:什么|哪些|啥)|我的(?:问题|事项|任务|事|清单)|今天有(?:什么|哪些)事",
        ),
        (
            Intent.PROGRESS,
            r"进度|进展|(?:办|走|到|跑)(?:理)?(?:到)?(?:了)?哪(?:一?步|里|儿|了|个环节)?(?:了|啦|啊)?$|到哪|哪一步|卡(?:在|住|到)?(?:了)?(?:哪|谁|什么)|(?:什么时候|啥时候?|几时|何时|哪天|多久)(?:才)?(?:能|可以|会)?.{0,4}(?:出证|出来?|拿到?|下来|批|办好|办完|办结|领)|批(?:了|下来|好|得)?(?:没|未|吗|了吗)|下来(?:了)?(?:没|吗)|办(?:好|完|结)(?:了)?(?:没|吗)|怎么样了|怎样了|咋样了|搞掂未|还要多久|现在(?:是)?什么(?:情况|状态)|情况如何|还差几天|(?:到|快)期(?:了)?(?:没|吗)",
        ),
        (Intent.URGE, r"催|跟一下|快点|加急|抓紧|帮.{0,4}推一?下"),
        (
            Intent.TEMPLATE,
            r"样表|模板|范本|样本|样例|空白?表|(?:发|要|给|下载|来).{0,8}(?:表格?|协议|委托书|办结单)(?!明)|(?:申请表|反馈表|采集表|委托书|委托协议|办结单)",
        ),
        (
            Intent.MATERIALS,
            r"(?:材料|资料|文件|东西).{0,8}(?:清单|什么|哪些|啥|吗|呢|发)|(?:什么|哪些|啥|要).{0,6}(?:材料|资料)|材料清单|(?:材料|资料|清单)[?？。!！]*$|(?:缺|差|少|欠)(?:了)?(?:什么|哪些|啥|几)|(?:准备|提交|交|带)(?:些)?(?:什么|哪些|啥)",
        ),
        (
            Intent.CONTACT,
            r"找谁|谁(?:在)?负责|谁管|归谁管|联系(?:人|方式|电话)|电话(?:是)?多少|哪个部门|对接人",
        ),
        (
            Intent.GUIDE,
            r"时限|(?:要|需)(?:多久|几天|多少天)|几(?:个)?(?:工作日|天)|多少(?:个)?工作日|收费|费用|多少钱|要不要(?:办|做|报)|条件|有效期|先办|先后|顺序|前置|去哪(?:里)?(?:办|交)|哪个窗口|网址|怎么(?:办理?|申报|申请)|流程|原件|复印件|盖章|结果(?:是)?什么",
        ),
        (
            Intent.WITHDRAW,
            r"撤回(?:帮办|代办|包办|委托|的|这个|该)*申请|撤回委托|不(?:想|要)?申请(?:代办|帮办)?了|申请.{0,4}撤回",
        ),
        (
            Intent.APPLY,
            r"申请(?:帮办|代办|包办|服务)|委托(?:你们)?(?:帮办|代办|包办)|想(?:要)?(?:委托|申请)(?:帮办|代办|包办)",
        ),
        (
            Intent.POLICY,
            r"网上申报|在线申报|中介(?:服务)?超市|中介服务是|用地清单|联合测绘|多测合一|区域评估|一窗|政策|补贴|优惠|告知承诺|容缺|规定|文件依据",
        ),
        (Intent.MEETING, r"开(?:个|一?次)?会|预约|上门|见面|踏勘时间"),
        (Intent.DIGEST, r"汇总|统计|摘要|周报|概况|有多少项目|总体情况|红灯|逾期(?:的)?(?:有)?(?:哪些|多少)"),
    )
)
