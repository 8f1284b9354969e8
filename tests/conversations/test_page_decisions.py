"""On pages: the decision about an application, and the times of a joint meeting; by the moves of the talk."""

from __future__ import annotations

import pytest

from domain.case import CaseStatus
from domain.meetings import MeetingState
from tests.conversations.intake import applied
from tests.conversations.ladder import LEAD, OTHER, kick
from tests.talk import CHIEF, CONTACT, OFFICER, OTHER_OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk
from tests.web import Web

HIGHER = "9月14日专题会研究同意纳入"


def status(talk: Talk, no: str) -> CaseStatus:
    with talk.parts.store.reading() as tx:
        found = tx.cases.by_no(no)
    assert found is not None
    return found.status


def _nobody_else(paged: Talk, page: str) -> None:
    stored = paged.stored()
    for user in (OUTSIDER, CONTACT, REPRESENTATIVE, OTHER_OFFICER, SUPERVISOR):
        web = Web(paged, user)
        refused = web.opens(page)
        assert refused.status in (403, 404), user
        assert "精密零件" not in refused.words, user
        web.sends(page, "accept", token="stranger")
    assert paged.stored() == stored


def test_an_application_is_accepted_from_its_card(paged: Talk) -> None:
    no = applied(paged)
    page = f"/m/application/{no}"
    card = paged.cards(OFFICER)[-1]["card"]
    assert card["card_action"]["url"].endswith(page)
    assert "不予受理" in str(card["button_list"])
    officer = Web(paged, OFFICER)
    assert f"申请{no}待受理" in officer.opens("/m/").words
    shown = officer.opens(page)
    assert "云溪精密零件有限公司" in shown.words
    assert "符合服务范围" in shown.words
    assert shown.offers("accept")
    _nobody_else(paged, page)
    stored = paged.stored()
    assert "请选择不予受理的原因" in officer.sends(page, "refuse", text="属市级审批权限").words
    assert "请写明不予受理的具体说明" in officer.sends(page, "refuse", reason="1", text="x").words
    assert paged.stored() == stored
    token = officer.opens(page).token
    done = officer.sends(page, "accept", token=token)
    assert "已受理" in done.words
    assert not done.offers("accept")
    assert status(paged, no) in (CaseStatus.SIGNING, CaseStatus.ACTIVE)
    stored = paged.stored()
    assert "已受理" in officer.sends(page, "accept", token=token).words  # sent twice: one effect
    assert "已由李娜" in officer.sends(page, "accept", token=officer.opens("/m/issue/2").token).words
    assert paged.stored() == stored
    assert any("李娜已受理" in str(one["card"]) for one in paged.cards(OFFICER))


def test_an_application_is_refused_with_its_reason(paged: Talk) -> None:
    no = applied(paged)
    officer, page = Web(paged, OFFICER), f"/m/application/{no}"
    assert 'value="refuse"' in officer.opens(page + "?do=refuse").html
    paged.sees(OUTSIDER)
    done = officer.sends(page, "refuse", reason="1", text="属市级审批权限")
    assert "已不予受理" in done.words
    assert status(paged, no) is CaseStatus.REFUSED
    assert "属市级审批权限" in str(paged.sees(OUTSIDER))


@pytest.fixture
def asked(paged: Talk) -> str:
    """Three times proposed for problem 3; the page of its meeting."""
    paged.files_problem()
    kick(paged)
    paged.says(OFFICER, "联席会议 3 9月18日上午10点、9月21日下午3点", "app")
    return "/m/meeting/3"


def meeting_state(talk: Talk) -> MeetingState:
    with talk.parts.store.reading() as tx:
        return tx.meetings.of_issue(3)[-1].state


def test_times_are_chosen_and_one_is_fixed(paged: Talk, asked: str) -> None:
    lead, other, officer = Web(paged, LEAD), Web(paged, OTHER), Web(paged, OFFICER)
    assert "问题3联席会议" in lead.opens("/m/").words
    shown = lead.opens(asked)
    assert "9月21日（周一）15:00" in shown.words
    assert not shown.offers("fix")
    stored = paged.stored()
    assert "请勾选您能参加的时间" in lead.sends(asked, "vote").words
    assert "不能和时间同时勾选" in lead.sends(asked, "vote", slots=["0", "1"]).words
    assert "请写1到2之间的序号" in lead.sends(asked, "vote", slots="7").words
    for user in (CONTACT, CHIEF, OUTSIDER):
        assert Web(paged, user).opens(asked).status in (403, 404), user
    assert lead.sends(asked, "fix", slot="1").status in (403, 404, 409)
    assert paged.stored() == stored
    assert "您可以参加9月18日" in lead.sends(asked, "vote", slots=["1", "2"]).words
    assert "问题3联席会议" not in lead.opens("/m/").words
    assert "都不能参加" in other.sends(asked, "vote", slots="0").words
    seen = officer.opens(asked).words
    assert "1人能参加：黄志坚" in seen
    card = next(one for one in paged.cards(OFFICER) if "确定联席会议时间" in str(one))["card"]
    assert card["card_action"]["url"].endswith(asked)
    assert "请选择会议时间" in officer.sends(asked, "fix").words
    done = officer.sends(asked, "fix", slot="2", place="二楼会议室").words
    assert "9月21日（周一）15:00" in done
    assert "二楼会议室" in done
    assert meeting_state(paged) is MeetingState.FIXED
    assert not lead.opens(asked).offers("vote")
    assert "请写明取消原因" in officer.sends(asked, "cancel", text="x").words
    assert "取消" in officer.sends(asked, "cancel", text="住建局已书面答复").words
    assert meeting_state(paged) is MeetingState.CANCELLED
