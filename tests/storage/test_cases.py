"""Cases, items, materials and issues."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest
from sqlalchemy import text

from domain.case import Case, CaseStatus, Scope, ServiceLevel
from domain.issues import OPEN, Category, Issue, IssueLevel, IssueStatus, Step, StepKind
from domain.items import ItemState
from domain.materials import MaterialState
from storage.errors import Conflict, Stale
from storage.store import Store, Transaction
from tests import factories
from tests.factories import DAY, NOW
from tests.storage.endings import refused

HOUR = timedelta(hours=1)

# ---------------------------------------------------------------- cases


def test_a_case_comes_back_as_it_was_given(store: Store) -> None:
    with store.transaction() as tx:
        project = factories.project(tx)
        case_id = factories.case(
            tx, project_id=project.id, no="YX-SQ-2026-0001", level=ServiceLevel.FULL, scope=Scope.STAGE
        )
        assert tx.cases.open_of_project(project.id) == [
            Case(
                case_id, "YX-SQ-2026-0001", project.id, ServiceLevel.FULL, Scope.STAGE, CaseStatus.ACTIVE, DAY
            )
        ]


@pytest.mark.parametrize("status", list(CaseStatus))
def test_open_cases_are_the_active_the_suspended_and_those_being_handed_over(
    store: Store, status: CaseStatus
) -> None:
    with store.transaction() as tx:
        project = factories.project(tx)
        factories.case(tx, project_id=project.id, status=status, accepted_on=None)
        is_open = status in {CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.HANDOVER}
        assert bool(tx.cases.open_of_project(project.id)) is is_open


def test_open_cases_of_several_projects_oldest_first(store: Store) -> None:
    with store.transaction() as tx:
        one, two, none = (factories.project(tx).id for _ in range(3))
        first, second, third = (factories.case(tx, project_id=project) for project in (one, two, one))
        found = tx.cases.open_of_projects([one, two, none, one])
        assert {key: [case.id for case in cases] for key, cases in found.items()} == {
            one: [first, third], two: [second],
        }  # fmt: skip
        assert tx.cases.open_of_projects([]) == {}


def test_two_cases_have_two_numbers(store: Store) -> None:
    with refused(store, Conflict) as tx:
        project = factories.project(tx)
        for _ in range(2):
            factories.case(tx, project_id=project.id, no="YX-SQ-2026-0001")


# ---------------------------------------------------------------- items


def test_items_come_back_in_the_plans_order_with_their_events(site_store: Store) -> None:
    events = [
        factories.event(state=ItemState.RECEIVED, day=date(2026, 9, 10), note="窗口收件"),
        factories.event(state=ItemState.ACCEPTED, day=date(2026, 9, 11)),
    ]
    with site_store.transaction() as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        later = factories.case_item(tx, case_id=case_id, item_id="sg_xuke", position=2, events=events)
        first = tx.cases.add_item(
            case_id, "xiangmu_daima", 1, planned=(date(2026, 9, 1), date(2026, 9, 2)), result_no="2609-1"
        )
        other = factories.case(tx, project_id=factories.project(tx).id)
        found = tx.cases.items([case_id, other])
    assert {key: [item.id for item in items] for key, items in found.items()} == {case_id: [first, later]}
    assert found[case_id][1].events == tuple(events)
    done = found[case_id][0]
    assert (done.planned_submit, done.planned_done, done.result_no) == (
        date(2026, 9, 1),
        date(2026, 9, 2),
        "2609-1",
    )


def test_an_event_is_recorded_after_those_before_it(site_store: Store) -> None:
    with site_store.transaction() as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        factories.case_item(tx, case_id=case_id, events=[factories.event(state=ItemState.RECEIVED)])
    for state in (ItemState.ACCEPTED, ItemState.CORRECTION):
        with site_store.transaction() as tx:
            [item] = tx.cases.items([case_id])[case_id]
            tx.cases.save_item(item.record(factories.event(state=state), factories.DAY), item)
    with site_store.reading() as tx:
        [item] = tx.cases.items([case_id])[case_id]
    assert [event.state for event in item.events] == ["received", "accepted", "correction"]


def test_an_event_recorded_on_what_somebody_changed_since_is_refused(site_store: Store) -> None:
    with site_store.transaction() as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        factories.case_item(
            tx, case_id=case_id, events=[factories.event(state=ItemState.RECEIVED, note="收件")]
        )
        [item] = tx.cases.items([case_id])[case_id]
        tx.cases.save_item(item.record(factories.event(state=ItemState.ACCEPTED), factories.DAY), item)
    with pytest.raises(Stale), site_store.transaction() as tx:
        tx.cases.save_item(item.record(factories.event(state=ItemState.CORRECTION), factories.DAY), item)
    with site_store.reading() as tx:
        assert tx.cases.items([case_id])[case_id][0].state is ItemState.ACCEPTED


def test_an_item_is_in_a_case_once_and_must_be_in_the_catalogue(site_store: Store) -> None:
    with site_store.transaction() as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        factories.case_item(tx, case_id=case_id)
    for item in ("sg_xuke", "unheard_of"):
        with refused(site_store, Conflict) as tx:
            factories.case_item(tx, case_id=case_id, item_id=item)


def test_a_department_sees_its_items_of_open_cases_only(site_store: Store) -> None:
    with site_store.transaction() as tx:
        projects = [factories.project(tx).id for _ in range(3)]
        statuses = (CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.CLOSED)
        items = []
        for project, status in zip(projects, statuses, strict=True):
            case_id = factories.case(tx, project_id=project, status=status)
            items.append(factories.case_item(tx, case_id=case_id, item_id="sg_xuke", position=2))
            factories.case_item(tx, case_id=case_id, item_id="yongdi_yushen", position=1)
        found = tx.cases.departments_items(["sg_xuke"])
        assert [(project, item.id) for project, item in found] == list(
            zip(projects[:2], items[:2], strict=True)
        )
        assert tx.cases.item_ids(projects[0]) == {"sg_xuke", "yongdi_yushen"}
        assert tx.cases.item_ids(projects[2]) == frozenset()


# ---------------------------------------------------------------- materials


def test_materials_come_back_in_their_order(site_store: Store) -> None:
    with site_store.transaction() as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        item = factories.case_item(tx, case_id=case_id)
        rows = [
            factories.material(case_item_id=item, name="施工合同"),
            factories.material(
                case_item_id=item, name="图审合格书", state=MaterialState.RETURNED, reason="缺页"
            ),
            factories.material(
                case_item_id=item,
                name="保函",
                required=False,
                state=MaterialState.DEFERRED,
                deferred_until=DAY,
            ),
        ]
        tx.materials.add(rows)
        tx.materials.add([])
        found = tx.materials.of_items([item, item + 1])
    assert list(found) == [item]
    assert [(m.name, m.required, m.state, m.reason, m.deferred_until) for m in found[item]] == [
        (m.name, m.required, m.state, m.reason, m.deferred_until) for m in rows
    ]


def test_a_material_is_on_a_list_once(site_store: Store) -> None:
    with refused(site_store, Conflict) as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        item = factories.case_item(tx, case_id=case_id)
        tx.materials.add([factories.material(case_item_id=item) for _ in range(2)])


# ---------------------------------------------------------------- issues


def raised(tx: Transaction, **more: object) -> Issue:
    project = more.pop("project_id", 0) or factories.project(tx).id
    by = more.pop("raised_by", 0) or factories.person(tx).id
    return factories.issue(tx, project_id=project, raised_by=by, **more)  # type: ignore[arg-type]


def test_an_issue_comes_back_as_it_was_given(site_store: Store) -> None:
    with site_store.transaction() as tx:
        officer = factories.representative(tx)
        made = raised(
            tx, category=Category.UTILITY, item_id="sg_xuke", wish="尽快", status=IssueStatus.ANSWERED,
            level=IssueLevel.JOINT_MEETING, department="zjj", representative_id=officer.id, why="目录：施工许可",
            respond_by=NOW + HOUR, answer_by=NOW + 2 * HOUR, rule_version=3, returns=1, answer="已办",
            answered_by=officer.id, released_at=NOW,
            steps=(Step(NOW + HOUR, StepKind.ESCALATE, "answer", "supervisor"), Step(NOW, StepKind.REMIND, "answer")),
        )  # fmt: skip
    with site_store.reading() as tx:
        found = tx.issues.get(made.no)
        assert tx.issues.get(made.no + 1) is None
    assert found == made
    assert found is not None
    assert found.answer_by is not None
    assert found.answer_by.utcoffset() == timedelta(0)
    assert isinstance(found.status, IssueStatus)
    assert isinstance(found.level, IssueLevel)
    assert isinstance(found.steps[0].kind, StepKind)


def test_a_changed_issue_is_saved_once_per_reading(store: Store) -> None:
    with store.transaction() as tx:
        no = raised(tx).no
    with store.transaction() as tx:
        mine, theirs = tx.issues.get(no, lock=True), tx.issues.get(no)
        assert mine is not None
        assert theirs is not None
        mine.to_triage("未能判断")
        tx.issues.save(mine)
        mine.returns = 1
        tx.issues.save(mine)  # one's own later change is fine
    with pytest.raises(Stale), store.transaction() as tx:
        tx.issues.save(theirs)
    with store.reading() as tx:
        found = tx.issues.get(no)
    assert found is not None
    assert (found.status, found.returns, found.version) == (IssueStatus.TRIAGE, 1, 2)


def test_no_two_issues_have_one_number(store: Store) -> None:
    with store.transaction() as tx:
        no = raised(tx).no
    with refused(store, Conflict) as tx:
        raised(tx, no=no)


def test_words_stay_out_of_an_issues_repr(store: Store) -> None:
    with store.transaction() as tx:
        made = raised(tx, description="琥珀七九", wish="琥珀七九", answer="琥珀七九")
        assert "琥珀" not in repr(made) + repr(tx.issues.get(made.no))


def test_issues_of_a_project_newest_first_and_open_unless_all_are_wanted(store: Store) -> None:
    with store.transaction() as tx:
        project = factories.project(tx).id
        numbers = {status: raised(tx, project_id=project, status=status).no for status in IssueStatus}
        raised(tx)
        still_open = sorted((no for status, no in numbers.items() if status in OPEN), reverse=True)
        assert [issue.no for issue in tx.issues.of_project(project)] == still_open
        every = tx.issues.of_projects([project], open_only=False)[project]
        assert [issue.no for issue in every] == sorted(numbers.values(), reverse=True)
        assert tx.issues.of_projects([]) == {}


def test_a_representative_holds_what_is_not_answered_the_most_pressing_first(store: Store) -> None:
    with store.transaction() as tx:
        me, other = factories.person(tx).id, factories.person(tx).id
        whenever = raised(tx, representative_id=me, status=IssueStatus.ASSIGNED).no
        later = raised(tx, representative_id=me, status=IssueStatus.ASSIGNED, answer_by=NOW + HOUR).no
        sooner = raised(tx, representative_id=me, status=IssueStatus.ACCEPTED, answer_by=NOW).no
        raised(tx, representative_id=me, status=IssueStatus.ANSWERED, answer_by=NOW)
        raised(tx, representative_id=other, status=IssueStatus.ASSIGNED, answer_by=NOW)
        assert [issue.no for issue in tx.issues.held_by(me)] == [sooner, later, whenever]


def test_on_the_officers_desk_lies_what_is_to_be_sorted_or_released(store: Store) -> None:
    with store.transaction() as tx:
        project = factories.project(tx).id
        numbers = {status: raised(tx, project_id=project, status=status).no for status in IssueStatus}
        raised(tx, status=IssueStatus.TRIAGE)
        desk = [issue.no for issue in tx.issues.on_desk([project])]
    assert desk == sorted(
        numbers[one] for one in (IssueStatus.TRIAGE, IssueStatus.ANSWERED, IssueStatus.COORDINATED)
    )


def test_what_was_raised_and_not_routed_is_found_after_a_while(store: Store) -> None:
    with store.transaction() as tx:
        old = raised(tx, raised_at=NOW - HOUR).no
        raised(tx, raised_at=NOW)
        raised(tx, raised_at=NOW - HOUR, status=IssueStatus.ASSIGNED)
        older = raised(tx, raised_at=NOW - 2 * HOUR).no
        assert tx.issues.not_routed(NOW - HOUR, 10) == [old, older]
        assert tx.issues.not_routed(NOW - HOUR, 1) == [old]


def test_the_next_step_of_an_issue_is_found_when_it_is_due(store: Store) -> None:
    def step(hours: int) -> Step:
        return Step(NOW + hours * HOUR, StepKind.REMIND, "answer")

    with store.transaction() as tx:
        second = raised(tx, status=IssueStatus.ACCEPTED, steps=(step(5), step(2))).no
        first = raised(tx, status=IssueStatus.ACCEPTED, steps=(step(1),)).no
        raised(tx, status=IssueStatus.ACCEPTED)
        assert tx.issues.with_step_due(NOW, 10) == []
        assert tx.issues.with_step_due(NOW + 2 * HOUR, 10) == [first, second]
        assert tx.issues.with_step_due(NOW + 2 * HOUR, 1) == [first]
        issue = tx.issues.get(second)
        assert issue is not None
        issue.done_until(NOW + 2 * HOUR)
        tx.issues.save(issue)
        assert tx.issues.with_step_due(NOW + 2 * HOUR, 10) == [first]
        assert tx.issues.with_step_due(NOW + 5 * HOUR, 10) == [first, second]


def test_overdue_are_those_not_answered_in_time_the_oldest_first(store: Store) -> None:
    with store.transaction() as tx:
        late = raised(tx, status=IssueStatus.ASSIGNED, answer_by=NOW - HOUR).no
        later = raised(tx, status=IssueStatus.ACCEPTED, answer_by=NOW - 2 * HOUR).no
        raised(tx, status=IssueStatus.ASSIGNED, answer_by=NOW)
        raised(tx, status=IssueStatus.ANSWERED, answer_by=NOW - HOUR)
        raised(tx, status=IssueStatus.ASSIGNED)
        assert [issue.no for issue in tx.issues.overdue(NOW)] == [later, late]


def test_the_load_of_a_department_counts_what_each_still_has_to_answer(site_store: Store) -> None:
    with site_store.transaction() as tx:
        one, two = factories.representative(tx).id, factories.representative(tx).id
        for person, status in ((one, "assigned"), (one, "accepted"), (one, "answered"), (two, "assigned")):
            raised(tx, department="zjj", representative_id=person, status=IssueStatus(status))
        raised(tx, department="zrzy", representative_id=two, status=IssueStatus.ASSIGNED)
        raised(tx, department="zjj", status=IssueStatus.ASSIGNED)
        assert tx.issues.load("zjj") == {one: 2, two: 1}


def test_what_is_under_way_is_known_as_it_is_written_and_of_an_older_database(site_store: Store) -> None:
    moves = [(), *(((one,) if one is ItemState.ACCEPTED else (ItemState.ACCEPTED, one)) for one in ItemState)]
    with site_store.transaction() as tx:
        project = factories.project(tx)
        case_id = factories.case(tx, project_id=project.id)
        known = (
            tx._connection.execute(text("SELECT id FROM catalogue_items ORDER BY id"))
            .scalars()
            .all()[: len(moves)]
        )
        for place, (item, states) in enumerate(zip(known, moves, strict=True)):
            tx.cases.add_item(case_id, item, place, [factories.event(state=one) for one in states])
        written = [item.id for _, item in tx.cases.running(project_ids=[project.id])]
        assert written == [one.id for one in tx.cases.items([case_id])[case_id] if one.running]
        assert 0 < len(written) < len(moves)
        tx._connection.execute(text("UPDATE case_items SET running = true"))
        migration = import_module("storage.migrations.versions.0013_running_items")
        tx._connection.execute(text(migration.mark(tx._connection.dialect.name)))
        counted = tx._connection.execute(text("SELECT count(*) FROM case_items WHERE running")).scalar()
        assert counted == len(written)
