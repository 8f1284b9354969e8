"""What people decided about a plan and know beyond the lists is kept, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.catalogue_changes import ItemChange
from storage.plans import Choice
from storage.store import Store
from tests import factories

NOW = datetime(2026, 9, 15, 2, tzinfo=UTC)


def test_the_newest_decision_counts(site_store: Store) -> None:
    with site_store.transaction() as tx:
        project = factories.project(tx).id
        case = factories.case(tx, project_id=project)
        officer = tx.projects.get(project).officer_id
        tx.plans.decide(case, Choice("sg_xuke", True, "", officer, NOW))
        tx.plans.decide(case, Choice("sg_xuke", False, "限额以下", officer, NOW))
        assert tx.plans.choices(case)["sg_xuke"] == Choice("sg_xuke", False, "限额以下", officer, NOW)
        tx.plans.forget(case, "sg_xuke")
        assert tx.plans.choices(case) == {}


def test_a_factor_that_was_withdrawn_is_no_longer_told(site_store: Store) -> None:
    with site_store.transaction() as tx:
        person = tx.people.save("huang.zhijian", "黄志坚")
        first = tx.plans.add_factor("sg_xuke", "围挡", person, NOW)
        tx.plans.add_factor("sg_xuke", "三通一平", person, NOW)
        tx.plans.withdraw_factor(first, NOW)
        assert [one.text for one in tx.plans.factors(["sg_xuke"])["sg_xuke"]] == ["三通一平"]
        assert tx.plans.factor(first) is None


def test_facts_that_are_not_named_stay(site_store: Store) -> None:
    with site_store.transaction() as tx:
        project = factories.project(tx).id
        tx.projects.update_facts(project, {"investment": "100", "nature": "新建"})
        tx.projects.update_facts(project, {"investment": "200"})
        facts = tx.projects.get(project).facts
        assert (facts["investment"], facts["nature"]) == ("200", "新建")


def test_changes_of_the_catalogue_are_read_newest_first(site_store: Store) -> None:
    with site_store.transaction() as tx:
        version = tx.sites.newest_version()
        tx.sites.add_changes(
            version, [ItemChange("a", "甲", ("新增事项",)), ItemChange("b", "乙", ("事项取消",))], NOW
        )
        tx.sites.add_changes(version, [], NOW)
        assert [(at, one.name) for at, one in tx.sites.changes(5)] == [(NOW, "甲"), (NOW, "乙")]
