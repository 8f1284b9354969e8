"""What the service officer is told about a work group that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.platform import GroupInfo
from bot.texts.phrases import lines
from domain.project import Project, WorkGroup


def bound(project: Project, *, posts: bool) -> str:
    """`posts`: the app can speak in the project's group."""
    head = (
        f"已绑定：本群为**{project.name}**（{project.code}）的工作群。群成员@我即可查进度、要材料、反馈问题。"
    )
    if posts:
        return f"{head}\n请核对：本群会同时收到一条绑定通知；没有收到，说明绑错了群，请发送“解绑 {project.code}”。"
    return f"{head}\n提示：系统还不能在本群主动发言（没有群聊接口），周报和答复将请您转发。"


def bound_notice(project: Project, who: str) -> str:
    return f"{who}已把代办助手绑定到**{project.name}**的工作群。在群里@代办助手，可以查进度、要材料、反馈问题，发送“帮助”查看全部。"


def by_hand(group: str, named: Sequence[str], text: str) -> str:
    """Where the app cannot post, the service officer does."""
    return f"系统不能在{group}发言，请把下面的内容转到群里：\n{''.join(f'@{name} ' for name in named)}{text}"


def changed(project: Project, before: WorkGroup, now: GroupInfo, names: Mapping[str, str]) -> str:
    came = _named(set(now.members) - set(before.members), names)
    left = _named(set(before.members) - set(now.members), names)
    return lines(
        f"**{project.name}**的工作群有变化：",
        f"群名改为：{now.name}" if now.name != before.name else "",
        f"新入群：{came}" if came else "",
        f"已退群：{left}" if left else "",
        f"群主改为：{names.get(now.owner, now.owner)}" if now.owner != before.owner else "",
        "如有项目单位经办人或部门代表退出，请及时补入。",
    )


def gone(project: Project) -> str:
    return f"**{project.name}**的工作群在企业微信里已经找不到（可能已解散），周报暂停，答复将请您转发。新建群后请先发送“解绑 {project.code}”，再到新群里@代办助手发送“绑定 {project.code}”。"


def _named(userids: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(userid, f"未登记成员（{userid}）") for userid in sorted(userids))
