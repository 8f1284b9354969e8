"""Once a day: do the groups still look as we think? Renamed, joined, left, gone – told to the officer once.

The platform reports no change made in the client (wecom-protocol.md §3.7), so it is compared.
"""

from __future__ import annotations

import logging
from datetime import datetime

from bot.notices import Notices
from bot.platform import AnswerLost, DeliveryFailed, GroupInfo, Unreachable
from bot.texts import groups as words
from bot.wiring import Parts
from domain.project import WorkGroup

log = logging.getLogger(__name__)
JOB = "group_check"
PAGE = 100
GONE = frozenset({40050, 86001, 86003})


def run(parts: Parts, at: datetime) -> None:
    last = 0
    while True:
        with parts.store.reading() as tx:
            groups = tx.groups.after(last, PAGE)
        for group in groups:
            if group.appchat and _claim(parts, group, at):
                _compare(parts, group, at)
        if len(groups) < PAGE:
            return
        last = groups[-1].id


def _claim(parts: Parts, group: WorkGroup, at: datetime) -> bool:
    with parts.store.transaction() as tx:
        return tx.runs.claim(JOB, str(group.id), parts.today(at).isoformat(), at)


def _compare(parts: Parts, group: WorkGroup, at: datetime) -> None:
    """Asked outside of any transaction; written in one."""
    try:
        found = parts.platform.group(group.appchat or "")
    except DeliveryFailed as failed:
        if failed.code in GONE:
            _gone(parts, group, at)
        return
    except (AnswerLost, Unreachable) as error:
        log.warning("group %d not compared: %s", group.id, type(error).__name__)
        return
    if _same(group, found):
        return
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        project = tx.projects.get(group.project_id)
        tx.groups.refresh(group.id, name=found.name, owner=found.owner, members=found.members)
        names = tx.people.by_userids({*found.members, *group.members})
        text = words.changed(project, group, found, {u: p.name for u, p in names.items()})
        officer = tx.people.get(project.officer_id)
        notices = Notices(tx, facts.site, facts.calendar, at)
        tx.outbox.add([notices.say_to(officer, text, f"project:{project.id}")], at)
        tx.audit.add(project.id, at, "clock", "group.changed", f"project:{project.id}")


def _same(group: WorkGroup, found: GroupInfo) -> bool:
    return (group.name, group.owner, set(group.members)) == (found.name, found.owner, set(found.members))


def _gone(parts: Parts, group: WorkGroup, at: datetime) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        project = tx.projects.get(group.project_id)
        tx.groups.mark_gone(group.id)
        officer = tx.people.get(project.officer_id)
        notices = Notices(tx, facts.site, facts.calendar, at)
        tx.outbox.add([notices.say_to(officer, words.gone(project), f"project:{project.id}")], at)
        tx.audit.add(project.id, at, "clock", "group.gone", f"project:{project.id}")
