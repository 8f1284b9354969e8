"""搜索: by name, number and words, by talk and on a page – and only what the person may see."""

from __future__ import annotations

from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, REPRESENTATIVE, SUPERVISOR, Talk
from tests.web import Screen, Web

OTHER_CONTACT = "zhou.min"


def finds(talk: Talk, user: str, text: str) -> Screen:
    web = Web(talk, user)
    web.opens("/m/search")  # comes in
    return web._seen(web.http.post(web.base + "/m/search", data={"text": text}, timeout=30))


def test_a_supervisor_finds_cases_problems_people_and_papers(paged: Talk) -> None:
    no = paged.files_problem()
    paged.says(OFFICER, "发计划 YX-2026-001", "app")
    assert "- 岭南新材料年产3万吨改性塑料厂房：发送“YX-2026-001 进度”" in paged.says(
        SUPERVISOR, "搜 新材料", "bot"
    )
    assert "岭南新材料" in paged.says(SUPERVISOR, "搜索：yx-2026-001", "app")
    assert f"- 问题{no}（岭南新材料厂房，" in paged.says(SUPERVISOR, f"搜 问题{no}", "bot")
    assert f"问题{no}" in paged.says(SUPERVISOR, "搜 村委会 盖章", "bot")
    assert "- 黄志坚：住建局" in paged.says(SUPERVISOR, "搜 黄志坚", "bot")
    assert "陈静：项目单位" in paged.says(SUPERVISOR, "搜 陈静", "bot")
    shown = finds(paged, OFFICER, "专属办事指南")
    assert "/m/paper/" in shown.html
    assert finds(paged, SUPERVISOR, "村委会").html.count(f"/m/issue/{no}") == 1


def test_the_words_stand_in_no_address_and_leave_nothing_behind(paged: Talk) -> None:
    stored = paged.stored()
    shown = finds(paged, SUPERVISOR, "新材料")
    assert shown.path == "/m/search"
    assert "YX-2026-001" in shown.words
    assert "没有找到您能查看的内容" in finds(paged, SUPERVISOR, "%%_").words
    assert "至少两个字" in finds(paged, SUPERVISOR, "厂").words
    assert paged.stored() == stored


def test_nobody_finds_what_is_not_theirs(paged: Talk) -> None:
    no = paged.files_problem()
    for text in ("新材料", "YX-2026-001", str(no), "村委会", "陈静", "林国华"):
        found = finds(paged, OTHER_CONTACT, text)
        assert "没有找到您能查看的内容" in found.words, text
        assert "岭南" not in found.html
    assert "没有找到" in finds(paged, CONTACT, "云溪大道").words
    assert finds(paged, CONTACT, "新材料").html.count("/m/project/YX-2026-001") == 1
    assert "岭南新材料" in finds(paged, REPRESENTATIVE, "新材料").words
    assert finds(paged, OUTSIDER, "新材料").status in {401, 403}
    assert "只给本人看" in paged.says(OFFICER, "搜 新材料", GROUP)


def test_what_is_about_a_person_is_found_by_nobody(paged: Talk) -> None:
    paged.says(CONTACT, "投诉 窗口人员态度恶劣，三次推诿不收件", "app")
    paged.says(CONTACT, "1", "app")
    for user in (SUPERVISOR, OFFICER, CONTACT):
        assert "推诿" not in finds(paged, user, "推诿").html.replace('value="推诿"', "")
