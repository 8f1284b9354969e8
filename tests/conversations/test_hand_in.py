"""A file becomes a version of a material: named, checked, stated to be true, passed or returned, handed over."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import pytest

from domain.materials import Material, MaterialState, MaterialVersion
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

PDF = {"name": "放线测量报告.pdf", "text": "%PDF-1.4 survey"}
NAMED = "放线验线 放线测量报告"
ITEM = "fangxian"


def packed(**entries: bytes) -> dict[str, str]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return {"base64": base64.b64encode(held.getvalue()).decode()}


def materials(talk: Talk, item: str = ITEM, project: int = 1) -> list[Material]:
    with talk.parts.store.reading() as tx:
        cases = [one.id for one in tx.cases.of_project(project)]
        found = next(i for items in tx.cases.items(cases).values() for i in items if i.item_id == item)
        return tx.materials.of_items([found.id]).get(found.id, [])


def material(talk: Talk, name: str, item: str = ITEM, project: int = 1) -> Material:
    return next(one for one in materials(talk, item, project) if one.name == name)


def versions(talk: Talk, one: Material) -> list[MaterialVersion]:
    with talk.parts.store.reading() as tx:
        return tx.materials.versions([one.id]).get(one.id, [])


def _ready(talk: Talk) -> None:
    """Both required papers of 放线验线 are there, stated to be true."""
    talk.says(CONTACT, "承诺真实")
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    talk.says(CONTACT, "放线验线 工规证附图", quote={"file": PDF})


def test_a_quoted_file_with_item_and_name_is_a_version_of_the_material(talk: Talk) -> None:
    answer = talk.says(CONTACT, NAMED, quote={"file": PDF})
    assert answer.splitlines() == [
        "文件已登记到**放线验线**《放线测量报告》，正在检查，检查通过后交服务专员李娜审核；打不开或不符合要求的，会单独告知您。",
        "请回复“承诺真实”，确认所提交材料真实、合法、有效（每个项目只需确认一次）。",
    ]
    one = material(talk, "放线测量报告")
    assert one.state is MaterialState.RECEIVED
    assert [(v.version, v.truthful) for v in versions(talk, one)] == [(1, False)]
    assert talk.sees(CONTACT) == []
    assert talk.sees(OFFICER) == [
        "材料待审核：放线验线｜岭南新材料年产3万吨改性塑料厂房｜放线测量报告｜提交人:陈静｜版本:第1版"
    ]
    assert "1. 📥 放线测量报告（电子）——已收到（第1版，9月15日），待审核" in talk.says(
        CONTACT, "放线验线材料"
    )


def test_a_number_of_the_list_will_do(talk: Talk) -> None:
    assert "《工规证附图》" in talk.says(CONTACT, "放线验线 2", quote={"file": PDF})
    assert "只有2份" in talk.says(CONTACT, "放线验线 9", quote={"file": PDF})


def test_an_unclear_name_is_asked_back_and_the_number_takes_the_same_file(talk: Talk) -> None:
    assert talk.says(CONTACT, "放线验线 那份报表", quote={"file": PDF}).splitlines() == [
        "放线验线的清单里没有“那份报表”。是放线验线的哪一份材料？请回复数字：",
        "1. 放线测量报告",
        "2. 工规证附图",
        "（文件已存档；都不是的，请告诉本项目服务专员李娜登记。）",
    ]
    assert "《工规证附图》" in talk.says(CONTACT, "2")
    assert material(talk, "工规证附图").state is MaterialState.RECEIVED


def test_a_file_sent_first_is_named_afterwards(talk: Talk) -> None:
    talk.says(CONTACT, "", "bot", file=PDF)
    assert "《放线测量报告》" in talk.says(CONTACT, "刚才的文件是 放线验线 测量报告", "bot")
    assert material(talk, "放线测量报告").state is MaterialState.RECEIVED
    assert talk.says(CONTACT, "刚才的文件是 放线验线 工规证附图", "bot").startswith("没有找到您30分钟内发来")


def test_after_half_an_hour_the_file_is_not_remembered(talk: Talk) -> None:
    talk.says(CONTACT, "", "bot", file=PDF)
    talk.time_is("2026-09-15T10:05:00")
    assert talk.says(CONTACT, "刚才的文件是 放线验线 测量报告", "bot").startswith("没有找到您30分钟内发来")


def test_the_service_officer_hands_in_for_the_enterprise(talk: Talk) -> None:
    assert "《放线测量报告》" in talk.says(OFFICER, NAMED, quote={"file": PDF})
    assert versions(talk, material(talk, "放线测量报告"))[0].version == 1


@pytest.mark.parametrize("who", [REPRESENTATIVE, SUPERVISOR])
def test_nobody_else_hands_in(talk: Talk, who: str) -> None:
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": [who]})
    before = talk.stored("files")
    talk.says(who, NAMED, quote={"file": PDF})
    assert talk.stored("files") == before
    assert material(talk, "放线测量报告").state is MaterialState.MISSING


def test_another_projects_contact_reaches_nothing(talk: Talk) -> None:
    before = talk.stored("files")
    assert talk.says("zhou.min", NAMED, OTHER_GROUP, quote={"file": PDF}).startswith("没有找到这个事项")
    assert talk.stored("files") == before


def test_a_newer_file_is_the_next_version_and_the_old_card_is_void(talk: Talk) -> None:
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    talk.says(CONTACT, NAMED, quote={"file": {**PDF, "text": "%PDF-1.4 second"}})
    assert [v.version for v in versions(talk, material(talk, "放线测量报告"))] == [1, 2]
    assert "已有第2版" in talk.sees(OFFICER)[0]


# ---------------------------------------------------------------- checks


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        ({"name": "报告.pdf", "text": "MZ program"}, "可执行程序"),
        ({"name": "报告.pdf", "text": "just words"}, "文件内容与文件名结尾不一致"),
        ({"name": "报告.exe", "text": "%PDF-1.4"}, "可执行程序"),
        ({"name": "报告.mp3", "text": "sound"}, "这类文件不能作为材料"),
        ({"name": "报告.pdf", "text": "%PDF-1.4 /Encrypt 3 0 R"}, "设有密码"),
        ({"name": "报告.docx", **packed(**{"word/document.xml": b"x", "word/vbaProject.bin": b"x"})}, "含宏"),
        ({"name": "报告.docx", "base64": base64.b64encode(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1locked").decode()}, "设有密码"),
        ({"name": "资料.zip", **packed(**{"a.pdf": b"%PDF-1.4", "run.bat": b"del"})}, "压缩包里的文件含可执行程序"),
        ({"name": "资料.zip", **packed(**{"b.zip": b"PK"})}, "压缩包里还有压缩包"),
        ({"name": "报告.docx", "text": "PK\x03\x04 broken"}, "已损坏"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_what_to_do_and_changes_nothing(
    talk: Talk, file: dict[str, Any], wrong: str
) -> None:
    talk.says(CONTACT, NAMED, quote={"file": file})
    told = talk.sees(CONTACT)
    assert len(told) == 1
    assert told[0].startswith("放线验线《放线测量报告》的文件没有收下：")
    assert wrong in told[0]
    assert material(talk, "放线测量报告").state is MaterialState.MISSING
    assert versions(talk, material(talk, "放线测量报告")) == []
    assert talk.sees(OFFICER) == []


def test_a_good_archive_is_taken(talk: Talk) -> None:
    file = {"name": "资料.zip", **packed(**{"a.pdf": b"%PDF-1.4", "b.png": b"\x89PNG\r\n\x1a\n1"})}
    talk.says(CONTACT, NAMED, quote={"file": file})
    assert material(talk, "放线测量报告").state is MaterialState.RECEIVED


def test_a_file_that_cannot_be_fetched_is_told(talk: Talk) -> None:
    talk.platform.fault("/sandbox/cos", status=500, times=9)
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    assert talk.sees(CONTACT)[-1].startswith("刚才的文件没有取到")
    assert material(talk, "放线测量报告").state is MaterialState.MISSING


def test_a_file_whose_name_the_platform_does_not_tell_is_known_by_its_bytes(talk: Talk) -> None:
    talk.platform.switch("no_file_name")
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    assert material(talk, "放线测量报告").state is MaterialState.RECEIVED
    assert talk.files()[0][0].endswith(".pdf")


# ---------------------------------------------------------------- truthful


def test_without_the_statement_nothing_passes_and_one_statement_is_enough(talk: Talk) -> None:
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    before = talk.stored()
    assert "还没有收到项目单位对材料真实性的承诺" in talk.says(OFFICER, f"通过 {NAMED}")
    assert talk.stored() == before
    assert talk.says(CONTACT, "承诺真实").startswith("已登记：岭南新材料")
    assert "不用重复" in talk.says(SIGNATORY, "承诺真实")
    assert versions(talk, material(talk, "放线测量报告"))[0].truthful
    assert talk.says(OFFICER, f"通过 {NAMED}") == "已通过1份：放线测量报告。"
    assert "承诺真实" not in talk.says(CONTACT, "放线验线 工规证附图", quote={"file": PDF})


def test_the_officer_cannot_state_it_for_the_enterprise(talk: Talk) -> None:
    before = talk.stored()
    assert "由项目单位登记的经办人或代表人承诺" in talk.says(OFFICER, "承诺真实")
    assert talk.stored() == before


# ---------------------------------------------------------------- reviewed


def test_passed_by_card(talk: Talk) -> None:
    _ready(talk)
    one = material(talk, "放线测量报告")
    update = talk.taps(OFFICER, f"mat.ok:{one.id}:1")
    assert update["TemplateCard"]["SubTitleText"] == "李娜已通过"
    assert material(talk, "放线测量报告").state is MaterialState.ACCEPTED
    assert versions(talk, one)[0].decision == "accepted"


def test_returned_by_card_the_reason_is_asked_for(talk: Talk) -> None:
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    one = material(talk, "放线测量报告")
    talk.taps(OFFICER, f"mat.back:{one.id}:1")
    assert talk.sees(OFFICER)[-1].startswith("请直接回复《放线测量报告》退回的原因")
    assert talk.says(OFFICER, "坐标系不对", "app") == "《放线测量报告》已退回，原因已转告项目单位。"
    assert talk.sees(CONTACT)[-1] == (
        "岭南新材料年产3万吨改性塑料厂房·放线验线：《放线测量报告》由李娜退回，原因：坐标系不对。"
        "请改好后引用新文件并写“放线验线 放线测量报告”发给我。"
    )
    assert material(talk, "放线测量报告").reason == "坐标系不对"


def test_an_old_card_decides_nothing_about_a_newer_file(talk: Talk) -> None:
    talk.platform.fault("message/update_template_card", errcode=40058, times=9)
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    old = talk.cards(OFFICER)[-1]["id"]
    talk.says(CONTACT, NAMED, quote={"file": {**PDF, "text": "%PDF-1.4 second"}})
    one = material(talk, "放线测量报告")
    talk.taps_on(OFFICER, old, f"mat.ok:{one.id}:1")
    assert talk.sees(OFFICER)[-1].startswith("《放线测量报告》有更新的文件")
    assert material(talk, "放线测量报告").state is MaterialState.RECEIVED


def test_returned_in_one_line_with_its_reason_and_never_without(talk: Talk) -> None:
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    before = talk.stored()
    assert talk.says(OFFICER, f"退回材料 {NAMED}").startswith("请写明退回原因")
    assert talk.stored() == before
    assert "已退回" in talk.says(OFFICER, f"退回材料 {NAMED} 印章不清，再扫一次")
    assert material(talk, "放线测量报告").reason == "印章不清，再扫一次"


def test_the_lead_departments_representative_reviews_another_does_not(talk: Talk) -> None:
    _ready(talk)
    before = talk.stored()
    assert "材料由服务专员和责任部门代表审核" in talk.says(REPRESENTATIVE, f"通过 {NAMED}")
    assert talk.stored() == before
    assert talk.says("ye.zirong", f"通过 {NAMED}") == "已通过1份：放线测量报告。"


def test_what_is_not_there_cannot_pass(talk: Talk) -> None:
    before = talk.stored()
    assert talk.says(OFFICER, f"通过 {NAMED}").startswith("这份材料还没有提交，现在不能这样操作")
    assert talk.stored() == before


# ---------------------------------------------------------------- handed over


def test_what_is_missing_or_unseen_stands_in_the_way(talk: Talk) -> None:
    before = talk.stored()
    assert talk.says(OFFICER, "提交 放线验线") == (
        "放线验线还不能提交：缺核心材料2份（放线测量报告、工规证附图）。请补齐，或由项目单位申请容缺。"
    )
    assert talk.stored() == before
    _ready(talk)
    before = talk.stored()
    assert "2份材料待审核（放线测量报告、工规证附图）。审核后发送“通过 放线验线 全部”" in talk.says(
        OFFICER, "提交 放线验线"
    )
    assert talk.stored() == before


def test_handed_over_with_a_list_to_both_sides_and_a_card_for_the_representative(talk: Talk) -> None:
    _ready(talk)
    assert talk.says(OFFICER, "通过 放线验线 全部") == "已通过2份：放线测量报告、工规证附图。"
    talk.sees(OFFICER)
    assert "已登记“已提交”" in talk.says(OFFICER, "提交 放线验线")
    with talk.parts.store.reading() as tx:
        form = next(one for one in tx.forms.of_project(1) if one.form == "F28")
    assert [(row["name"], row["count"]) for row in form.values["papers"]] == [
        ("放线测量报告", 1),
        ("工规证附图", 1),
    ]
    assert (form.no, form.values["handed_by"]) == ("YX-JJ-2026-0001", "李娜")
    assert talk.sees(OFFICER)[-1].endswith(".docx")
    assert talk.sees("ye.zirong")[-1] == (
        "已提交：放线验线｜岭南新材料年产3万吨改性塑料厂房｜交件人:李娜｜交接清单:YX-JJ-2026-0001"
    )


def test_the_representative_goes_on_by_card(talk: Talk) -> None:
    _ready(talk)
    talk.says(OFFICER, "通过 放线验线 全部")
    talk.says(OFFICER, "提交 放线验线")
    with talk.parts.store.reading() as tx:
        item = next(i for i in tx.cases.items([1])[1] if i.item_id == ITEM)
    talk.taps("ye.zirong", f"item.go:{item.id}:accepted")
    assert "已登记“已受理”" in talk.sees("ye.zirong")[-1]
    talk.taps("ye.zirong", f"item.ask:{item.id}:correction")
    assert talk.sees("ye.zirong")[-1].startswith("请直接回复放线验线补正的内容和期限")
    assert "待补正" in talk.says("ye.zirong", "坐标成果表缺签字", "app")
    assert "坐标成果表缺签字" in talk.sees(CONTACT)[-1]


def test_files_nobody_has_looked_at_stand_in_the_officers_list(talk: Talk) -> None:
    talk.says(CONTACT, NAMED, quote={"file": PDF})
    assert "岭南新材料厂房·放线验线1份" in talk.says(OFFICER, "待办", "app")
