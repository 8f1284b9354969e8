"""Papers that are read as a text, not as a form: the entrustment (F13), the refusal (F15), suspension and end (F16), the
referral letter (F18), the submission to the government (F29). A site that changed the fields they stand on gets the plain form instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents.template_layout import RIGHT, Sheet
from domain.forms import FormSpec

_SIZE, _SMALLER = 12, 11
_LONG = frozenset({"F13", "F16"})
_NAMED = re.compile(r"(?:\{\{ |plain\.|row in )(\w+)")
_FIELD = re.compile(r"\{\{ (\w+) \}\}")


def suits(form: FormSpec) -> bool:
    write = _LETTERS.get(form.key)
    return write is not None and _named_in(write) <= {field.key for field in form.fields}


def _named_in(write: Callable[[Sheet], None]) -> set[str]:
    sheet = Sheet()
    write(sheet)
    return set(_NAMED.findall(sheet.document.element.xml)) - {"paper", "row", "plain"}


def make(form: FormSpec) -> bytes:
    sheet = Sheet(size=_SMALLER if form.key in _LONG else _SIZE)
    sheet.title("{{ paper.title }}", size=20)
    _LETTERS[form.key](sheet)
    sheet.text("{{ paper.note }}{{ paper.caveat }}", size=9, before=10)
    return sheet.saved()


def _heading(sheet: Sheet, text: str) -> None:
    sheet.text(text, bold=True, before=6, together=True)


def _paragraphs(sheet: Sheet, *texts: str) -> None:
    for text in texts:
        sheet.text(_ruled(text), indent=True)


def _ruled(text: str) -> str:
    """On a blank paper a line to write on."""
    return _FIELD.sub(r"{{ \1 or paper.line }}", text)


def _papers(sheet: Sheet, over: str, *columns: tuple[str, str, float]) -> None:
    sheet.gap()
    grid = sheet.grid([0.7, *(share for _, _, share in columns)])
    grid.row(["序号", *(label for label, _, _ in columns)], head=True)
    grid.repeat(over, ["{{ row.xuhao }}", *(f"{{{{ row.{key} }}}}" for _, key, _ in columns)])


def _seals(sheet: Sheet, left: str, right: str, day: str) -> None:
    """Both sides beside each other, on one page with the date."""
    sheet.gap(12)
    grid = sheet.grid((1, 1))
    grid.row([left, right], height=2.8, together=True)
    grid.row([day], spans=(2,), height=0.9)


# Heading and clauses; the last clause of all stands with the seals.
_CLAUSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "二、甲方职责",
        (
            "（一）及时、真实提供材料，并按部门要求修改补充；",
            "（二）五方责任主体须到场时，派人到场；",
            "（三）按规定缴纳规费；",
            "（四）如实反映代办员的工作表现。",
        ),
    ),
    (
        "三、乙方职责",
        (
            "（一）遵守自愿、无偿、依法的原则；",
            "（二）提供咨询辅导和材料说明；",
            "（三）协助准备材料，并由代办员在平台以一张表单、一套材料申报；",
            "（四）跟踪进度，及时反馈；",
            "（五）做好资料的整理、保管和移交；",
            "（六）保守甲方的商业秘密、技术秘密和隐私。",
        ),
    ),
    (
        "四、终止",
        (
            "（一）代办内容完成的，本协议自行终止；",
            "（二）甲方可以提出终止；",
            "（三）项目不具备办结条件，或者甲方弄虚作假的，乙方可以提出终止。",
            "提出终止的，均填写终止单。",
        ),
    ),
    (
        "五、其他",
        (
            "（一）代办服务免费，法定费用由甲方承担；",
            "（二）乙方不保证甲方期望的办理时间或者结果；",
            "（三）未尽事宜适用《中华人民共和国民法典》关于代理的规定；",
        ),
    ),
)


def _entrustment(sheet: Sheet) -> None:
    """The text published in Foshan (代办委托协议, 2019), the law of agency by its present name."""
    sheet.text("协议编号：{{ no }}", align=RIGHT)
    for line in ("委托单位（甲方）：{{ owner }}", "受托单位（乙方）：{{ agent }}"):
        sheet.text(_ruled(line), before=4)
    _paragraphs(
        sheet,
        "根据{{ basis }}，经甲乙双方协商一致，甲方自愿委托乙方无偿提供代办服务，签订本协议。",
    )
    _heading(sheet, "一、代办内容")
    _paragraphs(
        sheet,
        "（一）项目名称：{{ project_name }}",
        "（二）具体事项（阶段）：{{ entrusted }}",
        "（三）甲方联系人：{{ owner_contact }}，联系电话：{{ owner_phone }}。",
        "（四）乙方代办员：{{ officer_name }}，联系电话：{{ officer_phone }}。",
        "甲方联系人、乙方代办员一经确定不得随意变更，确需变更的应及时通知对方。",
    )
    for heading, clauses in _CLAUSES:
        _heading(sheet, heading)
        _paragraphs(sheet, *clauses)
    last = "（四）本协议经双方代表人签字或者盖章后生效，一式两份，甲乙双方各执一份。"
    sheet.text(last, indent=True, together=True)
    sheet.text("{%p if plain.named_agent or paper.blank %}")
    _heading(sheet, "授权（委托到具体个人时填写）")
    powers = (
        "受托人：{{ named_agent }}，身份证号：{{ named_agent_id }}。事项与权限：{{ powers }}。"
        "期限：自{{ valid_from }}至{{ valid_to }}。受托人无转委托权。"
    )
    sheet.text(_ruled(powers), indent=True, together=True)
    sheet.text("{%p endif %}")
    _seals(
        sheet,
        "甲方盖章及代表人签字：\n{{ owner_seal }}",
        "乙方盖章及代表人签字：\n{{ agent_seal }}",
        "签订时间：{{ signed_on }}",
    )


def _refusal(sheet: Sheet) -> None:
    sheet.text("编号：{{ no }}", align=RIGHT)
    sheet.text(_ruled("{{ applicant }}："), before=6)
    _paragraphs(
        sheet,
        "你单位于{{ applied_on }}提出的帮办代办服务申请（{{ request }}）收悉。依据{{ basis }}，经研究，不予受理，理由如下：",
    )
    sheet.text("{{ reason }}", before=4)
    _paragraphs(
        sheet,
        "{{ reason_text }}",
        "本告知书只涉及帮办代办服务，不影响你单位自行向审批部门申报。如有疑问，请联系{{ contact_name }}，"
        "联系电话：{{ contact_phone }}。",
    )
    sheet.text("{%p if returned %}")
    sheet.text("退回材料清单", bold=True, before=8, together=True)
    _papers(sheet, "returned", ("材料名称", "name", 5), ("份数", "count", 1))
    sheet.text("{%p endif %}")
    sheet.text("{{ paper.hall }}（盖章）", align=RIGHT, before=24, together=True)
    sheet.text("{{ seal }}", align=RIGHT, together=True)
    sheet.text("{{ issued_on }}", align=RIGHT, before=6)


def _suspension(sheet: Sheet) -> None:
    sheet.text("编号：{{ no }}", align=RIGHT)
    for line in (
        "甲方：{{ owner }}",
        "乙方：{{ agent }}",
        "项目：{{ project_name }}　协议编号：{{ agreement_no }}",
    ):
        sheet.text(_ruled(line), before=4)
    sheet.text("类型：{{ kind }}", before=4)
    for heading, text in (
        ("一、委托事项及已完成情况", "{{ done_so_far }}"),
        ("二、原因", ""),
        ("三、协调经过", "{{ coordination }}"),
        ("四、通知时间与方式", "{{ notified }}"),
    ):
        _heading(sheet, heading)
        if text:
            _paragraphs(sheet, text)
        else:
            sheet.text("{{ reason }}")
            _paragraphs(sheet, "{{ reason_text }}")
    _heading(sheet, "五、退还、留存材料清单")
    _papers(sheet, "papers", ("材料名称", "name", 5), ("退还或留存", "fate", 1.5))
    sheet.text("{%p if plain.resume_when or paper.blank %}")
    _heading(sheet, "六、恢复条件（中止时填写）")
    sheet.text(_ruled("{{ resume_when }}"), indent=True, together=True)
    sheet.text("{%p endif %}")
    sheet.text("{{ plain.kind }}自{{ effective_on }}起生效。", indent=True, together=True)
    _seals(
        sheet, "甲方签章：\n{{ owner_seal }}", "乙方签章：\n{{ agent_seal }}", "生效日期：{{ effective_on }}"
    )


def _referral(sheet: Sheet) -> None:
    sheet.text("{{ no }}", align=RIGHT)
    sheet.text("{{ title }}", bold=True, before=6)
    sheet.text(_ruled("{{ to }}："), before=6)
    _paragraphs(
        sheet,
        "{{ enterprise }}的{{ project_name }}在办理中有以下诉求，超出本机构协调范围，现转请贵单位研究办理。"
        "联系人：{{ contact }}。",
    )
    _heading(sheet, "一、诉求要点")
    _paragraphs(sheet, "{{ request }}")
    _heading(sheet, "二、已掌握情况及附件")
    sheet.text(_ruled("{{ known }}"))
    _heading(sheet, "三、建议办理方式")
    _paragraphs(sheet, "{{ proposal }}")
    sheet.text("{%p if plain.reply_by or paper.blank %}")
    _paragraphs(sheet, "请于{{ reply_by }}前反馈。")
    sheet.text("{%p endif %}")
    sheet.text(_ruled("{{ sender }}（盖章）"), align=RIGHT, before=18, together=True)
    sheet.text("{{ sent_on }}", align=RIGHT, together=True)
    sheet.text("联系人：{{ sender_contact }}　电话：{{ sender_phone }}", before=6)
    sheet.gap(12)
    grid = sheet.grid((2, 4, 2, 4))
    grid.section("办理回执")
    grid.row(["发送渠道", "{{ channel }}", "签收", "{{ received }}"], labels=(0, 2))
    grid.row(["反馈内容", "{{ reply }}"], spans=(1, 3), labels=(0,), height=1.6)
    grid.row(["反馈时间", "{{ replied_on }}"], spans=(1, 3), labels=(0,))


def _submission(sheet: Sheet) -> None:
    sheet.text("{{ no }}", align=RIGHT)
    sheet.text("{{ title }}", bold=True, before=6)
    sheet.text(_ruled("{{ to }}："), before=6)
    _paragraphs(
        sheet,
        "{{ enterprise }}的{{ project_name }}在办理中遇到以下问题，需要协调解决，现呈报如下。",
    )
    _heading(sheet, "一、基本情况")
    _paragraphs(sheet, "{{ facts }}")
    _heading(sheet, "二、已做工作及各部门意见")
    sheet.text(_ruled("{{ positions }}"))
    _heading(sheet, "三、提请协调事项")
    _paragraphs(sheet, "{{ request }}")
    sheet.text(_ruled("{{ sender }}（盖章）"), align=RIGHT, before=18, together=True)
    sheet.text("{{ sent_on }}", align=RIGHT, together=True)
    sheet.text("联系人：{{ sender_contact }}　电话：{{ sender_phone }}", before=6)
    sheet.gap(12)
    grid = sheet.grid((2, 10))
    grid.section("答复情况")
    grid.row(["政府答复", "{{ reply }}"], labels=(0,), height=1.6)
    grid.row(["答复时间", "{{ replied_on }}"], labels=(0,))


_LETTERS: dict[str, Callable[[Sheet], None]] = {
    "F13": _entrustment,
    "F15": _refusal,
    "F16": _suspension,
    "F18": _referral,
    "F29": _submission,
}
