"""Progress, as the people of a work group ask for it."""

from __future__ import annotations

from tests.talk import CONTACT, OFFICER, OTHER_GROUP, REPRESENTATIVE, SUPERVISOR, Talk

OTHER_CONTACT = "zhou.min"


def test_the_whole_case_shows_stages_departments_days_and_how_old_the_figures_are(talk: Talk) -> None:
    answer = talk.says(CONTACT, "进度")
    assert "岭南新材料年产3万吨改性塑料厂房" in answer
    assert "已办结11项，在办4项" in answer
    assert "当前阶段：施工许可、并行推进、市政公用服务" in answer
    assert "🟡 施工许可（住建局）已受理，已用2个工作日，还剩1个工作日" in answer
    assert "🔴 环评报告表" in answer
    assert "最近一次部门反馈：9月14日，1天前" in answer


def test_both_dates_stand_beside_each_item_and_a_foreign_promise_is_marked(talk: Talk) -> None:
    answer = talk.says(CONTACT, "进度")
    assert "承诺※9月16日前，法定9月18日前" in answer
    assert "※ 外地参考时限，以本地公布为准" in answer
    assert "节能审查（发改局）审查中，已用8个工作日，还剩12个工作日，法定10月8日前" in answer


def test_half_a_sentence_is_enough(talk: Talk) -> None:
    for hurried in ("施工许可", "施工证到哪了", "施工证批了没", "施工许克证进度"):
        assert "**施工许可**（施工许可阶段）：已受理" in talk.says(CONTACT, hurried)


def test_one_item_shows_everything_known_of_it(talk: Talk) -> None:
    answer = talk.says(CONTACT, "施工许可办到哪了")
    assert answer.splitlines() == [
        "🟡 **施工许可**（施工许可阶段）：已受理",
        "办理部门：住房和城乡建设局，黄志坚",
        "已用2个工作日，还剩1个工作日",
        "承诺：3个工作日，9月16日（周三）前（外地参考时限，以本地公布为准）",
        "法定：7日，9月18日（周五）前",
        "（自9月11日受理次日起算，不含补正、专家评审、公示等特别程序）",
        "（9月11日黄志坚反馈，4天前）",
        "※ 以广东政务服务网办事指南为准",
    ]


def test_the_days_left_follow_the_calendar_with_its_working_sunday(talk: Talk) -> None:
    talk.time_is("2026-09-20T10:00:00")
    answer = talk.says(OTHER_CONTACT, "图审进度", OTHER_GROUP)
    assert "已用12个工作日，还剩3个工作日" in answer


def test_a_paused_clock_says_since_when(talk: Talk) -> None:
    answer = talk.says(OTHER_CONTACT, "进度", OTHER_GROUP)
    assert "排水许可（水务局）待补正，9月10日起暂停计时" in answer


def test_who_holds_it_names_person_and_days(talk: Talk) -> None:
    answer = talk.says(CONTACT, "卡在谁那里")
    assert "目前在办4项" in answer
    assert "🟡 施工许可：已受理，在住建局黄志坚处，已用2个工作日，还剩1个工作日" in answer
    assert "高压用电报装：审查中，在供电局谢国栋处" in answer


def test_a_correction_is_with_the_enterprise_and_not_with_the_office(talk: Talk) -> None:
    answer = talk.says(OTHER_CONTACT, "卡在谁那里", OTHER_GROUP)
    assert "排水许可：等项目单位补正（9月10日告知：化粪池与市政井接驳标高不符" in answer


def test_when_it_will_be_done_is_a_limit_of_the_department_and_no_promise_of_ours(talk: Talk) -> None:
    answer = talk.says(CONTACT, "什么时候能出证")
    assert (
        "施工许可（住建局）：承诺※9月16日（周三）前，法定9月18日（周五）前，还剩1个工作日"
        in answer.replace("已用2个工作日，", "")
    )
    assert "高压用电报装（供电局）：没有公布办理时限，请以部门答复为准" in answer
    assert "出证以部门办结为准" in answer


def test_that_one_means_the_item_talked_of_last(talk: Talk) -> None:
    talk.says(CONTACT, "用电报装进度")
    assert "**高压用电报装**" in talk.says(CONTACT, "卡在谁那里")


def test_a_short_name_means_what_the_project_has_of_it(talk: Talk) -> None:
    assert "**环评报告表**" in talk.says(CONTACT, "环评进度")
    assert "**高压用电报装**" in talk.says(CONTACT, "用电报装进度")
    assert "**水保报告表**" in talk.says(CONTACT, "水保办好没")
    assert "环评报告书不在" in talk.says(CONTACT, "环评报告书进度")


def test_a_word_with_two_meanings_is_asked_back_and_answered_by_number(talk: Talk) -> None:
    question = talk.says(CONTACT, "规划证办好没")
    assert question.startswith("是用地的还是工程的？\n1. 地规证")
    assert "**工规证**" in talk.says(CONTACT, "2")


def test_a_number_that_was_not_offered_is_told(talk: Talk) -> None:
    talk.says(CONTACT, "规划证办好没")
    assert talk.says(CONTACT, "7") == "请回复 1 到 2 之间的数字，或直接写名称。"


def test_a_finished_item_shows_day_and_number_of_the_document(talk: Talk) -> None:
    assert "8月3日（周一）已办结，文号建字第440299202600045号" in talk.says(CONTACT, "工规证办好没")


def test_an_item_not_in_the_plan_says_so_and_what_to_do(talk: Talk) -> None:
    answer = talk.says(CONTACT, "消防验收进度")
    assert "不在岭南新材料年产3万吨改性塑料厂房目前的办理计划里" in answer
    assert "请告诉服务专员加入计划" in answer


def test_an_officer_of_several_projects_chooses_one_by_number(talk: Talk) -> None:
    assert "1. 岭南新材料" in talk.says(OFFICER, "进度", "app")
    assert talk.says(OFFICER, "2", "app").startswith("清溪食品冷链仓库（YX-2026-002）进度")
    assert "图审" in talk.says(OFFICER, "什么时候能出证", "app")


def test_a_project_number_by_itself_is_a_question_for_progress(talk: Talk) -> None:
    assert talk.says(SUPERVISOR, "yx-2026-001", "bot").startswith("**岭南新材料")
    assert talk.says(REPRESENTATIVE, "ＹＸ－2026－002 进度", "app").startswith("清溪食品冷链仓库")


def test_progress_is_the_same_in_the_bots_single_chat(talk: Talk) -> None:
    assert talk.says(CONTACT, "进度", "bot") == talk.says(CONTACT, "进度")


def test_several_requests_in_one_message_are_answered_in_order(talk: Talk) -> None:
    answer = talk.says(CONTACT, "施工许可到哪了，另外发一下申请表")
    assert answer.startswith("（1）🟡 **施工许可**")
    assert "（2）《帮办代办首席服务申请表》" in answer
    assert "帮办代办首席服务申请表.docx" in talk.sees(CONTACT)


def test_a_problem_beside_a_question_loses_neither(talk: Talk) -> None:
    answer = talk.answer_to(CONTACT, "施工许可材料发一下，另外反馈问题：窗口不收我们的资料")
    assert answer["msgtype"] == "stream_with_template_card"
    assert "施工许可材料清单" in answer["stream"]["content"]
    assert "意见反馈表" in answer["stream"]["content"]
