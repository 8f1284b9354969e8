"""Cards about an issue: for the representative, for the service officer's desk, and their final states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import tzinfo

from bot.platform import Card, CardButton, CardField, CardKind
from bot.texts.phrases import clipped, moment
from domain.issues import CATEGORY_NAMES, Issue
from domain.project import Project
from domain.site import Site


@dataclass(frozen=True)
class Desk:
    """What the officer chooses from: departments with their everyday name, strongest first; what was said against
    it; whether the joint meeting is worth a thought."""

    guesses: tuple[tuple[str, str], ...] = ()
    said: str = ""
    joint_meeting: bool = False


QUOTED, SHOWN = 120, 112  # characters of people's words a card shows


@dataclass(frozen=True)
class Wish:
    """A wish for more time, as whoever may grant it sees it; dates as words."""

    id: int
    days: int
    reason: str = field(repr=False)
    who: str
    was: str
    new: str


def to_handle(
    issue: Issue, project: Project, site: Site, zone: tzinfo, task_id: str, *, note: str = ""
) -> Card:
    """For the representative: take it, answer it, pass it on, or say it is not ours."""
    return Card(
        CardKind.BUTTONS,
        page=_page(issue),
        title=f"问题{issue.no}：请您办理",
        desc=clipped(project.name, 30),
        task_id=task_id,
        quote=clipped(issue.description, QUOTED),
        body=note or clipped(f"因为：{issue.why}", SHOWN),
        fields=_fields(issue, site, zone),
        buttons=(
            CardButton("我来办", f"issue.accept:{issue.no}", 1),
            CardButton("回复", f"issue.reply:{issue.no}", 1, page=_page(issue, "reply")),
            CardButton("转办", f"issue.transfer:{issue.no}", 2, page=_page(issue, "transfer")),
            CardButton("不属本部门", f"issue.not_ours:{issue.no}", 2, page=_page(issue, "not_ours")),
        ),
        commands=(
            f"我来办 {issue.no}",
            f"回复 {issue.no} 答复内容",
            f"转办 {issue.no} 部门 原因",
            f"不属本部门 {issue.no} 原因",
        ),
    )


def to_help(issue: Issue, project: Project, site: Site, zone: tzinfo, task_id: str, *, lead: str) -> Card:
    """For a department that handles it beside the lead."""
    return Card(
        CardKind.BUTTONS,
        page=_page(issue),
        title=f"问题{issue.no}：请您协办",
        desc=clipped(project.name, 30),
        task_id=task_id,
        quote=clipped(issue.description, QUOTED),
        body=clipped(f"牵头：{lead}。因为：{issue.why}", SHOWN),
        fields=_fields(issue, site, zone),
        buttons=(
            CardButton("我来办", f"issue.accept:{issue.no}", 1),
            CardButton("回复", f"issue.reply:{issue.no}", 1, page=_page(issue, "reply")),
            CardButton("不属本部门", f"issue.not_ours:{issue.no}", 2, page=_page(issue, "not_ours")),
        ),
        commands=(f"我来办 {issue.no}", f"回复 {issue.no} 协办意见", f"不属本部门 {issue.no} 原因"),
    )


def to_sort(issue: Issue, project: Project, site: Site, zone: tzinfo, task_id: str, desk: Desk) -> Card:
    """For the service officer's desk: nobody was found, it is not sure, or it came back. One tap assigns."""
    guessed = tuple(
        CardButton(clipped(f"转{short}", 10), f"issue.assign:{issue.no}:{key}", 1)
        for key, short in desk.guesses
    )
    meeting = (CardButton("联席会议", f"issue.joint:{issue.no}", 2),) if desk.joint_meeting else ()
    return Card(
        CardKind.BUTTONS,
        page=_page(issue),
        title=f"问题{issue.no}：请分派",
        desc=clipped(project.name, 30),
        task_id=task_id,
        quote=clipped(issue.description, QUOTED),
        body=clipped(desk.said or issue.why, SHOWN),
        fields=tuple(f for f in _fields(issue, site, zone) if f.name in {"类别", "事项"}),
        buttons=(
            *guessed,
            CardButton(
                "其他部门" if guessed else "转给部门",
                f"issue.transfer:{issue.no}",
                2 if guessed else 1,
                page=_page(issue, "transfer"),
            ),
            CardButton("我来答复", f"issue.reply:{issue.no}", 2, page=_page(issue, "reply")),
            *meeting,
        ),
        commands=(
            f"转办 {issue.no} 部门 原因",
            f"回复 {issue.no} 答复内容",
            *((f"联席会议 {issue.no}",) if desk.joint_meeting else ()),
        ),
    )


def to_release(issue: Issue, project: Project, who: str, task_id: str, helping: str = "") -> Card:
    """For the service officer: an answer waits to be released."""
    return Card(
        CardKind.BUTTONS,
        page=_page(issue),
        title=f"问题{issue.no}：答复待发布",
        desc=clipped(project.name, 30),
        task_id=task_id,
        quote=clipped(issue.description, 80),
        body=clipped(issue.answer, SHOWN),
        fields=(CardField("答复人", who), *((CardField("协办", helping),) if helping else ())),
        buttons=(
            CardButton("发布", f"issue.release:{issue.no}", 1),
            CardButton("退回", f"issue.return:{issue.no}", 3, page=_page(issue, "return")),
        ),
        commands=(f"发布 {issue.no}", f"退回 {issue.no} 原因"),
    )


def to_extend(issue: Issue, project: Project, task_id: str, wish: Wish) -> Card:
    """For whoever may grant it: more time is asked for."""
    return Card(
        CardKind.BUTTONS,
        page=_page(issue),
        title=f"问题{issue.no}：申请延期",
        desc=clipped(project.name, 30),
        task_id=task_id,
        quote=clipped(wish.reason, QUOTED),
        body=f"{wish.who}申请延期{wish.days}个工作日。内容：{clipped(issue.description, 60)}",
        fields=(CardField("现在的时限", wish.was), CardField("同意后", wish.new)),
        buttons=(
            CardButton("同意延期", f"extend.grant:{issue.no}:{wish.id}", 1),
            CardButton("不同意", f"extend.refuse:{issue.no}:{wish.id}", 3, page=_page(issue, "refuse")),
        ),
        commands=(f"同意延期 {issue.no}", f"不同意延期 {issue.no} 原因"),
    )


def released(issue: Issue, project: Project, task_id: str, when: str) -> Card:
    """Still five minutes to think: send now, or take back."""
    return Card(
        CardKind.BUTTONS,
        page=_page(issue),
        title=f"问题{issue.no}：待发送",
        desc=clipped(project.name, 30),
        task_id=task_id,
        body=f"将于{when}发到工作群。",
        buttons=(
            CardButton("立即发送", f"issue.now:{issue.no}", 1),
            CardButton("撤销", f"issue.undo:{issue.no}", 3),
        ),
    )


def settled(title: str, project_name: str, task_id: str, line: str) -> Card:
    """A final state: what was done; `handled` adds by whom and when. Nothing to press any more."""
    return Card(
        CardKind.BUTTONS,
        title=clipped(title, 26),
        desc=clipped(project_name, 30),
        task_id=task_id,
        body=line,
        buttons=(CardButton(clipped(line, 10), "done", 2),),
        replaced=clipped(line, 10),
    )


def handled(card: Card, who: str, when: str) -> Card:
    """Of a final state: by whom ("" where nobody is to be named, or the line says it) and when."""
    by = (CardField("办理人", who),) if who and who not in card.body else ()
    return replace(card, fields=(*by, CardField("时间", when)))


def _page(issue: Issue, do: str = "") -> str:
    return f"/m/issue/{issue.no}{f'?do={do}' if do else ''}"


def _fields(issue: Issue, site: Site, zone: tzinfo) -> tuple[CardField, ...]:
    item = site.catalogue.items.get(issue.item_id or "")
    found = [CardField("类别", CATEGORY_NAMES[issue.category])]
    if item:
        found.append(CardField("事项", item.spoken))
    respond_by = issue.offer_until or issue.respond_by
    if respond_by:
        found.append(CardField("接办时限", moment(respond_by, zone)))
    if issue.answer_by:
        found.append(CardField("答复时限", moment(issue.answer_by, zone)))
    return tuple(found)
