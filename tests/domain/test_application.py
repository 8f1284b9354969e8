"""The lines of the application form: what is taken, what is refused and how it should look."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.siteconfig import read_site_document
from domain.application import Application, asked, called, completed, must_fit_together, read
from domain.errors import InvalidAnswer
from domain.site import Site

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
F1 = SITE.forms["F1"]
FIELDS = {field.key: field for field in asked(F1)}


def items(word: str) -> str | None:
    return "施工许可" if word == "施工许可" else None


@pytest.mark.parametrize(
    ("key", "said", "kept"),
    [
        ("investment", "3600", "3600"),
        ("investment", "３，６００万元", "3600"),
        ("investment", "1.28亿元", "12800"),
        ("land_area", "33400.50㎡", "33400.5"),
        ("start_planned", "2027年3月1日", "2027-03-01"),
        ("start_planned", "2027/3/1", "2027-03-01"),
        ("start_planned", "2027年3月", "2027-03-01"),
        ("nature", "2", "改建"),
        ("nature", "扩建。", "扩建"),
        ("project_type", "社会投资工业", "社会投资工业类"),
        ("key_level", "县（区）级", "县（区）级"),
        ("service_types", "14", "咨询、代办"),
        ("scope_stages", "施工许可、竣工验收", "施工许可、竣工验收"),
        ("scope_items", "施工许可", "施工许可"),
        ("contact_phone", "0750-1234567", "0750-1234567"),
        ("credit_code", "91440299ma5yx00157", "91440299MA5YX00157"),
        ("address", "云溪大道1号", "云溪大道1号"),
    ],
)
def test_what_people_type_is_taken(key: str, said: str, kept: str) -> None:
    assert read(FIELDS[key], said, items) == kept


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("investment", "0"), ("investment", "-5"), ("investment", "很多"), ("land_area", "50亩"),
        ("start_planned", "明年"), ("start_planned", "2027年2月30日"), ("nature", "4"), ("nature", "建"),
        ("contact_phone", "138****0000"), ("contact_phone", "12345"), ("credit_code", "91440299MA5YX00158"),
        ("project_code", "2605-440299"), ("address", "12345678"), ("project_name", ""), ("scale", "长" * 501),
        ("scope_items", "修路"), ("service_types", "19"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_with_what_it_should_look_like(key: str, said: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        read(FIELDS[key], said, items)
    assert refused.value.sentence.startswith(f"“{FIELDS[key].label}”应为")


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=60))
def test_whatever_is_typed_is_refused_in_words_or_reads_as_itself(key: str, said: str) -> None:
    with contextlib.suppress(InvalidAnswer):
        kept = read(FIELDS[key], said, items)
        assert kept
        assert read(FIELDS[key], kept, items) == kept


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("总投资", "investment"), ("总投资（万元）", "investment"), ("信用代码", "credit_code"),
        ("项目代码", "project_code"), ("经办人", "contact_name"), ("建成时间", "finish_planned"),
    ],
)  # fmt: skip
def test_a_field_is_found_by_what_people_call_it(label: str, key: str) -> None:
    found = called(F1, label)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("label", ["", "电话", "姓名", "天气"])
def test_a_word_that_fits_several_fields_or_none_is_not_guessed(label: str) -> None:
    assert called(F1, label) is None


def test_what_is_required_depends_on_the_answers() -> None:
    keys = {one.key for one in Application({"scope": "阶段性", "key_level": "市级"}).missing(F1)}
    assert {"scope_stages", "key_certified_by"} <= keys
    assert "scope_items" not in keys
    assert "project_code" not in keys  # before the state has given one (R063)
    assert not {one.key for one in Application(later=frozenset({"industry"})).missing(F1)} & {"industry"}


@pytest.mark.parametrize(
    ("kind", "investment", "works"),
    [
        ("政府投资市政线性工程类", "政府投资", "市政基础设施"),
        ("政府投资房屋建筑类", "政府投资", "房屋建筑"),
        ("社会投资工业类", "社会投资", None),
        ("既有建筑装饰装修类", None, "装饰装修"),
    ],
)
def test_what_follows_is_not_asked_for(kind: str, investment: str | None, works: str | None) -> None:
    found = completed({"project_type": kind, "level": "帮办"})
    assert (found.get("investment_type"), found.get("works_class")) == (investment, works)
    assert found["service_types"] == "咨询、指导、协调"


def test_what_was_said_wins_over_what_would_follow() -> None:
    said = {
        "project_type": "既有建筑装饰装修类",
        "investment_type": "政府投资",
        "service_types": "咨询",
        "level": "代办",
    }
    assert completed(said) == said | {"works_class": "装饰装修"}


def test_what_follows_changes_with_what_it_follows_from() -> None:
    first = completed({"project_type": "社会投资工业类", "level": "帮办"})
    second = completed(first | {"project_type": "政府投资房屋建筑类", "level": "代办"})
    assert (second["investment_type"], second["service_types"]) == ("政府投资", "咨询、指导、协调、代办")


def test_the_start_comes_before_the_finish() -> None:
    must_fit_together({"start_planned": "2027-01-01", "finish_planned": "2027-02-01"})
    with pytest.raises(InvalidAnswer):
        must_fit_together({"start_planned": "2027-02-01", "finish_planned": "2027-02-01"})
