"""What was sorted by hand becomes a second guess on the officer's card, with its reason – and never acts alone."""

from __future__ import annotations

from sqlalchemy import insert

from domain.issues import Category, IssueStatus
from storage.tables import issues, routing_lessons
from tests.talk import CONTACT, OFFICER, Talk

LAMP = "反馈问题：门口的路灯坏了半个月一直没人管"


def _taught(talk: Talk, count: int) -> None:
    """As after so many problems sorted by hand: road lamps belong to the city's managers."""
    start = talk.parts.clock.now()
    with talk.parts.store.transaction() as tx:
        project = tx.projects.by_code("YX-2026-002")
        assert project is not None
        for no in range(1000, 1000 + count):
            lamp = no % 2 == 0
            words = f"厂区门口的路灯坏了没人管{no}" if lamp else f"夜间货车堵在道口{no}"
            tx._connection.execute(
                insert(issues).values(
                    no=no, project_id=project.id, category=Category.OTHER, description=words,
                    raised_by=project.officer_id, raised_at=start, wish="", status=IssueStatus.WITHDRAWN,
                    level="representative", why="", rule_version=1, steps=[], returns=0, answer="", version=0,
                )
            )  # fmt: skip
            tx._connection.execute(
                insert(routing_lessons).values(
                    issue_no=no, at=start, category=Category.OTHER, words=words,
                    department="cgj" if lamp else "gd", guess=None,
                )
            )  # fmt: skip


def test_with_enough_rows_it_is_a_second_guess_with_its_reason(talk: Talk) -> None:
    _taught(talk, 200)
    talk.files_problem(LAMP)
    said, card = talk.sees(OFFICER)[-2:]
    assert said == "问题3历史相似：12件中12件由城市管理和综合执法局办理，仅供参考。"
    assert card.startswith("问题3：请分派")
    assert talk.issue(3).status is IssueStatus.TRIAGE
    assert [b["text"] for b in talk.cards(OFFICER)[-1]["buttons"]] == ["转城管局", "其他部门", "我来答复"]
    talk.taps(OFFICER, "issue.assign:3:cgj")
    assert talk.issue(3).department == "cgj"


def test_with_too_few_it_is_silent(talk: Talk) -> None:
    _taught(talk, 199)
    talk.files_problem(LAMP)
    assert not any("历史相似" in text for text in talk.sees(OFFICER))


def test_what_the_rules_are_sure_of_is_theirs(talk: Talk) -> None:
    _taught(talk, 200)
    talk.files_problem("反馈问题：厂区门口的路灯坏了没人管，供电局一直不给外线路径意见")
    assert talk.issue(3).department == "gd"
    assert not any("历史相似" in text for text in talk.sees(OFFICER))
    assert not any("历史相似" in text for text in talk.sees(CONTACT))
