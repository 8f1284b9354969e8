"""Tables of returns, made when they are sent."""

from __future__ import annotations

from bot.documents import return_sheet
from bot.platform import SendFile
from domain.calendar import WorkCalendar
from domain.returns import Campaign, ReturnKind
from domain.site import Site
from storage.store import Transaction


def blank(tx: Transaction, site: Site, key: str) -> SendFile:
    """`key`: the return."""
    found = tx.returns.get(int(key))
    if found is None:
        raise LookupError("return")
    one, campaign = found
    kind = _kind(site, campaign)
    before = tx.returns.newest_rows(kind.based_on, one.department) if kind.based_on else None
    data = return_sheet.template(one, campaign, kind, site, before.rows if before else ())
    return SendFile(return_sheet.file_name(kind, campaign, site.departments[one.department].short), data)


def result(tx: Transaction, site: Site, calendar: WorkCalendar, key: str) -> SendFile:
    """`key`: the campaign."""
    found = tx.returns.campaigns(ids=[int(key)])
    if not found:
        raise LookupError("campaign")
    campaign, kind = found[0], _kind(site, found[0])
    returns = [one for one in tx.returns.of([campaign.id])[campaign.id] if one.department in site.departments]
    people = tx.people.many(one.returned_by for one in returns if one.returned_by)
    names = {person.id: person.name for person in people}
    data = return_sheet.result(kind, campaign, returns, names, site, calendar)
    return SendFile(return_sheet.file_name(kind, campaign), data)


def _kind(site: Site, campaign: Campaign) -> ReturnKind:
    if campaign.kind not in site.returns.kinds:
        raise LookupError("kind")
    return site.returns.kinds[campaign.kind]
