"""What administrators are told of the operation: numbers, no people's words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import lines

MOST = 10


def audited(
    replanned: Sequence[int], ownerless: Sequence[int], unrouted: Sequence[int], broken: Sequence[int]
) -> str:
    found = (
        (replanned, "没有下一步，已补排提醒和时限"),
        (ownerless, "办理人已停用，已交服务专员重新分派"),
        (unrouted, "登记后没有转出，已重新转办"),
        (broken, "无法自动修复，请查看系统日志"),
    )
    return lines("**巡检**：", *(f"问题{_numbers(numbers)}：{what}" for numbers, what in found if numbers))


def _numbers(numbers: Sequence[int]) -> str:
    more = f"等{len(numbers)}个" if len(numbers) > MOST else ""
    return "、".join(str(no) for no in numbers[:MOST]) + more


def no_calendar(year: int) -> str:
    return (
        f"提醒：系统还没有{year}年的放假安排。国务院办公厅公布后，请把放假和调休日期填入“日历”配置并重新装入；"
        "在此之前，跨年的时限按周一至周五推算、到期日注明“暂按推算”，不据此正式督办。"
    )


def queue_late(minutes: int, count: int) -> str:
    return (
        f"消息积压：{count}条到点未发出，最早一条已等{minutes}分钟。请检查发送进程是否运行、平台是否限流，"
        "在服务器上做一次体检（管理员手册有命令），按提示处理。"
    )
