"""Store.transaction() -> Transaction: the one way in; all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from json import JSONDecoder
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError

from storage.appointments import Appointments
from storage.audit import Audit
from storage.boards import Boards
from storage.budgets import Budgets
from storage.cards import Cards
from storage.case_studies import CaseStudies
from storage.cases import Cases
from storage.counting import Counting
from storage.defects import Defects
from storage.deliveries import Deliveries
from storage.dialogs import Dialogs
from storage.dossier import Dossier
from storage.errors import Busy, Conflict, DatabaseDown, StorageError
from storage.events import Events
from storage.extensions import Extensions
from storage.fees import Fees
from storage.files import Files
from storage.forms import Forms
from storage.groups import Groups
from storage.inbox import Inbox
from storage.invitations import Invitations
from storage.issues import Issues
from storage.item_clocks import ItemClocks
from storage.ledger import Ledger
from storage.lessons import Lessons
from storage.materials import Materials
from storage.meetings import Meetings
from storage.news import NewsDesk
from storage.opening import Opening
from storage.outbox import Outbox
from storage.page_links import PageLinks
from storage.parts import Parts
from storage.patience import Watch
from storage.people import People
from storage.plans import Plans
from storage.pressing import Presses, Urges
from storage.projects import Projects
from storage.ratings import Ratings
from storage.reminders import Reminders
from storage.retention import Retired
from storage.returns import Returns
from storage.runs import Runs
from storage.search import Search
from storage.sites import Sites
from storage.submissions import Submissions
from storage.surveys import Surveys
from storage.suspensions import Suspensions
from storage.tasks import Tasks
from storage.tickets import Tickets
from storage.turns import Turns
from storage.visit_wishes import VisitWishes
from storage.week_reports import WeekReports

# How long a message waits for another one that holds the same lock: a repeat that arrives while the first is
# being answered waits at most this (contract §3), everything else is spooled then.
LOCK_WAIT_MS = 800
# A door answers within a second (contract §3): what takes its transaction longer is done later, from the spool.
BRIEF_SECONDS = 0.85
_JSON = JSONDecoder()


class Transaction:
    """One database transaction and everything that can be done inside it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def sites(self) -> Sites:
        return Sites(self._connection)

    @cached_property
    def opening(self) -> Opening:
        return Opening(self._connection)

    @cached_property
    def people(self) -> People:
        return People(self._connection)

    @cached_property
    def projects(self) -> Projects:
        return Projects(self._connection)

    @cached_property
    def groups(self) -> Groups:
        return Groups(self._connection)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self._connection)

    @cached_property
    def materials(self) -> Materials:
        return Materials(self._connection)

    @cached_property
    def news(self) -> NewsDesk:
        return NewsDesk(self._connection)

    @cached_property
    def defects(self) -> Defects:
        return Defects(self._connection)

    @cached_property
    def forms(self) -> Forms:
        return Forms(self._connection)

    @cached_property
    def plans(self) -> Plans:
        return Plans(self._connection)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self._connection)

    @cached_property
    def counting(self) -> Counting:
        return Counting(self._connection)

    @cached_property
    def boards(self) -> Boards:
        return Boards(self._connection)

    @cached_property
    def search(self) -> Search:
        return Search(self._connection)

    @cached_property
    def suspensions(self) -> Suspensions:
        return Suspensions(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._connection)

    @cached_property
    def ratings(self) -> Ratings:
        return Ratings(self._connection)

    @cached_property
    def returns(self) -> Returns:
        return Returns(self._connection)

    @cached_property
    def surveys(self) -> Surveys:
        return Surveys(self._connection)

    @cached_property
    def events(self) -> Events:
        return Events(self._connection)

    @cached_property
    def visit_wishes(self) -> VisitWishes:
        return VisitWishes(self._connection)

    @cached_property
    def case_studies(self) -> CaseStudies:
        return CaseStudies(self._connection)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._connection)

    @cached_property
    def appointments(self) -> Appointments:
        return Appointments(self._connection)

    @cached_property
    def issues(self) -> Issues:
        return Issues(self._connection)

    @cached_property
    def turns(self) -> Turns:
        return Turns(self._connection)

    @cached_property
    def parts(self) -> Parts:
        return Parts(self._connection)

    @cached_property
    def page_links(self) -> PageLinks:
        return PageLinks(self._connection)

    @cached_property
    def lessons(self) -> Lessons:
        return Lessons(self._connection)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._connection)

    @cached_property
    def cards(self) -> Cards:
        return Cards(self._connection)

    @cached_property
    def dialogs(self) -> Dialogs:
        return Dialogs(self._connection)

    @cached_property
    def runs(self) -> Runs:
        return Runs(self._connection)

    @cached_property
    def budgets(self) -> Budgets:
        return Budgets(self._connection)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self._connection)

    @cached_property
    def week_reports(self) -> WeekReports:
        return WeekReports(self._connection)

    @cached_property
    def extensions(self) -> Extensions:
        return Extensions(self._connection)

    @cached_property
    def meetings(self) -> Meetings:
        return Meetings(self._connection)

    @cached_property
    def fees(self) -> Fees:
        return Fees(self._connection)

    @cached_property
    def tasks(self) -> Tasks:
        return Tasks(self._connection)

    @cached_property
    def submissions(self) -> Submissions:
        return Submissions(self._connection)

    @cached_property
    def urges(self) -> Urges:
        return Urges(self._connection)

    @cached_property
    def presses(self) -> Presses:
        return Presses(self._connection)

    @cached_property
    def tickets(self) -> Tickets:
        return Tickets(self._connection)

    @cached_property
    def item_clocks(self) -> ItemClocks:
        return ItemClocks(self._connection)

    @cached_property
    def files(self) -> Files:
        return Files(self._connection)

    @cached_property
    def retired(self) -> Retired:
        return Retired(self._connection)

    @cached_property
    def dossier(self) -> Dossier:
        return Dossier(self._connection)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._connection)


class Store:
    """The database. Opens no connection before it is used, so that a process may fork after building it."""

    def __init__(self, url: str, lock_wait_ms: int | None = None) -> None:
        """`lock_wait_ms`: of every transaction on PostgreSQL, set when a connection is made."""
        self.url = url
        self.lock_wait_ms = lock_wait_ms
        self.engine = _engine(url, lock_wait_ms)
        self._watch = Watch(BRIEF_SECONDS)

    @contextmanager
    def transaction(self, *, lock_wait_ms: int | None = None) -> Iterator[Transaction]:
        """Commits at the end of the block, rolls back on any error.

        `lock_wait_ms`: how long to wait for a lock on PostgreSQL before Busy (SQLite waits LOCK_WAIT_MS); and no
        longer than BRIEF_SECONDS for all of it, else DatabaseDown.
        Raises Conflict, Busy, DatabaseDown, StorageError instead of the driver's errors.
        """
        try:
            with (
                self.engine.connect() as connection,
                self._watched(connection, brief=lock_wait_ms is not None),
                connection.begin(),
            ):
                if lock_wait_ms not in (None, self.lock_wait_ms) and self.engine.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(lock_wait_ms or 0)}")
                yield Transaction(connection)
        except SQLAlchemyError as error:
            raise _without_contents(error) from None

    @contextmanager
    def reading(self, *, brief: bool = False) -> Iterator[Transaction]:
        """A transaction that only looks: on SQLite it does not take the writer's lock. `brief`: for at most
        BRIEF_SECONDS, else DatabaseDown."""
        try:
            with (
                self.engine.connect().execution_options(daiban_reading=True) as connection,
                self._watched(connection, brief=brief),
                connection.begin(),
            ):
                yield Transaction(connection)
        except SQLAlchemyError as error:
            raise _without_contents(error) from None

    def _watched(self, connection: Connection, *, brief: bool) -> AbstractContextManager[None]:
        # SQLite has no server that could fall silent.
        waits = brief and self.engine.dialect.name == "postgresql"
        return self._watch.over(connection) if waits else nullcontext()

    def dispose(self) -> None:
        """After a fork: forget the parent's connections without closing them."""
        self.engine.dispose(close=False)

    def close(self) -> None:
        self.engine.dispose()


def _without_contents(error: SQLAlchemyError) -> StorageError:
    name = type(error).__name__
    if isinstance(error, IntegrityError):
        return Conflict(name)
    if isinstance(error, DBAPIError):
        cause = type(error.orig).__name__
        if cause in {"LockNotAvailable", "DeadlockDetected"} or "locked" in str(error.orig).lower():
            return Busy(cause)
        if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
            return DatabaseDown(cause)
        return StorageError(cause)
    return DatabaseDown(name) if "Timeout" in name else StorageError(name)


def _engine(url: str, lock_wait_ms: int | None) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            parsed,
            hide_parameters=True,
            connect_args={"timeout": LOCK_WAIT_MS / 1000, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
        return engine
    options = {"options": f"-c lock_timeout={lock_wait_ms}"} if lock_wait_ms is not None else {}
    return create_engine(
        parsed, hide_parameters=True, pool_size=5, max_overflow=5, pool_timeout=1, pool_pre_ping=False,
        json_deserializer=_from_json, connect_args={"connect_timeout": 2, "prepare_threshold": 2, **options},
    )  # fmt: skip


def _from_json(kept: bytes | str) -> Any:
    """As the database writes it: UTF-8 without blanks around it, so that nothing is looked for before reading."""
    return _JSON.raw_decode(kept if isinstance(kept, str) else kept.decode())[0]


def _prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    # The driver must not begin transactions by itself: we say BEGIN IMMEDIATE (below).
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    reading = connection.get_execution_options().get("daiban_reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
