"""培训 and 互动: planned in a line, told once, held, and what is asked there becomes a problem (R155, R161, R162)."""

from __future__ import annotations

from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_OFFICER,
    OUTSIDER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
    reminded,
)

OTHER_CONTACT = "zhou.min"
PLANNED = "培训计划 9月18日 施工许可网上申报 住建局"
TITLE = "培训1《施工许可网上申报》（住建局）"
QUESTION = "培训提问 1 消防验收后补什么材料"


def notices(talk: Talk, who: str) -> list[str]:
    return [text for text in reminded(talk.sees(who)) if "培训" in text]


def announced(talk: Talk) -> None:
    talk.says(OFFICER, PLANNED, "app")
    talk.time_is("2026-09-15T15:35:00")


def test_from_the_plan_to_the_record(talk: Talk) -> None:
    assert talk.says(OFFICER, "培训计划 10月20日 上午9点 施工许可网上申报 住建局", "app") == (
        "培训1《上午9点 施工许可网上申报》（住建局）已列入2026年计划：10月20日（周二）举办，"
        "10月15日（周四）起单独通知在办项目的经办人。改日期发送“培训改期 1 新日期”，不办了发送“取消培训 1 原因”。"
    )
    assert "互动2《企业座谈》已列入" in talk.says(SUPERVISOR, "互动计划 11月5日 企业座谈", "app")
    assert talk.says(SUPERVISOR, "培训计划", "app").splitlines() == [
        "2026年培训计划（1场）",
        "· 10月20日（周二） 培训1《上午9点 施工许可网上申报》（住建局）：待举办",
    ]
    talk.time_is("2026-10-14T15:35:00")
    assert notices(talk, CONTACT) == []  # too soon
    talk.time_is("2026-10-15T15:35:00")
    told = notices(talk, CONTACT)
    assert len(told) == 1
    assert told[0].startswith("培训通知：10月20日（周二）举办培训1《上午9点 施工许可网上申报》（住建局），请")
    assert "具体安排请问服务专员李娜" in told[0]
    assert len(notices(talk, OTHER_CONTACT)) == 1
    assert notices(talk, SIGNATORY) == notices(talk, REPRESENTATIVE) == []
    talk.time_is("2026-10-16T15:35:00")
    assert notices(talk, CONTACT) == []  # once
    assert "举办以后再登记" in talk.says(OFFICER, "培训记录 1 35人", "app")
    talk.time_is("2026-10-21T15:35:00")
    asked = [text for text in reminded(talk.sees(OFFICER)) if "请登记到场人数" in text]
    assert len(asked) == 1
    assert "培训记录 1 35人" in asked[0]
    talk.time_is("2026-10-22T15:35:00")
    assert not [text for text in reminded(talk.sees(OFFICER)) if "请登记到场人数" in text]
    assert "35人参加" in talk.says(OFFICER, "培训记录 1 35人", "app")
    assert "已举办，36人参加" in talk.says(OFFICER, "培训记录 1 36", "app") + talk.says(
        OFFICER, "培训计划", "app"
    )
    assert "已登记到场人数或已取消" in talk.says(OFFICER, "取消培训 1 记错了", "app")


def test_whoever_was_told_hears_of_the_new_day_and_of_the_end(talk: Talk) -> None:
    announced(talk)
    assert len(notices(talk, CONTACT)) == 1
    moved = talk.says(OFFICER, "培训改期 1 9月22日", "app")
    assert moved.startswith(f"{TITLE}由9月18日（周五）改到9月22日（周二），已告知收到通知的")
    assert notices(talk, CONTACT) == [
        f"培训改期：{TITLE}由9月18日（周五）改到9月22日（周二），请按新日期参加。"
    ]
    assert "请写明取消原因" in talk.says(OFFICER, "取消培训 1", "app")
    assert "已取消，已告知" in talk.says(SUPERVISOR, "取消培训 1 与县里会议冲突", "app")
    assert notices(talk, CONTACT) == [
        f"培训取消：原定9月22日（周二）的{TITLE}不办了，原因：与县里会议冲突。有问题请直接发送“反馈问题 情况”。"
    ]
    talk.time_is("2026-09-23T15:35:00")
    assert not [text for text in talk.sees(OFFICER) if "到场人数" in text]
    before = talk.stored()
    assert "已取消" in talk.says(CONTACT, QUESTION, "app")
    assert "已取消" in talk.says(OFFICER, "培训改期 1 9月28日", "app")
    assert talk.stored() == before


def test_an_announcement_that_still_waits_is_not_told_of_what_is_cancelled(talk: Talk) -> None:
    talk.says(OFFICER, PLANNED, "app")
    talk.time_is("2026-09-15T09:50:00")
    assert len(notices(talk, CONTACT)) == 1
    talk.says(OFFICER, "培训计划 9月18日 联合验收 住建局", "app")
    talk.time_is("2026-09-15T10:20:00")  # noted, to be told at the next of the site's moments
    assert "不用另行告知" in talk.says(OFFICER, "取消培训 2 与县里会议冲突", "app")
    talk.time_is("2026-09-15T15:35:00")
    assert notices(talk, CONTACT) == []


def test_a_question_becomes_a_problem_with_the_training_named_in_it(talk: Talk) -> None:
    announced(talk)
    form = talk.says(CONTACT, QUESTION)
    assert form.startswith("培训1（9月18日，施工许可网上申报）提问：\n")
    assert "消防验收后补什么材料" in form
    assert "问题3" in talk.says(CONTACT, "1")
    issue = talk.issue(3)
    assert issue.description == "培训1（9月18日，施工许可网上申报）提问：消防验收后补什么材料"
    assert issue.project_id == 1
    # Another question of the same training is not the same problem.
    assert "是同一件事吗" not in talk.says(OFFICER, "培训提问 1 YX-2026-001 电子证照从哪里下载", "app")
    assert "问题4" in talk.says(OFFICER, "1", "app")
    shown = talk.says(OFFICER, "培训记录 1", "app").splitlines()
    assert shown[0] == f"{TITLE}：9月18日（周五），待举办"
    assert shown[1] == "提问2个："
    assert "）消防验收后补什么材料：" in shown[2]
    assert "）电子证照从哪里下载：" in shown[3]
    talk.says(CONTACT, "撤回 3", "app")
    talk.says(CONTACT, "1", "app")
    assert "已撤回" in talk.says(SUPERVISOR, "培训记录 1", "app")


def test_a_question_that_is_a_problem_already_goes_into_it_and_stands_in_the_record(talk: Talk) -> None:
    number = talk.files_problem("反馈问题：消防验收后补什么材料")
    announced(talk)
    assert "是同一件事吗" in talk.says(CONTACT, QUESTION, "app")
    assert f"问题{number}" in talk.says(CONTACT, "1", "app")
    assert f"问题{number}（" in talk.says(OFFICER, "培训记录 1", "app")


def test_a_changed_description_keeps_the_training_and_a_private_one_stands_in_no_list(talk: Talk) -> None:
    announced(talk)
    talk.says(CONTACT, QUESTION, "app")
    talk.says(CONTACT, "2", "app")
    talk.says(CONTACT, "1", "app")
    assert "培训1（9月18日" in talk.says(CONTACT, "消防验收以后还要补哪些材料", "app")
    talk.says(CONTACT, "1", "app")
    assert talk.issue(3).description.endswith("提问：消防验收以后还要补哪些材料")
    talk.says(CONTACT, "培训提问 1 窗口的人态度恶劣骂人怎么办", "app")
    talk.says(CONTACT, "1", "app")
    assert talk.issue(4).private
    assert "提问1个" in talk.says(SUPERVISOR, "培训记录 1", "app")


def test_wrong_words_and_wrong_persons_change_nothing(talk: Talk) -> None:
    talk.says(OFFICER, PLANNED, "app")
    before = talk.stored()
    assert "请写明日期和主题" in talk.says(OFFICER, "培训计划 9月20日", "app")
    assert "一年以内" in talk.says(OFFICER, "培训计划 2026年9月1日 申报 住建局", "app")
    assert "一年以内" in talk.says(OFFICER, "培训计划 昨天 申报 住建局", "app")
    assert "不用重复安排" in talk.says(OFFICER, PLANNED, "app")
    assert "请写明新的日期" in talk.says(OFFICER, "培训改期 1 改天", "app")
    assert "没有找到" in talk.says(OFFICER, "互动改期 1 9月22日", "app")
    assert "没有找到" in talk.says(CONTACT, QUESTION, "app")  # not invited yet
    assert "单聊" in talk.says(OFFICER, "培训计划", GROUP)
    for who in (CONTACT, REPRESENTATIVE):
        for text in (PLANNED, "培训计划", "培训改期 1 9月22日", "取消培训 1 不办了", "培训记录 1"):
            assert "服务专员和督办人员安排" in talk.says(who, text, "app"), text
    assert "由李娜安排" in talk.says(OTHER_OFFICER, "取消培训 1 不办了", "app")
    assert "还没有在本系统登记" in talk.says(OUTSIDER, QUESTION, "app")
    assert talk.stored() == before


def test_another_projects_officer_does_not_see_the_question(talk: Talk) -> None:
    announced(talk)
    talk.says(CONTACT, QUESTION, "app")
    talk.says(CONTACT, "1", "app")
    with talk.parts.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE projects SET deputy_id = NULL")
    shown = talk.says(OTHER_OFFICER, "培训记录 1", "app")
    assert "还没有您可以查看的提问" in shown
    assert "消防" not in shown
    assert "没有找到" in talk.says(OTHER_CONTACT, "培训提问 1 YX-2026-001 消防验收后补什么材料", "app")
