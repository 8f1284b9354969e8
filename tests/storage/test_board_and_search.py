"""The kept board, and finding within what somebody has a part in: the same on both databases."""

from __future__ import annotations

from datetime import timedelta

from domain.people import Role
from storage.search import Within
from storage.store import Store
from tests import factories as make


def test_only_the_latest_board_is_kept(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.boards.newest() is None
        tx.boards.keep("{}", "one", make.NOW)
        tx.boards.keep('{"a": 1}', "two", make.NOW + timedelta(hours=1))
    with store.reading() as tx:
        newest = tx.boards.newest()
        assert newest
        assert newest[1] == "two"
        assert tx.boards.data(newest[0]) == '{"a": 1}'
        assert tx.boards.data("another") is None
    with store.transaction() as tx:
        tx.boards.keep("late", "a slower one", make.NOW)
        found = tx.boards.newest()
        assert found
        assert found[1] == "two"


def test_found_by_name_number_and_words_and_never_beyond_ones_own(site_store: Store) -> None:
    with site_store.transaction() as tx:
        officer, other = make.officer(tx), make.officer(tx, name="王磊")
        contact = make.person(tx, name="陈静")
        one = make.project(tx, code="T-1", name="100%_新材料 A 栋", officer_id=officer.id)
        two = make.project(tx, code="T-2", name="新材料 B 栋", officer_id=other.id)
        tx.people.tie(one.id, contact.id, Role.ENTERPRISE_CONTACT)
        case_id = make.case(tx, project_id=two.id, no="T-SQ-2026-0001")
        make.case_item(tx, case_id=case_id, item_id="sg_xuke")
        issue = make.issue(tx, project_id=one.id, raised_by=contact.id, description="窗口要求村委会盖章")
        everything, own = Within(0, everything=True), Within(officer.id)
        assert tx.search.projects(["新材料"], everything, 9) == [two.id, one.id]
        assert tx.search.projects(["新材料", "a"], everything, 9) == [one.id]
        assert tx.search.projects(["100%_"], everything, 9) == [one.id]
        assert tx.search.projects(["%"], own, 9) == [one.id]
        assert tx.search.projects(["新材料"], everything, 1) == [two.id]
        assert tx.search.projects(["t-sq-2026-0001"], everything, 9) == [two.id]
        assert tx.search.projects(["新材料"], own, 9) == [one.id]
        assert tx.search.projects(["新材料"], Within(0), 9) == []
        assert tx.search.projects(["新材料"], Within(0, item_ids=frozenset({"sg_xuke"})), 9) == [two.id]
        assert tx.search.projects(["新材料"], Within(0, departments=frozenset({"zjj"})), 9) == []
        assert tx.search.issues(["村委会", "盖章"], own, 9) == [issue.no]
        assert tx.search.issues([str(issue.no)], own, 9) == [issue.no]
        assert tx.search.issues(["村委会"], Within(other.id), 9) == []
        assert tx.search.people(["陈静"], own, 9, officers=True) == [contact.id]
        assert tx.search.people(["陈静"], Within(other.id), 9, officers=True) == []
        assert tx.search.people(["王磊"], own, 9, officers=True) == [other.id]
        assert tx.search.people(["王磊"], own, 9, officers=False) == []
        assert tx.search.forms(["x"], {"F1"}, own, 9) == []
        assert tx.search.projects_of(contact.id, own, 9) == [one.id]
