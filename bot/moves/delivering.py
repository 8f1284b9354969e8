"""Results handed over or posted, papers posted to the office, and their receipt (R099, R142–R148)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.moves.work import CaseWork
from bot.texts import deliveries as texts
from domain.case import Case, CaseStatus
from domain.deliveries import MODE_NAMES, Delivery, DeliveryMode, DeliveryState, Thing
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm, FormState
from domain.items import ItemState
from domain.ledger import LogStatus, Milestone
from domain.project import Project
from storage.outbox import NewMessage

OUT, IN = "审批结果送达", "申请材料寄送"
# What was issued is delivered also after a termination.
_DELIVERED = (CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.HANDOVER, CaseStatus.TERMINATED)


def case_for(work: CaseWork, project: Project) -> Case:
    """The case things are delivered for, its row held."""
    return work.case_of(project, *_DELIVERED)


def results(work: CaseWork, case: Case) -> list[Thing]:
    """What the items of the case ended with."""
    catalogue = work.site.catalogue.items
    items = work.tx.cases.items([case.id]).get(case.id, [])
    return [
        Thing(catalogue[one.item_id].spoken, one.result_no, 1, 0, one.id)
        for one in items
        if one.state is ItemState.COMPLETED and one.result_no
    ]


def to_deliver(work: CaseWork, case: Case) -> list[Thing]:
    """Results that nobody has handed over or posted yet, or that came back."""
    gone = {
        thing.case_item_id
        for one in outbound(work, case)
        if one.state is not DeliveryState.RETURNED
        for thing in one.things
    }
    return [thing for thing in results(work, case) if thing.case_item_id not in gone]


def outbound(work: CaseWork, case: Case) -> list[Delivery]:
    return [one for one in work.tx.deliveries.of_case(case.id) if not one.inbound]


def chosen(work: CaseWork, case: Case, wanted: Sequence[Thing]) -> list[Thing]:
    """The typed names as results of the case; other papers go along under their own name. Raises for a document
    number that is none of the case's, and for a result that was delivered before."""
    left = to_deliver(work, case)
    return [_meant(work, case, thing, left) for thing in wanted]


def _meant(work: CaseWork, case: Case, thing: Thing, left: Sequence[Thing]) -> Thing:
    known = results(work, case)
    found = next((one for one in known if one.number in thing.name or one.name == thing.name), None)
    if found is None:
        if texts.looks_like_a_number(thing.name):
            raise InvalidAnswer(texts.unknown_number(thing.name, known))
        return thing
    if found not in left:
        raise InvalidAnswer(f"{texts.named(found)}已移交，不用重复登记。退回重寄请先发送“退件”。")
    return replace(found, originals=thing.originals, copies=thing.copies)


def hand_over(work: CaseWork, project: Project, case: Case, things: Sequence[Thing]) -> list[NewMessage]:
    """当面: the receipt is the signature under the completion slip (R145), or said before."""
    _must_be_open(work, project, case)
    one = _added(work, case, DeliveryMode.FACE, things)
    _noted(work, project, case, one, f"当面移交{texts.counted(things)}")
    return work.tell_enterprise(project, texts.handed_over(project, things, work.actor_name), _subject(one))


def post(
    work: CaseWork, project: Project, case: Case, things: Sequence[Thing], by_courier: tuple[str, str]
) -> tuple[FilledForm, list[NewMessage]]:
    """All of them in one mail (R147), paid by the government (R099)."""
    courier, number = by_courier
    _must_be_open(work, project, case)
    _must_be_new(work, case, number)
    one = _added(work, case, DeliveryMode.POST, things, by_courier)
    form = _out_paper(work, project, case, one)
    _noted(work, project, case, one, f"邮寄{texts.counted(things)}（{courier}{number}）")
    note = texts.posted_to_enterprise(project, things, courier, number)
    return form, work.tell_enterprise(project, note, _subject(one))


def post_in(
    work: CaseWork, project: Project, case: Case, things: Sequence[Thing], by_courier: tuple[str, str]
) -> tuple[FilledForm, list[NewMessage]]:
    """By the enterprise, to the office."""
    courier, number = by_courier
    _must_be_new(work, case, number)
    one = _added(work, case, DeliveryMode.POST, things, by_courier, inbound=True)
    assert work.actor is not None
    values = {
        **_paper(work, project, one, IN),
        "sender": work.tx.projects.enterprise(project.enterprise_id).name,
        "sender_contact": work.actor.name,
        "sender_phone": work.actor.phone,
        "receiver": work.site.hall.name,
        "receiver_contact": work.tx.people.get(project.officer_id).name,
        "receiver_phone": work.site.hall.phone,
        "receiver_address": work.site.hall.address,
    }
    form = work.fill("F19", project, case, values)
    work.log(project, case, f"项目单位邮寄材料（{courier}{number}）", subject=_subject(one))
    note = texts.posted_to_office(project, work.actor_name, courier, number)
    return form, [work.tell_officer(project, note, _subject(one))]


def wish(work: CaseWork, project: Project, case: Case, address: str) -> tuple[FilledForm, list[NewMessage]]:
    """The enterprise asks for its results by mail: where to stands in the form only."""
    assert work.actor is not None
    values = {
        "receiver": work.tx.projects.enterprise(project.enterprise_id).name,
        "receiver_contact": work.actor.name,
        "receiver_phone": work.actor.phone,
        "receiver_address": address,
        "payer": "政府",
    }
    draft = _wish_of(work, case)
    if draft:
        form = replace(draft, values={**draft.values, **values})
        work.tx.forms.save(form)
        work.audit(project.id, "form.change", f"form:{form.id}", {"form": "F19"})
    else:
        form = work.fill("F19", project, case, values, state=FormState.DRAFT)
    officer = work.tx.people.get(project.officer_id)
    note = texts.wish_to_officer(project, work.actor_name, form.no)
    return form, [work.tell(officer, note, f"form:{form.id}"), work.send_form(officer, form)]


def receive(
    work: CaseWork, project: Project, case: Case, found: Sequence[Delivery], by: str, day: date
) -> None:
    for one in found:
        work.tx.deliveries.save(one.receive(by, day), one.state)
        work.audit(project.id, "delivery.receive", _subject(one), {"case": case.id})
        _complete_paper(work, case, one, by, day)
        what = "收到项目单位邮寄的材料" if one.inbound else f"{texts.counted(one.things)}已签收"
        milestone = Milestone.NONE if one.inbound else Milestone.DELIVERED
        work.log(project, case, what, by, subject=_subject(one), milestone=milestone, status=LogStatus.DONE)


def come_back(work: CaseWork, project: Project, case: Case, one: Delivery) -> None:
    work.tx.deliveries.save(one.come_back(), one.state)
    work.audit(project.id, "delivery.return", _subject(one), {"case": case.id})
    work.log(project, case, f"邮件退回（{one.courier}{one.tracking_no}）", subject=_subject(one))


def _added(
    work: CaseWork, case: Case, mode: DeliveryMode, things: Sequence[Thing],
    by_courier: tuple[str, str] = ("", ""), *, inbound: bool = False,
) -> Delivery:  # fmt: skip
    assert work.actor is not None
    one = Delivery(
        0, case.id, mode, tuple(things), work.actor.id, work.now, inbound,
        courier=by_courier[0], tracking_no=by_courier[1], sent_on=work.today,
    )  # fmt: skip
    one = replace(one, id=work.tx.deliveries.add(one))
    work.audit(case.project_id, "delivery.send", _subject(one), {"mode": mode, "inbound": inbound})
    return one


def _noted(work: CaseWork, project: Project, case: Case, one: Delivery, what: str) -> None:
    work.log(
        project, case, what, subject=_subject(one), milestone=Milestone.DELIVERED, next_step="等项目单位签收"
    )


def _must_be_open(work: CaseWork, project: Project, case: Case) -> None:
    """Nothing more goes out beside a slip that is being signed: it would be closed before it was received."""
    form = work.tx.forms.newest(case.id, "F6")
    if form and form.state is FormState.ISSUED:
        raise InvalidAnswer(texts.slip_is_out(form.no, project.code))


def _must_be_new(work: CaseWork, case: Case, number: str) -> None:
    if any(one.tracking_no == number for one in work.tx.deliveries.of_case(case.id)):
        raise InvalidAnswer(f"快递单号{number}已登记过，请核对后再发。")


def _wish_of(work: CaseWork, case: Case) -> FilledForm | None:
    drafts = [one for one in work.tx.forms.of_case(case.id) if one.form == "F19"]
    return next((one for one in reversed(drafts) if one.state is FormState.DRAFT), None)


def _out_paper(work: CaseWork, project: Project, case: Case, one: Delivery) -> FilledForm:
    """Under the number of the enterprise's wish, where there is one."""
    assert work.actor is not None
    values = {
        **_paper(work, project, one, OUT),
        "sender": work.site.hall.name,
        "sender_contact": work.actor.name,
        "sender_phone": work.site.hall.phone,
    }
    draft = _wish_of(work, case)
    if draft is None:
        return work.fill("F19", project, case, {**values, **_registered(work, project)})
    form = replace(draft, values={**draft.values, **values}, state=FormState.SIGNED)
    work.tx.forms.save(form)
    work.audit(project.id, "form.fill", f"form:{form.id}", {"form": "F19"})
    return form


def _registered(work: CaseWork, project: Project) -> dict[str, str]:
    enterprise = work.tx.projects.enterprise(project.enterprise_id)
    person = next(person for person, _ in work.tx.people.of_project(project.id))
    return {
        "receiver": enterprise.name,
        "receiver_contact": person.name,
        "receiver_phone": person.phone,
        "receiver_address": enterprise.address,
    }


def _paper(work: CaseWork, project: Project, one: Delivery, step: str) -> dict[str, Any]:
    assert one.sent_on is not None
    return {
        "item": "、".join(texts.named(thing) for thing in one.things),
        "applicant": work.tx.projects.enterprise(project.enterprise_id).name,
        "step": step,
        "way": MODE_NAMES[one.mode],
        "courier": one.courier,
        "courier_no": one.tracking_no,
        "papers": on_paper(one.things),
        "sent_on": one.sent_on.isoformat(),
        "payer": "政府",
    }


def on_paper(things: Sequence[Thing]) -> list[dict[str, Any]]:
    return [{"name": texts.named(one), "originals": one.originals, "copies": one.copies} for one in things]


def _complete_paper(work: CaseWork, case: Case, one: Delivery, by: str, day: date) -> None:
    """F19 gets who received it and when."""
    for form in work.tx.forms.of_case(case.id):
        if form.form == "F19" and one.tracking_no and form.values.get("courier_no") == one.tracking_no:
            received = {"received_by": by, "received_on": day.isoformat()}
            work.tx.forms.save(replace(form, values={**form.values, **received}))


def _subject(one: Delivery) -> str:
    return f"delivery:{one.id}"
