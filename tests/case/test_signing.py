"""Signing: the signatory's own confirmation with name and time, or a stamped copy entered by the service officer."""

from __future__ import annotations

from bot.moves import signing
from bot.moves.work import CaseWork
from domain.filled_forms import FilledForm, FormState, SignedHow
from domain.people import Role
from tests.case.archives import VALUES
from tests.talk import (
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    OTHER_OFFICER,
    OUTSIDER,
    SIGNATORY,
    Talk,
)

SIGNERS = (Role.ENTERPRISE_SIGNATORY, Role.SERVICE_OFFICER)
STAMPED = {"name": "委托协议盖章件.pdf", "text": "%PDF-1.4 stamped"}


def issued(talk: Talk) -> FilledForm:
    """An entrustment of YX-2026-001, sent to everybody who must sign."""
    parts = talk.parts
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, parts.clock.now(), tx.people.by_userid(OFFICER))
        project = tx.projects.by_code("YX-2026-001")
        assert project
        form = work.fill("F13", project, work.case_of(project), VALUES, signers=SIGNERS)
        tx.outbox.add(signing.ask_to_sign(work, form, project), parts.clock.now())
    parts.queue.wake_delivery()
    talk.work()
    return form


def kept(talk: Talk, form: FilledForm) -> FilledForm:
    with talk.parts.store.reading() as tx:
        found = tx.forms.get(form.id)
    assert found
    return found


def test_whoever_must_sign_gets_the_paper_and_then_the_card(talk: Talk) -> None:
    form = issued(talk)
    for user in (SIGNATORY, OFFICER):
        paper, card = talk.sees(user)[-2:]
        assert form.no in paper
        assert card.startswith("请签署：")
        assert "不保证审批时间或结果" in card
    assert talk.sees(CONTACT) == []


def test_both_sign_by_card_and_the_form_is_signed_with_name_and_time(talk: Talk) -> None:
    form = issued(talk)
    assert "已签署" in str(talk.taps(SIGNATORY, f"sign:{form.id}"))
    assert kept(talk, form).state is FormState.ISSUED
    talk.taps(OFFICER, f"sign:{form.id}")
    signed = kept(talk, form)
    assert signed.state is FormState.SIGNED
    assert [(one.name, one.role) for one in signed.signatures] == [
        ("林国华", Role.ENTERPRISE_SIGNATORY),
        ("李娜", Role.SERVICE_OFFICER),
    ]
    assert all(one.how is SignedHow.CLIENT for one in signed.signatures)


def test_signing_by_words_says_who_is_still_missing(talk: Talk) -> None:
    form = issued(talk)
    assert "还待李娜、王磊签署" in talk.says(SIGNATORY, f"签署 {form.no}", "app")
    assert "各方已签署" in talk.says(OFFICER, f"签署 {form.no.lower()}", GROUP)


def test_the_wrong_person_is_told_who_must_sign_and_nothing_changes(talk: Talk) -> None:
    form = issued(talk)
    before = talk.stored()
    assert "应由林国华、李娜、王磊签署" in talk.says(CONTACT, f"签署 {form.no}", "app")
    assert talk.stored() == before
    assert kept(talk, form).signatures == ()


def test_signing_twice_is_said_and_changes_nothing(talk: Talk) -> None:
    form = issued(talk)
    talk.says(SIGNATORY, f"签署 {form.no}", "app")
    before = talk.stored()
    assert "无需重复签署" in talk.says(SIGNATORY, f"签署 {form.no}", "app")
    assert talk.stored() == before


def test_a_stranger_and_another_group_learn_nothing_of_it(talk: Talk) -> None:
    form = issued(talk)
    before = talk.stored()
    assert "没有找到" in talk.says("zhou.min", f"签署 {form.no}", OTHER_GROUP)
    assert "没有找到" in talk.says(OFFICER, f"签署 {form.no}", OTHER_GROUP)
    assert "还没有在本系统登记" in talk.says(OUTSIDER, f"签署 {form.no}", "bot")
    assert talk.stored() == before


def test_a_void_version_is_not_signed(talk: Talk) -> None:
    form = issued(talk)
    with talk.parts.store.transaction() as tx:
        tx.forms.save(form.voided())
    assert "已作废" in talk.says(SIGNATORY, f"签署 {form.no}", "app")


def test_one_officer_signs_for_the_office_and_the_others_card_is_settled(talk: Talk) -> None:
    form = issued(talk)
    talk.taps(OTHER_OFFICER, f"sign:{form.id}")
    assert "无需重复签署" in talk.says(OFFICER, f"签署 {form.no}", "app")


def test_a_doubt_signs_nothing_and_calls_the_officer(talk: Talk) -> None:
    form = issued(talk)
    talk.sees(OFFICER)
    talk.taps(SIGNATORY, f"doubt:{form.id}")
    assert any("林国华对《" in text and "有疑问" in text for text in talk.sees(OFFICER))
    assert "已转告服务专员李娜" in talk.sees(SIGNATORY)[-1]
    assert kept(talk, form).signatures == ()


def test_a_stamped_copy_stands_for_the_signature_of_the_enterprise(talk: Talk) -> None:
    form = issued(talk)
    assert "没有收到盖章件" in talk.says(OFFICER, f"盖章件 {form.no}", "bot")
    talk.says(OFFICER, "", "bot", file=STAMPED)
    posted = talk.platform.history(OFFICER, "bot")[-2]["id"]
    assert "还待" in talk.says(OFFICER, f"盖章件 {form.no}", "bot", quote=posted)
    [signature] = kept(talk, form).signatures
    assert (signature.name, signature.how, signature.entered_by) == ("林国华", SignedHow.STAMPED, "李娜")
    with talk.parts.store.reading() as tx:
        [tied] = tx.files.attached_to("form", form.id)
        assert tied.state == "kept"
        assert tied.file_id is not None


def test_an_enterprise_cannot_enter_its_own_stamped_copy(talk: Talk) -> None:
    form = issued(talk)
    talk.says(CONTACT, "", "bot", file=STAMPED)
    posted = talk.platform.history(CONTACT, "bot")[-2]["id"]
    assert "由该项目的服务专员办理" in talk.says(CONTACT, f"盖章件 {form.no}", "bot", quote=posted)
    assert kept(talk, form).signatures == ()


def test_what_waits_for_a_signature_is_in_the_list_of_whoever_must_sign(talk: Talk) -> None:
    form = issued(talk)
    line = f"发送“签署 {form.no}”"
    assert line in talk.says(SIGNATORY, "待办", "app")
    assert line in talk.says(OFFICER, "待办", "app")
    assert line not in talk.says(CONTACT, "待办", "app")
    talk.says(SIGNATORY, f"签署 {form.no}", "app")
    assert line not in talk.says(SIGNATORY, "待办", "app")
