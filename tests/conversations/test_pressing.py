"""催办: politely, once a working day; 督办: a numbered form with a day, the chief and the supervisor told, and an end."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from bot.documents import papers
from tests.talk import (
    CHIEF,
    CONTACT,
    DEPUTY,
    GROUP,
    LEADER,
    OFFICER,
    OTHER_GROUP,
    OTHER_OFFICER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)

OTHER_CONTACT = "zhou.min"
LATE = "2026-09-22T09:00:00"  # a working day after the last day of problem 3
NUMBER = "YX-DB-2026-0003"  # the clock has pressed for the two of the sample before
ORDER = "督办 3 请于9月24日前说明退件依据并答复"


@pytest.fixture
def late(talk: Talk, problem: int) -> int:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is(LATE)
    _heard(talk)
    return problem


def _heard(talk: Talk) -> dict[str, list[str]]:
    people = (OFFICER, OTHER_OFFICER, REPRESENTATIVE, DEPUTY, CHIEF, LEADER, SUPERVISOR, CONTACT)
    found = {who: talk.sees(who) for who in people}
    return {who: texts for who, texts in found.items() if texts}


# ---------------------------------------------------------------- 催办


def test_the_enterprise_urges_and_whoever_has_it_hears_it_politely(talk: Talk, problem: int) -> None:
    _heard(talk)
    assert talk.says(CONTACT, "催办 3") == (
        "已向住建局黄志坚转告对问题3的催办，答复时限9月21日（周一）17:30。发送“问题3 进度”可随时查看。"
    )
    assert _heard(talk) == {
        REPRESENTATIVE: [
            "**催办**：岭南新材料厂房的问题3，项目单位陈静请您关注。答复时限9月21日（周一）17:30。"
            "内容：施工许可窗口要求补交村委会盖章，清单上没有这一条。"
            "发送“我来办 3”接办，或“回复 3 答复内容”答复即可。"
        ]
    }


def test_nobody_is_urged_twice_about_the_same_on_a_working_day(talk: Talk, problem: int) -> None:
    talk.says(CONTACT, "催办 3")
    _heard(talk)
    before = talk.stored()
    for who, chat in ((CONTACT, GROUP), (OFFICER, "app"), (SUPERVISOR, "app"), (SIGNATORY, "app")):
        assert talk.says(who, "催办 3", chat) == (
            "问题3已于9月15日（周二）09:30催办过住建局黄志坚，9月16日（周三）08:30起可再催"
            "（为避免重复打扰，每人每个工作日只转告一次催办）。"
        )
    assert talk.stored() == before
    assert talk.sees(REPRESENTATIVE) == []
    talk.time_is("2026-09-16T08:31:00")
    assert talk.says(OFFICER, "催办 3", "app").startswith("已向住建局黄志坚转告对问题3的催办")
    assert [t for t in talk.sees(REPRESENTATIVE) if "服务专员李娜请您关注" in t]


def test_what_comes_later_in_the_day_is_told_in_one_message_the_next_morning(
    talk: Talk, problem: int
) -> None:
    talk.says(CONTACT, "催办 3")
    four = talk.files_problem("反馈问题：施工许可的窗口排队太久叫不到号")
    five = talk.files_problem("反馈问题：施工许可预审意见前后三次都不一样")
    _heard(talk)
    later = "将于9月16日（周三）08:30转告住建局黄志坚（为避免重复打扰，每人每个工作日只转告一次催办）。"
    assert talk.says(CONTACT, f"催办 {four}") == f"问题{four}的催办已记下，{later}"
    assert talk.says(SUPERVISOR, f"催办 {five}", "app") == f"问题{five}的催办已记下，{later}"
    before = talk.stored()
    assert "已经记下，将于9月16日（周三）08:30转告" in talk.says(CONTACT, f"催办 {five}")
    assert talk.stored() == before
    talk.time_is("2026-09-15T17:00:00")
    talk.time_is("2026-09-15T20:00:00")
    assert REPRESENTATIVE not in {who for who, t in _heard(talk).items() if any("催办" in one for one in t)}
    talk.says(REPRESENTATIVE, f"回复 {four} 已加开两个窗口。", "app")
    talk.time_is("2026-09-16T08:30:00")
    (said,) = [t for t in talk.sees(REPRESENTATIVE) if "催办" in t]
    assert f"问题{five}，督办人员许慧请您关注" in said
    assert f"问题{four}" not in said  # answered meanwhile: now the officer's to release
    talk.time_is("2026-09-16T08:31:00")
    (released,) = [t for t in talk.sees(OFFICER) if t.startswith("**催办**")]
    assert f"发送“发布 {four}”即可发布答复" in released
    assert not [t for t in talk.sees(REPRESENTATIVE) if "催办" in t]


def test_at_night_it_waits_for_the_morning(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-18T21:00:00")
    _heard(talk)
    assert "将于9月20日（周日）08:30转告住建局黄志坚" in talk.says(CONTACT, "问题3催一下")  # a make-up day
    assert "将于9月20日（周日）08:30转告服务专员李娜" in talk.says(CONTACT, "帮忙催一下环评")
    assert _heard(talk) == {}
    talk.time_is("2026-09-20T08:31:00")
    assert [t for t in talk.sees(REPRESENTATIVE) if t.startswith("**催办**")]
    assert [t for t in talk.sees(OFFICER) if t.startswith("**催办**") and "环评" in t]


@pytest.mark.parametrize(
    ("who", "chat", "answer"),
    [
        (OTHER_CONTACT, "app", "没有找到问题3"),
        (OTHER_CONTACT, OTHER_GROUP, "没有找到问题3"),
        (REPRESENTATIVE, "app", "催办由项目单位登记的经办人、代表人，或本项目的服务专员、督办人员提出"),
        ("sun.liang", "app", "您还没有在本系统登记"),
    ],
)
def test_who_has_no_part_in_it_does_not_urge(
    talk: Talk, problem: int, who: str, chat: str, answer: str
) -> None:
    before = talk.stored()
    assert answer in talk.says(who, "催办 3", chat)
    assert talk.stored() == before


def test_what_is_answered_or_ones_own_is_not_urged(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "回复 3 清单不含村委会证明。", "app")
    assert talk.says(OFFICER, "催办 3", "app") == ("问题3现在由您处理，不用催办。发送“发布 3”即可发布答复。")
    talk.says(OFFICER, "立即发送 3", "app")
    before = talk.stored()
    assert "问题3已答复，不用催办。" in talk.says(CONTACT, "催办 3")
    assert talk.stored() == before


# ---------------------------------------------------------------- 督办


def test_the_supervisor_presses_with_a_form_and_a_day(talk: Talk, late: int) -> None:
    assert talk.says(SUPERVISOR, ORDER, "app") == (
        f"督办单{NUMBER}已发出：问题3，住建局黄志坚应于9月24日（周四）17:30前反馈，并告知业务负责人冯建平。"
        "收到反馈后发送“办结督办 3 原因”销号。"
    )
    heard = _heard(talk)
    assert set(heard) == {OFFICER, REPRESENTATIVE, CHIEF, SUPERVISOR}
    assert heard[CHIEF] == [
        f"**督办**（{NUMBER}，督办人员许慧发出）：问题3应于9月21日（周一）17:30前答复，现未答复，已超过1个工作日。\n"
        "项目：岭南新材料年产3万吨改性塑料厂房\n"
        "内容：施工许可窗口要求补交村委会盖章，清单上没有这一条\n"
        "督办意见：请于9月24日前说明退件依据并答复\n"
        "请在9月24日（周四）17:30前反馈：发送“反馈督办 3 办理情况和完成日期”。发送“回复 3 答复内容”答复即可。"
    ]
    assert any(t.startswith("督办：问题3｜") and "督办单:" + NUMBER in t for t in heard[REPRESENTATIVE])
    assert heard[SUPERVISOR] == [f"督办单{NUMBER}.docx"] or any(NUMBER in t for t in heard[SUPERVISOR])
    paper = _paper(talk)
    for words in (NUMBER, "住房和城乡建设局", "2026年9月24日", "请于9月24日前说明退件依据并答复"):
        assert words in paper
    assert "督办" not in "".join(talk.sees(CONTACT, GROUP))  # nothing of it in the enterprise's group


def test_the_officer_presses_and_the_supervisor_is_copied(talk: Talk, late: int) -> None:
    said = talk.says(OFFICER, "督办 3 请说明原因", "app")
    assert "应于9月24日（周四）17:30前反馈" in said  # as the site says, two working days
    assert "抄送督办人员许慧" in said
    assert any("服务专员李娜发出" in t and "负责：住建局黄志坚" in t for t in talk.sees(SUPERVISOR))


def test_an_order_without_words_asks_for_them(talk: Talk, late: int) -> None:
    assert talk.says(SUPERVISOR, "督办 3", "app").startswith("请直接回复对问题3的督办意见")
    assert talk.says(SUPERVISOR, "请于9月23日前答复", "app").startswith(f"督办单{NUMBER}已发出")


def test_one_press_at_a_time_and_only_what_is_late(talk: Talk, problem: int) -> None:
    before = talk.stored()
    assert talk.says(SUPERVISOR, ORDER, "app") == (
        "问题3的时限9月21日（周一）17:30还没有到，正式督办只用于超过时限的问题。可先发送“催办 3”。"
    )
    assert talk.stored() == before
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is(LATE)
    talk.says(SUPERVISOR, ORDER, "app")
    before = talk.stored()
    assert talk.says(OFFICER, "督办 3 再说明一次", "app").startswith(f"问题3已有督办单{NUMBER}（待反馈")
    assert talk.stored() == before


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        ("督办 3 请于9月22日前答复", "应晚于今天"),
        ("督办 3 请于9月26日前答复", "不是工作日"),
        ("督办 3 请于2027年1月6日前答复", "放假安排尚未公布，不作正式督办"),
        ("督办 3 " + "好" * 301, "请控制在300字以内（现在301字）"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(talk: Talk, late: int, order: str, answer: str) -> None:
    before = talk.stored()
    assert answer in talk.says(SUPERVISOR, order, "app")
    assert talk.stored() == before


@pytest.mark.parametrize("order", [ORDER, "办结督办 3 已答复"])
def test_nobody_else_presses_or_ends_it(talk: Talk, late: int, order: str) -> None:
    if order != ORDER:
        talk.says(SUPERVISOR, ORDER, "app")
    before = talk.stored()
    for who in (REPRESENTATIVE, CHIEF, CONTACT):
        assert "督办由该项目的服务专员或督办人员发出和销号" in talk.says(who, order, "app")
    assert "没有找到问题3" in talk.says(OTHER_CONTACT, order, "app")
    assert "督办不在群里进行" in talk.says(OFFICER, order, GROUP)
    assert talk.stored() == before


def test_feedback_and_end_are_told_and_stand_on_the_form(talk: Talk, late: int) -> None:
    talk.says(SUPERVISOR, ORDER, "app")
    _heard(talk)
    talk.taps(REPRESENTATIVE, f"press.answer:3:{_press(talk)}")
    assert talk.says(REPRESENTATIVE, "窗口口径已统一，9月23日答复。", "app") == (
        f"督办单{NUMBER}的反馈已收到，已告知许慧、李娜。"
    )
    assert "的反馈已收到" in talk.says(DEPUTY, "反馈督办 3 会同核对", "app")  # a colleague of the department
    assert any("**督办反馈**" in t and "窗口口径已统一" in t for t in talk.sees(SUPERVISOR))
    assert "这份督办单由督办人员销号。如有需要，请联系许慧" in talk.says(OFFICER, "办结督办 3 已反馈", "app")
    assert "请写明销号原因" not in talk.says(SUPERVISOR, "办结督办 3", "app")
    assert talk.says(SUPERVISOR, "已按期反馈并答复", "app") == f"督办单{NUMBER}已销号，已告知被督办人。"
    assert any("已由许慧销号：已按期反馈并答复" in t for t in talk.sees(REPRESENTATIVE))
    paper = _paper(talk)
    for words in ("窗口口径已统一，9月23日答复；会同核对", "销号原因：已按期反馈并答复", "2026年9月22日"):
        assert words in paper
    before = talk.stored()
    for who, order in ((SUPERVISOR, "办结督办 3 再办"), (REPRESENTATIVE, "反馈督办 3 又办")):
        assert talk.says(who, order, "app").startswith("这个问题没有未销号的督办单")
    assert talk.stored() == before


def test_no_feedback_in_time_is_told_once(talk: Talk, late: int) -> None:
    talk.says(SUPERVISOR, "督办 3 请说明", "app")
    _heard(talk)
    talk.time_is("2026-09-25T08:29:00")  # a holiday: Mid-Autumn
    talk.time_is("2026-09-28T08:29:00")
    assert not [t for texts in _heard(talk).values() for t in texts if "逾期未反馈" in t]
    talk.time_is("2026-09-28T08:30:00")
    heard = {who for who, texts in _heard(talk).items() if any("督办逾期未反馈" in t for t in texts)}
    assert heard == {OFFICER, REPRESENTATIVE, CHIEF, SUPERVISOR}
    talk.time_is("2026-09-28T09:30:00")
    assert not [t for texts in _heard(talk).values() for t in texts if "逾期未反馈" in t]


def test_the_list_shows_to_each_their_own(talk: Talk, late: int) -> None:
    talk.says(SUPERVISOR, ORDER, "app")
    line = f"{NUMBER}：岭南新材料厂房，问题3，住建局黄志坚，待反馈，反馈时限9月24日（周四）17:30"
    for who, count in ((SUPERVISOR, 3), (OFFICER, 3), (REPRESENTATIVE, 1), (CHIEF, 1)):
        said = talk.says(who, "督办清单", "app")
        assert said.startswith(f"未销号的督办单（{count}份）：\n1. ")
        assert line in said
    assert line not in talk.says("deng.shaowen", "督办", "app")  # of the water bureau
    assert talk.says("zeng.fangang", "督办", "app").startswith("现在没有未销号的督办单")
    assert "督办由" in talk.says(CONTACT, "督办清单", "app")
    assert "督办由" in talk.says(OFFICER, "督办清单", GROUP)


def test_the_clock_presses_once_with_the_same_form(talk: Talk, late: int) -> None:
    for day in (23, 24, 28):
        talk.time_is(f"2026-09-{day}T08:31:00")
    _heard(talk)
    talk.time_is("2026-09-29T08:31:00")
    assert "按时限规则发出）：问题3应于" in "".join(talk.sees(CHIEF))
    assert "问题3已有督办单YX-DB-2026-" in talk.says(SUPERVISOR, "督办 3 请说明", "app")
    assert "已销号，已告知被督办人" in talk.says(OFFICER, "办结督办 3 已协调，由专员跟进", "app")
    assert talk.issue(3).steps  # the ladder goes on whatever becomes of the form


def test_nobody_is_pressed_formally_on_a_guessed_day(talk: Talk) -> None:
    talk.time_is("2026-12-30T10:00:00")
    talk.files_problem()
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is("2027-01-11T09:00:00")
    before = talk.stored()
    assert "暂按周一至周五推算" in talk.says(SUPERVISOR, "督办 3 请说明", "app")
    assert talk.stored() == before
    for day in range(11, 30):
        talk.time_is(f"2027-01-{day:02d}T08:31:00")
    with talk.parts.store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM presses")).scalar() == 0


def test_what_is_about_a_person_has_no_form(talk: Talk) -> None:
    talk.says(CONTACT, "我要投诉住建局黄志坚态度太差", "app")
    talk.says(CONTACT, "1", "app")
    talk.time_is("2026-09-18T09:00:00")
    before = talk.stored()
    assert "针对个人的反映，不出督办单" in talk.says(SUPERVISOR, "督办 3 请说明", "app")
    assert "没有找到问题3" in talk.says(REPRESENTATIVE, "催办 3", "app")
    assert talk.stored() == before
    _heard(talk)
    assert "转告服务专员李娜" in talk.says(CONTACT, "催办 3", "app").replace("已向", "转告")
    heard = _heard(talk)
    assert set(heard) == {OFFICER, CONTACT}
    assert "态度" not in "".join(heard[OFFICER])


def _press(talk: Talk) -> int:
    with talk.parts.store.engine.connect() as connection:
        return int(connection.execute(text("SELECT max(id) FROM presses")).scalar_one())


def _paper(talk: Talk) -> str:
    """The newest F27, as its cells read."""
    from io import BytesIO  # noqa: PLC0415

    from docx import Document  # noqa: PLC0415

    with talk.parts.store.reading() as tx:
        form = tx.forms.of_project(1)[-1]
        site = talk.parts.sites.get(tx).site
    assert form.form == "F27"
    json.dumps(dict(form.values))
    document = Document(BytesIO(papers.filled_form(form, site).data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])
