"""典型案例: the draft in figures, and what is still wanted before it may be shown."""

from __future__ import annotations

from bot.texts.phrases import lines
from domain.case_studies import CaseStudy, StudyFacts, StudyState
from domain.project import Project

IN_PRIVATE = "案例请到与我的单聊里办理。"
STATES = {StudyState.DRAFT: "草稿，未经审定", StudyState.APPROVED: "已审定"}


def body(facts: StudyFacts) -> str:
    """Kinds and counts only: nobody's name, no number, no place, no day."""
    money = f"，总投资{facts.investment}" if facts.investment else ""
    ways = [
        f"容缺受理材料{facts.deferred}份" if facts.deferred else "",
        f"上门服务{facts.visits}次" if facts.visits else "",
        f"召开联席会议{facts.meetings}次" if facts.meetings else "",
    ]
    problems = (
        f"项目单位反馈问题{facts.problems}个，已解决{facts.solved}个。"
        if facts.problems
        else "办理中项目单位没有反馈问题。"
    )
    return lines(
        f"基本情况：某{facts.project_type}项目{money}。",
        f"服务方式：{facts.scope}{facts.level}，从受理到办结{facts.days}个工作日。",
        f"办理情况：办结审批事项{facts.items}个，其中按时{facts.in_time}个"
        f"{'，' if any(ways) else ''}{'，'.join(filter(None, ways))}。",
        f"问题协调：{problems}",
        f"服务评价：{facts.grade}。" if facts.grade else "",
    )


def shown(study: CaseStudy) -> str:
    lessons = (
        f"经验做法：{study.lessons}"
        if study.lessons
        else f"经验做法：待补充，请发送“改案例 {study.id} 做法和效果”。"
    )
    return lines(f"**案例{study.id}**（{STATES[study.state]}）", study.body, lessons)


def drafted(study: CaseStudy) -> str:
    return lines(shown(study), "不要写单位、项目、人员、地点和编号；经督办人员审定后才能导出。")


def not_closed(project: Project) -> str:
    return f"{project.name}还没有办结的帮办代办服务，办结后才能整理案例。"


def there_already(study: CaseStudy) -> str:
    return f"这个项目已有案例{study.id}，查看请发送：案例 {study.id}"


def how_long(no: int, least: int, most: int) -> str:
    return f"请写明做法和效果，{least}到{most}字，例如：改案例 {no} 提前介入图审，一次告知全部意见，材料没有退回。"


def tells(word: str) -> str:
    return f"案例要隐去单位、人员、地点和编号，请改写“{word}”后再发送。"


def to_approve(study: CaseStudy, who: str) -> str:
    return (
        f"{who}整理了案例{study.id}，请审定。查看请发送“案例 {study.id}”，同意请发送“同意案例 {study.id}”。"
    )


def lessons_taken(no: int, names: str) -> str:
    return f"案例{no}已更新，已请{names}审定。" if names else f"案例{no}已更新，等督办人员审定。"


def by_another() -> str:
    return "案例由整理人以外的督办人员审定。"


def no_lessons(no: int) -> str:
    return f"案例{no}还没有写经验做法，请服务专员补充后再审定。"


def approved(no: int, who: str) -> str:
    return f"案例{no}已由{who}审定，导出请发送：导出案例 {no}"


def approved_answer(no: int) -> str:
    return f"案例{no}已审定，可以导出。"


def not_approved(no: int) -> str:
    return f"案例{no}还没有审定，不能导出。请督办人员发送“同意案例 {no}”。"


def sent(no: int) -> str:
    return f"案例{no}已发到您的应用会话。"
