"""What is said of tasks: given, due, late, done."""

from __future__ import annotations

from bot.texts.phrases import clipped, day, short_day
from domain.tasks import Task, TaskSource, TaskState

_SOURCES = {TaskSource.MEETING: "联席会议议定", TaskSource.INSTRUCTION: "批示"}
_STATES = {TaskState.OPEN: "办理中", TaskState.DONE: "已完成", TaskState.CANCELLED: "已取消"}


def line(task: Task, owner: str) -> str:
    note = f"：{clipped(task.note, 40)}" if task.note else ""
    return f"任务{task.id} {owner} {short_day(task.due)}前 {clipped(task.text, 60)}（{_STATES[task.state]}{note}）"


def given(task: Task, about: str, by: str) -> str:
    return (
        f"**任务{task.id}**（{_SOURCES[task.source]}，{about}）：{task.text}。请在{day(task.due)}前完成，"
        f"完成后发送“完成任务 {task.id} 结果”；有困难请联系{by}。"
    )


def due(task: Task, *, today: bool) -> str:
    when = "今天" if today else f"{day(task.due)}"
    return (
        f"提醒：任务{task.id}应于{when}完成：{clipped(task.text, 80)}。完成后发送“完成任务 {task.id} 结果”。"
    )


def late(task: Task, owner: str) -> str:
    return (
        f"**任务逾期**：任务{task.id}由{owner}负责，应于{day(task.due)}前完成，现未完成：{clipped(task.text, 80)}。"
        f"请与{owner}联系，不再需要的发送“取消任务 {task.id} 原因”。"
    )


def finished(task: Task) -> str:
    return f"任务{task.id}已登记完成，感谢您的支持。"


def finished_told(task: Task, by: str) -> str:
    return f"任务{task.id}已由{by}登记完成：{clipped(task.note, 200)}"


def cancelled(task: Task) -> str:
    return f"任务{task.id}已取消，已告知责任人。"


def cancelled_told(task: Task, by: str) -> str:
    return f"任务{task.id}已由{by}取消，不需要再办理。原因：{clipped(task.note, 200)}"


def all_done(issue_no: int) -> str:
    return f"问题{issue_no}联席会议议定的任务已全部办完，请发送“回复 {issue_no} 内容”拟答复，或“提交政府 {issue_no} 请求事项”。"
