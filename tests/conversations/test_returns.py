"""报送: departments are asked once, reminded, and their tables taken over whole or not at all (R043, R044, R156, R157)."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bot.documents.roster_sheet import read_roster
from domain.returns import ReturnState
from tests.bot.workbooks import PERSON, SITE
from tests.returns import EVENT, FOOT, as_file, drawn, filled, number_of
from tests.talk import CHIEF, CONTACT, DEPUTY, GROUP, OFFICER, REPRESENTATIVE, SUPERVISOR, Talk

ENVIRONMENT = "wu.shiting"
OPENED = "2026-10-08T09:05:00"


def told(talk: Talk, who: str) -> list[str]:
    return [text for text in talk.sees(who) if "报送" in text]


def state(talk: Talk, no: int) -> ReturnState:
    with talk.parts.store.reading() as tx:
        found = tx.returns.get(no)
    assert found is not None
    return found[0].state


def test_every_department_is_asked_once_with_day_and_way(talk: Talk) -> None:
    talk.time_is("2026-09-30T16:00:00")
    assert talk.says(SUPERVISOR, "报送", "app") == "目前没有需要报送的表。"
    talk.time_is(OPENED)
    no, environment = number_of(talk, "zjj"), number_of(talk, "sthj")
    progress = number_of(talk, "zjj", "progress")
    notice = [text for text in told(talk, REPRESENTATIVE) if text.startswith("**报送提醒**")]
    assert len(notice) == 1  # both tables in one message
    assert (
        f"报送{no}《各单位开展政企互动情况统计表》（2026年第三季度）：住建局请于10月13日（周二）前报送，空白表随后发给您。"
        f"没有内容的，回复“报送 {no} 无”；填好表格发到与代办助手机器人的单聊，再发送“报送 {no}”。"
        in notice[0]
    )
    assert (
        f"报送{progress}《任务推进情况季度报送表》（2026年第三季度）：住建局请于10月20日（周二）前"
        in notice[0]
    )
    assert told(talk, DEPUTY) == []  # the B post hears of it when A is silent
    talk.time_is("2026-10-08T15:00:00")
    talk.time_is("2026-10-09T09:05:00")
    assert told(talk, REPRESENTATIVE) == []  # once
    assert talk.says(ENVIRONMENT, f"报送 {environment} 无", "app").startswith(
        f"报送{environment}《各单位开展政企互动情况统计表》（2026年第三季度）已登记为零报送。"
    )


def test_whoever_is_silent_is_reminded_and_stands_on_the_list(talk: Talk) -> None:
    talk.time_is(OPENED)
    environment = number_of(talk, "sthj")
    talk.says(ENVIRONMENT, f"报送 {environment} 无", "app")
    todo = talk.says(REPRESENTATIVE, "待办", "app")
    assert f"等您报送：2项\n报送{number_of(talk, 'zjj')}《各单位开展政企互动情况统计表》" in todo
    assert "等您报送：1项" in talk.says(ENVIRONMENT, "待办", "app")
    assert "报送" not in talk.says(REPRESENTATIVE, "待办", GROUP)
    for one in (REPRESENTATIVE, ENVIRONMENT):
        talk.sees(one)
    talk.time_is("2026-10-12T09:05:00")
    assert "住建局未报，10月13日（周二）截止" in told(talk, REPRESENTATIVE)[0]
    assert told(talk, ENVIRONMENT) == []
    talk.time_is("2026-10-13T09:05:00")
    assert len(told(talk, REPRESENTATIVE)) == 1
    assert not [t for t in told(talk, SUPERVISOR) if "报送提醒" in t]
    talk.time_is("2026-10-14T09:05:00")
    assert "10月13日（周二）到期，已逾期1个工作日" in told(talk, REPRESENTATIVE)[0]
    assert "已逾期1个工作日" in told(talk, DEPUTY)[0]
    assert told(talk, CHIEF) == []
    missing = [t for t in told(talk, SUPERVISOR) if "报送提醒" in t]
    assert len(missing) == 1
    assert (
        "《各单位开展政企互动情况统计表》（2026年第三季度）：应报10个部门，已报1个，其中零报送1个；未报："
        in missing[0]
    )
    assert "住建局" in missing[0]
    assert "生态环境" not in missing[0]
    talk.time_is("2026-10-16T09:05:00")
    assert "已逾期3个工作日" in told(talk, CHIEF)[0]


def test_a_clock_that_was_off_asks_late_but_once(talk: Talk) -> None:
    talk.time_is("2026-10-14T09:05:00")
    talk.time_is("2026-10-14T11:05:00")
    assert len([t for t in told(talk, REPRESENTATIVE) if t.startswith("**报送提醒**")]) == 1
    with talk.parts.store.reading() as tx:
        assert sorted(one.kind for one in tx.returns.campaigns()) == ["interaction", "progress"]


def test_a_filled_table_is_taken_over_and_the_result_has_the_published_shape(talk: Talk) -> None:
    talk.time_is(OPENED)
    no = number_of(talk, "zjj")
    file = as_file(filled(talk, no, [EVENT, {**EVENT, "时间": "2026-09-20", "备注": "现场"}], FOOT))
    assert talk.says(REPRESENTATIVE, f"报送 {no}", "bot", quote={"file": file}) == (
        f"表格已收到，正在核对报送{no}，结果随后单独告知您。"
    )
    done = told(talk, REPRESENTATIVE)[-1]
    assert "已报送，共2条。" in done
    assert state(talk, no) is ReturnState.RETURNED
    whole = talk.says(SUPERVISOR, "报送", "app")
    assert "应报10个部门，已报1个；未报：" in whole
    assert talk.says(SUPERVISOR, "报送汇总 互动 三季度", "app") == (
        "《各单位开展政企互动情况统计表》（2026年第三季度）汇总表已发到您的应用会话。"
    )
    assert talk.sees(SUPERVISOR)[-1] == "各单位开展政企互动情况统计表（汇总，2026年第三季度）.xlsx"
    book = load_workbook(BytesIO(drawn(talk, "return_result", 1)))
    assert book.sheetnames == ["填报", "报送情况", "住建局"]
    head = [cell.value for cell in book["填报"][3]]
    assert head == ["序号", "单位", "时间", "地点", "参加企业", "活动内容", "备注"]
    assert [cell.value for cell in book["填报"][4]][:3] == [1, "住建局", "2026-09-10"]
    own = book["住建局"]
    assert own["A1"].value == "各单位开展政企互动情况统计表"
    assert own["A2"].value == "单位（公章）：住房和城乡建设局"
    assert [cell.value for cell in own[3]] == ["时间", "地点", "参加企业", "活动内容", "备注"]
    assert own["A6"].value == "填报人：黄志坚　　办公电话：0750-0000021　　联系手机：13900000021"
    standing = {
        row[0].value: [cell.value for cell in row[1:]] for row in book["报送情况"].iter_rows(min_row=4)
    }
    assert standing["住建局"][0] == "已报"
    assert standing["住建局"][2:4] == ["按时", "黄志坚"]


def test_a_bad_row_is_named_and_nothing_is_taken_over(talk: Talk) -> None:
    talk.time_is(OPENED)
    no = number_of(talk, "zjj")
    bad = filled(talk, no, [EVENT, {**EVENT, "时间": "上周", "地点": ""}], FOOT)
    before = talk.stored("files", "attachments")
    talk.says(REPRESENTATIVE, "", "bot", file=as_file(bad))
    assert "正在核对" in talk.says(REPRESENTATIVE, f"报送 {no}", "bot")  # the file sent just before
    refusal = told(talk, REPRESENTATIVE)[-1]
    assert refusal.splitlines() == [
        f"报送{no}的表格没有导入，请改好后重发：",
        "1. 填报 第 4 行 时间：应为日期，例如 2026-09-15",
        "2. 填报 第 4 行 地点：必填，填写文字",
    ]
    assert state(talk, no) is ReturnState.WAITING
    after = talk.stored("files", "attachments")
    assert {**after, "outbox": before["outbox"]} == before
    other = filled(talk, number_of(talk, "sthj"), [EVENT], FOOT)
    talk.says(REPRESENTATIVE, f"报送 {no}", "bot", quote={"file": as_file(other)})
    assert "这是报送" in told(talk, REPRESENTATIVE)[-1]
    assert state(talk, no) is ReturnState.WAITING


def test_who_may_not_changes_nothing_and_learns_nothing(talk: Talk) -> None:
    talk.time_is(OPENED)
    no = number_of(talk, "zjj")
    before = talk.stored()
    assert talk.says(ENVIRONMENT, f"报送 {no} 无", "app").startswith("没有找到需要您报送的这一项")
    assert talk.says(OFFICER, f"报送 {no} 无", "app").startswith("没有找到需要您报送的这一项")
    assert talk.says(CONTACT, f"报送 {no} 无", "app").startswith("报送由部门登记的代表办理。")
    assert talk.says(CONTACT, "报送", "app").startswith("报送由部门登记的代表办理。")
    assert "单聊" in talk.says(REPRESENTATIVE, f"报送 {no} 无", GROUP)
    assert "没有找到您30分钟内发来的表格" in talk.says(REPRESENTATIVE, f"报送 {no}", "bot")
    assert "报送由部门" not in talk.says(CONTACT, "报送3份材料给窗口了", "app")  # a sentence, no command
    assert talk.says(REPRESENTATIVE, "报送 999 无", "app").startswith("没有找到需要您报送的这一项")
    assert "督办人员和服务专员" in talk.says(REPRESENTATIVE, f"退回报送 {no} 内容太少", "app")
    assert "督办人员和服务专员" in talk.says(REPRESENTATIVE, "报送汇总 互动", "app")
    assert "督办人员和服务专员" in talk.says(REPRESENTATIVE, "发起报送 名单 10月20日前", "app")
    assert talk.stored() == before
    assert "空白表已发到您的应用会话" in talk.says(REPRESENTATIVE, f"报送 {no} 模板", "app")
    assert talk.sees(REPRESENTATIVE)[-1] == "各单位开展政企互动情况统计表（住建局，2026年第三季度）.xlsx"


def test_a_return_is_sent_back_and_comes_again(talk: Talk) -> None:
    talk.time_is(OPENED)
    no = number_of(talk, "zjj")
    assert "这项报送现在不能这样操作" in talk.says(SUPERVISOR, f"退回报送 {no} 缺参加企业", "app")
    talk.says(REPRESENTATIVE, f"报送 {no} 无", "app")
    assert "请写明退回原因" in talk.says(SUPERVISOR, f"退回报送 {no}", "app")
    assert talk.says(SUPERVISOR, f"退回报送 {no} 9月10日的活动没有写", "app") == (
        f"报送{no}已退回住建局，原因已告知报送人。"
    )
    assert "被退回：9月10日的活动没有写。请于10月13日（周二）前改好重报" in told(talk, REPRESENTATIVE)[-1]
    assert "退回待重报：住建局" in talk.says(SUPERVISOR, "报送", "app")
    assert "已退回：9月10日的活动没有写" in talk.says(REPRESENTATIVE, "报送", "app")
    talk.says(REPRESENTATIVE, f"报送 {no}", "bot", quote={"file": as_file(filled(talk, no, [EVENT], FOOT))})
    assert state(talk, no) is ReturnState.RETURNED
    assert "这项报送现在不能这样操作" in talk.says(REPRESENTATIVE, f"报送 {no} 无", "app")


def test_the_staff_list_is_called_with_a_day_and_the_sealed_copy_attached(talk: Talk) -> None:
    assert "例如：发起报送 名单 10月20日前" in talk.says(SUPERVISOR, "发起报送 互动 10月20日前", "app")
    assert "截止日应为今天以后的工作日" in talk.says(SUPERVISOR, "发起报送 名单", "app")
    assert "截止日应为今天以后的工作日" in talk.says(SUPERVISOR, "发起报送 名单 9月19日前", "app")  # Saturday
    assert talk.says(SUPERVISOR, "发起报送 名单 9月28日前", "app") == (
        "已发起《首席事务代表等人员名单》报送：10个部门，9月28日（周一）前；到期前后由我提醒，未报名单发给您。"
    )
    assert "已经发起过报送" in talk.says(SUPERVISOR, "发起报送 名单 9月28日前", "app")
    no = number_of(talk, "zjj", "roster")
    assert f"报送{no}《首席事务代表等人员名单》" in told(talk, REPRESENTATIVE)[0]
    assert "不能零报送" in talk.says(REPRESENTATIVE, f"报送 {no} 无", "app")
    scan = {"name": "盖章.pdf", "text": "%PDF-1.4 sealed"}
    assert "盖章件已收到" in talk.says(REPRESENTATIVE, f"报送 {no} 盖章件", "bot", quote={"file": scan})
    talk.says(REPRESENTATIVE, f"报送 {no} 盖章件", "bot", quote={"file": {"name": "盖章.exe", "text": "MZ"}})
    assert told(talk, REPRESENTATIVE)[-1]
    with talk.parts.store.reading() as tx:
        found = tx.returns.get(no)
    assert found is not None
    assert found[0].stamped_id == 1
    assert state(talk, no) is ReturnState.WAITING  # the copy alone is no list


def test_when_the_last_one_is_in_who_watches_is_told_once(talk: Talk) -> None:
    talk.time_is(OPENED)
    with talk.parts.store.transaction() as tx:
        campaign = tx.returns.campaigns(kind="interaction")[0]
        for one in tx.returns.of([campaign.id])[campaign.id]:
            if one.department != "zjj":
                tx.returns.save(one.report_nil(1, datetime.fromisoformat("2026-10-08T10:00+08:00")))
    talk.sees(SUPERVISOR)
    no = number_of(talk, "zjj")
    talk.says(REPRESENTATIVE, f"报送 {no} 无", "app")
    assert told(talk, SUPERVISOR)[0].startswith(
        "《各单位开展政企互动情况统计表》（2026年第三季度）已全部报齐，汇总表请发送：报送汇总 互动"
    )
    told(talk, REPRESENTATIVE)
    talk.time_is("2026-10-14T09:05:00")
    assert not [t for t in told(talk, REPRESENTATIVE) if "互动" in t]


def test_the_progress_table_begins_with_the_targets_of_the_year(talk: Talk) -> None:
    """R158: target, timetable, route and person are all required; the quarterly table asks how far each is."""
    talk.time_is("2027-01-04T09:05:00")
    no = number_of(talk, "zjj", "targets")
    target = {
        "目标任务": "施工许可5个工作日",
        "时间表": "2027年底前",
        "路线图": "试行—实施",
        "责任人": "黄志坚",
    }
    talk.says(
        REPRESENTATIVE,
        f"报送 {no}",
        "bot",
        quote={"file": as_file(filled(talk, no, [{**target, "路线图": ""}]))},
    )
    assert "路线图：必填" in told(talk, REPRESENTATIVE)[-1]
    talk.says(REPRESENTATIVE, f"报送 {no}", "bot", quote={"file": as_file(filled(talk, no, [target]))})
    assert state(talk, no) is ReturnState.RETURNED
    table = load_workbook(BytesIO(drawn(talk, "return_form", number_of(talk, "zjj", "progress"))))["填报"]
    assert [cell.value or "" for cell in table[3]][:3] == ["1", "施工许可5个工作日", "黄志坚"]


def test_records_of_training_and_supervision_are_called_for_in_the_same_way(talk: Talk) -> None:
    """R042, R160, R163; what supervisors did is asked of supervisors."""
    assert "10个部门" in talk.says(SUPERVISOR, "发起报送 培训 9月24日前", "app")
    assert "1个部门" in talk.says(SUPERVISOR, "发起报送 督查 9月24日前", "app")
    no = number_of(talk, "zwfw", "supervision")
    done = {
        "时间": "2026-09-10",
        "方式": "实地督查",
        "对象": "住建局",
        "事由": "施工许可超期",
        "要求和期限": "9月25日前办结",
    }
    odd = as_file(filled(talk, no, [{**done, "方式": "打电话"}]))
    talk.says(SUPERVISOR, f"报送 {no}", "bot", quote={"file": odd})
    assert "没有这个选项，可填：实地督查、召开专题会议、提请约谈" in told(talk, SUPERVISOR)[-1]
    talk.says(SUPERVISOR, f"报送 {no}", "bot", quote={"file": as_file(filled(talk, no, [done]))})
    assert state(talk, no) is ReturnState.RETURNED
    assert "没有找到需要您报送的这一项" in talk.says(REPRESENTATIVE, f"报送 {no} 无", "app")


def test_the_collected_list_can_be_imported_as_the_roster(talk: Talk, tmp_path: Path) -> None:
    talk.says(SUPERVISOR, "发起报送 名单 9月28日前", "app")
    no = number_of(talk, "zjj", "roster")
    row = {key: str(value or "") for key, value in PERSON.items()}
    talk.says(REPRESENTATIVE, f"报送 {no}", "bot", quote={"file": as_file(filled(talk, no, [row]))})
    assert state(talk, no) is ReturnState.RETURNED
    path = tmp_path / "名单.xlsx"
    path.write_bytes(drawn(talk, "return_result", 1))
    read = read_roster(path, SITE, date(2026, 9, 15))
    assert [(one.name, one.userid, one.department) for one in read] == [("黄志坚", "huang.zhijian", "zjj")]
