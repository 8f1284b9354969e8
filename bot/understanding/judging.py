"""What the model is shown of a message, and what it says: intents with their chances."""

from __future__ import annotations

import re

from bot.understanding.dictionary import Dictionary
from bot.understanding.marks import Marked
from bot.understanding.model import model
from bot.understanding.states import state_in

# Words of the trade and of the service: talk about something else seldom has one.
TRADE = re.compile(
    r"证|材料|资料|审批|批[了下文复没准得]|手续|办理|办[好完结事件成到]|代办|帮办|包办|窗口|系统|平台|补正|补件|委托|专员|项目|工程|施工|开工|工期|工地|厂房|厂区|园区|问题|进度|进展|表格?|模板|范本|样[本表板]"
    r"|补贴|政策|奖励|减免|文件|规定|条例|部门|科室|投诉|举报|人工|真人|机器人|邮寄|快递|评价|满意|[五四三二一\d]星|打分|中止|暂停|恢复|终止|申请|申报|撤[回件掉了]|踏勘|上门|预约|协调|盖章|公章|原件|复印件|扫描|电子"
    r"|收费|缴费|费用|网上|网址|催|答复|回复|反馈|反映|上报|统计|汇总|周报|月报|逾期|超期|红灯|黄灯|延期|受理|办结|销号|转[给办到交派]|接办|查收|合同|图纸|方案|报告|清单|通知书|联系方式|负责人|归谁|主管|待办|中介|日期|落款|提示词|规则|会签|公示|评审|会议|协调会|联席|记录|日志|台账|整改|容缺|承诺|有效期|时限|工作日|流程|大厅|政务|营业执照|法人|签[字收署]|验收|土地|规划|消防|环保"
)


# Papers that go from hand to hand.
PAPER = re.compile(
    r"合同|书(?!记)|执照|身份证|复印件|扫描件|报告|图纸?(?=[^审]|$)|证明|协议|说明|纪要|声明|决议|保函|章程|照片|材料|资料|文件|附件|原件|清单|申请表"
)
ASKS = re.compile(
    r"[?？]|[吗么呢没未不][呀啊的]?[。!~\s]*$|什么|怎么|哪|谁|多少|几[个天时号点份样]|多久|是否|能不能|可不可以|要不要|有没有|是不是|会不会|为何|如何"
)


# From which chance on talk is taken for off topic: beside a name or number, beside a word of the trade, without any.
# Tuned on the odd rows of the off-topic talk, which was gathered where nobody builds.
# Officers are read more kindly: their short orders have fewer words of the trade, and little of that talk sounds like them.
OWNERS_LIMITS, OFFICERS_LIMITS = (0.3, 0.05, 0.02), (0.5, 0.06, 0.12)
SURELY = 0.97
NONE = "none"
COURTESY = frozenset({"greet", "thanks", "confirm", "deny", "cancel"})


def judged_text(marked: Marked, dictionary: Dictionary) -> tuple[str, tuple[str, ...]]:
    """The masked text in written words, and the signs rules have seen in it."""
    signs = tuple(sorted({f.kind for f in marked.found})) or ("nothing",)
    signs += ("paper",) if PAPER.search(marked.text) else ()
    signs += ("trade",) if TRADE.search(marked.text) else ("no trade",)
    asks, state = ASKS.search(marked.text) is not None, state_in(marked.text) is not None
    signs += ("asks",) if asks else ("says",)
    signs += (f"state {'asks' if asks else 'says'}",) if state else ()
    signs += ("item and state",) if state and not asks and "item" in signs else ()
    return dictionary.lexicon.plain(marked.masked), signs


def judge(marked: Marked, role: str, dictionary: Dictionary, *, anchored: bool) -> list[tuple[str, float]]:
    """Kinds (an intent, or guide/aspect), most likely first. `anchored`: there is something it can be about."""
    masked, signs = judged_text(marked, dictionary)
    chances = model().chances(masked, role, signs)
    other = dict(chances)[NONE]
    about = "named" if anchored else "trade" if "trade" in signs else "neither"
    if other >= _limit(role, about) and not _courteous(chances, other):
        return [(NONE, other), *((kind, chance) for kind, chance in chances if kind != NONE)]
    return [(kind, chance / (1 - other)) for kind, chance in chances if kind != NONE]


def _courteous(chances: list[tuple[str, float]], other: float) -> bool:
    """Short courtesy does no harm where it is none."""
    kind, chance = next(one for one in chances if one[0] != NONE)
    return kind in COURTESY and other < SURELY and chance >= 0.6 * (1 - other)


def _limit(role: str, about: str) -> float:
    """`about`: something named, something of the trade, or neither."""
    at = ("named", "trade", "neither").index(about)
    officer = role in {"service_officer", "representative"}
    return (OFFICERS_LIMITS if officer else OWNERS_LIMITS)[at]
