"""The four ways of a problem, each to its end: representative, joint meeting, government, letter (R129–R133)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import cycle

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.documents import papers
from bot.platform import Paper
from domain.issues import IssueLevel, IssueStatus
from domain.rungs import Rung
from scheduler.jobs import auditor
from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    OTHER_OFFICER,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)

LEAD, OTHER, THIRD = REPRESENTATIVE, "zeng.fangang", "ye.zirong"  # 住建局, 发改局, 自然资源局
INTERNAL = "备案早就办结了别找我们"
MINUTES = """会议纪要 3
意见：住建局同意按清单收件；发改局无意见
1. 住建局黄志坚 9月25日前 出具书面意见
2、发改局 9月24日前 更正办事指南
未决：占道费用标准"""


@pytest.fixture
def kicked(talk: Talk, problem: int) -> Iterator[int]:
    """Given away twice: the officer climbs. Whatever was said among officers never reaches the group."""
    talk.says(LEAD, "转办 3 发改局 属备案变更", "app")
    talk.says(OTHER, f"不属本部门 3 {INTERNAL}", "app")
    yield problem
    told = [str(one) for one in talk.platform.history(CONTACT, GROUP)]
    assert not any(INTERNAL in one or "占道费用标准" in one for one in told)
    assert not any("问题3" in text or "岭南" in text for text in talk.sees("zhou.min", OTHER_GROUP))


def in_group(talk: Talk) -> list[str]:
    return [text for text in talk.sees(CONTACT, GROUP) if "问题3" in text]


def text_of_paper(talk: Talk, form: str) -> str:
    with talk.parts.store.reading() as tx:
        (filled,) = [one for one in tx.forms.of_project(1) if one.form == form and one.state != "void"]
        data = papers.filled_form(filled, talk.parts.sites.get(tx).site).data
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def hard_issue(talk: Talk) -> dict[str, object]:
    """The row of 难点问题台账 (F11)."""
    with talk.parts.store.reading() as tx:
        facts = talk.parts.sites.get(tx)
        desk = papers.Desk(tx, facts.site, facts.calendar, talk.parts.clock.now())
        data = papers.draw(Paper("ledger", "2026-09-01:2026-09-30:all"), desk).data
    sheet = load_workbook(io.BytesIO(data))["难点问题台账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "问题编号" in row)
    row = next(row for row in rows if "问题3" in row)
    return dict(zip(map(str, head), row, strict=True))


def always_going_on(talk: Talk) -> None:
    """R139: an owner, a next step and a date; the auditor finds nothing to repair."""
    issue, before = talk.issue(3), talk.stored()
    assert issue.desk_by is not None
    assert issue.next_step_at is not None
    auditor.run(talk.parts, talk.parts.clock.now())
    assert talk.stored() == before
    said = talk.says(CONTACT, "问题3 进度")
    assert "下一步：服务专员李娜在" in said


# ---------------------------------------------------------------- first way


def test_a_representative_answers(talk: Talk, problem: int) -> None:
    talk.says(LEAD, "我来办 3", "app")
    talk.says(LEAD, "回复 3 窗口已更正，按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    assert "答复：窗口已更正，按清单收件。" in in_group(talk)[-1]
    talk.says(CONTACT, "问题3 已解决")
    issue = talk.issue(3)
    assert (issue.status, issue.level) == (IssueStatus.CLOSED, IssueLevel.REPRESENTATIVE)


# ---------------------------------------------------------------- second way


def voted(talk: Talk) -> None:
    talk.says(OFFICER, "联席会议 3", "app")
    talk.says(OFFICER, "1", "app")
    talk.says(LEAD, "1 3", "app")
    talk.taps(OTHER, "joint.vote:1", selected={"slots": ["1", "2"]})


def held(talk: Talk) -> None:
    voted(talk)
    talk.says(OFFICER, "定 3 1", "app")
    talk.time_is("2026-09-17T11:00:00")
    talk.says(OFFICER, MINUTES, "app")


def test_a_joint_meeting_solves_it(talk: Talk, kicked: int) -> None:
    in_group(talk)
    _called(talk)
    _chosen(talk)
    _invited(talk)
    _written_down(talk)
    _carried_out(talk)
    talk.says(OFFICER, "回复 3 窗口自9月18日起按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    assert "答复：窗口自9月18日起按清单收件。" in in_group(talk)[-1]
    talk.says(CONTACT, "问题3 已解决")
    issue = talk.issue(3)
    assert (issue.status, issue.level, issue.rung) == (
        IssueStatus.CLOSED,
        IssueLevel.JOINT_MEETING,
        Rung.NONE,
    )


def _called(talk: Talk) -> None:
    assert talk.says(OFFICER, "联席会议 3", "app").splitlines() == [
        "问题3已提请联席会议，请在9月16日（周三）17:30前约定时间。建议：",
        "1. 9月17日（周四）09:30",
        "2. 9月17日（周四）15:00",
        "3. 9月18日（周五）09:30",
        "回复 1 发给发改局曾凡刚、住建局黄志坚选时间；换时间或请其他部门请写：联席会议 3 住建局 城管局 9月18日上午10点、9月21日下午3点。",
    ]
    assert talk.sees(SUPERVISOR)[-1].startswith("**提请联席会议**：问题3（岭南新材料年产3万吨改性塑料厂房）")
    assert in_group(talk) == [
        "@陈静  **【问题3进展】**已由服务专员李娜提请联席会议协调，9月16日（周三）17:30前确定会议时间，确定后在本群告知。"
    ]
    always_going_on(talk)


def _chosen(talk: Talk) -> None:
    talk.says(OFFICER, "1", "app")
    asked = talk.sees(LEAD)
    assert "3. 9月18日（周五）09:30" in asked[-2]
    talk.says(LEAD, "1 3", "app")
    talk.sees(OFFICER)
    update = talk.taps(OTHER, "joint.vote:1", selected={"slots": ["1", "2"]})
    assert "已选" in str(update)
    votes, card = talk.sees(OFFICER)[-2:]
    assert "1. 9月17日（周四）09:30　2人（曾凡刚、黄志坚）" in votes
    assert card.startswith("问题3：确定联席会议时间")
    always_going_on(talk)


def _invited(talk: Talk) -> None:
    talk.sees(LEAD)
    talk.sees(SUPERVISOR)
    talk.taps(OFFICER, "joint.fix:1:1")
    invitation = next(text for text in talk.sees(LEAD) if text.startswith("**联席会议通知**"))
    assert "9月17日（周四）09:30，云溪县行政服务中心会议室。" in invitation
    assert f"发改局曾凡刚认为不属本部门：{INTERNAL}" in invitation
    assert sum("联席会议通知" in text for text in talk.sees(SUPERVISOR)) == 1
    assert in_group(talk)[-1].endswith(
        "有关部门定于9月17日（周四）09:30召开联席会议研究，服务专员李娜在9月18日（周五）17:30前告知会议结果。"
    )
    always_going_on(talk)
    talk.time_is("2026-09-16T09:10:00")
    talk.time_is("2026-09-16T09:12:00")
    assert sum("请准时参加" in text for text in talk.sees(LEAD)) == 1


def _written_down(talk: Talk) -> None:
    talk.time_is("2026-09-17T11:00:00")
    said = talk.says(OFFICER, MINUTES, "app")
    assert "任务1 住建局黄志坚 9月25日前 出具书面意见（办理中）" in said
    assert "任务2 发改局曾凡刚 9月24日前 更正办事指南（办理中）" in said
    paper = text_of_paper(talk, "F24")
    for word in (
        "住建局同意按清单收件",
        "更正办事指南",
        "黄志坚",
        "占道费用标准",
        "发展和改革局",
        "2026年9月25日",
    ):
        assert word in paper, word
    assert in_group(talk)[-1].endswith(
        "9月17日（周四）已召开联席会议，议定2项措施，已分别明确责任人和期限，由服务专员李娜在9月28日（周一）17:30前统一答复。"
    )
    always_going_on(talk)
    row = hard_issue(talk)
    assert (row["协调方式"], row["责任人"]) == ("联席", "李娜")
    assert "落实联席会议议定事项并答复" in str(row["议定措施"])


def _carried_out(talk: Talk) -> None:
    talk.says(LEAD, "完成任务 1 书面意见已送达窗口", "app")
    talk.sees(OFFICER)
    talk.says(OTHER, "完成任务 2 指南已更正", "app")
    assert talk.sees(OFFICER)[-1].startswith("问题3联席会议议定的任务已全部办完")


def test_times_and_departments_in_words_are_asked_at_once(talk: Talk, kicked: int) -> None:
    before = talk.stored()
    bad = (
        "联席会议 3 9月18日晚上9点",
        "联席会议 3 9月14日上午10点",
        "联席会议 3 办公室 看着办",
        "联席会议 3 林业局 9月18日上午10点",
    )
    for order in bad:  # at night, over, no time, nobody on duty
        assert "请" in talk.says(OFFICER, order, "app"), order
        assert talk.stored() == before, order
    said = talk.says(OFFICER, "联席会议 3 自然资源局 9月18日上午10点、9月21日下午3点", "app")
    assert said.startswith("已请发改局曾凡刚、住建局黄志坚、自然资源局叶梓荣选择问题3联席会议的时间")
    assert "2. 9月21日（周一）15:00" in talk.sees(THIRD)[-2]
    assert "已提请联席会议" in talk.says(OFFICER, "提请联席会议 3", "app")
    assert "请写1到2之间的序号" in talk.says(THIRD, "投票 3 7", "app")
    assert "都不能参加" in talk.says(THIRD, "投票 3 0", "app")
    assert "联席会议定于9月22日（周二）10:00，云溪县" in talk.says(OFFICER, "定 3 9月22日上午10点", "app")
    talk.sees(LEAD)
    talk.says(OFFICER, "定 3 9月22日上午11点", "app")  # moved: told again
    assert talk.sees(LEAD)[-1].startswith("**联席会议通知**：9月22日（周二）11:00")
    assert talk.says(OFFICER, "会议 3", "app").startswith("问题3联席会议：时间已定，9月22日（周二）11:00")
    assert "不再征求" in talk.says(THIRD, "投票 3 1", "app")


def test_a_late_meeting_is_told_to_officer_and_supervisor(talk: Talk, kicked: int) -> None:
    talk.says(OFFICER, "联席会议 3", "app")
    talk.time_is("2026-09-17T08:40:00")
    assert any("应于9月16日（周三）17:30前约定联席会议时间" in text for text in talk.sees(OFFICER))
    talk.sees(SUPERVISOR)
    talk.time_is("2026-09-21T08:40:00")
    assert any("督办**：问题3应于9月16日" in text for text in talk.sees(SUPERVISOR))


def test_called_off_it_is_back_on_the_desk(talk: Talk, kicked: int) -> None:
    voted(talk)
    talk.says(OFFICER, "定 1 二楼会议室", "app")
    talk.sees(LEAD)
    assert "请写明取消原因" in talk.says(OFFICER, "取消会议 3", "app")
    talk.says(OFFICER, "取消会议 3 住建局已书面答复", "app")
    assert talk.sees(LEAD)[-1] == "问题3的联席会议已取消，原因：住建局已书面答复。"
    assert talk.issue(3).status is IssueStatus.TRIAGE
    assert "联席会议不再召开" in in_group(talk)[-1]
    assert "没有正在筹备的联席会议" in talk.says(OFFICER, "定 3 1", "app")
    talk.says(OFFICER, "转办 3 住建局 窗口归你们管", "app")
    talk.says(OFFICER, "1", "app")
    assert talk.issue(3).status is IssueStatus.ASSIGNED


def test_minutes_that_cannot_be_kept_change_nothing(talk: Talk, kicked: int) -> None:
    assert "没有正在筹备的联席会议" in talk.says(OFFICER, MINUTES, "app")
    voted(talk)
    assert "还没有定时间" in talk.says(OFFICER, MINUTES, "app")
    talk.says(OFFICER, "定 3 1", "app")
    assert "会后再登记" in talk.says(OFFICER, MINUTES, "app")
    talk.time_is("2026-09-17T11:00:00")
    before = talk.stored()
    for line, problem in (
        ("住建局黄志坚 出具书面意见", "没有写明期限"),
        ("王小二 9月25日前 出具书面意见", "没有写明登记在册的责任人"),
        ("住建局黄志坚 9月25日前", "没有写明要做什么"),
        ("黄志坚、曾凡刚 9月25日前 一起办", "写了不止一个人"),
        ("住建局黄志坚 2026年9月1日前 出具书面意见", "的期限已经过去"),
    ):
        assert problem in talk.says(OFFICER, f"会议纪要 3\n{line}", "app")
        assert talk.stored() == before, line
    talk.says(OFFICER, "会议纪要 3", "app")
    said = talk.says(OFFICER, "意见：各部门一致同意\n答复：窗口自9月18日起按清单收件。", "app")
    assert "答复已拟好" in said
    assert talk.issue(3).status is IssueStatus.ANSWERED
    assert "没有正在筹备的联席会议" in talk.says(OFFICER, MINUTES, "app")


def test_a_task_is_reminded_of_and_told_when_late_each_once(talk: Talk, kicked: int) -> None:
    held(talk)
    seen: list[str] = []
    for day in ("23", "24", "25"):
        for minute in ("06", "30"):
            talk.time_is(f"2026-09-{day}T09:{minute}:00")
        seen += [f"{day} {text}" for text in talk.sees(OTHER) if "任务2" in text and "**" not in text]
    assert seen == [
        "23 提醒：任务2应于9月24日（周四）完成：更正办事指南。完成后发送“完成任务 2 结果”。",
        "24 提醒：任务2应于今天完成：更正办事指南。完成后发送“完成任务 2 结果”。",
    ]
    talk.time_is("2026-09-28T09:06:00")
    late = [text for text in talk.sees(OFFICER) if text.startswith("**任务逾期**：任务2")]
    assert len(late) == 1
    assert late[0].startswith("**任务逾期**：任务2由曾凡刚负责，应于9月24日（周四）前完成")
    assert "任务2（9月24日前）更正办事指南" in talk.says(OTHER, "待办", "app")
    before = talk.stored()
    for who, order in (
        (THIRD, "完成任务 2 办好了"), (CONTACT, "完成任务 2 办好了"), (LEAD, "取消任务 2 不办了"),
        (OTHER, "完成任务 77 办好了"),
    ):  # fmt: skip
        assert "没有找到您的这项任务" in talk.says(who, order, "app")
    assert "请写明完成情况" in talk.says(OTHER, "完成任务 2", "app")
    assert "只在单聊里" in talk.says(OFFICER, "完成任务 2 办好了", GROUP)
    assert talk.stored() == before
    talk.says(OFFICER, "取消任务 2 指南由省里统一更正", "app")
    assert "指南由省里统一更正" in talk.sees(OTHER)[-1]
    assert "这项任务现在不能这样操作" in talk.says(OTHER, "完成任务 2 办好了", "app")


# ---------------------------------------------------------------- third way


def test_the_government_answers(talk: Talk, kicked: int) -> None:
    held(talk)
    in_group(talk)
    before = talk.stored()
    assert "请写明请求或建议" in talk.says(OFFICER, "提交政府 3 快", "app")
    assert "没有在办的呈报或函件" in talk.says(OFFICER, "已报送 3", "app")
    assert talk.stored() == before
    assert talk.says(OFFICER, "提交区政府 3", "app").startswith("请直接回复问题3提请政府协调解决的事项")
    assert talk.says(OFFICER, "请协调明确占道费用的承担单位", "app") == (
        "问题3的呈报YX-CB-2026-0001（致云溪县人民政府）已生成，文件发给您。请核对盖章，在9月18日（周五）17:30前送出，"
        "送出后发送“已报送 3 9月16日”。"
    )
    paper = text_of_paper(talk, "F29")
    for word in ("云溪县人民政府：", INTERNAL, "出具书面意见", "占道费用的承担单位", "住建局同意按清单收件"):
        assert word in paper, word
    always_going_on(talk)
    assert "已有一份致云溪县人民政府的文件在办" in talk.says(OFFICER, "提交政府 3 再请协调一次", "app")
    assert "日期应在" in talk.says(OFFICER, "已报送 3 9月30日", "app")
    assert "还没有送出" in talk.says(OFFICER, "跟进 3 已电话询问县府办", "app")
    talk.says(OFFICER, "已报送 3 9月17日", "app")
    assert in_group(talk)[-1].endswith(
        "9月17日（周四）已报送云溪县人民政府，由服务专员李娜跟进，9月23日（周三）17:30前告知进展。"
    )
    always_going_on(talk)
    row = hard_issue(talk)
    assert (row["协调方式"], str(row["办理时限"])[:10]) == ("区政府", "2026-09-23")
    _followed_up(talk)
    talk.says(OFFICER, "政府答复 3 占道费用由城管局按最低标准收取。", "app")
    assert talk.issue(3).status is IssueStatus.ANSWERED
    assert not any("最低标准" in text for text in in_group(talk))  # only the officer answers (R130)
    talk.says(OFFICER, "立即发送 3", "app")
    assert "答复：占道费用由城管局按最低标准收取。" in in_group(talk)[-1]
    assert "占道费用由城管局按最低标准收取" in text_of_paper(talk, "F29")
    assert talk.issue(3).level is IssueLevel.GOVERNMENT


def _followed_up(talk: Talk) -> None:
    talk.time_is("2026-09-23T09:10:00")
    assert any("取得政府答复或登记跟进情况" in text for text in talk.sees(OFFICER))
    talk.says(OFFICER, "跟进 3 已电话询问县府办，仍在会签", "app")
    told = in_group(talk)
    assert told[-1].endswith("目前尚无答复，10月8日（周四）17:30前再次告知进展。")
    assert "仍在会签" not in "".join(told)
    talk.sees(SUPERVISOR)
    talk.time_is("2026-10-14T09:10:00")
    assert any("督办**：问题3应于" in text for text in talk.sees(SUPERVISOR))


# ---------------------------------------------------------------- fourth way


def test_a_letter_is_answered(talk: Talk, kicked: int) -> None:
    in_group(talk)
    assert talk.says(OFFICER, "问题反馈函 3 市供电局 请研究提前送电", "app").startswith(
        "问题3的问题反馈函YX-FH-2026-0001（致市供电局）已生成"
    )
    paper = text_of_paper(talk, "F18")
    for word in ("市供电局：", "请研究提前送电", "联系人：陈静", "发改局曾凡刚认为不属本部门"):
        assert word in paper, word
    assert "13900000001" not in paper  # the least that is needed
    assert INTERNAL not in paper
    always_going_on(talk)
    before = talk.stored()
    assert "请写明发送渠道" in talk.says(OFFICER, "函已发出 3 9月15日", "app")
    assert "没有在办的呈报或函件" in talk.says(OFFICER, "政府答复 3 同意", "app")
    assert talk.stored() == before
    talk.says(OFFICER, "函已发出 3 粤政易 9月15日", "app")
    assert "☑粤政易" in text_of_paper(talk, "F18").replace(" ", "")
    assert "已发函至市供电局，由服务专员李娜跟进，9月29日（周二）17:30前告知进展" in in_group(talk)[-1]
    always_going_on(talk)
    row = hard_issue(talk)
    assert row["协调方式"] == "发函"
    talk.says(OFFICER, "函复 3 市供电局已安排9月28日送电。", "app")
    talk.says(OFFICER, "发布 3", "app")
    talk.time_is("2026-09-15T09:40:00")
    assert "答复：市供电局已安排9月28日送电。" in in_group(talk)[-1]
    talk.says(CONTACT, "问题3 未解决 还没有通知我们")
    issue = talk.issue(3)
    assert (issue.status, issue.level) == (IssueStatus.TRIAGE, IssueLevel.OUT_OF_SCOPE)


def test_who_may_not_and_where_not(talk: Talk, problem: int) -> None:
    """What is about a person climbs no ladder; nobody else climbs; in the group nothing is arranged."""
    orders = (
        "联席会议 3 9月18日上午10点", "定 3 1", "会议 3", "会议纪要 3 意见：无", "取消会议 3 不开了", "提交政府 3 请协调占道费用",
        "已报送 3", "跟进 3 仍在会签", "政府答复 3 同意", "问题反馈函 3 市供电局 请研究提前送电", "函复 3 已安排",
    )  # fmt: skip
    before = talk.stored()
    for who, order in zip(cycle((REPRESENTATIVE, CONTACT, SUPERVISOR)), orders, strict=False):
        assert "服务专员" in talk.says(who, order, "app"), (who, order)
    for order in ("联席会议 3", "会议 3", "跟进 3 仍在会签", "投票 3 1"):
        assert "只在单聊里" in talk.says(OFFICER, order, GROUP)
    assert "没有找到请您参加的联席会议" in talk.says(OTHER, "投票 3 1", "app")
    assert talk.stored() == before
    assert talk.says(OTHER_OFFICER, "召集联席会议 3", "app").startswith("问题3已提请联席会议")
    talk.says(CONTACT, "投诉 住建局黄志坚态度恶劣一直推诿", "app")
    talk.says(CONTACT, "1", "app")
    assert "针对个人的反映" in talk.says(OFFICER, "联席会议 4", "app")
    assert "针对个人的反映" in talk.says(OFFICER, "提交政府 4 请协调一下此事", "app")


def test_called_by_words_and_by_card(talk: Talk) -> None:
    talk.files_problem("反馈问题：两个部门互相推，路灯到底归谁养护")
    assert "问题3属跨部门（词=两个部门），可提请联席会议" in talk.sees(OFFICER)[-2]
    talk.taps(OFFICER, "issue.joint:3")
    assert any(text.startswith("问题3已提请联席会议") for text in talk.sees(OFFICER))
    assert talk.issue(3).rung is Rung.SLOTS


def test_the_enterprise_never_reads_what_officers_wrote_among_themselves(talk: Talk, kicked: int) -> None:
    held(talk)
    talk.says(OFFICER, "提交政府 3 请协调明确占道费用的承担单位", "app")
    talk.says(OFFICER, "问题反馈函 3 市供电局 请研究提前送电", "app")
    for who, seen in ((CONTACT, False), (OFFICER, True)):
        record = talk.says(who, "我的档案 YX-2026-001", "app")
        for no in ("YX-JY-2026-0001", "YX-CB-2026-0001", "YX-FH-2026-0001"):
            assert (no in record) is seen
            assert ("没有找到您要办理的这份表" in talk.says(who, f"调阅 {no}", "app")) is not seen
    assert not any(".docx" in text for text in talk.sees(CONTACT))


def test_a_paper_is_a_whole_docx(talk: Talk, kicked: int) -> None:
    talk.says(OFFICER, "提交政府 3 请协调明确占道费用的承担单位", "app")
    with talk.parts.store.reading() as tx:
        (filled,) = [one for one in tx.forms.of_project(1) if one.form == "F29"]
        made = papers.filled_form(filled, talk.parts.sites.get(tx).site)
    assert made.name == "提请政府协调解决问题的呈报（YX-CB-2026-0001）.docx"
    assert zipfile.ZipFile(io.BytesIO(made.data)).testzip() is None
