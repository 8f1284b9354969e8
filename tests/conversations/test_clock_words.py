"""The clock speaks: reminders merged, put off, enough; the officer's morning; the supervisor's ten lines."""

from __future__ import annotations

from datetime import datetime

from storage.reminders import Reminder
from tests.talk import CONTACT, OFFICER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk, reminded


def _reminded(talk: Talk, user: str = CONTACT) -> list[str]:
    return [said for said in talk.sees(user) if "提醒" in said]


def _put(talk: Talk, user: str, *texts: str, at: str = "2026-09-16T08:45:00") -> None:
    """Two occasions on the same morning, as their own lines would write them."""
    now = datetime.fromisoformat(at).replace(tzinfo=talk.parts.clock.zone)
    with talk.parts.store.transaction() as tx:
        tx.reminders.add([Reminder(user, "test", said, now) for said in texts], now)


def test_several_are_one_message_that_can_be_put_off_or_ended(talk: Talk) -> None:
    _put(talk, SIGNATORY, "提醒：一是补交施工合同。", "提醒：二是签署委托书。")
    talk.time_is("2026-09-16T08:59:00")
    assert _reminded(talk, SIGNATORY) == []
    talk.time_is("2026-09-16T09:00:00")
    told, card = _reminded(talk, SIGNATORY)
    assert told == "**今日提醒**（2件）\n\n提醒：一是补交施工合同。\n\n提醒：二是签署委托书。"
    assert card.startswith("以上2件提醒")
    talk.taps(SIGNATORY, "remind_later")
    talk.time_is("2026-09-16T10:59:00")
    assert _reminded(talk, SIGNATORY) == []
    talk.time_is("2026-09-16T11:00:00")
    assert _reminded(talk, SIGNATORY)[0] == told
    _put(talk, SIGNATORY, "提醒：三是缴费凭证。", at="2026-09-16T11:10:00")
    assert talk.says(SIGNATORY, "今天不再提醒", "app") == (
        "好的，今天不再发提醒，没有提醒的并到9月17日（周四）09:00一起发。问题答复、催办和逾期提级不受影响。"
    )
    _reminded(talk, SIGNATORY)
    talk.time_is("2026-09-16T14:45:00")
    assert _reminded(talk, SIGNATORY) == []
    talk.time_is("2026-09-17T09:00:00")
    assert "提醒：三是缴费凭证。" in _reminded(talk, SIGNATORY)[0]


def test_one_message_a_moment_nothing_at_noon_or_at_night_and_a_cap(talk: Talk) -> None:
    _put(talk, SIGNATORY, "提醒：甲。")
    talk.time_is("2026-09-16T09:00:00")
    _put(talk, SIGNATORY, "提醒：乙。", at="2026-09-16T09:05:00")
    for moment in ("09:06:00", "11:59:00", "12:30:00", "14:35:00"):
        talk.time_is(f"2026-09-16T{moment}")
    assert _reminded(talk, SIGNATORY) == ["提醒：甲。"]
    talk.time_is("2026-09-16T14:40:00")
    assert _reminded(talk, SIGNATORY) == ["提醒：乙。"]
    _put(talk, SIGNATORY, "提醒：丙。", at="2026-09-16T15:00:00")
    for moment in ("2026-09-16T17:29:00", "2026-09-16T22:00:00", "2026-09-17T03:00:00"):
        talk.time_is(moment)
    assert _reminded(talk, SIGNATORY) == []
    talk.time_is("2026-09-17T09:00:00")
    talk.time_is("2026-09-16T09:00:00")  # the clock was put back
    talk.time_is("2026-09-17T09:01:00")
    assert _reminded(talk, SIGNATORY) == ["提醒：丙。"]


def test_nothing_to_put_off_is_said_and_others_reminders_stay(talk: Talk) -> None:
    _put(talk, SIGNATORY, "提醒：甲。")
    talk.time_is("2026-09-16T09:00:00")
    before = talk.stored()
    assert talk.says(SUPERVISOR, "稍后提醒", "app").startswith("今天还没有提醒过您")
    assert talk.says(SUPERVISOR, "今天不再提醒", "app").startswith("今天还没有提醒过您")
    assert talk.stored() == before


def test_the_enterprise_is_reminded_once_of_materials_before_each_planned_day(talk: Talk) -> None:
    told = []
    for day in (15, 16, 17, 21):
        talk.time_is(f"2026-09-{day}T09:30:00")
        told += [said for said in reminded(_reminded(talk)) if "·排水许可计划" in said]
    assert told == [
        "材料提醒：岭南新材料年产3万吨改性塑料厂房·排水许可计划9月22日（周二）申报，还缺《排水许可申请表》、《营业执照/身份证明》、"
        "《内部排水管网、检测井、排放口图纸及说明》、《水质水量检测/预测报告》。请在9月22日前引用文件并写“排水许可 材料名称”发给我；"
        "办不到请告诉服务专员改期。"
    ]


def test_the_officers_day_begins_with_the_list_once_and_a_tap_brings_the_card(
    talk: Talk, problem: int
) -> None:
    talk.says(REPRESENTATIVE, f"回复 {problem} 9月16日起按清单收件。", "app")
    talk.sees(OFFICER)
    talk.time_is("2026-09-16T08:49:00")
    assert not [said for said in talk.sees(OFFICER) if "工作清单" in said]
    for moment in ("2026-09-16T08:50:00", "2026-09-16T08:51:00", "2026-09-16T11:00:00"):
        talk.time_is(moment)
    seen = talk.sees(OFFICER)
    (listed,) = [said for said in seen if "工作清单" in said]
    assert listed.startswith("**9月16日（周三）工作清单**\n**等您处理**")
    assert [said for said in seen if "个问题等您处理" in said]
    talk.taps(OFFICER, f"show_issue:{problem}")
    assert any("9月16日起按清单收件。" in said for said in talk.sees(OFFICER))
    talk.sees(CONTACT)
    talk.time_is("2026-09-16T11:30:00")
    assert not [said for said in talk.sees(CONTACT) if "工作清单" in said]


def test_the_supervisor_reads_ten_lines_red_first_and_acts_by_a_tap(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-22T08:39:00")
    assert not [said for said in talk.sees(SUPERVISOR) if "督办简报" in said]
    for moment in ("2026-09-22T08:40:00", "2026-09-22T09:00:00"):
        talk.time_is(moment)
    (told,) = [said for said in talk.sees(SUPERVISOR) if said.startswith("**9月22日")]
    lines = told.splitlines()
    assert len(lines) <= 10
    assert any(line.startswith(f"🔴 岭南新材料厂房·问题{problem}（住建局）超期") for line in lines)
    assert lines[1] == "🔴 清溪食品冷链仓库·问题1（水务局）超期6个工作日；已督办"
    lamps = [line[0] for line in lines[1:] if line[0] in "🔴🟡"]
    assert lamps == sorted(lamps, key="🔴🟡".index)
    assert talk.says(SUPERVISOR, "晨报", "app") == told.replace("**", "")
    assert "岭南" not in talk.says(CONTACT, "晨报", "app")


def test_week_and_month_come_with_the_table_and_the_picture(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-21T09:00:00")
    seen = talk.sees(SUPERVISOR)
    (told,) = [said for said in seen if said.startswith("**督办周报**（9月14日—9月20日）")]
    assert "住建局：问题1个" in told
    files = [said for said in seen if said.endswith((".xlsx", ".png")) or said == "image"]
    assert len(files) == 2
    talk.time_is("2026-09-21T10:00:00")
    assert not [said for said in talk.sees(SUPERVISOR) if "督办周报" in said]
    assert talk.says(SUPERVISOR, "督办月报", "app").startswith("督办月报（9月1日—9月21日）")
    before = talk.stored()
    assert "住建局" not in talk.says(CONTACT, "督办周报", "app")
    assert talk.stored() == before


def test_a_button_of_the_digest_is_the_word_typed(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, f"我来办 {problem}", "app")
    talk.says(REPRESENTATIVE, f"申请延期 {problem} 3个工作日 专家意见未到", "app")
    talk.time_is("2026-09-22T08:40:00")
    told = next(said for said in talk.sees(SUPERVISOR) if said.startswith("**9月22日"))
    assert told.splitlines()[-1] == f"可直接回复：催办 1；督办 1；催办 {problem}"
    talk.taps(SUPERVISOR, f"say:同意延期 {problem}")
    assert any(f"问题{problem}" in said and "延" in said for said in talk.sees(SUPERVISOR))
    with talk.parts.store.reading() as tx:
        assert tx.extensions.asked(problem) is None


def test_put_off_a_second_time_stays_put_off_and_enough_is_enough(talk: Talk) -> None:
    _put(talk, SIGNATORY, "提醒：一是补交施工合同。", "提醒：二是签署委托书。")
    talk.time_is("2026-09-16T09:00:00")
    said = "好的，这2件提醒9月16日（周三）11:00再发一次。"
    assert talk.says(SIGNATORY, "稍后提醒", "app") == said
    talk.time_is("2026-09-16T09:20:00")
    before = talk.stored()
    assert talk.says(SIGNATORY, "稍后提醒", "app") == said
    assert talk.stored() == before
    assert "9月17日（周四）09:00" in talk.says(SIGNATORY, "今天不再提醒", "app")
    assert talk.says(SIGNATORY, "稍后提醒", "app") == "好的，这2件提醒9月17日（周四）09:00再发一次。"
    _reminded(talk, SIGNATORY)
    talk.time_is("2026-09-16T16:00:00")
    assert _reminded(talk, SIGNATORY) == []
    talk.time_is("2026-09-17T09:00:00")
    assert _reminded(talk, SIGNATORY)[0].startswith("**今日提醒**（2件）")
