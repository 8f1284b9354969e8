"""What a request names: items, numbers, days, departments. Only what text, quote or the last exchange says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Any

from bot.understanding import days, patterns
from bot.understanding.acts import Heard, Intent
from bot.understanding.characters import normalise
from bot.understanding.dictionary import Dictionary, Found
from bot.understanding.marks import Marked, mark

I = Intent  # noqa: E741
QUESTIONS = frozenset(
    {I.PROGRESS, I.MATERIALS, I.TEMPLATE, I.GUIDE, I.POLICY, I.CONTACT, I.SUPPLEMENT, I.TODO, I.DIGEST}
)
ISSUE_ORDERS = frozenset(
    {I.ACCEPT_ISSUE, I.REPLY_ISSUE, I.TRANSFER_ISSUE, I.EXTEND_ISSUE, I.ESCALATE_ISSUE, I.CLOSE_ISSUE}
)
_OF_NOTHING = frozenset(
    {I.NONE, I.GREET, I.THANKS, I.HELP, I.HUMAN, I.RATE, I.CANCEL, I.TODO, I.SIGN_OFF, I.DIGEST}
)
_NO_ITEM = _OF_NOTHING | ISSUE_ORDERS | {I.CONFIRM, I.DENY, I.REFUSED_REQUEST}
_WITH_DEPARTMENT = frozenset(
    {
        I.CONTACT,
        I.URGE,
        I.REPORT_PROBLEM,
        I.COMPLAIN,
        I.MEETING,
        I.TRANSFER_ISSUE,
        I.CALL_MEETING,
        I.DIGEST,
        I.CORRECT,
    }
)
_WITH_ISSUE = ISSUE_ORDERS | {
    I.PROGRESS,
    I.URGE,
    I.CONFIRM,
    I.DENY,
    I.WITHDRAW,
    I.CORRECT,
    I.CALL_MEETING,
    I.REPORT_PROBLEM,
    I.SUPPLEMENT,
}
_WITHOUT_DAYS = (
    (QUESTIONS - {I.SUPPLEMENT})
    | _OF_NOTHING
    | {
        I.LOG_WORK,
        I.REPORT_PROBLEM,
        I.COMPLAIN,
        I.REFUSED_REQUEST,
        I.CONFIRM,
        I.ACCEPT_ISSUE,
        I.CLOSE_ISSUE,
        I.REVIEW_MATERIAL,
    }
)
_OF_PAPERS = frozenset({I.SUBMIT_MATERIAL, I.REVIEW_MATERIAL, I.REQUEST_MATERIAL, I.MAIL})
# Items whose name is also that of the paper they end with.
_PAPERS = frozenset(
    [
        "营业执照",
        "中标通知书",
        "土地证",
        "图审合格书",
        "审图合格书",
        "图审合格证",
        "土地合同",
        "土地出让合同",
        "出让合同",
        "划拨决定书",
        "总平图",
        "总平",
        "保函",
        "蓝图",
        "建议书",
        "可研报告",
        "可研",
        "可行性研究报告",
        "备案证",
        "红本",
        "产权证",
        "用地证",
        "交警意见",
        "备案表",
        "设计要点",
        "节能报告",
        "环评报告",
        "规划条件",
        "施工图",
        "地规证",
        "立项批复",
        "选址意见书",
        "房产证",
        "土地使用证",
        "用地规划许可证",
        "停工报告",
        "复工报告",
    ]
)
# A word for an item that is a department's too is the department in these.
_TO_DEPARTMENTS = frozenset({I.TRANSFER_ISSUE, I.CALL_MEETING, I.COMPLAIN, I.DIGEST})
# Where one goes, not who is meant.
_PLACES = frozenset(
    {
        "窗口",
        "专窗",
        "办事大厅",
        "服务大厅",
        "政务大厅",
        "园区",
        "移动",
        "12345",
        "村委",
        "村委会",
        "政务中心",
    }
)
_A_DEPARTMENT = re.compile(r"^(?:那边|这边|部门|的人|那里|科|口|的同志|的电话|电话|的联系)")
_WRONG = re.compile(r"(?:不是|唔系|唔是|而非|不要|不问)\s*$")
_FOR_LAST = re.compile(
    r"(?:没|未|不).{0,14}(?:能|可以|可否|可不可以).{0,6}$|(?:才能|才可以|才|就能|就可以)(?:去)?(?:办|报|申请|做|拿)?$"
)


def slots_of(intent: Intent, marked: Marked, heard: Heard) -> dict[str, Any]:
    """Of a request by itself, without what went before."""
    found: dict[str, Any] = {}
    if marked.code and intent not in {I.NONE, I.GREET, I.THANKS}:
        found["project_code"] = marked.code[1].upper()
    if intent in _WITH_ISSUE and marked.issue_nos:
        found["issue_no"] = _right_number(marked) if intent is I.CORRECT else marked.issue_nos[0]
    item = item_in(intent, marked)
    if item and intent not in _NO_ITEM and not (intent is I.WITHDRAW and "issue_no" in found):
        found["item"] = item
    stage = next((f.ids[0] for f in marked.found if f.kind == "stage"), None)
    if stage and intent not in _NO_ITEM and not item:
        found["stage"] = stage
    if intent in _WITH_DEPARTMENT:
        found |= _department(intent, marked)
    form = next((f.ids[0] for f in marked.found if f.kind == "form"), None)
    if form and intent not in _OF_NOTHING:
        found["topic"] = form
    return found | _days(intent, marked, heard) | _grade(intent, marked)


def _grade(intent: Intent, marked: Marked) -> dict[str, Any]:
    grade = patterns.grade_in(marked.text) if intent in {I.RATE, I.CORRECT} else None
    return {"rating": grade} if grade else {}


def _days(intent: Intent, marked: Marked, heard: Heard) -> dict[str, Any]:
    if intent in _WITHOUT_DAYS or heard.today is None:
        return {}
    due = days.due_in(marked.without_numbers, heard.today, heard.calendar)
    if due and intent is I.UPDATE_ITEM and due <= heard.today:
        due = None  # when it happened, not what is due
    planned = days.span(marked.without_numbers) if intent is not I.URGE else None
    found: dict[str, Any] = {"due": due.isoformat()} if due else {}
    return found | ({"days": planned[0], "day_unit": planned[1]} if planned and not due else {})


def _right_number(marked: Marked) -> str:
    right = (
        no for no, hit in zip(marked.issue_nos, marked.numbers, strict=True)
        if not _WRONG.search(marked.text[: hit.start()])
    )  # fmt: skip
    return next(right, marked.issue_nos[-1])


def item_in(intent: Intent, marked: Marked) -> str | None:
    """The one meant, where several are named."""
    named = [
        f
        for f in marked.found
        if f.kind == "item" and len(f.ids) == 1 and not _is_department(intent, f, marked)
    ]
    if intent in _OF_PAPERS:
        named = [f for f in named if not _is_paper(f, marked)]
    if intent is I.CORRECT:
        named = [f for f in named if not _WRONG.search(marked.text[: f.start])] or named
    if not named:
        return None
    if intent is I.GUIDE and len(named) > 1:
        last = next((f for f in named[1:] if _FOR_LAST.search(marked.text[: f.start])), None)
        return (last or named[0]).ids[0]
    return named[0].ids[0]


def _is_paper(found: Found, marked: Marked) -> bool:
    """土地证 handed in is a paper; 土地证的材料 is not."""
    return found.word in _PAPERS and not re.match(r"的|办理|申报|申请表|材料|资料", marked.text[found.end :])


def _is_department(intent: Intent, found: Found, marked: Marked) -> bool:
    if not found.department:
        return False
    return intent in _TO_DEPARTMENTS or _A_DEPARTMENT.match(marked.text[found.end :]) is not None


def listed_items(marked: Marked) -> list[str]:
    """工规证、施工许可和图审: all that are named side by side."""
    named = [f for f in marked.found if f.kind == "item" and len(f.ids) == 1]
    for one, other in itertools.pairwise(named):
        if not re.fullmatch(r"\s*(?:[、,，/和跟与及]|还有|以及|\s)\s*", marked.text[one.end : other.start]):
            return []
    return list(dict.fromkeys(f.ids[0] for f in named))


def _department(intent: Intent, marked: Marked) -> dict[str, str]:
    keys = [
        f.ids[0]
        for f in marked.found
        if f.kind == "department" and f.word not in _PLACES and not _is_wrong(intent, f, marked)
    ]
    keys += [f.department for f in marked.found if f.kind == "item" and _is_department(intent, f, marked)]
    if intent is I.TRANSFER_ISSUE and not keys and any(f.word == "消防" for f in marked.found):
        keys = ["xfjy"]
    distinct = list(dict.fromkeys(keys))
    if intent is I.TRANSFER_ISSUE:
        distinct = (
            distinct[-1:] if len(distinct) > 1 and not re.search(r"和|、|跟", marked.text) else distinct
        )
    return {"department": distinct[0]} if len(distinct) == 1 else {}


def _is_wrong(intent: Intent, found: Found, marked: Marked) -> bool:
    return intent is I.CORRECT and _WRONG.search(marked.text[: found.start]) is not None


# ------------------------------------------------------------ words with several readings


def ambiguous(marked: Marked) -> Found | None:
    for one in marked.found:
        if one.kind == "ambiguous" or (one.kind == "item" and len(one.ids) > 1):
            return one
    return None


def qualified(marked: Marked, around: Iterable[str], dictionary: Dictionary) -> str | None:
    found = ambiguous(marked)
    if found is None:
        return None
    signs = dictionary.lexicon.qualifiers.get(found.word) or _of_also(found, dictionary)
    for text in around:
        rest = text.replace(found.word, "")
        for item, pattern in signs.items():
            if pattern.search(rest):
                return item
    return None


def _of_also(found: Found, dictionary: Dictionary) -> Any:
    """红本 has the readings of 产权证."""
    for word, signs in dictionary.lexicon.qualifiers.items():
        if (
            set(signs) <= set(found.ids)
            and found.kind == "ambiguous"
            and word != found.word
            and set(found.ids) <= set(signs)
        ):
            return signs
    return {}


# ------------------------------------------------------------ what was talked of


def of_quote(heard: Heard, dictionary: Dictionary) -> tuple[str | None, str | None]:
    """(item, issue number) the quoted message or file speaks of."""
    if not heard.quote_text:
        return None, None
    quoted = mark(normalise(heard.quote_text), dictionary)
    item = next((f.ids[0] for f in quoted.found if f.kind == "item" and len(f.ids) == 1), None)
    return item or qualified(quoted, [quoted.text], dictionary), next(iter(quoted.issue_nos), None)
