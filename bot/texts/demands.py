"""Asked for after the one notice, or outside the list: reported politely, never into the group (R083, R086)."""

from __future__ import annotations

from bot.texts.phrases import clipped, lines
from domain.catalogue import CatalogueItem
from domain.project import Project

LATE_HEAD = "一次性告知之后又提出补充要求"
OFF_LIST_HEAD = "项目单位反映被要求清单外材料"
IN_NOTICE_HEAD = "一次性告知中有清单外材料"


def to_officials(no: int, project: Project, item: str, head: str, what: str, *, officer: bool) -> str:
    how = f"核实后请回复“清单外 {no} 属实 说明”或“清单外 {no} 有依据 依据名称”。" if officer else ""
    return lines(
        f"**{head}**（编号{no}）",
        f"项目：{project.name}（{project.code}）",
        f"事项：{item}",
        f"内容：{clipped(what, 300)}",
        "已留痕；请核实是否属于清单以内、能否一次告知，结果由服务专员答复项目单位。",
        how,
    )


def reported(no: int, officer: str) -> str:
    return f"已登记（编号{no}），不在群内公开，已转服务专员{officer}和督办人员核实，核实结果由服务专员单独答复您。"


def ask_item() -> str:
    return "请写明事项和被要求的材料，例如：被要求清单外材料 施工许可 村委会盖章。"


def answered(no: int, verdict: str) -> str:
    return f"编号{no}已登记为“{verdict}”，说明已单独告知项目单位，并报督办人员。"


def verdict(no: int, project: Project, entry: CatalogueItem, what: str, verdict_: str, words: str) -> str:
    after = (
        "不需要提交，请按公布的清单准备。" if verdict_ == "属实" else "请按依据准备，有疑问请联系服务专员。"
    )
    return f"{project.name}·{entry.spoken}：您反映的“{clipped(what, 60)}”（编号{no}）核实结果：{verdict_}。{clipped(words, 200)}。{after}"


def no_such(no: str) -> str:
    return f"没有找到编号{no}的清单外要求。请核对编号，例如：清单外 3 属实 说明。"


def answered_before(no: int) -> str:
    return f"编号{no}已经答复过，不用重复登记。"


HOW_TO_ANSWER = (
    "请写明编号、结论和说明，例如：清单外 3 属实 窗口已改正；清单外 3 有依据 省住建厅办事指南第5条。"
)
