"""Pages of the product inside the phones: a login and a cookie jar for each person."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.sandbox.conftest import Platform
from tests.sandbox.product import Product, reply

CHEN, LI = "chen.jing", "li.na"


@pytest.fixture
def site(platform: Platform, product: Product) -> Platform:
    """A product whose page needs a login and remembers it in a cookie."""

    def pages(handler: BaseHTTPRequestHandler) -> None:
        parts, cookie = urlsplit(handler.path), handler.headers.get("Cookie", "")
        query = parse_qs(parts.query)
        html = {"Content-Type": "text/html; charset=utf-8", "Referrer-Policy": "no-referrer"}
        if "code" in query:
            who = platform.fetch("auth/getuserinfo", code=query["code"][0])["userid"]
            reply(
                handler,
                302,
                b"",
                {"Set-Cookie": f"who={who}; Path=/; SameSite=Lax", "Location": "/m/case?n=3"},
            )
        elif "who=" not in cookie:
            back = quote(f"{product.url}/m/case", safe="")
            login = f"appid=ww00daibansandbox&response_type=code&redirect_uri={back}&state=x"
            where = f"http://127.0.0.1:8100/connect/oauth2/authorize?{login}#wechat_redirect"
            reply(handler, 302, b"", {"Location": where})
        else:
            link = f'<a href="{product.url}/m/next">下一页</a>'
            reply(handler, 200, f"{cookie} {handler.path} {link}".encode(), html)

    product.pages = pages
    return platform


def browse(platform: Platform, url: str, came_from: str = "") -> str:
    headers = {"Referer": came_from} if came_from else {}
    return platform.client.get(url, headers=headers, follow_redirects=True).text


def test_each_phone_has_its_own_login(site: Platform, product: Product) -> None:
    for person in (CHEN, LI):
        url = site.look("open", user=person, url=f"{product.url}/m/case?n=3")["url"]
        assert url == f"/phone/{person}/m/case?n=3"
        page = browse(site, url)
        assert f"who={person} /m/case?n=3" in page
        assert f'href="/phone/{person}/m/next"' in page
    assert f"who={CHEN} /m/case" in browse(site, f"/phone/{CHEN}/m/case")


def test_a_link_to_an_absolute_path_stays_on_the_phone(site: Platform, product: Product) -> None:
    browse(site, f"/phone/{CHEN}/m/case")
    page = browse(site, "/m/next?a=1", came_from=f"http://127.0.0.1:8100/phone/{CHEN}/m/case")
    assert f"who={CHEN} /m/next?a=1" in page
    kept = site.client.get(f"/phone/{CHEN}/m/case").headers
    assert kept["Referrer-Policy"] == "same-origin"


def test_foreign_pages_keep_their_address(site: Platform) -> None:
    assert site.look("open", user=CHEN, url="https://example.invalid/a")["url"] == "https://example.invalid/a"


def test_a_stray_path_without_a_phone_is_not_found(site: Platform) -> None:
    assert site.client.get("/m/case").status_code == 404


def test_a_product_that_is_down_is_told_in_words(alone: Platform) -> None:
    answer = alone.client.get(f"/phone/{CHEN}/m/case")
    assert answer.status_code == 502
    assert "没有响应" in answer.text


def test_the_page_asks_only_for_what_is_new(platform: Platform) -> None:
    platform.say(CHEN, "大家好", mention=False)
    first = platform.look("view", users=f"{CHEN},{LI},nobody")
    assert [m["text"] for m in first["phones"][LI]["messages"]] == ["大家好"]
    assert first["phones"][CHEN]["chats"] == ["yx2026001", "app", "bot"]
    again = platform.look("view", users=LI, since=first["version"], epoch=first["epoch"])
    assert again["phones"][LI]["messages"] == []
    platform.control("reset")
    over = platform.look("view", users=LI, since=first["version"], epoch=first["epoch"])
    assert over["epoch"] == first["epoch"] + 1
