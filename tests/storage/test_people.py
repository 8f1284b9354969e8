"""The site's versions, people, projects and groups."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from domain.case import CaseStatus
from domain.people import Post, Role
from domain.project import ProjectType
from storage.errors import Conflict, StorageError
from storage.store import Store
from tests import factories
from tests.factories import NOW
from tests.storage.endings import refused, undone
from tests.storage.waiting import connection_of

# ---------------------------------------------------------------- the site


def test_nothing_loaded_is_version_nought(store: Store) -> None:
    with store.reading() as tx:
        assert tx.sites.newest_version() == 0
        assert tx.sites.newest() is None
        assert tx.sites.departments() == {}


def test_the_newest_version_is_the_one_in_force_and_the_retired_stay_known(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.sites.add(
            {"site": {"name": "云溪县"}}, department_rows=[("zjj", "住建局", False), ("gdj", "供电局", True)],
            item_rows=[("sg_xuke", "施工许可", "zjj"), ("baozhuang", "报装", "gdj")], at=NOW,
        ) == 1  # fmt: skip
        assert tx.sites.retired_items() == set()
        assert tx.sites.add(
            {"site": {"name": "云溪"}}, department_rows=[("zjj", "住房和城乡建设局", False)],
            item_rows=[("sg_xuke", "施工许可", "zjj")], at=NOW,
        ) == 2  # fmt: skip
    with store.reading() as tx:
        assert tx.sites.newest_version() == 2
        assert tx.sites.newest() == (2, {"site": {"name": "云溪"}})
        assert tx.sites.departments() == {"zjj": "住房和城乡建设局", "gdj": "供电局"}
        assert tx.sites.retired_items() == {"baozhuang"}


def test_a_retired_item_comes_back_with_the_version_that_has_it_again(store: Store) -> None:
    with store.transaction() as tx:
        for items in ([("sg_xuke", "施工许可", "zjj")], [], [("sg_xuke", "施工许可证", "zjj")]):
            tx.sites.add({}, department_rows=[("zjj", "住建局", False)], item_rows=items, at=NOW)
        assert tx.sites.retired_items() == set()


def test_an_item_of_an_unknown_department_is_refused(store: Store) -> None:
    with refused(store, Conflict) as tx:
        tx.sites.add({}, department_rows=[], item_rows=[("sg_xuke", "施工许可", "zjj")], at=NOW)


# ---------------------------------------------------------------- numbers


def test_numbers_run_from_one_and_each_name_has_its_own(store: Store) -> None:
    with store.transaction() as tx:
        assert [tx.sites.next_number("issue") for _ in range(3)] == [1, 2, 3]
        assert tx.sites.next_number("case:2026") == 1
    with store.transaction() as tx:
        assert tx.sites.next_number("issue") == 4


def test_the_number_of_a_transaction_that_failed_was_never_told_and_is_given_again(store: Store) -> None:
    with undone(store) as tx:
        tx.sites.next_number("issue")
    with store.transaction() as tx:
        assert tx.sites.next_number("issue") == 1


def test_the_number_of_a_row_that_was_deleted_is_not_given_again(store: Store) -> None:
    with store.transaction() as tx:
        factories.issue(tx, project_id=factories.project(tx).id, raised_by=factories.person(tx).id)
        connection_of(tx).execute(text("DELETE FROM issues"))
        assert tx.sites.next_number("issue") == 2


# ---------------------------------------------------------------- people


def test_people_are_found_by_their_id_in_any_case(store: Store) -> None:
    with store.transaction() as tx:
        saved = factories.person(tx, userid="Chen.Jing", name="陈静", phone="13800000001")
        assert (saved.userid, saved.name, saved.phone, saved.active) == (
            "chen.jing",
            "陈静",
            "13800000001",
            True,
        )
        for locked in (False, True):
            assert tx.people.by_userid("CHEN.JING", lock=locked) == saved
        assert tx.people.by_userid("nobody") is None
        assert tx.people.by_userids(["Chen.jing", "nobody"]) == {"chen.jing": saved}
        assert tx.people.by_userids([]) == {}


def test_duties_come_back_as_they_were_given_and_in_their_order(site_store: Store) -> None:
    duties = [
        factories.duty(department="zjj", topics=("施工许可", "消防"), leave=(date(2026, 10, 1), None)),
        factories.duty(department="zrzy", post=Post.B, leave=(date(2026, 9, 1), date(2026, 9, 30))),
        factories.duty(role=Role.SUPERVISOR, department=None),
    ]
    with site_store.transaction() as tx:
        saved = factories.person(tx, userid="wang.qiang", duties=duties)
    with site_store.reading() as tx:
        found = tx.people.by_userid("wang.qiang")
    assert found == saved
    assert list(saved.duties) == duties


def test_saving_somebody_again_takes_over_everything_new(site_store: Store) -> None:
    with site_store.transaction() as tx:
        first = factories.representative(tx, userid="wang.qiang")
        tx.people.deactivate("Wang.Qiang")
        assert not tx.people.get(first.id).active
        again = tx.people.save("WANG.QIANG", "王强", "13900000002", [factories.duty(department="zrzy")])
        assert again == first.id
        found = tx.people.get(again)
    assert (found.phone, found.active, found.departments()) == ("13900000002", True, frozenset({"zrzy"}))


def test_those_of_a_department_and_of_a_role_are_the_active_ones(site_store: Store) -> None:
    with site_store.transaction() as tx:
        one = factories.representative(tx, department="zjj")
        chief = factories.person(tx, duties=[factories.duty(role=Role.DEPARTMENT_CHIEF, department="zjj")])
        factories.representative(tx, department="zrzy")
        gone = factories.representative(tx, userid="gone", department="zjj")
        tx.people.deactivate(gone.userid)
        assert {p.id for p in tx.people.of_department("zjj")} == {one.id, chief.id}
        assert [p.id for p in tx.people.of_department("zjj", Role.REPRESENTATIVE)] == [one.id]
        assert [p.id for p in tx.people.with_role(Role.DEPARTMENT_CHIEF)] == [chief.id]
        assert tx.people.with_role(Role.SUPERVISOR) == []


def test_somebody_unknown_is_an_error_to_get(store: Store) -> None:
    with store.reading() as tx:
        assert tx.people.many([1, 2]) == []
        with pytest.raises(IndexError):
            tx.people.get(1)


def test_contacts_and_signatories_are_tied_to_a_project_once(store: Store) -> None:
    with store.transaction() as tx:
        contact, signatory = factories.person(tx), factories.person(tx)
        project = factories.project(tx, contact_id=contact.id)
        tx.people.tie(project.id, contact.id, Role.ENTERPRISE_CONTACT)
        tx.people.tie(project.id, contact.id, Role.ENTERPRISE_SIGNATORY)
        tx.people.tie(project.id, signatory.id, Role.ENTERPRISE_SIGNATORY)
        other = factories.project(tx)
        assert tx.people.project_roles(contact.id, project.id) == {
            Role.ENTERPRISE_CONTACT, Role.ENTERPRISE_SIGNATORY,
        }  # fmt: skip
        assert tx.people.project_roles(contact.id, other.id) == frozenset()
        tied = tx.people.of_project(project.id)
    assert {(person.id, role) for person, role in tied} == {
        (contact.id, Role.ENTERPRISE_CONTACT),
        (contact.id, Role.ENTERPRISE_SIGNATORY),
        (signatory.id, Role.ENTERPRISE_SIGNATORY),
    }


def test_phones_stay_out_of_reprs(store: Store) -> None:
    with store.transaction() as tx:
        assert "13800000001" not in repr(factories.person(tx, phone="13800000001"))


# ---------------------------------------------------------------- projects and enterprises


def test_an_enterprise_is_known_by_its_credit_code(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.projects.add_enterprise("云溪新材料有限公司", "91441802MA4UR1A36A", "工业大道1号")
        assert tx.projects.add_enterprise("另一个名字", "91441802MA4UR1A36A") == first
        found = tx.projects.enterprise(first)
    assert (found.name, found.address) == ("云溪新材料有限公司", "工业大道1号")


def test_a_project_comes_back_with_its_facts(store: Store) -> None:
    with store.transaction() as tx:
        assert not tx.projects.any()
        deputy = factories.person(tx)
        made = factories.project(
            tx, code="yx-2026-001", deputy_id=deputy.id, national_code="2609-441802-04-01-123456"
        )
        assert tx.projects.any()
        assert tx.projects.many({made.id, 999}) == {made.id: made}
    assert (made.code, made.type, made.deputy_id) == ("YX-2026-001", ProjectType.SOCIAL_INDUSTRIAL, deputy.id)
    assert made.facts == {"investment": "12000"}


def test_a_project_is_found_by_either_number_as_people_type_it(store: Store) -> None:
    with store.transaction() as tx:
        made = factories.project(tx, code="YX-2026-001", national_code="2609-441802-04-01-12345a")
        factories.project(tx)
        assert tx.projects.by_code(" yx-2026-001 ") == made
        assert tx.projects.by_code("2609-441802-04-01-12345A") == made
        assert tx.projects.by_code("YX-2026-999") is None


def test_no_number_finds_no_project(store: Store) -> None:
    with store.transaction() as tx:
        factories.project(tx, national_code="")
        assert tx.projects.by_code("") is None
        assert tx.projects.by_code("  ") is None


def test_two_projects_have_two_numbers(store: Store) -> None:
    with refused(store, Conflict) as tx:
        factories.project(tx, code="YX-2026-001")
        factories.project(tx, code="yx-2026-001")


def test_the_projects_of_a_person_are_those_tied_or_served(store: Store) -> None:
    with store.transaction() as tx:
        officer, contact = factories.officer(tx), factories.person(tx)
        first = factories.project(tx, officer_id=officer.id, contact_id=contact.id)
        tx.people.tie(first.id, contact.id, Role.ENTERPRISE_SIGNATORY)
        second = factories.project(tx, deputy_id=officer.id)
        factories.project(tx)
        assert [p.id for p in tx.projects.of_person(officer.id)] == [first.id, second.id]
        assert [p.id for p in tx.projects.of_person(contact.id)] == [first.id]


def test_projects_with_an_open_case(store: Store) -> None:
    with store.transaction() as tx:
        active, closed, suspended = (factories.project(tx) for _ in range(3))
        factories.case(tx, project_id=active.id)
        factories.case(tx, project_id=active.id)
        factories.case(tx, project_id=closed.id, status=CaseStatus.CLOSED)
        factories.case(tx, project_id=suspended.id, status=CaseStatus.SUSPENDED)
        assert tx.projects.with_open_case() == {active.id, suspended.id}


def test_a_project_nobody_knows_is_an_error_to_get(store: Store) -> None:
    with pytest.raises(StorageError, match="NoResultFound"), store.reading() as tx:
        tx.projects.get(1)


# ---------------------------------------------------------------- groups


def test_a_group_is_found_by_project_and_by_both_chats(store: Store) -> None:
    with store.transaction() as tx:
        project = factories.project(tx)
        group_id = factories.group(
            tx,
            project_id=project.id,
            appchat="yx2026001",
            bot_chat="wrk1",
            owner="Li.Na",
            members=("Li.Na", "chen"),
        )
        found = tx.groups.get(group_id)
        assert found is not None
        assert (found.owner, found.members, found.gone) == ("li.na", ("li.na", "chen"), False)
        assert tx.groups.by_appchat("yx2026001") == tx.groups.by_bot_chat("wrk1") == found
        for locked in (False, True):
            assert tx.groups.of_project(project.id, lock=locked) == found
        assert tx.groups.by_bot_chat("yx2026001") is None
        assert tx.groups.get(group_id + 1) is None


def test_a_chat_is_bound_to_one_project_only(store: Store) -> None:
    with store.transaction() as tx:
        first, second = factories.project(tx), factories.project(tx)
        factories.group(tx, project_id=first.id)
        factories.group(tx, project_id=second.id)
        tx.groups.bind(first.id, "wrk1")
    with refused(store, Conflict) as tx:
        tx.groups.bind(second.id, "wrk1")
    with store.transaction() as tx:
        tx.groups.unbind(first.id)
        tx.groups.bind(second.id, "wrk1")
        bound = tx.groups.by_bot_chat("wrk1")
    assert bound is not None
    assert bound.project_id == second.id


def test_a_project_has_one_group(store: Store) -> None:
    with refused(store, Conflict) as tx:
        project = factories.project(tx)
        factories.group(tx, project_id=project.id)
        factories.group(tx, project_id=project.id)


def test_a_group_that_is_gone_is_left_out_until_it_is_seen_again(store: Store) -> None:
    with store.transaction() as tx:
        ids = [factories.group(tx, project_id=factories.project(tx).id) for _ in range(3)]
        tx.groups.mark_gone(ids[1])
        assert [group.id for group in tx.groups.after(0, 10)] == [ids[0], ids[2]]
        tx.groups.refresh(ids[1], name="新名", owner="li.na", members=("a", "b"))
        found = tx.groups.get(ids[1])
    assert found is not None
    assert (found.name, found.members, found.gone) == ("新名", ("a", "b"), False)


def test_groups_are_read_in_pages(store: Store) -> None:
    with store.transaction() as tx:
        ids = [factories.group(tx, project_id=factories.project(tx).id) for _ in range(5)]
        first = tx.groups.after(0, 2)
        second = tx.groups.after(first[-1].id, 2)
        assert [group.id for group in (*first, *second)] == ids[:4]


def test_groups_known_since_later_are_left_out_when_an_instant_is_given(store: Store) -> None:
    with store.transaction() as tx:
        old = factories.group(tx, project_id=factories.project(tx).id, since=NOW - timedelta(days=7))
        factories.group(tx, project_id=factories.project(tx).id, since=NOW)
        assert [group.id for group in tx.groups.after(0, 10, since=NOW)] == [old]
