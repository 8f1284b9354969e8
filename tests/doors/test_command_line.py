"""`./daiban …` as the office types it: exit codes, one line on errors, nothing half done."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.bot.workbooks import PERSON, PROJECT, projects, roster
from tests.commands import ROOT, daiban
from tests.talk import CONTACT, GROUP, Talk


def test_it_starts_by_itself() -> None:
    """Everything else here runs it in this process."""
    command = [sys.executable, "-m", "scheduler.cli"]
    listed = subprocess.run([*command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "代办助手的命令行" in listed.stdout
    wrong = subprocess.run([*command, "tarnish"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_every_command_explains_itself() -> None:
    names = (
        "migrate", "load-config", "load-sample", "import-roster", "import-projects", "template", "doctor", "trace",
        "run-due", "understand", "outbox", "export", "routing",
    )  # fmt: skip
    listed = daiban("--help").stdout
    assert all(name in listed for name in names)
    for name in names:
        assert daiban(name, "--help").returncode == 0


def test_a_missing_setting_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAIBAN_VAR", str(tmp_path))
    monkeypatch.setenv("WECOM_CORP_ID", "")
    said = daiban("migrate")
    assert said.returncode == 1
    assert "WECOM_CORP_ID" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_broken_configuration_is_refused_whole(talk: Talk, tmp_path: Path) -> None:
    said = daiban("load-config", str(tmp_path / "nowhere"))
    assert said.returncode == 1
    assert "site.yaml" in said.stderr
    with talk.parts.store.reading() as tx:
        assert tx.sites.newest_version() == 1
    assert daiban("load-config", "config").returncode == 0
    with talk.parts.store.reading() as tx:
        assert tx.sites.newest_version() == 2


def test_a_vague_paper_in_the_catalogue_is_named_with_its_line(talk: Talk, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    text = (folder / "catalogue.yaml").read_text(encoding="utf-8")
    line = text[: text.index("name: 建设资金落实承诺书")].count("\n") + 1
    vague = text.replace("name: 建设资金落实承诺书", "name: 其他材料", 1)
    (folder / "catalogue.yaml").write_text(vague, encoding="utf-8")
    said = daiban("load-config", str(folder))
    assert said.returncode == 1
    assert f"catalogue.yaml 第 {line} 行" in said.stderr
    assert "「其他材料」说不清要什么" in said.stderr
    with talk.parts.store.reading() as tx:
        assert tx.sites.newest_version() == 1


def test_sample_data_does_not_mix_with_what_is_there(talk: Talk) -> None:
    said = daiban("load-sample")
    assert said.returncode == 1
    assert "已有项目" in said.stderr


def test_a_roster_is_imported_whole_or_not_at_all(talk: Talk, tmp_path: Path) -> None:
    new = {**PERSON, "姓名": "郑新", "企业微信账号": "zheng.xin", "手机号码": "13900000099"}
    bad = daiban(
        "import-roster", str(roster(tmp_path, new, {**new, "企业微信账号": "bad id", "姓名": "郑二"}))
    )
    assert bad.returncode == 1
    assert "第 4 行" in bad.stderr
    assert "企业微信账号" in bad.stderr
    with talk.parts.store.reading() as tx:
        assert tx.people.by_userid("zheng.xin") is None
    assert daiban("import-roster", str(roster(tmp_path, new))).returncode == 0
    with talk.parts.store.reading() as tx:
        person = tx.people.by_userid("zheng.xin")
        assert person is not None
        assert person.departments() == {"zjj"}


def test_projects_are_imported_whole_or_not_at_all(talk: Talk, tmp_path: Path) -> None:
    known = {
        **PROJECT,
        "项目编号": "YX-2026-001",
        "项目名称": "另一个厂房",
        "国家项目代码": None,
        "工作群chatid": None,
    }
    bad = daiban("import-projects", str(projects(tmp_path, PROJECT, known)))
    assert bad.returncode == 1
    assert "已有项目" in bad.stderr
    with talk.parts.store.reading() as tx:
        assert tx.projects.by_code("YX-2026-005") is None
    done = daiban("import-projects", str(projects(tmp_path, PROJECT)))
    assert done.returncode == 0, done.stderr
    assert "YX-2026-005" in done.stdout


def test_what_is_no_workbook_is_refused(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("名单")
    said = daiban("import-roster", str(tmp_path / "x.xlsx"))
    assert said.returncode == 1
    assert "Traceback" not in said.stderr


def test_templates_are_written(talk: Talk, tmp_path: Path) -> None:
    for kind in ("roster", "projects"):
        assert daiban("template", kind, str(tmp_path / f"{kind}.xlsx")).returncode == 0
        assert (tmp_path / f"{kind}.xlsx").read_bytes()[:2] == b"PK"


def test_the_doctor_finds_what_is_well_and_says_what_to_do(talk: Talk) -> None:
    said = daiban("doctor", "--json")
    found = {one["name"]: one for one in json.loads(said.stdout)}
    well = {
        "database",
        "config",
        "migrations",
        "redis",
        "token",
        "trusted_ip",
        "callback",
        "appchat",
        "calendar",
    }
    assert {name for name in well if found[name]["level"] != "OK"} == set()
    assert found["scheduler"]["level"] == "FAIL"
    assert "scheduler" in found["scheduler"]["todo"]
    assert said.returncode == 1
    talk.platform.switch("no_appchat_right")
    assert json.loads(daiban("doctor", "--json").stdout)[8]["level"] == "WARN"


def _doctor() -> dict[str, dict[str, str]]:
    return {one["name"]: one for one in json.loads(daiban("doctor", "--json").stdout)}


def test_the_doctor_leads_through_an_installation_step_by_step(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    found = _doctor()
    assert (found["database"]["level"], found["migrations"]["level"]) == ("OK", "FAIL")
    assert "./daiban migrate" in found["migrations"]["todo"]
    assert daiban("doctor").stderr == ""
    assert daiban("migrate").returncode == 0
    found = _doctor()
    assert (found["migrations"]["level"], found["config"]["level"]) == ("OK", "FAIL")
    assert "load-config" in found["config"]["todo"]
    assert daiban("load-config", "config").returncode == 0
    found = _doctor()
    assert (found["config"]["level"], found["worker"]["level"]) == ("OK", "FAIL")
    assert "worker" in found["worker"]["todo"]


def test_the_doctor_says_once_that_the_platform_is_out_of_reach(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WECOM_API_BASE", "http://127.0.0.1:1")
    monkeypatch.setenv("SANDBOX", "0")
    found = _doctor()
    assert found["clock"]["level"] == "FAIL"
    assert "WECOM_API_BASE" in found["clock"]["todo"]
    assert not {"token", "trusted_ip", "appchat"} & set(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql+psycopg://daiban:p/w@127.0.0.1/daiban"),
        ("DATABASE_URL", "postgresql+psycopg://daiban@127.0.0.1:port/daiban"),
        ("REDIS_URL", "redis://127.0.0.1:port/0"),
    ],
)
def test_an_address_that_cannot_be_read_is_named(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    said = daiban("doctor")
    assert said.returncode == 1
    assert said.stderr.startswith(f"设置 {name} 有误：")
    assert said.stderr.count("\n") == 1


def test_a_message_is_traced_from_its_arrival_to_the_platforms_answer(talk: Talk) -> None:
    said = talk.platform.ask("/sandbox/say", {"user": CONTACT, "chat": GROUP, "text": "发一下申请表"})
    talk.work()
    path = json.loads(daiban("trace", said["msgid"], "--json").stdout)
    assert path["understood"]["acts"][0]["intent"] == "template"
    assert path["understood"]["acts"][0]["rule"]
    assert path["sent"][0]["state"] == "sent"
    assert path["sent"][0]["platform"]
    assert "申请表" not in json.dumps(path, ensure_ascii=False)
    assert daiban("trace", "nothing").returncode == 1


def test_the_trace_of_a_filed_problem_shows_the_issue_and_its_card(talk: Talk) -> None:
    talk.says(CONTACT, "反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收")
    said = talk.platform.ask("/sandbox/say", {"user": CONTACT, "chat": GROUP, "text": "1"})
    talk.work()
    path = json.loads(daiban("trace", said["msgid"], "--json").stdout)
    assert [change["what"] for change in path["changed"]] == ["issue.file", "issue.assign"]
    assert [(one["about"], one["state"]) for one in path["sent"]] == [("issue:3", "sent")]
    assert "已处理" in daiban("trace", said["msgid"]).stdout


def test_understanding_follows_the_interface_line_by_line(talk: Talk) -> None:
    lines = [
        {
            "text": "施工许可办到哪了",
            "role": "enterprise",
            "chat": "group",
            "mention": True,
            "quote": None,
            "recent": None,
        },
        {
            "text": "施工许可办到哪了",
            "role": "enterprise",
            "chat": "group",
            "mention": False,
            "quote": None,
            "recent": None,
        },
        {"text": "回复 12 已安排周三踏勘", "role": "representative", "chat": "single", "mention": False},
    ]
    said = daiban("understand", "--jsonl", given="\n".join(json.dumps(line) for line in lines))
    first, second, third = (json.loads(line) for line in said.stdout.splitlines())
    assert first["acts"][0]["intent"] == "progress"
    assert first["acts"][0]["slots"] == {"item": "sg_xuke"}
    assert first["decision"] == "act"
    assert (second["acts"][0]["intent"], second["decision"]) == ("none", "silent")
    assert (third["acts"][0]["intent"], third["acts"][0]["slots"]) == ("reply_issue", {"issue_no": "12"})
    assert daiban("understand", "--jsonl", given="not json").returncode == 2


def test_what_is_due_is_done_once_without_redis(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    for _ in range(2):
        assert daiban("run-due", "--at", "2026-09-20T16:21", "--deliver").returncode == 0
    sends = [call for call in talk.platform.log("/cgi-bin/appchat/send") if "本周小结" in str(call["body"])]
    assert len(sends) == 3
    assert daiban("run-due", "--at", "tomorrow").returncode == 2


def test_a_send_that_failed_is_listed_sent_again_or_dropped(talk: Talk) -> None:
    talk.platform.fault("/cgi-bin/message/send", errcode=40003, times=1)
    talk.says(CONTACT, "发一下申请表")
    listed = json.loads(daiban("outbox", "list", "--json").stdout)
    assert [(one["state"], one["about"]) for one in listed] == [("failed", "paper:F1")]
    number = str(listed[0]["id"])
    assert daiban("outbox", "retry", number).returncode == 0
    talk.work()
    assert json.loads(daiban("outbox", "list", "--json").stdout) == []
    assert daiban("outbox", "drop", number).returncode == 1


def test_readiness_names_what_is_wrong(talk: Talk) -> None:

    with pytest.raises(HTTPError) as caught:
        urlopen(f"{talk.parts.settings.public_url}/readyz", timeout=10)
    body = json.loads(caught.value.read())
    caught.value.close()
    assert caught.value.code == 503
    assert list(body["parts"].values()).count("FAIL") == 1
    assert "scheduler" in body["reasons"][0]
    with talk.parts.store.transaction() as tx:
        tx.runs.beat("scheduler", talk.parts.clock.real_now())
    with urlopen(f"{talk.parts.settings.public_url}/readyz", timeout=10) as answer:
        assert json.load(answer)["ready"] is True
    with urlopen(f"{talk.parts.settings.public_url}/healthz", timeout=10) as answer:
        assert answer.status == 200
