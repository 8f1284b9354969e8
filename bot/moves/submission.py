"""An item is handed to its department: nothing missing, everything checked, with a list both sides keep (R087, R088, R101)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.cards import material_cards
from bot.moves import carding, items, which
from bot.moves.which import Running
from bot.moves.work import CaseWork
from bot.texts import materials as texts
from bot.texts.phrases import short_day
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm
from domain.items import ItemState
from domain.materials import Material, MaterialState
from storage.outbox import NewMessage

HANDED = frozenset({MaterialState.ACCEPTED, MaterialState.DEFERRED})
_FORMS = (("原件", "原件"), ("复印件", "复印件"))


def submit(work: CaseWork, running: Running, day: date) -> tuple[Running, list[NewMessage]]:
    items.must_be_open(work, running, ItemState.SUBMITTED)
    listed = which.materials_of(work, running)
    must_be_ready(running, listed)
    moved, told = items.record(work, running, ItemState.SUBMITTED, day, "")
    papers = [one for one in listed if one.state in HANDED]
    if papers:
        told += _hand_over(work, moved, papers)
    return moved, told


def must_be_ready(running: Running, listed: Sequence[Material]) -> None:
    """Core materials there or deferred, and nothing handed in that nobody has looked at."""
    item = running.entry.spoken
    missing = [one.name for one in listed if one.blocks and not running.entry.is_free(one.name)]
    if missing:
        raise InvalidAnswer(texts.blocked(item, missing))
    unseen = [one.name for one in listed if one.state is MaterialState.RECEIVED]
    if unseen:
        raise InvalidAnswer(texts.unseen(item, unseen))


def _hand_over(work: CaseWork, running: Running, papers: Sequence[Material]) -> list[NewMessage]:
    """F28 to both sides; the representative's card says how the item goes on."""
    representative = which.lead_representative(work, running.entry)
    rows = [_row(work, one) for one in papers]
    values = {
        "papers": rows,
        "handed_by": work.actor_name,
        "received_by": "",
        "handed_on": work.today.isoformat(),
    }
    form = work.fill("F28", running.project, running.case, values)
    officer = work.tx.people.get(running.project.officer_id)
    told = [work.send_form(officer, form)]
    if representative:
        told += [work.send_form(representative, form), _card(work, running, representative.id, form)]
    return told


def _row(work: CaseWork, material: Material) -> dict[str, Any]:
    versions = work.tx.materials.versions([material.id]).get(material.id, [])
    deferred = material.state is MaterialState.DEFERRED and material.deferred_until
    remark = f"容缺，{short_day(material.deferred_until)}前补" if deferred and material.deferred_until else ""
    number = f"第{versions[-1].version}版" if versions else ""
    return {
        "name": material.name,
        "form": next((shown for word, shown in _FORMS if word in material.form), "电子件"),
        "count": 0 if deferred else 1,
        "remark": remark or number,
    }


def _card(work: CaseWork, running: Running, person_id: int, form: FilledForm) -> NewMessage:
    person = work.tx.people.get(person_id)
    card = material_cards.to_follow(running.item.id, running.entry, running.project, work.actor_name, form.no)
    return carding.send(work, person, card, running.subject)
