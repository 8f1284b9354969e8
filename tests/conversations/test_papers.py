"""Papers asked for in a talk: filled in with what is known, and only what the service issues."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.documents import known, papers
from bot.moves.work import CaseWork
from bot.platform import Paper
from domain.filled_forms import FormState
from domain.people import Role
from tests.commands import daiban
from tests.talk import CONTACT, GROUP, OFFICER, Talk

ROOT = Path(__file__).parents[2]


def _work(talk: Talk, tx: Any) -> CaseWork:
    facts = talk.parts.sites.get(tx)
    return CaseWork(tx, facts.site, facts.calendar, talk.parts.clock.now(), tx.people.by_userid(OFFICER))


def _cells(data: bytes) -> list[str]:
    document = Document(BytesIO(data))
    lines = [p.text for p in document.paragraphs]
    return lines + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def _drawn(talk: Talk, paper: Paper) -> list[str]:
    with talk.parts.store.reading() as tx:
        facts = talk.parts.sites.get(tx)
        desk = papers.Desk(tx, facts.site, facts.calendar, talk.parts.clock.now())
        return _cells(papers.draw(paper, desk).data)


def test_a_blank_form_is_sent_as_a_file_of_its_name(talk: Talk) -> None:
    assert "帮办代办首席服务申请表" in talk.says(CONTACT, "发一下申请表", GROUP)
    assert talk.sees(CONTACT) == ["帮办代办首席服务申请表.docx"]


def test_what_the_office_knows_stands_in_the_blank_form(talk: Talk) -> None:
    cells = _drawn(talk, Paper("form", "F1", 1))
    assert "岭南新材料年产3万吨改性塑料厂房" in cells
    assert "91440299MA5YX00157" in cells
    assert "12800" in cells
    assert "2026年10月12日" in cells
    assert any("☑ 社会投资工业类" in cell for cell in cells)


def test_what_was_said_in_the_application_is_not_asked_for_again(talk: Talk) -> None:
    """R112: facts of F1 stand in the next forms of the case, and whoever fills in one of them has the last word."""
    with talk.parts.store.transaction() as tx:
        work = _work(talk, tx)
        project = tx.projects.get(1)
        case = work.case_of(project)
        work.fill(
            "F1",
            project,
            case,
            {"industry": "塑料制品业", "entrusted": "施工许可阶段全部事项", "needs": "加快"},
        )
        form = work.fill("F13", project, case, {"owner_contact": "林国华"})
        assert form.values["entrusted"] == "施工许可阶段全部事项"
        assert form.values["owner"] == "云溪岭南新材料有限公司"
        assert form.values["owner_contact"] == "林国华"
        assert "signed_on" not in form.values
        slip = work.fill("F6", project, case, {}, signers=(Role.ENTERPRISE_SIGNATORY,))
        assert slip.values["agreement_no"] == form.no
        told = known.known(tx, work.site, project, case)
        assert told["industry"] == "塑料制品业"
        assert "needs" not in told


def test_facts_of_another_project_stand_in_no_form(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        work = _work(talk, tx)
        work.fill("F1", tx.projects.get(1), None, {"industry": "塑料制品业"})
        other = known.known(tx, work.site, tx.projects.get(2))
        assert "industry" not in other
        assert other["enterprise"] == "清溪食品(云溪)有限公司"


def test_a_void_form_fills_no_other(talk: Talk) -> None:
    with talk.parts.store.transaction() as tx:
        work = _work(talk, tx)
        project = tx.projects.get(1)
        work.fill("F1", project, None, {"industry": "塑料制品业"}, state=FormState.VOID)
        assert "industry" not in known.known(tx, work.site, project)


def test_the_sites_own_template_is_taken_wherever_the_paper_is_made(talk: Talk, tmp_path: Path) -> None:
    config = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    path = config / "forms" / "F27.docx"
    document = Document(str(path))
    document.paragraphs[0].runs[0].text = "{{ paper.place }}{{ paper.title }}"
    document.save(str(path))
    assert daiban("load-config", str(config)).returncode == 0
    talk.parts.sites._checked = -1000.0
    assert "云溪县(示例)督办单" in _drawn(talk, Paper("form", "F27", 1))
    with talk.parts.store.reading() as tx:
        found = tx.sites.newest()
    assert found is not None
    assert list(found[1]["templates"]) == ["F27"]


def test_a_bad_template_changes_nothing(talk: Talk, tmp_path: Path) -> None:
    config = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    (config / "forms" / "F27.docx").write_bytes(b"x")
    said = daiban("load-config", str(config))
    assert said.returncode == 1
    assert "forms/F27.docx：" in said.stderr
    with talk.parts.store.reading() as tx:
        assert tx.sites.newest_version() == 1


def test_templates_are_made_again_and_never_over_a_sites_own(talk: Talk, tmp_path: Path) -> None:
    out = tmp_path / "模板"
    assert daiban("template", "forms", str(out)).returncode == 0
    assert len(list(out.glob("*.docx"))) == 25
    (out / "F1.docx").write_bytes(b"ours")
    said = daiban("template", "forms", str(out))
    assert said.returncode == 1
    assert (out / "F1.docx").read_bytes() == b"ours"


def test_doctor_looks_at_the_templates(talk: Talk) -> None:
    found = {one["name"]: one for one in json.loads(daiban("doctor", "--json").stdout)}
    assert found["templates"]["level"] == "OK"
    assert "25 张表" in found["templates"]["what"]


def test_what_the_department_issues_is_not_handed_out_blank(talk: Talk) -> None:
    before = talk.stored()
    said = talk.says(CONTACT, "要一份特殊程序审查期限告知书、延长办理期限通知书的空白表", GROUP)
    assert "由审批部门出具" in said
    assert talk.stored() == before


@pytest.mark.parametrize("form", ["F1", "F13", "F5"])
def test_papers_of_forms_filled_in_name_title_and_number(talk: Talk, form: str) -> None:
    with talk.parts.store.transaction() as tx:
        work = _work(talk, tx)
        filled = work.fill(form, tx.projects.get(1), None, {})
        made = papers.filled_form(filled, work.site)
    assert made.name == f"{work.site.forms[form].title}（{filled.no}）.docx"
    assert any(filled.no in cell for cell in _cells(made.data))
