"""“周报”: preview, one own line, a correction that says so; text and picture show the same value."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from bot.documents import week_picture
from bot.texts import summaries
from domain.week_report import WeekReport, from_record, to_record
from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, REPRESENTATIVE, Talk

CODE = "YX-2026-001"
LINE = "节前窗口照常收件，请提前一天告诉我。"


def _posted(talk: Talk) -> list[str]:
    return [text for text in talk.sees(CONTACT, GROUP) if "【本周小结" in text]


def _report(talk: Talk) -> WeekReport:
    with talk.parts.store.reading() as tx:
        project = tx.projects.by_code(CODE)
        assert project is not None
        told = tx.week_reports.newest(project.id)
    assert told is not None
    return told


def _pictures(talk: Talk, chat: str = GROUP) -> int:
    sent = [call["body"] for call in talk.platform.log("appchat/send")]
    return sum(body["msgtype"] == "image" and body["chatid"] == chat for body in sent)


def test_the_officer_sees_it_before_adds_a_line_and_the_group_reads_it_once(talk: Talk) -> None:
    preview = talk.says(OFFICER, f"周报 {CODE}", "app").splitlines()
    assert preview[0] == (
        "预览，9月20日（周日）16:20发到工作群。9月20日15:20前可发送“周报 加一句 YX-2026-001 内容”："
    )
    assert "在办4项" in preview[2]
    assert LINE in talk.says(OFFICER, f"周报 加一句 {CODE} {LINE}", "app")
    assert LINE in talk.says(OFFICER, f"周报 {CODE}", "app")
    talk.files_problem()
    talk.time_is("2026-09-20T16:20:00")
    (posted,) = _posted(talk)
    assert posted.splitlines()[1] == f"服务专员：{LINE}"
    assert _pictures(talk) == 1
    assert talk.says(CONTACT, "周报") == posted
    talk.time_is("2026-09-24T16:20:00")  # the line was of one week only
    assert LINE not in _posted(talk)[-1]


def test_until_the_hour_before_then_a_correction_says_so(talk: Talk) -> None:
    talk.files_problem()
    talk.time_is("2026-09-20T15:20:00")
    before = talk.stored()
    assert "加话已经截止" in talk.says(OFFICER, f"周报 加一句 {CODE} {LINE}", "app")
    assert "不用更正" in talk.says(OFFICER, f"更正周报 {CODE} 环评已办结", "app")
    assert talk.stored() == before
    talk.time_is("2026-09-20T16:20:00")
    _posted(talk)
    talk.time_is("2026-09-21T09:00:00")
    said = talk.says(OFFICER, f"更正周报 {CODE} 施工许可已于9月18日办结", "app")
    assert said.startswith("更正后的周小结（第2版）已发到")
    (posted,) = _posted(talk)
    assert posted.splitlines()[:2] == [
        "**【本周小结·更正】岭南新材料年产3万吨改性塑料厂房**（9月14日—9月20日）",
        "更正说明：施工许可已于9月18日办结（以本条为准）",
    ]
    assert _pictures(talk) == 2
    assert _report(talk).version == 2


def test_who_may_not_changes_nothing_and_learns_nothing(talk: Talk) -> None:
    before = talk.stored()
    for user in (CONTACT, REPRESENTATIVE, OUTSIDER):
        for said in (f"周报 加一句 {CODE} 测试", f"更正周报 {CODE} 测试", f"周报 删一句 {CODE}"):
            assert "已" not in talk.says(user, said, "app")[:2]
    assert "岭南" not in talk.says(OUTSIDER, f"周报 {CODE}", "app")
    assert "还没有发布过" in talk.says(CONTACT, "周报")
    # The preview is not for the group, whoever asks there.
    assert "预览" not in talk.says(OFFICER, "周报")
    assert "例如：周报 加一句" in talk.says(OFFICER, f"周报 加一句 {CODE}", "app")
    assert "字以内" in talk.says(OFFICER, f"周报 加一句 {CODE} {'长' * 121}", "app")
    assert "群里不发电话" in talk.says(OFFICER, f"周报 加一句 {CODE} 打13800138000找我", "app")
    assert talk.stored() == before


def test_text_picture_and_what_is_kept_are_one_value(talk: Talk) -> None:
    talk.files_problem()
    talk.says(OFFICER, f"周报 加一句 {CODE} {LINE}", "app")
    talk.time_is("2026-09-20T16:20:00")
    (posted,) = _posted(talk)
    told = _report(talk)
    assert from_record(to_record(told)) == told
    assert summaries.weekly(told) == posted
    board = week_picture.board(told)
    assert dict(board.figures) == {
        "已办结": f"{told.done}/{told.total}", "在办": "4", "超期": "2", "临期": "0", "未了结问题": "1",
    }  # fmt: skip
    for row, line in zip(board.rows, posted.splitlines()[3:], strict=False):
        department, state, *_ = row.below.split("　")
        assert f"{row.name}（{department}）{state}" in line
        assert row.days in line
    for name, listed in board.blocks:
        assert f"{name}：{'、'.join(listed)}" in posted
    assert board.notes == (f"服务专员：{LINE}",)
    assert board.foot in posted
    picture = Image.open(BytesIO(week_picture.draw(told)))
    assert picture.width == 1080
    assert picture.height < 4000
