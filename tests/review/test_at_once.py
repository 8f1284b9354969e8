"""Two at once, on the database a on_postgres uses: each thing is done once, and nobody waits for the other for ever."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from tests.conversations.intake import applied, form, invited
from tests.talk import CONTACT, OFFICER, OTHER_OFFICER, SIGNATORY, Talk, words_of

CODE, SLIP = "YX-2026-001", "YX-BJ-2026-0001"
LATER = "已收到，稍后答复。"
Said = tuple[str, str]


def at_once(talk: Talk, said: Sequence[Said]) -> list[str]:
    """Said by several in the same moment; what each is answered. Then the worker does what had to wait."""

    def say(one: Said) -> str:
        result = talk.platform.ask("/sandbox/say", {"user": one[0], "chat": "app", "text": one[1]})
        assert result["status"] == 200, result
        return words_of(result["answer"])

    with ThreadPoolExecutor(len(said)) as pool:
        answers = list(pool.map(say, said))
    talk.work()
    with talk.parts.store.engine.connect() as connection:
        states = set(connection.execute(text("SELECT state FROM inbox")).scalars())
    assert states == {"answered"}
    return answers


def count(talk: Talk, query: str) -> int:
    with talk.parts.store.engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def _to_sign(talk: Talk) -> None:
    talk.says(OFFICER, f"办结 {CODE} 未完成：施工许可等由项目单位自行办理", "app")
    assert "签署" in talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")


def test_both_sides_sign_the_slip_at_once(on_postgres: Talk) -> None:
    _to_sign(on_postgres)
    at_once(
        on_postgres, [(SIGNATORY, "签字确认"), (OFFICER, f"签署 {SLIP}"), (OTHER_OFFICER, f"签署 {SLIP}")]
    )
    assert count(on_postgres, "SELECT count(*) FROM cases WHERE id = 1 AND status = 'closed'") == 1
    assert count(on_postgres, "SELECT count(*) FROM audit WHERE action = 'case.close'") == 1
    assert count(on_postgres, "SELECT count(*) FROM audit WHERE action = 'form.sign'") == 2
    assert count(on_postgres, "SELECT count(*) FROM filled_forms WHERE form = 'F28'") == 1


def test_signed_and_sent_back_at_once_only_one_of_it_holds(on_postgres: Talk) -> None:
    """The one holds form and case, the other case and form: in one order, so neither is broken off."""
    _to_sign(on_postgres)
    on_postgres.says(OFFICER, f"签署 {SLIP}", "app")
    answers = at_once(
        on_postgres, [(SIGNATORY, f"签署 {SLIP}"), (SIGNATORY, f"退回办结 {CODE} 少一份工规证原件")]
    )
    closed = count(on_postgres, "SELECT count(*) FROM cases WHERE id = 1 AND status = 'closed'")
    void = count(on_postgres, "SELECT count(*) FROM filled_forms WHERE form = 'F6' AND state = 'void'")
    assert closed + void == 1, answers


def test_a_slip_and_one_more_delivery_at_once(on_postgres: Talk) -> None:
    _to_sign(on_postgres)
    on_postgres.says(OFFICER, f"签署 {SLIP}", "app")
    at_once(
        on_postgres, [(SIGNATORY, f"签署 {SLIP}"), (OTHER_OFFICER, f"邮寄 {CODE} 顺丰 SF1234567890 图纸")]
    )
    assert count(on_postgres, "SELECT count(*) FROM cases WHERE id = 1 AND status = 'closed'") == 1
    assert count(on_postgres, "SELECT count(*) FROM deliveries WHERE state = 'sent'") == 0


def test_accepted_and_refused_by_two_at_once(on_postgres: Talk) -> None:
    no = applied(on_postgres)
    with on_postgres.parts.store.engine.begin() as connection:
        query = "UPDATE projects SET deputy_id = (SELECT id FROM people WHERE userid = :who) WHERE code = 'YX-2026-005'"
        connection.execute(text(query), {"who": OTHER_OFFICER})
    at_once(on_postgres, [(OFFICER, f"受理 {no}"), (OTHER_OFFICER, f"不予受理 {no} 1 属市级审批权限")])
    decided = "SELECT count(*) FROM audit WHERE action IN ('case.accept', 'case.refuse')"
    assert count(on_postgres, decided) == 1


def test_the_same_new_project_applied_for_by_two_at_once(on_postgres: Talk) -> None:
    national = "2609-440299-04-01-200001"
    users = ("sun.liang", CONTACT)
    for user in users:
        invited(on_postgres, user)
        on_postgres.says(user, "申请代办 新项目", "app")
        on_postgres.says(user, form(项目代码=national), "app")
        on_postgres.says(user, "同意", "app")
    answers = at_once(on_postgres, [(user, "提交") for user in users])
    assert count(on_postgres, f"SELECT count(*) FROM projects WHERE national_code = '{national}'") == 1, (
        answers
    )
    assert sum("这个项目已有登记" in one for one in on_postgres.heard + answers) == 1


def test_rated_by_both_at_once(on_postgres: Talk) -> None:
    _to_sign(on_postgres)
    on_postgres.says(SIGNATORY, "签字确认", "app")
    on_postgres.says(OFFICER, f"签署 {SLIP}", "app")
    at_once(on_postgres, [(CONTACT, f"评价 {CODE} 5"), (SIGNATORY, f"评价 {CODE} 4")])
    assert count(on_postgres, "SELECT count(*) FROM ratings") == 1
    assert count(on_postgres, "SELECT count(*) FROM filled_forms WHERE form = 'F12'") == 1


def test_two_files_for_one_material_are_two_versions(on_postgres: Talk) -> None:
    said = "这是 放线验线 放线测量报告"

    def hand_in(n: int) -> None:
        paper = {"name": f"放线{n}.pdf", "text": f"%PDF-1.4 {n}"}
        body = {
            "user": CONTACT if n else SIGNATORY,
            "chat": "yx2026001",
            "text": said,
            "quote": {"file": paper},
        }
        assert on_postgres.platform.ask("/sandbox/say", body)["status"] == 200

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(hand_in, range(2)))
    on_postgres.work()
    assert count(on_postgres, "SELECT count(*) FROM material_versions") == 2
    assert count(on_postgres, "SELECT count(DISTINCT version) FROM material_versions") == 2
