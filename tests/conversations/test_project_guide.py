"""The project's own guide: sent as versions, confirmed by the enterprise, checked by representatives, drawn."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from docx import Document
from PIL import Image

from bot.documents import papers
from bot.moves import planning
from bot.moves.work import CaseWork
from bot.platform import Paper
from domain.case import ServiceLevel
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

PLANNER = "ye.zirong"


def guides(talk: Talk, code: str = "YX-2026-001") -> list[FilledForm]:
    with talk.parts.store.reading() as tx:
        project = tx.projects.by_code(code)
        assert project is not None
        return [form for form in tx.forms.of_project(project.id) if form.form == "F2"]


@pytest.fixture
def sent(talk: Talk) -> FilledForm:
    talk.says(OFFICER, "发计划 YX-2026-001", "app")
    talk.sees(OFFICER)
    return guides(talk)[-1]


def test_the_plan_goes_to_the_contact_as_paper_and_card(talk: Talk) -> None:
    said = talk.says(OFFICER, "发计划 YX-2026-001", "app")
    assert said == "岭南新材料厂房：专属办事指南和办理计划（YX-ZN-2026-0001，第1版）已发给陈静确认。"
    paper, card = talk.sees(CONTACT)[-2:]
    assert paper == "专属办事指南（YX-ZN-2026-0001）.docx"
    assert "第1版计划共22项" in card
    assert talk.sees(SIGNATORY) == []


def test_confirmed_once_the_officer_knows_and_the_log_has_it(talk: Talk, sent: FilledForm) -> None:
    talk.taps(CONTACT, f"sign:{sent.id}")
    assert guides(talk)[-1].state is FormState.SIGNED
    assert talk.sees(OFFICER)[-1].endswith("陈静已确认办理计划（YX-ZN-2026-0001，第1版），可以按计划办理。")
    with talk.parts.store.reading() as tx:
        logged = [entry.summary for entry in tx.ledger.of_project(sent.project_id)]
    assert "项目单位确认办理计划YX-ZN-2026-0001第1版" in logged
    before = talk.stored()
    assert "您已签署" in talk.says(CONTACT, f"签署 {sent.no}", "app")
    assert talk.stored() == before


def test_the_same_plan_is_not_sent_twice(talk: Talk, sent: FilledForm) -> None:
    before = talk.stored("outbox")
    said = talk.says(OFFICER, "发计划 YX-2026-001", "app")
    assert said == "计划与第1版（YX-ZN-2026-0001）相同，正在等项目单位确认，没有重复发送。"
    assert talk.stored("outbox") == before


def test_a_changed_plan_is_a_new_version_and_the_old_one_no_longer_counts(
    talk: Talk, sent: FilledForm
) -> None:
    talk.says(OFFICER, "加事项 YX-2026-001 取水许可", "app")
    assert "第2版" in talk.says(OFFICER, "发计划 YX-2026-001", "app")
    old, new = guides(talk)
    assert (old.state, new.state, new.version) == (FormState.VOID, FormState.ISSUED, 2)
    assert old.no == new.no
    talk.sees(CONTACT)
    talk.taps(CONTACT, f"sign:{old.id}")
    assert "已作废" in talk.sees(CONTACT)[-1]
    assert guides(talk)[0].state is FormState.VOID


@pytest.mark.parametrize("who", [CONTACT, REPRESENTATIVE, SUPERVISOR])
def test_nobody_but_the_officer_sends_it(talk: Talk, who: str) -> None:
    before = talk.stored()
    assert "由该项目的服务专员办理" in talk.says(who, "发计划 YX-2026-001", "app")
    assert talk.stored() == before


def test_a_full_service_is_not_begun_before_the_plan_is_confirmed(talk: Talk, sent: FilledForm) -> None:
    def check(level: ServiceLevel) -> None:
        with talk.parts.store.reading() as tx:
            held = talk.parts.sites.get(tx)
            work = CaseWork(tx, held.site, held.calendar, datetime(2026, 9, 15, 2, tzinfo=UTC))
            case = tx.cases.of_project(sent.project_id)[-1]
            planning.must_be_confirmed(work, type(case)(**{**vars(case), "level": level}))

    check(ServiceLevel.ACT_FOR)
    with pytest.raises(InvalidAnswer) as refused:
        check(ServiceLevel.FULL)
    assert refused.value.sentence.startswith("包办项目要先由双方确认办理计划")
    talk.taps(CONTACT, f"sign:{sent.id}")
    check(ServiceLevel.FULL)
    talk.says(OFFICER, "加事项 YX-2026-001 取水许可", "app")
    talk.says(OFFICER, "发计划 YX-2026-001", "app")
    check(ServiceLevel.FULL)  # what was agreed once is under way


# ------------------------------------------------------------ read, checked, added to


def test_the_guide_comes_to_the_person_not_into_the_group(talk: Talk) -> None:
    assert talk.says(CONTACT, "发指南").startswith("岭南新材料厂房还没有专属办事指南")
    talk.says(OFFICER, "发计划")
    talk.sees(CONTACT, GROUP)
    said = talk.says(SIGNATORY, "发指南")
    assert said.startswith("《专属办事指南》（YX-ZN-2026-0001，第1版）由应用单独发给您")
    assert talk.sees(SIGNATORY) == ["专属办事指南（YX-ZN-2026-0001）.docx"]
    assert not any("139000" in text for text in talk.sees(CONTACT, GROUP))


def test_a_representative_checks_it_and_says_what_is_wrong(talk: Talk, sent: FilledForm) -> None:
    assert "核对结果，并转告服务专员李娜" in talk.says(REPRESENTATIVE, "核对指南 YX-2026-001", "app")
    assert guides(talk)[-1].values["checked_by"] == "黄志坚"
    talk.says(PLANNER, "核对指南 YX-2026-001 规划核实可分栋办理", "app")
    assert guides(talk)[-1].values["checked_by"] == "黄志坚"
    assert "叶梓荣对专属办事指南（YX-ZN-2026-0001）的修改意见：规划核实可分栋办理" in talk.sees(OFFICER)[-1]
    before = talk.stored()
    assert "由本项目涉及部门的代表核对" in talk.says(CONTACT, "核对指南")
    assert talk.stored() == before


def test_what_the_list_does_not_say_is_told_by_the_department_and_stands_in_the_guide(talk: Talk) -> None:
    said = talk.says(REPRESENTATIVE, "要素 施工许可 现场围挡须为2.5米高", "app")
    assert said.startswith("已记录施工许可的清单外要素：现场围挡须为2.5米高。")
    assert "1. 现场围挡须为2.5米高（黄志坚，要素1）" in talk.says(OFFICER, "要素 施工许可", "app")
    talk.says(OFFICER, "发计划 YX-2026-001", "app")
    assert guides(talk)[-1].values["off_list"] == "施工许可：现场围挡须为2.5米高（黄志坚，2026-09-15）"
    assert talk.says(REPRESENTATIVE, "撤要素 1", "app") == "要素1已撤下。"
    assert "还没有登记清单外要素" in talk.says(OFFICER, "要素 施工许可", "app")
    assert "没有找到要素1" in talk.says(REPRESENTATIVE, "撤要素 1", "app")


@pytest.mark.parametrize(
    ("who", "said", "heard"),
    [
        (REPRESENTATIVE, "要素 排水许可 须先接驳", "由该事项的部门代表登记"),
        (CONTACT, "要素 施工许可 要红包", "清单外要素由部门代表和服务专员登记"),
        (REPRESENTATIVE, "要素", "请写明事项和内容"),
    ],
)
def test_nobody_else_adds_to_a_list(talk: Talk, who: str, said: str, heard: str) -> None:
    before = talk.stored()
    assert heard in talk.says(who, said, "app")
    assert talk.stored() == before


@pytest.mark.parametrize("order", ["发计划", "发指南", "指南图", "核对指南"])
def test_who_has_no_part_in_it_learns_nothing(talk: Talk, sent: FilledForm, order: str) -> None:
    before = talk.stored()
    for who in ("zhou.min", OUTSIDER):
        said = talk.says(who, f"{order} YX-2026-001", "app")
        assert "岭南" not in said
        assert "YX-ZN" not in said
    assert talk.stored() == before


# ------------------------------------------------------------ the paper and the picture


def test_the_paper_says_of_every_item_what_is_known_and_what_is_not(talk: Talk, sent: FilledForm) -> None:
    columns = {"stage", "name", "department", "representative", "conditions", "materials", "statutory", "promised",
               "special", "before", "parallel", "link", "fee", "result", "submit_planned", "done_planned"}  # fmt: skip
    for item in sent.values["items"]:
        assert set(item) == columns
        assert all(str(value).strip() for value in item.values())
    permit = next(item for item in sent.values["items"] if item["name"] == "建筑工程施工许可证核发")
    assert permit["representative"] == "黄志坚 13900000021"
    assert permit["promised"].endswith("以本地公布为准）")
    assert permit["fee"] == "暂未收录，以部门公布的办事指南为准"
    with talk.parts.store.reading() as tx:
        file = papers.filled_form(sent, talk.parts.sites.get(tx).site)
    document = Document(io.BytesIO(file.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "暂未收录有文件依据的优惠政策条款，请向服务专员咨询。" in cells
    assert any(cell.startswith("1. 建筑工程施工许可证申请表（") for cell in cells)
    assert "2028年1月5日" in cells


@pytest.mark.usefixtures("chinese_font")
def test_the_picture_is_upright_and_comes_to_the_person(talk: Talk) -> None:
    talk.sees(CONTACT)
    assert talk.says(CONTACT, "指南图").startswith("办理计划图由应用单独发给您")
    assert len(talk.sees(CONTACT)) == 1
    with talk.parts.store.reading() as tx:
        facts = talk.parts.sites.get(tx)
        desk = papers.Desk(tx, facts.site, facts.calendar, talk.parts.clock.now())
        file = papers.draw(Paper("timeline", "1", 1), desk)
    picture = Image.open(io.BytesIO(file.data))
    assert file.kind == "image"
    assert picture.width == 1080
    assert picture.height > picture.width
    assert len(file.data) < 2_000_000
