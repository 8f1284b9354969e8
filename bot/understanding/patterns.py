"""The phrases that speak for an intent, and the orders about an issue. The first rule that fits wins: the order is the
priority, so the narrow ones stand before the wide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.acts import Intent

NO = r"(?:问题)?\s*(?:第|#|no\.?)?\s*(?P<no>\d{1,6})\s*(?:号|#)?(?:问题)?"
ISSUE_NO = re.compile(r"(?:问题\s*(?:第|#)?\s*|#)(\d{1,6})|(\d{1,6})\s*号(?:问题)?")
PROJECT_CODE = re.compile(r"(?<![a-z0-9])([a-z]{1,6}-\d{4}-\d{3,4}|\d{4}-\d{6}-\d{2}-\d{2}-\d{6})(?![0-9])")
END = r"[\s:：,，。;；]*"


# What stands behind these are the officer's own words, kept as typed.
LOG = re.compile(r"^(?:工作)?(?:记录|日志|台账)(?:[\s:：,，]|$)")


@dataclass(frozen=True)
class IssueCommand:
    """An officer's order about an issue; its number may stand before or behind the verb."""

    intent: Intent
    pattern: re.Pattern[str]


def _order(intent: Intent, verbs: str) -> tuple[IssueCommand, IssueCommand]:
    rest = rf"{END}(?P<rest>.*)$"
    return (
        IssueCommand(intent, re.compile(rf"^(?:{verbs}){END}{NO}{rest}", re.S)),
        IssueCommand(intent, re.compile(rf"^{NO}{END}(?:{verbs}){rest}", re.S)),
    )


NOT_OURS = "不属(?:于)?(?:本|我)(?:部门|局|单位|们)|不是我们的|不归我们管"
ISSUE_COMMANDS: tuple[IssueCommand, ...] = (
    *_order(Intent.ESCALATE_ISSUE, NOT_OURS),
    *_order(Intent.EXTEND_ISSUE, "申请延期|延期申请|申请延长|延期"),
    *_order(Intent.TRANSFER_ISSUE, "转办(?:给|到|至)?|转给|转到|转交"),
    *_order(Intent.REPLY_ISSUE, "回复|答复|回"),
    *_order(Intent.ACCEPT_ISSUE, "我来办理?|我来|接办|我接|收下"),
    *_order(Intent.CLOSE_ISSUE, "办结|关闭|结束"),
)

# Whoever types an order as the help writes it means it: without the right the answer is who may.
AS_IN_THE_HELP = re.compile(rf"^(?:我来办|接办|回复|转办|申请延期|不属本部门|办结)\s*{NO}(?:\s|$)")

# 反馈问题：… announces what the rest is, whatever it is about.
ANNOUNCED = re.compile(r"^(?:我们?|我司)?(?:要|想)?(?:反馈|反映|上报)(?:一?个)?问题\s*[:：]")

TAKE_BACK = re.compile(r"^(?:我们?|我司)?(?:要|想)?撤回(?:这个|本次)?(?:代办|帮办|服务)?申请[。!！]?$")
# Before the name of a file: 这是 施工许可 施工合同.
HERE_IS = re.compile(r"^(?:这(?:个|份|张)?是|附上|补交)\s+")
# Ways of doing things a site has notes about, asked by their name alone.
WAYS = re.compile(
    r"^(?:请问|什么是|啥是|何为)?(?:多测合一|多审合一|多评合一|告知承诺制?|区域评估|容缺(?:受理|办理)|拿地即开工|标准地|用地清单制?|联合审图|豁免清单)"
    r"(?:是什么|是啥|什么意思|怎么回事|是怎么回事)?[?？。]*$"
)

# What an enterprise says of an answer it got.
NOT_SOLVED = re.compile(r"(?:没有?|还没有?|未|不)(?:得到)?解决|没用|还是不行")
SOLVED = re.compile(r"(?:已经?|都|问题)?解决(?:了|啦|好了)|已解决")

RECEIPT = re.compile(
    r"^(?:收到+了?|收悉|已收到?|已收悉|已知悉|知悉|好的?呀?|好嘞|好哒|好滴|嗯+|恩+|哦+|噢+|喔+|了解了?|知道了?|晓得了?|明白了?|清楚了?|已阅|阅|okk?|okay|roger|👌|👍|🆗|✅|🤝|🫡|💪|1+|\[.{1,4}\]|[。.,，!！~～\s])+$"
)
# A card that waits for a yes.
ASKS = re.compile(r"[?？]|请(?:您)?(?:确认|选择|回复|核对|签)|是否|确认(?:吗|提交|无误)|回复 ?1|待确认|等待")
ASKED = re.compile(
    r"[?？]\s*$|(?:了吗|了没|没有|了么|怎么样了?|到哪(?:了|一步)?|吗|呢)[\s?？。!]*$|什么时候|为什么|怎么还"
)
# 不用撤回了, 先别暂停: not the request. 不用代办了 is one.
LEAVE_IT = re.compile(
    r"^(?:我们?|那|还是|暂时|先|就|请|麻烦|算了|，|,|\s)*(?:别|不要|不用|唔好|无需|不必|不需要|不想|先不)(?:再|急着|给我们?|帮我们?)?(?:撤回?|撤销|中止|暂停|终止|恢复|提交|申请撤回|办结|停)(?:申请|代办|帮办|服务|委托|问题|办理|啊)?(?:了|吧|先|啦|哈|，|,|。|!|！|$).{0,12}$"
)
# Fillers, pointing and figures only: nothing to decline, so it is asked what is meant.
NOTHING_SAID = re.compile(
    r"^(?:嗯+[\s,，。.…]*(?=那|这|就))?(?:那个|这个|那|这|就是|啊|呃|额|呀|哎|诶|唉|咦|\d{2,}|[?？!！。.,，、~…\s])+$"
)
GRADE = re.compile(
    r"^(?:我们?|对|你们|这次|本次|此次|的|服务|专员|代办|办理|整体|总体|给|打|评价?|个|[:：,，\s])*(?:(?:非常|很|十分|基本|不太?|非常不|很不|比较|还算)?满意|(?:[1-5一二三四五]|满)(?:颗?星|分))(?:好评|吧|了|[。!！~,，\s])*$"
)
# Of what was talked of: its state, in a word.
STATE_ALONE = re.compile(
    r"^(?:今天|刚|刚刚|都|已经?|正式|[,，\s])*(?:受理|批|批复|批准|办结|出证|发证|办好|补正|要补正|撤件|不予许可|不予受理|会签中?|在会签|公示中?|在公示|审核中|审查中|在审|没通过|未通过|没批|评审中?|核发)(?:下来)?(?:了|啦|中)?[。!！]*$"
)
STANDS = re.compile(
    r"^(?:问题\s*\d{1,6}|\d{1,6}\s*号(?:问题)?)\s*的?(?:进度|进展)[?？。]*$|"
    r"^(?:现在|目前|那个?|这个|它|第[一二三四五六七八九\d]+个|最后一个|上面那个|到底|又|还|都)*(?:卡|停)(?:在|住|到)?了?(?:哪|谁|什么|啥).{0,8}$|^(?:查|看|问)?(?:一?下)?(?:进度|进展)[?？。!！]*$|^(?:现在)?(?:办|走|跑)到?哪(?:一?步|里|儿)?了[?？。]*$"
    r"|^(?:我们?|我司|我单位)?的?申请(?:现在)?(?:怎么样|咋样|怎样|什么情况|什么进展|有进展)了?(?:吗|没有?)?[?？。]*$"
)
APPLY = re.compile(
    r"^(?:我们?)?(?:想|要|来)?申请(?:帮办|代办|包办)+(?:服务)?(?:$|[\s:：,，。!！]+[^吗?？怎]*$)"
)
# 不属本部门，该路段归交警 names whose it is; 转给交警 sends it there.
HANDED_ON = re.compile(r"转(?:给|到|去|至|交|办)|移交|交给|派给|请转")
# One word says it where something was talked of before.
PAPERS_ALONE = re.compile(r"^(?:那|那个|它)?(?:的|要)?(?:材料|资料)(?:清单|呢|有哪些|要哪些)?[?？。!！]*$")
FIGURES_ALONE = re.compile(
    r"^(?:本周|上周|这周|本月|上月|今日)?(?:汇总|统计|周报|月报|简报|摘要|红灯|逾期)(?:清单|情况)?[?？。!！]*$"
)
CONTACT_ALONE = re.compile(r"^(?:联系)?(?:电话|方式|人|联系人)(?:多少|是多少|是谁)?[?？。]*$")
RATE_ALONE = re.compile(
    r"^(?:我们?)?(?:要|想|来)?(?:给个|做个|做)?(?:评价|打分|评分)(?:一?下|服务)?[。!！]*$"
)
PARCEL = re.compile(r"^(?:快递|邮件|包裹)(?:已经?|都)?(?:收到|签收|到)(?:了|啦)?[。!！]*$")
PROBLEM = re.compile(
    r"^(?:我们?)?(?:想|要|来|再)*(?:反馈|反映)(?:一?个|一下|点)?(?:问题|情况)\s*(?:[:：,，]|[。!！]*$)"
)
THIS_FILE = re.compile(
    r"^(?:麻烦|请|帮忙|帮我们?|你们?|您|老师)*(?:再)?(?:看|收|查收|审|核对)(?:一?下|看)?(?:这个|这份|附件|文件|材料)?(?:吧|哈|谢谢|行不行|可以吗|对不对)?[?？。!！~]*$"
)
# The rule itself, not a permit: 告知承诺制怎么办, 容缺是什么意思.
AS_SUCH = re.compile(
    r"^(?:请问|问下|那|什么是|啥是|,|\s)*(?:告知承诺制?|容缺(?:受理|审批|办理)?)(?:制度?)?(?:怎么|如何|是|啥|什么|有|咋).{0,8}$"
)
PASSED_ON = re.compile(r"转(?:给|到|去|至|交|办)?|移交|交给|派给|归|应?由")
THAT_ONE = re.compile(
    r"^(?:那|请问|,|，)*(?:那|这|上)?(?:个|那个|它|第[一二三四五]个|一个|前一个|后一个)(?:证|事项|事|问题|件|手续)?(?:呢|怎么样|咋样)(?:了|啦)?[?？~。]*$"
)
_WORDS_OF_ORDER = re.compile(
    r"^(?:@\S+\s+)?(?:好的|收到|嗯|行)?[\s,，]*(?:关于|针对|对|把)?\s*(?:(?:问题|工单|编号|no\.?|#|第)?\s*\d{1,6}\s*(?:号|#)?(?:问题|工单|那个|这个|的)?)?[\s:：,，]*"
    r"(?:申请延期|申请延长|延期|(?:已经?)?(?:答复|回复)(?:如下|一下|企业|业主)?|回|转办|转给|转到|办理意见|处理意见|意见)?了?[\s:：,，]*",
    re.I,
)


def words_of_order(text: str) -> str:
    """What is said behind number and verb."""
    return _WORDS_OF_ORDER.sub("", text, count=1).strip()


HELP = re.compile(
    r"^(?:帮助(?:[\s:：]*(?:申请|计划|事项|材料|中止|办结|台账))?|help|菜单|怎么用.{0,4}|你(?:会|能)(?:做|干|些)?(?:什么|啥).*|使用说明|功能)$"
)
TODO = re.compile(r"^(?:我的)?(?:待办|问题|任务|事项|清单)$|^(?:查看?|看)(?:一下)?(?:我的)?待办$")
GREETING = re.compile(
    r"^(?:(?:各位|大家|领导|老师|专员)?(?:早上|上午|中午|下午|晚上)好(?:各位|大家|领导|老师)?|大家好|各位好|您好|你好|hi|hello|在吗|在不在|早上好|上午好|下午好|早)[\s,，!！。~?？呀啊]*$"
)
THANKS = re.compile(
    r"^(?:好的?[,，]?)?(?:非常)?(?:谢谢|多谢|感谢|辛苦了?|谢了|唔该)(?:晒|你|您|啦|了|大家|各位|机器人|小助手|助手)?[!！。~]*$"
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
