"""Hand-overs, parts and lessons, on both databases."""

from __future__ import annotations

from datetime import timedelta

from domain.issue_parts import Part, PartStatus
from domain.issue_turns import Turn, TurnKind
from domain.issues import Category, IssueStatus
from domain.routing_suggestion import Lesson
from storage.errors import Conflict
from storage.store import Store
from tests import factories
from tests.factories import NOW
from tests.storage.endings import refused

HOUR = timedelta(hours=1)


def _issue(tx, **fields):  # type: ignore[no-untyped-def]
    project = factories.project(tx)
    return factories.issue(tx, project_id=project.id, raised_by=project.officer_id, **fields)


def test_turns_come_back_in_order(site_store: Store) -> None:
    with site_store.transaction() as tx:
        one = _issue(tx)
        person = factories.person(tx)
        turns = [
            Turn(NOW, TurnKind.FILED, None, None, "zjj", ""),
            Turn(NOW, TurnKind.NOT_OURS, person.id, "zjj", None, "属镇街"),
        ]
        for turn in turns:
            tx.turns.add(one.no, turn)
        assert tx.turns.of(one.no) == turns
        assert tx.turns.of_many([one.no, 999]) == {one.no: turns}


def test_parts_are_due_and_cleared_but_for_answers(site_store: Store) -> None:
    with site_store.transaction() as tx:
        one = _issue(tx, status=IssueStatus.ASSIGNED)
        person = factories.person(tx)
        for key in ("jj", "lyyl"):
            tx.parts.add(Part(0, one.no, key, person.id, PartStatus.ASKED, NOW, NOW + HOUR, NOW))
        first, second = tx.parts.of(one.no)
        assert tx.parts.due(NOW - HOUR, 10) == []
        assert tx.parts.due(NOW, 10) == [one.no]
        assert [part.department for part in tx.parts.held_by(person.id)] == ["jj", "lyyl"]
        assert tx.parts.departments(one.project_id) == {"jj", "lyyl"}
        tx.parts.save(first.answered("同意。", person.id))
        assert tx.parts.held_by(person.id) == [second]
        tx.parts.clear(one.no)
        assert [part.department for part in tx.parts.of(one.no)] == ["jj"]


def test_a_department_helps_once(site_store: Store) -> None:
    with refused(site_store, Conflict) as tx:
        one = _issue(tx)
        for _ in range(2):
            tx.parts.add(Part(0, one.no, "jj", None, PartStatus.UNMANNED))


def test_the_last_choice_is_the_lesson(site_store: Store) -> None:
    with site_store.transaction() as tx:
        one = _issue(tx)
        for department in ("zjj", "cgj"):
            tx.lessons.keep(one.no, Lesson(None, Category.OTHER, "路灯", department, None), NOW)
        assert tx.lessons.count() == 1
        assert tx.lessons.newest() == [Lesson(None, Category.OTHER, "路灯", "cgj", None)]


def test_what_is_about_a_person_stands_in_no_list(site_store: Store) -> None:
    with site_store.transaction() as tx:
        one = _issue(tx, private=True, status=IssueStatus.ASSIGNED, answer_by=NOW - HOUR)
        assert tx.issues.of_project(one.project_id, open_only=False) == []
        assert tx.issues.raised_between(NOW - 999 * HOUR, NOW + 999 * HOUR) == []
        assert tx.issues.overdue(NOW) == []
        found = tx.issues.get(one.no)
        assert found is not None
        assert found.private
