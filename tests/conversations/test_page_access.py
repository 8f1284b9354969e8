"""Who sees a page: whoever the platform says is there, as far as they may; a stranger and a leaked link see nothing."""

from __future__ import annotations

import re

import pytest

from bot.platform import Card, CardButton, CardKind
from tests.talk import CONTACT, OFFICER, OTHER_OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk
from tests.web import Screen, Web

OTHER_CONTACT = "zhou.min"
PAGES = (
    "/m/", "/m/issue/{no}", "/m/project/YX-2026-001", "/m/item/5", "/m/material/1", "/m/material/1/1/file",
    "/m/material/1/1/sheet/1", "/m/rating/YX-2026-001", "/m/feedback/YX-2026-001", "/m/apply/YX-2026-001",
    "/m/paper/1", "/m/paper/1/file", "/m/nothing",
)  # fmt: skip
_LINK = re.compile(r"http://[^/]+(/m/in/\S+)\n验证码：(\d{6})")


def linked(talk: Talk, words: str, user: str = OFFICER) -> tuple[str, str]:
    said = talk.says(user, words, "app")
    found = _LINK.search(said)
    assert found, said
    return found[1], found[2]


def enters(web: Web, path: str, code: str) -> Screen:
    return web._seen(web.http.post(web.base + path, data={"code": code}, timeout=30))


@pytest.mark.parametrize("switch", ["", "old_userinfo_only"])
def test_the_platform_says_who_it_is_by_the_new_call_and_the_old(paged: Talk, switch: str) -> None:
    if switch:
        paged.platform.switch(switch)
    shown = Web(paged, OFFICER).opens("/m/issue/2")
    assert shown.path == "/m/issue/2"
    assert "李娜" in shown.words


def test_a_stranger_sees_nothing_anywhere(paged: Talk) -> None:
    no = paged.files_problem()
    for path in PAGES:
        outside = Web(paged).opens(path.format(no=no))
        assert outside.status == 401, path
        assert "请在企业微信里打开本页" in outside.words
        assert "岭南" not in outside.html
    stranger = Web(paged, OUTSIDER)
    for path in PAGES:
        shown = stranger.opens(path.format(no=no))
        assert shown.status in {403, 404, 409}, path
        assert "岭南" not in shown.html, path
        assert not shown.data.startswith((b"PK", b"\xff\xd8")), path
    other = Web(paged, OTHER_CONTACT)
    for path in PAGES[1:]:
        shown = other.opens(path.format(no=no))
        assert shown.status in {404, 409}, path
        assert "岭南" not in shown.html, path
    assert "岭南" not in other.opens("/m/").html


def test_what_is_not_there_looks_like_what_is_not_theirs(paged: Talk) -> None:
    paged.files_problem()
    other = Web(paged, OTHER_CONTACT)
    there, not_there = other.opens("/m/issue/3"), other.opens("/m/issue/999")
    assert there.words.replace("问题3", "") == not_there.words.replace("问题999", "")


def test_a_button_that_is_not_shown_does_nothing_when_it_is_sent(paged: Talk) -> None:
    no = paged.files_problem()
    page, stored = f"/m/issue/{no}", paged.stored()
    contact = Web(paged, CONTACT)
    token = contact.opens("/m/feedback/YX-2026-001").token
    for do in ("release", "reply", "accept", "transfer", "undo", "grant", "nothing"):
        refused = contact.sends(page, do, token=token, text="越权的内容", department="zjj")
        assert refused.status in {403, 409}, do
    assert paged.stored() == stored


def test_a_form_of_another_person_is_refused(paged: Talk) -> None:
    no = paged.files_problem()
    page, stored = f"/m/issue/{no}", paged.stored()
    stolen = Web(paged, REPRESENTATIVE).opens(page).token
    officer = Web(paged, OFFICER)
    officer.opens(page)
    refused = officer.sends(page, "reply", token=stolen, text="别人的表单")
    assert refused.status == 403
    assert paged.stored() == stored


def test_somebody_who_left_sees_nothing_at_the_next_look(paged: Talk) -> None:
    web = Web(paged, REPRESENTATIVE)
    assert web.opens("/m/").status == 200
    with paged.parts.store.transaction() as tx:
        tx.people.deactivate(REPRESENTATIVE)
    gone = web.opens("/m/")
    assert gone.status == 403
    assert "登记已停用" in gone.words


# ---------------------------------------------------------------- outside the client


def test_a_link_opens_its_one_page_with_the_code_said_beside_it_once(paged: Talk) -> None:
    no = paged.files_problem()
    path, code = linked(paged, f"网页登录 {no}")
    outside = Web(paged)
    first = outside.opens(path)
    assert first.status == 200
    assert "岭南" not in first.html
    inside = enters(outside, path, code)
    assert inside.path == f"/m/issue/{no}"
    assert inside.offers("reply")
    assert outside.opens("/m/").status == 401
    assert "只能查看指定的页面" in outside.opens("/m/project/YX-2026-001").words
    assert "已拟好" in outside.sends(f"/m/issue/{no}", "reply", text="清单不含，可直接申报。").words
    again = enters(Web(paged), path, code)
    assert again.status == 403
    assert "已用过" in again.words


def test_a_leaked_link_without_its_code_shows_nothing_and_dies_after_five_tries(paged: Talk) -> None:
    path, code = linked(paged, "网页登录")
    thief = Web(paged)
    for n in range(5):
        assert enters(thief, path, f"{(int(code) + n + 1) % 1_000_000:06}").status == 403
    assert enters(thief, path, code).status == 403


def test_a_link_is_dead_after_ten_minutes(paged: Talk) -> None:
    path, code = linked(paged, "网页登录")
    paged.time_is("2026-09-15T09:41")
    assert enters(Web(paged), path, code).status == 403
    assert enters(Web(paged), "/m/in/guessed", code).status == 403


def test_a_link_is_not_given_in_a_group_nor_about_what_is_not_theirs(paged: Talk) -> None:
    assert "登录链接只发给本人" in paged.says(OFFICER, "网页登录")
    paged.files_problem()
    assert "没有找到问题3" in paged.says(OTHER_CONTACT, "网页登录 3", "app")


def test_without_pages_it_is_said_how_else_and_cards_ask_in_the_chat(talk: Talk) -> None:
    assert "没有开通网页" in talk.says(OFFICER, "网页登录", "app")
    no = talk.files_problem()
    keys = [one.get("key") for one in talk.cards(REPRESENTATIVE)[-1]["card"]["button_list"]]
    assert f"issue.reply:{no}" in keys


# ---------------------------------------------------------------- the wall


def test_a_login_somebody_else_began_is_refused(paged: Talk) -> None:
    """The state must be the one this browser was given."""
    outside = Web(paged)
    assert outside.opens("/m/arrived?code=abc&state=def").status == 403
    begun = outside.http.get(f"{outside.base}/m/login?to=//evil.example/", allow_redirects=False, timeout=30)
    assert "evil" not in begun.headers["Location"]
    for to in ("/m/%0d%0aSet-Cookie:x", "https://evil.example/m/", "/m/..//evil.example"):
        assert outside.http.get(f"{outside.base}/m/login?to={to}", allow_redirects=False).status_code == 302
    assert begun.headers["Location"].startswith(paged.parts.settings.tenant.oauth_base)


def test_headers_leave_no_door_open(paged: Talk) -> None:
    shown = Web(paged, OFFICER).opens("/m/")
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in shown.html
    assert " on" not in re.sub(r">[^<]*<", "><", shown.html).replace(" one", "")
    direct = Web(paged)
    answer = direct.http.get(f"{direct.base}/m/", timeout=30)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    asset = re.search(r'href="(/m/static/page\.[0-9a-f]{12}\.css)"', answer.text)
    assert asset
    sheet = direct.http.get(direct.base + asset[1], timeout=30)
    assert "immutable" in sheet.headers["Cache-Control"]
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert direct.opens("/m/static/page.000000000000.css").status == 404


def test_too_often_is_too_often(paged: Talk) -> None:
    web = Web(paged, SUPERVISOR)
    token = Web(paged, SUPERVISOR).opens("/m/issue/2").html
    assert token
    seen = [web.sends("/m/issue/2", "accept", token="x.y").status for _ in range(62)]
    assert seen[-1] == 429
    assert web.opens("/m/").status == 200


def test_the_other_officer_is_not_this_projects(paged: Talk) -> None:
    """A deputy may; the same person as a stranger to another project may not."""
    assert Web(paged, OTHER_OFFICER).opens("/m/project/YX-2026-001").status == 200


def test_a_card_of_an_earlier_version_gets_a_clear_answer_and_does_nothing(talk: Talk) -> None:
    old = Card(
        CardKind.BUTTONS, title="旧卡片", task_id="old1", buttons=(CardButton("办理", "no_such_thing:1"),)
    )
    talk.parts.platform.send_to_person(OFFICER, old)
    talk.sees(OFFICER)
    stored = talk.stored("outbox")
    talk.taps(OFFICER, "no_such_thing:1")
    assert talk.sees(OFFICER) == ["这张卡片已失效，没有办理任何事项。请发送“待办”查看最新情况。"]
    assert talk.stored("outbox") == stored
