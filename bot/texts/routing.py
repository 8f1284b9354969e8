"""What is said when a problem changes hands: to whom, why, who stays responsible until then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from bot.texts.phrases import clipped, lines, moment
from domain.issue_parts import Part, PartStatus
from domain.issue_turns import Turn, TurnKind
from domain.issues import CATEGORY_NAMES, Issue
from domain.project import Project
from domain.site import Site

_GAVE_AWAY = {TurnKind.PASSED_ON: "转办", TurnKind.NOT_OURS: "认为不属本部门"}
_PARTS: dict[PartStatus, str] = {
    PartStatus.ASKED: "待接办",
    PartStatus.TAKEN: "办理中",
    PartStatus.ANSWERED: "已答复",
    PartStatus.NOT_OURS: "称不属本部门",
    PartStatus.UNMANNED: "无在岗代表",
}


def passed_on(issue: Issue, department: str, holder: str) -> str:
    """`holder`: who stays responsible until it is taken; "" when nobody held it."""
    stays = f"对方接办前仍由{holder}负责。" if holder else ""
    return f"问题{issue.no}已转{department}，原因已一并转告。{stays}"


def not_twice(issue: Issue, officer: str) -> str:
    return f"问题{issue.no}此前已转过一次，不再在部门之间转。您写的原因已连同此前各部门的说明一起交服务专员{officer}处理。"


def offered_note(reason: str, holder: str) -> str:
    return f"转办原因：{reason}。接办前仍由{holder}负责。"


def taken_over(issue: Issue, department: str, name: str) -> str:
    return f"问题{issue.no}已由{department}{name}接办，不再由您负责。"


def assigned(issue: Issue, department: str, name: str, due: str) -> str:
    return f"问题{issue.no}已分派{department}{name}，请其在{due}前接办。"


def ask_again(issue: Issue, department: str, turn: Turn, name: str, zone: tzinfo) -> str:
    return (
        f"问题{issue.no}{department}{name}已于{moment(turn.at, zone)}退回：{clipped(turn.words, 80)}。"
        "仍要分派给它请回复 1，换部门请重新发送“转办”。"
    )


def said_against(turns: Sequence[Turn], names: Mapping[int, str], site: Site, zone: tzinfo) -> str:
    """Everything departments said when they did not keep it: who, when, why."""
    most = max(40, 400 // max(1, len(turns)))
    return lines(*(_against(turn, names, site, zone, most) for turn in turns[-8:]))


def _against(turn: Turn, names: Mapping[int, str], site: Site, zone: tzinfo, most: int) -> str:
    department = site.departments[turn.department].short if turn.department else ""
    who = names.get(turn.person_id or 0, "")
    to = f"给{site.departments[turn.to_department].short}" if turn.to_department else ""
    return (
        f"{moment(turn.at, zone)} {department}{who}{_GAVE_AWAY[turn.kind]}{to}：{clipped(turn.words, most)}"
    )


def returned_again(issue: Issue, project: Project, said: str) -> str:
    """To the officer, before the card: whole."""
    return lines(
        f"**问题{issue.no}多次退转**（{project.name}），各部门说明：",
        said,
        f"请分派给责任部门，或提请联席会议：发送“联席会议 {issue.no}”。",
    )


def suggestion(issue: Issue, department: str, agree: int, alike: int) -> str:
    return f"问题{issue.no}历史相似：{alike}件中{agree}件由{department}办理，仅供参考。"


def traits(issue: Issue, found: Sequence[str]) -> str:
    return f"问题{issue.no}属{'、'.join(found)}，可提请联席会议：发送“联席会议 {issue.no}”。"


def to_meeting(issue: Issue, project: Project, by: str) -> str:
    return lines(
        f"**提请联席会议**：问题{issue.no}（{project.name}），由服务专员{by}提请。",
        f"内容：{clipped(issue.description, 200)}",
        f"发送“问题{issue.no} 进度”可查看办理情况。",
    )


# ---------------------------------------------------------------- departments that help


def helping(departments: Sequence[str]) -> str:
    return f"协办：{'、'.join(departments)}"


def part_moved(issue: Issue, due: str) -> str:
    return f"问题{issue.no}的答复时限有调整，协办意见请在{due}前回复。"


def nobody_helps(issue: Issue, departments: Sequence[str]) -> str:
    return f"问题{issue.no}的协办部门{'、'.join(departments)}当日无在岗代表，请服务专员另行联系。"


def part_taken(issue: Issue, due: str) -> str:
    return f"问题{issue.no}的协办已接下，请在{due}前发送“回复 {issue.no} 协办意见”。"


def part_answered(issue: Issue, officer: str) -> str:
    return f"问题{issue.no}的协办意见已交服务专员{officer}，与牵头部门的答复一并核对。"


def part_said(issue: Issue, part: Part, site: Site) -> str:
    return f"问题{issue.no}协办意见（{site.departments[part.department].short}）：{part.answer}"


def part_not_ours(issue: Issue, department: str, name: str, reason: str) -> str:
    return f"问题{issue.no}的协办部门{department}（{name}）称不属本部门：{reason}"


def part_to_group(issue: Issue, part: Part, site: Site) -> str:
    return f"**【问题{issue.no}答复·协办】**{site.departments[part.department].name}：{part.answer}"


def parts_line(parts: Sequence[Part], site: Site) -> str:
    return "、".join(f"{site.departments[p.department].short}{_PARTS[p.status]}" for p in parts)


def part_reminder(issue: Issue, part: Part, zone: tzinfo) -> str:
    due = moment(part.answer_by, zone) if part.answer_by else ""
    return f"提醒：问题{issue.no}的协办意见请在{due}前回复。发送“回复 {issue.no} 协办意见”即可，内容：{clipped(issue.description, 60)}"


def part_late(issue: Issue, part: Part, site: Site, name: str, zone: tzinfo) -> str:
    due = moment(part.answer_by, zone) if part.answer_by else ""
    department = site.departments[part.department].short
    return f"**超时提示**：问题{issue.no}协办部门{department}{name}应于{due}前答复，现未答复。牵头部门已答复的可先发布。"


# ---------------------------------------------------------------- the same problem again


def same_one(issue: Issue) -> str:
    return lines(
        f"与**问题{issue.no}**相似：{clipped(issue.description, 80)}",
        "是同一件事吗？",
        f"回复 1 并入问题{issue.no}，2 仍单独提交，3 修改，4 取消",
    )


def merged(issue: Issue, holder: str) -> str:
    return f"已并入**问题{issue.no}**，您的补充说明已转告{holder}。发送“问题{issue.no} 进度”可随时查看。"


def told_again(issue: Issue, name: str, when: str, wording: str) -> str:
    return f"问题{issue.no}又收到同一情况的反馈（{name}，{when}）：{wording}"


def obstacle(what: str, days: int, found: Sequence[tuple[int, str]], projects: int) -> str:
    """`found`: number and project; to the supervisor."""
    listed = "、".join(f"问题{no}（{clipped(name, 16)}）" for no, name in found[:10])
    more = f"等{len(found)}个" if len(found) > 10 else ""
    return lines(
        f"**多个项目遇到同一障碍**：{days}日内{projects}个项目反映{what}，共{len(found)}个问题。",
        f"{listed}{more}",
        "建议一并研究解决。发送“问题号 进度”可查看每个问题。",
    )


def obstacle_of(item: str, department: str, issue: Issue) -> str:
    return f"“{item or CATEGORY_NAMES[issue.category]}”（{department}，{CATEGORY_NAMES[issue.category]}类）"


# ---------------------------------------------------------------- about a person

NOT_HERE = "涉及个人的反映不在群里办理。表单已发到您与代办助手应用的单聊，请到那里确认，群里不再提及。"
GO_ON_THERE = "这份反映请到您与代办助手应用的单聊里继续，不在群里办理。"


def private_form(project: Project, description: str) -> str:
    return lines(
        "**意见反馈表**（请确认，仅您和处理人员可见）",
        f"项目：{project.name}（{project.code}）",
        f"内容：{description}",
        "将交：服务专员和督办人员处理，不在群里公开，也不转给被反映的人",
        "回复 1 提交，2 修改，3 取消",
    )


def private_filed(no: int, who: str, due: str) -> str:
    return (
        f"已登记为**问题{no}**，由{who}处理，不在群里公开，也不转给被反映的人。答复单独发给您，时限{due}前。"
    )


def private_told(issue: Issue, project: Project, by: str) -> str:
    return lines(
        f"**针对个人的反映**：问题{issue.no}（{project.name}），{by}反馈。",
        f"内容：{issue.description}",
        "仅服务专员和督办人员可见，请勿转给被反映的人。",
    )


def private_answer(issue: Issue) -> str:
    return lines(
        f"**【问题{issue.no}答复】**（仅发给您本人）",
        f"答复：{issue.answer}",
        f"解决了请回复“问题{issue.no} 已解决”，未解决请回复“问题{issue.no} 未解决 原因”。",
    )
