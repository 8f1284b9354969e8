from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform import Card, CardButton, CardField, CardKind, Channel, Choice
from bot.wecom.card_forms import card_as_text, card_xml, numbered_choices
from bot.wecom.cards import card_json

URL = "https://ex.gov.example/p/31"
BUTTONS = Card(
    CardKind.BUTTONS,
    "请反馈用地预审进度",
    "项目 31 · 截止 6月20日",
    task_id="prj31_s4_v1",
    quote="6月12日会议纪要",
    body="自然资源局",
    fields=(CardField("责任人", "陈静", userid="chen.jing"), CardField("附件", "意见.pdf", media_id="MEDIA")),
    buttons=(CardButton("已完成", "done"), CardButton("办理中", "doing", 2)),
    choices=(Choice("delay", "延期天数", (("d0", "不延期"), ("d3", "3天")), ("d0",)),),
    menu=(("转交他人", "handover"),),
    url=URL,
)
VOTE = Card(
    CardKind.VOTE,
    "选会议时间",
    task_id="mt_7",
    choices=(Choice("slot", "时间", (("a", "周三上午"), ("b", "周四下午")), ("a",), many=True),),
    submit=("提交", "mt7.submit"),
)
FORM = Card(
    CardKind.FORM,
    "填报进度",
    task_id="st_9",
    choices=(
        Choice("state", "状态", (("doing", "办理中"), ("done", "已办结")), ("doing",)),
        Choice("risk", "风险", (("n", "无"), ("y", "有"))),
    ),
    submit=("提交", "st9.submit"),
)
NOTICE = Card(CardKind.NOTICE, "本周小结", "项目 31", emphasis=("4/6", "已完成"), body="2 项待办", url=URL)
NEWS = Card(CardKind.NEWS, "开工通知", body="地点：南沙", image_url="https://ex.gov.example/a.jpg", url=URL)
ALL = (BUTTONS, VOTE, FORM, NOTICE, NEWS)


def test_a_card_with_buttons_for_the_app_is_what_the_document_shows():
    assert card_json(BUTTONS, Channel.APP) == {
        "card_type": "button_interaction",
        "source": {"desc": "代办助手", "desc_color": 0},
        "action_menu": {"desc": "更多", "action_list": [{"text": "转交他人", "key": "handover"}]},
        "task_id": "prj31_s4_v1",
        "main_title": {"title": "请反馈用地预审进度", "desc": "项目 31 · 截止 6月20日"},
        "quote_area": {"type": 0, "quote_text": "6月12日会议纪要"},
        "sub_title_text": "自然资源局",
        "horizontal_content_list": [
            {"keyname": "责任人", "value": "陈静", "type": 3, "userid": "chen.jing"},
            {"keyname": "附件", "value": "意见.pdf", "type": 2, "media_id": "MEDIA"},
        ],
        "card_action": {"type": 1, "url": URL},
        "button_selection": {
            "question_key": "delay",
            "title": "延期天数",
            "selected_id": "d0",
            "option_list": [{"id": "d0", "text": "不延期"}, {"id": "d3", "text": "3天"}],
        },
        "button_list": [
            {"text": "已完成", "style": 1, "key": "done"},
            {"text": "办理中", "style": 2, "key": "doing"},
        ],
    }


def test_cards_to_vote_and_to_fill_in_carry_their_questions():
    vote, form = card_json(VOTE, Channel.APP), card_json(FORM, Channel.BOT)
    assert vote["checkbox"] == {
        "question_key": "slot",
        "mode": 1,
        "option_list": [
            {"id": "a", "text": "周三上午", "is_checked": True},
            {"id": "b", "text": "周四下午", "is_checked": False},
        ],
    }
    assert vote["submit_button"] == {"text": "提交", "key": "mt7.submit"}
    assert [each["question_key"] for each in form["select_list"]] == ["state", "risk"]
    assert form["select_list"][0]["selected_id"] == "doing"


def test_a_card_that_is_done_is_closed_in_both_channels():
    app = card_json(replace(VOTE, replaced="已提交"), Channel.APP)
    assert app["replace_text"] == "已提交"
    assert app["checkbox"]["disable"] is True
    bot = card_json(replace(BUTTONS, replaced="已完成"), Channel.BOT)
    assert "replace_text" not in bot
    assert bot["button_list"] == [{"text": "已完成", "style": 2, "key": "done"}]
    assert bot["button_selection"]["disable"] is True
    assert card_json(replace(FORM, replaced="已交"), Channel.BOT)["submit_button"]["text"] == "已交"


def test_the_bot_has_no_attachments_and_no_buttons_that_open_pages():
    card = replace(BUTTONS, url=None, buttons=(CardButton("填写", url=URL), CardButton("稍后", "later")))
    json_of_bot = card_json(card, Channel.BOT)
    assert "media_id" not in json_of_bot["horizontal_content_list"][1]
    assert json_of_bot["button_list"] == [{"text": "稍后", "style": 1, "key": "later"}]
    assert json_of_bot["card_action"]["url"] == URL
    assert card_json(card, Channel.APP)["button_list"][0] == {
        "text": "填写",
        "style": 1,
        "type": 1,
        "url": URL,
    }
    only_pages = replace(card, buttons=card.buttons[:1])
    assert card_json(only_pages, Channel.BOT)["card_type"] == "text_notice"


@pytest.mark.parametrize(
    "mistake",
    [
        replace(BUTTONS, task_id=""),
        replace(BUTTONS, task_id="项目31"),
        replace(BUTTONS, task_id="a b"),
        replace(BUTTONS, task_id="x" * 129),
        replace(BUTTONS, buttons=()),
        replace(BUTTONS, buttons=(CardButton("好", ""),)),
        replace(BUTTONS, buttons=(CardButton("好", "钥" * 400),)),
        replace(BUTTONS, choices=FORM.choices),
        replace(BUTTONS, title=" "),
        replace(BUTTONS, url="javascript:alert(1)"),
        replace(BUTTONS, links=(("看", "https://x/" + "y" * 2048),)),
        replace(VOTE, submit=None),
        replace(VOTE, choices=FORM.choices),
        replace(VOTE, choices=(Choice("k", "t", (("i" * 129, "x"),)),)),
        replace(FORM, choices=FORM.choices * 2),
        replace(NOTICE, url=None),
        replace(NOTICE, menu=(("更多", "k"),)),
        replace(NEWS, image_url=None),
    ],
)
def test_mistakes_of_ours_are_refused(mistake):
    with pytest.raises(ValueError, match=r"has|have|needs|are"):
        card_json(mistake, Channel.APP)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)
TITLES = WORDS.map(lambda text: "题" + text)


@st.composite
def cards(draw) -> Card:
    fields = st.builds(CardField, WORDS, WORDS)
    buttons = st.builds(CardButton, WORDS, st.just("key"))
    options = st.lists(st.tuples(st.just("id"), WORDS), min_size=1, max_size=25).map(tuple)
    choice = st.builds(Choice, st.just("q"), WORDS, options)
    kind = draw(st.sampled_from(list(CardKind)))
    return Card(
        kind,
        draw(TITLES),
        draw(WORDS),
        task_id="t1",
        source=draw(WORDS),
        emphasis=draw(st.none() | st.tuples(WORDS, WORDS)),
        quote=draw(WORDS),
        body=draw(WORDS),
        fields=tuple(draw(st.lists(fields, max_size=8))),
        buttons=tuple(draw(st.lists(buttons, min_size=1, max_size=8))),
        choices=(draw(choice),) if kind in (CardKind.VOTE, CardKind.FORM) else (),
        submit=(draw(WORDS), "k"),
        menu=tuple(draw(st.lists(st.tuples(WORDS, st.just("k")), max_size=4))),
        links=tuple(draw(st.lists(st.tuples(WORDS, st.just(URL)), max_size=4))),
        url=URL,
        image_url=URL,
        replaced=draw(st.none() | WORDS),
    )


MOST_CHARS = {
    "keyname": 5,
    "value": 26,
    "sub_title_text": 112,
    "replace_text": 10,
}
MOST_ITEMS = {
    "horizontal_content_list": 6,
    "jump_list": 3,
    "button_list": 6,
    "select_list": 3,
    "action_list": 3,
    "vertical_content_list": 4,
}


@given(cards(), st.sampled_from(list(Channel)))
def test_every_card_fits_by_construction(card, channel):
    rendered = card_json(card, channel)
    title, desc = (36, 44) if channel is Channel.APP else (26, 30)
    assert len(rendered["main_title"]["title"]) <= title
    assert len(rendered["main_title"].get("desc", "")) <= desc
    assert len(rendered.get("emphasis_content", {}).get("title", "")) <= 10
    assert len(rendered.get("emphasis_content", {}).get("desc", "")) <= 15
    assert all(len(entry["title"]) <= 13 for entry in rendered.get("jump_list", []))
    assert all(len(entry["text"]) <= 10 for entry in rendered.get("button_list", []))
    assert len(rendered.get("checkbox", {}).get("option_list", [])) <= 20
    for each in rendered.get("select_list", []):
        assert len(each["option_list"]) <= 10
        assert len(each["title"]) <= 13
    _check_everywhere(rendered)
    json.dumps(rendered, ensure_ascii=False).encode()


def _check_everywhere(value: object) -> None:
    if isinstance(value, list):
        for each in value:
            _check_everywhere(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            assert not (isinstance(each, str) and len(each) > MOST_CHARS.get(name, 2048))
            assert not (isinstance(each, list) and len(each) > MOST_ITEMS.get(name, 20))
            _check_everywhere(each)


@given(cards())
def test_every_card_is_xml_with_the_same_words(card):
    rendered, root = card_json(card, Channel.APP), ET.fromstring(card_xml(card))
    assert root.tag == "TemplateCard"
    assert root.findtext("CardType") == rendered["card_type"]
    assert _unified(root.findtext("MainTitle/Title")) == _unified(rendered["main_title"]["title"])
    assert len(root.findall("ButtonList")) == len(rendered.get("button_list", []))


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")  # as every XML parser does


def test_the_xml_has_the_names_of_the_document():
    root = ET.fromstring(card_xml(replace(BUTTONS, replaced="已]]>完成")))
    assert root.findtext("HorizontalContentList/KeyName") == "责任人"
    assert root.findtext("HorizontalContentList/UserId") == "chen.jing"
    assert root.findtext("ActionMenu/ActionList/Key") == "handover"
    assert [each.findtext("Id") for each in root.findall("ButtonSelection/OptionList")] == ["d0", "d3"]
    assert root.findtext("ReplaceText") == "已]]>完成"
    checked = ET.fromstring(card_xml(VOTE)).findall("CheckBox/OptionList/IsChecked")
    assert [each.text for each in checked] == ["true", "false"]


def test_the_text_form_numbers_what_may_be_chosen():
    assert card_as_text(replace(BUTTONS, links=(("指南", URL + "/g"),))).split("\n") == [
        "【请反馈用地预审进度】",
        "项目 31 · 截止 6月20日",
        "“6月12日会议纪要”",
        "自然资源局",
        "责任人：陈静",
        "附件：意见.pdf",
        "延期天数：不延期 / 3天",
        "1 已完成",
        "2 办理中",
        f"指南：{URL}/g",
        f"详情：{URL}",
    ]
    assert card_as_text(FORM).split("\n") == [
        "【填报进度】", "状态：", "1 办理中", "2 已办结", "风险：", "3 无", "4 有",
    ]  # fmt: skip
    assert card_as_text(replace(NOTICE, replaced="已阅")).split("\n")[-1] == "（已阅）"


def test_a_number_leads_back_to_what_was_offered():
    third = numbered_choices(FORM)[2]
    assert (third.number, third.question, third.key) == (3, "risk", "n")
    assert [each.key for each in numbered_choices(BUTTONS)] == ["done", "doing"]
    assert numbered_choices(replace(BUTTONS, replaced="已完成")) == ()


@pytest.mark.parametrize("card", ALL)
def test_every_kind_has_a_text_form(card):
    assert card.title in card_as_text(card)
