"""Returns, questionnaires and case studies as they are kept, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case_studies import CaseStudy, StudyState
from domain.periods import Period
from domain.returns import DepartmentReturn, Filled, ReturnState
from storage.errors import Stale
from storage.store import Store
from tests import factories
from tests.factories import NOW

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
DUE = date(2026, 10, 13)
TABLE = Filled(({"时间": "2026-09-10", "地点": "三楼"},), {"填报人": "黄志坚"})


def test_a_campaign_is_opened_once_and_runs_until_all_is_in(site_store: Store) -> None:
    with site_store.transaction() as tx:
        opened = tx.returns.open("interaction", QUARTER, DUE, ["zjj", "sthj"], NOW)
        assert opened is not None
        assert tx.returns.open("interaction", QUARTER, DUE, ["zjj", "sthj"], NOW) is None
        by = factories.officer(tx).id
    with site_store.transaction() as tx:
        assert tx.returns.running() == [opened]
        one, other = tx.returns.of([opened.id])[opened.id]
        assert [one.department, other.department] == ["zjj", "sthj"]
        tx.returns.save(one.hand_in(TABLE, by, NOW, None))
        tx.returns.save(other.report_nil(by, NOW))
        with pytest.raises(Stale):
            tx.returns.save(one.report_nil(by, NOW))
    with site_store.reading() as tx:
        assert tx.returns.running() == []
        found = tx.returns.get(one.id)
        assert found is not None
        kept, campaign = found
        assert (kept.rows, kept.foot, kept.state, kept.version) == (
            TABLE.rows,
            TABLE.foot,
            ReturnState.RETURNED,
            2,
        )
        assert campaign == opened
        newest = tx.returns.newest_rows("interaction", "zjj")
        assert newest is not None
        assert newest.rows == TABLE.rows
        assert tx.returns.newest_rows("interaction", "sthj") is None
        assert tx.returns.get(999) is None


def test_nothing_of_the_rows_stands_in_a_repr() -> None:
    one = DepartmentReturn(1, 1, "zjj").hand_in(TABLE, 1, NOW, None).send_back("缺公章")
    assert not any(word in repr((one, TABLE)) for word in ("三楼", "黄志坚", "缺公章"))


def test_a_questionnaire_is_answered_once_for_each_project(site_store: Store) -> None:
    with site_store.transaction() as tx:
        project = factories.project(tx)
        by = factories.officer(tx).id
        opened = tx.surveys.open(QUARTER, date(2026, 10, 20), [project.id], by, NOW)
        assert opened is not None
        assert tx.surveys.open(QUARTER, date(2026, 10, 20), [project.id], by, NOW) is None
        assert tx.surveys.open_for(project.id, date(2026, 10, 21)) is None
        asked = tx.surveys.open_for(project.id, date(2026, 10, 20))
        assert asked is not None
        assert tx.surveys.newest(QUARTER) == tx.surveys.newest() == tx.surveys.get(opened.id) == opened
        assert tx.surveys.newest(Period(date(2026, 1, 1), date(2026, 3, 31))) is None
        assert [one.form_id for one in tx.surveys.invitations(opened.id)] == [None]


def test_a_case_study_is_compared_before_it_is_changed(site_store: Store) -> None:
    with site_store.transaction() as tx:
        case_id = factories.case(tx, project_id=factories.project(tx).id)
        by = factories.officer(tx).id
        number = tx.case_studies.add(CaseStudy(0, case_id, "某项目", by, NOW))
        study = tx.case_studies.get(number)
        assert study is not None
        assert tx.case_studies.of_case(case_id) == study
        tx.case_studies.save(study.approve(by, NOW))
        with pytest.raises(Stale):
            tx.case_studies.save(study.rewrite("提前介入", by))
        kept = tx.case_studies.get(number)
        assert kept is not None
        assert (kept.state, kept.version) == (StudyState.APPROVED, 2)
        assert kept.rewrite("提前介入", by).state is StudyState.DRAFT
