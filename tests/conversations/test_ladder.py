"""The four ways of a problem, each to its end: representative, joint meeting, government, letter (R129–R133)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from bot.documents import papers
from domain.issues import IssueLevel, IssueStatus
from domain.rungs import Rung
from tests.conversations.ladder import (
    INTERNAL,
    LEAD,
    MINUTES,
    OTHER,
    always_going_on,
    hard_issue,
    held,
    in_group,
    kick,
    must_have_stayed_inside,
    text_of_paper,
)
from tests.talk import CONTACT, OFFICER, SUPERVISOR, Talk


@pytest.fixture
def kicked(talk: Talk, problem: int) -> Iterator[int]:
    kick(talk)
    yield problem
    must_have_stayed_inside(talk)


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
    assert any("督办" in text and "问题3应于" in text for text in talk.sees(SUPERVISOR))


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
