"""问卷: seven short questions, each answered by a number."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import clipped, day, lines, numbered
from domain.periods import Period
from domain.project import Project
from domain.ratings import GRADE_NAMES
from domain.site import Site
from domain.surveys import Survey, SurveyResult

NOTHING = "目前没有需要您填写的问卷，或者已经填过了，谢谢。"
IN_PRIVATE = "问卷请到与我的单聊里填写，发送“填问卷”。"
DROPPED = "好的，问卷没有提交。需要时再发送“填问卷”。"
WHICH_PERIOD = "请写明是哪一期，例如：发起问卷 三季度。"
SCORE_NAMES = {"papers_score": "材料要求", "time_score": "办理时限", "attitude_score": "服务态度"}
_SCALE = "、".join(f"{grade} {name}" for grade, name in GRADE_NAMES.items())
TRIPS = "2/7 为这个项目的审批，大约到现场跑了几次？请回复次数（0到99）。"
CALL_BACK = "6/7 是否愿意接受回访？请回复 1 是，2 否。"
ADVICE = "7/7 还有什么建议？请直接写；没有的回复“无”。"
NOT_A_TRIP = "请回复次数，0到99的数字，例如：3。"
NOT_A_SCORE = f"请回复 1 到 5 的数字：{_SCALE}。"
NOT_ONE_OR_TWO = "请回复 1 是，或 2 否。"


def invitation(project: Project, survey: Survey) -> str:
    return (
        f"{project.name}：请您用一分钟评价{survey.period.name}的审批服务，共7个问题，回复数字即可。"
        f"{day(survey.until)}前发送“填问卷 {project.code}”开始；问卷记单位名称，用于改进服务。"
    )


def nobody(period: Period) -> str:
    return f"{period.name}没有帮办代办的项目，没有可以发问卷的单位。"


def asked_already(period: Period) -> str:
    return f"{period.name}的问卷已经发过了，发送“问卷汇总”查看结果。"


def opened(survey: Survey, count: int) -> str:
    return f"已向{count}位经办人发出{survey.period.name}问卷，{day(survey.until)}截止。结果请发送：问卷汇总"


def hardest(items: Sequence[str]) -> str:
    return lines("1/7 最难办的是哪个事项？请回复数字：", numbered([*items]), "0. 没有特别难的")


def not_an_item(count: int) -> str:
    return f"请回复 0 到 {count} 之间的数字。"


def score(key: str) -> str:
    number = 3 + list(SCORE_NAMES).index(key)
    return f"{number}/7 对{SCORE_NAMES[key]}满意吗？请回复数字：{_SCALE}。"


def thanks(no: str) -> str:
    return f"问卷已提交（{no}），谢谢您的意见。"


def none_yet() -> str:
    return f"还没有发过问卷。{WHICH_PERIOD}"


def shown(survey: Survey, found: SurveyResult, site: Site) -> str:
    head = f"**{survey.period.name}问卷**：发出{found.asked}份，收回{found.answered}份，{day(survey.until)}截止。"
    if not found.answered:
        return head
    scores = "、".join(f"{SCORE_NAMES[key]}{value:.1f}分" for key, value in found.scores.items())
    items = site.catalogue.items
    hardest = "、".join(
        f"{items[key].spoken if key in items else key}（{times}）" for key, times in found.hardest[:5]
    )
    return lines(
        head,
        f"满分5分：{scores}" if scores else "",
        f"平均跑动{found.trips:.1f}次" if found.trips is not None else "",
        f"最难办：{hardest}" if hardest else "",
        f"愿意接受回访：{found.call_back}家",
        *(f"建议：{clipped(one, 60)}" for one in found.advice[:3]),
        "明细表随后发到您的应用会话。",
    )
