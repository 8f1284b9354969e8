"""A quoted message is what “这个” means; a card that is quoted arrives as its words."""

from __future__ import annotations

from typing import Any

from tests.talk import CONTACT, GROUP, OFFICER, REPRESENTATIVE, SIGNATORY, Talk


def test_ten_quotes(talk: Talk, problem: int) -> None:
    """What is quoted wins over what was talked of last; what the words name wins over the quote."""
    talk.says(CONTACT, "高压用电报装到哪了")
    for quoted, said, expected in (
        ("施工许可（住建局）已受理", "这个到哪了", "**施工许可**"),
        ("我们昨天把节能报告交上去了", "现在到哪了", "**节能审查**"),
        ("图审 图审机构 审查中", "要什么材料", "**图审材料清单**"),
        ("麻烦看下环评报告表", "它要几天", "环境影响报告表"),
        ("工规证已经批了", "这个呢", "**建设工程规划许可证核发(建筑类)**"),  # as was asked before
        (f"问题{problem}：请您办理｜施工许可", "这个到哪了", f"问题{problem}"),
        (f"问题{problem}已转给住建局", "那个怎么样了", f"问题{problem}"),
        ("排水许可还没报", "那个找谁", "水务局"),
        ("今天开会讨论的内容", "进度", "在办4项"),
        ("施工许可（住建局）已受理，环评报告表审查中", "高压用电报装到哪了", "**高压用电报装**"),
        ("施工许可（住建局）已受理", "环评报告表到哪了", "**环评报告表**"),
        ("用水报装要先申请", "材料", "**用水报装材料清单**"),
    ):
        assert expected in talk.says(CONTACT, said, quote={"text": quoted}), (quoted, said)


def test_the_bots_own_answer_is_quoted(talk: Talk) -> None:
    talk.says(CONTACT, "环评报告表到哪了")
    talk.says(CONTACT, "施工许可到哪了")
    answer = _last(talk, CONTACT, "环评报告表")
    assert "**环评报告表材料清单**" in talk.says(CONTACT, "材料", quote=answer["id"])


def test_somebody_else_quotes_it(talk: Talk) -> None:
    talk.says(CONTACT, "环评报告表到哪了")
    answer = _last(talk, SIGNATORY, "环评报告表")
    assert "**环评报告表**" in talk.says(SIGNATORY, "卡在哪", quote=answer["id"])


def test_a_problem_quoted_in_another_group_is_not_there(talk: Talk, problem: int) -> None:
    said = talk.says("zhou.min", "这个到哪了", "yx2026002", quote={"text": f"问题{problem} 待接办"})
    assert said.startswith(f"没有找到问题{problem}")


def test_unaddressed_words_with_a_quote_are_not_heard(talk: Talk) -> None:
    assert talk.unheard(CONTACT, "这个到哪了", mention=False, quote={"text": "施工许可已受理"})
    assert talk.sees(OFFICER) == []
    assert talk.sees(REPRESENTATIVE) == []


def _last(talk: Talk, user: str, word: str) -> dict[str, Any]:
    found = [
        m for m in talk.platform.history(user, GROUP) if m["from"] == "bot" and word in (m.get("text") or "")
    ]
    return dict(found[-1])
