"""The archive of a case: whole, readable, and not one byte of it can be changed unseen."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from pathlib import Path

import pytest

from bot import archiving
from tests.case.archives import KEY, archive, lived_in
from tests.commands import daiban
from tests.talk import CONTACT, OFFICER, SIGNATORY, Talk


@pytest.fixture
def archived(talk: Talk, tmp_path: Path) -> Path:
    lived_in(talk)
    return archive(talk, tmp_path / "case.zip")


def found(path: Path, key: str = KEY) -> list[tuple[str, str]]:
    return [(one.what, one.path) for one in archiving.verify(path, key)]


def rewritten(path: Path, name: str, data: bytes | None, *, extra: str = "") -> Path:
    """The archive packed anew with one member changed, left out, or added."""
    out = path.with_name("rewritten.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            content = old.read(member) if member.filename != name else data
            if content is not None:
                new.writestr(member, content)
        if extra:
            new.writestr(extra, b"new")
    return out


def test_an_archive_holds_index_forms_messages_files_records_and_the_chain(archived: Path) -> None:
    with zipfile.ZipFile(archived) as one:
        names = one.namelist()
        messages = one.read("2-记录/往来消息.txt").decode()
        items = json.loads(one.read("2-记录/case_items.json"))
        contract = next(name for name in names if name.endswith("施工合同（盖章）.pdf"))
        assert one.read(contract) == b"%PDF-1.4 contract"
    assert "目录.docx" in names
    assert "manifest.json" in names
    assert "2-记录/审计链.json" in names
    assert any(name.startswith("1-表单/") and "YX-WT-2026-0001" in name for name in names)
    assert "【收·工作群】陈静：施工许可办到哪了" in messages
    assert "【答·工作群】代办助手：" in messages
    assert "【发·黄志坚】" in messages
    assert {item["item_id"] for item in items} >= {"sg_xuke"}


def test_nothing_of_another_project_is_in_it(talk: Talk, tmp_path: Path) -> None:
    talk.says("zhou.min", "排水许可卡在谁那里", "yx2026002")
    talk.says("zhou.min", "反馈问题：独有的词在另一个项目里出现了", "yx2026002")
    lived_in(talk)
    with zipfile.ZipFile(archive(talk, tmp_path / "case.zip")) as one:
        everything = b"".join(one.read(name) for name in one.namelist()).decode(errors="ignore")
    assert "独有的词" not in everything
    assert "清溪食品" not in everything


def test_an_untouched_archive_is_found_whole(archived: Path) -> None:
    assert found(archived) == []


def test_any_changed_byte_is_found(archived: Path) -> None:
    """At every place that means something, and at a thousand others."""
    data = archived.read_bytes()
    places = random.Random(7).sample(range(len(data)), 300)
    places += [0, 1, len(data) - 1, len(data) - 76, len(data) - 80, len(data) - 90]
    changed = archived.with_name("changed.zip")
    for place in places:
        changed.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert found(changed), place


@pytest.mark.parametrize("cut", [1, 75, 5000])
def test_a_shortened_archive_is_found(archived: Path, cut: int) -> None:
    short = archived.with_name("short.zip")
    short.write_bytes(archived.read_bytes()[:-cut])
    assert found(short)


def test_a_changed_file_is_named_even_when_it_was_packed_anew(archived: Path) -> None:
    name = "2-记录/case_items.json"
    assert found(rewritten(archived, name, b"[]")) == [("changed", name)]
    assert found(rewritten(archived, name, None)) == [("missing", name)]
    assert found(rewritten(archived, "", None, extra="2-记录/new.txt")) == [("extra", "2-记录/new.txt")]


def test_a_changed_file_with_a_changed_hash_breaks_the_seal(archived: Path) -> None:
    name = "2-记录/case_items.json"
    with zipfile.ZipFile(archived) as one:
        manifest = json.loads(one.read("manifest.json"))
    for entry in manifest["files"]:
        if entry["path"] == name:
            entry |= {"size": 2, "sha256": hashlib.sha256(b"[]").hexdigest()}
    once = rewritten(archived, name, b"[]").rename(archived.with_name("once.zip"))
    twice = rewritten(once, "manifest.json", json.dumps(manifest, ensure_ascii=False).encode())
    assert found(twice) == [("seal", "manifest.json")]


def test_packing_it_anew_without_a_change_is_told_too(archived: Path) -> None:
    assert found(rewritten(archived, "", None)) == [("wrapping", "")]


def test_another_installation_cannot_vouch_for_it(archived: Path) -> None:
    assert ("seal", "manifest.json") in found(archived, "another key")


def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    for content in (b"", b"PK", b"x" * 1000):
        (tmp_path / "no.zip").write_bytes(content)
        assert found(tmp_path / "no.zip") == [("broken", "")]


def test_the_command_makes_and_verifies_and_never_overwrites(talk: Talk, tmp_path: Path) -> None:
    lived_in(talk)
    out = tmp_path / "岭南.zip"
    made = daiban("archive", "YX-2026-001", str(out))
    assert made.returncode == 0, made.stderr
    assert "档案完整" in daiban("verify-archive", str(out)).stdout
    assert daiban("archive", "YX-SQ-2026-0001", str(out)).returncode == 1
    data = bytearray(out.read_bytes())
    data[200] ^= 1
    out.write_bytes(bytes(data))
    said = daiban("verify-archive", str(out))
    assert said.returncode == 1
    assert said.stdout.strip()
    assert "Traceback" not in said.stderr


def test_the_command_says_what_is_wrong_in_one_line(talk: Talk, tmp_path: Path) -> None:
    assert talk.parts
    unknown = daiban("archive", "YX-2026-999", str(tmp_path / "a.zip"))
    assert (unknown.returncode, len(unknown.stderr.strip().splitlines())) == (1, 1)
    nowhere = daiban("archive", "YX-2026-001", str(tmp_path / "no" / "a.zip"))
    assert (nowhere.returncode, len(nowhere.stderr.strip().splitlines())) == (1, 1)
    assert daiban("verify-archive", str(tmp_path / "missing.zip")).returncode == 2


def test_who_rated_without_a_name_is_not_found_in_the_archive_either(talk: Talk, tmp_path: Path) -> None:
    for who, words in (
        (OFFICER, "办结 YX-2026-001 未完成：其余由项目单位自行办理"),
        (OFFICER, "当面移交 YX-2026-001 全部"),
        (SIGNATORY, "签字确认"),
        (OFFICER, "签署 YX-BJ-2026-0001"),
        (CONTACT, "匿名评价 YX-2026-001 1 窗口没人管"),
    ):
        talk.says(who, words, "app")
    with zipfile.ZipFile(archive(talk, tmp_path / "rated.zip")) as one:
        records = [json.loads(one.read(name)) for name in one.namelist() if name.endswith(("ratings.json",))]
        told = "\n".join(
            one.read(name).decode()
            for name in one.namelist()
            if name.endswith((".txt", "received.json", "sent.json"))
        )
    assert [(row["grade"], row["rated_by"]) for row in records[0]] == [(1, None)]
    assert "窗口没人管" not in told
    assert "已收到评价" not in told
