"""plan.yaml: what does not fit is named with its line; a site without it still reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.siteconfig import read_site_document
from domain.site import Site, SiteProblems

CONFIG = Path(__file__).parents[2] / "config"


@pytest.mark.parametrize(
    ("old", "new", "heard"),
    [
        ("item: qiye_beian, when: 备案类", "item: qiye_bei, when: 备案类", "事项 qiye_bei 不在目录中"),
        (
            "item: qiye_beian, when: 备案类",
            "item: qiye_beian, when: 备案",
            "情形「备案」没有写在 conditions 中",
        ),
        (
            "备案类: {fact: approval_route",
            "备案类: {fact: approval",
            "要看的信息 approval 不是信息采集表的栏目",
        ),
        (
            "审批或核准类: {any: [审批类, 核准类]}",
            "审批或核准类: {any: [审批类, 审批或核准类]}",
            "情形互相引用",
        ),
        ("{fact: energy, least: 1000}", "{fact: energy}", "应为一项信息的判断"),
        ("preparation: 3 ", "preparation: 三 ", "preparation 不对，应为不小于 0 的整数"),
        ("after_building: [竣工验收]", "after_building: [竣工]", "没有「竣工」这个阶段"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, old: str, new: str, heard: str) -> None:
    folder = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "plan.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SiteProblems) as caught:
        read_site_document(folder)
    assert any(one.startswith("plan.yaml") and heard in one for one in caught.value.problems), (
        caught.value.problems
    )


def test_a_site_kept_before_there_were_plans_still_reads() -> None:
    document = read_site_document(CONFIG)
    del document["plan"]
    site = Site.from_document(document)
    assert site.plan.rules == {}
    assert site.plan.days.preparation == 3
