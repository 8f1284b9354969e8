"""上门服务: how to write a visit down, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import clipped, lines, short_day

HOW = (
    "请这样写：走访 YX-2026-001 9月14日 参加：住建局黄志坚、供电局谢国栋 服务：协调 "
    "问题：临时用电容量不足 答复：供电局10月20日前增容 后续：10月21日回访。没有问题的可以不写问题。"
)

ABOUT_A_PERSON = "针对个人的反映不写入走访记录，请由项目单位发送“投诉 情况”，只给服务专员和督办人员。"


def which_department(description: str) -> str:
    return f"“{clipped(description, 30)}”由哪个部门负责？请在后面写明“部门：供电局”，再发送一次。"


def logged(day: date, present: str, problems: Sequence[str]) -> str:
    said = f"现场问题：{'；'.join(problems)}" if problems else "现场没有提出问题"
    return f"{short_day(day)}上门服务，参加：{present}。{said}"


def recorded(no: str, title: str, signers: Sequence[str], filed: Sequence[tuple[int, str]]) -> str:
    """`filed`: problems without an answer on the spot, with the department each went to."""
    to_sign = f"已请{'、'.join(signers)}签字。" if signers else ""
    listed = "、".join(f"问题{no}（{department}）" for no, department in filed)
    return lines(
        f"《{title}》（{no}）已生成并记入台账，{to_sign}",
        f"现场没有答复的已登记跟踪：{listed}，按问题办理时限答复。" if filed else "",
    )
