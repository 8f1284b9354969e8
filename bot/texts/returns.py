"""Returns (报送): what is asked, what came, what is missing – always with the day and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import clipped, day, lines
from domain.returns import Campaign, DepartmentReturn, ReturnKind, ReturnState
from domain.site import Site

MOST_SHOWN = 8
NOT_IN_A_GROUP = "报送是部门内部事务，请到与我的单聊里办理。"
NOTHING = "目前没有需要报送的表。"
HOW_TO_CALL = "请写明报送种类和截止日期，例如：发起报送 名单 10月20日前。"
NOT_A_SCAN = "盖章件没有收下：请发扫描件或照片，再发送“报送 编号 盖章件”。"


def named(one: DepartmentReturn, campaign: Campaign, kind: ReturnKind) -> str:
    return f"报送{one.id}《{kind.title}》（{campaign.period.name}）"


def how(one: DepartmentReturn, kind: ReturnKind) -> str:
    nil = f"没有内容的，回复“报送 {one.id} 无”；" if kind.may_be_nil else ""
    return f"{nil}填好表格发到与代办助手机器人的单聊，再发送“报送 {one.id}”"


def asked(one: DepartmentReturn, campaign: Campaign, kind: ReturnKind, site: Site, today: date) -> str:
    who = site.departments[one.department].short
    when = (
        f"请于{day(campaign.due)}前报送"
        if today <= campaign.due
        else f"应于{day(campaign.due)}前报送，已过期，请补报"
    )
    return f"{named(one, campaign, kind)}：{who}{when}，空白表随后发给您。{how(one, kind)}。"


def reminder(one: DepartmentReturn, campaign: Campaign, kind: ReturnKind, site: Site, late: int) -> str:
    """`late`: working days behind the last day; not above 0 while there is time."""
    when = f"{day(campaign.due)}到期，已逾期{late}个工作日" if late > 0 else f"{day(campaign.due)}截止"
    back = f"（已退回：{clipped(one.reason, 60)}）" if one.state is ReturnState.SENT_BACK else ""
    who = site.departments[one.department].short
    return f"{named(one, campaign, kind)}：{who}未报{back}，{when}。{how(one, kind)}。"


def notice(said: Sequence[str]) -> str:
    """All of it that fits in one message; the rest is one word away."""
    head, shown = "**报送提醒**", list(said)
    while len(lines(head, *shown).encode()) > 1800 and len(shown) > 1:
        shown.pop()
    left = len(said) - len(shown)
    return lines(head, *shown, f"另有{left}项，发送“报送”查看。" if left else "")


def missing(
    campaign: Campaign, kind: ReturnKind, returns: Sequence[DepartmentReturn], site: Site, today: date
) -> str:
    late = "，已过期" if today > campaign.due else ""
    return f"{standing(campaign, kind, returns, site)}。{day(campaign.due)}截止{late}。"


def standing(campaign: Campaign, kind: ReturnKind, returns: Sequence[DepartmentReturn], site: Site) -> str:
    shorts = {state: [] for state in ReturnState}  # type: dict[ReturnState, list[str]]
    for one in returns:
        shorts[one.state].append(site.departments[one.department].short)
    nil = len(shorts[ReturnState.NIL])
    came = len(shorts[ReturnState.RETURNED]) + nil
    nil_words = f"，其中零报送{nil}个" if nil else ""
    back = (
        f"；退回待重报：{'、'.join(shorts[ReturnState.SENT_BACK])}" if shorts[ReturnState.SENT_BACK] else ""
    )
    waiting = f"；未报：{'、'.join(shorts[ReturnState.WAITING])}" if shorts[ReturnState.WAITING] else ""
    return f"《{kind.title}》（{campaign.period.name}）：应报{len(returns)}个部门，已报{came}个{nil_words}{back}{waiting}"


def overview(found: Sequence[tuple[Campaign, ReturnKind, list[DepartmentReturn]]], site: Site) -> str:
    """For whoever sees to all of them."""
    shown = [
        f"{n}. {standing(campaign, kind, returns, site)}。{day(campaign.due)}截止。"
        for n, (campaign, kind, returns) in enumerate(found, 1)
    ]
    return lines("**报送情况：**", *shown, f"汇总表请发送：报送汇总 {found[0][1].called[0]}")


def own(found: Sequence[tuple[DepartmentReturn, Campaign, ReturnKind]], today: date) -> str:
    shown = []
    for n, (one, campaign, kind) in enumerate(found, 1):
        late = "，已过期" if today > campaign.due else ""
        back = f"，已退回：{clipped(one.reason, 60)}" if one.state is ReturnState.SENT_BACK else ""
        shown.append(f"{n}. {named(one, campaign, kind)}：{day(campaign.due)}前{late}{back}")
    one, _, kind = found[0]
    return lines("**需要您报送：**", *shown, f"{how(one, kind)}；要空白表发送“报送 {one.id} 模板”。")


def todo(found: Sequence[tuple[DepartmentReturn, Campaign, ReturnKind]], today: date) -> str:
    if not found:
        return ""
    listed = [
        f"{named(*each)}：{day(each[1].due)}前{'，已过期' if today > each[1].due else ''}"
        for each in found[:3]
    ]
    more = f"另有{len(found) - 3}项，" if len(found) > 3 else ""
    return lines(f"**等您报送**：{len(found)}项", *listed, f"{more}怎么报请发送“报送”。")


def which_file(one: DepartmentReturn, kind: ReturnKind) -> str:
    return f"没有找到您30分钟内发来的表格。{how(one, kind)}；要空白表发送“报送 {one.id} 模板”。"


def looking(one: DepartmentReturn) -> str:
    return f"表格已收到，正在核对报送{one.id}，结果随后单独告知您。"


def stamp_looking(one: DepartmentReturn) -> str:
    return f"盖章件已收到，附在报送{one.id}后面。"


def taken(one: DepartmentReturn, campaign: Campaign, kind: ReturnKind, count: int) -> str:
    return f"{named(one, campaign, kind)}已报送，共{count}条。需要更正的，重新发表格并发送“报送 {one.id}”。"


def nil_taken(one: DepartmentReturn, campaign: Campaign, kind: ReturnKind) -> str:
    return f"{named(one, campaign, kind)}已登记为零报送。有内容要补报的，发表格并发送“报送 {one.id}”。"


def no_nil(one: DepartmentReturn, kind: ReturnKind) -> str:
    return f"《{kind.title}》不能零报送，请填好表格发到与代办助手机器人的单聊，再发送“报送 {one.id}”。"


def refused(one: DepartmentReturn, problems: Sequence[str]) -> str:
    shown = [f"{n}. {problem}" for n, problem in enumerate(problems[:MOST_SHOWN], 1)]
    left = len(problems) - len(shown)
    more = f"另有{left}处。" if left > 0 else ""
    return lines(f"报送{one.id}的表格没有导入，请改好后重发：", *shown, more)


def other_table(made_for: int) -> str:
    return f"这是报送 {made_for} 的表格，请发送：报送 {made_for}"


def template_sent(one: DepartmentReturn, campaign: Campaign, kind: ReturnKind) -> str:
    return f"{named(one, campaign, kind)}的空白表已发到您的应用会话。{how(one, kind)}。"


def sent_back(one: DepartmentReturn, campaign: Campaign, kind: ReturnKind, reason: str) -> str:
    return f"{named(one, campaign, kind)}被退回：{clipped(reason, 200)}。请于{day(campaign.due)}前改好重报（发送“报送 {one.id}”）。"


def sent_back_answer(one: DepartmentReturn, site: Site) -> str:
    return f"报送{one.id}已退回{site.departments[one.department].short}，原因已告知报送人。"


def complete(campaign: Campaign, kind: ReturnKind) -> str:
    return f"《{kind.title}》（{campaign.period.name}）已全部报齐，汇总表请发送：报送汇总 {kind.called[0]}"


def called(kind: ReturnKind, campaign: Campaign, count: int, left_out: Sequence[str]) -> str:
    nobody = f"{'、'.join(left_out)}没有登记报送人，请另行通知。" if left_out else ""
    return f"已发起《{kind.title}》报送：{count}个部门，{day(campaign.due)}前；到期前后由我提醒，未报名单发给您。{nobody}"


def already_called(kind: ReturnKind) -> str:
    return f"《{kind.title}》今天已经发起过报送，发送“报送”查看情况。"


def nobody_to_ask(kind: ReturnKind) -> str:
    return f"还没有登记可以报送《{kind.title}》的人员，请先由管理员导入人员名单。"


def result_sent(kind: ReturnKind, campaign: Campaign) -> str:
    return f"《{kind.title}》（{campaign.period.name}）汇总表已发到您的应用会话。"


def which_kind(kinds: Sequence[ReturnKind]) -> str:
    names = "、".join(kind.called[0] for kind in kinds)
    return f"请写明是哪一种报送（{names}），例如：报送汇总 {kinds[0].called[0]}。" if kinds else NOTHING
