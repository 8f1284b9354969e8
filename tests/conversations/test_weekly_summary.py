"""The weekly summary: once in every work group, on the last working day of the week at 16:20."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, OTHER_OFFICER, REPRESENTATIVE, Talk

LATE_GROUP = "yx2026003"


def _summaries(talk: Talk, user: str = CONTACT, chat: str = GROUP) -> list[str]:
    return [text for text in talk.sees(user, chat) if "【本周小结】" in text]


def test_it_comes_on_the_working_sunday_and_not_on_friday(talk: Talk) -> None:
    for moment in ("2026-09-18T16:30:00", "2026-09-20T16:19:00"):
        talk.time_is(moment)
        assert _summaries(talk) == []
    talk.time_is("2026-09-20T16:20:00")
    assert len(_summaries(talk)) == 1
    assert len(_summaries(talk, "zhou.min", OTHER_GROUP)) == 1
    assert len(_summaries(talk, "he.wei", LATE_GROUP)) == 1


def test_it_says_what_the_week_brought(talk: Talk) -> None:
    talk.files_problem()
    talk.time_is("2026-09-20T16:20:00")
    assert _summaries(talk)[0].splitlines() == [
        "**【本周小结】岭南新材料年产3万吨改性塑料厂房**（9月14日—9月20日）",
        "共22项：已办结11项，在办4项。",
        "🔴 环评报告表（生态环境局）审查中，已用18日，超期11日（外地参考时限）",
        "🔴 施工许可（住建局）已受理，已用6个工作日，超期3个工作日（外地参考时限）",
        "🟢 节能审查（发改局）审查中，已用12个工作日，还剩8个工作日",
        "⚪ 高压用电报装（供电局）审查中",
        "待交材料：环评报告表1份、高压用电报装1份、建筑垃圾方案备案1份",
        "接下来申报：建筑垃圾方案备案、排水许可",
        "问题反馈：本周新增1个、解决0个，未了结1个（问题3）",
        "※ 数据截至9月20日16:20；@代办助手 发送“进度”看详情。",
    ]


def test_a_quiet_week_is_one_line(talk: Talk) -> None:
    talk.time_is("2026-09-20T16:20:00")
    assert _summaries(talk, "zhou.min", OTHER_GROUP) == [
        "**【本周小结】清溪食品冷链仓库**（9月14日—9月20日）本周无新进展。共12项：已办结5项，在办2项。"
        "待项目单位补正1项，未了结问题2个。@代办助手 发送“进度”看详情。"
    ]


def test_it_comes_once_however_often_the_clock_ticks(talk: Talk) -> None:
    for moment in (
        "2026-09-20T16:20:00",
        "2026-09-20T16:21:00",
        "2026-09-20T17:00:00",
        "2026-09-21T09:00:00",
    ):
        talk.time_is(moment)
    assert len(_summaries(talk)) == 1


def test_missed_it_is_caught_up_by_day_until_tuesday_noon(talk: Talk) -> None:
    for night in ("2026-09-20T18:00:00", "2026-09-21T03:00:00"):
        talk.time_is(night)
        assert _summaries(talk) == []
    talk.time_is("2026-09-22T11:59:00")
    assert _summaries(talk)[0].startswith(
        "**【本周小结】岭南新材料年产3万吨改性塑料厂房**（9月14日—9月20日）"
    )


def test_after_tuesday_noon_it_is_let_go(talk: Talk) -> None:
    talk.time_is("2026-09-22T12:00:00")
    assert _summaries(talk) == []


def test_the_last_working_day_before_a_holiday_has_it(talk: Talk) -> None:
    talk.time_is("2026-09-24T16:20:00")
    assert "（9月21日—9月24日）" in _summaries(talk)[0]


def test_a_group_known_only_since_then_has_none(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        project = tx.projects.by_code("YX-2026-004")
        assert project is not None
        late = datetime(2026, 9, 20, 8, 30, tzinfo=UTC)
        tx.groups.add(project.id, "实验小学扩建项目帮办群", since=late, appchat="yx2026004")
    talk.time_is("2026-09-21T09:00:00")
    assert not [call for call in talk.platform.log("appchat/send") if call["body"]["chatid"] == "yx2026004"]
    assert len(_summaries(talk)) == 1


def test_a_problem_that_was_solved_is_counted(talk: Talk) -> None:
    talk.files_problem()
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    talk.says(CONTACT, "问题3 已解决")
    talk.time_is("2026-09-20T16:20:00")
    assert "问题反馈：本周新增1个、解决1个，未了结0个" in _summaries(talk)[0]


def test_without_the_right_to_post_the_officer_gets_the_words_to_pass_on(talk: Talk) -> None:
    talk.platform.switch("no_appchat_right")
    talk.time_is("2026-09-20T16:20:00")
    assert _summaries(talk) == []
    by_hand = [text for text in talk.sees(OTHER_OFFICER) if "请把下面的内容转到群里" in text]
    assert by_hand == [
        "系统不能在云溪大道改造项目帮办群发言，请把下面的内容转到群里：\n"
        "**【本周小结】云溪大道改造工程**（9月14日—9月20日）本周无新进展。共8项：已办结2项，在办1项。🟡临期1项。@代办助手 发送“进度”看详情。"
    ]
    assert len([text for text in talk.sees(OFFICER) if "【本周小结】" in text]) == 2
