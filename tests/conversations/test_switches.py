"""Whatever nobody could confirm about the platform is tried on its bad side: the main job passes all the same."""

from __future__ import annotations

from domain.issues import IssueStatus
from tests.talk import ADMINISTRATOR, CONTACT, GROUP, OFFICER, OTHER_GROUP, REPRESENTATIVE, Talk

PAPER = {"name": "环境影响报告表.pdf", "text": "%PDF-1.4"}


def test_the_main_job_passes_with_everything_on_its_bad_side(talk: Talk) -> None:
    for switch in talk.platform.ask("/sandbox/state")["switches"]:
        talk.platform.switch(switch["name"])
    _bind_again(talk)
    assert "已办结11项" in talk.says(CONTACT, "进度")
    talk.says(CONTACT, "发一下申请表")
    assert talk.sees(CONTACT) == ["文件“帮办代办首席服务申请表.docx”在本平台不能直接发送，请向服务专员索取。"]
    assert talk.files_problem() == 3
    assert talk.sees(REPRESENTATIVE)[0].splitlines() == [
        "【问题3：请您办理】",
        "岭南新材料年产3万吨改性塑料厂房",
        "“施工许可窗口要求补交村委会盖章，清单上没有这一条”",
        "因为：事项=施工许可",
        "类别：材料",
        "事项：施工许可",
        "接办时限：9月16日（周三）17:30",
        "答复时限：9月21日（周一）17:30",
        "请发送：",
        "我来办 3",
        "回复 3 答复内容",
        "转办 3 部门 原因",
        "不属本部门 3 原因",
    ]
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    assert talk.sees(OFFICER)[-1].endswith("答复人：住建局黄志坚\n请发送：\n发布 3\n退回 3 原因")
    talk.says(OFFICER, "发布 3", "app")
    talk.time_is("2026-09-15T09:36:00")
    assert talk.sees(OFFICER)[-1].splitlines()[:4] == [
        "系统不能在岭南新材料厂房项目帮办群发言，请把下面的内容转到群里：",
        "@陈静 【问题3答复】施工许可（陈静反馈）",
        "反馈：施工许可窗口要求补交村委会盖章，清单上没有这一条",
        "答复：9月16日起按清单收件。",
    ]
    assert talk.says(CONTACT, "问题3 已解决").startswith("好的，问题3已确认解决")
    talk.time_is("2026-09-20T16:20:00")
    by_hand = [text for text in talk.sees(OFFICER) if "【本周小结】岭南新材料" in text]
    assert len(by_hand) == 1
    assert "问题反馈：本周新增1个、解决1个，未了结0个" in by_hand[0]


def test_without_rights_to_groups_nothing_is_lost_and_nobody_is_alarmed_per_message(talk: Talk) -> None:
    talk.platform.switch("no_appchat_right")
    talk.files_problem()
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    assert talk.sees(OFFICER)[-1].startswith("系统不能在岭南新材料厂房项目帮办群发言")
    assert talk.sees(ADMINISTRATOR) == []


def test_a_platform_of_plain_text_gets_plain_text(talk: Talk) -> None:
    talk.platform.switch("app_plain_only")
    talk.files_problem()
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    delivered = [call for call in talk.platform.log("message/send") if call["errcode"] == 0]
    assert {call["body"]["msgtype"] for call in delivered} == {"text"}
    assert not [text for text in talk.sees(OFFICER) if "**" in text]


def test_where_the_mention_is_not_known_the_name_stands_in_the_words(talk: Talk) -> None:
    talk.platform.switch("no_mention_markup")
    talk.files_problem()
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    assert "（陈静反馈）" in talk.sees(CONTACT, GROUP)[-1].splitlines()[0]


def test_a_file_without_a_name_is_kept_with_one(talk: Talk) -> None:
    talk.platform.switch("no_file_name")
    talk.says(CONTACT, "环评报告表的修改稿", quote={"file": PAPER})
    assert talk.files() == [("未命名.pdf", b"%PDF-1.4")]


def test_an_old_code_leaves_the_card_as_it_is_and_the_late_click_is_told(talk: Talk, problem: int) -> None:
    talk.platform.switch("response_code_24h")
    card = talk.cards(REPRESENTATIVE)[-1]["id"]
    talk.time_is("2026-09-17T09:00:00")
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.says("zeng.fangang", "我来办 3", "app")
    talk.taps_on(REPRESENTATIVE, card, "issue.accept:3")
    assert talk.sees(REPRESENTATIVE)[-1].startswith("问题3现由曾凡刚办理")
    assert not [text for text in talk.sees(ADMINISTRATOR) if "没有发出" in text]


def test_dirt_in_a_chat_id_does_not_unbind_the_group(talk: Talk) -> None:
    talk.platform.switch("dirty_chat_id")
    for _ in range(3):
        assert "已办结11项" in talk.says(CONTACT, "进度")
    assert talk.says("zhou.min", "进度", OTHER_GROUP).startswith("**清溪食品冷链仓库**")


def test_without_message_ids_every_message_counts_once(talk: Talk) -> None:
    talk.platform.switch("missing_msgid")
    talk.says(CONTACT, "反馈问题：施工许可窗口要求补交村委会盖章")
    result = talk.exchange(CONTACT, "1", repeat=3)
    assert len({str(one["answer"]) for one in result["answers"]}) == 1
    assert "没有找到问题4" in talk.says(CONTACT, "问题4 进度")


def test_an_event_pushed_twice_has_one_effect(talk: Talk, problem: int) -> None:
    talk.platform.switch("event_repeated")
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    talk.taps(OFFICER, "issue.release:3")
    talk.taps(OFFICER, "issue.now:3")
    assert talk.issue(problem).status is IssueStatus.RELEASED
    assert len([text for text in talk.sees(CONTACT, GROUP) if "【问题3答复】" in text]) == 1


def _bind_again(talk: Talk) -> None:
    """With other ids than before the group is a new one to the bot."""
    assert talk.says(CONTACT, "进度").startswith("本群还没有绑定项目")
    talk.says(OFFICER, "解绑 YX-2026-001")
    assert talk.says(OFFICER, "绑定 YX-2026-001").startswith("已绑定")
