"""Where a problem goes: department, representative on duty, the officer's desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.tracing import as_text, path_of
from domain.issues import IssueStatus
from domain.people import Duty
from tests.talk import CONTACT, DEPUTY, OFFICER, REPRESENTATIVE, Talk


def test_the_representative_of_the_items_department_gets_the_card(talk: Talk, problem: int) -> None:
    assert talk.sees(REPRESENTATIVE) == [
        "问题3：请您办理｜岭南新材料年产3万吨改性塑料厂房｜施工许可窗口要求补交村委会盖章，清单上没有这一条"
        "｜因为：事项=施工许可｜类别:材料｜事项:施工许可｜接办时限:9月16日（周三）17:30｜答复时限:9月21日（周一）17:30"
    ]
    assert [button["text"] for button in talk.cards(REPRESENTATIVE)[-1]["buttons"]] == [
        "我来办",
        "回复",
        "转办",
        "不属本部门",
    ]
    assert talk.issue(problem).why == "事项=施工许可"


def test_while_the_a_post_is_on_leave_the_b_post_gets_it(talk: Talk) -> None:
    _on_leave(talk, REPRESENTATIVE)
    talk.files_problem()
    assert talk.sees(REPRESENTATIVE) == []
    assert talk.sees(DEPUTY)[-1].startswith("问题3：请您办理")


def test_with_both_posts_on_leave_it_lands_on_the_officers_desk(talk: Talk) -> None:
    _on_leave(talk, REPRESENTATIVE)
    _on_leave(talk, DEPUTY)
    talk.files_problem()
    assert "事项=施工许可；住房和城乡建设局当日无在岗代表" in talk.sees(OFFICER)[-1]
    assert talk.issue(3).status is IssueStatus.TRIAGE


def test_a_named_department_wins_over_the_item(talk: Talk) -> None:
    talk.files_problem("反馈问题：施工许可的事供电局一直不给外线路径意见")
    assert talk.sees("xie.guodong")[-1].startswith("问题3：请您办理")


def test_words_of_a_departments_topics_decide_where_nothing_is_named(talk: Talk) -> None:
    talk.files_problem("反馈问题：夜里工地噪声的事附近居民来堵门")
    assert talk.sees("wu.shiting")[-1].startswith("问题3：请您办理")
    assert talk.issue(3).why == "词=噪声"


def test_what_nobody_knows_is_sorted_by_the_officer(talk: Talk) -> None:
    talk.files_problem("反馈问题：门口的路灯坏了半个月一直没人管")
    assert talk.sees(OFFICER)[-1].startswith("问题3：请分派")
    talk.taps(OFFICER, "issue.transfer:3")
    assert talk.sees(OFFICER)[-1].startswith("问题3转给哪个部门？请直接回复“部门 原因”")
    assert "转办请写明原因" in talk.says(OFFICER, "城管局", "app")
    assert (
        talk.says(OFFICER, "城管局 路灯归城管管养", "app")
        == "问题3已转城市管理和综合执法局，原因已一并转告。"
    )
    assert "转办原因：路灯归城管管养" in talk.sees("peng.changgen")[-1]


def test_a_department_nobody_knows_is_asked_again(talk: Talk) -> None:
    talk.files_problem("反馈问题：门口的路灯坏了半个月一直没人管")
    talk.taps(OFFICER, "issue.transfer:3")
    assert "没有找到这个部门" in talk.says(OFFICER, "路灯所 归他们", "app")
    assert "已转城市管理和综合执法局" in talk.says(OFFICER, "城管 归他们", "app")


def test_long_words_come_whole_before_the_card(talk: Talk) -> None:
    told = "施工许可申报时系统提示附件格式不对，" + "换了三种格式都不行，" * 15 + "窗口也说不清楚"
    talk.files_problem(f"反馈问题：{told}")
    whole, card = talk.sees(REPRESENTATIVE)
    assert whole == f"问题3全文：{told}"
    assert card.startswith("问题3：请您办理")


def test_the_enterprise_sees_where_it_is(talk: Talk, problem: int) -> None:
    assert talk.says(CONTACT, "问题3进度").splitlines()[0] == "**问题3**：已转部门代表，待接办"
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    answer = talk.says(CONTACT, "问题3办得怎么样了")
    assert answer.splitlines()[0] == "**问题3**：部门代表办理中"
    assert "责任部门：住房和城乡建设局，黄志坚" in answer
    assert "未了结问题：问题3（部门代表办理中）" in talk.says(CONTACT, "进度")


def _on_leave(talk: Talk, userid: str) -> None:
    with talk.parts.store.transaction() as tx:
        person = tx.people.by_userid(userid)
        assert person is not None
        duties: list[Duty] = [
            replace(duty, leave_from=date(2026, 9, 14), leave_to=date(2026, 9, 18)) for duty in person.duties
        ]
        tx.people.save(person.userid, person.name, person.phone, duties)


def test_the_way_it_went_is_traced_with_its_reasons_and_without_words(talk: Talk) -> None:
    talk.says(CONTACT, "反馈问题：施工许可窗口要求补交村委会盖章")
    message = talk.exchange(CONTACT, "1")["msgid"]
    with talk.parts.store.reading() as tx:
        found = path_of(tx, message)
    assert found is not None
    (assigned,) = [change["details"] for change in found["changed"] if change["what"] == "issue.assign"]
    assert (assigned["department"], assigned["by"]) == ("zjj", ["事项=施工许可"])
    assert "村委会" not in as_text(found, talk.parts.clock.zone)


def test_every_open_problem_has_a_next_step_a_person_and_a_date(talk: Talk) -> None:
    talk.files_problem("反馈问题：门口的路灯坏了半个月一直没人管")
    steps = [talk.says(CONTACT, "问题3 进度").splitlines()[-1]]
    talk.says(OFFICER, "转办 3 城管局 路灯归城管管养", "app")
    steps.append(talk.says(CONTACT, "问题3 进度").splitlines()[-1])
    talk.says("peng.changgen", "我来办 3", "app")
    steps.append(talk.says(CONTACT, "问题3 进度").splitlines()[-1])
    talk.says("peng.changgen", "回复 3 9月16日修复。", "app")
    steps.append(talk.says(CONTACT, "问题3 进度").splitlines()[-1])
    talk.says(OFFICER, "立即发送 3", "app")
    steps.append(talk.says(CONTACT, "问题3 进度").splitlines()[-1])
    assert steps == [
        "下一步：服务专员李娜在9月16日（周三）17:30前分派",
        "下一步：彭长根在9月16日（周三）17:30前接办",
        "下一步：彭长根在9月21日（周一）17:30前答复",
        "下一步：服务专员李娜在9月16日（周三）17:30前核对发布",
        "下一步：请陈静在9月21日（周一）17:30前确认是否解决",
    ]
