"""Every paper of the service from its template: what is filled in stands there, what is not known is refused."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import form_templates, template_library
from bot.documents.form_values import number
from bot.documents.template_library import SHIPPED, check, read_templates, render, sample, unused
from domain.errors import InvalidAnswer
from domain.filled_forms import Signature, SignedHow
from domain.forms import FieldType, FormSpec
from domain.people import Role
from domain.site import SiteProblems
from tests.bot.workbooks import SITE

ISSUED = sorted((key for key, form in SITE.forms.items() if form.issued), key=lambda key: int(key[1:]))
AT = datetime(2026, 9, 15, 2, 32, tzinfo=UTC)
BY_HAND = Signature(1, "林国华", Role.ENTERPRISE_SIGNATORY, AT)
MISSING = "no LibreOffice: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk"
WORDS = "改性塑料生产线6条，年产3万吨；厂房3栋、仓库1栋、综合楼1栋。窗口要求补交清单以外的材料，请协调并一次性告知。"


def _text(paper: bytes) -> str:
    document = Document(BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def _full(form: FormSpec) -> dict[str, Any]:
    return sample(form) | {f.key: WORDS * 2 for f in form.fields if f.type is FieldType.LONG_TEXT}


def _changed(key: str, old: str, new: str) -> bytes:
    document = Document(str(SHIPPED / f"{key}.docx"))
    runs = [run for p in document.paragraphs for run in p.runs]
    runs += [
        r for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs for r in p.runs
    ]
    found = next(run for run in runs if old in run.text)
    found.text = found.text.replace(old, new)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "forms").mkdir()
    return tmp_path


@pytest.mark.parametrize("key", ISSUED)
def test_the_shipped_template_is_what_the_generator_makes_and_shows_every_field(key: str) -> None:
    form = SITE.forms[key]
    shipped = (SHIPPED / f"{key}.docx").read_bytes()
    assert shipped == form_templates.make(form), "run ./daiban template forms"
    assert check(form, SITE, shipped) == []
    assert unused(form, SITE) == []
    text = _text(render(form, SITE, _full(form)))
    assert "{{" not in text
    assert form.title in text
    assert (form.caveat or form.title) in text
    blank = _text(render(form, SITE, {}, blank=True))
    boxes = [option for field in form.fields for option in field.options]
    assert [option for option in boxes if f"□ {option}" not in blank] == []


def test_what_the_department_issues_has_no_template_of_ours() -> None:
    for key in ("F20", "F21", "F22", "F23"):
        with pytest.raises(InvalidAnswer):
            render(SITE.forms[key], SITE, {})


def test_figures_days_and_choices_are_written_as_an_office_writes_them() -> None:
    values = {
        "investment": 12800.0,
        "land_area": "33400.50",
        "start_planned": "2026-10-12",
        "service_types": ["咨询", "代办"],
        "project_type": "社会投资工业类",
        "items_done": ["sg_xuke"],
        "truthful": True,
    }
    text = _text(render(SITE.forms["F1"], SITE, values))
    assert "12800\n" in text
    assert "33400.5\n" in text
    assert "2026年10月12日" in text
    assert "☑ 咨询　□ 指导　□ 协调　☑ 代办" in text
    assert "☑ 社会投资工业类" in text
    assert "□ 社会投资工业类" not in text
    assert SITE.catalogue.items["sg_xuke"].name in text


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=99))
def test_no_figure_ends_in_a_fraction_that_says_nothing(whole: int, cents: int) -> None:
    shown = number(f"{whole}.{cents:02d}")
    assert float(shown) == pytest.approx(whole + cents / 100)
    assert not shown.endswith((".", ".0"))


def test_a_signature_says_who_how_and_when() -> None:
    officer = Signature(2, "李娜", Role.SERVICE_OFFICER, AT)
    text = _text(render(SITE.forms["F13"], SITE, {}, (BY_HAND, officer)))
    owner, agent = "甲方盖章及代表人签字：\n", "乙方盖章及代表人签字：\n"
    assert f"{owner}林国华（企业微信确认，2026年9月15日 10:32）" in text
    assert f"{agent}李娜（企业微信确认，2026年9月15日 10:32）" in text


def test_a_stamped_copy_is_pointed_at_and_a_confirmation_is_no_seal() -> None:
    stamped = Signature(1, "林国华", Role.ENTERPRISE_SIGNATORY, AT, SignedHow.STAMPED)
    assert "见盖章件" in _text(render(SITE.forms["F13"], SITE, {}, (stamped,)))
    document = Document(BytesIO(render(SITE.forms["F1"], SITE, {}, (BY_HAND,))))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    (signed,) = [row for row in rows if "代表人签字" in row]
    assert signed == ["申请单位（盖章）", "", "代表人签字", "林国华（企业微信确认，2026年9月15日 10:32）"]


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_no_words_break_a_paper_or_are_taken_for_a_template(words: str) -> None:
    render(SITE.forms["F27"], SITE, {"opinion": words, "item": "{{ 7 * 7 }}{% raw %}&<w:t>"})


def test_words_that_look_like_a_template_stand_as_they_were_typed() -> None:
    text = _text(render(SITE.forms["F27"], SITE, {"opinion": "第一行\n{{ 7 * 7 }} <b>&", "item": "甲"}))
    assert "第一行\n{{ 7 * 7 }} <b>&" in text


def test_a_list_without_rows_says_so_and_a_blank_one_has_room() -> None:
    form = SITE.forms["F8"]
    (filled,) = [
        t for t in Document(BytesIO(render(form, SITE, {}))).tables if "地点" in t.rows[0].cells[2].text
    ]
    assert [cell.text for cell in filled.rows[1].cells] == ["", "无", "", "", "", ""]
    blank = Document(BytesIO(render(form, SITE, {}, blank=True)))
    assert [len(t.rows) for t in blank.tables if "地点" in t.rows[0].cells[2].text] == [5]


def test_the_sites_own_template_is_taken_and_the_shipped_one_is_not_kept_twice(folder: Path) -> None:
    own = _changed("F27", "督办意见", "区长督办意见")
    (folder / "forms" / "F27.docx").write_bytes(own)
    shutil.copy(SHIPPED / "F1.docx", folder / "forms")
    kept = read_templates(folder, SITE)
    assert list(kept) == ["F27"]


def test_a_template_naming_an_unknown_field_is_refused_with_file_and_field(folder: Path) -> None:
    (folder / "forms" / "F27.docx").write_bytes(_changed("F27", "{{ opinion }}", "{{ opinon }}"))
    (folder / "forms" / "F28.docx").write_bytes(_changed("F28", "{{ row.remark }}", "{{ row.note }}"))
    with pytest.raises(SiteProblems) as caught:
        read_templates(folder, SITE)
    assert caught.value.problems == [
        "forms/F27.docx：用到了 forms.yaml 中没有的栏目 opinon",
        "forms/F28.docx：用到了 forms.yaml 中没有的栏目 note",
    ]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("F27.docx", b"PK no docx", "文件损坏或不是可用的 docx 模板，请用 ./daiban template forms 重新生成"),
        ("F27.docx", b"x" * (template_library.LARGEST + 1), "超过 2 MB，请删去图片"),
        ("F21.docx", b"", "forms.yaml 中没有这张由服务中心出具的表"),
        ("F99.docx", b"", "forms.yaml 中没有这张由服务中心出具的表"),
    ],
)
def test_a_file_that_is_no_template_is_refused(folder: Path, name: str, data: bytes, what: str) -> None:
    (folder / "forms" / name).write_bytes(data)
    with pytest.raises(SiteProblems) as caught:
        read_templates(folder, SITE)
    assert caught.value.problems == [f"forms/{name}：{what}"]


@pytest.mark.parametrize(
    "code", ["{{ opinion", "{{ opinion.__class__.__mro__ }}", "{{ ().__class__ }}", "{{ 1/0 }}"]
)
def test_a_template_may_name_fields_and_nothing_else(code: str) -> None:
    assert check(SITE.forms["F27"], SITE, _changed("F27", "{{ opinion }}", code)) != []


def test_every_paper_becomes_a_pdf_of_few_pages(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    for key in ISSUED:
        form = SITE.forms[key]
        (tmp_path / f"{key}_full.docx").write_bytes(render(form, SITE, _full(form), (BY_HAND,)))
        (tmp_path / f"{key}_least.docx").write_bytes(render(form, SITE, {}))
        (tmp_path / f"{key}_blank.docx").write_bytes(render(form, SITE, {}, blank=True))
    made = sorted(map(str, tmp_path.glob("*.docx")))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *made]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    pages = {
        path.stem: len(re.findall(rb"/Type\s*/Page[^s]", path.read_bytes()))
        for path in tmp_path.glob("*.pdf")
    }
    assert len(pages) == len(made)
    two = {"F1", "F2", "F4", "F9", "F13", "F16"}
    assert {stem for stem, count in pages.items() if not 1 <= count <= 2} == set()
    assert {stem.split("_")[0] for stem, count in pages.items() if count == 2} <= two
