"""Where in a text items, departments, numbers and days stand, and the text with them masked for the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.understanding import days
from bot.understanding.dictionary import Dictionary, Found
from bot.understanding.patterns import PROJECT_CODE

# The issue's number behind its noun, or before one; a number with 号 is a day where a day may stand.
_ISSUE = re.compile(
    r"(?:问题|工单|诉求|编号|单号|no\.?|反馈单?|转办单?|事项)\s*(?:第|#|是|为|编号)?\s*(?P<behind>\d{1,6})(?!\s*[-.年月/]\d|\d|个?工作日|天|日|份|次|家|个|万)"
    r"|#\s*(?P<hash>\d{1,6})(?!\d|\s*楼)|(?<![\d.a-z\-])(?P<hash2>\d{1,6})#(?!\s*(?:楼|栋|厂房|地块|车间))|第\s*(?P<nth>\d{1,6})\s*(?:号|个问题|号问题)"
    # 51转街道, 7关了: officers leave 号 away.
    r"|^(?!1(?:10|19|20|22))(?:(?P<bare>\d{2,4})(?=\s*(?:我|由|请|要|再|多给|申请|回|答|交|移|推|派|改派|甩|上|提|报|归|不|搞|还|已|同意|企业|业主|可以|应|处理|收|领))|(?P<bare2>\d{1,4})(?=\s*(?:转|延|接|认|结|办结|办完|关|销|闭|升|宽限|顺延)))"
    r"|(?<![\d.a-z\-/月年审字函复批准许第])(?P<before>\d{1,6})\s*号(?:(?P<noun>问题|工单|单|件|诉求|那个|这个|的)|(?!\s*(?:楼|线|窗口|地块|厂房|车间|门|院|文|令|机|栋|仓)))"
)
_DAYLIKE_BEHIND = re.compile(
    r"^\s*(?:之?前|以前|前后|上午|下午|早上|晚上|中午|当天|开会|到期|左右|到|之后|后|能出|能拿|能批|能下|可以[出拿批来]|出[证来]|拿证|就要|要开|约|见|过来|有空|开[会工庭]|再[来去说])"
)
_DAYLIKE_BEFORE = re.compile(
    r"(?:到|至|在|于|月|延期|改|约|定|等|是|本月|这个月|下个?月|截止|截至|最晚|最迟)\s*$"
)
_ISSUE_VERB_BEHIND = re.compile(
    r"^[\s,，:：]*(?:再[给宽延]|召开|组织|开个|我|已|请|要|转|回|答|办|处|申请|延|上|提|关|结|销|不|解|同意|接|收|是|可|能不能|怎么|到哪|催|撤|再|什么情况|进|现在|有|没|还|谁|这|应|归|由|应该|核实|企业|业主|认|超|涉|部|两|领|交|派|推|移|改派|处理|来不及|搞|报|升|建议|开|麻烦|帮)"
)  # fmt: skip
_MONEY = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?\s*(?:万|千|亿)?(?:个亿|平方米|平方|平米|平|㎡|亩|元|块|米|方|亿|万|吨|kva)(?:高|长)?"
)
_QUICK = re.compile(r"[\d日号月周期礼节天年庆秋元五过工本下明后今一二三四五六七八九十两半]")
ITEM, DEPARTMENT, FORM, STAGE, DAY, SPAN, ISSUE, CODE, MONEY, PERSON = "①②③④⑤⑥⑦⑧⑨⑩"
_KINDS = {"item": ITEM, "department": DEPARTMENT, "form": FORM, "stage": STAGE}
# Several-meaning words that are things; 延期 and 变更 are also what one does.
_THINGS = frozenset(
    {"规划证", "产权证", "红本", "不动产证", "报装", "备案", "立项", "验收", "审图", "消防", "开路口", "开口"}
)


@dataclass(frozen=True)
class Marked:
    """A normalised text with what was found in it."""

    text: str
    found: tuple[Found, ...]
    numbers: tuple[re.Match[str], ...]
    code: re.Match[str] | None

    @cached_property
    def issue_nos(self) -> list[str]:
        return [next(group for group in one.groups() if group and group.isdecimal()) for one in self.numbers]

    @cached_property
    def without_numbers(self) -> str:
        """For reading days: the numbers of issues and projects are none."""
        spans = [(n.start(), n.end()) for n in self.numbers] + ([self.code.span()] if self.code else [])
        return _cut(self.text, [(start, end, " ") for start, end in spans])

    @cached_property
    def masked(self) -> str:
        """Each thing found as one sign: how it is spoken of matters, not which it is."""
        cuts = [(f.start, f.end, _sign(f)) for f in self.found if _sign(f)]
        cuts += [(n.start(), n.end() - _kept(n), ISSUE) for n in self.numbers]
        cuts += [(self.code.start(), self.code.end(), CODE)] if self.code else []
        if _QUICK.search(self.text):
            cuts += [(h.start(), h.end(), DAY) for h in days.hits(self.text)]
            cuts += [(h.start(), h.end(), SPAN) for h in days.spans(self.text)]
            cuts += [(h.start(), h.end(), MONEY) for h in _MONEY.finditer(self.text)]
        return _cut(self.text, cuts)


def _kept(number: re.Match[str]) -> int:
    return len(number["noun"]) if number["noun"] in ("那个", "这个", "的") else 0


def mark(text: str, dictionary: Dictionary) -> Marked:
    code = PROJECT_CODE.search(text)
    found = tuple(f for f in dictionary.find(text) if not (code and code.start() <= f.start < code.end()))
    numbers = tuple(n for n in _ISSUE.finditer(text) if _is_issue(n, text) and not _inside(n, code))
    return Marked(text, found, numbers, code)


def _inside(one: re.Match[str], other: re.Match[str] | None) -> bool:
    return other is not None and other.start() <= one.start() < other.end()


def _is_issue(number: re.Match[str], text: str) -> bool:
    if number["before"] is None or number["noun"] in {"问题", "工单", "单", "件", "诉求"}:
        return True
    before, behind = text[: number.start()], text[number.end() :]
    if int(number["before"]) > 31:
        return True
    if _DAYLIKE_BEFORE.search(before):
        return False
    if number["noun"]:
        return True
    if _DAYLIKE_BEHIND.match(behind) and not re.match(r"^\s*到哪", behind):
        return False
    return bool(_ISSUE_VERB_BEHIND.match(behind)) or not before.strip() or not behind.strip(" 。.!！?？")


def _sign(found: Found) -> str:
    if found.kind == "ambiguous":
        return ITEM if found.word in _THINGS else ""
    return _KINDS[found.kind]


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, sign in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if start < at:
            continue
        parts += [text[at:start], sign]
        at = end
    return "".join([*parts, text[at:]])
