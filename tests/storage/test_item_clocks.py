"""What the clock looks at next is found by its index and planned anew after every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from domain.items import ItemState
from storage.item_clocks import LOOK_NOW, NextLook
from storage.store import Store
from tests import factories
from tests.factories import NOW


def test_due_rows_are_found_by_the_index(site_store: Store) -> None:
    with site_store.engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        if not lite:
            connection.execute(text("SET enable_seqscan = off"))
        query = "SELECT id FROM case_items WHERE look_at <= '2026-09-15 01:30:00.000000' ORDER BY look_at LIMIT 500"
        plan = connection.execute(text(f"EXPLAIN {'QUERY PLAN ' if lite else ''}{query}")).all()
    assert "ix_case_items_look_at" in str(plan)


def test_a_change_is_looked_at_at_once_and_a_plan_keeps_it_away(site_store: Store) -> None:
    with site_store.transaction() as tx:
        project = factories.project(tx)
        item_id = factories.case_item(tx, case_id=factories.case(tx, project_id=project.id))
    with site_store.transaction() as tx:
        (due,) = tx.item_clocks.due(NOW, 10)
        assert (due.item.id, due.project_id, due.planned, due.open) == (item_id, project.id, False, True)
        tx.item_clocks.look_again([NextLook(due, NOW + timedelta(days=1), "yellow")])
    with site_store.transaction() as tx:
        assert tx.item_clocks.due(NOW, 10) == []
        (due,) = tx.item_clocks.due(NOW + timedelta(days=1), 10)
        assert (due.planned, due.told) == (True, "yellow")
        changed = replace(due.item, events=(factories.event(state=ItemState.RECEIVED),))
        tx.cases.save_item(changed, due.item)
        tx.item_clocks.look_again([NextLook(due, None)])  # planned before the change: the change wins
    with site_store.transaction() as tx:
        assert [one.planned for one in tx.item_clocks.due(LOOK_NOW, 10)] == [False]
