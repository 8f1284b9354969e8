"""`./daiban understand --corrections`: what people put right, as training rows without names and numbers."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands import daiban
from tests.talk import CONTACT, Talk


def test_the_misunderstood_sentence_with_what_was_meant(talk: Talk, tmp_path: Path) -> None:
    talk.says(CONTACT, "陈静说云溪岭南新材料有限公司的施工许可要什么材料，电话13912345678")
    assert "**工规证材料清单**" in talk.says(CONTACT, "不是施工许可，是工规证")
    talk.says(CONTACT, "进度")
    out = tmp_path / "rows.jsonl"
    before = talk.stored()
    done = daiban("understand", "--corrections", str(out))
    assert (done.returncode, done.stdout) == (0, f"已存 1 条到 {out}\n"), done.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    text = rows[0]["in"].pop("text")
    assert "施工许可要什么材料" in text
    assert not any(word in text for word in ("陈静", "岭南", "139", "5678"))
    assert rows[0]["out"] == {
        "acts": [{"intent": "materials", "slots": {"item": "gg_guihua_jz"}}],
        "decision": "act",
    }
    assert rows[0]["in"]["role"] == "enterprise"
    assert talk.stored() == before


def test_nothing_to_keep_and_no_place_to_keep_it(talk: Talk, tmp_path: Path) -> None:
    talk.says(CONTACT, "进度")
    assert daiban("understand", "--corrections", str(tmp_path / "a")).stdout.startswith("已存 0 条")
    done = daiban("understand", "--corrections", str(tmp_path / "no" / "a"))
    assert done.returncode == 1
    assert "写不进去" in done.stderr
