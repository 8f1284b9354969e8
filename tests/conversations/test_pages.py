"""The mobile pages as the client opens them: the same moves as talk and cards, and what was typed is never lost."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from domain.issues import IssueStatus
from domain.materials import MaterialState
from tests.conversations.intake import form, invited
from tests.conversations.test_hand_in import ITEM, material, versions
from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OUTSIDER,
    PROBLEM,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)  # fmt: skip
from tests.web import Web

ANSWER = "经核查，清单不含村委会证明，窗口已纠正，可直接申报。"
HOUSING = "zjj"


def item_id(talk: Talk, item: str = ITEM, project: int = 1) -> int:
    with talk.parts.store.reading() as tx:
        cases = [one.id for one in tx.cases.of_project(project)]
        return next(i.id for items in tx.cases.items(cases).values() for i in items if i.item_id == item)


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(held, "PNG")
    return held.getvalue()


# ---------------------------------------------------------------- a problem, from the card to the group


def test_a_problem_goes_from_the_card_over_pages_into_the_group(paged: Talk) -> None:
    no = paged.files_problem()
    card = paged.cards(REPRESENTATIVE)[-1]["card"]
    buttons = {one["text"]: one for one in card["button_list"]}
    assert buttons["回复"]["url"].endswith(f"/m/issue/{no}?do=reply")
    assert buttons["我来办"]["key"] == f"issue.accept:{no}"
    assert card["card_action"]["url"].endswith(f"/m/issue/{no}")
    hand, page = Web(paged, REPRESENTATIVE), f"/m/issue/{no}"
    assert f"问题{no}已由黄志坚接办" in hand.sends(page, "accept").words
    done = hand.sends(f"{page}?do=reply", "reply", text=ANSWER)
    assert f"问题{no}的答复已交服务专员李娜核对发布" in done.words
    assert not done.offers("accept")
    assert "待发布" not in Web(paged, CONTACT).opens(page).words
    assert ANSWER not in Web(paged, CONTACT).opens(page).words
    officer = Web(paged, OFFICER)
    assert "[在网页上逐件办理](http" in paged.says(OFFICER, "待办", "bot")
    assert ANSWER in officer.opens(page).words
    assert "将于9月15日（周二）09:35发到工作群" in officer.sends(page, "release").words
    assert f"问题{no}的答复现在发到工作群" in officer.sends(page, "now").words
    assert any(ANSWER in text for text in paged.sees(CONTACT, GROUP))
    assert ANSWER in Web(paged, CONTACT).opens(page).words
    assert "已确认解决" in Web(paged, CONTACT).sends(page, "solved").words
    assert paged.issue(no).status is IssueStatus.CLOSED


def test_everything_else_an_officer_does_with_a_problem(paged: Talk) -> None:
    no = paged.files_problem()
    page, hand, officer = f"/m/issue/{no}", Web(paged, REPRESENTATIVE), Web(paged, OFFICER)
    hand.sends(page, "accept")
    assert "延期" in hand.sends(page, "extend", days="2", text="专家意见未回").words
    assert "专家意见未回" in officer.opens(page).words
    assert "请填写不同意的原因" in officer.sends(page, "refuse").words
    assert "同意" in officer.sends(page, "grant").words
    hand.sends(page, "reply", text=ANSWER)
    assert "已退回" in officer.sends(page, "return", text="请写明窗口").words
    hand.sends(page, "reply", text=ANSWER + "（2号窗口）")
    officer.sends(page, "release")
    assert "发布已撤销，答复没有发出" in officer.sends(page, "undo").words
    assert "请分派" not in officer.sends(page, "reply", text="清单不含，可直接申报。").words
    assert paged.issue(no).answer == "清单不含，可直接申报。"
    assert "联席会议" in officer.sends(page, "meeting").words


def test_passed_on_with_a_choice_of_departments_and_back_again_only_when_said_twice(paged: Talk) -> None:
    no = paged.files_problem()
    page, hand, officer = f"/m/issue/{no}", Web(paged, REPRESENTATIVE), Web(paged, OFFICER)
    assert "请选择要转到的部门" in hand.sends(page, "transfer", text="不归我们").words
    assert "重新分派" in hand.sends(page, "not_ours", text="属资规范围").words
    asked = officer.sends(page, "transfer", department=HOUSING, text="仍属施工许可")
    assert asked.offers("assign_again")
    assert paged.issue(no).status is IssueStatus.TRIAGE
    assert "住房和城乡建设局" in officer.sends(page, "assign_again").words
    assert paged.issue(no).department == HOUSING


def test_a_form_sent_twice_has_one_effect_and_an_old_one_none(paged: Talk) -> None:
    no = paged.files_problem()
    page, hand = f"/m/issue/{no}", Web(paged, REPRESENTATIVE)
    token = hand.opens(page).token
    first = hand.sends(page, "reply", token=token, text=ANSWER)
    stored = paged.stored()
    again = hand.sends(page, "reply", token=token, text="另一个答复，内容不同。")
    assert again.words == first.words
    assert paged.stored() == stored
    assert paged.issue(no).answer == ANSWER
    late = hand.sends(page, "accept")
    assert late.status == 409
    assert "答复" in late.words


def test_what_was_typed_stays_when_it_cannot_be_taken(paged: Talk) -> None:
    no = paged.files_problem()
    page, hand = f"/m/issue/{no}", Web(paged, REPRESENTATIVE)
    stored = paged.stored()
    refused = hand.sends(page, "reply", text="长" * 501)
    assert refused.status == 409
    assert "答复请控制在500字以内（现在501字）" in refused.words
    assert "长" * 501 in refused.html
    forged = hand.sends(page, "reply", token="x.y", text="写好的答复在这里")
    assert forged.status == 403
    assert "写好的答复在这里" in forged.html
    assert paged.stored() == stored


def test_the_enterprise_says_it_is_not_solved(paged: Talk) -> None:
    no = paged.files_problem()
    page = f"/m/issue/{no}"
    Web(paged, REPRESENTATIVE).sends(page, "reply", text=ANSWER)
    Web(paged, OFFICER).sends(page, "release")
    early = Web(paged, CONTACT).opens(page)
    assert not early.offers("solved")
    paged.time_is("2026-09-15T09:40")
    contact = Web(paged, CONTACT)
    assert f"问题{no}已答复：是否解决？" in contact.opens("/m/").words
    assert "请填写没有解决的情况" in contact.sends(page, "unsolved").words
    assert "已重新交办" in contact.sends(page, "unsolved", text="窗口仍要村委会证明").words
    assert any("窗口仍要村委会证明" in text for text in paged.sees(REPRESENTATIVE))


def test_files_go_out_behind_the_answer_when_it_is_released(paged: Talk) -> None:
    no = paged.files_problem()
    page, hand, contact = f"/m/issue/{no}", Web(paged, REPRESENTATIVE), Web(paged, CONTACT)
    stored = paged.stored()
    wrong = hand.sends(page, "reply", text=ANSWER, file=("说明.exe", b"MZ"))
    assert "没有收下" in wrong.words
    assert ANSWER in wrong.html
    assert paged.stored() == stored
    hand.sends(page, "reply", text=ANSWER, file=("示意图.png", picture()))
    shown = Web(paged, OFFICER).opens(page)
    assert "附件：示意图.png" in shown.words
    link = re.search(r'href="(/m/issue/\d+/file/\d+)"', shown.html)
    assert link
    assert "示意图" not in contact.opens(page).words
    assert contact.opens(link[1]).status == 404
    Web(paged, OFFICER).sends(page, "release")
    Web(paged, OFFICER).sends(page, "undo")
    assert "示意图.png" not in str(paged.platform.history(CONTACT, GROUP))
    Web(paged, OFFICER).sends(page, "release")
    paged.time_is("2026-09-15T09:40")
    posted = [one.get("name") for one in paged.platform.history(CONTACT, GROUP)]
    assert posted.count("示意图.png") == 1
    assert contact.opens(link[1]).data == picture()
    assert Web(paged, "zhou.min").opens(link[1]).status == 404


# ---------------------------------------------------------------- items and materials


def test_an_item_is_updated_and_taken_back(paged: Talk) -> None:
    page = f"/m/item/{item_id(paged, 'sg_xuke')}"
    hand = Web(paged, REPRESENTATIVE)
    needs = hand.sends(page, "update", state="completed", day="2026-09-15")
    assert needs.status == 409
    assert "文号" in needs.words
    done = hand.sends(page, "update", state="completed", day="2026-09-15", text="440299202609150101")
    assert "已办结" in done.words
    assert done.offers("undo")
    back = hand.sends(page, "undo")
    assert "已撤销" in back.words
    assert "已受理" in back.words
    refused = Web(paged, CONTACT).sends(
        page, "update", token=Web(paged, CONTACT).opens("/m/feedback/YX-2026-001").token
    )
    assert refused.status == 409


def test_a_file_goes_up_is_looked_at_and_decided(paged: Talk, tmp_path: Path) -> None:
    one = material(paged, "放线测量报告")
    page, contact, officer = f"/m/material/{one.id}", Web(paged, CONTACT), Web(paged, OFFICER)
    stored = paged.stored()
    wrong = contact.sends(page, "hand_in", file=("报告.exe", b"MZ run"))
    assert wrong.status == 409
    assert "没有收下" in wrong.words
    assert "请选择一个文件" in contact.sends(page, "hand_in").words
    assert paged.stored() == stored
    done = contact.sends(page, "hand_in", file=("放线 测量报告.png", picture()), truthful="1")
    assert "由服务专员李娜审核" in done.words
    assert [(v.version, v.truthful) for v in versions(paged, one)] == [(1, True)]
    assert "放线验线：放线测量报告" in officer.opens("/m/").words
    _taken_home(officer, page)
    assert "请写明退回原因" in officer.sends(page, "return", version="1").words
    assert "退回" in officer.sends(page, "return", version="1", text="印章不清").words
    assert "退回原因：印章不清" in contact.opens("/m/").words
    contact.sends(page, "hand_in", file=("报告2.png", picture()))
    assert "有更新的文件" in officer.sends(page, "accept", version="1").words
    assert "已通过" in officer.sends(page, "accept", version="2").words
    assert material(paged, "放线测量报告").state is MaterialState.ACCEPTED


def _taken_home(officer: Web, page: str) -> None:
    """Under its own name, in pieces, written down each time."""
    whole = officer.opens(f"{page}/1/file")
    assert whole.data == picture()
    assert "filename*=UTF-8''%E6%94%BE%E7%BA%BF%20" in whole.headers["Content-Disposition"]
    part = officer.opens(f"{page}/1/file", Range="bytes=2-5")
    assert (part.status, part.data, part.headers["Content-Range"]) == (
        206, picture()[2:6], f"bytes 2-5/{len(picture())}",
    )  # fmt: skip
    assert officer.opens(f"{page}/1/file", Range="bytes=-4").data == picture()[-4:]
    assert officer.opens(f"{page}/1/file", Range="bytes=99999-").status == 416
    assert officer.opens(f"{page}/1/file?show=1").headers["Content-Type"] == "image/png"
    with officer.talk.parts.store.reading() as tx:
        opened = [row for row in tx.dossier.chain(1) if row["action"] == "file.open"]
    assert len(opened) == 2
    assert opened[0]["actor"] == OFFICER


# ---------------------------------------------------------------- papers, feedback, rating, application


def test_the_signatory_reads_and_signs(paged: Talk) -> None:
    paged.says(OFFICER, "发计划 YX-2026-001", "app")
    with paged.parts.store.reading() as tx:
        form = next(one for one in tx.forms.to_sign({1}))
    page = f"/m/paper/{form.id}"
    assert not Web(paged, SIGNATORY).opens(page).offers("sign")
    assert not Web(paged, REPRESENTATIVE).opens(page).offers("sign")
    signatory = Web(paged, CONTACT)
    assert "待签署" in signatory.opens("/m/").words
    assert "先不签署" in signatory.sends(page, "doubt").words
    assert "已签署" in signatory.sends(page, "sign").words
    assert (
        "无需重复签署"
        in signatory.sends(page, "sign", token=signatory.opens("/m/feedback/YX-2026-001").token).words
    )
    assert signatory.opens(f"{page}/file").data.startswith(b"PK")


def test_feedback_on_a_page_asks_whether_it_is_the_same(paged: Talk) -> None:
    page, contact = "/m/feedback/YX-2026-001", Web(paged, CONTACT)
    assert "至少6个字" in contact.sends(page, "file", text="不行").words
    filed = contact.sends(page, "file", text=PROBLEM.removeprefix("反馈问题："), item="sg_xuke")
    assert filed.path.startswith("/m/issue/3")
    assert "已登记为 问题3" in filed.words
    asked = contact.sends(page, "file", text=PROBLEM.removeprefix("反馈问题："), item="sg_xuke")
    assert "和还没答复的问题3相似，是同一件事吗" in asked.words
    merged = contact.sends(page, "merge", text=PROBLEM.removeprefix("反馈问题："), item="sg_xuke")
    assert merged.path.startswith("/m/issue/3")
    alone = contact.sends(page, "file", text=PROBLEM.removeprefix("反馈问题："), item="sg_xuke", alone="3")
    assert alone.path.startswith("/m/issue/4")
    private = contact.sends(page, "file", text="窗口办事人员态度恶劣，当众训斥我们经办人")
    assert private.path.startswith("/m/issue/5")
    assert "没有找到" in Web(paged, REPRESENTATIVE).opens("/m/issue/5").words


def test_an_application_is_filled_in_over_talk_and_page(paged: Talk) -> None:

    invited(paged)
    page, hand = "/m/apply/new", Web(paged, OUTSIDER)
    bad = hand.sends(page, "save", investment="很多", project_name="云溪精密零件厂房")
    assert "“总投资（万元）”" in bad.words
    assert 'value="云溪精密零件厂房"' in bad.html
    paged.says(OUTSIDER, "申请代办 新项目", "app")
    paged.says(OUTSIDER, form(), "app")
    assert "还缺2项：服务方式、服务类型" in hand.opens(page).words
    assert "请先勾选" in hand.sends(page, "submit", level="代办").words
    done = hand.sends(page, "submit", level="代办", agreed="1")
    assert done.path.startswith("/m/project/")
    assert "YX-SQ-2026-" in done.words


@pytest.mark.parametrize("user", [SUPERVISOR, CONTACT, REPRESENTATIVE])
def test_the_list_shows_to_everybody_what_is_theirs(paged: Talk, user: str) -> None:
    shown = Web(paged, user).opens("/m/")
    assert shown.status == 200
    assert len(shown.html.encode()) < 80_000
