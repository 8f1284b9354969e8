"""News are handed out once; a demand is answered once; on both databases."""

from __future__ import annotations

from datetime import timedelta

from domain.items import ItemState
from domain.materials import MaterialState, OneTimeNotice
from storage.defects import FOUNDED, LATE, OFF_LIST
from storage.store import Store, Transaction
from tests.factories import DAY, NOW, case, case_item, material, person, project


def _item(tx: Transaction) -> tuple[int, int, int]:
    """Project, item, person."""
    owner = project(tx)
    return owner.id, case_item(tx, case_id=case(tx, project_id=owner.id)), person(tx).id


def test_news_are_told_once_and_only_up_to_the_moment(site_store: Store) -> None:
    later = NOW + timedelta(hours=1)
    with site_store.transaction() as tx:
        owner, item, who = _item(tx)
        tx.news.add(owner, item, ItemState.ACCEPTED, DAY, who, NOW)
        tx.news.add(owner, item, ItemState.IN_REVIEW, DAY, who, later)
        assert tx.news.projects_untold(NOW) == [owner]
        assert [one.state for one in tx.news.tell(owner, NOW)] == [ItemState.ACCEPTED]
        assert tx.news.tell(owner, NOW) == []
        assert tx.news.projects_untold(later) == [owner]
        last = tx.news.last_of(who, NOW)
        assert last is not None
        assert (last.state, last.told_at) == (ItemState.IN_REVIEW, None)
        tx.news.drop(last.id)
        assert tx.news.projects_untold(later) == []
        assert tx.news.last_of(who, later) is None


def test_a_demand_is_answered_once(site_store: Store) -> None:
    with site_store.transaction() as tx:
        owner, item, who = _item(tx)
        no = tx.defects.add(item, OFF_LIST, "村委会盖章", who, NOW)
        late = tx.defects.add(item, LATE, "补充", who, NOW)
        assert tx.defects.answer(no, FOUNDED, "已改正")
        assert not tx.defects.answer(no, FOUNDED, "再一次")
        assert [one.id for one in tx.defects.of_project(owner)] == [no, late]
        tx.defects.drop(item, NOW)
        assert [one.answer for one in tx.defects.of_project(owner)] == ["已改正"]


def test_notices_by_their_day_and_taken_back(site_store: Store) -> None:
    with site_store.transaction() as tx:
        _, item, who = _item(tx)
        tx.materials.add_notice(OneTimeNotice(0, item, NOW, who, (("施工合同", "印章不清"),), DAY))
        assert [one.due for one in tx.materials.notices_due(DAY, DAY)] == [DAY]
        assert tx.materials.notices_due(DAY + timedelta(days=1), DAY + timedelta(days=9)) == []
        tx.materials.drop_notices(item, NOW)
        assert tx.materials.notices([item]) == {}


def test_files_last_sent_and_the_statement_of_truth(site_store: Store) -> None:
    with site_store.transaction() as tx:
        _, item, who = _item(tx)
        tx.materials.add([material(case_item_id=item, state=MaterialState.DEFERRED, deferred_until=DAY)])
        one = tx.materials.of_items([item])[item][0]
        assert [m.id for m in tx.materials.deferred()] == [one.id]
        file = tx.files.add("a.pdf", b"%PDF", NOW, project_id=None, uploaded_by=who)
        assert tx.files.last_sent(who, NOW) is None  # it came by no message
        tx.materials.add_version(one.id, file, who, NOW, truthful=False)
        tx.materials.state_truth([one.id])
        assert tx.materials.versions([one.id])[one.id][0].truthful
