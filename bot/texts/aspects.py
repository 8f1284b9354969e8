"""One question about an item, answered in a sentence from the catalogue; "" where the catalogue says nothing of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.texts.phrases import lines
from domain.catalogue import CatalogueItem
from domain.site import Site

NAMES = {
    "order": "先后顺序",
    "fee": "收费",
    "condition": "办理条件",
    "validity": "有效期",
    "where": "办理地点",
    "channel": "网办渠道",
    "threshold": "适用范围",
    "result": "办理结果",
    "form_of_material": "材料形式",
}
MOST = 4  # of each form of paper: the checklist has them all


def about(entry: CatalogueItem, aspect: str, site: Site, project_type: str) -> str:
    """The conclusion, the whole below the caveat; `aspect`: one of NAMES."""
    said = _ANSWERS[aspect](entry, site, project_type)
    if not said:
        return ""
    return lines(f"**{entry.spoken}{NAMES[aspect]}**：{said}", f"※ {site.caveat}。{site.policy_footer}。")


def _order(entry: CatalogueItem, site: Site, project_type: str) -> str:
    before = [site.catalogue.items[i].spoken for i in entry.needs(project_type) if i in site.catalogue.items]
    return f"先要办好{'、'.join(before)}，再办{entry.spoken}。" if before else ""


def _fee(entry: CatalogueItem, site: Site, project_type: str) -> str:  # noqa: ARG001
    return f"{entry.fee.rstrip('。')}。" if entry.fee else ""


def _notes(entry: CatalogueItem, site: Site, project_type: str) -> str:  # noqa: ARG001
    return f"{entry.notes.rstrip('。')}。" if entry.notes else ""


def _validity(entry: CatalogueItem, site: Site, project_type: str) -> str:  # noqa: ARG001
    return f"{entry.validity.rstrip('。')}。" if entry.validity else ""


def _where(entry: CatalogueItem, site: Site, project_type: str) -> str:  # noqa: ARG001
    return f"由{site.departments[entry.lead].name}办理；{site.hall.name}在{site.hall.address}，{site.hall.hours}，电话{site.hall.phone}。"


def _channel(entry: CatalogueItem, site: Site, project_type: str) -> str:  # noqa: ARG001
    have = entry.convenience
    if have.online is False:
        return "部门公布为窗口办理，不能网上办。"
    link = f"：{have.link}" if have.link else ""
    return f"可以网上办{link}。" if have.online else ""


def _result(entry: CatalogueItem, site: Site, project_type: str) -> str:  # noqa: ARG001
    return f"{entry.result_document.rstrip('。')}。" if entry.result_document else ""


def _form(entry: CatalogueItem, site: Site, project_type: str) -> str:  # noqa: ARG001
    by_form: dict[str, list[str]] = {}
    for one in entry.materials:
        form = "免提交" if one.need_not_be_handed_in else one.form
        by_form.setdefault(form, []).append(one.name)
    told = [
        f"{form}：{'、'.join(names[:MOST])}{'等' if len(names) > MOST else ''}"
        for form, names in by_form.items()
    ]
    return f"{'；'.join(told)}。完整清单请发送“{entry.spoken}材料”。" if told else ""


_ANSWERS: dict[str, Callable[[CatalogueItem, Site, str], str]] = {
    "order": _order,
    "fee": _fee,
    "condition": _notes,
    "validity": _validity,
    "where": _where,
    "channel": _channel,
    "threshold": _notes,
    "result": _result,
    "form_of_material": _form,
}
