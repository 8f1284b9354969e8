"""Wrong persons with every command and every card: nothing is changed, and nothing of the project is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.handlers import CARDS
from bot.handlers import COMMANDS as ANSWERED
from bot.understanding.commands import COMMANDS as WORDS
from bot.understanding.dictionary import normalise
from tests.doors.knocking import Doors
from tests.review import attacks
from tests.review.attacks import CODE, MARK, SECRETS
from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    OUTSIDER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)

# Who, and where: unregistered; another project's contact; a representative and an officer without part; the
# administrator; the project's own officer where another project is talked of.
ATTACKERS = (
    (OUTSIDER, "app"),
    ("zhou.min", "app"),
    ("zhou.min", OTHER_GROUP),
    ("qiu.qing", "app"),
    ("wang.lei", "app"),
    ("zhao.min", "bot"),
)
# Done by an outsider without harm: a try with a wrong code is only counted, an own application is only begun, and
# only the own reminders are put off.
ONES_OWN = {
    "redeem",
    "achievements",
    "tables",
    "take_in",
    "channels",
    "kinds",
    "catalogue_changes",
    "factor",
    "remind_later",
    "remind_no_more",
}
# Any service officer's: figures of the own projects, and what departments return, which is of no project. They may
# change something there, but tell nothing of this project.
OF_THE_DUTY = {
    ("wang.lei", "analysis"),
    ("wang.lei", "return_call"),
    ("wang.lei", "return_result"),
    ("wang.lei", "event_plan"),
}


def test_every_command_word_and_every_card_is_attacked() -> None:
    assert set(attacks.COMMANDS) == {one.name for one in WORDS} == set(ANSWERED)
    for name, texts in attacks.COMMANDS.items():
        for text in texts:
            taken = next(one.name for one in WORDS if one.pattern.match(normalise(text)))
            assert taken == name, text


# Its number, its slip, its application, or its problem 3.
OF_THE_PROJECT = rf"{CODE}|{attacks.SLIP}|{attacks.CASE}|(?<!\d)3(?!\d)"


def under_way(talk: Talk) -> None:
    """Something to steal everywhere: a problem, a suspension proposed, a meeting, rows of the log."""
    talk.files_problem(f"反馈问题：{MARK}的施工许可窗口要求补交村委会盖章，清单上没有这一条")
    talk.says(REPRESENTATIVE, "回复 3 已安排周三踏勘，请带图纸。", "app")
    talk.says(CONTACT, "预约 明天上午10点 视频", "app")
    talk.says(OFFICER, f"记录 {CODE} 电话沟通{MARK}", "app")
    talk.says(CONTACT, f"申请中止 {CODE} {MARK}资金紧张", "app")
    talk.says(CONTACT, "1", "app")
    talk.says(CONTACT, "被要求清单外材料 施工许可 村委会盖章", "app")


def handed_over(talk: Talk) -> None:
    talk.says(OFFICER, f"办结 {CODE} 未完成：施工许可等由项目单位自行办理", "app")
    assert "签署" in talk.says(OFFICER, f"当面移交 {CODE} 全部", "app")


def rated(talk: Talk) -> None:
    handed_over(talk)
    talk.says(SIGNATORY, "签字确认", "app")
    talk.says(OFFICER, f"签署 {attacks.SLIP}", "app")
    assert "已收到评价" in talk.says(CONTACT, f"匿名评价 {CODE} 1 {MARK}没人管", "app")


def pressed(talk: Talk) -> None:
    """More time asked for, somebody pressed, a line for the week, a questionnaire and returns called for."""
    talk.files_problem(f"反馈问题：{MARK}的施工许可窗口要求补交村委会盖章，清单上没有这一条")
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    assert "延期" in talk.says(REPRESENTATIVE, f"申请延期 3 3个工作日 {MARK}的专家意见还没有出", "app")
    talk.time_is("2026-09-22T09:00:00")  # late: only what is late is pressed
    assert "督办单" in talk.says(SUPERVISOR, f"督办 3 {MARK}的事请当天答复", "app")
    assert MARK in talk.says(OFFICER, f"周报加一句 {CODE} {MARK}下周踏勘", "app")
    assert "问卷" in talk.says(SUPERVISOR, "发起问卷 三季度", "app")
    assert "报送" in talk.says(SUPERVISOR, "发起报送 名单 10月20日前", "app")


def written_about(talk: Talk) -> None:
    rated(talk)
    assert "案例1" in talk.says(OFFICER, f"写案例 {CODE}", "app")
    assert "已更新" in talk.says(OFFICER, f"改案例 1 {MARK}提前介入图审，一次告知全部意见", "app")


STATES = (under_way, handed_over, written_about, pressed)


def _against(state: Callable[[Talk], None]) -> tuple[tuple[str, str], ...]:
    """All of them once; in the other states those who are known and have a duty."""
    if state is under_way:
        return ATTACKERS
    return tuple((who, chat) for who, chat in ATTACKERS if who != OUTSIDER and chat == "app")


def _outside(talk: Talk) -> None:
    """Nobody else's deputy, so that there is an officer without part."""
    with talk.parts.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE projects SET deputy_id = NULL")


def _leaks(text: str) -> list[str]:
    return [one for one in (*SECRETS, MARK) if one in text]


HANDFUL = 16


def _in_handfuls(found: list[str]) -> Iterator[list[str]]:
    """So many between two looks at what is kept that a look costs little; what is changed and changed back leaves its
    audit rows."""
    yield from (found[n : n + HANDFUL] for n in range(0, len(found), HANDFUL))


def _handfuls(who: str) -> Iterator[list[str]]:
    """Everything this attacker types."""
    return _in_handfuls(
        [
            text
            for name, texts in attacks.COMMANDS.items()
            if name not in ONES_OWN and (who, name) not in OF_THE_DUTY
            for text in texts
        ]
    )


@pytest.mark.parametrize("state", STATES)
def test_a_command_of_somebody_without_part_changes_and_tells_nothing(
    talk: Talk, state: Callable[[Talk], None]
) -> None:
    state(talk)
    _outside(talk)
    wrong: list[Any] = []
    for who, chat in _against(state):
        talk.sees(who, chat), talk.sees(who)
        before = talk.stored()
        for texts in _handfuls(who):
            said = [*(talk.says(who, text, chat) for text in texts), *talk.sees(who, chat), *talk.sees(who)]
            now = talk.stored()
            if now != before:
                wrong.append((who, chat, texts, [one for one in now if now[one] != before[one]]))
                before = now
            wrong += [(who, chat, texts, one) for one in said if _leaks(one)]
        for name in sorted(name for one, name in OF_THE_DUTY if one == who):
            said = [talk.says(who, text, chat) for text in attacks.COMMANDS[name]]
            wrong += [(who, chat, name, one) for one in (*said, *talk.sees(who, chat)) if _leaks(one)]
        _given_up(talk, wrong)
    assert not wrong, "\n".join(map(str, wrong))


def test_the_projects_own_officer_does_nothing_of_it_in_another_projects_group(talk: Talk) -> None:
    under_way(talk)
    wrong = []
    before = talk.stored()
    for name, texts in attacks.COMMANDS.items():
        for text in texts:
            if not re.search(OF_THE_PROJECT, text) or name in ONES_OWN:
                continue
            said = talk.says(OFFICER, text, OTHER_GROUP)
            if talk.stored() != before or _leaks(said):
                wrong.append((text, said))
                before = talk.stored()
    assert not wrong, "\n".join(map(str, wrong))


def test_who_only_sits_in_the_group_changes_nothing_there(talk: Talk) -> None:
    under_way(talk)
    _outside(talk)
    who = (OUTSIDER, "zhou.min", "qiu.qing", "wang.lei")
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": list(who)})
    wrong = []
    before = talk.stored()
    for one in who:
        for texts in _handfuls(one):
            said = [talk.says(one, text, GROUP) for text in texts]
            now = talk.stored()
            if now != before:
                wrong.append((one, texts, said, [table for table in now if now[table] != before[table]]))
                before = now
    _given_up(talk, wrong)
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("state", STATES)
def test_a_forged_key_of_somebody_without_part_changes_and_tells_nothing(
    talk: Talk, state: Callable[[Talk], None]
) -> None:
    state(talk)
    _outside(talk)
    doors, wrong = Doors(talk), []
    before = talk.stored("outbox")
    for who in dict.fromkeys(who for who, _ in _against(state) if who != "zhao.min"):
        for names in _in_handfuls(sorted(set(CARDS) - ONES_OWN)):
            last = _newest(talk)
            clicked = {_clicks(doors, key, who) for name in names for key in attacks.keys_of(name)}
            now, said = talk.stored("outbox"), _told_since(talk, last)
            changed = [one for one in now if now[one] != before[one]]
            if clicked != {200} or changed or _leaks(said):
                wrong.append((who, names, clicked, changed, said))
            before = now
        last = _newest(talk)
        if {_clicks(doors, key, who) for name in ONES_OWN & set(CARDS) for key in attacks.keys_of(name)} != {
            200
        }:
            wrong.append((who, "own"))
        if _leaks(_told_since(talk, last)):
            wrong.append((who, "own", _told_since(talk, last)))
        before = talk.stored("outbox")
    _given_up(talk, wrong)
    assert not wrong, "\n".join(map(str, wrong))


def _newest(talk: Talk) -> int:
    with talk.parts.store.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM outbox").scalar_one())


def _told_since(talk: Talk, last: int) -> str:
    """What a click set going, whether or not it has arrived."""
    with talk.parts.store.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT speech FROM outbox WHERE id > ?", (last,)).scalars().all()
    return " ".join(str(json.loads(one)) for one in found)


_CLICKS = iter(range(10**6))


def _clicks(doors: Doors, key: str, who: str, **more: Any) -> int:
    click = {"card_type": "button_interaction", "event_key": key, "task_id": "forged"}
    event = {"eventtype": "template_card_event", "template_card_event": click}
    fields = {
        "msgid": f"forged-{next(_CLICKS)}",
        "from": {"userid": who},
        "chattype": "single",
        "chatid": None,
    }
    fields["response_url"] = "http://127.0.0.1:9/x"
    return doors.say(msgtype="event", event=event, text=None, **{**fields, **more}).status


def _given_up(talk: Talk, wrong: list[Any]) -> None:
    """Answered, all of it: what nobody could answer stays pending."""
    with talk.parts.store.engine.connect() as connection:
        found = (
            connection.exec_driver_sql("SELECT message FROM inbox WHERE state <> 'answered'").scalars().all()
        )
    wrong += [("not answered", re.findall(r'"(?:key|text)": "[^"]*"', str(one))) for one in found]
