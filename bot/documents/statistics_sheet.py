"""统计表 F4 as a workbook: the figures with how each is counted, and for every group the rows behind them (R093)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.documents.form_values import number
from bot.documents.service_figures import Reach, figures
from bot.documents.table_sheets import CellValue, SheetText, book, columns_of
from domain.case import CONTACT_CHANNEL_NAMES, SCOPE_NAMES, SERVICE_TYPE_NAMES
from domain.forms import FieldType
from domain.issues import IssueLevel
from domain.service_statistics import CaseLine, Counted, Figure, ServiceStatistics, used_days

LEVEL_NAMES = {
    IssueLevel.REPRESENTATIVE: "首席事务代表",
    IssueLevel.JOINT_MEETING: "联席会议",
    IssueLevel.GOVERNMENT: "区政府协调",
    IssueLevel.OUT_OF_SCOPE: "问题反馈函",
}
NONE_YET = "暂无数据"
FigureLine = tuple[str, str, Figure, str]


def draw(reach: Reach) -> bytes:
    statistics, counted = figures(reach)
    under = f"{reach.site.hall.name}　{reach.period.name}"
    lines = figure_lines(statistics)
    caveat = reach.site.forms["F4"].caveat and f"本表栏目根据公开资料整理，{reach.site.forms['F4'].caveat}。"
    return book(
        SheetText(
            "统计表",
            reach.site.forms["F4"].title,
            under,
            (("指标", 30), ("数值", 14), ("怎样计算", 60), ("明细行数", 10), ("明细在", 14)),
            [[name, shown(figure, name), how, len(figure.rows), where] for name, where, figure, how in lines],
            foot=["数字由系统按登记情况计算，不能手工填写；每个数字的来源见各明细表的“计入”一栏。", caveat],
        ),
        SheetText("项目明细", "项目明细", f"{under}　按{reach.now.astimezone(reach.calendar.zone):%Y-%m-%d}情况",
                  columns_of(_project_fields(reach)), [_project(line) for line in statistics.lines]),
        _cases(counted, under, lines),
        _items(reach, counted, under, lines),
        _issues(reach, counted, under, lines),
        _contacts(reach, counted, under, lines),
        _grades(counted, under, lines),
    )  # fmt: skip


def figure_lines(found: ServiceStatistics) -> list[FigureLine]:
    """(name, sheet with its rows, figure, how it is counted)."""
    services = [
        (f"{SERVICE_TYPE_NAMES[kind]}次数", "联系明细", figure, "期内台账中该服务类型的条数")
        for kind, figure in found.services.items()
    ]
    issues = [
        (f"{LEVEL_NAMES[level]}{what}", "问题明细", pair[at], how)
        for level, pair in found.issues.items()
        for at, what, how in (
            (0, "协调问题数", "期内提出、未撤回的问题"),
            (1, "已解决数", "其中项目单位已确认解决的"),
        )
    ]
    return [
        ("在办项目数", "办件明细", found.cases_open, "期末未结束的帮办代办"),
        ("新增项目数", "办件明细", found.cases_new, "期内受理的帮办代办"),
        ("办结项目数", "办件明细", found.cases_closed, "期内签收办结单的帮办代办"),
        ("中止项目数", "办件明细", found.cases_suspended, "期末在办项目中现为中止状态的"),
        *services,
        ("涉及事项数", "事项明细", found.items_total, "期内在办的帮办代办计划中的全部事项"),
        ("办结事项数", "事项明细", found.items_completed, "期内办结的事项"),
        ("按时办结数", "事项明细", found.items_on_time, "期内办结且有时限的事项中，未超过承诺时限（没有承诺的按法定时限）的"),
        ("按时办结率", "事项明细", found.on_time_rate, "按时办结数除以期内办结且有时限的事项数"),
        ("平均用时（工作日）", "事项明细", found.average_days, "期内办结事项自受理次日起的工作日，扣除补正和特殊程序"),
        ("一次办好率", "事项明细", found.first_time_rate, "期内办结事项中没有补正、退件、撤件的"),
        ("退件率", "事项明细", found.returned_rate, "期内提交的事项中被不予受理的"),
        *issues,
        ("联席会议次数", "", found.meetings, "期内的会议纪要份数"),
        ("上门次数", "联系明细", found.visits, "期内台账中渠道为上门的条数"),
        ("培训次数", "", Figure(None), "系统没有培训登记，请另行填报"),
        ("满意度", "评价明细", found.satisfaction, "期内评价中基本满意及以上的占比"),
    ]  # fmt: skip


def shown(figure: Figure, name: str) -> CellValue:
    if figure.value is None:
        return NONE_YET
    if name.endswith("率") or name == "满意度":
        return f"{number(round(figure.value * 100, 1))}%"
    return round(figure.value, 1) if figure.value % 1 else int(figure.value)


def _counted_in(lines: Iterable[FigureLine], row: str) -> str:
    return "、".join(name for name, _, figure, _ in lines if row in figure.rows)


def _project_fields(reach: Reach) -> Sequence:  # type: ignore[type-arg]
    fields = reach.site.forms["F4"].fields
    return next(
        field.columns for field in fields if field.type is FieldType.TABLE and field.key == "projects"
    )


def _project(line: CaseLine) -> list[CellValue]:
    case, project = line.served.case, line.served.project
    open_ = int(line.problems.value or 0)
    return [
        project.name,
        line.served.enterprise,
        number(project.facts.get("investment") or ""),
        case.accepted_on.isoformat() if case.accepted_on else "",
        SCOPE_NAMES[case.scope],
        line.stage,
        *(int(figure.value or 0) for figure in (line.done, line.running, line.planned)),
        f"未解决问题{open_}个" if open_ else "",
        str(project.facts.get("start_planned") or ""),
        line.served.officer,
        case.no,
    ]


def _cases(counted: Counted, under: str, lines: list[FigureLine]) -> SheetText:
    columns = (("申请编号", 20), ("项目", 34), ("受理日期", 14), ("结束日期", 14), ("计入", 40))
    rows: list[list[CellValue]] = [
        [one.case.no, one.project.name, _iso(one.case.accepted_on), _iso(one.case.closed_on), named]
        for one in counted.cases
        if (named := _counted_in(lines, one.row))
    ]
    return SheetText("办件明细", "办件明细", under, columns, rows)


def _items(reach: Reach, counted: Counted, under: str, lines: list[FigureLine]) -> SheetText:
    columns = (
        ("项目", 30), ("事项", 36), ("受理日期", 12), ("结束日期", 12), ("用时（工作日）", 10), ("时限到", 12), ("计入", 44),
    )  # fmt: skip
    rows: list[list[CellValue]] = [
        [one.project.name, view.entry.name, _iso(view.item.accepted_on), _iso(view.item.ended_on),
         used_days(view, reach.calendar), _iso(view.clock.due) if view.clock else "没有时限", named]
        for one in counted.cases
        for view in one.items
        if (named := _counted_in(lines, f"item:{view.item.id}"))
    ]  # fmt: skip
    return SheetText("事项明细", "事项明细", under, columns, rows)


def _issues(reach: Reach, counted: Counted, under: str, lines: list[FigureLine]) -> SheetText:
    columns = (("问题", 10), ("项目", 34), ("提出日期", 14), ("层级", 16), ("计入", 40))
    rows: list[list[CellValue]] = [
        [f"问题{one.no}", reach.projects[one.project_id].name,
         _iso(one.raised_at.astimezone(reach.calendar.zone).date()), LEVEL_NAMES[one.level], named]
        for one in counted.issues
        if (named := _counted_in(lines, f"issue:{one.no}"))
    ]  # fmt: skip
    return SheetText("问题明细", "问题明细", under, columns, rows)


def _contacts(reach: Reach, counted: Counted, under: str, lines: list[FigureLine]) -> SheetText:
    columns = (("台账编号", 10), ("日期", 14), ("项目", 34), ("渠道", 10), ("内容", 50), ("计入", 30))
    rows: list[list[CellValue]] = [
        [one.id, _iso(one.at.astimezone(reach.calendar.zone).date()), reach.projects[one.project_id].name,
         CONTACT_CHANNEL_NAMES[one.channel], one.summary, named]
        for one in counted.entries
        if (named := _counted_in(lines, f"log:{one.id}"))
    ]  # fmt: skip
    return SheetText("联系明细", "联系明细", under, columns, rows)


def _grades(counted: Counted, under: str, lines: list[FigureLine]) -> SheetText:
    names = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
    cases = {one.case.id: one for one in counted.cases}
    columns = (("日期", 14), ("申请编号", 20), ("评价", 14), ("计入", 30))
    rows: list[list[CellValue]] = [
        [_iso(one.day), cases[one.case_id].case.no if one.case_id in cases else "", names[one.grade], named]
        for one in counted.grades
        if (named := _counted_in(lines, one.row))
    ]
    return SheetText("评价明细", "评价明细", under, columns, rows)


def _iso(day: object) -> str:
    return str(day) if day else ""
