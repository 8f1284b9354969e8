"""Parts: everything a process is made of, wired together. Built by `bootstrap`, handed to whoever needs it."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from bot.clock import Clock
from bot.platform import Callback, ChatPlatform
from bot.queue import JobQueue
from bot.settings import Settings
from bot.siteconfig import calendar_of
from bot.understanding.dictionary import Dictionary
from bot.understanding.model import model
from domain.calendar import WorkCalendar
from domain.site import NoSite, Site
from storage.errors import StorageError
from storage.store import Store, Transaction

log = logging.getLogger(__name__)
_KEEP_SECONDS = 5.0


@dataclass(frozen=True)
class SiteFacts:
    """One version of the site's facts, with what is made of it once."""

    version: int
    site: Site
    calendar: WorkCalendar
    dictionary: Dictionary

    @cached_property
    def all_hours(self) -> tuple[WorkCalendar, ...]:
        """Every calendar that differs by its office hours."""
        spans = {department.spans for department in self.site.departments.values()}
        return (self.calendar, *(self.calendar.with_hours(own) for own in sorted(spans - {()})))


class SiteCache:
    """The newest version; asked for again every few seconds, so that `load-config` needs no restart."""

    def __init__(self) -> None:
        self._facts: SiteFacts | None = None
        self._checked = 0.0
        self._lock = threading.Lock()

    def get(self, tx: Transaction) -> SiteFacts:
        with self._lock:
            if self._facts is None or time.monotonic() - self._checked > _KEEP_SECONDS:
                self._facts = self._fresh(tx)
                self._checked = time.monotonic()
            return self._facts

    def _fresh(self, tx: Transaction) -> SiteFacts:
        if self._facts and tx.sites.newest_version() == self._facts.version:
            return self._facts
        found = tx.sites.newest()
        if found is None:
            raise NoSite
        version, document = found
        site = Site.from_document(document)
        return SiteFacts(version, site, calendar_of(site), Dictionary(site))


@dataclass(frozen=True)
class Parts:
    settings: Settings
    clock: Clock
    store: Store
    queue: JobQueue
    platform: ChatPlatform
    callbacks: tuple[Callback, ...]
    sites: SiteCache = field(repr=False)

    def today(self, instant: datetime) -> date:
        return self.clock.today(instant)

    def read_ahead(self) -> None:
        """What the first message would wait for, in a process that has just started."""
        model()
        try:
            with self.store.reading() as tx:
                self.sites.get(tx)
        except (NoSite, StorageError) as error:  # not yet there: whoever needs it looks again
            log.warning("started without the site's configuration: %s", type(error).__name__)

    def close(self) -> None:
        self.store.close()
        self.queue.close()
        self.platform.close()
