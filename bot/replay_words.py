"""The table of `routing replay`, for whoever writes the rules."""

from __future__ import annotations

from bot.replaying import Replay
from domain.site import Site


def table(found: Replay, site: Site) -> str:
    lines = [f"问题 {found.issues} 个（另有 {found.skipped} 个尚无责任部门，不计）"]
    if not found.issues:
        return lines[0]
    lines.append(
        f"规则判断正确 {found.right} 个（{_percent(found.right / found.issues)}），"
        f"把握不足交专员 {found.unsure} 个（{_percent(found.share_unsure)}）"
    )
    lines.append("部门\t实际\t规则判给\t判对\t准确率\t召回率")
    lines += [
        f"{site.departments[row.department].short}\t{row.own}\t{row.given}\t{row.right}"
        f"\t{_percent(row.precision)}\t{_percent(row.recall)}"
        for row in found.rows
    ]
    lines += [
        f"易混：实为{site.departments[was].short}，判给{site.departments[said].short}，{count} 个"
        for was, said, count in found.confused
    ]
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"
