"""What is said about ledger, log and figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from bot.texts.phrases import clipped, lines
from domain.case import CONTACT_CHANNEL_NAMES
from domain.ledger import LogEntry
from domain.periods import Period
from domain.project import Project
from domain.service_statistics import Figure, ServiceStatistics
from domain.site import Site

NOT_IN_A_GROUP = "台账只在单聊里查看，请在与我的单聊里发送“台账 {code}”。"


def kept(number: int, channel: str, item: str, files: bool) -> str:  # noqa: FBT001
    about = f"，事项：{item}" if item else ""
    file = "附件收到后一并归入。" if files else ""
    return f"已记入台账，编号{number}（渠道：{channel}{about}）。{file}修改请发送“改记录 {number} 新的内容”。"


def edited(number: int) -> str:
    return f"台账编号{number}已改，台账上注明“已修改”。"


def listed(project: Project, entries: Sequence[LogEntry], zone: tzinfo) -> str:
    if not entries:
        return f"{project.name}还没有台账记录。登记请发送“记录 {project.code} 电话 内容”。"
    rows = [_row(entry, zone) for entry in entries]
    how = "修改请发送“改记录 编号 新的内容”。"
    return lines(f"**{clipped(project.name, 30)}**台账（最近{len(rows)}条）：", *rows, how)


def _row(entry: LogEntry, zone: tzinfo) -> str:
    day = entry.at.astimezone(zone)
    mark = "（已修改）" if entry.edited else ""
    step = f"；下一步：{clipped(entry.next_step, 16)}" if entry.next_step else ""
    channel = CONTACT_CHANNEL_NAMES[entry.channel]
    return f"{entry.id}. {day.month}月{day.day}日 {channel} {clipped(entry.summary, 28)}{step}（{entry.recorded_by}）{mark}"


def tables_sent(what: str, period: Period, projects: int) -> str:
    if not projects:
        return f"{period.name}的{what}已单独发给您，目前没有由您负责的项目，表中没有数据。"
    return f"{period.name}的{what}已单独发给您，包括{projects}个项目。"


NO_PICTURE = "服务器上没有中文字体，这次没有图；请管理员安装后再发。"


def achievements(site: Site, found: ServiceStatistics) -> str:
    """For everybody: figures only, no names, no projects."""
    services = int(sum(figure.value or 0 for figure in found.services.values()))
    solved = int(sum(pair[1].value or 0 for pair in found.issues.values()))
    return lines(
        f"**{site.name}帮办代办服务成果**（{found.period.name}，截至发送时）",
        f"在办项目{_whole(found.cases_open)}个，新增{_whole(found.cases_new)}个，办结{_whole(found.cases_closed)}个",
        f"办结审批事项{_whole(found.items_completed)}项，按时办结率{_rate(found.on_time_rate)}",
        f"咨询、指导、协调、代办{services}次，上门服务{_whole(found.visits)}次，解决问题{solved}个",
        f"满意度{_rate(found.satisfaction)}",
        f"服务全程免费，项目的申报主体仍为项目单位。咨询：{site.hall.name}（电话 {site.hall.phone}）",
    )


def _whole(figure: Figure) -> int:
    return int(figure.value or 0)


def _rate(figure: Figure) -> str:
    return "暂无数据" if figure.value is None else f"{figure.value * 100:.1f}".removesuffix(".0") + "%"
