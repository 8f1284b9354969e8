"""What is said of papers to the government and of referral letters: made, sent, followed up, answered."""

from __future__ import annotations

from domain.issues import Issue
from domain.submissions import Submission, SubmissionKind

_NAMES = {SubmissionKind.GOVERNMENT: "呈报", SubmissionKind.LETTER: "问题反馈函"}
_SENT = {
    SubmissionKind.GOVERNMENT: "已报送 {no} 9月16日",
    SubmissionKind.LETTER: "函已发出 {no} 粤政易 9月16日",
}
_ANSWER = {SubmissionKind.GOVERNMENT: "政府答复 {no} 内容", SubmissionKind.LETTER: "函复 {no} 内容"}


def ask_request(issue: Issue) -> str:
    return f"请直接回复问题{issue.no}提请政府协调解决的事项，将写入呈报（30分钟内有效，发送“取消”放弃）"


def ask_letter(issue: Issue) -> str:
    return f"问题{issue.no}发函给哪个单位、建议怎样办理？请直接回复“单位 建议”，例如：市供电局 请研究提前送电（30分钟内有效，发送“取消”放弃）"


def made(issue: Issue, one: Submission, number: str, by: str) -> str:
    how = _SENT[one.kind].format(no=issue.no)
    return f"问题{issue.no}的{_NAMES[one.kind]}{number}（致{one.to_whom}）已生成，文件发给您。请核对盖章，在{by}前送出，送出后发送“{how}”。"


def sent(issue: Issue, one: Submission, on: str, by: str) -> str:
    how = _ANSWER[one.kind].format(no=issue.no)
    return f"已登记：问题{issue.no}的{_NAMES[one.kind]}{on}送出。请在{by}前跟进，有答复发送“{how}”，没有发送“跟进 {issue.no} 情况”。"


def followed(issue: Issue, by: str) -> str:
    return f"已登记问题{issue.no}的跟进情况，工作群已告知进展，下次请在{by}前跟进。"


def answered(issue: Issue, one: Submission) -> str:
    return f"已登记{one.to_whom}的答复，问题{issue.no}的答复已拟好，核对无误后发送“发布 {issue.no}”，要改请发送“回复 {issue.no} 内容”。"
