"""Codes, appointments, the facts of a project, and wishes for the worker, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.appointments import Appointment, AppointmentState, MeetingKind
from domain.people import Role
from domain.project import ProjectType
from storage.store import Store
from tests.factories import NOW, officer, person, project

LATER = NOW + timedelta(days=7)


def test_a_code_is_redeemed_once_and_runs_out(store: Store) -> None:
    with store.transaction() as tx:
        giver, taker = officer(tx), person(tx)
        tx.invitations.issue(
            "12345678", project_id=None, role=Role.ENTERPRISE_CONTACT, issued_by=giver.id, at=NOW, until=LATER
        )
        assert not tx.invitations.is_free("12345678")
        assert tx.invitations.valid("12345679", NOW) is None
        assert tx.invitations.valid("12345678", LATER) is None
        found = tx.invitations.valid("12345678", NOW)
        assert found is not None
        assert (found.project_id, found.role, found.issued_by) == (None, Role.ENTERPRISE_CONTACT, giver.id)
        assert not tx.invitations.redeemed_by(taker.id)
        tx.invitations.redeem(found.id, taker.id, NOW)
        assert tx.invitations.redeemed_by(taker.id)
        assert tx.invitations.valid("12345678", NOW) is None
    with store.reading() as tx:
        kept = tx._connection.exec_driver_sql("SELECT code_hash FROM invitations").scalar_one()
        assert "12345678" not in kept


def test_an_appointment_keeps_wish_and_answer(site_store: Store) -> None:
    with site_store.transaction() as tx:
        asker, desk = person(tx), officer(tx)
        one = Appointment(0, project(tx).id, MeetingKind.VIDEO, "周三视频", NOW, asker.id, NOW, desk.id)
        one = replace(one, id=tx.appointments.add(one))
        assert tx.appointments.get(one.id, lock=True) == one
        tx.appointments.save(one.move(LATER, "周二"))
        found = tx.appointments.get(one.id)
        assert found is not None
        assert (found.state, found.agreed_at, found.answer) == (AppointmentState.AGREED, LATER, "周二")
        assert tx.appointments.get(one.id + 1) is None


def test_facts_are_added_to_what_is_known(site_store: Store) -> None:
    with site_store.transaction() as tx:
        one = project(tx)
        tx.projects.update_facts(one.id, {"investment": "3600", "nature": "新建"})
        tx.projects.identify(one.id, type=ProjectType.LOW_RISK, national_code="2605-440299-04-01-100009")
        deputy = officer(tx)
        tx.projects.put_in_charge(one.id, deputy.id, None)
        found = tx.projects.get(one.id)
        assert found.facts == {"investment": "3600", "nature": "新建"}
        assert (found.type, found.officer_id) == (ProjectType.LOW_RISK, deputy.id)
        enterprise = tx.projects.enterprise(one.enterprise_id)
        assert tx.projects.called(one.name, enterprise.credit_code) == found
        assert tx.projects.called("仓库", enterprise.credit_code) is None


def test_tries_are_counted_and_wishes_found_until_they_are_done(store: Store) -> None:
    with store.transaction() as tx:
        for n in range(3):
            tx.runs.claim("try", "sun.liang", str(n), NOW + timedelta(minutes=n))
        assert tx.runs.count("try", "sun.liang", NOW) == 2
        assert tx.runs.count("try", "zhou.min", NOW - timedelta(days=1)) == 0
        tx.runs.claim("wanted", "7", "a", NOW)
        tx.runs.claim("wanted", "7", "b", LATER)
        assert tx.runs.open("wanted", "made") == [("7", "a"), ("7", "b")]
        tx.runs.claim("made", "7", "a", LATER)
        assert tx.runs.open("wanted", "made") == [("7", "b")]
