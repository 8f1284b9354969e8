"""The work group of a project through the platform's API: asked outside of any transaction, kept in one (R046).

The chat's id comes from the project's number, so whoever died between the platform and the database finds the group
again instead of making a second one.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from bot.moves import grouping
from bot.moves.work import CaseWork
from bot.platform import DeliveryFailed, GroupInfo, Remedy
from bot.texts import entrustment
from bot.wiring import Parts
from domain.case import Case
from domain.project import Project, WorkGroup
from storage.outbox import NewMessage
from storage.store import Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Wish:
    project: Project
    team: grouping.Team
    group: WorkGroup | None
    name: str
    chat_id: str
    periods: tuple[str, ...]

    @property
    def members(self) -> list[str]:
        return [person.userid for person in self.team.people]

    @property
    def missing(self) -> list[str]:
        return [one for one in self.members if self.group and one not in self.group.members]

    def named(self, userids: list[str]) -> list[str]:
        return [person.name for person in self.team.people if person.userid in userids]


def make(wired: Parts, project_id: int) -> None:
    """Twice it is done once. What the platform is too busy for is tried again by the sweep."""
    with wired.store.reading() as tx:
        wish = _wish(wired, tx, project_id)
        ended = wish is None and bool(_open_wishes(tx, project_id)) and _under_way(tx, project_id) is None
    if ended:
        _let_go(wired, project_id)
    if wish is None:
        return
    try:
        found = _on_the_platform(wired, wish)
    except DeliveryFailed as refused:
        if refused.remedy is Remedy.RETRY:
            raise
        log.warning("group of project %d refused: %s", project_id, refused)
        found = None
    with wired.store.transaction() as tx:
        rows = _keep(_work(wired, tx), wish, found)
        told = bool(tx.outbox.add(rows, wired.clock.now())) if rows else False
    if told:
        wired.queue.wake_delivery()


def wanted(tx: Transaction) -> list[int]:
    return sorted({int(subject) for subject, _ in tx.runs.open(grouping.WANTED, grouping.MADE)})


def _work(wired: Parts, tx: Transaction) -> CaseWork:
    facts = wired.sites.get(tx)
    return CaseWork(tx, facts.site, facts.calendar, wired.clock.now())


def _wish(wired: Parts, tx: Transaction, project_id: int) -> _Wish | None:
    periods, case = _open_wishes(tx, project_id), _under_way(tx, project_id)
    if not periods or case is None:
        return None
    work, project = _work(wired, tx), tx.projects.get(project_id)
    name = work.site.group_name(project.name)[:50]
    chat_id = re.sub(r"[^0-9a-z]", "", project.code.lower())[:32]
    group = tx.groups.of_project(project_id)
    return _Wish(project, grouping.team(work, project, case), group, name, chat_id, periods)


def _open_wishes(tx: Transaction, project_id: int) -> tuple[str, ...]:
    found = tx.runs.open(grouping.WANTED, grouping.MADE)
    return tuple(period for subject, period in found if subject == str(project_id))


def _under_way(tx: Transaction, project_id: int) -> Case | None:
    found = tx.cases.open_of_project(project_id)
    return found[-1] if found else None


def _let_go(wired: Parts, project_id: int) -> None:
    """The case ended before its group was there: nobody wants it any more."""
    with wired.store.transaction() as tx:
        for period in _open_wishes(tx, project_id):
            tx.runs.claim(grouping.MADE, str(project_id), period, wired.clock.now())


def _on_the_platform(wired: Parts, wish: _Wish) -> GroupInfo | None:
    """The group as it is there now; None where it is not the app's to change."""
    group = wish.group
    if group is None:
        return _found_or_made(wired, wish)
    if not group.appchat or group.gone:
        return None
    if wish.missing:
        wired.platform.update_group(group.appchat, add=wish.missing)
    return GroupInfo(group.appchat, group.name, group.owner, (*group.members, *wish.missing))


def _found_or_made(wired: Parts, wish: _Wish) -> GroupInfo:
    found = _there(wired, wish)
    if found is None:
        owner = wish.members[0]
        try:
            made = wired.platform.create_group(
                chat_id=wish.chat_id, name=wish.name, owner=owner, members=wish.members
            )
            return GroupInfo(made, wish.name, owner, tuple(wish.members))
        except DeliveryFailed:
            found = _there(wired, wish)  # another worker was first
            if found is None:
                raise
    missing = [one for one in wish.members if one not in found.members]
    if missing:
        wired.platform.update_group(wish.chat_id, add=missing)
    return GroupInfo(found.chat_id, found.name, found.owner, (*found.members, *missing))


def _there(wired: Parts, wish: _Wish) -> GroupInfo | None:
    try:
        return wired.platform.group(wish.chat_id)
    except DeliveryFailed as refused:
        if refused.remedy is not Remedy.GIVE_UP:
            raise
        return None


def _keep(work: CaseWork, wish: _Wish, found: GroupInfo | None) -> list[NewMessage]:
    """Whoever claims it first tells; a second worker finds nothing left to do."""
    fresh = [
        period
        for period in wish.periods
        if work.tx.runs.claim(grouping.MADE, str(wish.project.id), period, work.now)
    ]
    if not fresh:
        return []
    group = work.tx.groups.of_project(wish.project.id, lock=True)
    if found is None:
        return _by_hand(work, wish)
    if group is None:
        return _new(work, wish, found)
    if not wish.missing:
        return []
    work.tx.groups.refresh(group.id, name=found.name, owner=found.owner, members=found.members)
    work.audit(wish.project.id, "group.add", f"project:{wish.project.id}", {"people": len(wish.missing)})
    text = entrustment.added(wish.project, wish.named(wish.missing))
    return [work.tell_officer(wish.project, text, f"project:{wish.project.id}")]


def _new(work: CaseWork, wish: _Wish, found: GroupInfo) -> list[NewMessage]:
    project, subject = wish.project, f"project:{wish.project.id}"
    work.tx.groups.add(
        project.id,
        found.name,
        since=work.now,
        appchat=found.chat_id,
        owner=found.owner,
        members=found.members,
    )
    work.audit(project.id, "group.create", subject)
    work.log(project, None, "建立专属服务工作群", subject=subject)
    return [
        work.tell_group(project, entrustment.welcome(project, wish.team.names), subject),
        work.tell_officer(project, entrustment.group_made(project, found.name, wish.team.left_out), subject),
    ]


def _by_hand(work: CaseWork, wish: _Wish) -> list[NewMessage]:
    project, subject = wish.project, f"project:{wish.project.id}"
    if wish.group is None or wish.group.gone:
        text = entrustment.group_by_hand(project, wish.name, wish.named(wish.members))
        return [work.tell_officer(project, text, subject)]
    if not wish.missing:
        return []
    return [work.tell_officer(project, entrustment.add_by_hand(project, wish.named(wish.missing)), subject)]
