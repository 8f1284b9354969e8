"""What people wrote in confidence – an address, a reason, a comment, a remark of the log – stays where it belongs: not
in a group, nor in logs, Redis, audit details; and an anonymous rating leads back to nobody."""

from __future__ import annotations

import logging

import pytest
from redis import Redis
from sqlalchemy import text

from tests.conversations.intake import PHONE, code
from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, SIGNATORY, SUPERVISOR, Talk

CODE = "YX-2026-001"
MARK = "麒麟标记"
# Every field of issue 3 somebody writes freely, each with a marker of its own.
SAID = (
    (OFFICER, f"记录 {CODE} 施工许可 电话沟通{MARK}日志一"),
    (OFFICER, f"改记录 1 电话沟通{MARK}日志二"),
    (OFFICER, f"催告 {CODE} 请于9月20日前提交{MARK}催告"),
    (CONTACT, f"{CODE} 施工许可 要求清单外材料 {MARK}清单外"),
    (OFFICER, f"退回材料 {CODE} 施工许可 施工合同 {MARK}退回原因"),
    (CONTACT, f"预约 明天上午10点 视频 {MARK}预约"),
    (CONTACT, f"要把结果寄给我 {CODE}"),
    (CONTACT, "2"),
    (CONTACT, f"云溪县工业园区{MARK}路8号3栋"),
    (OFFICER, f"中止 {CODE} S2c {MARK}中止说明"),
    (OFFICER, f"协调记录 {CODE} 已约谈{MARK}协调"),
    (OFFICER, f"不再中止 {CODE}"),
    (OFFICER, f"办结 {CODE} 未完成：{MARK}未完成说明"),
    (OFFICER, f"当面移交 {CODE} 全部"),
    (SIGNATORY, f"退回办结 {CODE} {MARK}退回办结"),
    (OFFICER, f"办结 {CODE} 未完成：{MARK}未完成说明二"),
    (SIGNATORY, "签字确认"),
    (OFFICER, "签署 YX-BJ-2026-0001"),
    (OFFICER, "签署 YX-BJ-2026-0002"),
    (CONTACT, f"匿名评价 {CODE} 1 {MARK}评语"),
    (OFFICER, f"整改 {CODE} {MARK}整改措施"),
    (SUPERVISOR, f"回访 {CODE} 满意{MARK}回访"),
)


def test_free_words_reach_neither_groups_nor_logs_nor_redis_nor_the_audit(
    talk: Talk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    given = code(talk.says(OFFICER, f"发码 {CODE} 经办人", "app"))
    talk.says(OUTSIDER, f"登记 {given} 孙亮 {PHONE}", "app")
    for who, words in SAID:
        talk.says(who, words, "app")
    talk.time_is("2026-09-15T11:45")
    talk.time_is("2026-09-15T17:15")
    with talk.parts.store.engine.connect() as connection:
        audit = "\n".join(map(str, connection.execute(text("SELECT * FROM audit")).all()))
        posts = "\n".join(
            connection.execute(text("SELECT speech FROM outbox WHERE kind = 'group'")).scalars()
        )
        subjects = "\n".join(connection.execute(text("SELECT subject FROM outbox")).scalars())
        kept = connection.execute(
            text("SELECT count(*) FROM ratings WHERE comment LIKE :m"), {"m": f"%{MARK}%"}
        )
        assert kept.scalar_one() == 1
    posts = posts.encode().decode("unicode_escape") + "\n".join(talk.sees(CONTACT, GROUP))
    secret = (MARK, PHONE, given)
    heaps = {
        "logs": caplog.text + "".join(capfd.readouterr()),
        "redis": _everything_in(talk.redis),
        "audit": audit.encode().decode("unicode_escape", errors="replace") + audit,
        "posts": posts,
        "subjects": subjects,
    }
    found = [(name, one, _around(heap, one)) for name, heap in heaps.items() for one in secret if one in heap]
    assert not found, found


def test_an_anonymous_rating_leads_back_to_nobody(talk: Talk) -> None:
    talk.says(OFFICER, f"办结 {CODE} 未完成：其余由项目单位自行办理", "app")
    talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")
    talk.says(SIGNATORY, "签字确认", "app")
    talk.says(OFFICER, "签署 YX-BJ-2026-0001", "app")
    for who in (OFFICER, SUPERVISOR, SIGNATORY, CONTACT):
        talk.sees(who)
    talk.says(CONTACT, f"匿名评价 {CODE} 1 没人管", "app")
    heard = [*talk.sees(OFFICER), *talk.sees(SUPERVISOR), *talk.sees(SIGNATORY)]
    heard += [talk.says(OFFICER, words, "app") for words in (f"台账 {CODE}", f"我的档案 {CODE}", "待办")]
    heard += [talk.says(SUPERVISOR, words, "app") for words in ("汇总", f"{CODE} 进度")]
    talk.says(CONTACT, f"误评申诉 {CODE} 点错了应为满意", "app")
    heard += [*talk.sees(OFFICER), *talk.sees(SUPERVISOR)]
    assert heard
    assert not [one for one in heard if "陈静" in one]
    with talk.parts.store.reading() as tx:
        form = next(one for one in tx.forms.of_project(1) if one.form == "F12")
        rows = [one for one in tx.ledger.of_project(1) if one.subject == "rating:1"]
        audit = list(tx.audit.of_subject("rating:1"))
    assert (form.made_by, form.signatures) == (None, ())
    assert not [
        one for one in (*form.values.values(), *(row.recorded_by for row in rows)) if "陈静" in str(one)
    ]
    assert "chen.jing" not in str(audit)


def test_beside_an_anonymous_rating_the_other_ones_appeal_names_nobody_either(talk: Talk) -> None:
    """Of two who may rate, the name of one would tell the other's."""
    talk.says(OFFICER, f"办结 {CODE} 未完成：其余由项目单位自行办理", "app")
    talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")
    talk.says(SIGNATORY, "签字确认", "app")
    talk.says(OFFICER, "签署 YX-BJ-2026-0001", "app")
    talk.says(CONTACT, f"匿名评价 {CODE} 1 没人管", "app")
    talk.sees(SUPERVISOR)
    talk.says(SIGNATORY, f"误评申诉 {CODE} 点错了应为满意", "app")
    told = talk.sees(SUPERVISOR)
    assert told
    assert not [one for one in told if "林国华" in one or "陈静" in one]


def _around(heap: str, word: str) -> str:
    at = heap.index(word)
    return heap[max(0, at - 200) : at + 80]


def _everything_in(redis: Redis) -> str:
    found = []
    for key in redis.scan_iter():
        found.append(key.decode())
        if redis.type(key) == b"hash":
            found += [f"{k!r}{v.decode(errors='replace')}" for k, v in redis.hgetall(key).items()]
        else:
            found.append(repr(redis.dump(key)))
    return "\n".join(found)
